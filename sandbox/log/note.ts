/** Signed notes (C2SP signed-note) and the checkpoints written on them (C2SP tlog-checkpoint). */

import { concatBytes, encodeBase64, readSequence, uintBytes, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf, type SigningKey } from '../pki/index.ts';
import type { Clock } from '../sources.ts';

/** A key with the name it signs notes by. */
export interface NoteSigner {
  readonly name: string;
  /** The hash whose first four bytes are the key id of a note, and the whole of which is the log's id in a trusted root. */
  readonly keyHash: Uint8Array;
  readonly key: SigningKey;
  /** What stands after the key id, for a note of this text. */
  sign(text: Uint8Array): Uint8Array;
}

/** The types of signatures (C2SP signed-note, "Signature types"). */
const ed25519Type = 1;
const cosignatureType = 4;

/** An Ed25519 key is hashed with its name and type, an ECDSA key, as Sigstore has it, as SubjectPublicKeyInfo alone. */
export function noteSigner(name: string, key: SigningKey): NoteSigner {
  const keyHash =
    key.kind === 'Ed25519' ? namedKeyHash(name, ed25519Type, rawKey(key)) : hashOf('sha256', key.publicKey);
  return { name, key, keyHash, sign: (text) => key.sign(text) };
}

/** Who has seen a log grow, and says when: a cosignature/v1 by an Ed25519 key (C2SP tlog-cosignature). */
export function witness(name: string, key: SigningKey, clock: Clock): NoteSigner {
  const sign = (text: Uint8Array): Uint8Array => {
    const time = Math.floor(clock().getTime() / 1000);
    return concatBytes(uintBytes(time, 8), key.sign(concatBytes(utf8(`cosignature/v1\ntime ${time}\n`), text)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType, rawKey(key)), sign };
}

/** The line by which a witness or a log of an Ed25519 key is told to those who check (C2SP signed-note, "verifier key"). */
export function verifierKey({ name, keyHash, key }: NoteSigner): string {
  const raw = rawKey(key);
  const type = [ed25519Type, cosignatureType].find(
    (one) => encodeBase64(namedKeyHash(name, one, raw)) === encodeBase64(keyHash),
  );
  const id = Buffer.from(keyHash.subarray(0, 4)).toString('hex');
  return `${name}+${id}+${encodeBase64(concatBytes(new Uint8Array([type ?? ed25519Type]), raw))}`;
}

export function namedKeyHash(name: string, type: number, key: Uint8Array): Uint8Array {
  return hashOf('sha256', utf8(`${name}\n`), new Uint8Array([type]), key);
}

/** A text, which ends with a line end, and the signatures under it. */
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
  /** Lines after the root, without line ends. */
  readonly extensionLines: readonly string[];
}

export function checkpointText({ origin, size, root, extensionLines }: Checkpoint): string {
  return [origin, String(size), encodeBase64(root), ...extensionLines].map((line) => `${line}\n`).join('');
}

/** The bits of the key. */
function rawKey(key: SigningKey): Uint8Array {
  return readSequence(key.publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
}
