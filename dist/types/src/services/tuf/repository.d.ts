/** A trust root repository, and the root that it is verified with. */
export interface TufRepository {
    /** The address of its metadata. */
    readonly metadataUrl: string;
    /** The address of its target files; `targets/` below the metadata by default. */
    readonly targetsUrl?: string;
    /** The root from which everything is verified: built in, or given by the user. It may have expired. */
    readonly rootJson: string | Uint8Array;
}
export interface RepositoryUrls {
    readonly metadata: URL;
    readonly targets: URL;
}
/**
 * The addresses of a repository, as folders.
 *
 * @throws CountersignError `USAGE` for an address that is not https, or http on this machine
 */
export declare function repositoryUrls({ metadataUrl, targetsUrl }: TufRepository): RepositoryUrls;
