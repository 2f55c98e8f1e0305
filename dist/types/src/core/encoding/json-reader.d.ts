/** Reading parsed JSON: each function returns `undefined` for a value of another kind, so that the caller chooses the error. */
import type { JsonObject, JsonValue } from './json.ts';
/**
 * Returns a value that is an object.
 *
 * @example
 * const { subjects } = asObject(parseJson('{"subjects":[]}')) ?? fail('JSON_INVALID', 'the list is not an object');
 * subjects; // → []
 */
export declare function asObject(value: JsonValue | undefined): JsonObject | undefined;
/** Returns a value that is an array. */
export declare function asList(value: JsonValue | undefined): readonly JsonValue[] | undefined;
/** Returns a value that is a string. */
export declare function asText(value: JsonValue | undefined): string | undefined;
/**
 * Returns the value at a path of member names.
 *
 * @example
 * memberAt(parseJson('{"pull_request":{"base":{"ref":"main"}}}'), 'pull_request', 'base', 'ref'); // → 'main'
 */
export declare function memberAt(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined;
