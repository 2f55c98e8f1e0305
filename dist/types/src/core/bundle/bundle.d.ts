/** Sigstore bundles (`dev.sigstore.bundle.v1.Bundle`): a signature, with everything that verifying it offline needs. */
import type { Digest } from '../crypto/digest.ts';
export type BundleVersion = '0.1' | '0.2' | '0.3';
export interface Bundle {
    readonly mediaType: string;
    readonly version: BundleVersion;
    readonly signer: BundleSigner;
    readonly logEntries: readonly LogEntry[];
    /** RFC 3161 responses, DER. */
    readonly timestamps: readonly Uint8Array[];
    readonly content: MessageSignature | DsseEnvelope;
}
/** The signer that a bundle names. */
export type BundleSigner = {
    readonly kind: 'certificate';
    /** The signer's certificate, DER. */
    readonly certificate: Uint8Array;
    /** The other certificates of a chain, DER. They are not verified. */
    readonly others?: readonly Uint8Array[];
}
/** A long-lived key, which the verifier has to know. The hint helps to find it, and may be empty. */
 | {
    readonly kind: 'public-key';
    readonly hint: string;
};
/** A signature over the artifact itself. */
export interface MessageSignature {
    readonly kind: 'message-signature';
    /** The artifact's digest as the signer states it: a hint for finding the artifact, and no proof. */
    readonly messageDigest: Digest | undefined;
    readonly signature: Uint8Array;
}
/** A signed statement (DSSE), with the one signature that a bundle may hold. */
export interface DsseEnvelope {
    readonly kind: 'dsse-envelope';
    readonly payloadType: string;
    readonly payload: Uint8Array;
    readonly signature: Uint8Array;
}
/** An entry of a transparency log (`dev.sigstore.rekor.v1.TransparencyLogEntry`) with the proof that it is in the log. */
export interface LogEntry {
    /** Over all shards of a log of Rekor v1; in the one tree of a log of Rekor v2. */
    readonly logIndex: bigint;
    readonly logKeyId: Uint8Array;
    readonly kind: string;
    readonly version: string;
    /** The time at which Rekor v1 received the entry: seconds since 1970. Only the signed entry timestamp proves it. */
    readonly integratedTime: bigint;
    /** Rekor v1's promise to include the entry. */
    readonly signedEntryTimestamp: Uint8Array | undefined;
    /** `undefined` in bundles of version 0.1 that have the promise alone. */
    readonly inclusionProof: LogInclusion | undefined;
    /** The bytes that the log hashed. */
    readonly canonicalizedBody: Uint8Array;
}
/** The proof that a checkpoint of the log includes the entry. */
export interface LogInclusion {
    readonly logIndex: bigint;
    readonly rootHash: Uint8Array;
    readonly treeSize: bigint;
    readonly hashes: readonly Uint8Array[];
    /** A signed note. */
    readonly checkpoint: string;
}
