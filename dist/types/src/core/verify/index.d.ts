/**
 * The verifier, as a library: `import { verify } from 'countersign/verify'`.
 *
 * Pure: no Node API, no file, no socket. Runs in a browser as it is.
 *
 * @module countersign/verify
 */
export { type Bundle } from '../bundle/bundle.ts';
export { readBundle } from '../bundle/read-bundle.ts';
export { type FulcioClaim } from '../certificate/fulcio-extensions.ts';
export { fulcioExtensionArcs } from '../certificate/fulcio-extensions.ts';
export { type CommitDigest } from '../crypto/digest.ts';
export { type Digest } from '../crypto/digest.ts';
export { digest } from '../crypto/digest.ts';
export { type PublicKey } from '../crypto/public-key.ts';
export { parseCommit } from '../crypto/digest.ts';
export { parseDigest } from '../crypto/digest.ts';
export { readPublicKeyPem } from '../crypto/public-key.ts';
export { type SubjectDigest } from '../crypto/digest.ts';
export { toDigest } from '../crypto/digest.ts';
export { CountersignError } from '../errors/index.ts';
export { type ErrorCode } from '../errors/codes.ts';
export { type FailureKind } from '../errors/codes.ts';
export { isCountersignError } from '../errors/index.ts';
export { type MlDsaKey } from '../log/cosignature.ts';
export { type NoteKey } from '../log/cosignature.ts';
export { readWitnessKey } from '../log/cosignature.ts';
export { type WitnessKey } from '../log/cosignature.ts';
export { type ClaimExpectation } from '../policy/policy.ts';
export { type ContentPolicy } from '../policy/policy.ts';
export { defaultThresholds } from '../policy/policy.ts';
export { type Expectation } from '../policy/expectation.ts';
export { exactIdentity } from '../policy/policy.ts';
export { exactly } from '../policy/expectation.ts';
export { managedKey } from '../policy/policy.ts';
export { matching } from '../policy/expectation.ts';
export { type Policy } from '../policy/policy.ts';
export { type PolicyOptions } from '../policy/policy.ts';
export { type PredicateExpectation } from '../policy/contents/expectations.ts';
export { pathWithin } from '../policy/expectation.ts';
export { policyFor } from '../policy/policy.ts';
export { type ReleaseExpectation } from '../policy/policy.ts';
export { type RepositoryOptions } from '../policy/repository.ts';
export { repository } from '../policy/repository.ts';
export { type SignerPolicy } from '../policy/policy.ts';
export { type Thresholds } from '../policy/policy.ts';
export { type WitnessPolicy } from '../policy/policy.ts';
export { readTrustedRoot } from '../trust/trusted-root.ts';
export { readTrustedRoots } from '../trust/trusted-root.ts';
export { type TrustedRoot } from '../trust/trusted-root.ts';
export { type Artifact, artifactOfBytes, artifactOfDigest, artifactOfRelease } from './artifact.ts';
export { compareStatement } from './compare-statement.ts';
export { type Criterion, type CriterionName, criterionNames } from './criterion.ts';
export type { Examination, Verdict } from './examination.ts';
export { type AttestationManifest, type AttestedStatement, examineAttestedImage, readAttestedStatements, } from './examine-attested-image.ts';
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
