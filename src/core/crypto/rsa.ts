/** RSA signatures over a digest whose message is not at hand (RFC 8017): WebCrypto hashes what it verifies. */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, decodeHex, encodeHex, equalBytes, uintBytes } from '../encoding/index.ts';
import type { Digest, HashAlgorithm } from './digest.ts';
import { type PublicKey, readRsaNumbers } from './public-key.ts';

/** The two paddings: RSASSA-PKCS1-v1_5, and RSASSA-PSS with MGF1 of the same hash and a salt as long as the hash. */
export type RsaPadding = 'pkcs1' | 'pss';

const hashes = { sha256, sha384, sha512 } as const;

/** DigestInfo up to the digest (RFC 8017, section 9.2, note 1). */
const digestInfos = {
  sha256: decodeHex('3031300d060960864801650304020105000420'),
  sha384: decodeHex('3041300d060960864801650304020205000430'),
  sha512: decodeHex('3051300d060960864801650304020305000440'),
} as const satisfies Record<HashAlgorithm, Uint8Array>;

/** Reports whether the key signed the digest; `false` for a malformed signature. */
export function verifyRsaDigest(key: PublicKey, signature: Uint8Array, digest: Digest, padding: RsaPadding): boolean {
  const { modulus, bits } = readRsaNumbers(key.raw);
  const length = bits / 8;
  if (signature.length !== length) return false;
  const value = BigInt(`0x${encodeHex(signature)}`);
  if (value >= modulus) return false;
  const encoded = decodeHex(
    power65537(value, modulus)
      .toString(16)
      .padStart(2 * length, '0'),
  );
  return padding === 'pkcs1' ? isPkcs1(encoded, digest) : isPss(encoded, digest);
}

function power65537(base: bigint, modulus: bigint): bigint {
  let power = base;
  for (let i = 0; i < 16; i++) power = (power * power) % modulus;
  return (power * base) % modulus;
}

/** Compares the encoding with the expected one, and never parses it: a forger can use what a parser ignores (RFC 8017, section 8.2.2). */
function isPkcs1(encoded: Uint8Array, { algorithm, bytes }: Digest): boolean {
  const info = concatBytes(digestInfos[algorithm], bytes);
  const padding = new Uint8Array(encoded.length - info.length - 3).fill(0xff);
  return equalBytes(encoded, concatBytes(new Uint8Array([0, 1]), padding, new Uint8Array([0]), info));
}

/** Verifies an encoded message: EMSA-PSS-VERIFY (RFC 8017, section 9.1.2). The modulus has a whole number of bytes, so one bit of the encoding is not used. */
function isPss(encoded: Uint8Array, { algorithm, bytes }: Digest): boolean {
  const hash = hashes[algorithm];
  const hashLength = bytes.length;
  const maskedLength = encoded.length - hashLength - 1;
  const masked = encoded.subarray(0, maskedLength);
  const stated = encoded.subarray(maskedLength, maskedLength + hashLength);
  if (encoded.at(-1) !== 0xbc || ((masked[0] ?? 0x80) & 0x80) !== 0) return false;
  const mask = mgf1(stated, maskedLength, hash);
  const block = masked.map((byte, at) => byte ^ (mask[at] ?? 0));
  block[0] = (block[0] ?? 0) & 0x7f;
  const paddingLength = maskedLength - hashLength - 1;
  if (block.subarray(0, paddingLength).some((byte) => byte !== 0) || block[paddingLength] !== 1) return false;
  const salt = block.subarray(paddingLength + 1);
  return equalBytes(stated, hash(concatBytes(new Uint8Array(8), bytes, salt)));
}

/** Returns a mask: MGF1 (RFC 8017, appendix B.2.1). */
function mgf1(seed: Uint8Array, length: number, hash: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const block = hash(concatBytes(seed, uintBytes(counter, 4)));
    blocks.push(block);
    made += block.length;
  }
  return concatBytes(...blocks).subarray(0, length);
}
