/** A certification request (PKCS #10, RFC 2986), of which Fulcio uses only the key and the proof of possession. */

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { decodePem, decodeUtf8, readSequence } from '../../src/core/encoding/index.ts';
import { isAcceptable, isReadable } from './public-key.ts';

export interface CertificateRequest {
  readonly key: KeyObject;
  /** The hash of its signature; `null` for Ed25519, which takes none, `undefined` for an unknown algorithm. */
  readonly hash: string | null | undefined;
  /** True if the request is signed with its own key. */
  readonly proven: boolean;
}

/** The hashes of ECDSA (RFC 5758, section 3.2), RSA PKCS #1 v1.5 (RFC 8017, appendix A.2.4) and Ed25519. */
const signatureHashes: Readonly<Record<string, string | null>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.3.101.112': null,
};

/** Reads a request, PEM of either label; `undefined` if it is malformed. */
export function readCertificateRequest(pem: Uint8Array): CertificateRequest | undefined {
  try {
    const text = decodeUtf8(pem) ?? '';
    const label = text.includes('BEGIN NEW ') ? 'NEW CERTIFICATE REQUEST' : 'CERTIFICATE REQUEST';
    const [bytes] = decodePem(label, text);
    const { info, oid, signature } = readSequence(bytes, (request) => ({
      info: request.any().der,
      oid: request.sequence().oid(),
      signature: request.bitString(),
    }));
    const publicKey = readSequence(info, (reader) => {
      reader.unsigned();
      reader.sequence();
      const subjectPublicKeyInfo = reader.any().der;
      while (!reader.done) reader.any();
      return subjectPublicKeyInfo;
    });
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ec' && !isReadable(key)) return undefined;
    const hash = signatureHashes[oid];
    return { key, hash, proven: hash !== undefined && isAcceptable(key) && verify(hash, info, key, signature) };
  } catch {
    return undefined;
  }
}
