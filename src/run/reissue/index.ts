/** Re-issue: verifies old signatures, signs the same digests anew, and puts the new bundles where the old ones were. */

export type { BadEntry, BundlePlace, OldBundle, OldSignature, Source } from './old-signature.ts';
export type { Converted, Outcome, OutcomeKind, Upgrade } from './outcome.ts';
