/** Entries of a log, in batches as a reader returns them. */

import { createHash } from 'node:crypto';
import { generateSigningKey } from '../../../sandbox/pki/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { CompactRange } from '../../../src/core/log/index.ts';
import type { EntryBatch, MonitoredLog } from '../../../src/monitor/log/index.ts';

export const origin = 'log.example.test';

export const log: MonitoredLog = {
  protocol: 'rekor-v2',
  baseUrl: 'https://log.example.test',
  publicKey: readPublicKey(generateSigningKey('Ed25519').publicKey),
  keyId: new Uint8Array(32),
  names: [origin],
  validFor: { start: new Date(0), end: undefined },
};

/** Returns the digest of the entry with this number, in hexadecimal. */
export const digestOf = (number: number): string => number.toString(16).padStart(64, '0');

/** Returns the key of an entry: a SEQUENCE, of which no more is read. */
export function keyOf(number: number): Buffer {
  return Buffer.from([0x30, 1, number % 3]);
}

/** Returns an entry of Rekor v2 with a key, of which every third has the same key. */
export function entryOf(number: number): Uint8Array {
  const digest = Buffer.from(digestOf(number), 'hex').toString('base64');
  const rawBytes = keyOf(number).toString('base64');
  const verifier = { keyDetails: 'PKIX_ECDSA_P256_SHA_256', publicKey: { rawBytes } };
  const spec = { data: { algorithm: 'SHA2_256', digest }, signature: { content: 'AA==', verifier } };
  return utf8(JSON.stringify({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002: spec } }));
}

/** Returns the entries from one number to another in batches. */
export function* batches(from: number, to: number, size = 256): Generator<EntryBatch> {
  let range = CompactRange.empty.with(hashes(0, from));
  for (let first = from; first < to; first += size) {
    const end = Math.min(first + size, to);
    range = range.with(hashes(first, end));
    yield { first, entries: Array.from({ length: end - first }, (_, at) => entryOf(first + at)), range };
  }
}

function* hashes(from: number, to: number): Generator<Uint8Array> {
  for (let number = from; number < to; number++)
    yield createHash('sha256').update('\0').update(entryOf(number)).digest();
}
