/** Keys as TUF metadata lists them (TUF specification, section 4.2). */

import { encodeHex, encodePem, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf, type SigningKey } from '../pki/index.ts';
import { olpcJson } from './olpc-json.ts';

export interface TufKey {
  readonly id: string;
  readonly key: SigningKey;
  /** The entry under `keys`. */
  readonly listed: JsonObject;
}

export function tufKey(key: SigningKey): TufKey {
  const listed = listedKey(key);
  return { id: encodeHex(hashOf('sha256', utf8(olpcJson(listed)))), key, listed };
}

function listedKey({ kind, publicKey }: SigningKey): JsonObject {
  switch (kind) {
    case 'P-256':
      return {
        keytype: 'ecdsa',
        scheme: 'ecdsa-sha2-nistp256',
        keyval: { public: encodePem('PUBLIC KEY', new Uint8Array(publicKey)) },
      };
    case 'Ed25519':
      // The key is the last 32 bytes of its SubjectPublicKeyInfo (RFC 8410, section 4).
      return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: encodeHex(publicKey.subarray(-32)) } };
    default:
      throw new RangeError(`TUF has no scheme for ${kind} that all clients know`);
  }
}
