/**
 * The verifier, as a library: `import { verify } from 'countersign/verify'`.
 *
 * Pure: no Node API, no file, no socket. Runs in a browser as it is.
 */
export { type Bundle, readBundle } from '../bundle/index.ts';
export { type Digest, digest, parseDigest, toDigest } from '../crypto/index.ts';
export { CountersignError, type ErrorCode, type FailureKind } from '../errors/index.ts';
export { exactIdentity, type Policy, type Thresholds } from '../policy/index.ts';
export { readTrustedRoot, type TrustedRoot } from '../trust/index.ts';
export type { VerifiedTime } from './establish-times.ts';
export { matchIdentity, type VerifiedIdentity } from './match-identity.ts';
export { type Verdict, verify } from './verify.ts';
export { type VerifiedCertificate, verifyCertificate } from './verify-certificate.ts';
export type { VerifiedContent } from './verify-content.ts';
export type { VerifiedLogEntry } from './verify-log-entries.ts';
export { type VerifiedSct, verifySCTs } from './verify-scts.ts';
