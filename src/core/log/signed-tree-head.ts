/**
 * Tree heads of certificate logs (RFC 6962, section 3.5), as signed notes of signature type 5 (C2SP static-ct-api, "Checkpoints"). A tree
 * head that a log serves as JSON has the same signed bytes, and is written as such a note too.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { type PublicKey, verifySignature } from '../crypto/index.ts';
import { concatBytes, encodeBase64, equalBytes, readUint, uintBytes, utf8 } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { Checkpoint } from './checkpoint.ts';

/** A tree head as RFC 6962 has it (section 4.3). */
export interface SignedTreeHead {
  readonly size: number;
  /** 32 bytes */
  readonly root: Uint8Array;
  /** The time that the log signed: milliseconds since 1970. */
  readonly milliseconds: number;
  /** DigitallySigned: two bytes that name the algorithm, and the signature with its length. */
  readonly signature: Uint8Array;
}

/** The key of a certificate log. */
export interface CertificateLogKey {
  /** SHA-256 of the log's SubjectPublicKeyInfo. */
  readonly logId: Uint8Array;
  readonly publicKey: PublicKey;
}

const signatureType = 5;
/** The last time that a Date can represent. */
const latestTime = 8_640_000_000_000_000n;

/**
 * Writes a tree head as a note.
 *
 * @param name the origin: the URL of the log without its scheme
 */
export function treeHeadNote(name: string, logId: Uint8Array, head: SignedTreeHead): string {
  const signature = concatBytes(keyHintOf(name, logId), uintBytes(head.milliseconds, 8), head.signature);
  return `${name}\n${head.size}\n${encodeBase64(head.root)}\n\n\u2014 ${name} ${encodeBase64(signature)}\n`;
}

/**
 * Checks that a certificate log signed a checkpoint. The signature covers the time, the size and the root, but not the origin.
 *
 * @returns the time that the log signed
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export async function verifyTreeHead(checkpoint: Checkpoint, { logId, publicKey }: CertificateLogKey): Promise<Date> {
  const { origin, size, rootHash, note } = checkpoint;
  if (note.text.split('\n').length !== 4)
    fail('CHECKPOINT_INVALID', `the checkpoint of ${origin} has extension lines, which its signature does not cover`);
  const hint = keyHintOf(origin, logId);
  const lines = note.signatures.filter((line) => line.name === origin && equalBytes(line.keyHint, hint));
  let time = -1n;
  for (const { signature } of lines) {
    const milliseconds = readUint(signature.subarray(0, 8));
    const signed = concatBytes(
      new Uint8Array([0, 1]), // version 1, tree_hash
      uintBytes(milliseconds, 8),
      uintBytes(size, 8),
      rootHash,
    );
    const bytes = signatureIn(signature.subarray(8), publicKey);
    if (bytes === undefined || !(await verifySignature(publicKey, bytes, signed, 'sha256', ['pkcs1'])))
      fail('CHECKPOINT_INVALID', `the checkpoint's signature by ${origin} is invalid`);
    if (milliseconds > latestTime)
      fail('CHECKPOINT_INVALID', `the time of the checkpoint of ${origin} is out of range`);
    if (milliseconds > time) time = milliseconds;
  }
  if (time === -1n) fail('CHECKPOINT_INVALID', `the checkpoint is not signed by ${origin}`);
  return new Date(Number(time));
}

/** Returns the first four bytes of the id of the log's key in notes. */
function keyHintOf(name: string, logId: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8(`${name}\n`), new Uint8Array([signatureType]), logId)).subarray(0, 4);
}

/** Returns the signature in a DigitallySigned (RFC 5246, section 4.7), if it is one of SHA-256 with a key of this kind. */
function signatureIn(signed: Uint8Array, { kind }: PublicKey): Uint8Array | undefined {
  const [hash, algorithm, high = 0, low = 0] = signed;
  const signature = signed.subarray(4);
  const expected = kind === 'rsa' ? 1 : 3;
  return hash === 4 && algorithm === expected && signature.length === 256 * high + low ? signature : undefined;
}
