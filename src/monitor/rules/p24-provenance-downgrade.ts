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
    'A version of a watched package, or an image, has no provenance after one that has it; a tag of an image moved to one without provenance; or the provenance names another repository, does not verify, or is not in a log of the trusted root.',
  falseAlarms:
    'Fixes that are published by hand, files that are added to a release later, and images that are signed only after the watch has read them.',
};
