/** The endpoints of the distribution specification, and the grammar of names, tags and digests in them. */
export type EndpointKind = 'uploads' | 'upload' | 'blob' | 'manifest' | 'tags' | 'referrers';
export interface Endpoint {
    readonly kind: EndpointKind;
    /** The name of the repository. */
    readonly name: string;
    /** A digest, a tag, an upload, or nothing. */
    readonly reference: string;
}
export declare function readEndpoint(pathname: string): Endpoint;
export declare function isName(text: string): boolean;
export declare function isTag(text: string): boolean;
export declare function isDigest(text: string): boolean;
/** Returns a tag or a digest. A reference with a colon is refused as a digest. */
export declare function demandReference(reference: string): string;
export declare function demandDigest(text: string | null): string;
/** Returns the digest of content that was pushed without one. */
export declare function canonicalDigest(bytes: Uint8Array): string;
export declare function demandMatch(digest: string, bytes: Uint8Array): void;
