/** What the watch reads of a registry. */

import type { Digest } from '../../core/crypto/index.ts';
import type { JsonValue } from '../../core/encoding/index.ts';

/** A version of a package. All texts are untrusted. */
export interface PackageVersion {
  readonly version: string;
  /** The time that the registry states. */
  readonly publishedAt: Date | undefined;
  /** npm has one file per version, PyPI several. Never empty. */
  readonly files: readonly PackageFile[];
}

export interface PackageFile {
  readonly name: string;
  /** The name of the subject that an attestation of the file has. */
  readonly subject: string;
  /** Undefined if the registry states no strong digest. */
  readonly digest: Digest | undefined;
  /** True if the registry states that it has provenance of the file. */
  readonly hasProvenance: boolean;
}

/** The attestations of a file, in the format of the registry. `at` names their place in errors. */
export interface ServedProvenance {
  readonly at: string;
  readonly document: JsonValue;
}

/** A registry, read over the network. */
export interface PackageRegistry {
  /**
   * Fetches the versions of a package.
   *
   * @returns undefined if the registry does not have the package
   * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
   */
  versions(name: string): Promise<readonly PackageVersion[] | undefined>;

  /**
   * Fetches the attestations of a file.
   *
   * @returns undefined if the registry does not have any
   * @throws CountersignError as {@link versions}
   */
  provenance(name: string, version: string, file: PackageFile): Promise<ServedProvenance | undefined>;

  /**
   * Searches for packages with names like this one; absent if the registry has no search.
   *
   * @throws CountersignError as {@link versions}
   */
  readonly search?: (text: string) => Promise<readonly string[]>;
}
