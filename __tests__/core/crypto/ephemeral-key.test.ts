import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { digest, EphemeralKey, type RandomBytes, verifyDigestSignature } from '../../../src/core/crypto/index.ts';
import { readSequence } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const message = new TextEncoder().encode('what is signed');
const messageDigest = digest('sha256', message);

/** A source that keeps every array that it gives away. */
function recordingRandom(): { random: RandomBytes; given: Uint8Array[] } {
  const given: Uint8Array[] = [];
  const random = (length: number) => {
    const bytes = new Uint8Array(randomBytes(length));
    given.push(bytes);
    return bytes;
  };
  return { random, given };
}

const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));
const secretOf = (value: number) => new Uint8Array(32).fill(value);

describe('signing', () => {
  test('OpenSSL verifies what the key signs, with the SubjectPublicKeyInfo that it gives out', () => {
    using key = EphemeralKey.generate(random);
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey.spki), format: 'der', type: 'spki' });
    expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    const signature = key.sign(messageDigest);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('another'), publicKey, signature)).toBe(false);
    expect(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))).toEqual(key.publicKey.spki);
  });

  test('s is in the lower half of the order, always', () => {
    using key = EphemeralKey.generate(random);
    for (let i = 0; i < 40; i++) {
      const [r, s] = readSequence(key.sign(messageDigest), (reader) => [reader.unsigned(), reader.unsigned()] as const);
      expect(s > 0n && s <= order / 2n).toBe(true);
      expect(r > 0n && r < order).toBe(true);
    }
  });

  test('two signatures of one digest differ, and both verify', async () => {
    using key = EphemeralKey.generate(random);
    const [first, second] = [key.sign(messageDigest), key.sign(messageDigest)];
    expect(first).not.toEqual(second);
    for (const signature of [first, second])
      expect(await verifyDigestSignature(key.publicKey, signature, messageDigest)).toBe(true);
  });

  test('the difference is the fresh entropy: without any, two signatures are the same', () => {
    using key = EphemeralKey.fromSecret(secretOf(7), (length) => new Uint8Array(length));
    expect(key.sign(messageDigest)).toEqual(key.sign(messageDigest));
  });

  test('even a source that is stuck does not reveal the secret: the nonce depends on the digest', () => {
    using key = EphemeralKey.fromSecret(secretOf(7), (length) => new Uint8Array(length));
    const r = (text: string) =>
      readSequence(
        key.sign(digest('sha256', Buffer.from(text))),
        (reader) => [reader.unsigned(), reader.unsigned()][0],
      );
    expect(r('a')).not.toBe(r('b'));
  });
});

describe('keys', () => {
  test('two differ', () => {
    using first = EphemeralKey.generate(random);
    using second = EphemeralKey.generate(random);
    expect(first.publicKey.spki).not.toEqual(second.publicKey.spki);
  });

  test('of a known secret have the known public point (RFC 6979, A.2.5)', () => {
    const secret = Buffer.from('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex');
    using key = EphemeralKey.fromSecret(new Uint8Array(secret), random);
    expect(Buffer.from(key.publicKey.raw).toString('hex')).toBe(
      '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
    );
  });
});

describe('disposal', () => {
  test('overwrites the very array that holds the secret', () => {
    const secret = secretOf(7);
    const key = EphemeralKey.fromSecret(secret, random);
    key.sign(messageDigest);
    expect(secret).toEqual(secretOf(7));
    key[Symbol.dispose]();
    expect(secret).toEqual(secretOf(0));
  });

  test('happens at the end of the block, whatever ends it', () => {
    const secret = secretOf(7);
    const use = () => {
      using key = EphemeralKey.fromSecret(secret, random);
      throw new Error(`the network is gone, ${key.publicKey.kind}`);
    };
    expect(use).toThrow('the network is gone');
    expect(secret).toEqual(secretOf(0));
  });

  test('a key that is disposed of does not sign, and may be disposed of again', () => {
    const key = EphemeralKey.fromSecret(secretOf(7), random);
    key[Symbol.dispose]();
    key[Symbol.dispose]();
    expectFailure(() => key.sign(messageDigest), 'KEY_DISPOSED', /already disposed of/);
  });

  test('the seed of a generated key is overwritten at once', () => {
    const { random, given } = recordingRandom();
    using key = EphemeralKey.generate(random);
    expect(given).toEqual([new Uint8Array(48)]);
    expect(key.publicKey.kind).toBe('ecdsa-p256');
  });

  test('the seed is overwritten even if no key comes of it', () => {
    const given: Uint8Array[] = [];
    const short = (): Uint8Array => {
      given.push(secretOf(7));
      return given[0] ?? new Uint8Array();
    };
    expect(() => EphemeralKey.generate(short)).toThrow();
    expect(given).toEqual([secretOf(0)]);
  });
});
