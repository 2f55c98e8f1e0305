/**
 * JSON (RFC 8259) from strangers: bounded in length, depth and number of values, no duplicate member names.
 *
 * JSON.parse keeps the last of two members with one name; another reader of the same bytes may keep the first,
 * and the two would then verify different things.
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
    readonly [name: string]: JsonValue;
}
export interface JsonLimits {
    /** Bytes (of a text given as bytes) or UTF-16 code units. */
    readonly maxLength: number;
    /** Levels of nested arrays and objects. */
    readonly maxDepth: number;
    /** Values that are built: an empty object is three characters in a text, and some 200 bytes in memory. */
    readonly maxValues: number;
}
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
/** Some members of an object, and the kinds of the others. */
export interface JsonMembers {
    readonly members: JsonObject;
    /** The kinds of the members that were not built, by their names. */
    readonly others: ReadonlyMap<string, JsonKind>;
}
/**
 * Parses a JSON text. Objects have no prototype, so that a member named `__proto__` is only a member.
 *
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED` if it is too long, too deep, or of too many values
 */
export declare function parseJson(input: string | Uint8Array, limits?: Partial<JsonLimits>): JsonValue;
/**
 * Parses a JSON text that is an object. Of another text, nothing is built.
 *
 * @returns `undefined` for a text that is no object
 * @throws CountersignError as {@link parseJson} does
 */
export declare function parseJsonObject(input: string | Uint8Array, limits?: Partial<JsonLimits>): JsonObject | undefined;
/**
 * Parses these members of a JSON text that is an object. The whole text is checked as {@link parseJson} does, but the other members are
 * not built, so that they take no memory, however many values are in them.
 *
 * @returns `undefined` for a text that is no object
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED`
 *
 * @example
 * const { members } = parseJsonMembers('{"a":1,"b":[{},{}]}', ['a']) ?? {};
 * members?.a; // → 1
 */
export declare function parseJsonMembers(input: string | Uint8Array, names: readonly string[], limits?: Partial<JsonLimits>): JsonMembers | undefined;
