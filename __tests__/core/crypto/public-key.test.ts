import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { concatBytes, der } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const ecPublicKey = der.oid('1.2.840.10045.2.1');
const p256 = der.oid('1.2.840.10045.3.1.7');
const ed25519 = der.oid('1.3.101.112');
const point = concatBytes(new Uint8Array([4]), new Uint8Array(64).fill(1));
const spki = (algorithm: readonly Uint8Array[], key: Uint8Array) =>
  der.sequence(der.sequence(...algorithm), der.bitString(key));

describe('readPublicKey', () => {
  test.each([
    ['P-256', 'ecdsa-p256', 65],
    ['P-384', 'ecdsa-p384', 97],
    ['P-521', 'ecdsa-p521', 133],
  ])('%s is %s', (namedCurve, kind, length) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve });
    const bytes = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
    const jwk = publicKey.export({ format: 'jwk' });
    const key = readPublicKey(bytes);
    expect(key).toMatchObject({ kind, spki: bytes });
    expect(key.raw).toHaveLength(length);
    expect(Buffer.from(key.raw.subarray(1)).toString('hex')).toBe(
      Buffer.concat([Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]).toString('hex'),
    );
  });

  test('Ed25519', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const key = readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
    expect(key.kind).toBe('ed25519');
    expect(Buffer.from(key.raw).toString('base64url')).toBe(publicKey.export({ format: 'jwk' }).x);
  });

  test.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), /1\.2\.840\.113549\.1\.1\.1/],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), /1\.3\.132\.0\.10/],
    ['X25519', generateKeyPairSync('x25519'), /1\.3\.101\.110/],
  ])('%s is not one that we verify with', (_, { publicKey }, reason) => {
    expectFailure(
      () => readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))),
      'KEY_UNSUPPORTED',
      reason,
    );
  });

  test.each([
    ['nothing', new Uint8Array(), /nothing found/],
    ['a trailing byte', concatBytes(spki([ecPublicKey, p256], point), new Uint8Array(1)), /too many/],
    ['a third member', der.sequence(der.sequence(ecPublicKey, p256), der.bitString(point), der.null()), /too many/],
    [
      'a compressed point',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([2]), new Uint8Array(32).fill(1))),
      /not uncompressed/,
    ],
    [
      'a compressed point as long as another',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([2]), new Uint8Array(64))),
      /not uncompressed/,
    ],
    [
      'a hybrid point',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([6]), new Uint8Array(64))),
      /not uncompressed/,
    ],
    [
      'a point of another curve',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([4]), new Uint8Array(96))),
      /not uncompressed/,
    ],
    ['the point at infinity', spki([ecPublicKey, p256], new Uint8Array(1)), /not uncompressed/],
    ['no point', spki([ecPublicKey, p256], new Uint8Array()), /not uncompressed/],
    ['no curve', spki([ecPublicKey], point), /tag 0x6 expected/],
    ['explicit parameters', spki([ecPublicKey, der.sequence()], point), /tag 0x6 expected/],
    ['more behind the curve', spki([ecPublicKey, p256, der.null()], point), /too many/],
    ['an Ed25519 key of 31 bytes', spki([ed25519], new Uint8Array(31)), /Ed25519 key of 31 bytes/],
    ['an Ed25519 key of 33 bytes', spki([ed25519], new Uint8Array(33)), /Ed25519 key of 33 bytes/],
    ['an Ed25519 key with parameters', spki([ed25519, der.null()], new Uint8Array(32)), /too many/],
    [
      'bits that are not whole bytes',
      der.sequence(der.sequence(ed25519), der.element(3, new Uint8Array(33).fill(1))),
      /whole bytes/,
    ],
  ])('%s is refused', (_, bytes, reason) => {
    expectFailure(() => readPublicKey(bytes), 'KEY_INVALID', reason);
  });
});
