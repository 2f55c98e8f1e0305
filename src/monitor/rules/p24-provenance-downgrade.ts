import type { OtherRule } from './rule.ts';

/** The observations about packages in registries. */
export const provenanceDowngrade: OtherRule = {
  about: 'packages',
  id: 'P24',
  name: 'provenance-downgrade',
  version: 1,
  severity: 'alert',
  reason:
    'A stolen token publishes a package without the release workflow, and thus without provenance. No log has an entry of it.',
  condition:
    'A version of a watched package has no provenance after one that has it, its provenance names another repository, or the digest that it states is not in the log.',
  falseAlarms: 'Fixes that are published by hand, and files that are added to a release later.',
};
