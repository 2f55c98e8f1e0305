import { fail } from '../core/errors/index.ts';
import { type PolicyOption, type PolicyRequest, type PolicyRow, policyRows } from '../options/index.ts';

/** The options of a policy that were given. */
export interface PolicyOptions extends PolicyRequest {
  /** The aliases that were given, by their names: `cert-identity`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * Returns the policy that the options and their aliases ask for.
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
      return own === undefined ? as(alias) : fail('USAGE', `\`${name}\` says again what another option says`);
    }, options[option]);
    return value === undefined ? [] : [[option, value] as const];
  });
  return Object.fromEntries(given);
}

/** Adds the value of an alias of cosign's, where it is the only value: beside others, it would be one more that is accepted. */
function more(option: PolicyOption, own: readonly string[] | undefined, value: string): readonly string[] {
  if (option !== 'claim' && own !== undefined)
    fail('USAGE', `cosign's option for it says again what \`${option}\` says`, { remedy: 'Leave one of them out.' });
  return [...(own ?? []), value];
}
