/** Signed metadata (TUF specification, sections 4.2 to 4.6), every part of which can be changed. */

import { encodeHex, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf } from '../pki/index.ts';
import { wholeSecond } from '../sources.ts';
import { olpcJson, type TufKey } from './tuf-key.ts';

/** The roles, and the numbers of signatures that they need. */
const thresholds = { root: 2, targets: 2, snapshot: 1, timestamp: 1 } as const;
export type RoleName = keyof typeof thresholds;

export interface Metadata {
  readonly role: RoleName;
  readonly version: number;
  readonly expires: Date;
  /** The members of this role. */
  readonly content: JsonObject;
  readonly signers: readonly TufKey[];
}

/** Changes to a role's metadata. Its file keeps its name. */
export type MetadataChanges = Partial<Pick<Metadata, 'version' | 'expires' | 'signers'>> & {
  /** Changes the metadata before it is signed. */
  readonly amend?: (signed: JsonObject) => JsonObject;
  /** Changes the file after it is signed. */
  readonly spoil?: (file: Uint8Array) => Uint8Array;
};

const specificationVersion = '1.0.31';

export function encodeMetadata(metadata: Metadata, { amend, spoil, ...changes }: MetadataChanges = {}): Uint8Array {
  const { role, version, expires, content, signers } = { ...metadata, ...changes };
  const common = { _type: role, spec_version: specificationVersion, version, expires: metadataTime(expires) };
  const plain: JsonObject = { ...common, ...content };
  const file = signMetadata(amend?.(plain) ?? plain, signers);
  return spoil?.(file) ?? file;
}

export function metadataTime(time: Date): string {
  return wholeSecond(time).toISOString().replace('.000Z', 'Z');
}

/** Returns the file of a role's metadata, signed with these keys. */
export function signMetadata(signed: JsonObject, signers: readonly TufKey[]): Uint8Array {
  const text = utf8(olpcJson(signed));
  const signatures = signers.map(({ id, key }) => ({ keyid: id, sig: encodeHex(key.sign(text)) }));
  return utf8(JSON.stringify({ signatures, signed }, undefined, 1));
}

/** Returns the members of a root: the keys, and the roles. */
export function rootContent(keysOf: (role: RoleName) => readonly TufKey[]): JsonObject {
  const names = Object.keys(thresholds) as readonly RoleName[];
  const roles = names.map((name) => [name, { keyids: keysOf(name).map(({ id }) => id), threshold: thresholds[name] }]);
  const keys = names.flatMap(keysOf).map(({ id, listed }) => [id, listed]);
  return { consistent_snapshot: true, keys: Object.fromEntries(keys), roles: Object.fromEntries(roles) };
}

/** Returns the length and the hash by which one file names another. */
export function fileInfo(bytes: Uint8Array): JsonObject {
  return { length: bytes.length, hashes: { sha256: encodeHex(hashOf('sha256', bytes)) } };
}
