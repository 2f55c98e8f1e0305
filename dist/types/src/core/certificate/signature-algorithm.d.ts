/** AlgorithmIdentifiers of signatures (RFC 5758, section 3.2; RFC 8410, section 3; RFC 4055, sections 3 and 5). */
import { type HashAlgorithm } from '../crypto/digest.ts';
import { type PublicKey } from '../crypto/public-key.ts';
import { type RsaPadding } from '../crypto/rsa.ts';
export type SignatureAlgorithm = {
    readonly kind: 'ecdsa';
    readonly hash: HashAlgorithm;
}
/** Without a hash: `rsaEncryption`, which CMS writes where the hash is named beside it (RFC 3370, section 3.2). */
 | {
    readonly kind: 'rsa';
    readonly padding: RsaPadding;
    readonly hash: HashAlgorithm | undefined;
} | {
    readonly kind: 'ed25519';
} | {
    readonly kind: 'unsupported';
    readonly oid: string;
};
/** Reads the DER of an AlgorithmIdentifier. An unsupported algorithm is read by its name, and never verifies. */
export declare function readSignatureAlgorithm(der: Uint8Array): SignatureAlgorithm;
/**
 * Reports whether the key made this signature with this algorithm; `false` for a key of another kind than the algorithm's.
 *
 * @param hash the one that goes with an algorithm that names none
 */
export declare function verifyWithAlgorithm(algorithm: SignatureAlgorithm, key: PublicKey, signature: Uint8Array, message: Uint8Array, hash?: HashAlgorithm): Promise<boolean>;
