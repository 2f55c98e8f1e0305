/**
 * The first entry of each log. Its proof would have protocol buffers' default values only, which sigstore-python refuses
 * to read, so no client is to get it.
 */

import { encodeBase64, encodeHex, encodePem, utf8 } from '../src/core/encoding/index.ts';
import { generateSigningKey, hashOf } from './pki/index.ts';

interface SignedDigest {
  readonly publicKey: Uint8Array;
  readonly digest: Uint8Array;
  readonly signature: Uint8Array;
}

function signDigest(text: string): SignedDigest {
  const message = utf8(text);
  const key = generateSigningKey('P-256');
  return { publicKey: key.publicKey, digest: hashOf('sha256', message), signature: key.sign(message) };
}

/** A CreateEntryRequest of Rekor v2. */
export function seedRequest(number: number): Uint8Array {
  const { publicKey, digest, signature } = signDigest(`entry ${number} of a countersign sandbox`);
  const verifier = { publicKey: { rawBytes: encodeBase64(publicKey) }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' };
  const rekord = { digest: encodeBase64(digest), signature: { content: encodeBase64(signature), verifier } };
  return utf8(JSON.stringify({ hashedRekordRequestV002: rekord }));
}

/** A ProposedEntry of Rekor v1. */
export function seedProposal(number: number): Uint8Array {
  const { publicKey, digest, signature } = signDigest(`entry ${number} of a countersign sandbox`);
  const pem = utf8(encodePem('PUBLIC KEY', new Uint8Array(publicKey)));
  const spec = {
    data: { hash: { algorithm: 'sha256', value: encodeHex(digest) } },
    signature: { content: encodeBase64(signature), publicKey: { content: encodeBase64(pem) } },
  };
  return utf8(JSON.stringify({ apiVersion: '0.0.1', kind: 'hashedrekord', spec }));
}
