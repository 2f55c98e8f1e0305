/** Signed metadata (TUF specification, sections 4.2 to 4.6), as right or as wrong as asked for. */

import { encodeHex, type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import { hashOf } from '../pki/index.ts';
import { wholeSecond } from '../sources.ts';
import { olpcJson } from './olpc-json.ts';
import type { TufKey } from './tuf-key.ts';

export type RoleName = 'root' | 'targets' | 'snapshot' | 'timestamp';

/** Who must sign for a role. */
export interface Role {
  readonly keys: readonly TufKey[];
  readonly threshold: number;
}

/** What every role says, and what one says alone. */
export interface Metadata {
  readonly role: RoleName;
  readonly version: number;
  readonly expires: Date;
  readonly content: JsonObject;
  readonly signers: readonly TufKey[];
}

/** What of a role's metadata is to be otherwise. */
export interface MetadataChanges {
  /** The version that is said inside; the file keeps its name. */
  readonly version?: number;
  readonly expires?: Date;
  /** Who signs, in order, whoever should. */
  readonly signers?: readonly TufKey[];
  /** A last change of what is signed. */
  readonly amend?: (signed: JsonObject) => JsonObject;
  /** A last change of the file, signatures and all. */
  readonly spoil?: (file: Uint8Array) => Uint8Array;
}

const specificationVersion = '1.0.31';

/** The file. */
export function encodeMetadata(metadata: Metadata, { amend, spoil, ...changes }: MetadataChanges = {}): Uint8Array {
  const { role, version, expires, content, signers } = { ...metadata, ...changes };
  const plain: JsonObject = {
    _type: role,
    spec_version: specificationVersion,
    version,
    expires: metadataTime(expires),
    ...content,
  };
  const file = signMetadata(amend?.(plain) ?? plain, signers);
  return spoil?.(file) ?? file;
}

export function metadataTime(time: Date): string {
  return wholeSecond(time).toISOString().replace('.000Z', 'Z');
}

/** Signs what a role says with these keys. */
export function signMetadata(signed: JsonObject, signers: readonly TufKey[]): Uint8Array {
  const text = utf8(olpcJson(signed));
  const signatures = signers.map(({ id, key }) => ({ keyid: id, sig: encodeHex(key.sign(text)) }));
  return utf8(JSON.stringify({ signatures, signed }, undefined, 1));
}

/** What a root says of keys and roles. */
export function rootContent(roles: Readonly<Record<RoleName, Role>>): JsonObject {
  const keys = Object.values(roles).flatMap((role) => role.keys);
  return {
    consistent_snapshot: true,
    keys: Object.fromEntries(keys.map(({ id, listed }) => [id, listed])),
    roles: Object.fromEntries(
      Object.entries(roles).map(([name, role]) => [
        name,
        { keyids: role.keys.map(({ id }) => id), threshold: role.threshold },
      ]),
    ),
  };
}

/** The length and the hash by which one file names another. */
export function fileInfo(bytes: Uint8Array): JsonObject {
  return { length: bytes.length, hashes: { sha256: encodeHex(hashOf('sha256', bytes)) } };
}
