import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import {
  type HashAlgorithm,
  type PublicKey,
  readPublicKey,
  rememberSignaturesOf,
  signingHashes,
  toDigest,
  verifyDigestSignature,
  verifySignature,
} from '../../../src/core/crypto/index.ts';
import { concatBytes, der, readSequence } from '../../../src/core/encoding/index.ts';
import { expectRejection } from '../errors/failure.ts';

const message = new TextEncoder().encode('what is signed');
const hashed = (hash: HashAlgorithm, bytes: Uint8Array) =>
  toDigest(hash, new Uint8Array(createHash(hash).update(bytes).digest()));

interface Pair {
  readonly key: PublicKey;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function pair({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Pair {
  return {
    publicKey,
    privateKey,
    key: readPublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))),
  };
}

const ecPair = (namedCurve: string) => pair(generateKeyPairSync('ec', { namedCurve }));

/** Both ways of verifying, which must always agree. */
async function both(key: PublicKey, signature: Uint8Array, bytes: Uint8Array, hash: HashAlgorithm): Promise<boolean> {
  const byMessage = await verifySignature(key, signature, bytes, hash);
  expect(await verifyDigestSignature(key, signature, hashed(hash, bytes))).toBe(byMessage);
  return byMessage;
}

const orders = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  'P-521': BigInt(`0x1${'f'.repeat(65)}a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`),
} as const;

describe.each(['P-256', 'P-384', 'P-521'] as const)('ECDSA on %s', (namedCurve) => {
  const { key, publicKey, privateKey } = ecPair(namedCurve);
  const scalars = (signature: Uint8Array) =>
    readSequence(signature, (reader) => [reader.integerBytes(), reader.integerBytes()] as const);

  test.each(['sha256', 'sha384', 'sha512'] as const)('with %s, whatever the signature looks like', async (hash) => {
    for (let i = 0; i < 20; i++) {
      const bytes = new TextEncoder().encode(`message ${i}`);
      const signature = new Uint8Array(sign(hash, bytes, privateKey));
      expect(verify(hash, bytes, publicKey, signature)).toBe(true);
      expect(await both(key, signature, bytes, hash)).toBe(true);
    }
  });

  test('of another message, hash or key is refused', async () => {
    const signature = new Uint8Array(sign('sha256', message, privateKey));
    expect(await both(key, signature, new TextEncoder().encode('another'), 'sha256')).toBe(false);
    expect(await both(key, signature, message, 'sha384')).toBe(false);
    expect(await both(ecPair(namedCurve).key, signature, message, 'sha256')).toBe(false);
  });

  test('s may be in either half of the order', async () => {
    const signature = new Uint8Array(sign('sha256', message, privateKey));
    const mirrored = readSequence(signature, (reader) =>
      der.sequence(der.integer(reader.unsigned()), der.integer(orders[namedCurve] - reader.unsigned())),
    );
    expect(verify('sha256', message, publicKey, mirrored)).toBe(true);
    expect(await both(key, mirrored, message, 'sha256')).toBe(true);
  });

  test('a signature in another encoding is refused, though its scalars are right', async () => {
    const signature = new Uint8Array(sign('sha256', message, privateKey));
    const [r, s] = scalars(signature);
    const integer = (contents: Uint8Array) => der.element(2, contents);
    const encodings: Readonly<Record<string, Uint8Array>> = {
      'r with a zero too many': der.sequence(integer(concatBytes(new Uint8Array(1), r)), integer(s)),
      's with a zero too many': der.sequence(integer(r), integer(concatBytes(new Uint8Array(1), s))),
      'two zeros too many': der.sequence(integer(concatBytes(new Uint8Array(2), r)), integer(s)),
      'a trailing byte': concatBytes(signature, new Uint8Array(1)),
      'a third integer': der.sequence(integer(r), integer(s), integer(s)),
      's alone': der.sequence(integer(s)),
      'a long length': concatBytes(new Uint8Array([0x30, 0x82, 0, signature.length - 2]), signature.subarray(2)),
      'indefinite lengths are not allowed': concatBytes(
        new Uint8Array([0x30, 0x80]),
        integer(r),
        integer(s),
        new Uint8Array(2),
      ),
      'a SET': der.element(0x31, integer(r), integer(s)),
      'r ‖ s': concatBytes(r, s),
      nothing: new Uint8Array(),
    };
    expect(await both(key, der.sequence(integer(r), integer(s)), message, 'sha256')).toBe(true);
    for (const [name, encoding] of Object.entries(encodings)) {
      expect([name, await both(key, encoding, message, 'sha256')]).toEqual([name, false]);
    }
  });

  test('scalars out of range are refused', async () => {
    const [r, s] = readSequence(
      new Uint8Array(sign('sha256', message, privateKey)),
      (reader) => [reader.unsigned(), reader.unsigned()] as const,
    );
    const order = orders[namedCurve];
    const outOfRange: readonly (readonly [bigint, bigint])[] = [
      [0n, s],
      [r, 0n],
      [0n, 0n],
      [order, s],
      [r, order],
      [r + order, s],
      [r, s + order],
      [r + (1n << 600n), s],
      [r, s + (1n << 600n)],
    ];
    for (const [first, second] of outOfRange) {
      expect(await both(key, der.sequence(der.integer(first), der.integer(second)), message, 'sha256')).toBe(false);
    }
  });

  test('a negative scalar is refused, though its bytes without the sign are right', async () => {
    // r whose top bit is set is written with a zero in front; without the zero it is another, negative number.
    for (let i = 0; i < 4000; i++) {
      const bytes = new TextEncoder().encode(`message ${i}`);
      const [r, s] = scalars(new Uint8Array(sign('sha256', bytes, privateKey)));
      if (r[0] !== 0) continue;
      expect(await both(key, der.sequence(der.element(2, r.subarray(1)), der.element(2, s)), bytes, 'sha256')).toBe(
        false,
      );
      return;
    }
    throw new Error('no such signature was made');
  });
});

describe('Ed25519', () => {
  const { key, privateKey } = pair(generateKeyPairSync('ed25519'));
  const signature = new Uint8Array(sign(null, message, privateKey));

  test('is over the message, whatever hash is named', async () => {
    expect(await verifySignature(key, signature, message, 'sha256')).toBe(true);
    expect(await verifySignature(key, signature, message, 'sha512')).toBe(true);
  });

  test('of another message or key, or cut, is refused', async () => {
    expect(await verifySignature(key, signature, new TextEncoder().encode('another'), 'sha256')).toBe(false);
    expect(await verifySignature(pair(generateKeyPairSync('ed25519')).key, signature, message, 'sha256')).toBe(false);
    expect(await verifySignature(key, signature.subarray(0, 63), message, 'sha256')).toBe(false);
    expect(await verifySignature(key, concatBytes(signature, new Uint8Array(1)), message, 'sha256')).toBe(false);
    expect(await verifySignature(key, new Uint8Array(), message, 'sha256')).toBe(false);
  });

  test('cannot be verified by a digest that is not its own, and says what to do', async () => {
    for (const hash of ['sha256', 'sha384'] as const) {
      const error = await expectRejection(
        () => verifyDigestSignature(key, signature, hashed(hash, message)),
        'KEY_UNSUPPORTED',
        new RegExp(`a ${hash} digest is not enough to verify`),
      );
      expect(error.remedy).toMatch(/artifact itself/);
    }
  });

  test('is no Ed25519ph: neither of the message nor of its digest', async () => {
    const digest512 = hashed('sha512', message);
    expect(await verifyDigestSignature(key, signature, digest512)).toBe(false);
    const ofDigest = new Uint8Array(sign(null, digest512.bytes, privateKey));
    expect(await verifyDigestSignature(key, ofDigest, digest512)).toBe(false);
  });
});

describe('Ed25519 of RFC 8032', () => {
  const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
  const keyOf = (raw: string) => readPublicKey(hex(`302a300506032b6570032100${raw}`));

  // Section 7.1, tests 1 to 3 and SHA(abc).
  test.each([
    [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('pure: %s', async (raw, text, signature) => {
    const key = keyOf(raw);
    expect(await verifySignature(key, hex(signature), hex(text), 'sha512')).toBe(true);
    expect(await verifyDigestSignature(key, hex(signature), hashed('sha512', hex(text)))).toBe(false);
  });

  // Section 7.3.
  test('ph: abc', async () => {
    const key = keyOf('ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf');
    const signature = hex(
      '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
    );
    const abc = new TextEncoder().encode('abc');
    expect(await verifyDigestSignature(key, signature, hashed('sha512', abc))).toBe(true);
    expect(await verifyDigestSignature(key, signature, hashed('sha512', message))).toBe(false);
    expect(await verifyDigestSignature(key, signature.with(0, 0), hashed('sha512', abc))).toBe(false);
    expect(await verifyDigestSignature(key, signature.with(63, 0xff), hashed('sha512', abc))).toBe(false);
    expect(await verifyDigestSignature(key, signature.subarray(1), hashed('sha512', abc))).toBe(false);
    expect(await verifyDigestSignature(key, new Uint8Array(), hashed('sha512', abc))).toBe(false);
    // Neither pure, over the message, nor pure over its digest.
    expect(await verifySignature(key, signature, abc, 'sha512')).toBe(false);
    expect(await verifySignature(key, signature, hashed('sha512', abc).bytes, 'sha512')).toBe(false);
  });

  test('a key that is no point verifies nothing', async () => {
    const none = keyOf(`02${'00'.repeat(31)}`);
    const signature = hex(`01${'00'.repeat(63)}`);
    expect(await verifyDigestSignature(none, signature, hashed('sha512', message))).toBe(false);
    expect(await verifySignature(none, signature, message, 'sha512').catch(() => false)).toBe(false);
  });
});

test('a signature of another kind of key is refused', async () => {
  const ec = ecPair('P-256');
  const ed = pair(generateKeyPairSync('ed25519'));
  expect(await verifySignature(ec.key, new Uint8Array(sign(null, message, ed.privateKey)), message, 'sha256')).toBe(
    false,
  );
  expect(await verifySignature(ed.key, new Uint8Array(sign('sha256', message, ec.privateKey)), message, 'sha256')).toBe(
    false,
  );
});

test('a point that is not on the curve is no key', async () => {
  const { key, privateKey } = ecPair('P-256');
  const signature = new Uint8Array(sign('sha256', message, privateKey));
  const spki = key.spki.slice();
  spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1;
  const stray = readPublicKey(spki);
  await expectRejection(
    () => verifySignature(stray, signature, message, 'sha256'),
    'KEY_INVALID',
    /not valid for its key type/,
  );
  expect(await verifyDigestSignature(stray, signature, hashed('sha256', message))).toBe(false);
});

test('a key verifies again and again, and each key with its own point', async () => {
  const first = ecPair('P-256');
  const second = ecPair('P-256');
  const signature = new Uint8Array(sign('sha256', message, first.privateKey));
  for (let i = 0; i < 3; i++) {
    expect(await verifySignature(first.key, signature, message, 'sha256')).toBe(true);
    expect(await verifySignature(second.key, signature, message, 'sha256')).toBe(false);
  }
});

describe('a signature that was just verified, of a key whose signatures are remembered,', () => {
  const [once, other] = [ecPair('P-256'), ecPair('P-256')];
  const rsa = pair(generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const signature = new Uint8Array(sign('sha256', message, once.privateKey));
  for (const { key } of [once, other, rsa]) rememberSignaturesOf(key);

  /** The number of signatures that WebCrypto verifies while something is done. */
  async function countVerified(work: () => Promise<unknown>): Promise<number> {
    const verifies = jest.spyOn(crypto.subtle, 'verify');
    try {
      await work();
      return verifies.mock.calls.length;
    } finally {
      verifies.mockRestore();
    }
  }

  test('is not verified again', async () => {
    expect(await verifySignature(once.key, signature, message, 'sha256')).toBe(true);
    const again = () => verifySignature(once.key, new Uint8Array(signature), new Uint8Array(message), 'sha256');
    expect(await countVerified(async () => expect(await again()).toBe(true))).toBe(0);
  });

  test('does not stand for one that differs in any byte, nor for another message, hash or key', async () => {
    const valid = () => verifySignature(once.key, signature, message, 'sha256');
    const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
    for (const at of signature.keys()) {
      expect(await valid()).toBe(true);
      expect(await verifySignature(once.key, flipped(signature, at), message, 'sha256')).toBe(false);
    }
    for (const at of message.keys()) {
      expect(await valid()).toBe(true);
      expect(await verifySignature(once.key, signature, flipped(message, at), 'sha256')).toBe(false);
    }
    for (const length of [0, message.length - 1])
      expect(await verifySignature(once.key, signature, message.subarray(0, length), 'sha256')).toBe(false);
    expect(await verifySignature(once.key, signature, concatBytes(message, message), 'sha256')).toBe(false);
    expect(await verifySignature(once.key, signature, message, 'sha384')).toBe(false);
    expect(await verifySignature(other.key, signature, message, 'sha256')).toBe(false);
    // The same key, read again.
    expect(await verifySignature(readPublicKey(once.key.spki), signature, message, 'sha256')).toBe(true);
  });

  test('does not stand for one with another padding', async () => {
    const signed = new Uint8Array(sign('sha256', message, rsa.privateKey));
    expect(await verifySignature(rsa.key, signed, message, 'sha256', ['pkcs1'])).toBe(true);
    expect(await verifySignature(rsa.key, signed, message, 'sha256', ['pss'])).toBe(false);
  });

  test('is remembered as it was, even if the caller writes into its bytes meanwhile or afterwards', async () => {
    const [bytes, text] = [new Uint8Array(signature), new Uint8Array(message)];
    const verified = verifySignature(once.key, bytes, text, 'sha256');
    text[0] = 0;
    expect(await verified).toBe(true);
    expect(await verifySignature(once.key, bytes, text, 'sha256')).toBe(false);
    expect(await verifySignature(once.key, signature, message, 'sha256')).toBe(true);
  });

  test('is remembered only if it was valid', async () => {
    const invalid = new Uint8Array(sign('sha256', message, other.privateKey));
    for (let i = 0; i < 2; i++) expect(await verifySignature(once.key, invalid, message, 'sha256')).toBe(false);
  });

  test('is verified again if its key is another one', async () => {
    const { key, privateKey } = ecPair('P-256');
    const signed = new Uint8Array(sign('sha256', message, privateKey));
    const twice = async () => {
      for (let i = 0; i < 2; i++) expect(await verifySignature(key, signed, message, 'sha256')).toBe(true);
    };
    expect(await countVerified(twice)).toBe(2);
  });

  test('is not remembered with a long message', async () => {
    const long = new Uint8Array(100_000);
    const signed = new Uint8Array(sign('sha256', long, once.privateKey));
    const twice = async () => {
      for (let i = 0; i < 2; i++) expect(await verifySignature(once.key, signed, long, 'sha256')).toBe(true);
    };
    expect(await countVerified(twice)).toBe(2);
  });
});

test('messages and signatures that are views of larger arrays are read within their bounds', async () => {
  const { key, privateKey } = ecPair('P-256');
  const signature = new Uint8Array(sign('sha256', message, privateKey));
  const around = (bytes: Uint8Array) =>
    concatBytes(new Uint8Array(3).fill(9), bytes, new Uint8Array(3).fill(9)).subarray(3, 3 + bytes.length);
  expect(await both(key, around(signature), around(message), 'sha256')).toBe(true);
});

test('each kind of key signs with the hash of its key details', () => {
  const hashes = (['P-256', 'P-384', 'P-521'] as const).map((curve) => signingHashes(ecPair(curve).key));
  // On the larger curves also SHA-256, which sigstore-python long signed with.
  expect(hashes).toEqual([['sha256'], ['sha384', 'sha256'], ['sha512', 'sha256']]);
  expect(signingHashes(pair(generateKeyPairSync('ed25519')).key)).toEqual(['sha512']);
  expect(signingHashes(pair(generateKeyPairSync('rsa', { modulusLength: 2048 })).key)).toEqual(['sha256']);
});
