/** Byte strings: joining, comparing, and the two text forms that are bytes in disguise. */
/** The bytes of a text in UTF-8. */
export declare function utf8(text: string): Uint8Array<ArrayBuffer>;
/** Whether a text holds no half of a surrogate pair, which UTF-8 cannot write. Texts without any surrogate are told at once. */
export declare function isWellFormed(text: string): boolean;
/** The text of UTF-8 bytes, or `undefined` if they are not well-formed UTF-8. */
export declare function decodeUtf8(bytes: Uint8Array): string | undefined;
export declare function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
/** Whether two byte strings are the same. Not constant-time: for public data only. */
export declare function equalBytes(a: Uint8Array, b: Uint8Array): boolean;
/** An unsigned integer as big-endian bytes of a fixed width. */
export declare function uintBytes(value: bigint | number, width: number): Uint8Array<ArrayBuffer>;
/** Big-endian bytes as an unsigned integer. */
export declare function readUint(bytes: Uint8Array): bigint;
