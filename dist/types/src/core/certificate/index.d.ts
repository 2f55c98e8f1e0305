/** X.509 certificates as Fulcio and timestamp authorities issue them, and their extensions. */
export { type Certificate, readCertificate, serialNumberText, } from './certificate.ts';
export { claimName, type FulcioClaim, type FulcioClaims, fulcioExtensionArcs, type OlderFulcioClaims, olderFulcioExtensionArcs, readFulcioClaims, readOlderFulcioClaims, } from './fulcio-extensions.ts';
export { oids } from './oids.ts';
export { anticipateSignature, isSigned, mayHaveIssued, verifyPath } from './path.ts';
export { readSignatureAlgorithm, type SignatureAlgorithm, verifyWithAlgorithm } from './signature-algorithm.ts';
export { precertificateTbs, promisedLeaf, readSignedCertificateTimestamps, type SignedCertificateTimestamp, verifySignedCertificateTimestamp, } from './signed-certificate-timestamp.ts';
export type { SubjectAlternativeName } from './subject-alternative-name.ts';
