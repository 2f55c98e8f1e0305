import { describe, expect, test } from '@jest/globals';
import { namedKeyHash, noteSigner, signatureLine, signNote, verifierKey, witness } from '../../../sandbox/log/index.ts';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { concatBytes, encodeBase64, uintBytes, utf8 } from '../../../src/core/encoding/index.ts';
import { isCosignedBy, readCheckpoint, readWitnessKey, type WitnessKey } from '../../../src/core/log/index.ts';
import { fixture, proofOf } from '../bundle/vectors.ts';
import { expectFailure, expectRejection } from '../errors/failure.ts';
import { mlDsa } from './fixtures.ts';

const time = new Date('2026-11-23T12:00:00Z');
const log = noteSigner('log.example', generateSigningKey('Ed25519'));
const signer = witness('witness.example/one', generateSigningKey('Ed25519'), () => time);
const key = readWitnessKey(verifierKey(signer));
const text = `log.example\n42\n${encodeBase64(new Uint8Array(32).fill(7))}\n`;
const note = signNote(text, [log]);
const cosigned = signNote(text, [log, signer]);

const isCosigned = (envelope: string, by: WitnessKey = key) => isCosignedBy(readCheckpoint(envelope), by);
const refused = (envelope: string, by: WitnessKey = key) =>
  expectRejection(
    () => isCosigned(envelope, by),
    'CHECKPOINT_INVALID',
    /^the cosignature of witness\.example\/one is invalid$/,
  );

describe('an entry of policy.witnesses.keys', () => {
  test('is its name, its hint and itself', () => {
    expect(key).toMatchObject({
      name: 'witness.example/one',
      publicKey: { kind: 'ed25519', spki: signer.key.publicKey },
    });
    expect(key.keyHint).toEqual(signer.keyHash.subarray(0, 4));
  });

  const raw = signer.key.publicKey.subarray(-32);
  const written = (name: string, type: number, bytes: Uint8Array) =>
    `${name}+${Buffer.from(namedKeyHash(name, type, bytes).subarray(0, 4)).toString('hex')}+${encodeBase64(concatBytes(new Uint8Array([type]), bytes))}`;

  test('written out here is the same', () => {
    expect(readWitnessKey(written('witness.example/one', 4, raw))).toEqual(key);
  });

  test.each([
    ['nothing', '', /must have the form <name>/],
    ['a name alone', 'witness.example', /must have the form <name>/],
    ['a name with a space', written('witness example', 4, raw), /must have the form <name>/],
    ['no name', written('', 4, raw), /must have the form <name>/],
    ['a hint in upper case', verifierKey(signer).replace(/\+[0-9a-f]{8}\+/, '+ABCDEF01+'), /must have the form <name>/],
    ['a short hint', verifierKey(signer).replace(/\+[0-9a-f]{8}\+/, '+abcdef+'), /must have the form <name>/],
    ['a line behind it', `${verifierKey(signer)}\n`, /must have the form <name>/],
    ['another name', verifierKey(signer).replace('/one', '/two'), /does not match its key ID/],
    ['another hint', verifierKey(signer).replace(/\+[0-9a-f]{8}\+/, '+00000000+'), /does not match its key ID/],
    ['a key of 31 bytes', written('a', 4, raw.subarray(1)), /Ed25519 key must have 32 bytes, not 31/],
    [
      'a key of 33 bytes',
      written('a', 4, concatBytes(raw, new Uint8Array(1))),
      /Ed25519 key must have 32 bytes, not 33/,
    ],
    ['base64 that is not canonical', `${verifierKey(signer).slice(0, -2)}==`, /the key of the witness/],
  ])('%s is none', (_, line, reason) => {
    expectFailure(() => readWitnessKey(line), 'KEY_INVALID', reason);
  });

  test.each([1, 2, 5, 0xff])('of the type %d is not verified with', (type) => {
    const reason = /not a cosignature key of Ed25519 or ML-DSA-44/;
    expectFailure(() => readWitnessKey(written('a', type, raw)), 'KEY_UNSUPPORTED', reason);
  });

  test('can be one of ML-DSA-44, of 1312 bytes', () => {
    const post = readWitnessKey(mlDsa.vkey);
    expect(post).toMatchObject({ type: 'ml-dsa-44', raw: { length: 1312 } });
    expectFailure(() => readWitnessKey(written('a', 6, raw)), 'KEY_INVALID', /must have 1312 bytes, not 32/);
    const [name = ''] = mlDsa.vkey.split('+');
    expectFailure(() => readWitnessKey(mlDsa.vkey.replace(name, 'x')), 'KEY_INVALID', /does not match its key ID/);
  });
});

describe('a cosignature', () => {
  test('is there, wherever it stands', async () => {
    expect(await isCosigned(cosigned)).toBe(true);
    expect(await isCosigned(signNote(text, [signer, log]))).toBe(true);
  });

  test('is not there', async () => {
    expect(await isCosigned(note)).toBe(false);
    const other = witness('witness.example/two', signer.key, () => time);
    expect(await isCosigned(signNote(text, [log, other]))).toBe(false);
    // Its name with the hint of another key is a line of somebody else.
    const namesake = witness('witness.example/one', generateSigningKey('Ed25519'), () => time);
    expect(await isCosigned(signNote(text, [log, namesake]))).toBe(false);
    // So is its hint with another name, even with what the witness itself has signed.
    const renamed = { ...signer, name: 'witness.example/two' };
    expect(await isCosigned(`${note}${signatureLine(renamed, signer.sign(utf8(text)))}`)).toBe(false);
  });

  test('of another checkpoint', async () => {
    await refused(cosigned.replace('\n42\n', '\n43\n'));
    await refused(cosigned.replace('log.example\n', 'other.example\n'));
    await refused(cosigned.replace(encodeBase64(new Uint8Array(32).fill(7)), encodeBase64(new Uint8Array(32))));
  });

  test('of a line added to the checkpoint', async () => {
    await refused(cosigned.replace('\n\n', '\nmore\n\n'));
  });

  /** A line of the witness with these bytes. */
  const line = (bytes: Uint8Array) => `${note}${signatureLine(signer, bytes)}`;
  const seconds = time.getTime() / 1000;
  const signed = signer.sign(utf8(text));

  test('at another time', async () => {
    expect(await isCosigned(line(signed))).toBe(true);
    await refused(line(concatBytes(uintBytes(seconds + 1, 8), signed.subarray(8))));
    await refused(line(concatBytes(new Uint8Array(8).fill(0xff), signed.subarray(8))));
  });

  test('over the checkpoint alone, as a log signs', async () => {
    await refused(line(concatBytes(uintBytes(seconds, 8), signer.key.sign(utf8(text)))));
    await refused(line(signer.key.sign(utf8(text))));
  });

  test('of another length', async () => {
    await refused(line(signed.subarray(0, 71)));
    await refused(line(concatBytes(signed, new Uint8Array(1))));
    await refused(line(signed.subarray(8)));
    await refused(line(new Uint8Array(3)));
  });

  test('that does not verify, beside one that does', async () => {
    const bad = signatureLine(signer, concatBytes(uintBytes(seconds, 8), new Uint8Array(64)));
    await refused(`${cosigned}${bad}`);
    await refused(cosigned.replace('\n\n', `\n\n${bad}`));
  });

  test('by another key, which claims the hint', async () => {
    const other = witness('witness.example/one', generateSigningKey('Ed25519'), () => time);
    await refused(`${note}${signatureLine(signer, other.sign(utf8(text)))}`);
  });
});

describe('a cosignature by ML-DSA-44', () => {
  const post = readWitnessKey(mlDsa.vkey);
  const by = `${signNote(mlDsa.text, [log])}${mlDsa.cosignature}`;
  const invalid = (envelope: string) =>
    expectRejection(() => isCosigned(envelope, post), 'CHECKPOINT_INVALID', /^the cosignature of .* is invalid$/);

  test('is there, or not', async () => {
    expect(await isCosigned(by, post)).toBe(true);
    expect(await isCosigned(signNote(mlDsa.text, [log]), post)).toBe(false);
    expect(await isCosigned(by, key)).toBe(false);
  });

  test('of another checkpoint, or of another length', async () => {
    await invalid(by.replace('\n42\n', '\n43\n'));
    await invalid(
      `${signNote(mlDsa.text, [log])}${signatureLine({ name: post.name, keyHash: post.keyHint }, new Uint8Array(72))}`,
    );
  });
});

test('a real checkpoint with a witness is one that others have not cosigned', async () => {
  const [entry] = readBundle(fixture('vectors/rekor2-checkpoint-cosigned.json')).logEntries;
  const checkpoint = readCheckpoint(proofOf(entry).checkpoint);
  expect(checkpoint.note.signatures.map(({ name }) => name)).toContain('witness.example');
  expect(await isCosignedBy(checkpoint, key)).toBe(false);
  const claimed = checkpoint.note.signatures.find(({ name }) => name === 'witness.example');
  if (claimed === undefined) throw new Error('the vector has a witness');
  const forged = { ...key, name: 'witness.example', keyHint: claimed.keyHint };
  await expectRejection(() => isCosignedBy(checkpoint, forged), 'CHECKPOINT_INVALID', /is invalid/);
});
