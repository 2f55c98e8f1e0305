/** The claims of log entries: kinds, signers, digests, names and times. All of it is untrusted text. */
export { type CertificateClaims, type CertificateClaimTexts, type CertificateEntry, type CertificateName, type ClaimName, certificatesOf, type EntryClaims, type EntryDigest, type EntryProblem, type EntrySigner, entryLimits, type SignatureEntry, type SignatureKind, type UnknownEntry, } from './claims.ts';
export { readEntry } from './read-entry.ts';
export { type EntryReader, sharedReader } from './shared-reader.ts';
