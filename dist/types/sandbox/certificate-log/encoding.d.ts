/** The structures of RFC 6962 and of the Static CT API (C2SP static-ct-api), in their TLS encoding. */
/** A logged certificate, or the TBSCertificate of a precertificate, without the poison extension. */
export type SignedEntry = {
    readonly kind: 'x509';
    readonly certificate: Uint8Array;
} | {
    readonly kind: 'precertificate';
    /** SHA-256 of the issuer's SubjectPublicKeyInfo. */
    readonly issuerKeyHash: Uint8Array;
    readonly tbsCertificate: Uint8Array;
};
/** Encodes a TimestampedEntry (RFC 6962, section 3.4). */
export declare function timestampedEntry(time: Date, entry: SignedEntry, extensions: Uint8Array): Uint8Array;
/** Encodes a MerkleTreeLeaf (RFC 6962, section 3.4). An SCT signs the same bytes (section 3.2). */
export declare function merkleTreeLeaf(entry: Uint8Array): Uint8Array;
/** Encodes a TileLeaf, the form of an entry in a data tile (C2SP static-ct-api, "Log entries"). */
export declare function tileLeaf(entry: Uint8Array, precertificate: Uint8Array | undefined, issuers: readonly Uint8Array[]): Uint8Array;
/** The parts of a TileLeaf. */
export interface LoggedEntry {
    /** TimestampedEntry. */
    readonly entry: Uint8Array;
    readonly time: Date;
    readonly kind: SignedEntry['kind'];
    /** The certificate, or the precertificate in the form in which it was submitted, DER. */
    readonly certificate: Uint8Array;
    readonly extensions: Uint8Array;
    /** SHA-256 of each certificate above it. */
    readonly issuers: readonly Uint8Array[];
}
export declare function readTileLeaf(leaf: Uint8Array): LoggedEntry;
/** Encodes the extension of an SCT with the index of its entry (C2SP static-ct-api, "SCT Extension"). */
export declare function leafIndexExtension(index: number): Uint8Array;
/** Encodes a DigitallySigned (RFC 5246, section 4.7) of ECDSA with SHA-256. */
export declare function digitallySigned(signature: Uint8Array): Uint8Array;
/** Encodes the TreeHeadSignature that a tree head signs (RFC 6962, section 3.5). */
export declare function treeHead(time: Date, size: number, root: Uint8Array): Uint8Array;
/** Encodes a vector of TLS (RFC 8446, section 3.4): its length in `width` bytes, and its contents. */
export declare function withLength(bytes: Uint8Array, width: number): Uint8Array;
