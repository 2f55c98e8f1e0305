/** RFC 3161 timestamps: when a signature existed, said by somebody who did not make it. */
export { encodeTimestampRequest } from './request.ts';
export { readTimestampResponse, type TimestampSigner, type TimestampToken } from './token.ts';
export { namesSigner, verifyTimestamp } from './verify-timestamp.ts';
