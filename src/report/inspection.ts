/** The result of inspecting a file or an image: the claims of each bundle, and, with a policy, whether its signature satisfies it. */

import type { SubjectDigest } from '../core/crypto/index.ts';
import type { CountersignError } from '../core/errors/index.ts';
import type { BundleClaims } from './bundle-claims.ts';
import { worstOf } from './verification-report.ts';

export interface Inspection {
  /** The file or image that the caller named. */
  readonly place: string;
  /** `sha256:…` of an image. */
  readonly digest: string | undefined;
  /** True if the bundles were verified under a policy. */
  readonly hasPolicy: boolean;
  readonly bundles: readonly InspectedBundle[];
  readonly warnings: readonly string[];
}

export interface InspectedBundle {
  /** The path of the bundle, or its place in a registry. */
  readonly place: string;
  /** `undefined` for a bundle that cannot be read. */
  readonly claims: BundleClaims | undefined;
  /** The digest for which the signature satisfies the policy; `undefined` without a policy. */
  readonly verifiedDigest: SubjectDigest | undefined;
  /** The reason why the bundle cannot be read or does not satisfy the policy. */
  readonly failure: CountersignError | undefined;
}

/**
 * Returns the failure that decides the exit code. Without a policy, one readable bundle is enough. With a policy, every bundle must satisfy
 * it.
 */
export function inspectionFailure({ bundles, hasPolicy }: Inspection): CountersignError | undefined {
  if (!hasPolicy && bundles.some(({ claims }) => claims !== undefined)) return undefined;
  return worstOf(bundles.map(({ failure }) => failure));
}
