/** Reading parsed JSON: each function returns `undefined` for a value of another kind, so that the caller chooses the error. */

import type { JsonObject, JsonValue } from './json.ts';

/**
 * Returns a value that is an object.
 *
 * @example
 * const { subjects } = asObject(parseJson('{"subjects":[]}')) ?? fail('JSON_INVALID', 'the list is not an object');
 * subjects; // → []
 */
export function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Returns a value that is an array. */
export function asList(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Returns a value that is a string. */
export function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Returns the value at a path of member names.
 *
 * @example
 * memberAt(parseJson('{"pull_request":{"base":{"ref":"main"}}}'), 'pull_request', 'base', 'ref'); // → 'main'
 */
export function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, name) => asObject(inner)?.[name], value);
}
