/** File names that are commands, markup, patterns or worse: they are signed, and do nothing. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fault, type StepResult } from '../../sandbox/index.ts';
import { declaredActions } from '../../src/options/index.ts';
import { type Files, Job, type SubjectOutput, subjectsOf } from './job.ts';

const hostile = [
  'two\nlines',
  '\n::error::in a line of its own',
  '::error::at the beginning',
  '::add-mask::signed',
  'x\r::set-output name=bundle-path::elsewhere',
  '##[error]anywhere',
  'in ##[add-mask]signed the middle',
  '%0A::warning::encoded%0D%25',
  'with  spaces ',
  ' leading',
  'ünïcödé-日本語-🔏',
  'e\u0301-decomposed',
  '\u202egnp.exe',
  '$(touch pwned)',
  '`touch pwned`',
  'quote\'quote"quote',
  'pipe|pipe|pipe',
  'back\\slash\\|pipe',
  '<img src=x onerror=alert(1)>',
  '[link](page.html)',
  '**bold** _it_ ~~gone~~ @everyone #1',
  '-rf',
  '*[ab]?{c,d}',
  '!negated',
  'semi;colon&and>out',
  '$GITHUB_OUTPUT',
  'l'.repeat(200),
  '日'.repeat(66),
  '\u0007bell\u001b[31mred',
  '#comment',
];
const files: Files = Object.fromEntries(hostile.map((name) => [`names/${name}`, `content of ${name}`]));

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

/** Checks that the names were only ever text. */
function expectNothingMore(result: StepResult, annotations: number): void {
  expect(result.annotations).toHaveLength(annotations);
  for (const name of result.outputs.keys()) expect(Object.keys(declaredActions().sign.outputs)).toContain(name);
  expect(result.state.size + result.exportedEnvironment.size + result.pathAdditions.length).toBe(0);
  for (const mask of result.masks) expect(mask).toMatch(/^[A-Za-z0-9_.%+/=-]{20,}$/);
  for (const { text } of result.rawLog) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    expect(text).not.toContain('##[');
  }
}

/** The cells of the table under a heading: GitHub splits rows at pipes that have no backslash, in code too. */
function cells(summary: string, heading: string): readonly (readonly string[])[] {
  const lines = summary.split('\n');
  const start = lines.findIndex((line) => line.startsWith(heading));
  expect(start).toBeGreaterThan(-1);
  const end = lines.indexOf('', start);
  return lines.slice(start + 2, end).map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
}

describe.each(['per-file', 'attestation'])('hostile file names, %s', (format) => {
  let workspace: string;
  let result: StepResult;
  let subjects: readonly SubjectOutput[];
  beforeAll(async () => {
    workspace = await job.workspace(files);
    result = await job.sign(
      workspace,
      { files: 'names/**', 'bundle-dir': 'out', 'bundle-format': format },
      { debug: true },
    );
    subjects = subjectsOf(result);
  });

  test('are signed under the names that they have, and verify', async () => {
    expect(result.conclusion).toBe('success');
    expect(subjects.map(({ name }) => name)).toEqual(Object.keys(files).sort());
    await job.judge(workspace, result);
  });

  test('make no annotation, output, mask or command', () => {
    expectNothingMore(result, 0);
  });

  test('leave the table of the summary a table', () => {
    const rows = cells(result.summary, '| Subject |');
    expect(rows).toHaveLength(hostile.length);
    for (const row of rows) {
      expect(row).toHaveLength(format === 'per-file' ? 4 : 3);
      expect(row[0]).toMatch(/^ (`+)[^`].*\1 $|^ (`+) .* \2 $/);
    }
    expect(result.summary).not.toMatch(/[\r\u202e]/);
  });

  test('are in the manifest, each with its bundle', async () => {
    const manifest = JSON.parse(await readFile(result.outputs.get('manifest-path') ?? '', 'utf8'));
    expect(manifest.subjects.map(({ name }: SubjectOutput) => name)).toEqual(Object.keys(files).sort());
    for (const { bundle } of manifest.subjects) await readFile(join(workspace, 'out', bundle));
  });
});

test('hostile names that cannot be signed do no more than that', async () => {
  job.sandbox.faults.set(
    'rekor-v2',
    fault.status(400, { body: JSON.stringify({ message: '##[error]x\n::error::y %0A::warning::z' }) }),
  );
  const workspace = await job.workspace(files);
  const result = await job.sign(workspace, { files: 'names/**', 'bundle-dir': 'out' });
  job.sandbox.faults.clear();
  expect(result.conclusion).toBe('failure');
  // Ten of ours, of which the last is the run's own.
  expect(result.annotations.every(({ level }) => level === 'error')).toBe(true);
  expectNothingMore(result, 10);
  const rows = cells(result.summary, '| Not signed |');
  expect(rows).toHaveLength(hostile.length);
  for (const row of rows) expect(row).toHaveLength(4);
});

test('patterns that match nothing do no more than be named', async () => {
  const workspace = await job.workspace();
  const result = await job.sign(workspace, { files: '::error::x\n##[add-mask]y\n%0A::warning::z' });
  expect(result.conclusion).toBe('failure');
  expectNothingMore(result, 1);
});

test('digests with hostile names are signed too', async () => {
  const workspace = await job.workspace();
  const names = ['::error::x', '##[error]y', '../../escape', 'a|b', 'CON', 'x`y`'];
  const digests = names.map((name) => `${name}@sha256:${'0'.repeat(64)}`).join('\n');
  const result = await job.sign(workspace, { digests });
  expect(result.conclusion).toBe('success');
  expectNothingMore(result, 0);
  for (const { bundle } of subjectsOf(result)) expect(bundle.startsWith(`${workspace}/`)).toBe(true);
});

test('names with what no artifact takes are left out of it, are in the file of all bundles, and a warning says so', async () => {
  const workspace = await job.workspace({ 'a:b': 'a', 'c|d': 'c', plain: 'plain' });
  const result = await job.sign(workspace, { files: '*', 'bundle-dir': 'out', 'upload-artifact': 'true' });
  expect(result.conclusion).toBe('success');
  expect(result.annotations.map(({ level, message }) => [level, message])).toEqual([
    ['warning', expect.stringContaining('a:b.sigstore.json')],
    ['warning', expect.stringContaining('c|d.sigstore.json')],
  ]);
  const all = await readFile(join(workspace, 'out/bundles.sigstore.jsonl'), 'utf8');
  expect(all.trimEnd().split('\n')).toHaveLength(3);
});
