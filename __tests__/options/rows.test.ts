/** The rows of the options: what holds for all of them. */

import { describe, expect, test } from '@jest/globals';
import {
  flagsOf,
  inputsOf,
  type OptionTable,
  policyRows,
  signRows,
  treeRows,
  verifyRows,
} from '../../src/options/index.ts';

const actions = { sign: [signRows], verify: [verifyRows, policyRows] } as const;
const commands = { sign: [signRows], verify: [verifyRows, policyRows], tree: [treeRows] } as const;

describe.each(Object.keys(actions) as (keyof typeof actions)[])('the inputs of the %s action', (action) => {
  const inputs = actions[action].flatMap((table: OptionTable) => inputsOf(table, action));

  test('have names of their own', () => {
    expect(inputs.length).toBeGreaterThan(20);
    expect(new Set(inputs.map(({ name }) => name)).size).toBe(inputs.length);
  });

  test('have defaults that they accept', () => {
    for (const { name, form, default: value } of inputs) {
      if (form.type === 'choice')
        expect([name, Object.keys(form.values)]).toEqual([name, expect.arrayContaining([value])]);
      if (form.type === 'switch') expect([name, ['true', 'false']]).toEqual([name, expect.arrayContaining([value])]);
      if (form.type === 'duration' || form.type === 'count')
        expect([name, value]).toEqual([name, expect.stringMatching(/^\d+m?$/)]);
    }
  });
});

test.each(Object.keys(commands) as (keyof typeof commands)[])(
  'the options of countersign %s have keys of their own',
  (name) => {
    const keys = commands[name].flatMap((table: OptionTable) => flagsOf(table, name).map(({ key }) => key));
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  },
);

test('a row that names a front end is an option of that front end alone', () => {
  const row = {
    form: { type: 'text' },
    action: { sign: 'Text.' },
    flags: '--one <text>',
    command: { tree: 'text' },
  } as const;
  const names = (table: OptionTable) => [
    ...(['sign', 'verify'] as const).map((action) => inputsOf(table, action).length),
    ...(['sign', 'verify', 'tree'] as const).map((command) => flagsOf(table, command).length),
  ];
  expect(names({ row })).toEqual([1, 0, 0, 0, 1]);
  expect(names({ row: { ...row, action: 'Text.', command: 'text' } })).toEqual([1, 1, 1, 1, 1]);
  expect(names({ row: { form: row.form } })).toEqual([0, 0, 0, 0, 0]);
});

test('an option that no command describes is one that help does not show', () => {
  const [hidden] = flagsOf({ row: { form: { type: 'text' }, flags: '--one <text>' } }, 'verify');
  expect(hidden).toMatchObject({ flags: '--one <text>', description: undefined });
});
