/** Reads JSON as Rekor v1 does: members that are missing or of another type are absent, and unknown ones are ignored. */

import { decodeBase64, type JsonObject, type JsonValue, parseJson } from '../../src/core/encoding/index.ts';
import { refuseEntry } from '../http/index.ts';

/** The `spec` of an entry as the log stores it, and the keys by which the entry is found. */
export interface CheckedSpec {
  readonly spec: JsonObject;
  /** Hashes after their algorithm and a colon, those of keys without it, and names. */
  readonly keys: readonly string[];
}

export function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (at, name) =>
      typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, name)
        ? (at as JsonObject)[name]
        : undefined,
    value,
  );
}

/** Returns a string that is not empty. */
export function textAt(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const text = memberAt(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export function listAt(value: JsonValue | undefined, ...path: readonly string[]): readonly JsonValue[] {
  const list = memberAt(value, ...path);
  return Array.isArray(list) ? list : [];
}

export function readJson<T>(json: Uint8Array | string, otherwise: () => T): JsonValue | T {
  try {
    return parseJson(json);
  } catch {
    return otherwise();
  }
}

/** @throws Refusal 400 */
export function readBase64(text: string, what: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch {
    return refuseEntry(`failed parsing base64 data for ${what}: illegal base64 data`);
  }
}
