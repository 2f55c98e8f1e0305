/** Signed notes (C2SP signed-note) and the checkpoints written on them (C2SP tlog-checkpoint). */

import { concatBytes, encodeBase64, readSequence, utf8 } from '../../core/encoding/index.ts';
import { hashOf, type SigningKey } from '../pki/index.ts';

/** A key with the name it signs notes by. */
export interface NoteSigner {
  readonly name: string;
  /** The hash whose first four bytes are the key id of a note, and the whole of which is the log's id in a trusted root. */
  readonly keyHash: Uint8Array;
  readonly key: SigningKey;
}

const ed25519Note = 1;

/** An Ed25519 key is hashed with its name and type, an ECDSA key, as Sigstore has it, as SubjectPublicKeyInfo alone. */
export function noteSigner(name: string, key: SigningKey): NoteSigner {
  if (key.kind !== 'Ed25519') return { name, key, keyHash: hashOf('sha256', key.publicKey) };
  const raw = readSequence(key.publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
  return { name, key, keyHash: hashOf('sha256', utf8(`${name}\n`), new Uint8Array([ed25519Note]), raw) };
}

/** A text, which ends with a line end, and the signatures under it. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  return `${text}\n${signers.map((signer) => signatureLine(signer, signer.key.sign(utf8(text)))).join('')}`;
}

export function signatureLine({ name, keyHash }: NoteSigner, signature: Uint8Array): string {
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
