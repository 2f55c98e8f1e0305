/** Names of Git's objects. */

import { createHash } from 'node:crypto';

declare const objectId: unique symbol;

/** The digest of an object, in hexadecimal: SHA-1 (40 digits) or SHA-256 (64). */
export type ObjectId = string & { readonly [objectId]: true };

export type ObjectKind = 'commit' | 'tree' | 'blob';

/** Parses an object's name; returns `undefined` if the text is not one. */
export function readObjectId(text: unknown): ObjectId | undefined {
  return typeof text === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? (text as ObjectId) : undefined;
}

/** Returns the name of an object with this content, by the algorithm by which `like` was made. */
export function objectIdOf(kind: ObjectKind, content: Uint8Array, like: ObjectId): ObjectId {
  const hash = createHash(like.length === 40 ? 'sha1' : 'sha256');
  return hash.update(`${kind} ${content.length}\0`).update(content).digest('hex') as ObjectId;
}
