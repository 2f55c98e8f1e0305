/** The results of checks of packages. */

import type { WatchedPackage } from '../watch-policy/index.ts';

/** An observation about a package: P24 about its provenance, or P19 about a name that imitates it. Texts are untrusted. */
export interface PackageObservation {
  readonly rule: 'P19' | 'P24';
  /** The package of the policy. */
  readonly package: WatchedPackage;
  /** The name that the observation is about: that of the package, or of the one that imitates it. */
  readonly name: string;
  readonly version: string | undefined;
  /** Tells observations about one version apart: `without-provenance`. Stays the same between runs. */
  readonly what: string;
  /** A line without a full stop. */
  readonly title: string;
  /** Sentences. */
  readonly reason: string;
  /** The next step, as a sentence. */
  readonly remedy: string;
  /** Replaces the default of the rule. */
  readonly severity?: 'note' | 'alert';
}

/** The coverage of a package. */
export interface CheckedPackage {
  readonly package: WatchedPackage;
  /** The number of versions that were checked. */
  readonly versions: number;
  /** The reason why it could not be checked completely, as a sentence without its full stop. */
  readonly problem: string | undefined;
}
