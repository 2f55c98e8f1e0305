/**
 * GitHub's artifact service, `github.actions.results.api.v1.ArtifactService` over Twirp, as `@actions/artifact` uses it. An artifact is
 * created, uploaded to the blob store, and finalized: it is not visible before that, and cannot be changed afterwards.
 */
import { type Route } from '../http/route.ts';
import { type Sources } from '../sources.ts';
import type { BlobStore } from './blob-store.ts';
import { type BackendJob, type RuntimeJob } from './runtime-token.ts';
/** A finalized artifact. */
export interface Artifact extends BackendJob {
    readonly id: string;
    readonly name: string;
    readonly mimeType: string;
    readonly bytes: Uint8Array;
    /** `sha256:` and hexadecimal digits. */
    readonly digest: string;
    readonly createdAt: Date;
    readonly expiresAt: Date;
}
export interface ArtifactServiceOptions {
    readonly origin: string;
    readonly blobs: BlobStore;
    readonly sources: Sources;
}
/**
 * The artifact service, with one job from the start.
 *
 * @example
 * const { job, resultsUrl } = sandbox.artifactService;
 * const environment = { ACTIONS_RUNTIME_TOKEN: job.token, ACTIONS_RESULTS_URL: resultsUrl };
 * const [artifact] = sandbox.artifactService.artifacts; // after an upload
 * const sibling = await sandbox.artifactService.newJob(job.runId); // another leg of a matrix
 */
export declare class ArtifactService {
    #private;
    /** The job that exists from the start. */
    readonly job: RuntimeJob;
    /** `ACTIONS_RESULTS_URL`. */
    readonly resultsUrl: string;
    private constructor();
    static create(options: ArtifactServiceOptions): Promise<ArtifactService>;
    /** Creates a job with its token, in a run of its own or that of another job. With a negative lifetime, the token has expired. */
    newJob(runId?: string, lifetimeSeconds?: number): Promise<RuntimeJob>;
    /** Returns the artifacts that were finalized and not deleted, oldest first. */
    get artifacts(): readonly Artifact[];
    /** Adds an artifact without an upload, also to a run without jobs. */
    keep(runId: string, name: string, bytes: Uint8Array): Artifact;
    /** Returns the URL at which a finalized artifact can be downloaded for a minute. */
    downloadUrl(id: string): string;
    routes(): readonly Route[];
}
