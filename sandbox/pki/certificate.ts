/** X.509 certificates (RFC 5280, section 4.1), every part of which can be chosen. */

import { der } from '../../src/core/encoding/index.ts';
import type { RandomBytes } from '../sources.ts';
import {
  type BasicConstraints,
  type ExtendedKeyUsage,
  type Extension,
  encodeExtension,
  type KeyUsage,
  keyUsages,
  type SubjectAlternativeNames,
} from './extension.ts';
import { type DistinguishedName, encodeGeneralName, encodeName } from './name.ts';
import { type HashName, type SigningKey, signatureAlgorithm } from './signing-key.ts';

/** The contents of a certificate, and the key that signs it. An extension that is `undefined` is left out. */
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
  /** The key that signs the certificate: its issuer's, if the certificate is to be valid. */
  readonly signingKey: SigningKey;
  /** The hash of the signature; by default the one of the key. */
  readonly signatureHash: HashName | undefined;
}

/** Changes to a profile. An extension that is given as `undefined` is left out. */
export type ProfileOverrides = Partial<CertificateProfile>;

/** Encodes a TBSCertificate (RFC 5280, section 4.1.2), with more extensions after the profile's own. */
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

/** Signs a certificate, and returns it as DER. */
export function signCertificate(profile: CertificateProfile, trailing: readonly Extension[] = []): Uint8Array {
  const tbsCertificate = encodeTbsCertificate(profile, trailing);
  return der.sequence(
    tbsCertificate,
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    der.bitString(profile.signingKey.sign(tbsCertificate, profile.signatureHash)),
  );
}

/** Returns the extensions in the order in which Go's crypto/x509, and so Fulcio, writes them. */
function extensionsOf(profile: CertificateProfile): readonly Extension[] {
  const { extendedKeyUsage, subjectAlternativeNames } = profile;
  return [
    ...extension('2.5.29.15', true, profile.keyUsage, (usages) =>
      der.namedBits(...usages.map((usage) => keyUsages[usage])),
    ),
    ...extension('2.5.29.37', extendedKeyUsage?.critical, extendedKeyUsage, ({ purposes }) =>
      der.sequence(...purposes.map((purpose) => der.oid(purpose))),
    ),
    ...extension('2.5.29.19', true, profile.basicConstraints, ({ authority, pathLength }) =>
      // cA is FALSE by default, and then DER leaves it out.
      der.sequence(
        ...(authority ? [der.boolean(true)] : []),
        ...(pathLength === undefined ? [] : [der.integer(pathLength)]),
      ),
    ),
    ...extension('2.5.29.14', false, profile.subjectKeyIdentifier, der.octetString),
    ...extension('2.5.29.35', false, profile.authorityKeyIdentifier, (identifier) =>
      der.sequence(der.contextPrimitive(0, identifier)),
    ),
    ...extension('2.5.29.17', subjectAlternativeNames?.critical, subjectAlternativeNames, ({ names }) =>
      der.sequence(...names.map(encodeGeneralName)),
    ),
    ...profile.additionalExtensions,
  ];
}

function extension<T>(
  oid: string,
  critical = false,
  value: T | undefined,
  encode: (value: T) => Uint8Array,
): readonly Extension[] {
  return value === undefined ? [] : [{ oid, critical, value: encode(value) }];
}

/** Generates a positive serial number of 20 bytes, the maximum (RFC 5280, section 4.1.2.2), with 158 random bits. */
export function freshSerialNumber(random: RandomBytes): Uint8Array {
  const serial = new Uint8Array(random(20));
  // The top bit is clear, since the encoding has at most 20 bytes too. The next is set to fix the length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
