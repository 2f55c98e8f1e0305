/**
 * Which files are the pull request's own to change.
 *
 * A job of `pull_request` has checked out what the pull request would make of the repository. A policy that is read from there is
 * whatever its author wants it to be, and so are a trusted root and a key.
 */

import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type JsonObject, type JsonValue, parseJson } from '../core/encoding/index.ts';
import { CountersignError } from '../core/errors/index.ts';

/** What the runner says of the job. */
export interface PullRequestJob {
  readonly workspace: string;
  /** `GITHUB_EVENT_NAME` */
  readonly eventName: string;
  /** `GITHUB_SHA` */
  readonly sha: string;
  /** `GITHUB_EVENT_PATH` */
  readonly eventPath: string | undefined;
}

type ReadingFiles = Pick<typeof fs, 'readFile' | 'realpath' | 'stat'>;

/** Of the paths, those of files that the author of a pull request could have written. Empty in any other job. */
export async function proposedFiles(
  paths: readonly string[],
  job: PullRequestJob,
  files: ReadingFiles,
): Promise<readonly string[]> {
  if (paths.length === 0 || !/^(pull_request|pull_request_target|workflow_run)$/.test(job.eventName)) return [];
  const commits = await proposedCommits(job, files);
  if (commits.size === 0) return [];
  const workspace = await files.realpath(job.workspace).catch(() => job.workspace);
  const proposed = await Promise.all(paths.map((path) => isProposed(path, workspace, commits, files)));
  return paths.filter((_, index) => proposed[index]);
}

/** The commits that a checkout of the pull request may be at. */
async function proposedCommits(job: PullRequestJob, files: ReadingFiles): Promise<ReadonlySet<string>> {
  const { pull_request: pullRequest, workflow_run: run } = await readEvent(job, files);
  if (job.eventName === 'workflow_run') {
    // The job itself is of the default branch; it is about what another run did.
    const isOfPullRequest = member(run, 'event') === 'pull_request';
    return new Set(isOfPullRequest ? texts(member(run, 'head_sha')) : []);
  }
  // In `pull_request_target` the job's commit is the base's.
  const own = job.eventName === 'pull_request' ? [job.sha] : [];
  return new Set([
    ...own,
    ...texts(member(member(pullRequest, 'head'), 'sha'), member(pullRequest, 'merge_commit_sha')),
  ]);
}

async function isProposed(
  path: string,
  workspace: string,
  commits: ReadonlySet<string>,
  files: ReadingFiles,
): Promise<boolean> {
  const real = await files.realpath(path).catch(() => undefined);
  // What is not there cannot be read either.
  if (real === undefined) return false;
  const checkout = await checkoutOf(dirname(real), files);
  if (checkout === undefined) return real.startsWith(join(workspace, '/'));
  const commit = await checkedOut(checkout, files);
  return commit === undefined || commits.has(commit);
}

/** The checkout that a folder is in. That of a submodule is its parent's: which commit it is at is for the pull request to say. */
async function checkoutOf(folder: string, files: ReadingFiles): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const git = await files.stat(join(at, '.git')).catch(() => undefined);
    if (git?.isDirectory()) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** The commit that a checkout is at; `undefined` if it does not say in a way that is read here. */
async function checkedOut(checkout: string, files: ReadingFiles): Promise<string | undefined> {
  const line = async (name: string): Promise<string> =>
    (await files.readFile(join(checkout, '.git', name), 'utf8').catch(() => '')).trim();
  const head = await line('HEAD');
  const [, ref] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? [];
  const commit = ref === undefined || ref.includes('..') ? head : await line(ref);
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? commit : undefined;
}

async function readEvent({ eventPath }: PullRequestJob, files: ReadingFiles): Promise<JsonObject> {
  const bytes = eventPath === undefined ? undefined : await files.readFile(eventPath).catch(() => undefined);
  if (bytes === undefined) return {};
  try {
    const event = parseJson(bytes, { maxLength: 64 * 1024 * 1024 });
    return isObject(event) ? event : {};
  } catch (error) {
    // The runner wrote it; without it the job's own commit is all that is known.
    if (error instanceof CountersignError) return {};
    throw error;
  }
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? value[name] : undefined;
}

function texts(...values: readonly (JsonValue | undefined)[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
