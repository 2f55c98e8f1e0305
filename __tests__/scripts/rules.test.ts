/** The page of the rules of the watch is complete and up to date. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { rules } from '../../src/monitor/rules/index.ts';

const root = new URL('../../', import.meta.url);

test('docs/rules.md is what scripts/rules.mjs writes', async () => {
  await promisify(execFile)(process.execPath, ['scripts/rules.mjs', '--check'], { cwd: root });
});

test('docs/rules.md has a row and a section for each rule', async () => {
  const lines = (await readFile(new URL('docs/rules.md', root), 'utf8')).split('\n');
  for (const { id, name, severity } of rules) {
    expect(lines).toContain(`| [${id}](#${id.toLowerCase()}-${name}) | ${name} | ${severity} |`);
    expect(lines).toContain(`### ${id} ${name}`);
  }
});

test('each rule that learns states how long', () => {
  const learning = rules.flatMap((rule) => (rule.about === 'entries' && rule.learns ? [rule] : []));
  expect(learning.map(({ id }) => id)).toEqual(['P03', 'P04', 'P05', 'P11', 'P12', 'P15', 'P21']);
  for (const { condition } of learning) expect(condition).toMatch('30 days or 200 entries');
});
