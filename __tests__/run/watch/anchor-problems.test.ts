/** A state is compared with the trees that the issue of the watch states. */

import * as files from 'node:fs/promises';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { anchorProblems } from '../../../src/run/watch/index.ts';

const origin = 'log.example';
const keyId = 'ab'.repeat(32);
const key = Buffer.from(keyId, 'hex').toString('base64');
const roots = { ours: 'a'.repeat(64), theirs: 'b'.repeat(64) };
const tree = (size: number, root = roots.ours) => ({ size, root: Buffer.from(root, 'hex').toString('base64') });

let state = '';
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'countersign-anchors-'));
});
afterEach(() => rm(state, { recursive: true, force: true }));

async function problems(anchor: { size: number; root?: string }, ...logs: readonly object[]) {
  if (logs.length > 0) await mkdir(join(state, 'logs'));
  for (const [at, log] of logs.entries())
    await writeFile(join(state, 'logs', `${at}.json`), JSON.stringify({ keyId: key, ...log }));
  const found = await anchorProblems([{ origin, keyId, root: roots.ours, ...anchor }], state, files);
  return found.map(({ cause, message }) => [cause, message.replace(/^.* of the log log\.example, and /, '')]);
}

test.each([
  ['the same tree', { origin, verified: tree(100) }],
  ['a later tree', { origin, verified: tree(200) }],
  ['a later tree, after the same one', { origin, verified: tree(200, roots.theirs), history: [tree(100)] }],
])('%s is no problem', async (_, log) => {
  expect(await problems({ size: 100 }, { origin: 'another', verified: tree(1) }, log)).toEqual([]);
});

test('an older tree', async () => {
  expect(await problems({ size: 100 }, { origin, verified: tree(99) })).toEqual([
    ['state-older', 'the state ends at 99 entries'],
  ]);
});

test.each([
  ['another tree', { origin, verified: tree(100, roots.theirs) }],
  ['a tree after another one', { origin, verified: tree(200), history: [tree(50), tree(100, roots.theirs)] }],
])('%s', async (_, log) => {
  expect(await problems({ size: 100 }, log)).toEqual([['state-invalid', 'the state has another root for it']]);
});

test.each([
  ['no state', []],
  ['no state of the log', [{ origin: 'another', verified: tree(100) }]],
  ['only a state of another log of the same origin', [{ origin, keyId: 'AAAA', verified: tree(100) }]],
  ['a state that cannot be read, which the audit reports', [{ origin, verified: { size: -1 } }]],
])('%s', async (_, logs) => {
  expect(await problems({ size: 100 }, ...logs)).toEqual([['state-missing', 'the state does not have this log']]);
});

test('a folder in place of the file of a log ends the run', async () => {
  await mkdir(join(state, 'logs', '0.json'), { recursive: true });
  await expect(problems({ size: 100 })).rejects.toMatchObject({ code: 'NOT_REGULAR' });
});
