/** Signed notes (C2SP signed-note) and the checkpoints written on them (C2SP tlog-checkpoint). */

import { concatBytes, encodeBase64, encodeHex, equalBytes, uintBytes, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf, keyBits, type SigningKey } from '../pki/index.ts';
import type { Clock } from '../sources.ts';

/** A key, and the name under which it signs notes. */
export interface NoteSigner {
  readonly name: string;
  /** The log's id in a trusted root, whose first four bytes are the key id in a note. */
  readonly keyHash: Uint8Array;
  readonly key: SigningKey;
  /** Returns what follows the key id, for a note of this text. */
  sign(text: Uint8Array): Uint8Array;
}

/** Signature types (C2SP signed-note). */
const ed25519Type = 1;
const cosignatureType = 4;

/** Creates the signer of a log. An Ed25519 key is hashed with its name and type, an ECDSA key alone, as Sigstore does it. */
export function noteSigner(name: string, key: SigningKey): NoteSigner {
  const keyHash =
    key.kind === 'Ed25519' ? namedKeyHash(name, ed25519Type, keyBits(key.publicKey)) : hashOf('sha256', key.publicKey);
  return { name, key, keyHash, sign: (text) => key.sign(text) };
}

/** Creates a witness: an Ed25519 key that signs cosignature/v1 (C2SP tlog-cosignature). */
export function witness(name: string, key: SigningKey, clock: Clock): NoteSigner {
  const sign = (text: Uint8Array): Uint8Array => {
    const time = Math.floor(clock().getTime() / 1000);
    return concatBytes(uintBytes(time, 8), key.sign(concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), text)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType, keyBits(key.publicKey)), sign };
}

/** Returns the verifier key of a witness, or of a log with an Ed25519 key (C2SP signed-note). */
export function verifierKey({ name, keyHash, key }: NoteSigner): string {
  const raw = keyBits(key.publicKey);
  const isWitness = equalBytes(namedKeyHash(name, cosignatureType, raw), keyHash);
  const type = new Uint8Array([isWitness ? cosignatureType : ed25519Type]);
  return `${name}+${encodeHex(keyHash.subarray(0, 4))}+${encodeBase64(concatBytes(type, raw))}`;
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
