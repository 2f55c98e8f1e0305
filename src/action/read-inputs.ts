/** Reads inputs as GitHub's runner passes them: as text. An empty input means its default. */

import { resolve } from 'node:path';
import { getInput, setSecret } from '@actions/core';
import { type Digest, toDigest } from '../core/crypto/index.ts';
import { decodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import { type ActionName, type Form, type InputKey, inputsOf, type OptionTable } from '../options/index.ts';

/** The values of an action's inputs, by the keys of their rows. Paths are absolute. */
export type InputValues<Table extends OptionTable, Action extends ActionName> = {
  readonly [Key in InputKey<Table, Action>]: InputValue<Table[Key]['form']>;
};

type InputValue<RowForm extends Form> = RowForm extends { readonly type: 'choice'; readonly values: infer Values }
  ? Values[keyof Values]
  : RowForm['type'] extends keyof ValueTypes
    ? ValueTypes[RowForm['type']]
    : never;

/** `undefined` where an input is empty and has no default. */
interface ValueTypes {
  readonly text: string | undefined;
  readonly path: string | undefined;
  readonly list: readonly string[];
  readonly paths: readonly string[];
  readonly switch: boolean;
  readonly duration: number;
  readonly count: number;
  readonly secret: Secret | undefined;
  readonly 'job-count': number | undefined;
  readonly 'artifact-id': number | undefined;
  readonly 'artifact-digest': Digest<'sha256'> | undefined;
}

/**
 * Reads the inputs that an action has of a table. Secrets are masked in the log.
 *
 * @throws CountersignError `USAGE`, naming the input
 */
export function readInputs<Table extends OptionTable, Action extends ActionName>(
  table: Table,
  action: Action,
  workspace: string,
): InputValues<Table, Action> {
  const values = inputsOf(table, action).map(({ key, name, form, default: none }) => [
    key,
    readInput(name, form, none, workspace),
  ]);
  // readInput returns the type for the form of the row.
  return Object.fromEntries(values) as InputValues<Table, Action>;
}

function readInput(name: string, form: Form, none: string, workspace: string): unknown {
  // A reusable workflow passes inputs that its caller omitted as empty text, for which the runner ignores the default of the manifest.
  // A default that is an expression is for the runner alone.
  const given = getInput(name) || (none.startsWith('${{') ? '' : none);
  switch (form.type) {
    case 'text':
      return given || undefined;
    case 'path':
      return given === '' ? undefined : resolve(workspace, given);
    case 'list':
      return split(given, form.separator);
    case 'paths':
      return split(given, /\n/).map((path) => resolve(workspace, path));
    case 'switch':
      return choose(name, given, { true: true, false: false });
    case 'choice':
      return choose(name, given, form.values);
    case 'duration':
      return readDuration(name, given);
    case 'count':
      return readCount(name, given, form.max);
    case 'secret':
      return readSecret(given);
    case 'job-count':
      return given === '' ? undefined : readCount(name, given, form.max);
    case 'artifact-id':
      return given === '' ? undefined : readArtifactId(name, given);
    case 'artifact-digest':
      return given === '' ? undefined : readArtifactDigest(name, given);
  }
}

function split(given: string, separator: RegExp): readonly string[] {
  return given
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function choose(name: string, given: string, values: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(values, given)) return values[given];
  const allowed = Object.keys(values).filter((value) => value !== '');
  return refuse(name, given, `Set it to ${allowed.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`);
}

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;

function readDuration(name: string, given: string): number {
  const [, digits, unit = ''] =
    /^(\d{1,6})\s*([smh]?)$/.exec(given) ?? refuse(name, given, 'Use a duration such as 90s, 5m or 1h.');
  return Number(digits) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

function readCount(name: string, given: string, max: number): number {
  const count = /^\d{1,10}$/.test(given) ? Number(given) : 0;
  return count >= 1 && count <= max ? count : refuse(name, given, `Set it to a number from 1 to ${max}.`);
}

function readSecret(given: string): Secret | undefined {
  if (given === '') return undefined;
  // Masked before an error about another input is printed.
  setSecret(given);
  return new Secret(given);
}

function readArtifactId(name: string, given: string): number {
  const id = /^[1-9]\d{0,15}$/.test(given) ? Number(given) : Number.NaN;
  if (Number.isSafeInteger(id)) return id;
  return refuse(name, given, 'Set it to a positive whole number: the output `artifact-id` of actions/upload-artifact.');
}

/** Reads a digest with or without its algorithm, which actions/upload-artifact omits. */
function readArtifactDigest(name: string, given: string): Digest<'sha256'> {
  const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(given) ?? [];
  if (hex !== undefined) return toDigest('sha256', decodeHex(hex.toLowerCase()));
  return refuse(
    name,
    given,
    'Set it to a SHA-256 digest, `sha256:…` or its 64 hexadecimal digits: the output `artifact-digest` of actions/upload-artifact.',
  );
}

function refuse(name: string, given: string, remedy: string): never {
  return fail('USAGE', `the input \`${name}\` is ${JSON.stringify(given)}, which is not valid`, { remedy });
}
