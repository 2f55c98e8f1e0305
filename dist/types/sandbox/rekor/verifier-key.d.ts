/** Keys by the names of `PublicKeyDetails` (sigstore_common.proto), and signatures over a digest without its message. */
import { type KeyObject } from 'node:crypto';
import { type HashName } from '../pki/signing-key.ts';
/** An algorithm that Rekor v2 accepts (rekor-tiles, algorithm registry). */
export interface KeyDetails {
    readonly name: string;
    /** The number of the name in the protocol buffer. */
    readonly number: number;
    readonly hash: HashName;
    readonly matches: (key: KeyObject) => boolean;
    readonly verifies: (key: KeyObject, signature: Uint8Array, digest: Uint8Array) => boolean;
}
export declare const acceptedKeyDetails: readonly KeyDetails[];
/** Reads the key of a SubjectPublicKeyInfo or a certificate, DER; `undefined` if it is malformed. */
export declare function readVerifierKey(kind: 'publicKey' | 'x509Certificate', bytes: Uint8Array): KeyObject | undefined;
