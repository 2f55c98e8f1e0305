import { expect, test } from '@jest/globals';
import { CertificateLog } from '../../../sandbox/index.ts';
import { concatBytes, uintBytes, utf8 } from '../../../src/core/encoding/index.ts';
import { leafHash, splitDataTile } from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';

const time = new Date('2026-11-30T12:00:00Z');
const log = new CertificateLog(() => time);
const issuers = [utf8('an issuer'), utf8('a root')];
log.submit({
  tbsCertificate: utf8('a tbs'),
  issuerKeyHash: new Uint8Array(32).fill(7),
  certificate: utf8('a'),
  issuers,
});
log.submitFinal({ certificate: utf8('a certificate'), issuers });
log.submit({ tbsCertificate: new Uint8Array(70_000), issuerKeyHash: new Uint8Array(32), certificate: utf8('b') });

const tile = concatBytes(...log.store.entries(0, 3));

test('each entry is the leaf that the log hashes', () => {
  const leaves = splitDataTile(tile, 0, 3);
  expect(leaves.map(leafHash)).toEqual([0, 1, 2].map((index) => log.store.leafHash(index)));
});

test('a tile that does not begin at the start of the log', () => {
  expect(splitDataTile(log.store.entry(2), 2, 1)).toEqual([splitDataTile(tile, 0, 3)[2]]);
  expectFailure(() => splitDataTile(log.store.entry(2), 1, 1), 'ENTRY_ALTERED', /entry 1 of the log has the index 2/);
});

test('every shorter tile is refused', () => {
  const [first = new Uint8Array()] = log.store.entries(0, 1);
  for (let length = 0; length < first.length; length++)
    expectFailure(
      () => splitDataTile(first.subarray(0, length), 0, 1),
      'SERVICE_RESPONSE_INVALID',
      /ends within an entry/,
    );
  expectFailure(() => splitDataTile(tile, 0, 2), 'SERVICE_RESPONSE_INVALID', /bytes after entry 2/);
});

test('an unknown type of entry, and fingerprints of another length', () => {
  const [first = new Uint8Array()] = log.store.entries(0, 1);
  expectFailure(() => splitDataTile(first.with(9, 2), 0, 1), 'SERVICE_RESPONSE_INVALID', /unknown type 2/);
  const fingerprints = first.length - 64;
  expectFailure(
    () => splitDataTile(first.with(fingerprints - 1, 63), 0, 1),
    'SERVICE_RESPONSE_INVALID',
    /malformed list of issuers/,
  );
});

test.each([
  ['none', new Uint8Array(), /no index/],
  ['twice', concatBytes(extension(0), extension(0)), /no index/],
  ['too short', concatBytes(uintBytes(0, 1), uintBytes(4, 2), uintBytes(0, 4)), /no index/],
  ['another', extension(5), /the index 5/],
])('the index of the entry: %s', (_, extensions, reason) => {
  const wrong = new CertificateLog(() => time);
  wrong.submit({ tbsCertificate: utf8('a'), issuerKeyHash: new Uint8Array(32) }, { extensions });
  expectFailure(() => splitDataTile(wrong.store.entry(0), 0, 1), 'ENTRY_ALTERED', reason);
});

test('other extensions are skipped', () => {
  const extensions = concatBytes(uintBytes(9, 1), uintBytes(1, 2), uintBytes(0, 1), extension(0));
  const extended = new CertificateLog(() => time);
  extended.submit({ tbsCertificate: utf8('a'), issuerKeyHash: new Uint8Array(32) }, { extensions });
  expect(splitDataTile(extended.store.entry(0), 0, 1)).toHaveLength(1);
});

function extension(index: number): Uint8Array {
  return concatBytes(uintBytes(0, 1), uintBytes(5, 2), uintBytes(index, 5));
}
