/**
 * Verifies with what is in files, registries and on GitHub: `import { verifyFile } from 'countersign/verify/node'`. For Node. The verifier itself
 * is `countersign/verify`, which runs anywhere.
 *
 * @module countersign/verify/node
 */
import type { TrustedRoot } from '../core/trust/trusted-root.ts';
import { type Bundle } from '../core/bundle/bundle.ts';
import type { GitHubAccess, InstanceOptions } from './options.ts';
export { CountersignError } from '../core/errors/index.ts';
export { type ErrorCode } from '../core/errors/codes.ts';
export { exactIdentity } from '../core/policy/policy.ts';
export { type FailureKind } from '../core/errors/codes.ts';
export { isCountersignError } from '../core/errors/index.ts';
export { managedKey } from '../core/policy/policy.ts';
export { type Policy } from '../core/policy/policy.ts';
export { policyFor } from '../core/policy/policy.ts';
export { repository } from '../core/policy/repository.ts';
export { type TrustedRoot } from '../core/trust/trusted-root.ts';
export { type Verdict } from '../core/verify/examination.ts';
export type { Document, GitHubAccess, ImageOptions, InstanceOptions, NamedInstance, OwnInstance, PolicyFile, PublishedInstance, RequestOptions, } from './options.ts';
export { type PolicyFileOptions, readPolicy } from './policy-file.ts';
export { type PlaceOptions, type Verified, type VerifyImageOptions, type VerifyOptions, type VerifyReleaseOptions, verifyDigest, verifyFile, verifyImage, verifyRelease, } from './verification.ts';
/**
 * Loads the trusted root of an instance, for `verify` of `countersign/verify`. It comes from the instance's TUF repository, whose first root is
 * part of this package, and is kept in the cache folder.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `TRUSTED_ROOT_EXPIRED` and others of the repository; `USAGE` for several trusted roots
 * @see The Update Framework Specification, section 5 (Detailed client workflow)
 *
 * @example
 * const trust = await loadTrustedRoot({ instance });
 * trust.timestampAuthorities.length; // → 1
 */
export declare function loadTrustedRoot(options?: InstanceOptions): Promise<TrustedRoot>;
/**
 * Fetches the bundles of an artifact from GitHub's attestation store. They are not verified, and prove nothing until they are: pass each to
 * `verify` of `countersign/verify`.
 *
 * @param digest `sha256:…` of the artifact
 * @returns none if the store has none, which proves nothing either: attestations can be deleted
 * @throws CountersignError `DIGEST_INVALID`, `RATE_LIMITED`, `PERMISSION_MISSING`, `SERVICE_UNAVAILABLE`; `BUNDLE_INVALID` for one that cannot be read
 *
 * @example
 * const bundles = await fetchAttestations(digest, { repository: 'example-org/example-repo', environment });
 * bundles.length > 0; // → true
 */
export declare function fetchAttestations(digest: string, options?: GitHubAccess): Promise<readonly Bundle[]>;
