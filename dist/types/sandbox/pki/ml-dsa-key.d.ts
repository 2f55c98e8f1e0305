/**
 * Keys of ML-DSA-44 (FIPS 204), for the cosignatures of witnesses. `node:crypto` has ML-DSA from Node 24 on only, so that the sandbox
 * uses `@noble/post-quantum`. A test compares it with `node:crypto`.
 */
import { type Storage } from '../storage/storage.ts';
export interface MlDsaKey {
    readonly kind: 'ML-DSA-44';
    /** SubjectPublicKeyInfo, DER (RFC 9881, section 4). */
    readonly publicKey: Uint8Array;
    /** Signs with pure ML-DSA and an empty context. */
    sign(message: Uint8Array): Uint8Array;
}
/** Returns the key whose seed is stored as `<name>.seed`, which is generated if there is none. */
export declare function keptMlDsaKey(storage: Storage, name: string): MlDsaKey;
/** Generates a key. */
export declare function generateMlDsaKey(): MlDsaKey;
