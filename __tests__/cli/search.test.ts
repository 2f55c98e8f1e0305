/** `countersign search`, as somebody runs it who wants to know who signed a file. */

import { createHash } from 'node:crypto';
import * as files from 'node:fs/promises';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleJob } from '../../sandbox/index.ts';
import { Job, signer } from '../action/job.ts';
import { judge } from '../kit/judge.ts';
import { countersign, type Run } from './command.ts';

let job: Job;
let cwd: string;
let trusted: readonly string[];
let v1: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ 'v1.txt': 'one', 'v2.txt': 'two', 'none.txt': 'none' });
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  v1 = ['--log', job.sandbox.urls.rekorV1];
  for (const version of ['v1', 'v2']) {
    const { requestUrl, requestToken } = job.sandbox.jobTokens;
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken };
    const args = ['sign', `${version}.txt`, ...trusted, '--signing-config', job.path(`rekor-${version}.json`)];
    expect(await countersign(job, args, { cwd, env })).toMatchObject({ code: 0 });
  }
});
afterAll(() => job[Symbol.asyncDispose]());

const search = (...args: readonly string[]): Promise<Run> => countersign(job, ['search', ...args, ...trusted], { cwd });

async function searchJson(...args: readonly string[]) {
  const { code, stdout, stderr } = await search(...args, '--json');
  expect(stdout.split('\n')).toHaveLength(2);
  return { code, stderr, document: JSON.parse(stdout) };
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('says who signed a file', async () => {
  const { code, stdout, stderr } = await search('v1.txt', ...v1);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`1 entry with digest ${digestOf('one')}.\n\n${signer}\n`);
  expect(stdout).toContain(`issued by     ${job.sandbox.urls.fulcio}, an authority of the trusted root\n`);
});

test('takes a digest for a file, unless a file has its name', async () => {
  expect((await search(digestOf('one'), ...v1)).stdout).toContain(signer);
  expect((await search('--digest', digestOf('one'), ...v1)).stdout).toContain(signer);
  await files.writeFile(join(cwd, digestOf('none')), 'one');
  expect((await search(digestOf('none'), ...v1)).stdout).toContain(signer);
});

test('finding nothing is an answer', async () => {
  const { code, document } = await searchJson('none.txt', ...v1);
  expect(code).toBe(0);
  expect(document).toMatchObject({ version: 1, complete: true, exitCode: 0, failure: null, entries: [] });
});

test('finds what a repository signed, through the index of an audit', async () => {
  const log = ['--log', job.sandbox.urls.rekor];
  const audit = ['audit', '--state', 'audit', '--from', 'start', ...log, ...trusted];
  expect(await countersign(job, audit, { cwd })).toMatchObject({ code: 0 });
  const { code, document } = await searchJson('--repo', exampleJob.repository, '--state', 'audit', ...log);
  expect(code).toBe(0);
  expect(document).toMatchObject({
    entries: [{ kind: 'hashedrekord 0.0.2', time: null, digests: [{ digest: digestOf('two'), of: 'signed' }] }],
    logs: [
      {
        url: job.sandbox.urls.rekor,
        searched: true,
        serviceIndex: false,
        localIndex: { ranges: [{ from: '0' }], gaps: [] },
      },
    ],
  });
  expect((await search('--repo', 'example-org/other', '--state', 'audit', ...log)).stdout).toMatch(
    /^No entry with repository/,
  );
});

test('prints what it found, and fails, if a log could not be searched', async () => {
  const { code, stderr, document } = await searchJson('v1.txt');
  expect({ code, stderr }).toEqual({
    code: 6,
    stderr: expect.stringMatching(/^SEARCH_INCOMPLETE: .*rekor|127\.0\.0\.1/),
  });
  expect(document).toMatchObject({
    complete: false,
    exitCode: 6,
    failure: { code: 'SEARCH_INCOMPLETE' },
    entries: [{}],
  });
});

test('makes a bundle that verifies', async () => {
  const { code } = await search('v1.txt', ...v1, '--bundle-out', 'found');
  expect(code).toBe(0);
  const [name = ''] = await readdir(join(cwd, 'found'));
  const bundle = JSON.parse(await readFile(join(cwd, 'found', name), 'utf8'));
  expect(judge(job.sandbox.trustedRoot, bundle, Buffer.from('one')).identity?.subjectAlternativeName).toBe(signer);
});

test.each<[string, readonly string[], RegExp]>([
  ['without a condition', [], /^USAGE: nothing to search for/],
  ['with a file and a digest', ['v1.txt', '--digest', digestOf('one')], /^USAGE: a file and --digest/],
  ['with two digests', [digestOf('one'), '--digest', digestOf('two')], /^USAGE: two digests/],
  ['with bundles of anything', ['--identity', 'a', '--bundle-out', 'x'], /^USAGE: --bundle-out needs/],
  [
    'in a log that is not trusted',
    ['v1.txt', '--log', 'https://log.example.com'],
    /^USAGE: the log "https:\/\/log\.example\.com" is not/,
  ],
])('refuses a search %s', async (_, args, message) => {
  const { code, stderr } = await search(...args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  const { document } = await searchJson(...args);
  expect(document).toMatchObject({ complete: false, exitCode: 2, failure: { kind: 'usage' }, entries: [], logs: [] });
});

test('a file that does not exist is no answer', async () => {
  expect(await search('missing.txt', ...v1)).toMatchObject({ code: 3, stdout: '' });
});

test('the JSON has the documented members', async () => {
  const page = await readFile(new URL('../../docs/json.md', import.meta.url), 'utf8');
  const [, example = ''] = /\n## search\n\n```json\n([\s\S]*?)```/.exec(page) ?? [];
  const { document } = await searchJson('v1.txt', ...v1);
  expect(shapeOf(document)).toEqual(shapeOf(JSON.parse(example)));
});

/** Names and types; of a list the first, of claims none. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'claims' ? {} : shapeOf(inner)]),
  );
}
