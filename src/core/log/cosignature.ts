/** Cosignatures of witnesses (C2SP tlog-cosignature), who sign that they have seen a log grow to a checkpoint, and when. */

import { sha256 } from '@noble/hashes/sha2.js';
import { keyText, type PublicKey, readPublicKey, verifySignature } from '../crypto/index.ts';
import { concatBytes, decodeBase64, decodeHex, der, equalBytes, readUint, utf8 } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { signedBytes } from './signed-note.ts';

/** A key that signs notes under a name. */
export interface NoteKey {
  readonly name: string;
  /** The first four bytes of the key's id. */
  readonly keyHint: Uint8Array;
  readonly publicKey: PublicKey;
}

/**
 * Returns the number of witnesses. Keys of one name are one witness, and so are names of one key: either way one party signs.
 */
export function countWitnesses(witnesses: readonly NoteKey[]): number {
  const parties: Set<string>[] = [];
  for (const { name, publicKey } of witnesses) {
    const marks = [`name ${name}`, `key ${keyText(publicKey)}`];
    const same = parties.filter((party) => marks.some((mark) => party.has(mark)));
    for (const party of same) parties.splice(parties.indexOf(party), 1);
    parties.push(new Set([...marks, ...same.flatMap((party) => [...party])]));
  }
  return parties.length;
}

/** `cosignature/v1` by Ed25519, the only type that is verified. */
const cosignatureType = 4;

/**
 * Reads a witness's key as it is published (C2SP signed-note, "Verifier keys"): `<name>+<hint>+<base64 of type and key>`.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readWitnessKey(text: string): NoteKey {
  const [, name = '', hint = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ??
    fail('KEY_INVALID', 'a witness key must have the form <name>+<8 hexadecimal digits>+<base64>');
  const bytes = reading('KEY_INVALID', `the key of the witness ${name}`, () => decodeBase64(encoded));
  if (bytes[0] !== cosignatureType)
    fail('KEY_UNSUPPORTED', `the key of the witness ${name} is not an Ed25519 cosignature key`);
  const keyHint = sha256(concatBytes(utf8(`${name}\n`), bytes)).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(hint)))
    fail('KEY_INVALID', `the key of the witness ${name} does not match its key ID ${hint}`);
  const spki = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(bytes.subarray(1)));
  return { name, keyHint, publicKey: readPublicKey(spki) };
}

/**
 * Reports whether a witness has cosigned a checkpoint. A cosignature that does not verify is an error, unlike a missing one, whose
 * witness may not have seen the checkpoint yet.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export async function isCosignedBy(checkpoint: Checkpoint, witness: NoteKey): Promise<boolean> {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint),
  );
  for (const { signature } of lines) {
    const time = readUint(signature.subarray(0, 8));
    const text = concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), signedBytes(checkpoint.note));
    // A signature of Ed25519 has 64 bytes.
    if (!(await verifySignature(witness.publicKey, signature.subarray(8), text, 'sha512')))
      fail('CHECKPOINT_INVALID', `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}
