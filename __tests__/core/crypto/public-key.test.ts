import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readPublicKey, readPublicKeyPem, readRsaNumbers } from '../../../src/core/crypto/index.ts';
import { concatBytes, der, encodePem } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

const ecPublicKey = der.oid('1.2.840.10045.2.1');
const p256 = der.oid('1.2.840.10045.3.1.7');
const ed25519 = der.oid('1.3.101.112');
const point = concatBytes(new Uint8Array([4]), new Uint8Array(64).fill(1));
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
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
    ['RSA for PSS alone', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }), /1\.2\.840\.113549\.1\.1\.10/],
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
    ['nothing', new Uint8Array(), /found nothing/],
    [
      'a trailing byte',
      concatBytes(spki([ecPublicKey, p256], point), new Uint8Array(1)),
      /unexpected data after the end/,
    ],
    [
      'a third member',
      der.sequence(der.sequence(ecPublicKey, p256), der.bitString(point), der.null()),
      /unexpected data after the end/,
    ],
    [
      'a compressed point',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([2]), new Uint8Array(32).fill(1))),
      /not in uncompressed form/,
    ],
    [
      'a compressed point as long as another',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([2]), new Uint8Array(64))),
      /not in uncompressed form/,
    ],
    [
      'a hybrid point',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([6]), new Uint8Array(64))),
      /not in uncompressed form/,
    ],
    [
      'a point of another curve',
      spki([ecPublicKey, p256], concatBytes(new Uint8Array([4]), new Uint8Array(96))),
      /not in uncompressed form/,
    ],
    ['the point at infinity', spki([ecPublicKey, p256], new Uint8Array(1)), /not in uncompressed form/],
    ['no point', spki([ecPublicKey, p256], new Uint8Array()), /not in uncompressed form/],
    ['no curve', spki([ecPublicKey], point), /expected tag 0x6/],
    ['explicit parameters', spki([ecPublicKey, der.sequence()], point), /expected tag 0x6/],
    ['more behind the curve', spki([ecPublicKey, p256, der.null()], point), /unexpected data after the end/],
    ['an Ed25519 key of 31 bytes', spki([ed25519], new Uint8Array(31)), /Ed25519 key must have 32 bytes, not 31/],
    ['an Ed25519 key of 33 bytes', spki([ed25519], new Uint8Array(33)), /Ed25519 key must have 32 bytes, not 33/],
    // The neutral element, a point of order 8, and the neutral element by an encoding that is not canonical.
    ['an Ed25519 key of order 1', spki([ed25519], hex(`01${'00'.repeat(31)}`)), /small order/],
    [
      'an Ed25519 key of order 8',
      spki([ed25519], hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')),
      /small order/,
    ],
    ['an Ed25519 key of order 1, not reduced', spki([ed25519], hex(`ee${'ff'.repeat(30)}7f`)), /small order/],
    [
      'an Ed25519 key with parameters',
      spki([ed25519, der.null()], new Uint8Array(32)),
      /unexpected data after the end/,
    ],
    [
      'bits that are not whole bytes',
      der.sequence(der.sequence(ed25519), der.element(3, new Uint8Array(33).fill(1))),
      /whole bytes/,
    ],
  ])('%s is refused', (_, bytes, reason) => {
    expectFailure(() => readPublicKey(bytes), 'KEY_INVALID', reason);
  });
});

describe('RSA', () => {
  const rsa = der.oid('1.2.840.113549.1.1.1');
  const algorithm = [rsa, der.null()];
  /** A modulus of so many bits, which no test has to factor. */
  const modulus = (bits: number) => (1n << BigInt(bits - 1)) + 1n;
  const numbers = (bits: number, exponent = 65_537n) => der.sequence(der.integer(modulus(bits)), der.integer(exponent));

  test.each([2048, 3072, 4096])('a key of %d bits, and its numbers', (modulusLength) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    const bytes = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
    const key = readPublicKey(bytes);
    expect(key).toMatchObject({ kind: 'rsa', spki: bytes });
    const { n = '' } = publicKey.export({ format: 'jwk' });
    expect(readRsaNumbers(key.raw)).toEqual({
      modulus: BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`),
      exponent: 65_537n,
      bits: modulusLength,
    });
  });

  test.each([2048, 2056, 8192])('%d bits are enough, and not too many', (bits) => {
    expect(readPublicKey(spki(algorithm, numbers(bits))).kind).toBe('rsa');
  });

  test.each([
    ['1024 bits', numbers(1024), /RSA keys of 1024 bits/],
    ['2040 bits', numbers(2040), /RSA keys of 2040 bits/],
    ['2049 bits', numbers(2049), /RSA keys of 2049 bits/],
    ['8200 bits', numbers(8200), /RSA keys of 8200 bits/],
    ['the exponent 3', numbers(2048, 3n), /exponent is not 65537/],
    ['the exponent 1', numbers(2048, 1n), /exponent is not 65537/],
    ['the exponent 65539', numbers(2048, 65_539n), /exponent is not 65537/],
  ])('of %s is not one that we verify with', (_, key, reason) => {
    expectFailure(() => readPublicKey(spki(algorithm, key)), 'KEY_UNSUPPORTED', reason);
  });

  test.each([
    ['no parameters', spki([rsa], numbers(2048)), /expected tag 0x5/],
    ['other parameters', spki([rsa, der.sequence()], numbers(2048)), /expected tag 0x5/],
    ['more behind the parameters', spki([rsa, der.null(), der.null()], numbers(2048)), /unexpected data after the end/],
    ['no key', spki(algorithm, new Uint8Array()), /found nothing/],
    [
      'a third number',
      spki(algorithm, der.sequence(der.integer(modulus(2048)), der.integer(65_537), der.integer(1))),
      /unexpected data after the end/,
    ],
    ['the modulus alone', spki(algorithm, der.sequence(der.integer(modulus(2048)))), /found nothing/],
    [
      'a negative modulus',
      spki(algorithm, der.sequence(der.element(2, new Uint8Array(256).fill(0x80)), der.integer(65_537))),
      /negative/,
    ],
    [
      'a byte behind the key',
      spki(algorithm, concatBytes(numbers(2048), new Uint8Array(1))),
      /unexpected data after the end/,
    ],
  ])('with %s is refused', (_, bytes, reason) => {
    expectFailure(() => readPublicKey(bytes), 'KEY_INVALID', reason);
  });
});

describe('readPublicKeyPem', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));

  test('reads what openssl and cosign write, with either line end', () => {
    const key = readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
    expect(readPublicKeyPem(pem)).toEqual(key);
    expect(readPublicKeyPem(pem.replaceAll('\n', '\r\n'))).toEqual(key);
    expect(readPublicKeyPem(`\n${pem.trimEnd()}`)).toEqual(key);
  });

  test.each([
    ['nothing', '', /contains no PEM block|expected a PEM block/],
    ['text', 'a key', /contains no PEM block|expected a PEM block/],
    [
      'two keys, of which nobody says which counts',
      pem + pem,
      /the public key file has more than one PUBLIC KEY block/,
    ],
    ['a certificate', encodePem('CERTIFICATE', new Uint8Array([0x30, 0])), /expected a PEM block "PUBLIC KEY"/],
    ['a private key', encodePem('PRIVATE KEY', new Uint8Array([0x30, 0])), /expected a PEM block "PUBLIC KEY"/],
    ['text before the key', `comment\n${pem}`, /contains no PEM block|expected a PEM block/],
    ['an empty sequence', encodePem('PUBLIC KEY', new Uint8Array([0x30, 0])), /found nothing/],
  ])('%s is refused', (_, text, reason) => {
    expectFailure(() => readPublicKeyPem(text), 'KEY_INVALID', reason);
  });
});
