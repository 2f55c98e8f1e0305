/**
 * Returns the bytes that a DSSE signature covers (DSSE protocol, "PAE"): `DSSEv1 <length> <type> <length> <payload>`, lengths in bytes.
 *
 * @param payload the decoded payload
 */
export declare function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer>;
