/** The files that are taken from a trust root repository. No name of a file ever comes from a repository's metadata. */

import { fail } from '../../core/errors/index.ts';

export const targetNames = [
  'trusted_root.json',
  'signing_config.v0.2.json',
  'signing_config_rekor_v2.v0.2.json',
] as const;

export type TargetName = (typeof targetNames)[number];

/** Narrows a name to one of the list: `../` in a name was how files outside of a cache were written (CVE-2024-47534). */
export function isTargetName(name: string): name is TargetName {
  return targetNames.some((known) => known === name);
}

/** @throws CountersignError `USAGE` for a name that is not on the list, whatever its type says */
export function demandTargetName(name: string): void {
  if (!isTargetName(name)) fail('USAGE', `${JSON.stringify(name)} is not a known target of a TUF repository`);
}
