/** Rekor v2, in front of a transparency log. */

export { encodeHashedRekord, type HashedRekord, readHashedRekord } from './hashed-rekord.ts';
export { RekorService } from './rekor-service.ts';
export { acceptedKeyDetails, type KeyDetails } from './verifier-key.ts';
