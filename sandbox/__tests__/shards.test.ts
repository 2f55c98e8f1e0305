/** The rotation of Rekor v2: the shard that ends, the one that begins, and what clients are told. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { judge } from '../../__tests__/kit/judge.ts';
import { DiskStorage, type Sandbox, startSandbox } from '../index.ts';
import { signMessage } from './client.ts';

const message = Buffer.from('an artifact');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface TrustedLog {
  readonly baseUrl: string;
  readonly publicKey: { readonly validFor: { readonly start: string; readonly end?: string } };
  readonly logId: { readonly keyId: string };
}

/** The shards in a trusted root: their URLs, and whether they have ended. */
function trustedShards(sandbox: Sandbox): readonly (readonly [url: string, hasEnded: boolean])[] {
  const { tlogs } = sandbox.trustedRoot as unknown as { readonly tlogs: readonly TrustedLog[] };
  return tlogs
    .filter(({ baseUrl }) => baseUrl !== sandbox.urls.rekorV1)
    .map(({ baseUrl, publicKey }) => [baseUrl, publicKey.validFor.end !== undefined] as const);
}

const checkpoint = async (url: string): Promise<string> => (await fetch(`${url}/checkpoint`)).text();

test('freezes the active shard, and begins another that is trusted', async () => {
  await using sandbox = await startSandbox();
  const { urls: before, transparencyLog: ended } = sandbox;
  const first = await signMessage(sandbox, message);
  const { size } = ended;
  await sandbox.rotateRekor();
  const { urls, transparencyLog: log } = sandbox;
  expect(urls).toEqual({ ...before, rekor: expect.not.stringMatching(before.rekor) });
  expect(sandbox.rekorShards.map(({ url }) => url)).toEqual([before.frozenRekor, before.rekor, urls.rekor]);
  expect(trustedShards(sandbox)).toEqual([
    [urls.rekor, false],
    [before.frozenRekor, true],
    [before.rekor, true],
  ]);
  const config = JSON.stringify(sandbox.signingConfig);
  expect(config).toContain(urls.rekor);
  // The shard that ended says so, and takes nothing.
  expect(await checkpoint(before.rekor)).toMatch(new RegExp(`^127\\.0\\.0\\.1\n${size}\n\\S{44}\nLog frozen — `));
  expect((await fetch(`${before.rekor}/api/v2/log/entries`, { method: 'POST', body: '{}' })).status).toBe(405);
  expect((await fetch(`${before.rekor}/tile/entries/000.p/${size}`)).status).toBe(200);
  // Bundles of both are accepted, and the new ones are from the new shard.
  const second = await signMessage(sandbox, message);
  for (const bundle of [first, second]) judge(sandbox.trustedRoot, bundle, message);
  expect([log.size, ended.size]).toEqual([2, size]);
  expect(log.publicKey).not.toEqual(ended.publicKey);
  // Clients with TUF find it too.
  const target = sandbox.tuf.files;
  const texts = [...target]
    .filter(([name]) => name.endsWith('trusted_root.json'))
    .map(([, bytes]) => String(Buffer.from(bytes)));
  expect(texts.at(-1)).toBe(JSON.stringify(sandbox.trustedRoot));
});

test('goes on after a restart', async () => {
  const kept = globalThis.fetch;
  // The next sandbox has the same ports: fetch must not keep connections to the previous one.
  globalThis.fetch = (url, init) => kept(url, { ...init, headers: { ...init?.headers, connection: 'close' } });
  const session = async <Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> => {
    using storage = new DiskStorage(folder);
    await using sandbox = await startSandbox({ storage });
    return await use(sandbox);
  };
  const state = async (sandbox: Sandbox) => ({
    urls: sandbox.urls,
    trusted: JSON.stringify(sandbox.trustedRoot),
    heads: await Promise.all(sandbox.rekorShards.map(async ({ url }) => (await checkpoint(url)).split('\n\n')[0])),
  });
  try {
    const rotated = await session(async (sandbox) => {
      await signMessage(sandbox, message);
      await sandbox.rotateRekor();
      await signMessage(sandbox, message);
      await sandbox.rotateRekor();
      return state(sandbox);
    });
    expect(rotated.heads).toHaveLength(4);
    expect(await session(state)).toEqual(rotated);
    await session(async (sandbox) => judge(sandbox.trustedRoot, await signMessage(sandbox, message), message));
  } finally {
    globalThis.fetch = kept;
  }
});

test('a misbehaviour of the active shard goes on at the next one, and the one that ended behaves', async () => {
  await using sandbox = await startSandbox();
  const { rekor: ended } = sandbox.urls;
  sandbox.misbehave('rekor-v2:without-checkpoint');
  sandbox.misbehave('rekor-v2:wrong-origin');
  sandbox.misbehave('rekor-v2:thawed-log');
  await sandbox.rotateRekor();
  expect((await checkpoint(ended)).split('\n')[0]).toBe('127.0.0.1');
  expect((await checkpoint(sandbox.urls.rekor)).split('\n')[0]).toBe('another-log.invalid');
  expect((await checkpoint(sandbox.urls.frozenRekor)).split('\n')[1]).toBe('8');
  expect(sandbox.misbehaviours).toHaveLength(3);
  sandbox.behave();
  const { transparencyLog, urls } = sandbox;
  expect(await checkpoint(urls.rekor)).toContain(Buffer.from(transparencyLog.root()).toString('base64'));
});

test('the origins of the shards have their ports, if they are to', async () => {
  await using sandbox = await startSandbox({ portInOrigin: true });
  await sandbox.rotateRekor();
  for (const { url, log } of sandbox.rekorShards) {
    const { host } = new URL(url);
    expect([log.origin, (await checkpoint(url)).split('\n')[0]]).toEqual([host, host]);
  }
  judge(sandbox.trustedRoot, await signMessage(sandbox, message), message);
  // Only then does a witness know each shard.
  const body = `old 0\n\n${sandbox.frozenLog.checkpoint()}`;
  const { status } = await fetch(`${sandbox.urls.witness1}/add-checkpoint`, { method: 'POST', body });
  expect(status).toBe(200);
});
