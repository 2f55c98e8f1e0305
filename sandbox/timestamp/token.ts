/** A TimeStampToken (RFC 3161, section 2.4.2): TSTInfo in CMS SignedData (RFC 5652, section 5), every part of which can be chosen. */

import { der, tags, utf8 } from '../../src/core/encoding/index.ts';
import {
  type DistinguishedName,
  encodeGeneralName,
  encodeName,
  type HashName,
  hashOf,
  type SigningKey,
  signatureAlgorithm,
} from '../pki/index.ts';
import { hashOids } from './query.ts';

export const oids = {
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

/** The contents of a token, and the key that signs it. A member that is `undefined` is left out. */
export interface TokenProfile {
  // TSTInfo
  readonly version: number;
  readonly policy: string;
  readonly imprintHash: HashName;
  readonly imprint: Uint8Array;
  /** An unsigned integer, big-endian. */
  readonly serialNumber: Uint8Array;
  /** Written with its fraction if it has one. */
  readonly genTime: Date;
  readonly accuracySeconds: number | undefined;
  /** The contents of the INTEGER. */
  readonly nonce: Uint8Array | undefined;
  readonly authorityName: DistinguishedName | undefined;

  // SignedData
  readonly signedDataVersion: number;
  /** The content type, in the SignedData and in the signed attribute. */
  readonly contentType: string;
  /** The certificates in the token, DER. An empty list leaves the field empty, as the real service does. */
  readonly certificates: readonly Uint8Array[] | undefined;
  /** The number of times that the SignerInfo is in the token. */
  readonly signerInfos: number;

  // SignerInfo
  readonly signerIssuer: DistinguishedName;
  readonly signerSerialNumber: Uint8Array;
  /** The hash of the message digest, and of the signature. */
  readonly digestHash: HashName;
  readonly signingTime: Date | undefined;
  /** By default the hash of the TSTInfo. */
  readonly messageDigest: Uint8Array | undefined;
  /** The certificate that the ESSCertIDv2 names (RFC 5816). */
  readonly signingCertificate: Uint8Array | undefined;
  /** Changes the signed attributes. If it is `undefined`, there are none, and the content is signed. */
  readonly amendSignedAttributes: ((attributes: readonly Uint8Array[]) => readonly Uint8Array[]) | undefined;
  readonly signingKey: SigningKey;
  /** Changes the signature. */
  readonly amendSignature: (signature: Uint8Array) => Uint8Array;
}

export type TokenOverrides = Partial<TokenProfile>;

/** Encodes the ContentInfo, DER. */
export function encodeToken(profile: TokenProfile): Uint8Array {
  const content = encodeTimestampInfo(profile);
  const signerInfo = encodeSignerInfo(profile, content);
  const { certificates } = profile;
  const signedData = der.sequence(
    der.integer(profile.signedDataVersion),
    der.set(hashAlgorithm(profile.digestHash)),
    der.sequence(der.oid(profile.contentType), der.context(0, der.octetString(content))),
    ...(certificates === undefined ? [] : [der.context(0, ...certificates)]),
    der.set(...Array.from({ length: profile.signerInfos }, () => signerInfo)),
  );
  return der.sequence(der.oid(oids.signedData), der.context(0, signedData));
}

function encodeTimestampInfo(profile: TokenProfile): Uint8Array {
  const { accuracySeconds, nonce, authorityName } = profile;
  const hash = der.sequence(der.oid(hashOids[profile.imprintHash]), der.null());
  return der.sequence(
    der.integer(profile.version),
    der.oid(profile.policy),
    der.sequence(hash, der.octetString(profile.imprint)),
    der.unsigned(profile.serialNumber),
    generalizedTime(profile.genTime),
    ...(accuracySeconds === undefined ? [] : [der.sequence(der.integer(accuracySeconds))]),
    ...(nonce === undefined ? [] : [der.element(tags.integer, nonce)]),
    ...(authorityName === undefined
      ? []
      : [der.context(0, encodeGeneralName({ kind: 'directoryName', value: authorityName }))]),
  );
}

function encodeSignerInfo(profile: TokenProfile, content: Uint8Array): Uint8Array {
  const attributes = profile.amendSignedAttributes?.(signedAttributes(profile, content));
  // RFC 5652, section 5.4: a SET OF is signed, and [0] IMPLICIT is sent.
  const attributeSet = attributes === undefined ? undefined : der.set(...attributes);
  const signature = profile.amendSignature(profile.signingKey.sign(attributeSet ?? content, profile.digestHash));
  return der.sequence(
    der.integer(1),
    der.sequence(encodeName(profile.signerIssuer), der.unsigned(profile.signerSerialNumber)),
    hashAlgorithm(profile.digestHash),
    ...(attributeSet === undefined ? [] : [attributeSet.with(0, 0xa0)]),
    signatureAlgorithm(profile.signingKey, profile.digestHash),
    der.octetString(signature),
  );
}

function signedAttributes(profile: TokenProfile, content: Uint8Array): readonly Uint8Array[] {
  const { signingTime, messageDigest, signingCertificate } = profile;
  return [
    signedAttribute(oids.contentType, der.oid(profile.contentType)),
    ...(signingTime === undefined ? [] : [signedAttribute(oids.signingTime, der.time(signingTime))]),
    signedAttribute(oids.messageDigest, der.octetString(messageDigest ?? hashOf(profile.digestHash, content))),
    ...(signingCertificate === undefined ? [] : [signingCertificateAttribute(profile, signingCertificate)]),
  ];
}

/** Encodes an Attribute of CMS: a type and its values. */
export function signedAttribute(oid: string, ...values: readonly Uint8Array[]): Uint8Array {
  return der.sequence(der.oid(oid), der.set(...values));
}

/** Encodes SigningCertificateV2 (RFC 5035, section 3). Its hash is SHA-256, which is the default and left out. */
function signingCertificateAttribute(profile: TokenProfile, certificate: Uint8Array): Uint8Array {
  const issuer = encodeGeneralName({ kind: 'directoryName', value: profile.signerIssuer });
  const issuerSerial = der.sequence(der.sequence(issuer), der.unsigned(profile.signerSerialNumber));
  const certificateId = der.sequence(der.octetString(hashOf('sha256', certificate)), issuerSerial);
  return signedAttribute(oids.signingCertificateV2, der.sequence(der.sequence(certificateId)));
}

function hashAlgorithm(hash: HashName): Uint8Array {
  return der.sequence(der.oid(hashOids[hash]));
}

/** Encodes `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros (RFC 3161, section 2.4.2). */
function generalizedTime(time: Date): Uint8Array {
  const [, whole = '', fraction = ''] = /^(.{14})(\d*)Z$/.exec(time.toISOString().replace(/[-:T.]/g, '')) ?? [];
  const digits = fraction.replace(/0+$/, '');
  return der.element(tags.generalizedTime, utf8(`${whole}${digits === '' ? '' : `.${digits}`}Z`));
}
