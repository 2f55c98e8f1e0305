import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { transform } from 'esbuild';
import { built } from '../kit/built.ts';

const source = fileURLToPath(new URL('../../src/node/young-generation.ts', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-young-'));
  await writeFile(join(folder, 'root.json'), unreachable());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Makes many objects that live for a while, in a process of its own. Returns the MiB of the space for new objects before and after it. */
async function spaces(first: string): Promise<readonly [before: number, after: number]> {
  const { code } = await transform(await readFile(source, 'utf8'), { loader: 'ts' });
  const script = `${code};
    import { getHeapSpaceStatistics } from 'node:v8';
    const space = () => getHeapSpaceStatistics().find((each) => each.space_name === 'new_space').space_size / 2 ** 20;
    const before = space();
    ${first};
    const kept = [];
    for (let at = 0; at < 300_000; at++) kept[at % 20_000] = { at, text: 'text ' + at };
    console.log(JSON.stringify([before, space()]));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  // V8 reports an option that it does not know there.
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('the space for new objects keeps its size, and grows otherwise', async () => {
  const [before, after] = await spaces('keepYoungGenerationSmall()');
  expect(before).toBeLessThanOrEqual(4);
  expect(after).toBeLessThanOrEqual(4);
  expect((await spaces(''))[1]).toBeGreaterThanOrEqual(16);
});

/** Returns a trusted root with a log that does not answer. */
function unreachable(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const rawBytes = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const key = { rawBytes, keyDetails: 'PKIX_ED25519', validFor: { start: '2020-01-01T00:00:00Z' } };
  const log = { baseUrl: 'http://127.0.0.1:9', hashAlgorithm: 'SHA2_256', publicKey: key, logId: { keyId: 'AAAA' } };
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log],
    certificateAuthorities: [],
    ctlogs: [],
    timestampAuthorities: [],
  });
}

test.each([
  ['an audit', 'cli.mjs', 'audit --state state --trusted-root root.json --retry-budget 0'.split(' ')],
  ['the command for signing', 'cli.mjs', ['sign', 'missing.txt']],
  ['the action for signing', 'sign.mjs', []],
  ['the action for verifying', 'verify.mjs', []],
])('%s keeps it small', async (_, program, args) => {
  const spy = `import v8 from 'node:v8';
    import { syncBuiltinESMExports } from 'node:module';
    v8.setFlagsFromString = (flag) => process.stderr.write('flag ' + flag + '\\n');
    syncBuiltinESMExports();`;
  const preload = `--import=data:text/javascript,${encodeURIComponent(spy)}`;
  const ended = promisify(execFile)(process.execPath, [preload, await built(program), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder },
  });
  expect(await ended.catch((error: unknown) => error)).toMatchObject({
    stderr: expect.stringContaining('flag --semi-space-growth-factor=1\n'),
  });
});
