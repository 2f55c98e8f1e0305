/** The contract of the registries: the packages of a policy in, observations out. */

import type { JsonObject } from '../../core/encoding/index.ts';
import type { WatchedPackage } from '../watch-policy/index.ts';
import type { PackageCoverage } from './report.ts';

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

export interface PackageResult {
  /** One for each package of the policy. A package with a problem makes the watch incomplete. */
  readonly coverage: readonly PackageCoverage[];
  readonly observations: readonly PackageObservation[];
  /** What the next run needs to know, such as the versions that were checked. Bounded. */
  readonly memory: JsonObject;
}

/** Checks packages in their registries. */
export interface PackageWatch {
  /**
   * Checks all packages. An observation is a finding for good: a later run need not make it again.
   *
   * @param memory of the last run; untrusted, `undefined` in the first one
   * @throws CountersignError `CANCELLED`; what a registry does wrong is a problem in the coverage
   */
  check(packages: readonly WatchedPackage[], memory: JsonObject | undefined): Promise<PackageResult>;
}
