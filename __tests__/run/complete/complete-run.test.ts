import * as files from 'node:fs/promises';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fault } from '../../../sandbox/http/index.ts';
import { generateSigningKey } from '../../../sandbox/index.ts';
import { readBundle, writeBundle } from '../../../src/core/bundle/index.ts';
import { readSigningConfig } from '../../../src/core/trust/index.ts';
import type { CompletionReport } from '../../../src/report/index.ts';
import { completeRun } from '../../../src/run/complete/index.ts';
import { type SigningResult, signRun } from '../../../src/run/sign/index.ts';
import type { Instance, World } from '../../../src/run/world/index.ts';
import { Instance as OtherInstance } from '../../kit/instance.ts';
import { type Changes, type Settings, Workplace } from '../workplace.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
  place.sandbox.faults.clear();
  await place.reset();
});

/** Signs all files while the log is down. */
async function signUnlogged(changes: Changes = {}): Promise<SigningResult> {
  const policy = join(place.folder, 'policy.yml');
  await writeFile(policy, 'sign: { on-outage: timestamp-only }');
  place.sandbox.faults.set('rekor-v2', fault.status(503));
  const world = place.world();
  const receipt = await signRun(place.request({ policy, onOutage: 'timestamp-only', ...changes }, world), world);
  await rm(policy);
  place.sandbox.faults.clear();
  place.ahead += 3_600_000;
  return receipt;
}

interface Run extends Settings {
  readonly paths?: readonly string[];
  readonly instance?: Instance;
  readonly allowPublicLog?: boolean;
  readonly world?: Partial<World>;
}

function complete({ paths = [place.folder], instance = place.instance, ...run }: Run = {}): Promise<CompletionReport> {
  const { allowPublicLog = false } = run;
  return completeRun({ paths, instance, allowPublicLog, concurrency: 4 }, { ...place.world(run), ...run.world });
}

const outcomes = ({ files: all }: CompletionReport): readonly string[] =>
  all.map((file) => ('error' in file ? file.error.code : file.outcome));

const bundlePath = (name: string): string => join(place.folder, `${name}.sigstore.json`);
const read = (name: string): Promise<string> => readFile(bundlePath(name), 'utf8');

describe('completing', () => {
  test('adds the entry of the same signature, and changes nothing else', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const before = readBundle(await read('a.txt'));
    const { files: all, warnings } = await complete();
    expect(all).toMatchObject([
      { path: bundlePath('a.txt'), outcome: 'completed', logs: [{ url: place.sandbox.urls.rekor }] },
    ]);
    expect(warnings).toEqual([]);
    const after = readBundle(await read('a.txt'));
    expect({ ...after, logEntries: [] }).toEqual(before);
    expect(after.logEntries).toMatchObject([{ version: '0.0.2', integratedTime: 0n }]);
    expect(await place.list()).toEqual(['a.txt', 'a.txt.sigstore.json']);
    expect(place.count('oidc')).toBe(1);
    expect(place.count('fulcio')).toBe(1);
  });

  test('leaves what is complete as it is, and asks the log for nothing', async () => {
    await place.write('a.txt');
    const world = place.world();
    await signRun(place.request({}, world), world);
    const [before, asked] = [await read('a.txt'), place.count('rekor-v2')];
    expect(outcomes(await complete())).toEqual(['already-complete']);
    expect([await read('a.txt'), place.count('rekor-v2')]).toEqual([before, asked]);
  });

  test('does every bundle of a folder and of a file with several, and logs each signature once', async () => {
    await place.write('a.txt', 'b.txt');
    await mkdir(join(place.folder, 'more'));
    await mkdir(join(place.folder, 'folder.sigstore.json'));
    await signUnlogged();
    const all = `${await read('a.txt')}${await read('b.txt')}`;
    await writeFile(join(place.folder, 'more', 'all.sigstore.jsonl'), all);
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete())).toEqual(['completed', 'completed', 'completed']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size + 2);
    const list = await readFile(join(place.folder, 'more', 'all.sigstore.jsonl'), 'utf8');
    expect(list).toBe(`${await read('a.txt')}${await read('b.txt')}`);
  });

  test('continues a run that ended between the log and the file', async () => {
    await place.write('a.txt', 'b.txt');
    await signUnlogged();
    const before = await read('a.txt');
    const killed = { ...files, rename: () => Promise.reject(Object.assign(new Error('killed'), { code: 'EIO' })) };
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete({ world: { files: killed } }))).toEqual(['WRITE_FAILED', 'WRITE_FAILED']);
    expect(await read('a.txt')).toBe(before);
    // The log has the entries. It refuses them as duplicates, and they are read from its tiles.
    expect(outcomes(await complete())).toEqual(['completed', 'completed']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size + 2);
    expect(outcomes(await complete())).toEqual(['already-complete', 'already-complete']);
  });

  test('replaces no file before its new bundle verifies', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const before = await read('a.txt');
    for (const lie of [
      'rekor-v2:wrong-root-hash',
      'rekor-v2:altered-entry',
      'rekor-v2:checkpoint-by-another-key',
    ] as const) {
      place.sandbox.misbehave(lie);
      const [outcome] = outcomes(await complete());
      place.sandbox.behave();
      expect(outcome).not.toBe('completed');
      expect(await read('a.txt')).toBe(before);
    }
    expect(outcomes(await complete())).toEqual(['completed']);
  });

  test('reports a log that is still down, and leaves the bundles', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const before = await read('a.txt');
    place.sandbox.faults.set('rekor-v2', fault.status(503));
    expect(outcomes(await complete({ retryBudget: 5000 }))).toEqual(['SERVICE_UNAVAILABLE']);
    expect(await read('a.txt')).toBe(before);
  });
});

describe('what is not completed', () => {
  test('a bundle that does not verify: nothing is logged', async () => {
    await place.write('a.txt', 'b.txt');
    await signUnlogged();
    const a = readBundle(await read('a.txt'));
    const { content } = readBundle(await read('b.txt'));
    await writeFile(bundlePath('a.txt'), writeBundle({ ...a, content }));
    await rm(bundlePath('b.txt'));
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete())).not.toEqual(['completed']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size);
  });

  test('a bundle without a timestamp', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const bundle = readBundle(await read('a.txt'));
    await writeFile(bundlePath('a.txt'), writeBundle({ ...bundle, timestamps: [] }));
    expect(outcomes(await complete())).toEqual(['TIMESTAMP_MISSING']);
  });

  test.each([
    ['no file', undefined, 'BUNDLE_MISSING'],
    ['no bundle', '{}', 'BUNDLE_INVALID'],
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'BUNDLE_INVALID'],
  ])('%s', async (_, content, code) => {
    const path = bundlePath('a.txt');
    if (content !== undefined) await writeFile(path, content);
    expect(outcomes(await complete({ paths: [path] }))).toEqual([code]);
  });

  test('a folder without bundles', async () => {
    await place.write('a.txt');
    await expect(complete()).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });

  test('a bundle signed by a key', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const bundle = readBundle(await read('a.txt'));
    const signer = { kind: 'public-key', hint: 'key' } as const;
    await writeFile(bundlePath('a.txt'), writeBundle({ ...bundle, signer }));
    expect(outcomes(await complete())).toEqual(['BUNDLE_UNSUPPORTED']);
  });

  test('with an instance without Rekor v2, whose entries alone state no time', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const signingConfig = readSigningConfig(JSON.stringify(place.sandbox.signingConfigRekorV1));
    await expect(complete({ instance: { ...place.instance, signingConfig } })).rejects.toMatchObject({
      code: 'NO_SERVICE',
      message: expect.stringContaining('Rekor v2'),
    });
  });

  test('with a log that was not valid when the signature was made: nothing is logged', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const { instance } = place;
    const transparencyLogs = instance.trust.transparencyLogs.map((log) => ({
      ...log,
      validFor: { start: place.clock(), end: undefined },
    }));
    const trust = { ...instance.trust, transparencyLogs };
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete({ instance: { ...instance, trust } }))).toEqual(['LOG_UNKNOWN']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size);
  });

  test('with a log that the trusted root has at another address only', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const { instance } = place;
    const transparencyLogs = instance.trust.transparencyLogs.map((log) => ({ ...log, baseUrl: 'http://127.0.0.1:1' }));
    const trust = { ...instance.trust, transparencyLogs };
    expect(outcomes(await complete({ instance: { ...instance, trust } }))).toEqual(['LOG_UNKNOWN']);
  });

  test('with a log that has the entry and does not say where', async () => {
    await place.write('a.txt');
    await signUnlogged();
    place.sandbox.faults.set('rekor-v2', fault.status(409));
    expect(outcomes(await complete())).toEqual(['LOG_ENTRY_DUPLICATE']);
  });

  test('with a log that says that it has the entry at the place of another', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const before = await read('a.txt');
    const elsewhere = fault.status(409, { headers: { 'x-log-index': '0' } });
    place.sandbox.faults.set({ service: 'rekor-v2', matching: /entries$/ }, elsewhere);
    expect(outcomes(await complete())).toEqual(['LOG_ENTRY_MISMATCH']);
    expect(await read('a.txt')).toBe(before);
  });

  test('with a key of another kind, whose entries have another form', async () => {
    const other = new OtherInstance();
    const signed = other.sign({ key: generateSigningKey('P-384') });
    await writeFile(bundlePath('a.txt'), writeBundle({ ...signed, logEntries: [] }));
    expect(outcomes(await complete({ instance: { ...place.instance, trust: other.trust() } }))).toEqual([
      'KEY_UNSUPPORTED',
    ]);
  });

  test('of a private repository in a public log, unless that is allowed', async () => {
    await place.write('a.txt');
    place.sandbox.jobTokens.configure({ claims: { repository_visibility: 'private' } });
    await signUnlogged();
    const instance = { ...place.instance, publicLog: true };
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete({ instance }))).toEqual(['PUBLIC_LOG_REFUSED']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size);
    expect(outcomes(await complete({ instance, allowPublicLog: true }))).toEqual(['completed']);
  });

  test('a log that is not public gets the entries of every repository', async () => {
    await place.write('a.txt');
    place.sandbox.jobTokens.configure({ claims: { repository_visibility: 'private' } });
    await signUnlogged();
    expect(outcomes(await complete())).toEqual(['completed']);
  });

  test('in a folder that cannot be written: nothing is logged', async () => {
    await place.write('a.txt');
    await signUnlogged();
    const closed = { ...files, access: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) };
    const size = place.sandbox.transparencyLog.store.size;
    expect(outcomes(await complete({ world: { files: closed } }))).toEqual(['WRITE_FAILED']);
    expect(place.sandbox.transparencyLog.store.size).toBe(size);
  });

  test('a failure does not affect other files', async () => {
    await place.write('a.txt');
    await signUnlogged();
    await writeFile(bundlePath('0'), 'nothing');
    expect(outcomes(await complete())).toEqual(['BUNDLE_INVALID', 'completed']);
  });
});
