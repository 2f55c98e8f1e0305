/** Keys and certificates, as right or as wrong as asked for. */

export {
  type CertificateProfile,
  encodeTbsCertificate,
  freshSerialNumber,
  type ProfileOverrides,
  signCertificate,
} from './certificate.ts';
export { type CertifiedKey, type CertifyOptions, certifyAuthority, certifyTimestampSigner } from './certified-key.ts';
export {
  type BasicConstraints,
  type ExtendedKeyUsage,
  type Extension,
  type KeyUsage,
  keyPurposes,
  type SubjectAlternativeNames,
} from './extension.ts';
export { sandboxMarker, sandboxMarkerOid } from './marker.ts';
export { type DistinguishedName, encodeGeneralName, encodeName, type GeneralName } from './name.ts';
export {
  alternativeNames,
  extensionValue,
  serialNumberOf,
  tbsCertificateOf,
  withoutExtension,
} from './read-certificate.ts';
export {
  generateSigningKey,
  type HashName,
  hashOf,
  type KeyKind,
  keptSigningKey,
  keyIdentifierOf,
  type SigningKey,
  signatureAlgorithm,
  subjectPublicKeyInfo,
} from './signing-key.ts';
