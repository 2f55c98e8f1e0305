import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { hashOf } from '../../pki/index.ts';
import { curves, messages, verifyDigest } from '../../rekor/ecdsa-of-digest.ts';

type CurveName = keyof typeof curves;
const nobles = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;
const digestLengths = { 'P-256': 32, 'P-384': 48, 'P-521': 64 } as const;

/** Returns the verdict of @noble/curves, without hashing. */
function judge(name: CurveName, key: KeyObject, signature: Uint8Array, digest: Uint8Array): boolean {
  const raw = key.export({ type: 'spki', format: 'der' }).subarray(-(2 * fieldLength(name) + 1));
  try {
    return nobles[name].verify(signature, digest, raw, { prehash: false, lowS: false, format: 'der' });
  } catch {
    return false;
  }
}

function verdict(name: CurveName, key: KeyObject, signature: Uint8Array, digest: Uint8Array): boolean {
  try {
    return verifyDigest(curves[name], key, signature, digest);
  } catch {
    return false;
  }
}

const fieldLength = (name: CurveName): number => nobles[name].Point.Fp.BYTES;

/** The key of a point. */
function keyOf(name: CurveName, point: InstanceType<typeof p256.Point>): KeyObject {
  const length = fieldLength(name);
  const { x, y } = point.toAffine();
  const base64 = (value: bigint): string =>
    Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex').toString('base64url');
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: name, x: base64(x), y: base64(y) } });
}

describe.each(['P-256', 'P-384', 'P-521'] as const)('a signature by a key of %s over a digest', (name) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: name });
  const { hash } = curves[name];
  const digestOf = (message: Uint8Array): Uint8Array => hashOf(hash, message);

  test('is accepted, of whatever message, with s as it is or its negative', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const signature = sign(hash, message, privateKey);
        expect(verdict(name, publicKey, signature, digestOf(message))).toBe(true);
        const { r, s } = nobles[name].Signature.fromBytes(new Uint8Array(signature), 'der');
        const other = new nobles[name].Signature(r, nobles[name].Point.Fn.neg(s)).toBytes('der');
        expect(verdict(name, publicKey, other, digestOf(message))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('is refused wherever @noble/curves refuses it', () => {
    const message = Buffer.from('an artifact');
    const [signature, digest] = [sign(hash, message, privateKey), digestOf(message)];
    const stranger = generateKeyPairSync('ec', { namedCurve: name }).publicKey;
    expect(verdict(name, stranger, signature, digest)).toBe(false);
    fc.assert(
      fc.property(fc.constantFrom(signature, digest), fc.nat(), fc.integer({ min: 1, max: 255 }), (what, at, mask) => {
        const spoilt = new Uint8Array(what);
        const place = at % spoilt.length;
        spoilt[place] = (spoilt[place] ?? 0) ^ mask;
        const [a, b] = what === signature ? [spoilt, digest] : [signature, spoilt];
        expect(verdict(name, publicKey, a, b)).toBe(judge(name, publicKey, a, b));
        expect(verdict(name, publicKey, a, b)).toBe(false);
      }),
      { numRuns: 60 },
    );
    for (const wrong of [new Uint8Array(), signature.subarray(1), Buffer.concat([signature, Buffer.alloc(1)])]) {
      expect(verdict(name, publicKey, wrong, digest)).toBe(false);
    }
  });

  test('is accepted also where the digest is that of the chosen message, is zero or is all ones', () => {
    const digests = [
      ...messages.map(digestOf),
      ...[0, 0xff].map((byte) => new Uint8Array(digestLengths[name]).fill(byte)),
    ];
    for (const digest of digests) {
      const signature = signDigest(name, 7n, digest);
      const key = keyOf(name, nobles[name].Point.BASE.multiply(7n));
      expect(judge(name, key, signature, digest)).toBe(true);
      expect(verdict(name, key, signature, digest)).toBe(true);
      expect(verdict(name, publicKey, signature, digest)).toBe(false);
    }
  });

  test('is accepted also by the key that the chosen message would move to no point', () => {
    const { Point, Signature } = nobles[name];
    const { Fn } = Point;
    const integer = (bytes: Uint8Array): bigint => Fn.create(BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
    const digest = digestOf(Buffer.from('an artifact'));
    for (const message of messages) {
      // R = t·G with t = z₀/s, and Q = −((z − z₀)/r)·G.
      const chosen = integer(digestOf(message));
      const t = 11n;
      const r = Fn.create(Point.BASE.multiply(t).toAffine().x);
      const s = Fn.div(chosen, t);
      const secret = Fn.neg(Fn.div(Fn.sub(integer(digest), chosen), r));
      const key = keyOf(name, Point.BASE.multiply(secret));
      const signature = new Signature(r, s).toBytes('der');
      expect(judge(name, key, signature, digest)).toBe(true);
      expect(verdict(name, key, signature, digest)).toBe(true);
      expect(verdict(name, key, signature, digestOf(Buffer.from('another artifact')))).toBe(false);
    }
  });
});

/** The signature by the definition, with the nonce 5. */
function signDigest(name: CurveName, secret: bigint, digest: Uint8Array): Uint8Array {
  const { Point, Signature } = nobles[name];
  const { Fn } = Point;
  const z = Fn.create(BigInt(`0x${Buffer.from(digest).toString('hex')}`));
  const r = Fn.create(Point.BASE.multiply(5n).toAffine().x);
  return new Signature(r, Fn.div(Fn.add(z, Fn.mul(r, secret)), 5n)).toBytes('der');
}
