/**
 * GitHub's artifact service, `github.actions.results.api.v1.ArtifactService` over Twirp, as `@actions/artifact` uses it. An artifact is
 * created, uploaded to the blob store, and finalized: it is not visible before that, and cannot be changed afterwards.
 */

import { encodeHex, type JsonObject, ProtoField } from '../../src/core/encoding/index.ts';
import { CountersignError } from '../../src/core/errors/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route, refuseTwirp } from '../http/index.ts';
import { hashOf } from '../pki/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { demandArtifactName } from './artifact-name.ts';
import type { BlobStore } from './blob-store.ts';
import { type BackendJob, type RuntimeJob, RuntimeTokens } from './runtime-token.ts';

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

interface Upload extends Omit<Artifact, 'bytes' | 'digest'> {
  /** The path in the blob store. */
  readonly path: string;
  finalized: Pick<Artifact, 'bytes' | 'digest'> | undefined;
}

type Method = (request: ProtoField, job: BackendJob) => JsonObject;

const prefix = '/twirp/github.actions.results.api.v1.ArtifactService/';
const ninetyDays = 90 * 24 * 3600;

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
export class ArtifactService {
  /** The job that exists from the start. */
  readonly job: RuntimeJob;
  /** `ACTIONS_RESULTS_URL`. */
  readonly resultsUrl: string;
  readonly #blobs: BlobStore;
  readonly #sources: Sources;
  readonly #tokens: RuntimeTokens;
  readonly #jobs: BackendJob[];
  #uploads: Upload[] = [];
  #lastId = 1_000_000_000;

  private constructor({ origin, blobs, sources }: ArtifactServiceOptions, tokens: RuntimeTokens, job: RuntimeJob) {
    this.resultsUrl = `${origin}/`;
    this.#blobs = blobs;
    this.#sources = sources;
    this.#tokens = tokens;
    this.#jobs = [job];
    this.job = job;
  }

  static async create(options: ArtifactServiceOptions): Promise<ArtifactService> {
    const tokens = new RuntimeTokens(options.sources);
    return new ArtifactService(options, tokens, await tokens.issue());
  }

  /** Creates a job with its token, in a run of its own or that of another job. With a negative lifetime, the token has expired. */
  async newJob(runId?: string, lifetimeSeconds?: number): Promise<RuntimeJob> {
    const job = await this.#tokens.issue(runId, lifetimeSeconds);
    this.#jobs.push(job);
    return job;
  }

  /** Returns the artifacts that were finalized and not deleted, oldest first. */
  get artifacts(): readonly Artifact[] {
    return this.#uploads.flatMap(({ finalized, path: _, ...upload }) =>
      finalized ? [{ ...upload, ...finalized }] : [],
    );
  }

  /** Adds an artifact without an upload, also to a run without jobs. */
  keep(runId: string, name: string, bytes: Uint8Array): Artifact {
    this.#lastId += 1;
    const createdAt = this.#sources.clock();
    const upload = {
      runId,
      jobId: '',
      id: String(this.#lastId),
      name: demandArtifactName(name),
      mimeType: 'application/zip',
      path: `/actions-results/${runId}/artifacts/${this.#lastId}.zip`,
      createdAt,
      expiresAt: secondsAfter(createdAt, ninetyDays),
      finalized: { bytes, digest: `sha256:${encodeHex(hashOf('sha256', bytes))}` },
    };
    this.#blobs.keep(upload.path, bytes);
    this.#uploads.push(upload);
    const { finalized, path: _, ...rest } = upload;
    return { ...rest, ...finalized };
  }

  /** Returns the URL at which a finalized artifact can be downloaded for a minute. */
  downloadUrl(id: string): string {
    const { path, mimeType, name } =
      this.#uploads.find((upload) => upload.id === id && upload.finalized !== undefined) ??
      refuseTwirp('not_found', 'artifact not found');
    const fileName = mimeType === 'application/zip' ? `${name}.zip` : name;
    return this.#blobs.downloadUrl(path, { contentType: mimeType, fileName, lifetimeSeconds: 60 });
  }

  routes(): readonly Route[] {
    return [{ method: 'POST', path: `${prefix}*`, handle: (request) => this.#answer(request) }];
  }

  readonly #methods: Readonly<Record<string, Method>> = {
    CreateArtifact: (request, job) => this.#create(request, job),
    FinalizeArtifact: (request, job) => this.#finalize(request, job),
    ListArtifacts: (request, job) => this.#list(request, job),
    GetSignedArtifactURL: (request, job) => this.#sign(request, job),
    DeleteArtifact: (request, job) => this.#delete(request, job),
  };

  async #answer({ url, headers, body }: HttpRequest): Promise<HttpResponse> {
    const job = await this.#tokens.authenticate(headers.authorization);
    const name = url.pathname.slice(prefix.length);
    const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : undefined;
    if (method === undefined) refuseTwirp('bad_route', `no handler for path ${url.pathname}`);
    if (!/^application\/json(?:;|$)/.test(String(headers['content-type']))) {
      refuseTwirp('bad_route', `unexpected Content-Type: ${String(headers['content-type'])}`);
    }
    try {
      return jsonResponse(200, method(ProtoField.parse(body, 'JSON_INVALID', 'the request'), job));
    } catch (error) {
      if (error instanceof CountersignError) refuseTwirp('malformed', error.message);
      throw error;
    }
  }

  #create(request: ProtoField, job: BackendJob): JsonObject {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field('name').string());
    // Also if it is not finalized: GitHub answers this to a retry after a lost answer.
    if (this.#uploads.some((upload) => upload.runId === job.runId && upload.name === name)) {
      refuseTwirp('already_exists', 'an artifact with this name already exists on the workflow run');
    }
    const mimeType = readMimeType(request);
    const now = this.#sources.clock();
    this.#lastId += 1;
    const id = String(this.#lastId);
    const random = encodeHex(this.#sources.random(32));
    const extension = mimeType === 'application/zip' ? '.zip' : '';
    const path = `/actions-results/${job.runId}/workflow-job-run-${job.jobId}/artifacts/${random}${extension}`;
    const expiresAt = request.field('expiresAt').time() ?? secondsAfter(now, ninetyDays);
    const { runId, jobId } = job;
    this.#uploads.push({ runId, jobId, id, name, mimeType, path, createdAt: now, expiresAt, finalized: undefined });
    return { ok: true, signed_upload_url: this.#blobs.uploadUrl(path) };
  }

  #finalize(request: ProtoField, job: BackendJob): JsonObject {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field('name').string());
    const upload =
      this.#uploads.find((one) => one.runId === job.runId && one.jobId === job.jobId && one.name === name) ??
      refuseTwirp('not_found', 'artifact not found');
    if (upload.finalized) refuseTwirp('failed_precondition', 'artifact is already finalized');
    const bytes = this.#blobs.bytes(upload.path) ?? refuseTwirp('not_found', 'artifact has no committed upload');
    const digest = `sha256:${encodeHex(hashOf('sha256', bytes))}`;
    const size = request.field('size').uint64();
    if (size !== BigInt(bytes.length)) {
      refuseTwirp('invalid_argument', `size ${size} does not match the uploaded size ${bytes.length}`);
    }
    const hash = request.field('hash').string();
    if (hash !== '' && hash !== digest) refuseTwirp('invalid_argument', 'hash does not match the uploaded content');
    this.#blobs.seal(upload.path);
    upload.finalized = { bytes, digest };
    return { ok: true, artifact_id: upload.id };
  }

  #list(request: ProtoField, job: BackendJob): JsonObject {
    this.#demandOwnJob(request, job);
    const name = request.field('nameFilter').string();
    const id = request.field('idFilter');
    const found = this.#visible(job).filter(
      (artifact) => (name === '' || artifact.name === name) && (!id.present || artifact.id === String(id.uint64())),
    );
    return {
      artifacts: found.map((artifact) => ({
        workflow_run_backend_id: artifact.runId,
        workflow_job_run_backend_id: artifact.jobId,
        database_id: artifact.id,
        name: artifact.name,
        size: String(artifact.bytes.length),
        created_at: artifact.createdAt.toISOString(),
        digest: artifact.digest,
      })),
    };
  }

  #sign(request: ProtoField, job: BackendJob): JsonObject {
    const { name, mimeType, path } = this.#named(request, job);
    const fileName = mimeType === 'application/zip' ? `${name}.zip` : name;
    return { name, signed_url: this.#blobs.downloadUrl(path, { contentType: mimeType, fileName }) };
  }

  #delete(request: ProtoField, job: BackendJob): JsonObject {
    const { id, path } = this.#named(request, job);
    this.#uploads = this.#uploads.filter((upload) => upload.id !== id);
    this.#blobs.delete(path);
    return { ok: true, artifact_id: id };
  }

  /** Returns the finalized artifacts of the job's run that have not expired, of any of its jobs. */
  #visible({ runId }: BackendJob): readonly (Artifact & Pick<Upload, 'path'>)[] {
    const now = this.#sources.clock();
    return this.#uploads.flatMap(({ finalized, ...upload }) =>
      finalized && upload.runId === runId && upload.expiresAt > now ? [{ ...upload, ...finalized }] : [],
    );
  }

  /** Returns the artifact that a request names, together with any job of the run. */
  #named(request: ProtoField, job: BackendJob): Artifact & Pick<Upload, 'path'> {
    const jobId = this.#jobIn(request, job);
    const name = request.field('name').string();
    return (
      this.#visible(job).find((artifact) => artifact.name === name && [artifact.jobId, job.jobId].includes(jobId)) ??
      refuseTwirp('not_found', 'artifact not found')
    );
  }

  #demandOwnJob(request: ProtoField, job: BackendJob): void {
    if (this.#jobIn(request, job) !== job.jobId) refuseTwirp('permission_denied', 'the token is not one of this job');
  }

  /** Returns the id of the job that a request names, which has to be one of the same run. */
  #jobIn(request: ProtoField, { runId }: BackendJob): string {
    const jobId = request.field('workflowJobRunBackendId').string();
    if (request.field('workflowRunBackendId').string() !== runId) {
      refuseTwirp('permission_denied', 'the token is not one of this workflow run');
    }
    if (!this.#jobs.some((known) => known.jobId === jobId)) refuseTwirp('not_found', 'workflow job run not found');
    return jobId;
  }
}

/** Reads the type of an artifact. From version 7 on, it is not always a zip archive, and the type is required. */
function readMimeType(request: ProtoField): string {
  const given = request.field('mimeType').string();
  const version = Number(request.field('version').uint64());
  if (version < 4) refuseTwirp('invalid_argument', 'version is not supported');
  if (version < 7) return 'application/zip';
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(given)) {
    refuseTwirp('invalid_argument', 'mime_type a valid mime_type is required for this artifact version');
  }
  return given;
}
