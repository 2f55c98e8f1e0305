/** AlgorithmIdentifiers of signatures (RFC 5758, section 3.2; RFC 8410, section 3). */
import { type HashAlgorithm, type PublicKey } from '../crypto/index.ts';
export type SignatureAlgorithm = {
    readonly kind: 'ecdsa';
    readonly hash: HashAlgorithm;
} | {
    readonly kind: 'ed25519';
} | {
    readonly kind: 'unsupported';
    readonly oid: string;
};
/** Reads the DER of an AlgorithmIdentifier. One that we cannot verify with is named, and never verifies. */
export declare function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm;
/** Whether the key made this signature with this algorithm. A key of another kind than the algorithm's never did. */
export declare function verifyWithAlgorithm(algorithm: SignatureAlgorithm, key: PublicKey, signature: Uint8Array, message: Uint8Array): Promise<boolean>;
