import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type HashAlgorithm,
  type PublicKey,
  type RsaPadding,
  readPublicKey,
  readRsaNumbers,
  toDigest,
  verifyDigestSignature,
  verifySignature,
} from '../../../src/core/crypto/index.ts';
import { concatBytes, uintBytes, utf8 } from '../../../src/core/encoding/index.ts';

const hashes = ['sha256', 'sha384', 'sha512'] as const;
const message = utf8('what is signed');
const sha = (hash: HashAlgorithm, ...parts: readonly Uint8Array[]) =>
  new Uint8Array(
    createHash(hash)
      .update(concatBytes(...parts))
      .digest(),
  );
const digestOf = (hash: HashAlgorithm, bytes: Uint8Array) => toDigest(hash, sha(hash, bytes));

interface Pair {
  readonly key: PublicKey;
  readonly privateKey: KeyObject;
  readonly length: number;
}

const pairs = new Map<number, Pair>();
function pairOf(modulusLength: number): Pair {
  const made = pairs.get(modulusLength);
  if (made !== undefined) return made;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const key = readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
  const pair = { key, privateKey, length: modulusLength / 8 };
  pairs.set(modulusLength, pair);
  return pair;
}

const options = {
  pkcs1: { padding: constants.RSA_PKCS1_PADDING },
  pss: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
} as const satisfies Record<RsaPadding, object>;
const signed = ({ privateKey }: Pair, padding: RsaPadding, hash: HashAlgorithm, bytes = message) =>
  new Uint8Array(sign(hash, bytes, { key: privateKey, ...options[padding] }));

/** Signs a given encoding with the private key, even if it is invalid. */
const raw = ({ privateKey, length }: Pair, encoded: Uint8Array) => {
  expect(encoded).toHaveLength(length);
  return new Uint8Array(privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded));
};

/** Both ways of verifying, which must always agree: by the digest, and by WebCrypto over the message. */
async function both({ key }: Pair, signature: Uint8Array, hash: HashAlgorithm, bytes = message): Promise<boolean> {
  const byMessage = await verifySignature(key, signature, bytes, hash);
  expect(await verifyDigestSignature(key, signature, digestOf(hash, bytes))).toBe(byMessage);
  return byMessage;
}

describe.each([2048, 3072, 4096])('RSA of %d bits', (modulusLength) => {
  let pair: Pair;
  beforeAll(() => {
    pair = pairOf(modulusLength);
  });

  test.each(hashes.flatMap((hash) => (['pkcs1', 'pss'] as const).map((padding) => [padding, hash] as const)))(
    '%s with %s',
    async (padding, hash) => {
      const signature = signed(pair, padding, hash);
      expect(await both(pair, signature, hash)).toBe(true);
      expect(await both(pair, signature, hash, utf8('another'))).toBe(false);
      for (const other of hashes) if (other !== hash) expect(await both(pair, signature, other)).toBe(false);
      // A caller who knows the padding is not served with the other.
      const asked = (paddings: readonly RsaPadding[]) => verifySignature(pair.key, signature, message, hash, paddings);
      expect(await asked([padding])).toBe(true);
      expect(await asked([padding === 'pss' ? 'pkcs1' : 'pss'])).toBe(false);
      expect(await asked([])).toBe(false);
    },
  );
});

describe('of another key', () => {
  test.each(['pkcs1', 'pss'] as const)('%s', async (padding) => {
    const pair = pairOf(2048);
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
    expect(await both({ ...pair, key }, signed(pair, padding, 'sha256'), 'sha256')).toBe(false);
  });
});

describe('the two ways agree', () => {
  const pair = pairOf(2048);

  test('on any message', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...hashes),
        fc.constantFrom('pkcs1' as const, 'pss' as const),
        async (bytes, hash, padding) => {
          expect(await both(pair, signed(pair, padding, hash, bytes), hash, bytes)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('on any byte of a signature altered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 255 }),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('pkcs1' as const, 'pss' as const),
        async (at, by, padding) => {
          const signature = signed(pair, padding, 'sha256');
          const altered = signature.with(at, (signature[at] ?? 0) ^ by);
          expect(await both(pair, altered, 'sha256')).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('on any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await both(pair, bytes, 'sha256')).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the number', () => {
  const pair = pairOf(2048);
  const signature = signed(pair, 'pkcs1', 'sha256');
  const value = BigInt(`0x${Buffer.from(signature).toString('hex')}`);
  const { modulus } = readRsaNumbers(pair.key.raw);

  test('not less than the modulus, though equal to the right one modulo it', async () => {
    // Only where it still fits in as many bytes: sign until it does.
    for (let i = 0; i < 200; i++) {
      const bytes = utf8(`message ${i}`);
      const small = BigInt(`0x${Buffer.from(signed(pair, 'pkcs1', 'sha256', bytes)).toString('hex')}`);
      if (small + modulus >= 1n << 2048n) continue;
      expect(await both(pair, uintBytes(small, 256), 'sha256', bytes)).toBe(true);
      expect(await both(pair, uintBytes(small + modulus, 256), 'sha256', bytes)).toBe(false);
      return;
    }
    throw new Error('no such signature was made');
  });

  test('of another length', async () => {
    expect(await both(pair, signature.subarray(1), 'sha256')).toBe(false);
    expect(await both(pair, signature.subarray(0, 255), 'sha256')).toBe(false);
    expect(await both(pair, concatBytes(new Uint8Array(1), signature), 'sha256')).toBe(false);
    expect(await both(pair, concatBytes(signature, new Uint8Array(1)), 'sha256')).toBe(false);
    expect(await both(pair, new Uint8Array(), 'sha256')).toBe(false);
  });

  test('0, 1, the modulus, and those beside it', async () => {
    for (const number of [0n, 1n, modulus - 1n, modulus, modulus - value]) {
      expect(await both(pair, uintBytes(number, 256), 'sha256')).toBe(false);
    }
  });
});

describe('PKCS #1 v1.5: an encoding that a lenient parser would let pass', () => {
  const pair = pairOf(2048);
  const hash = sha('sha256', message);
  const info = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  const sha256Info = info('3031300d060960864801650304020105000420');
  const bytes = (...values: readonly number[]) => new Uint8Array(values);
  const ff = (count: number) => new Uint8Array(count).fill(0xff);
  /** 00 01, ff as many as fit, 00, and what is at the end. */
  const padded = (...rest: readonly Uint8Array[]) => {
    const end = concatBytes(...rest);
    return concatBytes(bytes(0, 1), ff(256 - 3 - end.length), bytes(0), end);
  };

  test('the right one', async () => {
    expect(await both(pair, raw(pair, padded(sha256Info, hash)), 'sha256')).toBe(true);
  });

  test.each<[string, Uint8Array]>([
    [
      'garbage after the digest (Bleichenbacher 2006)',
      concatBytes(bytes(0, 1), ff(8), bytes(0), sha256Info, hash, new Uint8Array(256 - 62).fill(7)),
    ],
    ['a byte after the digest', padded(sha256Info, hash, bytes(0))],
    [
      'seven bytes of padding, and the rest of zeros',
      concatBytes(bytes(0, 1), ff(7), bytes(0), sha256Info, hash, new Uint8Array(256 - 61)),
    ],
    ['no padding', concatBytes(bytes(0, 1), bytes(0), sha256Info, hash, new Uint8Array(256 - 54))],
    ['zeros in front', concatBytes(new Uint8Array(256 - 202), bytes(0, 1), ff(148), bytes(0), sha256Info, hash)],
    ['padding of the type for encryption', padded(sha256Info, hash).with(1, 2)],
    ['another byte in front', padded(sha256Info, hash).with(0, 0).with(1, 0)],
    ['a byte of the padding that is not ff', padded(sha256Info, hash).with(100, 0xfe)],
    ['a zero in the padding', padded(sha256Info, hash).with(100, 0)],
    ['no zero behind the padding', padded(sha256Info, hash).with(256 - 52, 0xff)],
    ['the digest alone', padded(hash)],
    ['the DigestInfo without NULL', padded(info('302f300b0609608648016503040201'), info('0420'), hash)],
    ['the DigestInfo of SHA-384', padded(info('3041300d060960864801650304020205000430'), hash, new Uint8Array(16))],
    ['the DigestInfo of SHA-1', padded(info('3021300906052b0e03021a05000414'), hash.subarray(0, 20))],
    [
      'the DigestInfo with garbage as parameters',
      padded(info('3033300f0609608648016503040201'), info('04020707'), info('0420'), hash),
    ],
    ['the DigestInfo in BER, with a long length', padded(info('308131300d060960864801650304020105000420'), hash)],
    ['another digest', padded(sha256Info, sha('sha256', utf8('another')))],
    ['a digest cut by a byte', padded(sha256Info, hash.subarray(0, 31))],
  ])('%s', async (_, encoded) => {
    expect(await both(pair, raw(pair, encoded), 'sha256')).toBe(false);
  });
});

describe('PSS: an encoding of which one thing is wrong', () => {
  const pair = pairOf(2048);

  const mgf1 = (seed: Uint8Array, length: number, hash: HashAlgorithm) => {
    const blocks: Uint8Array[] = [];
    for (let counter = 0; counter * 32 < length; counter++) blocks.push(sha(hash, seed, uintBytes(counter, 4)));
    return concatBytes(...blocks).subarray(0, length);
  };

  interface Encoding {
    readonly salt?: Uint8Array;
    readonly maskHash?: HashAlgorithm;
    readonly trailer?: number;
    /** The byte between the padding and the salt. */
    readonly separator?: number;
    /** A byte of the padding that is not zero. */
    readonly padding?: number;
    /** In front of what is hashed: eight zeros. */
    readonly prefix?: Uint8Array;
    readonly topBit?: boolean;
  }

  /** EMSA-PSS-ENCODE (RFC 8017, section 9.1.1), written out here a second time, with each step to be spoilt. */
  function encode({
    salt = new Uint8Array(32).fill(5),
    maskHash = 'sha256',
    trailer = 0xbc,
    separator = 1,
    padding = 0,
    prefix = new Uint8Array(8),
    topBit = false,
  }: Encoding): Uint8Array {
    const hash = sha('sha256', prefix, sha('sha256', message), salt);
    const zeros = new Uint8Array(256 - salt.length - 32 - 2).with(3, padding);
    const block = concatBytes(zeros, new Uint8Array([separator]), salt);
    const mask = mgf1(hash, block.length, maskHash);
    const masked = block.map((byte, at) => byte ^ (mask[at] ?? 0));
    const first = (masked[0] ?? 0) & 0x7f;
    return concatBytes(masked.with(0, topBit ? first | 0x80 : first), hash, new Uint8Array([trailer]));
  }

  test('the right one', async () => {
    expect(await both(pair, raw(pair, encode({})), 'sha256')).toBe(true);
  });

  test.each<[string, Encoding]>([
    ['the trailer', { trailer: 0xcc }],
    ['the trailer, to that of ISO 9796', { trailer: 0xba }],
    ['a salt that is too short', { salt: new Uint8Array(20).fill(5) }],
    ['no salt', { salt: new Uint8Array() }],
    ['a salt that is too long', { salt: new Uint8Array(33).fill(5) }],
    ['a salt as long as there is room', { salt: new Uint8Array(218).fill(5) }],
    ['a mask by another hash', { maskHash: 'sha512' }],
    ['the byte before the salt', { separator: 2 }],
    ['no byte before the salt', { separator: 0 }],
    ['a byte of the padding', { padding: 1 }],
    ['what is hashed before the digest', { prefix: new Uint8Array(8).with(7, 1) }],
  ])('%s', async (_, change) => {
    expect(await both(pair, raw(pair, encode(change)), 'sha256')).toBe(false);
  });

  test('the top bit set, where the number is still less than the modulus', async () => {
    const { modulus } = readRsaNumbers(pair.key.raw);
    for (let i = 0; i < 300; i++) {
      const encoded = encode({ topBit: true, salt: sha('sha256', utf8(`salt ${i}`)) });
      if (BigInt(`0x${Buffer.from(encoded).toString('hex')}`) >= modulus) continue;
      expect(await both(pair, raw(pair, encoded), 'sha256')).toBe(false);
      return;
    }
    throw new Error('no such encoding was made');
  });
});
