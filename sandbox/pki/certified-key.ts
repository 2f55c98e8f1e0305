/** A key together with the certificate that vouches for it: an authority, or the signer of timestamps. */

import { decodePem, decodeUtf8, encodePem, utf8 } from '../../src/core/encoding/index.ts';
import type { Sources } from '../sources.ts';
import { keep, MemoryStorage, type Storage } from '../storage/index.ts';
import { type CertificateProfile, freshSerialNumber, type ProfileOverrides, signCertificate } from './certificate.ts';
import { keyPurposes } from './extension.ts';
import { sandboxMarker } from './marker.ts';
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
  /** Who signs; without one the certificate is self-signed. */
  readonly issuer?: CertifiedKey;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Anything of the certificate that is to be otherwise. */
  readonly overrides?: ProfileOverrides;
  /** Where key and certificate are kept, as `<name>.key` and `<name>.pem`; by default in memory. */
  readonly storage?: Storage;
  readonly name?: string;
}

const authorityUsages = { keyUsage: ['keyCertSign', 'cRLSign'] } as const;

/** A certificate authority: the marker is in its certificate unless `marked` is false. */
export function certifyAuthority(
  options: CertifyOptions & { readonly pathLength: number; readonly codeSigning: boolean; readonly marked: boolean },
  sources: Sources,
): CertifiedKey {
  const { pathLength, codeSigning, marked } = options;
  return certify(
    options,
    {
      ...authorityUsages,
      basicConstraints: { authority: true, pathLength },
      extendedKeyUsage: codeSigning ? { critical: false, purposes: [keyPurposes.codeSigning] } : undefined,
      additionalExtensions: marked ? [sandboxMarker] : [],
    },
    sources,
  );
}

/** A key that signs timestamps: the one purpose, critical (RFC 3161, section 2.3). */
export function certifyTimestampSigner(options: CertifyOptions, sources: Sources): CertifiedKey {
  return certify(
    options,
    {
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: { critical: true, purposes: [keyPurposes.timeStamping] },
      basicConstraints: undefined,
      additionalExtensions: [],
    },
    sources,
  );
}

type Usages = Pick<CertificateProfile, 'keyUsage' | 'extendedKeyUsage' | 'basicConstraints' | 'additionalExtensions'>;

function certify(options: CertifyOptions, usages: Usages, sources: Sources): CertifiedKey {
  const { storage = new MemoryStorage(), name = 'certified' } = options;
  const key = keptSigningKey(storage, name, options.kind);
  const profile: CertificateProfile = {
    ...usages,
    serialNumber: freshSerialNumber(sources.random),
    issuer: options.issuer?.profile.subject ?? options.subject,
    subject: options.subject,
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: options.issuer?.key.keyIdentifier,
    subjectAlternativeNames: undefined,
    signingKey: options.issuer?.key ?? key,
    signatureHash: undefined,
    ...options.overrides,
  };
  const pem = keep(storage, `${name}.pem`, () => utf8(encodePem('CERTIFICATE', signCertificate(profile))));
  const [certificate] = decodePem('CERTIFICATE', decodeUtf8(pem) ?? '');
  return { certificate, profile: { ...profile, serialNumber: serialNumberOf(certificate) }, key };
}
