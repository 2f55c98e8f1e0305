import type {
  CommandName,
  FlagKey,
  Form,
  instanceRows,
  OptionRow,
  OptionTable,
  registryRows,
} from '../options/index.ts';

/** The values of a command's options, by the keys of their rows. Options that were not given and have no default are absent. */
export type CommandValues<Table extends OptionTable, Name extends CommandName> = {
  readonly [Key in FlagKey<Table, Name> as IsAlwaysThere<Table[Key]> extends true ? Key : never]: Value<Table[Key]>;
} & {
  readonly [Key in FlagKey<Table, Name> as IsAlwaysThere<Table[Key]> extends true ? never : Key]?: Value<Table[Key]>;
};

type IsAlwaysThere<Row extends OptionRow> = Row extends { readonly flags: `${string}<${string}` }
  ? Row extends { readonly default: string } | { readonly form: { readonly type: 'list' | 'paths' } }
    ? true
    : false
  : // commander's `--no-…` is on unless it is switched off.
    Row extends { readonly flags: `--no-${string}` }
    ? true
    : false;

type Value<Row extends OptionRow> = Row extends { readonly flags: `${string}<${string}` }
  ? Given<Row['form']>
  : boolean;

type Given<RowForm extends Form> = RowForm extends { readonly type: 'choice'; readonly values: infer Values }
  ? Exclude<Values[keyof Values], undefined>
  : RowForm extends { readonly type: 'list' | 'paths' }
    ? readonly string[]
    : RowForm extends { readonly type: 'duration' | 'count' }
      ? number
      : string;

/** The options that choose an instance. Only signing has all of them. */
export type InstanceValues = CommandValues<typeof instanceRows, 'sign'>;
export type RegistryValues = CommandValues<typeof registryRows, CommandName>;
