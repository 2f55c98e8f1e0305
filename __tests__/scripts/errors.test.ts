/** The reference of errors: complete, in sentences, and what docs/errors.md says. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { CountersignError, type ErrorCode } from '../../src/core/errors/index.ts';
import { errorReference, errorTopics } from '../../src/core/errors/reference.ts';

const root = new URL('../../', import.meta.url);
const entries = Object.entries(errorReference) as readonly (readonly [ErrorCode, (typeof errorReference)[ErrorCode]])[];

test('docs/errors.md is what scripts/errors.mjs writes', async () => {
  await promisify(execFile)(process.execPath, ['scripts/errors.mjs', '--check'], { cwd: root });
});

test('docs/errors.md has a row for each code, with its exit code', async () => {
  const text = await readFile(new URL('docs/errors.md', root), 'utf8');
  for (const [code, { meaning, remedy }] of entries) {
    const { exitCode } = new CountersignError(code, '');
    expect(text.split('\n')).toContain(`| \`${code}\` | ${exitCode} | ${meaning} | ${remedy} |`);
  }
});

test.each(entries)('%s has a topic, and sentences', (_, { topic, meaning, remedy }) => {
  expect(errorTopics).toContain(topic);
  for (const text of [meaning, remedy]) expect(text).toMatch(/^[A-Z][^|\n]+\.$/);
});
