import { describe, expect, test } from '@jest/globals';
import { noteSigner, signatureLine, signNote } from '../../../sandbox/log/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { encodeBase64 } from '../../../src/core/encoding/index.ts';
import { type CheckpointKey, readCheckpoint, verifyCheckpoint } from '../../../src/core/log/index.ts';
import { readTrustedRoot } from '../../../src/core/trust/index.ts';
import { rsaKey } from '../../kit/keys.ts';
import { fixture, fixtureText, messageBundles, oldLogBundles, proofOf } from '../bundle/vectors.ts';
import { expectFailure, expectRejection } from '../errors/failure.ts';

const rootHash = new Uint8Array(32).fill(7);
const root = encodeBase64(rootHash);
const text = `log.example\n42\n${root}\n`;

const log = noteSigner('log.example', generateSigningKey('Ed25519'));
const witness = noteSigner('witness.example', generateSigningKey('Ed25519'));
const keyOf = ({ name, key, keyHash }: typeof log): CheckpointKey => ({
  names: [name],
  keyId: keyHash,
  publicKey: readPublicKey(key.publicKey),
});

describe('readCheckpoint', () => {
  const read = (lines: string) => readCheckpoint(signNote(lines, [log]));

  test('origin, size and root', () => {
    expect(read(text)).toMatchObject({ origin: 'log.example', size: 42n, rootHash });
  });

  test('lines after the root are passed over, and belong to the signed text', () => {
    const extended = `${text}Timestamp: 1689177396617352539\nLog frozen \u2014 today\n`;
    expect(read(extended)).toMatchObject({ size: 42n, note: { text: extended } });
  });

  test.each(['0', '1', '9223372036854775807', '9999999999999999999'])('a size of %s', (size) => {
    expect(read(`log.example\n${size}\n${root}\n`).size).toBe(BigInt(size));
  });

  test.each([
    ['no origin', `\n42\n${root}\n`, /has no origin/],
    ['no size', `log.example\n${root}\n`, /not a tree size/],
    ['the origin alone', 'log.example\n', /not a tree size/],
    ['an empty size', `log.example\n\n${root}\n`, /not a tree size/],
    ['a size with a leading zero', `log.example\n042\n${root}\n`, /not a tree size/],
    ['a size with a sign', `log.example\n+42\n${root}\n`, /not a tree size/],
    ['a negative size', `log.example\n-1\n${root}\n`, /not a tree size/],
    ['a size in hexadecimal', `log.example\n0x42\n${root}\n`, /not a tree size/],
    ['a size with a fraction', `log.example\n4.2\n${root}\n`, /not a tree size/],
    ['a size with a space', `log.example\n 42\n${root}\n`, /not a tree size/],
    ['a size of twenty digits', `log.example\n18446744073709551615\n${root}\n`, /not a tree size/],
    ['a size in other digits', `log.example\n\u0664\u0662\n${root}\n`, /not a tree size/],
    ['no root', 'log.example\n42\n', /root hash of the checkpoint has 0 bytes/],
    [
      'a root of 31 bytes',
      `log.example\n42\n${encodeBase64(rootHash.subarray(1))}\n`,
      /root hash of the checkpoint has 31 bytes/,
    ],
    [
      'a root of 33 bytes',
      `log.example\n42\n${encodeBase64(new Uint8Array(33))}\n`,
      /root hash of the checkpoint has 33 bytes/,
    ],
    ['a root in hexadecimal', `log.example\n42\n${'07'.repeat(32)}\n`, /root hash of the checkpoint has 48 bytes/],
    [
      'a root that is not canonical',
      `log.example\n42\n${root.slice(0, -2)}d=\n`,
      /root hash of the checkpoint: the unused bits/,
    ],
    ['an empty line after the root', `${text}\nmore\n`, /an empty line/],
    ['an empty line at the end', `${text}\n`, /an empty line/],
  ])('%s is refused', (_, lines, reason) => {
    expectFailure(() => read(lines), 'CHECKPOINT_INVALID', reason);
  });
});

describe('verifyCheckpoint', () => {
  const verifies = async (envelope: string, key: CheckpointKey = keyOf(log)) => {
    await verifyCheckpoint(readCheckpoint(envelope), key);
    return true;
  };
  const refused = (envelope: string, reason: RegExp, key: CheckpointKey = keyOf(log)) =>
    expectRejection(() => verifies(envelope, key), 'CHECKPOINT_INVALID', reason);

  test.each(['Ed25519', 'P-256'] as const)('a log with a key of the kind %s', async (kind) => {
    const signer = noteSigner('log.example', generateSigningKey(kind));
    const envelope = signNote(text, [signer]);
    expect(await verifies(envelope, keyOf(signer))).toBe(true);
    await refused(envelope.replace('\n42\n', '\n43\n'), /is invalid/, keyOf(signer));
    await refused(envelope.replace(root, encodeBase64(new Uint8Array(32))), /is invalid/, keyOf(signer));
  });

  test('a log with an RSA key, by PKCS #1 v1.5 alone', async () => {
    for (const padding of ['pkcs1', 'pss'] as const) {
      const rsa = rsaKey(2048, padding);
      const key = { ...log.key, publicKey: rsa.publicKey, sign: rsa.sign };
      const signer = { ...log, key, sign: (bytes: Uint8Array) => rsa.sign(bytes) };
      if (padding === 'pkcs1') expect(await verifies(signNote(text, [signer]), keyOf(signer))).toBe(true);
      else await refused(signNote(text, [signer]), /is invalid/, keyOf(signer));
    }
  });

  test('the signature covers the lines after the root, and the last newline', async () => {
    const envelope = signNote(`${text}Timestamp: 1\n`, [log]);
    expect(await verifies(envelope)).toBe(true);
    await refused(envelope.replace('Timestamp: 1', 'Timestamp: 2'), /is invalid/);
    await refused(`${text}\n${signatureLine(log, log.key.sign(Buffer.from(text.slice(0, -1))))}`, /is invalid/);
  });

  test('the lines of others are passed over, wherever they stand and whatever they are worth', async () => {
    const otherKey = noteSigner('log.example', generateSigningKey('Ed25519'));
    expect(await verifies(signNote(text, [witness, log]))).toBe(true);
    expect(await verifies(signNote(text, [log, witness]))).toBe(true);
    expect(await verifies(`${signNote(text, [log])}${signatureLine(witness, new Uint8Array(64))}`)).toBe(true);
    // The log's name with the hint of a key that is not known.
    expect(await verifies(signNote(text, [otherKey, log]))).toBe(true);
  });

  test('a line of the known key that fails is refused, even beside one that verifies', async () => {
    const bad = signatureLine(log, log.key.sign(Buffer.from('something else')));
    await refused(`${text}\n${bad}`, /signature by log\.example is invalid/);
    await refused(`${signNote(text, [log])}${bad}`, /is invalid/);
    await refused(signNote(text, [log]).replace('\n\n', `\n\n${bad}`), /is invalid/);
  });

  test('no line of the log is refused', async () => {
    await refused(signNote(text, [witness]), /not signed by log\.example/);
  });

  test('another key hint under the name of the log is refused, though the signature is right', async () => {
    const keyHash = log.keyHash.with(0, (log.keyHash[0] ?? 0) ^ 1);
    await refused(signNote(text, [{ ...log, keyHash }]), /not signed by log\.example/);
  });

  test('another name with the key of the log is refused, though the signature is right', async () => {
    await refused(signNote(text, [{ ...log, name: 'log.exampl' }]), /not signed by log\.example/);
    // Names are not patterns.
    const pattern = { ...log, name: 'log-example' };
    await refused(signNote(text, [pattern]), /not signed by log\.example/);
  });

  test('the checkpoint of another log is refused, though this log signed it', async () => {
    const other = signNote(text.replace('log.example', 'other.example'), [log]);
    await refused(other, /origin is "other\.example"; expected "log\.example"/);
    await refused(signNote(text.replace('log.example', 'log.example '), [log]), /origin is "log\.example "/);
  });

  test('the origin of Rekor v1 has the id of the tree behind the name', async () => {
    const shard = (suffix: string) => signNote(text.replace('log.example', `log.example${suffix}`), [log]);
    expect(await verifies(shard(' - 1193050959916656506'))).toBe(true);
    for (const suffix of [' - ', ' - 12a', ' - 1 2', ' -1', '- 1', ' - -1', '1', '.evil.example - 1']) {
      await refused(shard(suffix), /expected "log\.example"/);
    }
  });

  test('a key id of which nothing is known has no line', async () => {
    await refused(signNote(text, [log]), /not signed/, { ...keyOf(log), keyId: new Uint8Array() });
  });
});

describe('checkpoints of real logs', () => {
  test.each([
    ...[...messageBundles, 'rekor2-dsse-happy-path'].map((name) => [name, `vectors/${name}.root.json`] as const),
    ...oldLogBundles.map((name) => [name, 'roots/public-good.trusted_root.json'] as const),
  ])('%s', async (name, root) => {
    const { logEntries } = readBundle(fixture(`vectors/${name}.json`));
    const { transparencyLogs } = readTrustedRoot(fixture(root));
    const [entry] = logEntries;
    const key = transparencyLogs.find(({ keyId }) =>
      Buffer.from(keyId).equals(entry?.logKeyId ?? new Uint8Array()),
    )?.checkpointKey;
    if (entry === undefined || key === undefined) throw new Error('the vector has an entry of a known log');
    const { checkpoint: envelope, treeSize, rootHash } = proofOf(entry);
    const checkpoint = readCheckpoint(envelope);
    expect(await verifyCheckpoint(checkpoint, key)).toBeUndefined();
    expect(checkpoint).toMatchObject({ size: treeSize, rootHash });
    const larger = readCheckpoint(envelope.replace(`\n${checkpoint.size}\n`, `\n${checkpoint.size + 1n}\n`));
    await expectRejection(() => verifyCheckpoint(larger, key), 'CHECKPOINT_INVALID', /is invalid/);
  });

  test('the one with a witness has two lines, of which the log has one', () => {
    const { logEntries } = readBundle(fixtureText('vectors/rekor2-checkpoint-cosigned.json'));
    const { note } = readCheckpoint(proofOf(logEntries[0]).checkpoint);
    expect(note.signatures.map(({ name }) => name)).toEqual(['log2025-alpha1.rekor.sigstage.dev', 'witness.example']);
    expect(encodeBase64(note.signatures[0]?.keyHint ?? new Uint8Array())).toBe('8w1amQ==');
  });

  test('the key hint of the public-good log of 2025', () => {
    const { transparencyLogs } = readTrustedRoot(fixture('roots/public-good.trusted_root.json'));
    const hints = transparencyLogs.map(({ checkpointKey }) => [
      checkpointKey.names,
      encodeBase64(checkpointKey.keyId.subarray(0, 4)),
    ]);
    expect(hints).toEqual([
      [['rekor.sigstore.dev', 'rekor.sigstore.dev'], 'wNI9ag=='],
      [['log2025-1.rekor.sigstore.dev', 'log2025-1.rekor.sigstore.dev'], 'zxGZFQ=='],
    ]);
  });
});
