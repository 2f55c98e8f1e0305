/**
 * Serves GitHub's REST API: repositories, runs with their jobs and artifacts, comparisons, issues, releases, attestations and storage records. Tests
 * make the repositories.
 */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import type { ArtifactService } from '../artifacts/artifact-service.ts';
import type { BlobStore } from '../artifacts/blob-store.ts';
import { type Route } from '../http/route.ts';
import type { SandboxRelease } from '../releases/release-authority.ts';
import { type Sources } from '../sources.ts';
import { AttestationStore } from './attestations.ts';
import { ReleaseStore } from './releases.ts';
import { type RepositoryOptions, SandboxRepository } from './repository.ts';
import { StorageRecords } from './storage-records.ts';
import { type Permissions } from './tokens.ts';
export interface GitHubServiceOptions {
    readonly origin: string;
    /** The origin that assets of releases are uploaded to. */
    readonly uploads: string;
    /** The origin of the pages, from which published assets are downloaded. */
    readonly web: string;
    readonly artifacts: ArtifactService;
    /** The store that `bundle_url` leads to. */
    readonly blobs: BlobStore;
    readonly sources: Sources;
    /** Returns GitHub's own attestation of an immutable release. */
    readonly attestRelease: (release: SandboxRelease) => JsonObject;
}
export interface GitHubSettings {
    /** The number of items on a page that requests can have at most; 100, as at GitHub. */
    readonly maxPageSize: number;
    /** The number of requests that a token may send in an hour; by default 1000 for a job, 5000 for a user, and 60 without a token. */
    readonly requestsPerHour: number | undefined;
}
/**
 * Serves the API.
 *
 * @example
 * const app = sandbox.github.addRepository('octo/app');
 * const run = app.addRun({ workflow: 'release.yml', conclusion: 'failure', headSha });
 * const token = sandbox.github.jobToken(app, { issues: 'write' });
 */
export declare class GitHubService {
    #private;
    /** `GITHUB_API_URL`. */
    readonly url: string;
    readonly attestations: AttestationStore;
    readonly storageRecords: StorageRecords;
    readonly releases: ReleaseStore;
    constructor({ origin, uploads, web, artifacts, blobs, sources, attestRelease }: GitHubServiceOptions);
    get repositories(): readonly SandboxRepository[];
    configure(settings: Partial<GitHubSettings>): void;
    addRepository(name: string, options?: RepositoryOptions): SandboxRepository;
    /** Renames or transfers a repository. The former name is redirected until another repository takes it. */
    rename(repository: SandboxRepository, name: string): void;
    /** Issues the token of a job: GITHUB_TOKEN. */
    jobToken(repository: SandboxRepository, permissions: Permissions): string;
    /** Issues the token of a user, who may do everything in these repositories. */
    userToken(login: string, repositories?: readonly SandboxRepository[]): string;
    /** Makes a token invalid, as the end of a job does. */
    revoke(token: string): void;
    /** Serves the host of uploads. */
    uploadRoutes(): readonly Route[];
    routes(): readonly Route[];
}
