import { optionName, type PolicyOption, type PolicyRequest, type PolicyRow, policyRows } from '../../options/index.ts';

export const policyOptions = Object.keys(policyRows) as readonly PolicyOption[];

/** Reports whether an option is given. A switch that is off is not; an empty text is, and is refused where it is read. */
export function isGiven(request: PolicyRequest, option: PolicyOption): boolean {
  const value = request[option];
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** Returns the name that messages show: the name of the input. */
export function shownName(option: PolicyOption): string {
  const row: PolicyRow = policyRows[option];
  return row.input ?? optionName(option);
}

/** Returns the names of those options that are given, as messages show them. */
export function given(request: PolicyRequest, ...options: readonly PolicyOption[]): readonly string[] {
  return options.filter((option) => isGiven(request, option)).map((option) => `\`${shownName(option)}\``);
}
