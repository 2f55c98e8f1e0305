import { describe, expect, test } from '@jest/globals';
import { bundleMediaType, readBundle, readLogEntry, writeBundle } from '../../../src/core/bundle/index.ts';
import { encodeBase64, type JsonValue, ProtoField, parseJson } from '../../../src/core/encoding/index.ts';
import type { ErrorCode } from '../../../src/core/errors/index.ts';
import { expectFailure } from '../errors/failure.ts';
import { envelopeBundles, fixture, fixtureText, messageBundles, oldLogBundles, proofOf } from './vectors.ts';

const text = fixtureText('vectors/rekor2-happy-path.json');

type Place = readonly (string | number)[];
/** Changes the value of some place of the real bundle; `undefined` takes the member away. */
function changed(place: Place, change: (value: unknown) => unknown): string {
  const amend = (value: unknown, [step, ...rest]: Place): unknown => {
    if (step === undefined) return change(value);
    if (Array.isArray(value)) return value.map((item, i) => (i === step ? amend(item, rest) : item));
    const members = Object(value);
    return { ...members, [step]: amend(members[step], rest) };
  };
  return JSON.stringify(amend(JSON.parse(text), place));
}
const set = (place: Place, value: unknown) => changed(place, () => value);

const material: Place = ['verificationMaterial'];
const entry: Place = [...material, 'tlogEntries', 0];
const proof: Place = [...entry, 'inclusionProof'];
const timestamps: Place = [...material, 'timestampVerificationData', 'rfc3161Timestamps'];
const message: Place = ['messageSignature'];

describe('a real bundle', () => {
  test.each([...new Set([...messageBundles, ...envelopeBundles, ...oldLogBundles])])(
    '%s comes back as it was',
    (name) => {
      const original = fixtureText(`vectors/${name}.json`);
      const bundle = readBundle(original);
      const expected = JSON.parse(original);
      // Rekor v1 says the time itself, so that some have no timestamps: an empty list is the same as none.
      expected.verificationMaterial.timestampVerificationData ??= { rfc3161Timestamps: [] };
      expect(JSON.parse(writeBundle(bundle))).toEqual(expected);
      expect(readBundle(writeBundle(bundle))).toEqual(bundle);
      expect(readBundle(fixture(`vectors/${name}.json`))).toEqual(bundle);
    },
  );

  test('says what it says', () => {
    const bundle = readBundle(text);
    expect(bundle).toMatchObject({
      mediaType: bundleMediaType,
      logEntries: [
        { logIndex: 735n, kind: 'hashedrekord', version: '0.0.2', inclusionProof: { logIndex: 735n, treeSize: 736n } },
      ],
      content: { kind: 'message-signature', messageDigest: { algorithm: 'sha256' } },
    });
    const bytes = new Uint8Array(
      Buffer.from('a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf', 'hex'),
    );
    expect(bundle.content).toMatchObject({ messageDigest: { bytes } });
    expect(bundle.timestamps).toEqual([fixture('vectors/rekor2-happy-path.tsr')]);
    expect(proofOf(bundle.logEntries[0]).checkpoint).toMatch(/^log2025-alpha1\.rekor\.sigstage\.dev\n736\n/);
  });

  test('is the same in snake case, with numbers for 64-bit integers and enums, and with the URL alphabet', () => {
    const snake = text.replace(
      /"([a-z][a-zA-Z0-9]*)":/g,
      (_, name: string) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
    );
    const other = snake
      .replaceAll('"735"', '735')
      .replace('"736"', '736')
      .replace('"SHA2_256"', '1')
      .replace(
        /"raw_bytes": ?"([^"]*)"/,
        (_, bytes: string) => `"raw_bytes":"${bytes.replaceAll('+', '-').replaceAll('/', '_')}"`,
      );
    for (const sign of [
      '"media_type"',
      '"log_index": 735',
      '"tree_size": 736',
      '"algorithm": 1',
      'RNGrsqtBl4wwhbuz-RNC1muGGSz',
    ])
      expect(other).toContain(sign);
    expect(readBundle(other)).toEqual(readBundle(text));
  });

  test('may say what is the default', () => {
    expect(readBundle(set([...entry, 'integratedTime'], '0'))).toEqual(readBundle(text));
  });

  test('may have its bytes without padding, and in lines', () => {
    const place = [...message, 'messageDigest', 'digest'];
    const { digest } = JSON.parse(text).messageSignature.messageDigest;
    expect(digest).toMatch(/=$/);
    expect(readBundle(set(place, digest.replace(/=+$/, '')))).toEqual(readBundle(text));
    expect(readBundle(set(place, `${digest.slice(0, 20)}\n${digest.slice(20)}\r\n`))).toEqual(readBundle(text));
  });
});

describe('writing', () => {
  const bundle = readBundle(text);

  test('is one line, without white space', () => {
    expect(writeBundle(bundle)).toBe(JSON.stringify(JSON.parse(writeBundle(bundle))));
    expect(
      writeBundle(bundle).startsWith(
        `{"mediaType":"${bundleMediaType}","verificationMaterial":{"certificate":{"rawBytes":"MII`,
      ),
    ).toBe(true);
  });

  test('a bundle without a digest, without entries, without timestamps', () => {
    const bare = {
      ...bundle,
      logEntries: [],
      timestamps: [],
      content: { ...bundle.content, messageDigest: undefined },
    };
    expect(readBundle(writeBundle(bare))).toEqual(bare);
    expect(writeBundle(bare)).not.toContain('messageDigest');
  });

  test('an index beyond 53 bits, as a string', () => {
    const [first] = bundle.logEntries;
    if (first === undefined) throw new Error('the vector has an entry');
    const large = { ...bundle, logEntries: [{ ...first, logIndex: 2n ** 62n + 1n }] };
    expect(writeBundle(large)).toContain('"logIndex":"4611686018427387905"');
    expect(readBundle(writeBundle(large))).toEqual(large);
  });
});

describe('media types', () => {
  test('both spellings of version 0.3 are read', () => {
    for (const mediaType of [
      'application/vnd.dev.sigstore.bundle.v0.3+json',
      'application/vnd.dev.sigstore.bundle+json;version=0.3',
    ]) {
      expect(readBundle(set(['mediaType'], mediaType)).mediaType).toBe(mediaType);
    }
  });

  test.each([
    'application/vnd.dev.sigstore.bundle+json;version=0.0',
    'application/vnd.dev.sigstore.bundle+json;version=0.4',
    'application/vnd.dev.sigstore.bundle.v0.4+json',
    'application/vnd.dev.sigstore.bundle.v0.3+json ',
    'APPLICATION/vnd.dev.sigstore.bundle.v0.3+json',
    'application/json',
  ])('%s is not', (mediaType) => {
    expectFailure(
      () => readBundle(set(['mediaType'], mediaType)),
      'BUNDLE_UNSUPPORTED',
      /media type ".*" is not supported/,
    );
  });

  test('one that is very long is cut in the error', () => {
    const { message } = expectFailure(
      () => readBundle(set(['mediaType'], 'a'.repeat(10_000))),
      'BUNDLE_UNSUPPORTED',
      /media type/,
    );
    expect(message.length).toBeLessThan(200);
  });
});

describe('what must be there', () => {
  const places: readonly Place[] = [
    ['mediaType'],
    [...material, 'certificate', 'rawBytes'],
    [...entry, 'logId'],
    [...entry, 'logId', 'keyId'],
    [...entry, 'kindVersion'],
    [...entry, 'kindVersion', 'kind'],
    [...entry, 'kindVersion', 'version'],
    proof,
    [...proof, 'rootHash'],
    [...proof, 'checkpoint'],
    [...proof, 'checkpoint', 'envelope'],
    [...entry, 'canonicalizedBody'],
    [...timestamps, 0, 'signedTimestamp'],
    message,
    [...message, 'signature'],
    [...message, 'messageDigest', 'algorithm'],
    [...message, 'messageDigest', 'digest'],
  ];

  test.each(places.map((place) => [place.join('.'), place] as const))('%s', (_, place) => {
    const missing = (value: unknown) =>
      expectFailure(
        () => readBundle(set(place, value)),
        'BUNDLE_INVALID',
        /is missing$|is not SHA2_256, SHA2_384 or SHA2_512$/,
      );
    for (const value of [undefined, null]) {
      // The message is of the place, or of the first thing that it should have held.
      const last = String(place.at(-1));
      expect(missing(value).message).toContain(last === 'mediaType' ? 'bundle.mediaType' : `.${last}`);
    }
  });

  test('an empty value is a missing one', () => {
    for (const place of [
      [...material, 'certificate', 'rawBytes'],
      [...message, 'signature'],
      [...proof, 'checkpoint', 'envelope'],
      [...timestamps, 0, 'signedTimestamp'],
      [...proof, 'hashes', 0],
    ]) {
      expectFailure(() => readBundle(set(place, '')), 'BUNDLE_INVALID', /is missing$/);
    }
  });

  test('what is the default may be left out (proto3 JSON)', () => {
    expect(readBundle(set([...entry, 'logIndex'], undefined)).logEntries).toMatchObject([{ logIndex: 0n }]);
    expect(readBundle(set([...proof, 'hashes'], undefined)).logEntries).toMatchObject([
      { inclusionProof: { hashes: [] } },
    ]);
    expect(readBundle(set([...material, 'tlogEntries'], undefined)).logEntries).toEqual([]);
    expect(readBundle(set([...material, 'timestampVerificationData'], undefined)).timestamps).toEqual([]);
    expect(readBundle(set([...message, 'messageDigest'], undefined)).content).toMatchObject({
      messageDigest: undefined,
    });
  });

  test.each([{}, { algorithm: 'HASH_ALGORITHM_UNSPECIFIED' }, { algorithm: 0, digest: '' }, { digest: null }])(
    'a digest that is %j says nothing, as if it were left out',
    (hint) => {
      expect(readBundle(set([...message, 'messageDigest'], hint)).content).toMatchObject({ messageDigest: undefined });
    },
  );

  test('half a digest is refused', () => {
    const half = (hint: JsonValue, reason: RegExp) =>
      expectFailure(() => readBundle(set([...message, 'messageDigest'], hint)), 'BUNDLE_INVALID', reason);
    half({ algorithm: 'SHA2_256' }, /messageDigest\.digest is missing$/);
    half({ algorithm: 'SHA2_512', digest: '' }, /messageDigest\.digest is missing$/);
    half({ digest: 'AAAA' }, /messageDigest\.algorithm is not SHA2_256/);
    half({ algorithm: 'SHA3_256' }, /messageDigest\.algorithm is not SHA2_256/);
  });
});

describe('what is wrong', () => {
  test.each<[string, Place, unknown, ErrorCode, RegExp]>([
    [
      'a DSSE envelope beside the message',
      ['dsseEnvelope'],
      {},
      'BUNDLE_INVALID',
      /^bundle has both a messageSignature and a dsseEnvelope$/,
    ],
    [
      'a promise that promises nothing',
      [...entry, 'inclusionPromise'],
      {},
      'BUNDLE_INVALID',
      /signedEntryTimestamp is missing/,
    ],
    [
      'a time before 1970',
      [...entry, 'integratedTime'],
      '-1',
      'BUNDLE_INVALID',
      /integratedTime is not a non-negative/,
    ],
    ['a media type that is no text', ['mediaType'], 3, 'BUNDLE_INVALID', /mediaType is not a string/],
    ['a material that is a list', material, [], 'BUNDLE_INVALID', /verificationMaterial is not an object/],
    [
      'a certificate that is text',
      [...material, 'certificate'],
      'MII',
      'BUNDLE_INVALID',
      /certificate is not an object/,
    ],
    [
      'bytes that are a list',
      [...material, 'certificate', 'rawBytes'],
      [1, 2],
      'BUNDLE_INVALID',
      /rawBytes is not a string/,
    ],
    [
      'bytes that are not base64',
      [...material, 'certificate', 'rawBytes'],
      'MII!',
      'BUNDLE_INVALID',
      /rawBytes: .*base64/,
    ],
    ['bytes that are not canonical', [...message, 'signature'], 'AB==', 'BUNDLE_INVALID', /signature: the unused bits/],
    ['entries that are no list', [...material, 'tlogEntries'], {}, 'BUNDLE_INVALID', /tlogEntries is not a list/],
    ['an entry that is null', entry, null, 'BUNDLE_INVALID', /tlogEntries\[0\] is null/],
    ['a negative index', [...entry, 'logIndex'], '-1', 'BUNDLE_INVALID', /logIndex is not a non-negative/],
    ['an index in hexadecimal', [...entry, 'logIndex'], '0x1', 'BUNDLE_INVALID', /logIndex is not a non-negative/],
    [
      'an index with a fraction',
      [...proof, 'logIndex'],
      1.5,
      'BUNDLE_INVALID',
      /inclusionProof\.logIndex is not a non-negative/,
    ],
    [
      'a size that is too large',
      [...proof, 'treeSize'],
      '9223372036854775808',
      'BUNDLE_INVALID',
      /treeSize is not a non-negative/,
    ],
    ['hashes that are no list', [...proof, 'hashes'], 'AAAA', 'BUNDLE_INVALID', /hashes is not a list/],
    ['a checkpoint that is text', [...proof, 'checkpoint'], 'log', 'BUNDLE_INVALID', /checkpoint is not an object/],
    ['timestamps that are no list', timestamps, {}, 'BUNDLE_INVALID', /rfc3161Timestamps is not a list/],
    ['a message that is text', message, 'MEU', 'BUNDLE_INVALID', /messageSignature is not an object/],
    [
      'a digest by SHA-1',
      [...message, 'messageDigest', 'algorithm'],
      'SHA1',
      'BUNDLE_INVALID',
      /algorithm is not SHA2_256/,
    ],
    [
      'a digest by what is not specified',
      [...message, 'messageDigest', 'algorithm'],
      'HASH_ALGORITHM_UNSPECIFIED',
      'BUNDLE_INVALID',
      /algorithm is not SHA2_256/,
    ],
    [
      'a digest by a property of every object',
      [...message, 'messageDigest', 'algorithm'],
      'constructor',
      'BUNDLE_INVALID',
      /algorithm is not SHA2_256/,
    ],
    [
      'a digest of another length',
      [...message, 'messageDigest', 'digest'],
      'AAAA',
      'BUNDLE_INVALID',
      /messageDigest: a sha256 digest must have \d+ bytes, not 3/,
    ],
    [
      'a digest of the length of another',
      [...message, 'messageDigest', 'algorithm'],
      'SHA2_512',
      'BUNDLE_INVALID',
      /messageDigest: a sha512 digest must have \d+ bytes, not 32/,
    ],
  ])('%s', (_, place, value, code, reason) => {
    expectFailure(() => readBundle(set(place, value)), code, reason);
  });

  test('what is not JSON, has a member twice, or goes on', () => {
    expectFailure(() => readBundle(''), 'BUNDLE_INVALID', /^bundle: /);
    expectFailure(() => readBundle(`${text}{}`), 'BUNDLE_INVALID', /unexpected text after the JSON value/);
    expectFailure(
      () => readBundle(text.replace('{', '{"messageSignature":{},')),
      'BUNDLE_INVALID',
      /the JSON member "messageSignature" occurs twice/,
    );
    expectFailure(
      () => readBundle(text.replace('{', '{"verification_material":{},')),
      'BUNDLE_INVALID',
      /occurs twice, also as verification_material/,
    );
  });
});

describe('a DSSE envelope', () => {
  const dsse = fixtureText('vectors/rekor2-dsse-happy-path.json');
  const withEnvelope = (change: Readonly<Record<string, unknown>>) => {
    const bundle = JSON.parse(dsse);
    return JSON.stringify({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, ...change } });
  };

  test('is its payload, its type and the one signature', () => {
    const { content } = readBundle(dsse);
    if (content.kind !== 'dsse-envelope') throw new Error('the vector has an envelope');
    expect(content.payloadType).toBe('application/vnd.in-toto+json');
    expect(JSON.parse(new TextDecoder().decode(content.payload))).toMatchObject({
      _type: expect.stringMatching(/^https:\/\/in-toto\.io\/Statement\//),
    });
    expect(encodeBase64(content.signature)).toBe(JSON.parse(dsse).dsseEnvelope.signatures[0].sig);
  });

  test('may name its key, which nobody believes', () => {
    const [signature] = JSON.parse(dsse).dsseEnvelope.signatures;
    expect(readBundle(withEnvelope({ signatures: [{ ...signature, keyid: 'x' }] }))).toEqual(readBundle(dsse));
  });

  test.each([
    ['no signature', { signatures: [] }, /signatures must contain exactly one signature$/],
    ['no list of signatures', { signatures: undefined }, /signatures must contain exactly one signature$/],
    [
      'two signatures',
      { signatures: [{ sig: 'AAAA' }, { sig: 'AAAA' }] },
      /signatures must contain exactly one signature$/,
    ],
    ['an empty signature', { signatures: [{ sig: '' }] }, /signatures\[0\]\.sig is missing$/],
    ['no payload', { payload: undefined }, /dsseEnvelope\.payload is missing$/],
    ['no type', { payloadType: '' }, /dsseEnvelope\.payloadType is missing$/],
    ['a payload that is not base64', { payload: '{}' }, /dsseEnvelope\.payload: .*base64/],
  ])('with %s is refused', (_, change, reason) => {
    expectFailure(() => readBundle(withEnvelope(change)), 'BUNDLE_INVALID', reason);
  });

  test('with 33 signatures is refused before they are read', () => {
    expectFailure(
      () => readBundle(withEnvelope({ signatures: Array(33).fill({ sig: 'AAAA' }) })),
      'LIMIT_EXCEEDED',
      /signatures has 33 items/,
    );
  });
});

test('an entry of Rekor v1 says when, and brings the promise', () => {
  const [old] = readBundle(fixture('vectors/happy-path-v0.3-new-mediaType.json')).logEntries;
  expect(old).toMatchObject({
    logIndex: 79571823n,
    integratedTime: 1710869186n,
    inclusionProof: { logIndex: 75408392n },
  });
  expect(old?.signedEntryTimestamp?.length).toBeGreaterThan(60);
  const [later] = readBundle(text).logEntries;
  expect(later).toMatchObject({ integratedTime: 0n, signedEntryTimestamp: undefined });
});

describe('limits', () => {
  const repeated = (place: Place, count: number) =>
    changed(place, (value) => Array.from({ length: count }, () => Object(value)[0]));

  test.each<[string, Place, number]>([
    ['log entries', [...material, 'tlogEntries'], 32],
    ['timestamps', timestamps, 32],
    ['hashes of a proof', [...proof, 'hashes'], 64],
  ])('of %s', (_, place, max) => {
    const read = readBundle(repeated(place, max));
    expect([read.logEntries.length, read.timestamps.length, proofOf(read.logEntries[0]).hashes.length]).toContain(max);
    expectFailure(
      () => readBundle(repeated(place, max + 1)),
      'LIMIT_EXCEEDED',
      new RegExp(`${place.at(-1)} has ${max + 1} items; the limit is ${max}`),
    );
  });

  test('24 MiB', () => {
    const padding = (length: number) => text + ' '.repeat(length - text.length);
    expect(readBundle(padding(24 * 1024 * 1024))).toEqual(readBundle(text));
    expectFailure(() => readBundle(padding(24 * 1024 * 1024 + 1)), 'LIMIT_EXCEEDED', /the limit is 25165824/);
  });
});

test('an entry by itself, as a log answers it, has the code of its document', () => {
  const { verificationMaterial } = JSON.parse(text);
  const answer = (value: JsonValue) =>
    readLogEntry(ProtoField.parse(JSON.stringify(value), 'SERVICE_RESPONSE_INVALID', 'entry'));
  expect(answer(parseJson(JSON.stringify(verificationMaterial.tlogEntries[0])))).toEqual(
    readBundle(text).logEntries[0],
  );
  expectFailure(() => answer({}), 'SERVICE_RESPONSE_INVALID', /^entry\.logId\.keyId is missing$/);
  expect(encodeBase64(answer(parseJson(JSON.stringify(verificationMaterial.tlogEntries[0]))).logKeyId)).toMatch(
    /^8w1amZ/,
  );
});
