/** Keys and certificates, every part of which can be chosen. */
export { type CertificateProfile, encodeTbsCertificate, freshSerialNumber, type ProfileOverrides, signCertificate, } from './certificate.ts';
export { type AuthorityOptions, authorityDefaults, type CertifiedKey, certifyAuthority, certifyTimestampSigner, } from './certified-key.ts';
export { type Extension, type KeyUsage, keyPurposes, sandboxMarker, sandboxMarkerOid } from './extension.ts';
export { generateMlDsaKey, keptMlDsaKey, type MlDsaKey } from './ml-dsa-key.ts';
export { type DistinguishedName, encodeGeneralName, encodeName, type GeneralName } from './name.ts';
export { alternativeNames, extensionValue, tbsCertificateOf, withoutExtension } from './read-certificate.ts';
export { generateSigningKey, type HashName, hashLengths, hashOf, type KeyKind, keptSigningKey, keyBits, keyIdentifierOf, type SigningKey, signatureAlgorithm, subjectPublicKeyInfo, } from './signing-key.ts';
