/** Releases and assets, as the sandbox keeps them. */
/** A release or a draft. */
export interface StoredRelease {
    readonly id: number;
    readonly author: string;
    readonly createdAt: Date;
    /** The part of addresses that stands for the tag of a draft. */
    readonly draftTag: string;
    readonly assets: StoredAsset[];
    tag: string;
    target: string;
    name: string | null;
    body: string | null;
    isDraft: boolean;
    isPrerelease: boolean;
    isImmutable: boolean;
    publishedAt: Date | undefined;
    updatedAt: Date;
}
export interface StoredAsset {
    readonly id: number;
    readonly name: string;
    readonly label: string;
    readonly contentType: string;
    readonly uploader: string;
    /** Undefined for an upload that was interrupted. */
    readonly content: {
        readonly size: number;
        readonly digest: string;
    } | undefined;
    /** The path of its content in the blob store. */
    readonly path: string;
    readonly createdAt: Date;
}
/** The origins in the addresses of releases. */
export interface ReleaseOrigins {
    readonly api: string;
    readonly uploads: string;
    /** The origin of pages and of `browser_download_url`. */
    readonly web: string;
}
