/**
 * The verifier, as a library: `import { verify } from 'countersign/verify'`.
 *
 * Pure: no Node API, no file, no socket. Runs in a browser as it is.
 *
 * @module countersign/verify
 */

export { type Bundle, readBundle } from '../bundle/index.ts';
export { type FulcioClaim, fulcioExtensionArcs } from '../certificate/index.ts';
export {
  type CommitDigest,
  type Digest,
  digest,
  type PublicKey,
  parseCommit,
  parseDigest,
  readPublicKeyPem,
  type SubjectDigest,
  toDigest,
} from '../crypto/index.ts';
export { CountersignError, type ErrorCode, type FailureKind, isCountersignError } from '../errors/index.ts';
export { type MlDsaKey, type NoteKey, readWitnessKey, type WitnessKey } from '../log/index.ts';
export {
  type ClaimExpectation,
  type ContentPolicy,
  defaultThresholds,
  type Expectation,
  exactIdentity,
  exactly,
  managedKey,
  matching,
  type Policy,
  type PolicyOptions,
  type PredicateExpectation,
  pathWithin,
  policyFor,
  type ReleaseExpectation,
  type RepositoryOptions,
  repository,
  type SignerPolicy,
  type Thresholds,
  type WitnessPolicy,
} from '../policy/index.ts';
export { readTrustedRoot, readTrustedRoots, type TrustedRoot } from '../trust/index.ts';
export { type Artifact, artifactOfBytes, artifactOfDigest, artifactOfRelease } from './artifact.ts';
export { compareStatement } from './compare-statement.ts';
export { type Criterion, type CriterionName, criterionNames } from './criterion.ts';
export type { Examination, Verdict } from './examination.ts';
export {
  type AttestationManifest,
  type AttestedStatement,
  examineAttestedImage,
  readAttestedStatements,
} from './examine-attested-image.ts';
export { examineSimpleSigning } from './examine-simple-signing.ts';
export { examineUnderRoots } from './examine-under-roots.ts';
export { neededDigests, needsBytes } from './needed-digests.ts';
export type { Release, ReleaseAsset } from './release.ts';
export { type VerifiedCertificate, verifyCertificate } from './steps/certificate.ts';
export type { VerifiedContent } from './steps/content.ts';
export { type IdentityPolicy, matchIdentity, type VerifiedIdentity, type VerifiedSigner } from './steps/identity.ts';
export type { VerifiedLogEntry } from './steps/log.ts';
export type { VerifiedTime } from './steps/times.ts';
export { checkNotInFuture, type VerifiedSct, verifySCTs } from './steps/transparency.ts';
export { examine, examiner, verify } from './verify.ts';
