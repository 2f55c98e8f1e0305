/** Every text file of a verification, in the encodings that programs on Windows write. */

import { generateKeyPairSync } from 'node:crypto';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeBundle } from '../../../src/core/bundle/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { loadPolicy, loadTrust, type PolicyRequest } from '../../../src/run/policy/index.ts';
import { demandVerified, verifyRun } from '../../../src/run/verify/index.ts';
import { type InputKind, readInput } from '../../../src/run/world/index.ts';
import { marked, wideEncodings } from '../../kit/encodings.ts';
import { artifact, Instance, identity, issuer, now } from '../../kit/instance.ts';
import { failure } from '../../services/loopback.ts';

const instance = new Instance();
const bundle = writeBundle(instance.sign());
const root = JSON.stringify(instance.trustedRoot());
const policy = `policy:\n  certificate-identity: ${identity}\n  certificate-oidc-issuer: ${issuer}\n`;
const key = String(generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }));
const never = new AbortController().signal;
const world = {
  files,
  clock: () => now,
  cancellation: never,
  random: (length: number) => new Uint8Array(length),
  http: () => Promise.reject(new Error('asked the network')),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-encodings-'));
  await writeFile(join(folder, 'app'), artifact);
});
afterAll(() => rm(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);

/** Verifies with these files, written as UTF-8 unless they are given otherwise. */
async function verify(
  given: Readonly<Record<string, Uint8Array>> = {},
  request: PolicyRequest = {},
  named = 'b.json',
): Promise<void> {
  const texts = { 'b.json': bundle, 'b.jsonl': `${bundle}\n${bundle} \n`, 'root.json': root, 'p.yml': policy };
  for (const [name, text] of Object.entries({ ...texts, ...given })) await writeFile(path(name), text);
  const report = await verifyRun(
    {
      artifacts: [{ kind: 'file', name: 'app', path: path('app') }],
      bundles: { workspace: folder, paths: [path(named)], directory: undefined },
      policy: await loadPolicy({ policy: path('p.yml'), ...request }, world),
      trust: await loadTrust({ name: 'sandbox', purpose: 'verify', trustedRoot: path('root.json') }, world),
      concurrency: 1,
    },
    world,
  );
  demandVerified(report);
}

test('files in UTF-8 with a byte order mark are read', async () => {
  await verify();
  await verify({ 'b.json': marked(bundle), 'root.json': marked(root), 'p.yml': marked(policy) });
  await verify(
    { 'b.jsonl': marked(`${bundle}\r\n${bundle} \r\n`), 'root.json': marked(`${root}\n${root}`) },
    {},
    'b.jsonl',
  );
});

describe.each(wideEncodings)('in %s', (encoding, encode) => {
  test.each<[string, string, ErrorCode]>([
    ['b.json', bundle, 'BUNDLE_INVALID'],
    ['b.jsonl', `${bundle}\n${bundle} \n`, 'BUNDLE_INVALID'],
    ['root.json', root, 'TRUSTED_ROOT_INVALID'],
    ['root.json', `${root}\n${root}\n`, 'TRUSTED_ROOT_INVALID'],
    ['p.yml', policy, 'POLICY_INVALID'],
  ])('%s is refused, with its name and the remedy', async (name, text, code) => {
    const named = name === 'b.jsonl' ? name : 'b.json';
    const refused = await failure(verify({ [name]: encode(text) }, {}, named));
    expect(refused).toMatchObject({ code, remedy: expect.stringContaining('-Encoding utf8') });
    expect(refused.message).toContain(`${name} is not UTF-8 but ${encoding}`);
  });

  test.each<[InputKind, string, ErrorCode]>([
    ['public key', key, 'KEY_INVALID'],
    ['signing config', '{}', 'SIGNING_CONFIG_INVALID'],
    ['TUF root', '{"signed":{}}', 'TRUSTED_ROOT_INVALID'],
  ])('a %s is refused, with its name and the remedy', async (kind, text, code) => {
    const file = path('input');
    await writeFile(file, encode(text));
    const refused = await failure(readInput(file, kind, world));
    expect(refused).toMatchObject({ code, remedy: expect.stringContaining('-Encoding utf8') });
    expect(refused.message).toBe(`the ${kind} ${file} is not UTF-8 but ${encoding}`);
    await writeFile(file, marked(text));
    expect(Buffer.from(await readInput(file, kind, world)).toString()).toBe(text);
  });
});
