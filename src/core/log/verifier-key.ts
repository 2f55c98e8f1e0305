/** Verifier keys (C2SP signed-note): the keys of logs and witnesses, as they are published. */

import { sha256 } from '@noble/hashes/sha2.js';
import { type PublicKey, readPublicKey } from '../crypto/index.ts';
import { concatBytes, encodeHex, utf8 } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';
import {
  checkKeyId,
  type MlDsaKey,
  type NoteKey,
  readEd25519Key,
  readMlDsaKey,
  splitVerifierKey,
  type WitnessKey,
} from './cosignature.ts';

/** A verifier key, by the type of its signatures. */
export type VerifierKey = PublicNoteKey | MlDsaKey;

/**
 * A key that signs notes (`ed25519`, `ecdsa`), cosigns them with a time (`ed25519-cosignature`), or signs tree heads of certificate logs
 * (`rfc6962`).
 */
export interface PublicNoteKey extends NoteKey {
  readonly type: 'ed25519' | 'ecdsa' | 'ed25519-cosignature' | 'rfc6962';
}

/**
 * Reads a verifier key of any type that is verified.
 *
 * @param owner for errors: `log`, `witness`
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export function readVerifierKey(text: string, owner: string): VerifierKey {
  const parts = splitVerifierKey(text, owner);
  const { name, bytes } = parts;
  const raw = bytes.subarray(1);
  const identified = (of: Uint8Array): Uint8Array => checkKeyId(parts, of, owner);
  const withName = (of: Uint8Array): Uint8Array => identified(concatBytes(utf8(`${name}\n`), of));
  const key = <Key>(read: () => Key): Key => reading('KEY_INVALID', `the key of the ${owner} ${name}`, read);
  switch (bytes[0]) {
    case 1:
      return { type: 'ed25519', name, keyHint: withName(bytes), publicKey: key(() => readEd25519Key(raw)) };
    case 2:
      // The key ID is the hash of the key alone, without the name.
      return { type: 'ecdsa', name, keyHint: identified(raw), publicKey: key(() => readEcdsaKey(raw)) };
    case 4:
      return { type: 'ed25519-cosignature', name, keyHint: withName(bytes), publicKey: key(() => readEd25519Key(raw)) };
    case 5: {
      // The log ID of RFC 6962, the hash of the key, takes the place of the key.
      const keyHint = withName(concatBytes(new Uint8Array([5]), sha256(raw)));
      return { type: 'rfc6962', name, keyHint, publicKey: key(() => readPublicKey(raw)) };
    }
    case 6:
      return { type: 'ml-dsa-44', name, keyHint: withName(bytes), raw: key(() => readMlDsaKey(raw)) };
    default:
      return fail(
        'KEY_UNSUPPORTED',
        `the key of the ${owner} ${name} has the signature type 0x${encodeHex(bytes.subarray(0, 1))}, which is not supported`,
      );
  }
}

function readEcdsaKey(spki: Uint8Array): PublicKey {
  const key = readPublicKey(spki);
  if (!key.kind.startsWith('ecdsa')) fail('KEY_INVALID', `the key is of type ${key.kind}, not ECDSA`);
  return key;
}

/** Reports whether a key is one of a witness: its cosignatures state a time. */
export function isWitnessKey(key: VerifierKey): key is WitnessKey {
  return key.type === 'ed25519-cosignature' || key.type === 'ml-dsa-44';
}

/** Returns a text that two verifier keys have in common only if they are the same key, whatever their names. */
export function verifierKeyText(key: VerifierKey): string {
  return key.type === 'ml-dsa-44'
    ? `ml-dsa-44 ${encodeHex(key.raw)}`
    : `${key.publicKey.kind} ${encodeHex(key.publicKey.raw)}`;
}
