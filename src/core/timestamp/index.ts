/** RFC 3161 timestamps: the time of a signature, stated by an authority that does not depend on the signer. */

export { encodeTimestampRequest } from './request.ts';
export { readTimestampResponse } from './token.ts';
export { namesSigner, verifyTimestamp } from './verify-timestamp.ts';
