/** The client of GitHub's REST API. Responses are read strictly: a member that is missing or of another type is an error. */

import { createHash } from 'node:crypto';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { type Answer, type ApiOptions, GitHubApi } from './api.ts';
import type {
  CommitRelation,
  GitHubArtifact,
  GitHubClient,
  GitHubIssue,
  GitHubJob,
  GitHubRepository,
  GitHubRun,
  IssueChange,
  IssueComment,
  IssueQuery,
  ListedRun,
  Lookup,
  NewIssue,
  RunQuery,
} from './github-client.ts';
import type { Operation } from './operation.ts';
import {
  parseObject,
  readArtifact,
  readComment,
  readIssue,
  readJob,
  readListedRun,
  readLogin,
  readRelation,
  readRepository,
  readRun,
} from './read-answers.ts';
import { GitHubRefusal } from './refusal.ts';
import { pageSize, placeOf, readPages } from './rest.ts';

/** In bytes. The first page of a comparison lists up to 300 files with their changes. */
const maxComparison = 64 * 1024 * 1024;
const maxArchive = 256 * 1024 * 1024;

/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export function openGitHub(options: ApiOptions): GitHubClient {
  return new RestClient(new GitHubApi(options));
}

class RestClient implements GitHubClient {
  readonly #api: GitHubApi;
  readonly #repositories = new Map<string, Promise<Lookup<GitHubRepository>>>();

  constructor(api: GitHubApi) {
    this.#api = api;
  }

  get origin(): string {
    return this.#api.origin;
  }

  workflowRun(repository: string, runId: string, attempt: number): Promise<Lookup<GitHubRun>> {
    return lookUp(() =>
      this.#unlessHidden(repository, async () => {
        const place = { ...placeOf(repository), run_id: idOf(runId), attempt_number: attempt };
        const operation = {
          what: `the run ${runId} of ${repository} (attempt ${attempt})`,
          permission: 'actions: read',
        };
        const answer = await this.#api.send(operation, ({ rest }, through) =>
          rest.actions.getWorkflowRunAttempt({ ...place, exclude_pull_requests: true, ...through }),
        );
        const run = parseObject(answer, operation, this.origin);
        const jobs = await this.#jobs(repository, place, operation);
        return readRun(run, { id: runId, attempt }, jobs);
      }),
    );
  }

  async #jobs(
    repository: string,
    place: ReturnType<typeof placeOf> & { readonly run_id: number; readonly attempt_number: number },
    { permission }: Operation,
  ): Promise<readonly GitHubJob[]> {
    const operation = { what: `the jobs of the run ${place.run_id} of ${repository}`, permission };
    return readPages(this.#api, operation, 'jobs', readJob, ({ rest }, page, through) =>
      rest.actions.listJobsForWorkflowRunAttempt({ ...place, ...page, ...through }),
    );
  }

  /** Remembers what is known: other lookups need it too. */
  repository(name: string): Promise<Lookup<GitHubRepository>> {
    const key = name.toLowerCase();
    const found = this.#repositories.get(key) ?? lookUp(() => this.#repository(name));
    this.#repositories.set(key, found);
    const forget = () => this.#repositories.delete(key);
    found.then(({ kind }) => kind === 'unknown' && forget(), forget);
    return found;
  }

  async #repository(name: string): Promise<GitHubRepository> {
    const operation = { what: `the repository ${name}`, permission: 'metadata: read' };
    const answer = await this.#api.send(operation, ({ rest }, through) =>
      rest.repos.get({ ...placeOf(name), ...through }),
    );
    return readRepository(parseObject(answer, operation, this.origin));
  }

  compareToDefaultBranch(repository: string, sha: string): Promise<Lookup<CommitRelation>> {
    return lookUp(async () => {
      if (!/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(sha)) fail('USAGE', `${JSON.stringify(sha)} is not a commit`);
      const found = await this.repository(repository);
      if (found.kind === 'unknown') fail(found.code, found.reason, remedyOf(found.remedy));
      if (found.kind === 'absent') return undefined;
      return this.#unlessHidden(repository, async () => {
        const what = `the comparison of ${sha} with the default branch of ${repository}`;
        const operation = { what, permission: 'contents: read', maxLength: maxComparison };
        const answer = await this.#api.send(operation, ({ rest }, through) =>
          rest.repos.compareCommitsWithBasehead({
            ...placeOf(repository),
            basehead: `${found.value.defaultBranch}...${sha}`,
            per_page: 1,
            ...through,
          }),
        );
        return readRelation(parseObject(answer, operation, this.origin));
      });
    });
  }

  async login(): Promise<string> {
    const operation = { what: 'the user of the token', permission: 'a user' };
    try {
      const answer = await this.#api.send(operation, ({ rest }, through) => rest.users.getAuthenticated(through));
      return readLogin(parseObject(answer, operation, this.origin));
    } catch (error) {
      // The token of a job is no user's. It writes under this login.
      if (error instanceof GitHubRefusal && error.status === 403 && error.code === 'PERMISSION_MISSING')
        return 'github-actions[bot]';
      throw error;
    }
  }

  async listIssues(repository: string, { label, creator, state }: IssueQuery): Promise<readonly GitHubIssue[]> {
    const operation = { what: `the issues of ${repository}`, permission: 'issues: write' };
    const query = {
      ...placeOf(repository),
      labels: label,
      creator,
      state,
      sort: 'created',
      direction: 'desc',
    } as const;
    const issues = await readPages(this.#api, operation, undefined, readIssue, ({ rest }, page, through) =>
      rest.issues.listForRepo({ ...query, ...page, ...through }),
    );
    // Not left to the server alone: an issue of somebody else could have any content.
    return issues.flatMap((issue) =>
      issue !== undefined && issue.author === creator && issue.labels.includes(label) ? [issue] : [],
    );
  }

  async createIssue(repository: string, { title, body, labels }: NewIssue): Promise<GitHubIssue> {
    const operation = { what: `a new issue of ${repository}`, permission: 'issues: write', once: true };
    const answer = await this.#api.send(operation, ({ rest }, through) =>
      rest.issues.create({ ...placeOf(repository), title, body, labels: [...labels], ...through }),
    );
    return this.#issue(answer, operation);
  }

  async updateIssue(
    repository: string,
    number: number,
    { title, body, state, stateReason }: IssueChange,
  ): Promise<GitHubIssue> {
    const operation = { what: `the issue ${number} of ${repository}`, permission: 'issues: write' };
    const answer = await this.#api.send(operation, ({ rest }, through) =>
      rest.issues.update({
        ...placeOf(repository),
        issue_number: number,
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        ...(state !== undefined && { state }),
        ...(stateReason !== undefined && { state_reason: stateReason }),
        ...through,
      }),
    );
    return this.#issue(answer, operation);
  }

  #issue(answer: Answer, operation: Operation): GitHubIssue {
    const field = parseObject(answer, operation, this.origin);
    return readIssue(field) ?? field.fail('is a pull request, not an issue');
  }

  async listComments(repository: string, number: number, since: Date): Promise<readonly IssueComment[]> {
    const operation = { what: `the comments on the issue ${number} of ${repository}`, permission: 'issues: write' };
    const query = { ...placeOf(repository), issue_number: number, since: since.toISOString() };
    return readPages(this.#api, operation, undefined, readComment, ({ rest }, page, through) =>
      rest.issues.listComments({ ...query, ...page, ...through }),
    );
  }

  async comment(repository: string, number: number, body: string): Promise<void> {
    const what = `a comment on the issue ${number} of ${repository}`;
    await this.#api.send({ what, permission: 'issues: write', once: true }, ({ rest }, through) =>
      rest.issues.createComment({ ...placeOf(repository), issue_number: number, body, ...through }),
    );
  }

  async workflowRuns(repository: string, { workflow, branch, status }: RunQuery): Promise<readonly ListedRun[]> {
    const operation = { what: `the runs of ${workflow} in ${repository}`, permission: 'actions: read' };
    const answer = await this.#api.send(operation, ({ rest }, through) =>
      rest.actions.listWorkflowRuns({
        ...placeOf(repository),
        workflow_id: workflow,
        branch,
        status: status as 'success',
        exclude_pull_requests: true,
        per_page: pageSize,
        ...through,
      }),
    );
    return parseObject(answer, operation, this.origin).field('workflowRuns').list(pageSize).map(readListedRun);
  }

  async artifactsOfRun(repository: string, runId: string, name: string): Promise<readonly GitHubArtifact[]> {
    const operation = { what: `the artifacts of the run ${runId} of ${repository}`, permission: 'actions: read' };
    const query = { ...placeOf(repository), run_id: idOf(runId), name };
    const artifacts = await readPages(this.#api, operation, 'artifacts', readArtifact, ({ rest }, page, through) =>
      rest.actions.listWorkflowRunArtifacts({ ...query, ...page, ...through }),
    );
    return artifacts.filter((artifact) => artifact.name === name && artifact.run?.id === runId);
  }

  async downloadArtifact(repository: string, { id, name, size, digest }: GitHubArtifact): Promise<Uint8Array> {
    const what = `the artifact ${JSON.stringify(name)} of ${repository}`;
    const operation = { what, permission: 'actions: read', maxLength: maxArchive };
    if (size > maxArchive) fail('LIMIT_EXCEEDED', `${what} has ${size} bytes; the limit is ${maxArchive}`);
    const { headers } = await this.#api.send(operation, ({ rest }, through) =>
      rest.actions.downloadArtifact({
        ...placeOf(repository),
        artifact_id: id,
        archive_format: 'zip',
        ...through,
      }),
    );
    const { location } = headers;
    if (typeof location !== 'string')
      fail('SERVICE_RESPONSE_INVALID', `the API of GitHub (${this.origin}) did not return the address of ${what}`);
    const bytes = await this.#api.fetchElsewhere(operation, location);
    const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (digest !== undefined && digest !== found)
      fail('SERVICE_RESPONSE_INVALID', `${what} has the digest ${found}, but GitHub lists it with ${digest}`);
    return bytes;
  }

  /**
   * Looks up something in a repository. GitHub also answers 404 for everything in a repository that the token may not see.
   *
   * @returns `undefined` if it is absent, and the repository can be seen
   * @throws CountersignError `SERVICE_REFUSED` if the repository cannot be seen; the error of the request that asks for it
   */
  async #unlessHidden<Value>(repository: string, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubRefusal) || error.status !== 404) throw error;
      const found = await this.repository(repository);
      if (found.kind === 'known') return undefined;
      const [code, reason] =
        found.kind === 'unknown' ? [found.code, found.reason] : (['SERVICE_REFUSED', error.message] as const);
      return fail(code, reason, remedyOf(error.remedy));
    }
  }
}

async function lookUp<Value>(work: () => Promise<Value | undefined>): Promise<Lookup<Value>> {
  try {
    const value = await work();
    return value === undefined ? { kind: 'absent' } : { kind: 'known', value };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === 'CANCELLED') throw error;
    return { kind: 'unknown', code: error.code, reason: error.message, remedy: error.remedy };
  }
}

function remedyOf(remedy: string | undefined): { readonly remedy?: string } {
  return remedy === undefined ? {} : { remedy };
}

function idOf(text: string): number {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : fail('USAGE', `${JSON.stringify(text)} is not the id of a run`);
}
