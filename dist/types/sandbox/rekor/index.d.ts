/** Rekor v2: the service of a transparency log. */
export type { HashedRekord } from './hashed-rekord.ts';
export { RekorService } from './rekor-service.ts';
export { acceptedKeyDetails } from './verifier-key.ts';
