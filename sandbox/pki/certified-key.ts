/** Keys with certificates: authorities, and the signer of timestamps. */

import { decodePem, decodeUtf8, encodeHex, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import { type Sources, secondsAfter, wholeSecond } from '../sources.ts';
import { keep, MemoryStorage, type Storage } from '../storage/index.ts';
import { type CertificateProfile, freshSerialNumber, type ProfileOverrides, signCertificate } from './certificate.ts';
import { keyPurposes, sandboxMarker } from './extension.ts';
import type { DistinguishedName } from './name.ts';
import { serialNumberOf } from './read-certificate.ts';
import { type KeyKind, keptSigningKey, type SigningKey } from './signing-key.ts';

export interface CertifiedKey {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly profile: CertificateProfile;
  readonly key: SigningKey;
}

export interface CertifyOptions {
  readonly subject: DistinguishedName;
  readonly kind: KeyKind;
  /** Without an issuer, the certificate is self-signed. */
  readonly issuer?: CertifiedKey;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Changes to the certificate. */
  readonly overrides?: ProfileOverrides;
  /** The storage of the key and the certificate, `<name>.key` and `<name>.pem`; by default in memory. */
  readonly storage?: Storage;
  readonly name?: string;
}

/** Certifies an authority. Its certificate has the sandbox's marker if it is `marked`. */
export function certifyAuthority(
  options: CertifyOptions & { readonly pathLength: number; readonly codeSigning: boolean; readonly marked: boolean },
  sources: Sources,
): CertifiedKey {
  const { pathLength, codeSigning, marked } = options;
  return certify(options, sources, {
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: codeSigning ? { critical: false, purposes: [keyPurposes.codeSigning] } : undefined,
    basicConstraints: { authority: true, pathLength },
    additionalExtensions: marked ? [sandboxMarker] : [],
  });
}

/** Certifies a key for timestamps, its only and critical purpose (RFC 3161, section 2.3). */
export function certifyTimestampSigner(options: CertifyOptions, sources: Sources): CertifiedKey {
  return certify(options, sources, {
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.timeStamping] },
    basicConstraints: undefined,
    additionalExtensions: [],
  });
}

type Usages = Pick<CertificateProfile, 'keyUsage' | 'extendedKeyUsage' | 'basicConstraints' | 'additionalExtensions'>;

function certify(options: CertifyOptions, sources: Sources, usages: Usages): CertifiedKey {
  const { storage = new MemoryStorage(), name = 'certified', subject, kind, issuer, notBefore, notAfter } = options;
  const key = keptSigningKey(storage, name, kind);
  const profile: CertificateProfile = {
    ...usages,
    serialNumber: freshSerialNumber(sources.random),
    issuer: issuer?.profile.subject ?? subject,
    subject,
    notBefore,
    notAfter,
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: issuer?.key.keyIdentifier,
    subjectAlternativeNames: undefined,
    signingKey: issuer?.key ?? key,
    signatureHash: undefined,
    ...options.overrides,
  };
  const pem = keep(storage, `${name}.pem`, () => utf8(encodePem('CERTIFICATE', signCertificate(profile))));
  const [certificate] = decodePem('CERTIFICATE', decodeUtf8(pem) ?? '');
  return { certificate, profile: { ...profile, serialNumber: serialNumberOf(certificate) }, key };
}

/** The options of a certificate authority and of a timestamp authority. */
export interface AuthorityOptions {
  readonly sources: Sources;
  /** Adds the sandbox's marker to CA certificates; true by default. */
  readonly marked?: boolean;
  /** The start of its own certificates, which are valid for ten years; by default an hour ago. */
  readonly notBefore?: Date;
  /** Changes to the certificate of the root. */
  readonly root?: ProfileOverrides;
  /** The storage of its keys and certificates; by default in memory. */
  readonly storage?: Storage;
  /** Distinguishes its certificates from those of other sandboxes; random by default. */
  readonly name?: string;
}

const tenYears = 10 * 365 * 24 * 3600;

/** Returns the options that the certificates of an authority have in common, and their subject by its role. */
export function authorityDefaults({
  sources,
  marked = true,
  storage = new MemoryStorage(),
  ...options
}: AuthorityOptions) {
  const { name = encodeHex(sources.random(4)) } = options;
  const notBefore = wholeSecond(options.notBefore ?? secondsAfter(sources.clock(), -3600));
  const certificates = {
    storage,
    marked,
    kind: 'P-384',
    notBefore,
    notAfter: secondsAfter(notBefore, tenYears),
  } as const;
  const subject = (role: string) => ({ organization: 'countersign-sandbox', commonName: `sandbox-${role}-${name}` });
  return { certificates, subject };
}
