/** Base64, strictly (RFC 4648, section 4): padded, canonical, no white space. */
export declare function encodeBase64(bytes: Uint8Array): string;
/**
 * Returns the bytes of canonical base64. Two different texts never give the same bytes, so that a signed text cannot be varied.
 *
 * @throws CountersignError `BASE64_INVALID` for a foreign character, missing padding or non-zero spare bits
 */
export declare function decodeBase64(text: string): Uint8Array<ArrayBuffer>;
