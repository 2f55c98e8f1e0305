import { fail } from '../core/errors/index.ts';
import { optionName, type PolicyOption, type PolicyRequest, type PolicyRow, policyRows } from '../options/index.ts';

/** The options of a policy that were given. */
export interface PolicyOptions extends PolicyRequest {
  /** The aliases that were given, by their names: `cert-identity`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * Returns the policy that the options and their aliases describe.
 *
 * @throws CountersignError `USAGE` if both an option and its alias are given
 */
export function policyRequest(options: PolicyOptions): PolicyRequest {
  const rows = Object.entries(policyRows) as readonly (readonly [PolicyOption, PolicyRow])[];
  const given = rows.flatMap(([option, row]) => {
    const value = (row.aliases ?? []).reduce<unknown>((own, { flags, as = (text) => text }) => {
      const name = flags.replace(/^--| .*/g, '');
      const alias = options.aliases?.[name];
      if (alias === undefined) return own;
      if (row.form.type === 'list') return more(option, own as readonly string[] | undefined, as(alias));
      return own === undefined
        ? as(alias)
        : fail('USAGE', `--${name} and --${optionName(option)} are the same option`, {
            remedy: 'Give one of them.',
          });
    }, options[option]);
    return value === undefined ? [] : [[option, value] as const];
  });
  return Object.fromEntries(given);
}

/** Adds the value of a cosign alias, if it is the only value: with others, it would be one more accepted value instead of a requirement. */
function more(option: PolicyOption, own: readonly string[] | undefined, value: string): readonly string[] {
  if (option !== 'claim' && own !== undefined)
    fail('USAGE', `\`${optionName(option)}\` was given together with cosign's option for it`, {
      remedy: 'Give one of them.',
    });
  return [...(own ?? []), value];
}
