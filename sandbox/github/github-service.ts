/**
 * Serves GitHub's REST API: repositories, runs with their jobs and artifacts, comparisons, issues, releases, attestations and storage records. Tests
 * make the repositories.
 */

import { asObject, asText, type JsonObject, type JsonValue } from '../../src/core/encoding/index.ts';
import type { ArtifactService, BlobStore } from '../artifacts/index.ts';
import { type HttpRequest, type HttpResponse, type Route, refuseGitHub } from '../http/index.ts';
import type { SandboxRelease } from '../releases/index.ts';
import { type Sources, secondsAfter } from '../sources.ts';
import { AttestationStore, maxAttestationRequest } from './attestations.ts';
import {
  artifactDocument,
  commentDocument,
  comparisonDocument,
  issueDocument,
  jobDocument,
  privateUserDocument,
  repositoryDocument,
  runDocument,
  workflowId,
} from './documents.ts';
import { bodyOf, type Call, type Endpoint, invalid, isAt, json, notFound, textOf } from './endpoint.ts';
import type { SandboxIssue } from './issues.ts';
import { answerOwner } from './owners.ts';
import { pageOf } from './pages.ts';
import { maxUpload, ReleaseStore } from './releases.ts';
import { type RepositoryOptions, SandboxRepository, type SandboxRun } from './repository.ts';
import { StorageRecords } from './storage-records.ts';
import { type Caller, mayAccess, type Permissions, Tokens } from './tokens.ts';

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

const versions: readonly string[] = ['2022-11-28', '2026-03-10'];
const bot = 'github-actions[bot]';

/**
 * Serves the API.
 *
 * @example
 * const app = sandbox.github.addRepository('octo/app');
 * const run = app.addRun({ workflow: 'release.yml', conclusion: 'failure', headSha });
 * const token = sandbox.github.jobToken(app, { issues: 'write' });
 */
export class GitHubService {
  /** `GITHUB_API_URL`. */
  readonly url: string;
  readonly attestations: AttestationStore;
  readonly storageRecords: StorageRecords;
  readonly releases: ReleaseStore;
  readonly #artifacts: ArtifactService;
  readonly #sources: Sources;
  readonly #tokens: Tokens;
  /** The latest name is the last. */
  readonly #repositories: { readonly repository: SandboxRepository; readonly names: string[] }[] = [];
  readonly #users = new Map<string, number>();
  readonly #used = new Map<string, { count: number; readonly reset: Date }>();
  #settings: GitHubSettings = { maxPageSize: 100, requestsPerHour: undefined };
  #lastId = 1000;

  constructor({ origin, uploads, web, artifacts, blobs, sources, attestRelease }: GitHubServiceOptions) {
    this.url = origin;
    this.#artifacts = artifacts;
    this.#sources = sources;
    this.#tokens = new Tokens(sources);
    const nextId = () => this.#nextId();
    this.attestations = new AttestationStore({ blobs, sources, nextId });
    this.storageRecords = new StorageRecords(sources, nextId);
    this.releases = new ReleaseStore({
      origins: { api: origin, uploads, web },
      blobs,
      sources,
      nextId,
      idOf: (login) => this.#userId(login),
      find: (name) => this.#find(`repos/${name}`)?.repository,
      page: (call, items, document) => this.#page(call, items, document),
      attest: (repository, release) => void this.attestations.keep(repository, attestRelease(release)),
    });
    this.#endpoints = [...this.#ownEndpoints, ...this.releases.endpoints];
  }

  get repositories(): readonly SandboxRepository[] {
    return this.#repositories.map(({ repository }) => repository);
  }

  configure(settings: Partial<GitHubSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#used.clear();
  }

  addRepository(name: string, options: RepositoryOptions = {}): SandboxRepository {
    const owner = name.split('/')[0] ?? '';
    const repository = new SandboxRepository(
      name,
      { ...options, ownerId: options.ownerId ?? this.#userId(owner) },
      this.#sources,
      () => this.#nextId(),
    );
    this.#repositories.push({ repository, names: [] });
    return repository;
  }

  /** Renames or transfers a repository. The former name is redirected until another repository takes it. */
  rename(repository: SandboxRepository, name: string): void {
    this.#repositories.find((one) => one.repository === repository)?.names.push(repository.name);
    repository.rename(name);
  }

  /** Issues the token of a job: GITHUB_TOKEN. */
  jobToken(repository: SandboxRepository, permissions: Permissions): string {
    return this.#tokens.issue({ login: bot, isIntegration: true, repositories: [repository.id], permissions });
  }

  /** Issues the token of a user, who may do everything in these repositories. */
  userToken(login: string, repositories: readonly SandboxRepository[] = []): string {
    return this.#tokens.issue({
      login,
      isIntegration: false,
      repositories: repositories.map(({ id }) => id),
      permissions: {
        actions: 'write',
        'artifact-metadata': 'write',
        attestations: 'write',
        contents: 'write',
        issues: 'write',
        metadata: 'write',
      },
    });
  }

  /** Makes a token invalid, as the end of a job does. */
  revoke(token: string): void {
    this.#tokens.revoke(token);
  }

  /** Serves the host of uploads. */
  uploadRoutes(): readonly Route[] {
    const handle = (request: HttpRequest): HttpResponse => this.#answer(request, 'uploads');
    return [{ method: 'POST', path: '/*', handle, maxBodyLength: maxUpload }];
  }

  routes(): readonly Route[] {
    const handle = (request: HttpRequest): HttpResponse => this.#answer(request);
    const maxBodyLength = maxAttestationRequest;
    return (['GET', 'POST', 'PATCH', 'DELETE'] as const).map((method) => ({
      method,
      path: '/*',
      handle,
      maxBodyLength,
    }));
  }

  readonly #endpoints: readonly Endpoint[];

  readonly #ownEndpoints: readonly Endpoint[] = [
    { method: 'GET', path: '', scope: 'metadata', level: 'read', answer: (call) => this.#repository(call) },
    {
      method: 'GET',
      path: 'actions/runs/*/attempts/*',
      scope: 'actions',
      level: 'read',
      answer: (call) => this.#run(call),
    },
    {
      method: 'GET',
      path: 'actions/runs/*/attempts/*/jobs',
      scope: 'actions',
      level: 'read',
      answer: (call) => this.#jobs(call),
    },
    {
      method: 'GET',
      path: 'actions/runs/*/artifacts',
      scope: 'actions',
      level: 'read',
      answer: (call) => this.#runArtifacts(call),
    },
    {
      method: 'GET',
      path: 'actions/workflows/*/runs',
      scope: 'actions',
      level: 'read',
      answer: (call) => this.#workflowRuns(call),
    },
    {
      method: 'GET',
      path: 'actions/artifacts/*/zip',
      scope: 'actions',
      level: 'read',
      answer: (call) => this.#download(call),
    },
    { method: 'GET', path: 'compare/*', scope: 'contents', level: 'read', answer: (call) => this.#compare(call) },
    {
      method: 'POST',
      path: 'attestations',
      scope: 'attestations',
      level: 'write',
      answer: (call) => this.#createAttestation(call),
    },
    {
      method: 'GET',
      path: 'attestations/*',
      scope: 'attestations',
      level: 'read',
      answer: (call) => this.#listAttestations(call),
    },
    { method: 'GET', path: 'issues', scope: 'issues', level: 'read', answer: (call) => this.#issues(call) },
    { method: 'POST', path: 'issues', scope: 'issues', level: 'write', answer: (call) => this.#createIssue(call) },
    { method: 'PATCH', path: 'issues/*', scope: 'issues', level: 'write', answer: (call) => this.#updateIssue(call) },
    {
      method: 'GET',
      path: 'issues/*/comments',
      scope: 'issues',
      level: 'read',
      answer: (call) => this.#comments(call),
    },
    {
      method: 'POST',
      path: 'issues/*/comments',
      scope: 'issues',
      level: 'write',
      answer: (call) => this.#comment(call),
    },
  ];

  #answer(request: HttpRequest, host?: Endpoint['host']): HttpResponse {
    const { headers } = request;
    if (headers['user-agent'] === undefined) refuseGitHub(403, 'Request forbidden by administrative rules.');
    const caller = this.#tokens.callerOf(headers.authorization);
    if (caller === 'invalid') refuseGitHub(401, 'Bad credentials');
    const limits = this.#count(caller);
    const version = headers['x-github-api-version'];
    if (version !== undefined && !versions.includes(String(version)))
      refuseGitHub(400, `The API version ${JSON.stringify(version)} is not supported.`, limits);
    const response = this.#dispatch(request, caller, host);
    return {
      ...response,
      headers: { ...limits, 'x-github-api-version-selected': String(version ?? versions[0]), ...response.headers },
    };
  }

  #dispatch(request: HttpRequest, caller: Caller | undefined, host: Endpoint['host']): HttpResponse {
    const { method, url } = request;
    const { pathname } = url;
    if (method === 'GET' && pathname === '/user') return this.#user(caller);
    const owner = /^\/(orgs|users)\/([^/]+)\/(.+)$/.exec(pathname);
    if (owner !== null) return this.#ofOwner(request, caller, owner);
    const [, place = '', rest = ''] = /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)(?:\/(.*))?$/.exec(pathname) ?? [];
    const path = rest === '' ? [] : rest.split('/').map(decodeURIComponent);
    const endpoint = this.#endpoints.find((one) => one.method === method && one.host === host && isAt(one.path, path));
    const found = this.#find(place);
    if (found === undefined || endpoint === undefined) notFound();
    const { repository, isFormerName } = found;
    // Something that a token may not see does not exist for it.
    if (!mayAccess(caller, repository, 'metadata', 'read')) notFound();
    if (isFormerName)
      return movedTo(`${this.url}/repositories/${repository.id}${rest === '' ? '' : `/${rest}`}`, request);
    if (!mayAccess(caller, repository, endpoint.scope, endpoint.level)) forbidden(caller, endpoint);
    return endpoint.answer({ request, caller, repository, path });
  }

  /** Finds a repository by its name, which may be a former one, or by its id: `repos/octo/app`, `repositories/1001`. */
  #find(place: string): { readonly repository: SandboxRepository; readonly isFormerName: boolean } | undefined {
    const isHere = (name: string): boolean => place.toLowerCase() === `repos/${name.toLowerCase()}`;
    const now = this.#repositories.find(
      ({ repository }) => isHere(repository.name) || place === `repositories/${repository.id}`,
    );
    const former = now ?? this.#repositories.find(({ names }) => names.some(isHere));
    return former && { repository: former.repository, isFormerName: now === undefined };
  }

  #ofOwner(
    request: HttpRequest,
    caller: Caller | undefined,
    [, kind, owner = '', rest = '']: RegExpExecArray,
  ): HttpResponse {
    const path = rest.split('/').map(decodeURIComponent);
    return answerOwner(
      { request, caller, kind: kind === 'orgs' ? 'orgs' : 'users', owner, path, repositories: this.repositories },
      this,
    );
  }

  #createAttestation({ request, repository }: Call): HttpResponse {
    return json(201, this.attestations.create(request, repository));
  }

  #listAttestations({ request, repository, path }: Call): HttpResponse {
    const visible = this.attestations.all.filter(({ repositoryId }) => repositoryId === repository.id);
    const { body, link } = this.attestations.list({ request, visible }, path[1] ?? '');
    return json(200, body, link === undefined ? {} : { link });
  }

  #user(caller: Caller | undefined): HttpResponse {
    if (caller === undefined) refuseGitHub(401, 'Requires authentication');
    if (caller.isIntegration) refuseGitHub(403, 'Resource not accessible by integration');
    const since = secondsAfter(this.#sources.clock(), -365 * 24 * 3600);
    return json(200, privateUserDocument(this.url, caller.login, this.#userId(caller.login), since));
  }

  #repository({ repository }: Call): HttpResponse {
    return json(200, repositoryDocument(this.url, repository));
  }

  #run({ repository, path }: Call): HttpResponse {
    return json(200, runDocument(this.url, repository, attemptOf(repository, path)));
  }

  #jobs(call: Call): HttpResponse {
    const { repository, path } = call;
    const run = attemptOf(repository, path);
    return this.#page(call, run.jobs, (items, total) => ({
      total_count: total,
      jobs: items.map((job) => jobDocument(this.url, repository, run, job)),
    }));
  }

  #runArtifacts(call: Call): HttpResponse {
    const { repository, path, request } = call;
    const id = Number(path[2]);
    const run = repository.runs.findLast((one) => one.id === id) ?? notFound();
    const name = request.url.searchParams.get('name');
    const artifacts = this.#artifactsOf(run).filter((one) => name === null || one.name === name);
    const now = this.#sources.clock();
    return this.#page(call, artifacts, (items, total) => ({
      total_count: total,
      artifacts: items.map((artifact) => artifactDocument(this.url, repository, run, artifact, now)),
    }));
  }

  /** Returns the artifacts of a run, the newest first. */
  #artifactsOf({ backendId }: SandboxRun): ArtifactService['artifacts'] {
    return backendId === '' ? [] : this.#artifacts.artifacts.filter(({ runId }) => runId === backendId).reverse();
  }

  #workflowRuns(call: Call): HttpResponse {
    const { repository, path, request } = call;
    const [, , workflow] = path;
    const query = request.url.searchParams;
    const ofWorkflow = latestAttempts(repository.runs).filter(
      (run) => run.workflow === workflow || String(workflowId(run.workflow)) === workflow,
    );
    if (ofWorkflow.length === 0) notFound();
    const matching = ofWorkflow.filter(
      (run) =>
        isGiven(query, 'branch', run.headBranch) &&
        isGiven(query, 'event', run.event) &&
        (isGiven(query, 'status', run.status) || isGiven(query, 'status', run.conclusion)),
    );
    return this.#page(call, matching.reverse(), (items, total) => ({
      total_count: total,
      workflow_runs: items.map((run) => runDocument(this.url, repository, run)),
    }));
  }

  #download({ repository, path, caller }: Call): HttpResponse {
    // Also of a public repository.
    if (caller === undefined) refuseGitHub(401, 'Requires authentication');
    const artifact =
      repository.runs.flatMap((run) => this.#artifactsOf(run)).find(({ id }) => id === path[2]) ?? notFound();
    if (artifact.expiresAt <= this.#sources.clock()) refuseGitHub(410, 'Artifact has expired');
    return { status: 302, headers: { location: this.#artifacts.downloadUrl(artifact.id) }, body: new Uint8Array() };
  }

  #compare({ repository, path }: Call): HttpResponse {
    const [, base, head] = /^(.+?)\.\.\.(.+)$/.exec(path[1] ?? '') ?? notFound();
    if (base === undefined || head === undefined || base !== repository.defaultBranch) notFound();
    const relation = repository.relationOf(head) ?? notFound();
    return json(200, comparisonDocument(this.url, repository, [base, head], relation));
  }

  #issues(call: Call): HttpResponse {
    const { repository, request } = call;
    const query = request.url.searchParams;
    const state = query.get('state') ?? 'open';
    const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
    const creator = query.get('creator');
    const matching = this.#withIssues(repository).filter(
      (issue) =>
        (state === 'all' || issue.state === state) &&
        labels.every((label) => issue.labels.some((one) => one.toLowerCase() === label.toLowerCase())) &&
        (creator === null || issue.author.toLowerCase() === creator.toLowerCase()),
    );
    if (query.get('direction') !== 'asc') matching.reverse();
    return this.#page(call, matching, (items) => items.map((issue) => this.#issueDocument(repository, issue)));
  }

  #createIssue({ repository, request, caller }: Call): HttpResponse {
    this.#withIssues(repository);
    const body = bodyOf(request);
    const title = asText(body.title) ?? invalid('Issue', 'title', 'missing_field');
    const text = textOf(body, 'body', 'Issue') ?? '';
    const labels = labelsOf(body);
    const issue = repository.addIssue({ title, body: text, labels, author: caller?.login ?? '' });
    const document = this.#issueDocument(repository, issue);
    return json(201, document, { location: String(document.url) });
  }

  #updateIssue({ repository, request, path }: Call): HttpResponse {
    const issue = this.#issue(repository, path);
    const body = bodyOf(request);
    const title = asText(body.title);
    const text = textOf(body, 'body', 'Issue');
    const state = asText(body.state);
    if (state !== undefined && state !== 'open' && state !== 'closed') invalid('Issue', 'state', 'invalid');
    const reason = asText(body.state_reason);
    const stateReason = reasons.find((one) => one === reason);
    if (reason !== undefined && stateReason === undefined) invalid('Issue', 'state_reason', 'invalid');
    repository.change(issue, {
      ...(title !== undefined && { title }),
      ...(text !== undefined && { body: text }),
      ...(state !== undefined && { state }),
      ...(stateReason !== undefined && { stateReason }),
    });
    return json(200, this.#issueDocument(repository, issue));
  }

  #comments(call: Call): HttpResponse {
    const { repository, request, path } = call;
    const issue = this.#issue(repository, path);
    const since = new Date(request.url.searchParams.get('since') ?? 0);
    const comments = issue.comments.filter(({ at }) => at >= since);
    return this.#page(call, comments, (items) =>
      items.map((comment) => commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login))),
    );
  }

  #comment({ repository, request, path, caller }: Call): HttpResponse {
    const issue = this.#issue(repository, path);
    const text = textOf(bodyOf(request), 'body', 'IssueComment') ?? invalid('IssueComment', 'body', 'missing_field');
    const comment = repository.comment(issue, caller?.login ?? '', text);
    const document = commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login));
    return json(201, document, { location: String(document.url) });
  }

  #issueDocument(repository: SandboxRepository, issue: SandboxIssue): JsonObject {
    return issueDocument(this.url, repository, issue, (login) => this.#userId(login));
  }

  #withIssues(repository: SandboxRepository): SandboxIssue[] {
    if (!repository.hasIssues) refuseGitHub(410, 'Issues are disabled for this repo');
    return [...repository.issues];
  }

  #issue(repository: SandboxRepository, path: readonly string[]): SandboxIssue {
    return this.#withIssues(repository).find(({ number }) => String(number) === path[1]) ?? notFound();
  }

  #page<Item>(
    { request }: Call,
    items: readonly Item[],
    document: (items: readonly Item[], total: number) => JsonValue,
  ): HttpResponse {
    const { shown, link } = pageOf(items, request.url, this.#settings.maxPageSize);
    return json(200, document(shown, items.length), link === undefined ? {} : { link });
  }

  /** Counts a request, and returns the headers that state the limit. */
  #count(caller: Caller | undefined): Readonly<Record<string, string>> {
    const key = caller === undefined ? '' : `${caller.login} ${caller.repositories.join()}`;
    const now = this.#sources.clock();
    const known = this.#used.get(key);
    const used = known !== undefined && known.reset > now ? known : { count: 0, reset: secondsAfter(now, 3600) };
    this.#used.set(key, used);
    const usual = caller === undefined ? 60 : caller.isIntegration ? 1000 : 5000;
    const limit = this.#settings.requestsPerHour ?? usual;
    const isOver = used.count >= limit;
    if (!isOver) used.count += 1;
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(limit - used.count),
      'x-ratelimit-used': String(used.count),
      'x-ratelimit-reset': String(Math.floor(used.reset.getTime() / 1000)),
      'x-ratelimit-resource': 'core',
    };
    if (isOver) refuseGitHub(403, `API rate limit exceeded for ${caller?.login ?? '127.0.0.1'}.`, headers);
    return headers;
  }

  #userId(login: string): number {
    const known = this.#users.get(login) ?? this.#nextId();
    this.#users.set(login, known);
    return known;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

const reasons = ['completed', 'not_planned', 'reopened', 'duplicate'] as const;

/** Refuses a request for which the token lacks a permission, and names it in a header, as GitHub does. */
function forbidden(caller: Caller | undefined, { scope, level }: Endpoint): never {
  if (caller === undefined) refuseGitHub(401, 'Requires authentication');
  const source = caller.isIntegration ? 'integration' : 'personal access token';
  return refuseGitHub(403, `Resource not accessible by ${source}`, {
    'x-accepted-github-permissions': `${scope}=${level}`,
  });
}

function movedTo(url: string, { method, url: { search } }: HttpRequest): HttpResponse {
  const location = `${url}${search}`;
  const body = { message: 'Moved Permanently', url: location, documentation_url: 'https://docs.github.com/rest' };
  return json(method === 'GET' ? 301 : 307, body, { location });
}

/** Reports whether a query has no such parameter, or this value of it. */
function isGiven(query: URLSearchParams, name: string, value: string | undefined): boolean {
  const given = query.get(name);
  return given === null || given === value;
}

function attemptOf(repository: SandboxRepository, path: readonly string[]): SandboxRun {
  const [, , id, , attempt] = path;
  return repository.runs.find((run) => String(run.id) === id && String(run.attempt) === attempt) ?? notFound();
}

function latestAttempts(runs: readonly SandboxRun[]): SandboxRun[] {
  return runs.filter((run) => !runs.some(({ id, attempt }) => id === run.id && attempt > run.attempt));
}

function labelsOf({ labels }: JsonObject): readonly string[] {
  if (labels === undefined) return [];
  if (!Array.isArray(labels)) invalid('Issue', 'labels', 'invalid');
  return labels.map(
    (label: JsonValue) => asText(label) ?? asText(asObject(label)?.name) ?? invalid('Label', 'name', 'invalid'),
  );
}
