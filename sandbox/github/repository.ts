/** A repository and its runs, as tests make them. */

import { type Sources, wholeSecond } from '../sources.ts';
import type { CommitRelation } from './commits.ts';
import type { IssueOptions, SandboxIssue } from './issues.ts';

export type OwnerType = 'Organization' | 'User';

export type Visibility = 'public' | 'private' | 'internal';

export interface RepositoryOptions {
  readonly visibility?: Visibility;
  readonly defaultBranch?: string;
  readonly id?: number;
  readonly ownerId?: number;
  /** By default an organization. */
  readonly ownerType?: OwnerType;
  readonly isFork?: boolean;
  /** True if its releases are immutable from their publication on. */
  readonly immutableReleases?: boolean;
  /** False if the repository has no issues. */
  readonly hasIssues?: boolean;
}

export interface JobOptions {
  readonly name: string;
  readonly status?: 'queued' | 'in_progress' | 'completed' | 'waiting';
  readonly conclusion?: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'action_required';
  readonly startedAt?: Date;
  readonly completedAt?: Date;
}

export interface RunOptions {
  /** The id; by default a new one. With the id of another run, this is another attempt of it. */
  readonly id?: number;
  readonly attempt?: number;
  /** The name of the file: `release.yml`. */
  readonly workflow: string;
  readonly event?: string;
  readonly headSha?: string;
  readonly headBranch?: string;
  /** The repository of the commit, which for a pull request can be a fork. */
  readonly headRepository?: SandboxRepository;
  readonly status?: 'queued' | 'in_progress' | 'completed' | 'waiting';
  readonly conclusion?: JobOptions['conclusion'];
  /** By default one job with the conclusion of the run. */
  readonly jobs?: readonly JobOptions[];
  /** Reusable workflows: `octo/workflows/.github/workflows/sign.yml@v1`, with their commits. */
  readonly referencedWorkflows?: readonly { readonly path: string; readonly sha: string; readonly ref?: string }[];
  /** The run of the artifact service whose artifacts it has: `artifactService.job.runId`. */
  readonly backendId?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** An attempt of a run. */
export interface SandboxRun extends Required<Omit<RunOptions, 'conclusion' | 'jobs'>> {
  readonly conclusion: JobOptions['conclusion'];
  readonly jobs: readonly (JobOptions & { readonly id: number })[];
  readonly number: number;
}

export interface SandboxTag {
  readonly commit: string;
  /** The object that the reference names: the commit, or the object of an annotated tag. */
  readonly object: string;
}

/** Returns the next id of a sandbox. Ids are unique, whatever they are of. */
export type NextId = () => number;

const zeroCommit = '0'.repeat(40);

export class SandboxRepository {
  readonly id: number;
  readonly ownerId: number;
  readonly ownerType: OwnerType;
  readonly defaultBranch: string;
  readonly isFork: boolean;
  readonly hasIssues: boolean;
  readonly createdAt: Date;
  visibility: Visibility;
  immutableReleases: boolean;
  /** The latest commit of the default branch. */
  headSha = '1'.repeat(40);
  readonly #tags = new Map<string, SandboxTag>();
  readonly #sources: Sources;
  readonly #nextId: NextId;
  readonly #runs: SandboxRun[] = [];
  readonly #issues: SandboxIssue[] = [];
  readonly #commits = new Map<string, CommitRelation>();
  #name: string;

  constructor(name: string, options: RepositoryOptions, sources: Sources, nextId: NextId) {
    this.#name = name;
    this.#sources = sources;
    this.#nextId = nextId;
    this.id = options.id ?? nextId();
    this.ownerId = options.ownerId ?? nextId();
    this.ownerType = options.ownerType ?? 'Organization';
    this.visibility = options.visibility ?? 'public';
    this.defaultBranch = options.defaultBranch ?? 'main';
    this.isFork = options.isFork ?? false;
    this.immutableReleases = options.immutableReleases ?? false;
    this.hasIssues = options.hasIssues ?? true;
    this.createdAt = this.#now();
  }

  /** `owner/name`. */
  get name(): string {
    return this.#name;
  }

  get isPublic(): boolean {
    return this.visibility === 'public';
  }

  get runs(): readonly SandboxRun[] {
    return this.#runs;
  }

  get issues(): readonly SandboxIssue[] {
    return this.#issues;
  }

  /** Renames or transfers it. The API redirects requests for the former name. */
  rename(name: string): void {
    this.#name = name;
  }

  /** Adds a run, another attempt of one, or a later state of an attempt. */
  addRun(options: RunOptions): SandboxRun {
    const now = this.#now();
    const conclusion = (options.status ?? 'completed') === 'completed' ? (options.conclusion ?? 'success') : undefined;
    const status = options.status ?? 'completed';
    const earlier = this.#runs.find(({ id }) => id === options.id);
    const jobs = options.jobs ?? [{ name: 'build', status, ...(conclusion && { conclusion }) }];
    const run: SandboxRun = {
      workflow: options.workflow,
      id: options.id ?? this.#nextId(),
      attempt: options.attempt ?? 1,
      event: options.event ?? 'push',
      headSha: options.headSha ?? zeroCommit,
      headBranch: options.headBranch ?? this.defaultBranch,
      headRepository: options.headRepository ?? earlier?.headRepository ?? this,
      status,
      conclusion,
      jobs: jobs.map((job) => ({ ...job, id: this.#nextId() })),
      referencedWorkflows: options.referencedWorkflows ?? [],
      backendId: options.backendId ?? earlier?.backendId ?? '',
      createdAt: options.createdAt ?? now,
      updatedAt: options.updatedAt ?? now,
      number: earlier?.number ?? this.#runs.length + 1,
    };
    const at = this.#runs.findIndex(({ id, attempt }) => id === run.id && attempt === run.attempt);
    this.#runs.splice(at < 0 ? this.#runs.length : at, at < 0 ? 0 : 1, run);
    return run;
  }

  /** Removes all attempts of a run, as its deletion or the end of its retention does. */
  removeRun(id: number): void {
    this.#runs.splice(0, this.#runs.length, ...this.#runs.filter((run) => run.id !== id));
  }

  /** Adds a commit. */
  addCommit(sha: string, relation: CommitRelation): void {
    this.#commits.set(sha, relation);
  }

  /** Returns how a commit relates to the default branch; `undefined` for one that does not exist. */
  relationOf(sha: string): CommitRelation | undefined {
    return sha === this.defaultBranch ? 'identical' : this.#commits.get(sha);
  }

  get tags(): readonly (readonly [name: string, SandboxTag])[] {
    return [...this.#tags];
  }

  /** Creates a tag, or moves it. */
  addTag(name: string, commit: string, object = commit): void {
    this.#tags.set(name, { commit, object });
  }

  removeTag(name: string): void {
    this.#tags.delete(name);
  }

  commitOfTag(name: string): string | undefined {
    return this.#tags.get(name)?.commit;
  }

  objectOfTag(name: string): string | undefined {
    return this.#tags.get(name)?.object;
  }

  /** Opens an issue. */
  addIssue({ title, body = '', labels = [], author, isPullRequest = false }: IssueOptions): SandboxIssue {
    const now = this.#now();
    const issue: SandboxIssue = {
      id: this.#nextId(),
      number: this.#issues.length + 1,
      title,
      body,
      labels,
      author,
      isPullRequest,
      state: 'open',
      stateReason: null,
      comments: [],
      createdAt: now,
      updatedAt: now,
      closedAt: undefined,
    };
    this.#issues.push(issue);
    return issue;
  }

  /** Changes an issue. */
  change(issue: SandboxIssue, change: Partial<Pick<SandboxIssue, 'title' | 'body' | 'state' | 'stateReason'>>): void {
    const now = this.#now();
    const wasOpen = issue.state === 'open';
    Object.assign(issue, change, { updatedAt: now });
    if (wasOpen === (issue.state === 'open')) return;
    issue.closedAt = wasOpen ? now : undefined;
    issue.stateReason = change.stateReason ?? (wasOpen ? 'completed' : 'reopened');
  }

  comment(issue: SandboxIssue, author: string, body: string): SandboxIssue['comments'][number] {
    const comment = { id: this.#nextId(), author, body, at: this.#now() };
    issue.comments.push(comment);
    issue.updatedAt = comment.at;
    return comment;
  }

  #now(): Date {
    return wholeSecond(this.#sources.clock());
  }
}
