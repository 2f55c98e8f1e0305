/** Releases of GitHub and their assets, as values that have been read strictly and are bounded. */
import type { ByteSink, StreamedBody } from '../http/index.ts';
/** A release, or a draft of one. */
export interface GitHubRelease {
    readonly id: number;
    /** The repository, as the request named it: `owner/name`. */
    readonly repository: string;
    readonly tag: string;
    /** The commit or branch that the tag is created at, if it does not exist when the release is published. */
    readonly target: string;
    readonly isDraft: boolean;
    /** True if its assets and its tag can no longer change. Servers without immutable releases do not state it. */
    readonly isImmutable: boolean;
    readonly body: string;
    /** True if it had assets when it was read. */
    readonly hasAssets: boolean;
    /** Where assets are uploaded, as the API states it, without its parameters. Checked before anything is sent there. */
    readonly uploadUrl: string;
    /** The page of the release. */
    readonly url: string;
}
export interface ReleaseAsset {
    readonly id: number;
    readonly name: string;
    /** What the page of the release shows in place of the name. */
    readonly label: string | undefined;
    /** `starter` for an upload that has not ended, or that was interrupted. */
    readonly state: 'uploaded' | 'starter';
    /** In bytes. */
    readonly size: number;
    /** `sha256:<hex>`; assets of older servers have none. */
    readonly digest: string | undefined;
    /** Where everybody can download it once the release is published. */
    readonly downloadUrl: string;
}
export interface NewDraft {
    readonly tag: string;
    /** The commit at which the tag is created on publication. For a tag that exists, GitHub ignores it. */
    readonly target?: string;
    readonly name?: string;
    readonly body?: string;
    readonly isPrerelease?: boolean;
}
export interface AssetUpload {
    /** GitHub renames assets with other characters than letters, digits, `.`, `_` and `-`. */
    readonly name: string;
    readonly label?: string;
    /** `application/octet-stream` by default. */
    readonly contentType?: string;
    readonly content: StreamedBody;
}
/** The result of an upload. The name is taken by a finished asset, or by one of an upload that has not ended. */
export type UploadResult = {
    readonly kind: 'uploaded';
    readonly asset: ReleaseAsset;
} | {
    readonly kind: 'name-taken';
};
/** What was downloaded. */
export interface DownloadedAsset {
    /** `sha256:<hex>`, of the bytes that were received. */
    readonly digest: string;
    /** In bytes. */
    readonly size: number;
}
/** Whether a repository makes releases immutable. Only administrators can read the setting, so that it is usually unknown to a job. */
export type ImmutableReleases = 'on' | 'off' | 'unknown';
/**
 * A client of releases. Names of repositories are `owner/name`. Drafts are visible only to tokens with `contents: write`.
 *
 * @throws CountersignError as the methods of GitHubClient do; `RELEASE_IMMUTABLE` for a change of what can no longer change
 */
export interface ReleaseClient {
    /** The origin of the API. The token is sent to it and to its host of uploads, and nowhere else. */
    readonly origin: string;
    /** Finds a published release; `undefined` if there is none, and the repository can be seen. */
    findByTag(repository: string, tag: string): Promise<GitHubRelease | undefined>;
    /** Finds a release or a draft; `undefined` if there is none, and the repository can be seen. */
    findById(repository: string, id: number): Promise<GitHubRelease | undefined>;
    /** Lists the releases and drafts, the newest first. */
    list(repository: string): Promise<readonly GitHubRelease[]>;
    /** Lists all drafts with a tag, the oldest first. Several drafts can have one tag. */
    draftsOf(repository: string, tag: string): Promise<readonly GitHubRelease[]>;
    /** Returns the commit of a tag; `undefined` if it does not exist. */
    commitOfTag(repository: string, tag: string): Promise<string | undefined>;
    /**
     * Creates a draft. The request is sent once: after an error, list the drafts before creating another.
     *
     * @throws CountersignError `RELEASE_TAG_USED` if the tag was that of an immutable release
     */
    createDraft(repository: string, draft: NewDraft): Promise<GitHubRelease>;
    /** Publishes a draft, and changes nothing else of it. Throws as {@link createDraft}. */
    publish(release: GitHubRelease): Promise<GitHubRelease>;
    /** Deletes a draft. Does nothing if it does not exist. */
    deleteDraft(release: GitHubRelease): Promise<void>;
    /** Lists all assets. A release has at most 1000. */
    assetsOf(release: GitHubRelease): Promise<readonly ReleaseAsset[]>;
    /** Uploads an asset as a stream. The request is sent once: an interrupted upload leaves an asset in the state `starter`. */
    upload(release: GitHubRelease, file: AssetUpload): Promise<UploadResult>;
    /** Deletes an asset. Does nothing if it does not exist. */
    deleteAsset(release: GitHubRelease, asset: ReleaseAsset): Promise<void>;
    /** Downloads an asset with the token, also of a draft. The host that stores it gets no token. */
    download(release: GitHubRelease, asset: ReleaseAsset, sink?: ByteSink): Promise<DownloadedAsset>;
    /** Downloads an asset, as it is listed after the publication, as everybody can: from its public address, without a token. */
    downloadPublished(asset: ReleaseAsset, sink?: ByteSink): Promise<DownloadedAsset>;
    immutableReleases(repository: string): Promise<ImmutableReleases>;
    /** Returns true if everybody can see the repository, and download what it publishes. */
    isPublic(repository: string): Promise<boolean>;
}
