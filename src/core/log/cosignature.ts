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

/** The type of a verifier key for `cosignature/v1` by Ed25519. */
const cosignatureType = 4;

/** The parts of a verifier key (C2SP signed-note, "Verifier keys"). */
export interface VerifierKeyParts {
  readonly name: string;
  /** As it is written: four bytes in hexadecimal. */
  readonly keyId: string;
  /** The type of the key's signatures, and the key. */
  readonly bytes: Uint8Array;
}

/**
 * Splits a verifier key: `<name>+<key ID>+<base64 of type and key>`. The base64 may contain further plus signs.
 *
 * @param owner for errors: `witness`
 * @throws CountersignError `KEY_INVALID`
 */
export function splitVerifierKey(text: string, owner: string): VerifierKeyParts {
  const [, name = '', keyId = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ??
    fail('KEY_INVALID', `a ${owner} key must have the form <name>+<8 hexadecimal digits>+<base64>`);
  const bytes = reading('KEY_INVALID', `the key of the ${owner} ${name}`, () => decodeBase64(encoded));
  return { name, keyId, bytes };
}

/**
 * Returns the key ID of a verifier key, after comparing it with the hash of the name and what identifies the key.
 *
 * @throws CountersignError `KEY_INVALID`
 */
export function checkKeyId({ name, keyId }: VerifierKeyParts, hashed: Uint8Array, owner: string): Uint8Array {
  const keyHint = sha256(hashed).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(keyId)))
    fail('KEY_INVALID', `the key of the ${owner} ${name} does not match its key ID ${keyId}`);
  return keyHint;
}

/** Returns the Ed25519 key of these 32 bytes. */
export function readEd25519Key(raw: Uint8Array): PublicKey {
  return readPublicKey(der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(raw)));
}

/**
 * Reads the verifier key of a witness with an Ed25519 key.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readWitnessKey(text: string): NoteKey {
  const parts = splitVerifierKey(text, 'witness');
  const { name, bytes } = parts;
  if (bytes[0] !== cosignatureType)
    fail('KEY_UNSUPPORTED', `the key of the witness ${name} is not an Ed25519 cosignature key`);
  const keyHint = checkKeyId(parts, concatBytes(utf8(`${name}\n`), bytes), 'witness');
  return { name, keyHint, publicKey: readEd25519Key(bytes.subarray(1)) };
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
    // A signature of Ed25519 has 64 bytes.
    if (
      !(await verifySignature(witness.publicKey, signature.subarray(8), cosignedText(checkpoint, signature), 'sha512'))
    )
      fail('CHECKPOINT_INVALID', `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}

/** Returns the text that a witness with an Ed25519 key signs. A cosignature begins with its time: seconds since 1970, eight bytes. */
export function cosignedText({ note }: Checkpoint, cosignature: Uint8Array): Uint8Array {
  const time = readUint(cosignature.subarray(0, 8));
  return concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), signedBytes(note));
}
