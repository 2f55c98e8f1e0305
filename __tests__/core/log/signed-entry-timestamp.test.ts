import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { encodeBase64, encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { type SignedEntry, verifySignedEntryTimestamp } from '../../../src/core/log/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { fixture, oldLogBundles, proofOf } from '../bundle/vectors.ts';
import { expectRejection } from '../errors/failure.ts';

const [realLog] = readTrustedRoot(fixture('roots/public-good.trusted_root.json')).transparencyLogs;
if (realLog === undefined) throw new Error('the public-good instance has a log');
const flipped = (bytes: Uint8Array) => bytes.with(9, (bytes[9] ?? 0) ^ 1);

describe.each(oldLogBundles)('the promise in %s', (name) => {
  const [entry] = readBundle(fixture(`vectors/${name}.json`)).logEntries;
  const promise = entry?.signedEntryTimestamp;
  if (entry === undefined || promise === undefined) throw new Error('the vector has a promise');

  test('is that of the log, and says when', async () => {
    expect(await verifySignedEntryTimestamp(entry, promise, realLog.publicKey)).toEqual(
      new Date(Number(entry.integratedTime) * 1000),
    );
  });

  test.each([
    ['body', { canonicalizedBody: flipped(entry.canonicalizedBody) }],
    ['time', { integratedTime: entry.integratedTime + 1n }],
    ['log', { logKeyId: flipped(entry.logKeyId) }],
    ['index', { logIndex: entry.logIndex + 1n }],
    ['index, to that within the shard', { logIndex: proofOf(entry).logIndex }],
  ])('is not one of another %s', async (_, change) => {
    await expectRejection(
      () => verifySignedEntryTimestamp({ ...entry, ...change }, promise, realLog.publicKey),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
  });

  test('is not that of another log, nor another signature', async () => {
    const stranger = readPublicKey(generateSigningKey('P-256').publicKey);
    await expectRejection(
      () => verifySignedEntryTimestamp(entry, promise, stranger),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
    await expectRejection(
      () => verifySignedEntryTimestamp(entry, flipped(promise), realLog.publicKey),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
    await expectRejection(
      () => verifySignedEntryTimestamp(entry, new Uint8Array(), realLog.publicKey),
      'LOG_ENTRY_INVALID',
      /signed entry timestamp of the log is invalid/,
    );
  });
});

describe('a promise made for a test', () => {
  const key = generateSigningKey('P-256');
  const entry: SignedEntry = {
    canonicalizedBody: utf8('{}'),
    integratedTime: 1_700_000_000n,
    logKeyId: new Uint8Array(32).fill(0xc0),
    logIndex: 7n,
  };
  /** Signed as Rekor does: the members in this order, without white space. */
  const signed = ({ canonicalizedBody, integratedTime, logKeyId, logIndex }: SignedEntry) =>
    key.sign(
      utf8(
        `{"body":"${encodeBase64(canonicalizedBody)}","integratedTime":${integratedTime},"logID":"${encodeHex(logKeyId)}","logIndex":${logIndex}}`,
      ),
      'sha256',
    );
  const verify = (change: Partial<SignedEntry>) => {
    const changed = { ...entry, ...change };
    return verifySignedEntryTimestamp(changed, signed(changed), readPublicKey(key.publicKey));
  };

  test('verifies', async () => {
    expect(await verify({})).toEqual(new Date(1_700_000_000_000));
    expect(await verify({ logIndex: 9_007_199_254_740_991n })).toEqual(new Date(1_700_000_000_000));
    expect(await verify({ integratedTime: 253_402_300_799n })).toEqual(new Date('9999-12-31T23:59:59Z'));
  });

  test.each([0n, -1n, 253_402_300_800n])('of the time %d says nothing, whoever signed it', async (integratedTime) => {
    await expectRejection(() => verify({ integratedTime }), 'LOG_ENTRY_INVALID', /^the integrated time/);
  });

  test('of an index that JSON does not hold exactly', async () => {
    await expectRejection(
      () => verify({ logIndex: 9_007_199_254_740_992n }),
      'LOG_ENTRY_INVALID',
      /^the index 9007199254740992 of the log entry is out of range/,
    );
  });
});
