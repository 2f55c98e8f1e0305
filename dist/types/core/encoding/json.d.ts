/**
 * JSON (RFC 8259) from strangers: bounded in size and depth, no duplicate member names.
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
}
/**
 * The value of a JSON text. Objects have no prototype, so that a member named `__proto__` is only a member.
 *
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED` if it is too long or too deep
 */
export declare function parseJson(input: string | Uint8Array, limits?: Partial<JsonLimits>): JsonValue;
