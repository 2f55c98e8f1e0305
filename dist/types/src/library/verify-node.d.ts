/**
 * Verifies with what is in files, registries and on GitHub: `import { verifyFile } from 'countersign/verify/node'`. For Node. The verifier itself
 * is `countersign/verify`, which runs anywhere.
 *
 * @module countersign/verify/node
 */
import type { TrustedRoot } from '../core/trust/index.ts';
import { type Bundle } from '../core/verify/index.ts';
import { type GitHubAccess } from './github.ts';
import { type InstanceOptions } from './instance.ts';
export { CountersignError, type ErrorCode, exactIdentity, type FailureKind, isCountersignError, managedKey, type Policy, policyFor, repository, type TrustedRoot, type Verdict, } from '../core/verify/index.ts';
export type { GitHubAccess } from './github.ts';
export type { ImageOptions } from './images.ts';
export type { Document, InstanceOptions, NamedInstance, OwnInstance, PublishedInstance } from './instance.ts';
export { type PolicyFile, type PolicyFileOptions, readPolicy } from './policy-file.ts';
export { type PlaceOptions, type Verified, type VerifyImageOptions, type VerifyOptions, type VerifyReleaseOptions, verifyDigest, verifyFile, verifyImage, verifyRelease, } from './verification.ts';
export type { RequestOptions } from './world.ts';
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
 * const bundles = await fetchAttestations(digest, { repository: 'octo/app', environment });
 * bundles.length; // → 1
 */
export declare function fetchAttestations(digest: string, options?: GitHubAccess): Promise<readonly Bundle[]>;
