/** Cosignatures of witnesses (C2SP tlog-cosignature), who sign that they have seen a log grow to a checkpoint, and when. */

import { sha256 } from '@noble/hashes/sha2.js';
import { keyText, type PublicKey, readPublicKey, verifySignature } from '../crypto/index.ts';
import { concatBytes, decodeBase64, decodeHex, der, encodeHex, equalBytes, readUint, utf8 } from '../encoding/index.ts';
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

/** A key of ML-DSA-44 (FIPS 204), which cosigns checkpoints with a time. */
export interface MlDsaKey {
  readonly type: 'ml-dsa-44';
  readonly name: string;
  readonly keyHint: Uint8Array;
  /** 1312 bytes */
  readonly raw: Uint8Array;
}

/** A key of a witness. */
export type WitnessKey = (NoteKey & { readonly type: 'ed25519-cosignature' }) | MlDsaKey;

/**
 * Returns the number of witnesses. Keys of one name are one witness, and so are names of one key: either way one party signs.
 */
export function countWitnesses(witnesses: readonly WitnessKey[]): number {
  const parties: Set<string>[] = [];
  for (const key of witnesses) {
    const marks = [`name ${key.name}`, `key ${key.type === 'ml-dsa-44' ? encodeHex(key.raw) : keyText(key.publicKey)}`];
    const same = parties.filter((party) => marks.some((mark) => party.has(mark)));
    for (const party of same) parties.splice(parties.indexOf(party), 1);
    parties.push(new Set([...marks, ...same.flatMap((party) => [...party])]));
  }
  return parties.length;
}

/** The types of verifier keys for cosignatures by Ed25519 and by ML-DSA-44. */
const ed25519Type = 4;
const mlDsaType = 6;
/** The length of a key of ML-DSA-44 (FIPS 204, table 2). */
const mlDsaKeyLength = 1312;

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

/** Returns the ML-DSA-44 key of these bytes. */
export function readMlDsaKey(raw: Uint8Array): Uint8Array {
  if (raw.length !== mlDsaKeyLength)
    fail('KEY_INVALID', `an ML-DSA-44 key must have ${mlDsaKeyLength} bytes, not ${raw.length}`);
  return raw;
}

/**
 * Reads the verifier key of a witness.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readWitnessKey(text: string): WitnessKey {
  const parts = splitVerifierKey(text, 'witness');
  const { name, bytes } = parts;
  if (bytes[0] !== ed25519Type && bytes[0] !== mlDsaType)
    fail('KEY_UNSUPPORTED', `the key of the witness ${name} is not a cosignature key of Ed25519 or ML-DSA-44`);
  const keyHint = checkKeyId(parts, concatBytes(utf8(`${name}\n`), bytes), 'witness');
  const raw = bytes.subarray(1);
  return bytes[0] === mlDsaType
    ? { type: 'ml-dsa-44', name, keyHint, raw: readMlDsaKey(raw) }
    : { type: 'ed25519-cosignature', name, keyHint, publicKey: readEd25519Key(raw) };
}

/**
 * Reports whether a witness has cosigned a checkpoint. A cosignature that does not verify is an error, unlike a missing one, whose
 * witness may not have seen the checkpoint yet.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`
 */
export async function isCosignedBy(checkpoint: Checkpoint, witness: WitnessKey): Promise<boolean> {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint),
  );
  for (const { signature } of lines) {
    if (!(await isSigned(checkpoint, witness, signature)))
      fail('CHECKPOINT_INVALID', `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}

/** Reports whether a cosignature is valid. It begins with its time. */
export async function isSigned(checkpoint: Checkpoint, witness: WitnessKey, cosignature: Uint8Array): Promise<boolean> {
  if (witness.type === 'ml-dsa-44')
    return (await import('./ml-dsa.ts')).isSignedByMlDsa(checkpoint, witness, cosignature);
  const { publicKey } = witness;
  return verifySignature(publicKey, cosignature.subarray(8), cosignedText(checkpoint, cosignature), 'sha512');
}

/** Returns the text that a witness with an Ed25519 key signs. A cosignature begins with its time: seconds since 1970, eight bytes. */
function cosignedText({ note }: Checkpoint, cosignature: Uint8Array): Uint8Array {
  const time = readUint(cosignature.subarray(0, 8));
  return concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), signedBytes(note));
}
