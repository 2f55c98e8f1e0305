/** The tables of options and inputs in docs/: what they name exists, and nothing that exists is missing. */

import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import {
  declaredActions,
  flagsOf,
  instanceRows,
  type OptionTable,
  policyRows,
  registryRows,
  verifyRows,
} from '../../src/options/index.ts';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Returns what is in backticks in the first column of the tables under a heading. */
function firstColumn(page: string, heading: string): readonly string[] {
  const from = page.indexOf(heading);
  expect(from).toBeGreaterThan(-1);
  const section = page.slice(from, page.indexOf('\n## ', from + heading.length));
  const cells = [...section.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}

const longFlag = (flags: string): string => /--[a-z-]+/.exec(flags)?.[0] ?? '';
const flags = (table: OptionTable): readonly string[] =>
  flagsOf(table, 'verify').map((option) => longFlag(option.flags));

test('docs/policy.md has a row for each option of a policy, and no others', async () => {
  const documented = firstColumn(await read('docs/policy.md'), '## Options').map(longFlag);
  const known = [...flags(policyRows), ...flags({ ...instanceRows, ...registryRows, ...verifyRows })];
  expect(documented.length).toBeGreaterThan(20);
  expect(documented.filter((name) => !known.includes(name))).toEqual([]);
  const shown = Object.values(policyRows).filter((row) => 'about' in row);
  // The page has a section of its own for policy files.
  const expected = shown.map((row) => longFlag(row.flags)).filter((name) => name !== '--policy');
  expect(expected.filter((name) => !documented.includes(name))).toEqual([]);
});

test('docs/releases.md lists the inputs and permissions of release.yml', async () => {
  const page = await read('docs/releases.md');
  const { on, jobs } = parse(await read('.github/workflows/release.yml'));
  expect([...firstColumn(page, '## Inputs')].sort()).toEqual(Object.keys(on.workflow_call.inputs).sort());
  const [, table = ''] = page.split('\n## Permissions\n');
  for (const [name, { permissions }] of Object.entries<{ readonly permissions: object }>(jobs)) {
    const stated = Object.entries(permissions).map(([permission, level]) => `\`${permission}: ${level}\``);
    const [, column = ''] = new RegExp(`^\\| \`${name}\` \\| (.*?) \\|`, 'm').exec(table) ?? [];
    expect(column.split(', ').sort()).toEqual(stated.sort());
  }
});

test.each(['sign', 'verify'] as const)(
  'docs/workflows.md lists the inputs of %s.yml, which are inputs of the action',
  async (name) => {
    const documented = firstColumn(await read('docs/workflows.md'), `## ${name}.yml`);
    const { inputs } = parse(await read(`.github/workflows/${name}.yml`)).on.workflow_call;
    expect([...documented].sort()).toEqual(Object.keys(inputs).sort());
    const action = declaredActions()[name].inputs;
    expect(documented.filter((input) => !Object.hasOwn(action, input))).toEqual([]);
  },
);
