import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import {
  isWitnessKey,
  readCheckpoint,
  readVerifierKey,
  type VerifierKey,
  verifierKeyText,
  verifyCheckpoint,
} from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';
import { mlDsa, publicNotes } from './fixtures.ts';

const ed25519 = generateSigningKey('Ed25519').publicKey;
const p256 = generateSigningKey('P-256').publicKey;
const rawEd25519 = ed25519.subarray(-32);

const sha256 = (...parts: readonly (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** Writes a verifier key; the key ID is the hash of these parts. */
function written(name: string, type: number, key: Uint8Array, ...hashed: readonly (string | Uint8Array)[]): string {
  const typed = Buffer.concat([Buffer.from([type]), key]);
  const identified = hashed.length === 0 ? [`${name}\n`, typed] : hashed;
  return `${name}+${sha256(...identified)
    .subarray(0, 4)
    .toString('hex')}+${typed.toString('base64')}`;
}

describe('a verifier key', () => {
  test.each<[VerifierKey['type'], string, boolean]>([
    ['ed25519', written('a.example', 1, rawEd25519), false],
    ['ecdsa', written('a.example', 2, p256, p256), false],
    ['ed25519-cosignature', written('a.example', 4, rawEd25519), true],
    ['rfc6962', written('a.example', 5, p256, 'a.example\n', Buffer.from([5]), sha256(p256)), false],
    ['ml-dsa-44', mlDsa.vkey, true],
  ])('of type %s', (type, text, isWitness) => {
    const key = readVerifierKey(text, 'log');
    expect(key.type).toBe(type);
    expect(key.name).toBe(text.split('+')[0]);
    expect(encodeHex(key.keyHint)).toBe(text.split('+')[1]);
    expect(isWitnessKey(key)).toBe(isWitness);
  });

  test('may have plus signs in its base64', () => {
    const [text = ''] = publicNotes.witnesses.filter((key) => key.split('+').length > 3);
    expect(readVerifierKey(text, 'witness').name).toBe('witness.navigli.sunlight.geomys.org');
  });

  test('is the same under another name and type', () => {
    const [one, two] = [written('a.example', 1, rawEd25519), written('b.example', 4, rawEd25519)].map((text) =>
      readVerifierKey(text, 'log'),
    );
    expect(one && verifierKeyText(one)).toBe(two && verifierKeyText(two));
    const other = readVerifierKey(mlDsa.vkey, 'witness');
    expect(one && verifierKeyText(one)).not.toBe(verifierKeyText(other));
  });

  test.each([
    ['without a key', 'a.example+530d903a', /^a log key must have the form <name>\+<8 hexadecimal digits>\+<base64>$/],
    [
      'of Ed25519 with another key ID',
      written('a', 1, rawEd25519, 'x'),
      /^the key of the log a does not match its key ID/,
    ],
    ['of ECDSA with the key ID of other types', written('a', 2, p256), /does not match its key ID/],
    ['of a certificate log with the key ID of other types', written('a', 5, p256), /does not match its key ID/],
    ['of ECDSA that is an Ed25519 key', written('a', 2, ed25519, ed25519), /is of type ed25519, not ECDSA/],
    ['of Ed25519 with 31 bytes', written('a', 1, rawEd25519.subarray(1)), /must have 32 bytes, not 31/],
    ['of ML-DSA-44 with 1311 bytes', written('a', 6, new Uint8Array(1311)), /must have 1312 bytes, not 1311/],
    ['of ML-DSA-44 with another key ID', written('a', 6, new Uint8Array(1312), 'x'), /does not match its key ID/],
  ])('%s is refused', (_, text, message) => {
    expectFailure(() => readVerifierKey(text, 'log'), 'KEY_INVALID', message);
  });

  test.each([0, 3, 7, 0xfa, 0xff])('of type %d is not supported', (type) => {
    const message = /^the key of the log a has the signature type 0x[0-9a-f]{2}, which is not supported$/;
    expectFailure(() => readVerifierKey(written('a', type, rawEd25519), 'log'), 'KEY_UNSUPPORTED', message);
  });
});

test.each(publicNotes.notes.slice(1))(
  'the key of a public log verifies its checkpoint of size $note',
  async (vector) => {
    const key = readVerifierKey(vector.vkey, 'log');
    if (key.type !== 'ed25519') throw new Error('the log has an Ed25519 key');
    const checkpointKey = { names: [key.name], keyId: key.keyHint, publicKey: key.publicKey };
    await verifyCheckpoint(readCheckpoint(vector.note), checkpointKey);
  },
);
