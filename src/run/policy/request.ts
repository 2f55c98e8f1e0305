import { optionName, type PolicyOption, type PolicyRequest, policyRows } from '../../options/index.ts';

export const policyOptions = Object.keys(policyRows) as readonly PolicyOption[];

/** Reports whether an option is given. A switch that is off is not; an empty text is, and is refused where it is read. */
export function isGiven(request: PolicyRequest, option: PolicyOption): boolean {
  const value = request[option];
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** Returns the names of those options that are given, as people write them. */
export function given(request: PolicyRequest, ...options: readonly PolicyOption[]): readonly string[] {
  return options.filter((option) => isGiven(request, option)).map((option) => `\`${optionName(option)}\``);
}
