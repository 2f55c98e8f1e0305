import { concatBytes, utf8 } from './bytes.ts';

/**
 * Returns the bytes that a DSSE signature covers (DSSE protocol, "PAE"): `DSSEv1 <length> <type> <length> <payload>`, lengths in bytes.
 *
 * @param payload the decoded payload
 */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}
