import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import {
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  verifyWithAlgorithm,
} from '../../../src/core/certificate/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { der, utf8 } from '../../../src/core/encoding/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { expectFailure, expectRejection } from '../errors/failure.ts';
import { elementsOf } from './made.ts';

const identifier = (oid: string, ...parameters: readonly Uint8Array[]) => der.sequence(der.oid(oid), ...parameters);
const hashOids = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
type HashName = keyof typeof hashOids;
const lengths = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;

describe('reading', () => {
  test.each<[string, SignatureAlgorithm]>([
    ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'sha256' }],
    ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'sha384' }],
    ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'sha512' }],
    ['1.3.101.112', { kind: 'ed25519' }],
  ])('%s, whose parameters must be absent', (oid, algorithm) => {
    expect(readSignatureAlgorithm(identifier(oid))).toEqual(algorithm);
    for (const more of [der.null(), der.sequence()])
      expectFailure(
        () => readSignatureAlgorithm(identifier(oid, more)),
        'DER_INVALID',
        /unexpected data after the end/,
      );
  });

  test.each<[string, SignatureAlgorithm]>([
    ['1.2.840.113549.1.1.1', { kind: 'rsa', padding: 'pkcs1', hash: undefined }],
    ['1.2.840.113549.1.1.11', { kind: 'rsa', padding: 'pkcs1', hash: 'sha256' }],
    ['1.2.840.113549.1.1.12', { kind: 'rsa', padding: 'pkcs1', hash: 'sha384' }],
    ['1.2.840.113549.1.1.13', { kind: 'rsa', padding: 'pkcs1', hash: 'sha512' }],
  ])('%s, whose parameters are NULL or absent', (oid, algorithm) => {
    expect(readSignatureAlgorithm(identifier(oid))).toEqual(algorithm);
    expect(readSignatureAlgorithm(identifier(oid, der.null()))).toEqual(algorithm);
    for (const more of [[der.null(), der.null()], [der.sequence()], [der.octetString(new Uint8Array())]])
      expectFailure(
        () => readSignatureAlgorithm(identifier(oid, ...more)),
        'DER_INVALID',
        /unexpected data after the end/,
      );
    const long = der.element(5, new Uint8Array(1));
    expectFailure(() => readSignatureAlgorithm(identifier(oid, long)), 'DER_INVALID', /a NULL is not empty/);
  });

  test.each([
    ['MD5 with RSA', identifier('1.2.840.113549.1.1.4', der.null())],
    ['SHA-1 with RSA', identifier('1.2.840.113549.1.1.5', der.null())],
    ['SHA-1 with ECDSA', identifier('1.2.840.10045.4.1')],
    ['Ed448', identifier('1.3.101.113')],
    ['ML-DSA-65', identifier('2.16.840.1.101.3.4.3.18')],
    ['one with parameters of its own', identifier('1.2.3.4', der.sequence(der.integer(1)))],
  ])('%s is named, and not verified with', (_, bytes) => {
    expect(readSignatureAlgorithm(bytes)).toEqual({ kind: 'unsupported', oid: expect.stringMatching(/^[\d.]+$/) });
  });

  test('bytes behind it, and no object identifier, are refused', () => {
    expectFailure(() => readSignatureAlgorithm(der.sequence(der.null())), 'DER_INVALID', /expected tag 0x6/);
    expectFailure(
      () => readSignatureAlgorithm(new Uint8Array([...identifier('1.3.101.112'), 0])),
      'DER_INVALID',
      /unexpected data after the end/,
    );
  });
});

describe('RSASSA-PSS', () => {
  const oid = '1.2.840.113549.1.1.10';
  const hashOf = (hash: HashName) => identifier(hashOids[hash], der.null());
  interface Parameters {
    readonly hash?: Uint8Array | undefined;
    readonly mask?: Uint8Array | undefined;
    readonly salt?: number | undefined;
    readonly trailer?: number | undefined;
    readonly more?: readonly Uint8Array[];
  }
  const maskOf = (hash: HashName) => identifier('1.2.840.113549.1.1.8', hashOf(hash));
  const parametersOf = ({ hash, mask, salt, trailer, more = [] }: Parameters) =>
    der.sequence(
      ...(hash === undefined ? [] : [der.context(0, hash)]),
      ...(mask === undefined ? [] : [der.context(1, mask)]),
      ...(salt === undefined ? [] : [der.context(2, der.integer(salt))]),
      ...(trailer === undefined ? [] : [der.context(3, der.integer(trailer))]),
      ...more,
    );
  const right = (hash: HashName): Parameters => ({ hash: hashOf(hash), mask: maskOf(hash), salt: lengths[hash] });
  const read = (parameters: Parameters) => readSignatureAlgorithm(identifier(oid, parametersOf(parameters)));

  test.each(['sha256', 'sha384', 'sha512'] as const)('one hash for all: %s', (hash) => {
    expect(read(right(hash))).toEqual({ kind: 'rsa', padding: 'pss', hash });
    expect(read({ ...right(hash), trailer: 1 })).toEqual({ kind: 'rsa', padding: 'pss', hash });
    const bare = {
      hash: identifier(hashOids[hash]),
      mask: identifier('1.2.840.113549.1.1.8', identifier(hashOids[hash])),
    };
    expect(read({ ...right(hash), ...bare })).toEqual({ kind: 'rsa', padding: 'pss', hash });
  });

  test.each<[string, Parameters]>([
    ['nothing, which stands for SHA-1', {}],
    ['no hash, which stands for SHA-1', { ...right('sha256'), hash: undefined }],
    ['no mask, which stands for SHA-1', { ...right('sha256'), mask: undefined }],
    ['no salt, which stands for 20 bytes', { ...right('sha256'), salt: undefined }],
    ['SHA-1 throughout', right('sha1')],
    ['a mask of another hash', { ...right('sha256'), mask: maskOf('sha512') }],
    ['a mask of SHA-1', { ...right('sha256'), mask: maskOf('sha1') }],
    ['a mask that is not MGF1', { ...right('sha256'), mask: identifier('1.2.3', hashOf('sha256')) }],
    ['a salt of 20 bytes', { ...right('sha256'), salt: 20 }],
    ['a salt of none', { ...right('sha256'), salt: 0 }],
    ['a salt as long as another hash', { ...right('sha256'), salt: 64 }],
    ['another trailer', { ...right('sha256'), trailer: 2 }],
    ['the trailer 0', { ...right('sha256'), trailer: 0 }],
  ])('%s is not verified with', (_, parameters) => {
    expect(read(parameters)).toEqual({ kind: 'unsupported', oid });
  });

  test('without parameters it stands for SHA-1, and is not verified with', () => {
    expect(readSignatureAlgorithm(identifier(oid))).toEqual({ kind: 'unsupported', oid });
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['NULL', der.null(), /expected tag 0x30/],
    [
      'more behind the trailer',
      parametersOf({ ...right('sha256'), more: [der.null()] }),
      /unexpected data after the end/,
    ],
    [
      'the hash twice',
      parametersOf({ ...right('sha256'), more: [der.context(0, hashOf('sha256'))] }),
      /unexpected data after the end/,
    ],
    [
      'two hashes in one',
      parametersOf({ ...right('sha256'), hash: new Uint8Array([...hashOf('sha256'), ...hashOf('sha256')]) }),
      /unexpected data after the end/,
    ],
    [
      'a hash with parameters',
      parametersOf({ ...right('sha256'), hash: identifier(hashOids.sha256, der.sequence()) }),
      /unexpected data after the end/,
    ],
    [
      'a mask with more than its hash',
      parametersOf({ ...right('sha256'), mask: identifier('1.2.840.113549.1.1.8', hashOf('sha256'), der.null()) }),
      /unexpected data after the end/,
    ],
    ['a negative salt', der.sequence(der.context(2, der.element(2, new Uint8Array([0xff])))), /negative/],
  ])('%s is refused', (_, parameters, reason) => {
    expectFailure(() => readSignatureAlgorithm(identifier(oid, parameters)), 'DER_INVALID', reason);
  });

  test('two sets of parameters are refused', () => {
    const parameters = parametersOf(right('sha256'));
    expectFailure(
      () => readSignatureAlgorithm(identifier(oid, parameters, parameters)),
      'DER_INVALID',
      /unexpected data after the end/,
    );
  });
});

describe('verifying', () => {
  const message = utf8('what is signed');
  const ecdsa = generateSigningKey('P-256');
  const ed25519 = generateSigningKey('Ed25519');
  const pkcs1 = rsaKey(2048);
  const pss = rsaKey(2048, 'pss');
  const verified = (
    algorithm: SignatureAlgorithm,
    { publicKey }: { readonly publicKey: Uint8Array },
    signature: Uint8Array,
    hash?: 'sha256' | 'sha384',
  ) => verifyWithAlgorithm(algorithm, readPublicKey(publicKey), signature, message, hash);

  test('ECDSA, with the hash that the algorithm names and no other', async () => {
    const signature = ecdsa.sign(message, 'sha384');
    expect(await verified({ kind: 'ecdsa', hash: 'sha384' }, ecdsa, signature)).toBe(true);
    expect(await verified({ kind: 'ecdsa', hash: 'sha256' }, ecdsa, signature)).toBe(false);
    // The hash beside it does not stand in for one that the algorithm names.
    expect(await verified({ kind: 'ecdsa', hash: 'sha256' }, ecdsa, signature, 'sha384')).toBe(false);
  });

  test('Ed25519', async () => {
    expect(await verified({ kind: 'ed25519' }, ed25519, ed25519.sign(message))).toBe(true);
    expect(await verified({ kind: 'ed25519' }, ed25519, ed25519.sign(utf8('another')))).toBe(false);
  });

  test('RSA, with the padding that the algorithm names and no other', async () => {
    const by = (padding: 'pkcs1' | 'pss'): SignatureAlgorithm => ({ kind: 'rsa', padding, hash: 'sha256' });
    expect(await verified(by('pkcs1'), pkcs1, pkcs1.sign(message))).toBe(true);
    expect(await verified(by('pss'), pkcs1, pkcs1.sign(message))).toBe(false);
    expect(await verified(by('pss'), pss, pss.sign(message))).toBe(true);
    expect(await verified(by('pkcs1'), pss, pss.sign(message))).toBe(false);
  });

  test('RSA that names no hash needs one beside it (RFC 3370, section 3.2)', async () => {
    const algorithm: SignatureAlgorithm = { kind: 'rsa', padding: 'pkcs1', hash: undefined };
    const signature = pkcs1.sign(message, 'sha384');
    expect(await verified(algorithm, pkcs1, signature, 'sha384')).toBe(true);
    expect(await verified(algorithm, pkcs1, signature, 'sha256')).toBe(false);
    await expectRejection(() => verified(algorithm, pkcs1, signature), 'KEY_UNSUPPORTED', /does not specify a hash/);
  });

  test('a key of another kind than the algorithm’s made no signature with it', async () => {
    const ecdsaSignature = ecdsa.sign(message);
    expect(await verified({ kind: 'ed25519' }, ecdsa, ecdsaSignature)).toBe(false);
    expect(await verified({ kind: 'rsa', padding: 'pkcs1', hash: 'sha256' }, ecdsa, ecdsaSignature)).toBe(false);
    expect(await verified({ kind: 'ecdsa', hash: 'sha256' }, pkcs1, pkcs1.sign(message))).toBe(false);
    expect(await verified({ kind: 'ecdsa', hash: 'sha256' }, ed25519, ed25519.sign(message))).toBe(false);
  });

  test('an algorithm that is not supported is an error, not a no', async () => {
    await expectRejection(
      () => verified({ kind: 'unsupported', oid: '1.2.3' }, ecdsa, ecdsa.sign(message)),
      'KEY_UNSUPPORTED',
      /the signature algorithm 1\.2\.3 is not supported$/,
    );
  });

  test('what openssl writes of a key for PSS alone is read', async () => {
    const { privateKey } = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha256',
    });
    // PKCS #8: version, and the AlgorithmIdentifier of the key, which has the same parameters.
    const [, algorithm = new Uint8Array()] = elementsOf(
      new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    );
    expect(readSignatureAlgorithm(algorithm)).toEqual({ kind: 'rsa', padding: 'pss', hash: 'sha256' });
  });
});
