/** Signed notes (C2SP signed-note): a text and the signatures below it. */

import { decodeBase64, isWellFormed, utf8 } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';

export interface NoteSignature {
  readonly name: string;
  /** The first four bytes of the key id. */
  readonly keyHint: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** The text with its final newline: what the signatures cover. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const maxLength = 1024 * 1024;
const maxSignatures = 100;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids these in a note
const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
const signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;

/**
 * Reads a signed note. No signature is verified. A repeated line counts as one signature.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export function readSignedNote(note: string): SignedNote {
  if (note.length > maxLength)
    fail('LIMIT_EXCEEDED', `the checkpoint has ${note.length} characters; the limit is ${maxLength}`);
  if (forbidden.test(note) || !isWellFormed(note))
    fail('CHECKPOINT_INVALID', 'the checkpoint contains control characters');
  const split = note.lastIndexOf('\n\n');
  if (split === -1 || !note.endsWith('\n') || note.length === split + 2)
    fail('CHECKPOINT_INVALID', 'the checkpoint has no signatures');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > maxSignatures)
    fail('LIMIT_EXCEEDED', `the checkpoint has ${lines.length} signatures; the limit is ${maxSignatures}`);
  return { text: note.slice(0, split + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}

function readSignatureLine(line: string): NoteSignature {
  const [, name = '', encoded = ''] =
    signatureLine.exec(line) ?? fail('CHECKPOINT_INVALID', 'the checkpoint has a malformed signature line');
  const bytes = reading('CHECKPOINT_INVALID', `the checkpoint's signature by ${name}`, () => decodeBase64(encoded));
  if (bytes.length < 5) fail('CHECKPOINT_INVALID', `the checkpoint's signature by ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** Returns the bytes that the signatures of a note cover. */
export function signedBytes(note: SignedNote): Uint8Array {
  return utf8(note.text);
}
