/** Signed notes (C2SP signed-note) and the checkpoints written on them (C2SP tlog-checkpoint). */

import {
  concatBytes,
  decodeBase64,
  encodeBase64,
  encodeHex,
  equalBytes,
  uintBytes,
  utf8,
} from '../../src/core/encoding/index.ts';
import { hashOf, keyBits, type MlDsaKey, type SigningKey } from '../pki/index.ts';
import type { Clock } from '../sources.ts';

/** A key, and the name under which it signs notes. */
export interface NoteSigner<Key extends SigningKey | MlDsaKey = SigningKey | MlDsaKey> {
  readonly name: string;
  /** The log's id in a trusted root, whose first four bytes are the key id in a note. */
  readonly keyHash: Uint8Array;
  readonly key: Key;
  /** Returns what follows the key id, for a note of this text. */
  sign(text: Uint8Array): Uint8Array;
}

/** Signature types (C2SP signed-note). */
const ed25519Type = 1;
const ecdsaType = 2;
const cosignatureTypes = { Ed25519: 4, 'ML-DSA-44': 6 } as const;

/** Creates the signer of a log. An Ed25519 key is hashed with its name and type, an ECDSA key alone, as Sigstore does it. */
export function noteSigner(name: string, key: SigningKey): NoteSigner<SigningKey> {
  const keyHash =
    key.kind === 'Ed25519' ? namedKeyHash(name, ed25519Type, keyBits(key.publicKey)) : hashOf('sha256', key.publicKey);
  return { name, key, keyHash, sign: (text) => key.sign(text) };
}

/** Creates a witness: an Ed25519 or ML-DSA-44 key that cosigns checkpoints (C2SP tlog-cosignature). */
export function witness<Key extends SigningKey | MlDsaKey>(name: string, key: Key, clock: Clock): NoteSigner<Key> {
  const message = key.kind === 'ML-DSA-44' ? cosignedMessage : cosignedText;
  const sign = (text: Uint8Array): Uint8Array => {
    const time = Math.floor(clock().getTime() / 1000);
    return concatBytes(uintBytes(time, 8), key.sign(message(name, time, text)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType(key), keyBits(key.publicKey)), sign };
}

function cosignatureType({ kind }: SigningKey | MlDsaKey): number {
  return kind === 'ML-DSA-44' ? cosignatureTypes[kind] : cosignatureTypes.Ed25519;
}

/** Returns what an Ed25519 witness signs: the time and the whole text. */
function cosignedText(_name: string, time: number, text: Uint8Array): Uint8Array {
  return concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), text);
}

/** Returns what an ML-DSA-44 witness signs, a `cosigned_message`: not the extension lines. */
function cosignedMessage(name: string, time: number, text: Uint8Array): Uint8Array {
  const { origin, size, root } = readCheckpointText(text);
  const named = (bytes: Uint8Array): Uint8Array => concatBytes(uintBytes(bytes.length, 1), bytes);
  const tree = [uintBytes(0, 8), uintBytes(size, 8), root];
  return concatBytes(utf8('subtree/v1\n\0'), named(utf8(name)), uintBytes(time, 8), named(utf8(origin)), ...tree);
}

/** Returns the verifier key of a witness or a log (C2SP signed-note). */
export function verifierKey({ name, keyHash, key }: NoteSigner): string {
  const raw = keyBits(key.publicKey);
  const isWitness = equalBytes(namedKeyHash(name, cosignatureType(key), raw), keyHash);
  const [type, bytes] = isWitness
    ? [cosignatureType(key), raw]
    : key.kind === 'Ed25519'
      ? [ed25519Type, raw]
      : [ecdsaType, key.publicKey];
  const encoded = encodeBase64(concatBytes(new Uint8Array([type]), bytes));
  return `${name}+${encodeHex(keyHash.subarray(0, 4))}+${encoded}`;
}

export function namedKeyHash(name: string, type: number, key: Uint8Array): Uint8Array {
  return hashOf('sha256', utf8(`${name}\n`), new Uint8Array([type]), key);
}

/** Signs a text, which must end with a newline. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return `${text}\n${signers.map((signer) => signatureLine(signer, signer.sign(utf8(text)))).join('')}`;
}

export function signatureLine({ name, keyHash }: Pick<NoteSigner, 'name' | 'keyHash'>, signature: Uint8Array): string {
  return `— ${name} ${encodeBase64(concatBytes(keyHash.subarray(0, 4), signature))}\n`;
}

/** A line below the text of a note. */
export interface NoteLine {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Splits a note into its text and its signatures.
 *
 * @throws RangeError if it is not a note; CountersignError `BASE64_INVALID`
 */
export function readNote(note: string): { readonly text: string; readonly lines: readonly NoteLine[] } {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) throw new RangeError('the note has no signatures');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  return { text: note.slice(0, end + 1), lines: signatures.map(readNoteLine) };
}

function readNoteLine(line: string): NoteLine {
  const [, name, blob] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (name === undefined || blob === undefined) throw new RangeError('a line of the note is not a signature');
  const bytes = decodeBase64(blob);
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** The lines after the root, without newlines. */
  readonly extensionLines: readonly string[];
}

export function checkpointText({ origin, size, root, extensionLines }: Checkpoint): string {
  return [origin, String(size), encodeBase64(root), ...extensionLines].map((line) => `${line}\n`).join('');
}

/**
 * Reads the text of a checkpoint.
 *
 * @throws RangeError if it is not a checkpoint's
 */
export function readCheckpointText(text: Uint8Array): Checkpoint {
  const [origin = '', size = '', root = '', ...extensionLines] = Buffer.from(text).toString().slice(0, -1).split('\n');
  const isRight = origin !== '' && /^(?:0|[1-9]\d{0,14})$/.test(size) && /^[A-Za-z0-9+/]{43}=$/.test(root);
  if (!isRight) throw new RangeError('the text is not that of a checkpoint');
  return { origin, size: Number(size), root: decodeBase64(root), extensionLines };
}
