/** Sigstore bundles (`dev.sigstore.bundle.v1.Bundle`): a signature and all that is needed to verify it offline. */
import type { Digest } from '../crypto/index.ts';
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
/** What a bundle says of who signed. */
export type BundleSigner = 
/** The signer's certificate, DER. */
{
    readonly kind: 'certificate';
    readonly certificate: Uint8Array;
}
/** A key that whoever verifies has to know; the hint only helps to find it, and may be empty. */
 | {
    readonly kind: 'public-key';
    readonly hint: string;
};
/** A signature over the artifact itself. */
export interface MessageSignature {
    readonly kind: 'message-signature';
    /** What the signer says the artifact's digest is: a hint for finding it, no proof. */
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
    /** When a log of Rekor v1 says it took the entry in: seconds since 1970. Proven by the signed entry timestamp alone. */
    readonly integratedTime: bigint;
    /** Rekor v1's promise to include the entry. */
    readonly signedEntryTimestamp: Uint8Array | undefined;
    /** Bundles of version 0.1 may have the promise alone. */
    readonly inclusionProof: LogInclusion | undefined;
    /** What the log hashed. */
    readonly canonicalizedBody: Uint8Array;
}
/** The proof that an entry is under a checkpoint of its log. */
export interface LogInclusion {
    readonly logIndex: bigint;
    readonly rootHash: Uint8Array;
    readonly treeSize: bigint;
    readonly hashes: readonly Uint8Array[];
    /** A signed note. */
    readonly checkpoint: string;
}
