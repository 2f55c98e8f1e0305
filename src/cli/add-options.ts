/** Gives commands their options, from the rows that declare them. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type CommandName,
  flagsOf,
  type OptionRow,
  type OptionTable,
  type PolicyRow,
  policyRows,
} from '../options/index.ts';
import type { CommandValues } from './command-values.ts';
import type { PolicyOptions } from './policy-request.ts';

/**
 * Adds the options that a command has of a table.
 *
 * @returns a function that reads their values, once the command line has been parsed
 */
export function addOptions<Table extends OptionTable, Name extends CommandName>(
  command: Command,
  table: Table,
  name: Name,
): () => CommandValues<Table, Name> {
  const added = flagsOf(table, name).map(({ key, row, flags, description, default: written }) => {
    const option = new Option(flags, description);
    if (description === undefined) option.hideHelp();
    if (option.required) readValue(option, row, written);
    command.addOption(option);
    return { key, row, option };
  });
  return () => {
    const given = command.opts();
    const values = added.flatMap(({ key, row, option }) => {
      const value = given[option.attributeName()] ?? noneOf(row);
      return value === undefined ? [] : [[key, meaningOf(option, row, value)]];
    });
    // readValue and meaningOf return the type that stands for the form of the row.
    return Object.fromEntries(values) as CommandValues<Table, Name>;
  };
}

/**
 * Adds the options of a policy, each under its heading, and their aliases. They have no defaults, since a policy depends on which options
 * were given.
 *
 * @returns a function that reads those that were given
 */
export function addPolicyOptions(command: Command): () => PolicyOptions {
  const rows: readonly (readonly [string, PolicyRow])[] = Object.entries(policyRows);
  for (const [, row] of rows) {
    const option = new Option(row.flags, row.about);
    if (row.heading === undefined) option.hideHelp();
    else option.helpGroup(row.heading);
    if (row.form.type === 'list') option.argParser(collect);
    else if (option.required) option.argParser(once);
    command.addOption(option);
  }
  const aliases = rows.flatMap(([, row]) => (row.aliases ?? []).map(({ flags }) => new Option(flags)));
  for (const alias of aliases) command.addOption(alias.argParser(once).hideHelp());
  return () => {
    const given = command.opts();
    return {
      ...Object.fromEntries(rows.flatMap(([key]) => (given[key] === undefined ? [] : [[key, given[key]]]))),
      aliases: Object.fromEntries(
        aliases.flatMap((alias) => {
          const value = given[alias.attributeName()];
          return value === undefined ? [] : [[alias.name(), value]];
        }),
      ),
    };
  };
}

/** Has commander read the value of an option by the form of its row. */
function readValue(option: Option, { form, once: isOnce }: OptionRow, written: string | undefined): void {
  switch (form.type) {
    case 'list':
    case 'paths':
      option.argParser(collect);
      return;
    case 'duration':
      option.argParser(parseDuration);
      if (written !== undefined) option.default(parseDuration(written), written);
      return;
    case 'count':
      option.argParser((text) => parseCount(text, form.max));
      if (written !== undefined) option.default(parseCount(written, form.max));
      return;
    case 'choice':
      option.choices(Object.keys(form.values).filter((value) => value !== ''));
      break;
    default:
      if (isOnce) option.argParser(once);
  }
  if (written !== undefined) option.default(written);
}

/** Returns the value of an option that was not given: an empty list if it is repeatable. A default would be shown in help. */
function noneOf({ form }: OptionRow): readonly string[] | undefined {
  return form.type === 'list' || form.type === 'paths' ? [] : undefined;
}

/** Returns the value that a word stands for, if the option is a choice of words. */
function meaningOf(option: Option, { form }: OptionRow, given: string): unknown {
  return option.required && form.type === 'choice' ? form.values[given] : given;
}

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;

function parseDuration(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('Use a duration such as 90s, 5m or 1h.');
  return Number(digits) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

function parseCount(text: string, max: number): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max) throw new InvalidArgumentError(`Use a number from 1 to ${max}.`);
  return count;
}

/** Collects the values of a repeatable option. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Refuses an option that is given twice. commander would use the last value; a reader may notice only the first. */
function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError('It can be given only once.');
  return value;
}
