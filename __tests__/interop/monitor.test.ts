/**
 * Audits the logs of the real services, while clients sign with them, and searches in them: Rekor v1 on Trillian, rekor-tiles with
 * litewitness, and TesseraCT.
 */

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from './kit/client.ts';
import { cosign } from './kit/cosign.ts';
import { countersign, countersignPath } from './kit/countersign.ts';
import { Instance, type LogVersion } from './kit/instance.ts';
import { run } from './kit/program.ts';
import { sigstorePython } from './kit/sigstore-python.ts';

let folder: string;
let instance: Instance;
let clients: readonly Client[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-monitor-'));
  instance = await Instance.services();
  clients = [cosign(folder), sigstorePython(folder), countersign(folder)];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file that was signed, and its bundle. */
interface Signed {
  readonly file: string;
  readonly bundle: string;
}

/** Signs a new file with each client. */
function signWithAll(log: LogVersion): Promise<readonly Signed[]> {
  return Promise.all(
    clients.map(async (client) => {
      const file = join(folder, `${client.name}-${log}-${randomBytes(4).toString('hex')}`);
      await writeFile(file, `contents of ${basename(file)}\n`);
      const bundle = `${file}.sigstore.json`;
      const source = { kind: 'files', log } as const;
      const { code, stderr } = await client.sign({ instance, source, form: 'message', file, bundle, signer: 'job' });
      expect([client.name, code, code === 0 ? '' : stderr]).toEqual([client.name, 0, '']);
      return { file, bundle };
    }),
  );
}

/** Runs the command, and returns its exit code and its JSON. */
async function command(...args: readonly string[]) {
  const trust = ['--instance', 'custom', '--trusted-root', instance.trustedRoot];
  const { code, stdout, stderr } = await run(process.execPath, [countersignPath, ...args, ...trust, '--json'], {
    cwd: folder,
    env: { HOME: folder },
  });
  expect(stderr).toBe('');
  return { code, json: JSON.parse(stdout) };
}

interface AuditedLog {
  readonly protocol: string;
  readonly tree: { readonly size: number };
  readonly findings: readonly { readonly code: string; readonly proven: boolean }[];
}

interface Report {
  readonly logs: readonly AuditedLog[];
}

const audit = (state: string, ...args: readonly string[]) =>
  command('audit', '--state', join(folder, state), '--from', 'start', ...args);

/** Returns the size of each log in a report, by its protocol. */
function sizes({ logs }: Report): Readonly<Record<string, number>> {
  return Object.fromEntries(logs.map(({ protocol, tree }) => [protocol, tree.size]));
}

/** Returns what an audit found in the logs. */
function findings({ logs }: Report): readonly (readonly [code: string, proven: boolean])[] {
  return logs.flatMap((log) => log.findings.map(({ code, proven }) => [code, proven] as const));
}

/** The expected result of every audit of these logs. */
const clean = {
  code: 0,
  json: expect.objectContaining({ outcome: 'clean', findings: [], incomplete: [] }),
};

test('an audit follows each log as it grows, and finds nothing', async () => {
  const signed = [...(await signWithAll(1)), ...(await signWithAll(2))];
  const first = await audit('growing');
  expect(first).toEqual(clean);
  const before = sizes(first.json);
  expect(Object.keys(before).sort()).toEqual(['rekor-v1', 'rekor-v2', 'static-ct']);
  signed.push(...(await signWithAll(1)), ...(await signWithAll(2)));
  const bundles = signed.flatMap(({ bundle }) => ['--bundle', bundle]);
  const second = await audit('growing', '--witness-policy', instance.witnessPolicy, ...bundles);
  expect([second, findings(second.json)]).toEqual([clean, []]);
  const after = sizes(second.json);
  for (const [protocol, size] of Object.entries(before)) {
    const { tree, coverage } = second.json.logs.find((log: AuditedLog) => log.protocol === protocol);
    // Each client signed once with each Rekor, with a certificate each time.
    expect([protocol, after[protocol]]).toEqual([protocol, expect.any(Number)]);
    expect(Number(after[protocol]) - size).toBeGreaterThanOrEqual(3);
    expect([protocol, coverage]).toEqual([protocol, expect.objectContaining({ from: 0, to: tree.size })]);
  }
});

test('the cosignatures of litewitness meet a policy, and those of a stranger are missing', async () => {
  const policy = await readFile(instance.witnessPolicy, 'utf8');
  const url = instance.setting('REKOR2_URL');
  expect((await audit('witnessed', '--log', url, '--witness-policy', instance.witnessPolicy)).code).toBe(0);
  const strange = join(folder, 'strange_policy.txt');
  const key = 'witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G';
  await writeFile(strange, policy.replace(/witness\.local\.test\+\S+/, key));
  const { code, json } = await audit('strange', '--log', url, '--witness-policy', strange);
  expect([code, findings(json)]).toEqual([7, [['WITNESS_QUORUM', false]]]);
});

test('an audit whose state was changed is not clean', async () => {
  const state = join(folder, 'planted');
  expect((await audit('planted')).code).toBe(0);
  for (const entry of await readdir(state, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"size": ?\d+/g, '"size":1'));
  }
  const { code, json } = await audit('planted');
  expect(code).toBe(7);
  expect(findings(json)).toContainEqual(['WATCH_BLIND', false]);
});

test('a search finds the signatures of each client in each log', async () => {
  const signed = [...(await signWithAll(1)), ...(await signWithAll(2))];
  const state = join(folder, 'searched');
  await mkdir(state);
  expect((await audit('searched')).code).toBe(0);
  const { name, issuer } = instance.identity('job');
  for (const { file } of signed) {
    const { code, json } = await command('search', file, '--state', state);
    expect([basename(file), code, json.entries]).toEqual([
      basename(file),
      0,
      [
        expect.objectContaining({
          confirmed: true,
          signers: [
            expect.objectContaining({
              kind: 'certificate',
              names: [expect.objectContaining({ value: name })],
              issuance: expect.objectContaining({ trusted: true }),
            }),
          ],
        }),
      ],
    ]);
  }
  const byName = await command('search', '--identity', name, '--issuer', issuer, '--state', state);
  expect(byName.code).toBe(0);
  expect(byName.json.entries.length).toBeGreaterThanOrEqual(signed.length);
});
