/** A sandbox on disk that misbehaved, and is started again as it should be: what it kept is right. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { judge } from '../../../__tests__/kit/judge.ts';
import { DiskStorage, type LieName, lieNames, type Sandbox, startSandbox } from '../../index.ts';
import { signMessage } from '../client.ts';
import { findings, type Head, look } from './monitor.ts';
import { certificateLog, rekorV1, rekorV2 } from './readers.ts';

let folder: string;
const kept = globalThis.fetch;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-test-'));
  // The next sandbox has the same ports: fetch must not keep connections to the previous one.
  globalThis.fetch = (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('connection', 'close');
    return kept(url, { ...init, headers });
  };
});
afterAll(async () => {
  globalThis.fetch = kept;
  await rm(folder, { recursive: true });
});

/** Starts a sandbox on the folder, with the same ports each time, and closes it after use. */
async function session<T>(misbehaviours: readonly LieName[], use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  using storage = new DiskStorage(folder);
  await using sandbox = await startSandbox({ storage, misbehaviours });
  expect(sandbox.misbehaviours).toEqual(misbehaviours);
  return await use(sandbox);
}

const readers = [rekorV2, rekorV1, certificateLog];

/** A head of each log. */
function lookAtAll(sandbox: Sandbox): Promise<readonly Head[]> {
  return Promise.all(readers.map(async (reader) => look(await reader(sandbox))));
}

test('nothing of what it kept is wrong, and a fork is the same fork when it comes again', async () => {
  const known = await session([], lookAtAll);
  const lies = lieNames.filter((name) => /^(?:rekor-v1|rekor-v2|ct):/.test(name));
  const forks: LieName[] = ['rekor-v2:forked-tree', 'rekor-v1:forked-tree'];
  const fork = await session(forks, async (sandbox) => {
    for (const reader of readers.slice(0, 2)) await (await reader(sandbox)).submit(() => undefined);
    return lookAtAll(sandbox);
  });
  expect((await session(forks, lookAtAll)).slice(0, 2)).toEqual(
    fork.slice(0, 2).map((head) => expect.objectContaining({ size: head.size, root: head.root })),
  );
  for (const name of lies) {
    await session([name], async (sandbox) => {
      for (const reader of readers) await (await reader(sandbox)).submit(() => undefined).catch(() => undefined);
    });
  }
  const message = Buffer.from('an artifact');
  await session([], async (sandbox) => {
    for (const [at, reader] of readers.entries()) {
      const before = known[at];
      if (before === undefined) throw new Error('not looked at');
      expect(await findings(await reader(sandbox), before)).toEqual([]);
    }
    judge(sandbox.trustedRoot, await signMessage(sandbox, message), message);
  });
});

test('a sandbox that does not misbehave keeps nothing for it', async () => {
  using storage = new DiskStorage(await mkdtemp(join(folder, 'fresh-')));
  await using sandbox = await startSandbox({ storage });
  await lookAtAll(sandbox);
  expect(storage.folder('misbehaviour').names()).toEqual([]);
});
