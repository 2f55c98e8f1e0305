/** Reading JSON as Rekor v1 does: members that are missing, or not of their type, are simply not there; others do not matter. */

import type { JsonValue } from '../../src/core/encoding/index.ts';

export function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (at, name) =>
      typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string, JsonValue>>)[name]
        : undefined,
    value,
  );
}

/** A string that is not empty. */
export function textAt(value: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const text = memberAt(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
