/** Timestamp responses and tokens (RFC 3161, section 2.4.2; the CMS of RFC 5652, section 5). Strict DER. */

import { readSignatureAlgorithm, type SignatureAlgorithm } from '../certificate/index.ts';
import { type Digest, type HashAlgorithm, toDigest } from '../crypto/index.ts';
import { contextTag, DerReader, readDer, readSequence, tags } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import { readHashAlgorithm } from './algorithm.ts';
import { oids } from './oids.ts';

export interface TimestampToken {
  /** The statement of the authority: TSTInfo, DER. */
  readonly info: Uint8Array;
  readonly imprint: Digest;
  readonly time: Date;
  /** The contents of the nonce's INTEGER. */
  readonly nonce: Uint8Array | undefined;
  readonly signer: TimestampSigner;
  /** The certificates in the token. They are compared, and never trusted. */
  readonly certificates: readonly Uint8Array[];
}

export interface TimestampSigner {
  /** Name, DER, and serial number (contents), or the subject key identifier. */
  readonly identifier:
    | { readonly kind: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
    | { readonly kind: 'key'; readonly subjectKeyIdentifier: Uint8Array };
  readonly digestAlgorithm: HashAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  /** The signed attributes as a DER SET, which the signature covers. */
  readonly signedAttributes: Uint8Array;
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  /** SHA-2 of the signer's certificate, where the token has one (RFC 5816). */
  readonly certificateDigest: Digest | undefined;
}

const maxLength = 64 * 1024;
const granted = new Set([0n, 1n]);
const maxCertificates = 16;

/**
 * Reads a TimeStampResp. Nothing is verified.
 *
 * @throws CountersignError `TIMESTAMP_INVALID`
 */
export function readTimestampResponse(bytes: Uint8Array): TimestampToken {
  if (bytes.length > maxLength)
    fail('LIMIT_EXCEEDED', `the timestamp has ${bytes.length} bytes; the limit is ${maxLength}`);
  return reading('TIMESTAMP_INVALID', 'the timestamp', () =>
    readSequence(bytes, (response) => {
      const info = response.sequence();
      const status = info.unsigned();
      info.optional(tags.sequence); // what the authority says of it, to people
      info.optional(tags.bitString); // why it was not granted
      info.end();
      if (!granted.has(status)) fail('TIMESTAMP_INVALID', `the timestamp was not granted (status ${status})`);
      const content = response.sequence();
      if (content.oid() !== oids.signedData) fail('TIMESTAMP_INVALID', 'the timestamp token is not CMS signed data');
      const signedData = content.element(contextTag(0, 'constructed')).contents;
      content.end();
      return readSequence(signedData, readSignedData);
    }),
  );
}

function readSignedData(signedData: DerReader): TimestampToken {
  if (signedData.unsigned() !== 3n) fail('TIMESTAMP_INVALID', 'the CMS version is not 3');
  const digestAlgorithms = signedData.set();
  while (!digestAlgorithms.done) digestAlgorithms.any();
  const encapsulated = signedData.sequence();
  if (encapsulated.oid() !== oids.timestampInfo)
    fail('TIMESTAMP_INVALID', 'the signed content is not timestamp information');
  const info = readDer(encapsulated.element(contextTag(0, 'constructed')).contents, (der) => der.octetString());
  encapsulated.end();
  const certificates = readCertificates(signedData.optional(contextTag(0, 'constructed'))?.contents);
  signedData.optional(contextTag(1, 'constructed')); // revocation lists
  const signers = signedData.set();
  const signer = readSigner(signers.sequence());
  signers.end();
  return { info, ...readInfo(info), signer, certificates };
}

function readCertificates(set: Uint8Array | undefined): readonly Uint8Array[] {
  const reader = new DerReader(set ?? new Uint8Array());
  const certificates: Uint8Array[] = [];
  while (!reader.done) {
    if (certificates.length === maxCertificates)
      fail('LIMIT_EXCEEDED', `the timestamp has more than ${maxCertificates} certificates`);
    certificates.push(reader.element(tags.sequence).der);
  }
  return certificates;
}

/** Reads a TSTInfo. */
function readInfo(info: Uint8Array): { imprint: Digest; time: Date; nonce: Uint8Array | undefined } {
  return readSequence(info, (reader) => {
    if (reader.unsigned() !== 1n) fail('TIMESTAMP_INVALID', 'the timestamp version is not 1');
    reader.oid(); // policy
    const messageImprint = reader.sequence();
    const imprint = toDigest(readHashAlgorithm(messageImprint), messageImprint.octetString());
    messageImprint.end();
    reader.integerBytes(); // serial number: some authorities write negative ones
    const time = reader.generalizedTime();
    reader.optional(tags.sequence); // accuracy
    if (reader.nextTag === tags.boolean && !reader.boolean()) fail('DER_INVALID', 'a default FALSE is encoded'); // ordering
    const nonce = reader.nextTag === tags.integer ? reader.integerBytes() : undefined;
    reader.optional(contextTag(0, 'constructed')); // the authority's name
    if (reader.optional(contextTag(1, 'constructed')))
      fail('TIMESTAMP_INVALID', 'timestamps with extensions are not supported');
    return { imprint, time, nonce };
  });
}

/** Reads a SignerInfo (RFC 5652, section 5.3). */
function readSigner(signer: DerReader): TimestampSigner {
  const version = signer.unsigned();
  const identifier = readSignerIdentifier(signer);
  if (version !== (identifier.kind === 'key' ? 3n : 1n))
    fail('TIMESTAMP_INVALID', `the signer information has the wrong version ${version}`);
  const digestAlgorithm = readHashAlgorithm(signer);
  const attributes = signer.element(contextTag(0, 'constructed'));
  const signatureAlgorithm = readSignatureAlgorithm(signer.element(tags.sequence).der);
  const signature = signer.octetString();
  signer.optional(contextTag(1, 'constructed')); // unsigned attributes
  signer.end();
  // RFC 5652, section 5.4: signed with the tag of a SET, not the tag they travel with. A copy, which slice() of a Buffer is not.
  const signedAttributes = new Uint8Array(attributes.der);
  signedAttributes[0] = tags.set;
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    signedAttributes,
    ...readAttributes(new DerReader(attributes.contents)),
  };
}

function readSignerIdentifier(signer: DerReader): TimestampSigner['identifier'] {
  const key = signer.optional(contextTag(0, 'primitive'));
  if (key !== undefined) return { kind: 'key', subjectKeyIdentifier: key.contents };
  const identifier = signer.sequence();
  const issuer = identifier.element(tags.sequence).der;
  const serialNumber = identifier.integerBytes();
  identifier.end();
  return { kind: 'issuer-and-serial', issuer, serialNumber };
}

function readAttributes(
  reader: DerReader,
): Pick<TimestampSigner, 'contentType' | 'messageDigest' | 'certificateDigest'> {
  const values = new Map<string, Uint8Array>();
  while (!reader.done) {
    const attribute = reader.sequence();
    const oid = attribute.oid();
    if (values.has(oid)) fail('TIMESTAMP_INVALID', `the signed attribute ${oid} occurs twice`);
    const set = attribute.set();
    values.set(oid, set.any().der);
    set.end();
    attribute.end();
  }
  const value = (oid: string): Uint8Array =>
    values.get(oid) ?? fail('TIMESTAMP_INVALID', `the signed attribute ${oid} is missing`);
  const signingCertificate = values.get(oids.signingCertificateV2);
  return {
    contentType: readDer(value(oids.contentType), (der) => der.oid()),
    messageDigest: readDer(value(oids.messageDigest), (der) => der.octetString()),
    certificateDigest: signingCertificate === undefined ? undefined : readSigningCertificate(signingCertificate),
  };
}

/** Reads the first ESSCertIDv2 of a SigningCertificateV2 (RFC 5035, section 4): the signer's own certificate. */
function readSigningCertificate(value: Uint8Array): Digest {
  return readSequence(value, (signingCertificate) => {
    const first = signingCertificate.sequence().sequence();
    signingCertificate.optional(tags.sequence); // policies
    const algorithm = first.nextTag === tags.sequence ? readHashAlgorithm(first) : 'sha256';
    return toDigest(algorithm, first.octetString());
  });
}
