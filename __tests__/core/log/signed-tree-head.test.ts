import { describe, expect, test } from '@jest/globals';
import { CertificateLog } from '../../../sandbox/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { concatBytes, decodeBase64, encodeBase64, encodeHex, utf8 } from '../../../src/core/encoding/index.ts';
import { readCheckpoint, readSignedNote, treeHeadNote, verifyTreeHead } from '../../../src/core/log/index.ts';
import { expectRejection } from '../errors/failure.ts';

const time = new Date('2026-11-30T12:00:00.123Z');
const log = new CertificateLog(() => time, { origin: 'ct.example.test/2026' });
log.submit({ tbsCertificate: utf8('a certificate'), issuerKeyHash: new Uint8Array(32) });
const key = { logId: log.logId, publicKey: readPublicKey(log.key.publicKey) };
const root = log.store.tree.root();
const { signature } = log.treeHead();
const note = treeHeadNote(log.origin, log.logId, { size: 1, root, milliseconds: time.getTime(), signature });

const verify = (text: string, logKey = key) => verifyTreeHead(readCheckpoint(text), logKey);

/** Changes the bytes of the signature line after the key id: eight bytes of time, two of the algorithm, two of the length. */
function withSignature(change: (bytes: Uint8Array) => Uint8Array): string {
  const [line] = readSignedNote(note).signatures;
  if (line === undefined) throw new Error('no signature');
  const bytes = concatBytes(line.keyHint, change(line.signature));
  return `${note.split('\n\n')[0]}\n\n— ${line.name} ${encodeBase64(bytes)}\n`;
}

test('the checkpoint of a log and its tree head as a note verify alike, with the time that was signed', async () => {
  expect(await verify(log.checkpoint())).toEqual(time);
  expect(await verify(note)).toEqual(time);
});

test('the key id of the production log, were it served as tiles', () => {
  const logId = decodeBase64('3T0wasbHETJjGR4cmWc3AqJKXrjePK3/h4pygC8p7o4=');
  const head = treeHeadNote('ctfe.sigstore.dev/2022', logId, { size: 0, root, milliseconds: 0, signature });
  expect(encodeHex(readSignedNote(head).signatures[0]?.keyHint ?? new Uint8Array())).toBe('7ad458b8');
});

describe('refused:', () => {
  const other = new CertificateLog(() => time, { origin: log.origin });
  test.each<[string, RegExp, string]>([
    ['another size', /signature by .* is invalid/, note.replace('\n1\n', '\n2\n')],
    ['another root', /signature by .* is invalid/, note.replace(encodeBase64(root), encodeBase64(new Uint8Array(32)))],
    ['another time', /signature by .* is invalid/, withSignature((bytes) => bytes.with(7, (bytes[7] ?? 0) ^ 1))],
    ['another algorithm', /signature by .* is invalid/, withSignature((bytes) => bytes.with(9, 1))],
    ['another hash', /signature by .* is invalid/, withSignature((bytes) => bytes.with(8, 5))],
    ['another length', /signature by .* is invalid/, withSignature((bytes) => bytes.with(11, (bytes[11] ?? 0) + 1))],
    ['no signature after the time', /signature by .* is invalid/, withSignature((bytes) => bytes.subarray(0, 8))],
    ['another log', /is not signed by ct.example.test/, other.checkpoint()],
    ['an extension line', /extension lines/, note.replace('\n\n', '\nan extension\n\n')],
    ['a signature by another name', /is not signed by/, note.replace('— ct.', '— ca.')],
  ])('%s', async (_, reason, text) => {
    await expectRejection(() => verify(text), 'CHECKPOINT_INVALID', reason);
  });

  test('another key with the same id', async () => {
    const otherKey = { ...key, publicKey: readPublicKey(other.key.publicKey) };
    await expectRejection(() => verify(note, otherKey), 'CHECKPOINT_INVALID', /signature by .* is invalid/);
  });

  test('a time that no Date can represent', async () => {
    const late = new CertificateLog(() => ({ getTime: () => 8_640_000_000_000_001 }) as Date, { origin: log.origin });
    const lateKey = { logId: late.logId, publicKey: readPublicKey(late.key.publicKey) };
    await expectRejection(() => verify(late.checkpoint(), lateKey), 'CHECKPOINT_INVALID', /out of range/);
  });

  test('an invalid signature next to a valid one', async () => {
    const [, line = ''] = withSignature((bytes) => bytes.with(7, (bytes[7] ?? 0) ^ 1)).split('\n\n');
    await expectRejection(() => verify(note + line), 'CHECKPOINT_INVALID', /is invalid/);
  });
});
