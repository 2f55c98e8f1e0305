/** Keys in the form of TUF metadata (TUF specification, section 4.2). */

import { encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf, keyBits, type SigningKey } from '../pki/index.ts';
import { olpcJson } from './olpc-json.ts';

export interface TufKey {
  readonly id: string;
  readonly key: SigningKey;
  /** The entry in `keys`. */
  readonly listed: JsonObject;
}

export function tufKey(key: SigningKey): TufKey {
  const listed = listedKey(key);
  return { id: encodeHex(hashOf('sha256', utf8(olpcJson(listed)))), key, listed };
}

function listedKey({ kind, publicKey }: SigningKey): JsonObject {
  if (kind === 'P-256') {
    const keyval = { public: encodePem('PUBLIC KEY', publicKey) };
    return { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256', keyval };
  }
  if (kind !== 'Ed25519') throw new RangeError(`TUF has no scheme for ${kind} that all clients know`);
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: encodeHex(keyBits(publicKey)) } };
}
