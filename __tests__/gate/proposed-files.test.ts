/** Which files a pull request can change, by what is checked out where they are. */

import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { proposedFiles } from '../../src/gate/index.ts';
import { type EventContext, eventContext, exampleJob } from '../../src/sandbox/index.ts';

const head = 'fedcba9876543210fedcba9876543210fedcba98';
const base = '00112233445566778899aabbccddeeff00112233';
const { sha } = exampleJob;

let folder = '';
let workspace = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-gate-'));
  workspace = join(folder, 'workspace');
  await fs.mkdir(workspace);
});
afterEach(() => fs.rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await fs.mkdir(dirname(join(workspace, name)), { recursive: true });
    await fs.writeFile(join(workspace, name), content);
  }
}

async function proposed(paths: readonly string[], event: EventContext, payload?: string): Promise<readonly string[]> {
  const eventPath = join(folder, 'event.json');
  await fs.writeFile(eventPath, payload ?? JSON.stringify(event.payload));
  const { event_name: eventName = '', sha: own = '' } = event.github;
  return proposedFiles(
    paths.map((path) => join(workspace, path)),
    { workspace, eventName, sha: own, eventPath },
    fs,
  );
}

const fork = eventContext('fork-pull-request');
const own = eventContext('pull-request');
const target = eventContext('pull-request-target');
const branch = 'ref: refs/heads/topic\n';

test.each<[what: string, event: EventContext, files: Readonly<Record<string, string>>, path: string, is: boolean]>([
  ['where nothing says what is checked out', fork, {}, 'p', true],
  ['of the merge commit', fork, { '.git/HEAD': `${sha}\n` }, 'p', true],
  ['of the merge commit, in a folder', fork, { '.git/HEAD': sha }, 'a/b/p', true],
  ['of the head', own, { '.git/HEAD': head }, 'p', true],
  ['of a branch at the head', own, { '.git/HEAD': branch, '.git/refs/heads/topic': head }, 'p', true],
  ['of a branch at the base', own, { '.git/HEAD': branch, '.git/refs/heads/topic': base }, 'p', false],
  ['of a branch that cannot be read', own, { '.git/HEAD': branch }, 'p', true],
  ['of a branch with a name that leads out', own, { '.git/HEAD': 'ref: refs/../../p', p: base }, 'p', true],
  ['of something that is no commit', own, { '.git/HEAD': 'main' }, 'p', true],
  ['of a checkout of the base', fork, { '.git/HEAD': base }, 'p', false],
  ['of a checkout of the base within', fork, { '.git/HEAD': sha, 'base/.git/HEAD': base }, 'base/x/p', false],
  ['of a checkout of the head within', fork, { '.git/HEAD': base, 'head/.git/HEAD': sha }, 'head/p', true],
  // Which commit a submodule is at is for the pull request to say.
  ['of a submodule', fork, { '.git/HEAD': sha, 'sub/.git': 'gitdir: ../.git/modules/sub' }, 'sub/p', true],
  ['of the base, in pull_request_target', target, { '.git/HEAD': sha }, 'p', false],
  ['of the head, in pull_request_target', target, { '.git/HEAD': head }, 'p', true],
  ['in a merge queue', eventContext('merge-group'), { '.git/HEAD': sha }, 'p', false],
  ['in a push', eventContext('push-branch'), {}, 'p', false],
  ['in a release', eventContext('release'), { '.git/HEAD': sha }, 'p', false],
])('a file %s', async (_, event, files, path, is) => {
  await write({ [path]: 'policy', ...files });
  expect(await proposed([path], event)).toEqual(is ? [join(workspace, path)] : []);
});

test('of several, those that are; of what is not there, nothing', async () => {
  await write({ '.git/HEAD': sha, 'base/.git/HEAD': base, 'base/p': '', p: '', q: '' });
  expect(await proposed(['p', 'base/p', 'q', 'r'], fork)).toEqual([join(workspace, 'p'), join(workspace, 'q')]);
});

test('links count for what they lead to', async () => {
  await write({ '.git/HEAD': sha, 'base/.git/HEAD': base, p: '' });
  await fs.symlink(join(workspace, 'p'), join(workspace, 'base', 'link'));
  await fs.writeFile(join(folder, 'outside'), '');
  await fs.symlink(join(folder, 'outside'), join(workspace, 'link'));
  expect(await proposed(['base/link', 'link'], fork)).toEqual([join(workspace, 'base', 'link')]);
});

test('a run that follows another one: what that was of', async () => {
  const event = eventContext('workflow-run');
  const payload = (kind: string): string => JSON.stringify({ workflow_run: { event: kind, head_sha: head } });
  await write({ '.git/HEAD': head, p: '' });
  expect(await proposed(['p'], event, payload('pull_request'))).toHaveLength(1);
  expect(await proposed(['p'], event, payload('push'))).toEqual([]);
  await write({ '.git/HEAD': base });
  expect(await proposed(['p'], event, payload('pull_request'))).toEqual([]);
});

test.each(['', '[]', '{', '{"pull_request":1}', '{"pull_request":{"head":{"sha":7}}}'])(
  'an event %j leaves the commit of the job',
  async (payload) => {
    await write({ '.git/HEAD': sha, p: '' });
    expect(await proposed(['p'], fork, payload)).toHaveLength(1);
    await write({ '.git/HEAD': head });
    expect(await proposed(['p'], fork, payload)).toEqual([]);
  },
);

test('commits of SHA-256', async () => {
  const long = createHash('sha256').update('commit').digest('hex');
  await write({ '.git/HEAD': long, p: '' });
  expect(await proposed(['p'], eventContext('fork-pull-request', { sha: long }))).toHaveLength(1);
  expect(await proposed(['p'], fork)).toEqual([]);
});
