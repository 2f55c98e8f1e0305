/** Public keys as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7; RFC 5480; RFC 8410; RFC 8017, appendix A.1). */

import { type DerReader, decodePem, der, encodeHex, readDer, readSequence, readUint } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';

/** The supported kinds of keys. */
export type PublicKeyKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'ed25519' | 'rsa';

export interface PublicKey {
  readonly kind: PublicKeyKind;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** The key itself: an uncompressed point (SEC 1, section 2.3.3), the 32 bytes of Ed25519, or an RSAPublicKey, DER. */
  readonly raw: Uint8Array;
}

/** The numbers of an RSA key (RFC 8017, section 3.1). */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly exponent: bigint;
  /** Length of the modulus in bits. */
  readonly bits: number;
}

const ecPublicKey = '1.2.840.10045.2.1';
const ed25519Key = '1.3.101.112';
const rsaEncryption = '1.2.840.113549.1.1.1';

const curves = {
  '1.2.840.10045.3.1.7': { kind: 'ecdsa-p256', pointLength: 65 },
  '1.3.132.0.34': { kind: 'ecdsa-p384', pointLength: 97 },
  '1.3.132.0.35': { kind: 'ecdsa-p521', pointLength: 133 },
} as const satisfies Record<string, { kind: PublicKeyKind; pointLength: number }>;

/** The accepted lengths of a modulus. Shorter keys are broken, longer keys only cost time. */
const rsaBits = { least: 2048, most: 8192 };

/**
 * Reads a SubjectPublicKeyInfo. A later use of the key checks that an EC point is on its curve.
 *
 * @throws CountersignError `KEY_INVALID` if it is malformed, `KEY_UNSUPPORTED` if its kind is not supported
 */
export function readPublicKey(spki: Uint8Array): PublicKey {
  return reading('KEY_INVALID', 'the public key', () =>
    readSequence(spki, (key) => {
      const algorithm = key.sequence();
      const raw = key.bitString();
      const name = algorithm.oid();
      switch (name) {
        case ecPublicKey:
          return { spki, raw, kind: readCurve(algorithm, raw) };
        case ed25519Key:
          algorithm.end();
          checkEd25519(raw);
          return { spki, raw, kind: 'ed25519' };
        case rsaEncryption:
          // RFC 3279, section 2.3.1: the parameters are NULL.
          algorithm.null();
          algorithm.end();
          checkRsa(readRsaNumbers(raw));
          return { spki, raw, kind: 'rsa' };
        default:
          return fail('KEY_UNSUPPORTED', `the key type ${name} is not supported`);
      }
    }),
  );
}

/**
 * Reads a public key in PEM, as `cosign generate-key-pair` and openssl write it.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readPublicKeyPem(pem: string): PublicKey {
  const [spki, ...others] = reading('KEY_INVALID', 'the public key', () => decodePem('PUBLIC KEY', pem));
  if (others.length > 0) fail('KEY_INVALID', 'the public key file has more than one PUBLIC KEY block');
  return readPublicKey(spki);
}

/** Returns the number of different keys. Names and ids do not count: the holder of a key can sign under any of them. */
export function countKeys(keys: readonly PublicKey[]): number {
  return new Set(keys.map(keyText)).size;
}

/** Returns a text that two keys have in common only if they are the same key. */
export function keyText({ kind, raw }: PublicKey): string {
  return `${kind} ${encodeHex(raw)}`;
}

/** Reads the numbers of an RSAPublicKey, DER. */
export function readRsaNumbers(raw: Uint8Array): RsaNumbers {
  return readDer(raw, (reader) => {
    const numbers = reader.sequence();
    const modulus = numbers.unsigned();
    const exponent = numbers.unsigned();
    numbers.end();
    return { modulus, exponent, bits: modulus.toString(2).length };
  });
}

function checkRsa({ exponent, bits }: RsaNumbers): void {
  if (bits < rsaBits.least || bits > rsaBits.most || bits % 8 !== 0)
    fail('KEY_UNSUPPORTED', `RSA keys of ${bits} bits are not supported`);
  if (exponent !== 65_537n) fail('KEY_UNSUPPORTED', 'the RSA public exponent is not 65537');
}

/** Refuses keys of small order, under which one signature is valid for every message; WebCrypto accepts them. */
function checkEd25519(raw: Uint8Array): void {
  if (raw.length !== 32) fail('KEY_INVALID', `an Ed25519 key must have 32 bytes, not ${raw.length}`);
  if (isSmallOrder(raw)) fail('KEY_INVALID', 'the Ed25519 key has small order');
}

/** The field of Ed25519 (RFC 8032, section 5.1), and the y coordinate of two of its points of order 8; that of the others is -y. */
const prime = 2n ** 255n - 19n;
const yOfOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const smallOrders: ReadonlySet<bigint> = new Set([0n, 1n, prime - 1n, yOfOrder8, prime - yOfOrder8]);

/** Compares the y coordinate, little-endian, without its top bit, the sign of x. */
function isSmallOrder(raw: Uint8Array): boolean {
  const y = readUint(raw.toReversed()) & (2n ** 255n - 1n);
  return smallOrders.has(y % prime);
}

function readCurve(algorithm: DerReader, point: Uint8Array): PublicKeyKind {
  const name = algorithm.oid();
  algorithm.end();
  const curve = Object.hasOwn(curves, name) ? curves[name as keyof typeof curves] : undefined;
  if (curve === undefined) fail('KEY_UNSUPPORTED', `the elliptic curve ${name} is not supported`);
  // Compressed points would be a second encoding of the same key.
  if (point[0] !== 0x04 || point.length !== curve.pointLength)
    fail('KEY_INVALID', 'the elliptic curve point is not in uncompressed form');
  return curve.kind;
}

/** Returns the SubjectPublicKeyInfo of an uncompressed P-256 point. */
export function encodeP256PublicKey(point: Uint8Array): Uint8Array {
  return der.sequence(der.sequence(der.oid(ecPublicKey), der.oid('1.2.840.10045.3.1.7')), der.bitString(point));
}
