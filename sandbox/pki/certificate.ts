/** X.509 certificates (RFC 5280, section 4.1), every part of which a test can choose. */

import { der } from '../../src/core/encoding/index.ts';
import type { RandomBytes } from '../sources.ts';
import {
  authorityKeyIdentifier,
  type BasicConstraints,
  basicConstraints,
  type ExtendedKeyUsage,
  type Extension,
  encodeExtension,
  extendedKeyUsage,
  type KeyUsage,
  keyUsage,
  type SubjectAlternativeNames,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './extension.ts';
import { type DistinguishedName, encodeName } from './name.ts';
import { type HashName, type SigningKey, signatureAlgorithm } from './signing-key.ts';

/** All that a certificate says, and the key that says it. A member that is `undefined` leaves its extension out. */
export interface CertificateProfile {
  /** An unsigned integer, big-endian. */
  readonly serialNumber: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly extendedKeyUsage: ExtendedKeyUsage | undefined;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly subjectAlternativeNames: SubjectAlternativeNames | undefined;
  readonly additionalExtensions: readonly Extension[];
  /** The key the certificate is signed with: its issuer's, if nothing is to be wrong. */
  readonly signingKey: SigningKey;
  /** The hash of the signature; by default the one that goes with the key. */
  readonly signatureHash: HashName | undefined;
}

/** What a test changes of a profile. A member given as `undefined` leaves that extension out. */
export type ProfileOverrides = Partial<CertificateProfile>;

/** TBSCertificate (RFC 5280, section 4.1.2), with more extensions after the profile's own. */
export function encodeTbsCertificate(profile: CertificateProfile, trailing: readonly Extension[] = []): Uint8Array {
  const extensions = [...extensionsOf(profile), ...trailing];
  return der.sequence(
    der.context(0, der.integer(2)),
    der.unsigned(profile.serialNumber),
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    encodeName(profile.issuer),
    der.sequence(der.time(profile.notBefore), der.time(profile.notAfter)),
    encodeName(profile.subject),
    profile.publicKey,
    ...(extensions.length === 0 ? [] : [der.context(3, der.sequence(...extensions.map(encodeExtension)))]),
  );
}

/** The certificate, DER. */
export function signCertificate(profile: CertificateProfile, trailing: readonly Extension[] = []): Uint8Array {
  const tbsCertificate = encodeTbsCertificate(profile, trailing);
  return der.sequence(
    tbsCertificate,
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    der.bitString(profile.signingKey.sign(tbsCertificate, profile.signatureHash)),
  );
}

/** In the order in which Go's crypto/x509, and so Fulcio, writes them. */
function extensionsOf(profile: CertificateProfile): readonly Extension[] {
  const made = <T>(value: T | undefined, make: (value: T) => Extension): readonly Extension[] =>
    value === undefined ? [] : [make(value)];
  return [
    ...made(profile.keyUsage, keyUsage),
    ...made(profile.extendedKeyUsage, extendedKeyUsage),
    ...made(profile.basicConstraints, basicConstraints),
    ...made(profile.subjectKeyIdentifier, subjectKeyIdentifier),
    ...made(profile.authorityKeyIdentifier, authorityKeyIdentifier),
    ...made(profile.subjectAlternativeNames, subjectAlternativeName),
    ...profile.additionalExtensions,
  ];
}

/** A positive serial number of at most 160 bits (RFC 5280, section 4.1.2.2), with 158 of them unpredictable. */
export function freshSerialNumber(random: RandomBytes): Uint8Array {
  const serial = new Uint8Array(random(20));
  // 20 octets is the limit of the encoding too, so the top bit must be clear; the next is set to fix the length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
