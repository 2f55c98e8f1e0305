/** Returns bytes as lower-case hexadecimal. */
export declare function encodeHex(bytes: Uint8Array): string;
/**
 * Returns the bytes of lower-case hexadecimal.
 *
 * @throws CountersignError `HEX_INVALID`
 */
export declare function decodeHex(text: string): Uint8Array<ArrayBuffer>;
