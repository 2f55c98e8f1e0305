/** One row per option: an input of the actions, an option of the command, or both. */

import type { Form } from './form.ts';

export type ActionName = 'sign' | 'verify' | 'monitor';
export type CommandName =
  | 'sign'
  | 'verify'
  | 'inspect'
  | 'tree'
  | 'complete'
  | 'trusted-root'
  | 'upgrade'
  | 'search'
  | 'audit'
  | 'watch'
  | 'look-alike'
  | 'deliver'
  | 'reissue'
  | 'receipt';

/** The description, for every front end that has the table of the row, or for each front end that has the row. */
type Texts<FrontEnd extends string> = string | { readonly [Name in FrontEnd]?: string | TextWithDefault };

/** The description for one front end with a default of its own. */
interface TextWithDefault {
  readonly text: string;
  readonly default: string;
}

export interface OptionRow {
  readonly form: Form;
  /** The value where none is given, as people write it. */
  readonly default?: string;
  /** The name of the input, where it is not the row's: `bundle-dir` for the row `bundleDir`. */
  readonly input?: string;
  /** The description for actions and commands alike. */
  readonly about?: string;
  /** The actions that have it as an input, if not all that have the table. */
  readonly action?: Texts<ActionName>;
  /** The names of the command's option, with a placeholder for its value. Without a placeholder it is a switch. */
  readonly flags?: string;
  /** The commands that have it as an option, if not all that have the table. Without a description, help does not show it. */
  readonly command?: Texts<CommandName>;
  /** Makes a command refuse the option if it is given twice, rather than take the last. */
  readonly once?: true;
}

export type OptionTable = Readonly<Record<string, OptionRow>>;

/** Reports, as a type, whether a row is an input of an action or an option of a command. */
type IsIn<Row extends OptionRow, Kind extends 'action' | 'command', FrontEnd extends string> =
  Row extends Readonly<Record<Kind, infer RowTexts>>
    ? RowTexts extends string | Readonly<Record<FrontEnd, unknown>>
      ? true
      : false
    : Row extends { readonly about: string }
      ? true
      : undefined;

/** The rows of a table that are inputs of an action. */
export type InputKey<Table extends OptionTable, Action extends ActionName> = {
  [Key in keyof Table]: IsIn<Table[Key], 'action', Action> extends true ? Key : never;
}[keyof Table];

/** The rows of a table that are options of a command. */
export type FlagKey<Table extends OptionTable, Command extends CommandName> = {
  [Key in keyof Table]: Table[Key] extends { readonly flags: string }
    ? IsIn<Table[Key], 'command', Command> extends false
      ? never
      : Key
    : never;
}[keyof Table];

/** An input of an action. */
export interface InputDeclaration {
  readonly description: string;
  readonly default: string;
}

/** An input of an action, with the row that it is from. */
export interface ActionInput extends InputDeclaration {
  readonly key: string;
  readonly name: string;
  readonly form: Form;
}

/** Returns the inputs that an action has of a table, in the table's order. */
export function inputsOf(table: OptionTable, action: ActionName): readonly ActionInput[] {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.action ?? row.about, action);
    if (description === undefined) return [];
    const none = row.form.type === 'switch' ? 'false' : '';
    return [
      {
        key,
        name: row.input ?? optionName(key),
        form: row.form,
        description:
          row.action === undefined && row.form.type === 'list' ? `${description.text} One per line.` : description.text,
        default: description.default ?? row.default ?? none,
      },
    ];
  });
}

/** An option of a command, with the row that it is from. */
export interface CommandOption {
  readonly key: string;
  readonly row: OptionRow;
  readonly flags: string;
  /** `undefined` if help does not show it. */
  readonly description: string | undefined;
  readonly default: string | undefined;
}

/** Returns the options that a command has of a table, in the table's order. */
export function flagsOf(table: OptionTable, command: CommandName): readonly CommandOption[] {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.command ?? row.about, command);
    if (row.flags === undefined || (row.command !== undefined && description === undefined)) return [];
    return [
      { key, row, flags: row.flags, description: description?.text, default: description?.default ?? row.default },
    ];
  });
}

function textFor<FrontEnd extends string>(
  texts: Texts<FrontEnd> | undefined,
  frontEnd: FrontEnd,
): { readonly text: string; readonly default?: string } | undefined {
  const found = typeof texts === 'object' ? texts[frontEnd] : texts;
  return typeof found === 'string' ? { text: found } : found;
}

/** Returns the name that people write: `certificateIdentity` is `certificate-identity`. */
export function optionName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
