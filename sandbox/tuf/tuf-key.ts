/** Keys in the form of TUF metadata, and the JSON that they sign (TUF specification, section 4.2). */

import { encodeHex, encodePem, type JsonObject, type JsonValue, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf, keyBits, type SigningKey } from '../pki/index.ts';

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

/** Encodes OLPC's canonical JSON, which is not RFC 8785: with sorted members, without white space, with integers only, and with only `"` and `\` escaped in strings. */
export function olpcJson(value: JsonValue): string {
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer`);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(olpcJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, member]) => `${olpcJson(name)}:${olpcJson(member)}`);
  return `{${members.join(',')}}`;
}
