/** Byte strings: joining and comparing them, and converting them to texts and integers. */
/** Returns the bytes of a text in UTF-8. */
export declare function utf8(text: string): Uint8Array<ArrayBuffer>;
/** Reports whether a text holds no lone surrogate, which UTF-8 cannot encode. Texts without surrogates are fast. */
export declare function isWellFormed(text: string): boolean;
/** Returns the text of UTF-8 bytes, or `undefined` if they are not well-formed UTF-8. */
export declare function decodeUtf8(bytes: Uint8Array): string | undefined;
export declare function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>;
/** Reports whether two byte strings are equal. Not constant-time: for public data only. */
export declare function equalBytes(a: Uint8Array, b: Uint8Array): boolean;
/** Returns an unsigned integer as big-endian bytes of a fixed width. */
export declare function uintBytes(value: bigint | number, width: number): Uint8Array<ArrayBuffer>;
/** Returns big-endian bytes as an unsigned integer. */
export declare function readUint(bytes: Uint8Array): bigint;
