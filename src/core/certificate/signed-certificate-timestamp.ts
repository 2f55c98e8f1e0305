/** Signed certificate timestamps embedded in a certificate (RFC 6962, sections 3.2 and 3.3). */

import { sha256 } from '@noble/hashes/sha2.js';
import { type PublicKey, verifySignature } from '../crypto/index.ts';
import { concatBytes, contextTag, DerReader, der, readDer, readUint, tags, uintBytes } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';

export interface SignedCertificateTimestamp {
  /** SHA-256 of the log's SubjectPublicKeyInfo. */
  readonly logId: Uint8Array;
  readonly timestamp: Date;
  readonly extensions: Uint8Array;
  readonly signature: Uint8Array;
  readonly algorithm: 'ecdsa' | 'rsa';
  /** Milliseconds since 1970, as they were signed. */
  readonly milliseconds: bigint;
}

const maxTimestamps = 32;
/** DigitallySigned: SHA-256, with RSA or ECDSA (RFC 6962, section 2.1.4). */
const sha256Code = 4;
const algorithmKinds: Readonly<Record<number, SignedCertificateTimestamp['algorithm']>> = { 1: 'rsa', 3: 'ecdsa' };

/**
 * Reads the timestamps in a certificate; none if it has no such extension.
 *
 * @throws CountersignError `SCT_INVALID`
 */
export function readSignedCertificateTimestamps(certificate: Certificate): readonly SignedCertificateTimestamp[] {
  const extension = certificate.extensions.get(oids.signedCertificateTimestamps);
  if (extension === undefined) return [];
  return reading('SCT_INVALID', 'the list of signed certificate timestamps', () => {
    const list = new TlsReader(readDer(extension.value, (reader) => reader.octetString()));
    const items = new TlsReader(list.vector(2));
    list.end();
    const timestamps: SignedCertificateTimestamp[] = [];
    while (!items.done) {
      if (timestamps.length === maxTimestamps)
        fail('LIMIT_EXCEEDED', `the certificate has more than ${maxTimestamps} signed certificate timestamps`);
      timestamps.push(readTimestamp(items.vector(2)));
    }
    return timestamps;
  });
}

function readTimestamp(bytes: Uint8Array): SignedCertificateTimestamp {
  const reader = new TlsReader(bytes);
  const [version] = reader.take(1);
  if (version !== 0) fail('SCT_INVALID', `version ${version} of signed certificate timestamps is not supported`);
  const logId = reader.take(32);
  const milliseconds = readUint(reader.take(8));
  const extensions = reader.vector(2);
  const [hash, code = 0] = reader.take(2);
  const algorithm = hash === sha256Code ? algorithmKinds[code] : undefined;
  if (algorithm === undefined)
    fail('SCT_INVALID', `the signature algorithm ${hash}/${code} of a signed certificate timestamp is not supported`);
  const signature = reader.vector(2);
  reader.end();
  // A later time is no valid Date, and could not be compared with the log's window.
  if (milliseconds > 8_640_000_000_000_000n)
    fail('SCT_INVALID', 'the time of a signed certificate timestamp is out of range');
  return { logId, milliseconds, timestamp: new Date(Number(milliseconds)), extensions, signature, algorithm };
}

/**
 * Reports whether a log signed this timestamp over this certificate.
 *
 * @param issuer the authority that issued the certificate, from the verified path
 */
export function verifySignedCertificateTimestamp(
  timestamp: SignedCertificateTimestamp,
  certificate: Certificate,
  issuer: Certificate,
  logKey: PublicKey,
): Promise<boolean> {
  const family = logKey.kind === 'rsa' || logKey.kind === 'ed25519' ? logKey.kind : 'ecdsa';
  if (family !== timestamp.algorithm) return Promise.resolve(false);
  const signed = promisedLeaf(timestamp, certificate, issuer);
  return verifySignature(logKey, timestamp.signature, signed, 'sha256', ['pkcs1']);
}

/**
 * Returns the leaf that a log promised to add: a MerkleTreeLeaf (RFC 6962, section 3.4). The log signed the same bytes, which are a
 * structure of another name there.
 */
export function promisedLeaf(
  timestamp: SignedCertificateTimestamp,
  certificate: Certificate,
  issuer: Certificate,
): Uint8Array {
  const tbs = precertificateTbs(certificate);
  return concatBytes(
    uintBytes(0, 1), // version 1
    uintBytes(0, 1), // certificate_timestamp, or timestamped_entry
    uintBytes(timestamp.milliseconds, 8),
    uintBytes(1, 2), // precert_entry
    sha256(issuer.publicKey.spki),
    uintBytes(tbs.length, 3),
    tbs,
    uintBytes(timestamp.extensions.length, 2),
    timestamp.extensions,
  );
}

/**
 * Returns the TBSCertificate as the log saw it: without the list of timestamps. Every other byte is copied, none re-encoded,
 * but for the three lengths around the list.
 */
export function precertificateTbs(certificate: Certificate): Uint8Array {
  const extensionsTag = contextTag(3, 'constructed');
  const fields = new DerReader(readDer(certificate.tbs, (reader) => reader.element(tags.sequence).contents));
  const kept: Uint8Array[] = [];
  while (!fields.done) {
    const field = fields.any();
    if (field.tag !== extensionsTag) {
      kept.push(field.der);
      continue;
    }
    const extensions = new DerReader(readDer(field.contents, (reader) => reader.element(tags.sequence).contents));
    const others: Uint8Array[] = [];
    while (!extensions.done) {
      const extension = extensions.element(tags.sequence);
      const oid = new DerReader(extension.contents).oid();
      if (oid !== oids.signedCertificateTimestamps) others.push(extension.der);
    }
    if (others.length > 0) kept.push(der.context(3, der.sequence(...others)));
  }
  return der.sequence(...kept);
}

/** Reads the presentation language of TLS (RFC 8446, section 3): fixed fields and vectors with a length in front. */
class TlsReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#offset === this.#bytes.length;
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) fail('SCT_INVALID', 'unexpected end of data');
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  vector(lengthBytes: number): Uint8Array {
    return this.take(Number(readUint(this.take(lengthBytes))));
  }

  end(): void {
    if (!this.done) fail('SCT_INVALID', 'unexpected data after the end');
  }
}
