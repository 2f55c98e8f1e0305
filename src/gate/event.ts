/** Reads what an event says of the commits and repositories that its jobs can check out. */

import { asObject, asText, type JsonObject, type JsonValue, memberAt, parseJson } from '../core/encoding/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { readRegularFile } from '../node/index.ts';
import { isQueued, type Job } from './job.ts';
import { type ObjectId, readObjectId } from './object-id.ts';

export interface Event {
  /** Commits that the repository has accepted, each with the expression by which a workflow names it. */
  readonly accepted: ReadonlyMap<ObjectId, string>;
  /** Commits that the event names as proposed changes. */
  readonly proposed: ReadonlySet<ObjectId>;
  /** Repositories (`owner/name`, in lower case) that proposals come from; `undefined` if the event does not say. */
  readonly proposers: ReadonlySet<string> | undefined;
}

const maxLength = 64 * 1024 * 1024;

const pullRequestEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Runs of these have no other author than those who can write to the branch. */
const ownRuns: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch']);

/**
 * Reads the event of a job.
 *
 * @throws CountersignError `POLICY_INVALID` if the payload cannot be read: nothing can be proven without it
 */
export async function readEvent(job: Job, files: FileReading): Promise<Event> {
  const payload = await readPayload(job, files);
  const commits = acceptedCommits(payload, job);
  const proposed = proposedCommits(payload, job);
  return {
    accepted: new Map(
      commits.flatMap(([commit, expression]) => {
        const id = readObjectId(commit);
        return id === undefined || proposed.has(id) ? [] : [[id, expression] as const];
      }),
    ),
    proposed,
    proposers: proposers(payload, job),
  };
}

function acceptedCommits(payload: JsonObject, job: Job): readonly (readonly [commit: unknown, expression: string])[] {
  const { eventName = '', sha } = job;
  const accepted: (readonly [unknown, string])[] = [];
  if (pullRequestEvents.has(eventName))
    accepted.push([memberAt(payload, 'pull_request', 'base', 'sha'), 'github.event.pull_request.base.sha']);
  if (eventName === 'merge_group')
    accepted.push([memberAt(payload, 'merge_group', 'base_sha'), 'github.event.merge_group.base_sha']);
  if (isOfAcceptedRef(payload, job)) accepted.push([sha, 'github.sha']);
  if (isOwnRun(payload, job))
    accepted.push([memberAt(payload, 'workflow_run', 'head_sha'), 'github.event.workflow_run.head_sha']);
  return accepted;
}

/** Reports whether `GITHUB_SHA` is a commit of a branch that decides, whatever else the event is about. */
function isOfAcceptedRef(payload: JsonObject, { eventName, ref = '' }: Job): boolean {
  if (isQueued(ref)) return false;
  if (isBranch(ref, memberAt(payload, 'repository', 'default_branch'))) return true;
  if (eventName === 'pull_request_target') return isBranch(ref, memberAt(payload, 'pull_request', 'base', 'ref'));
  // As with a push: only who can write starts it, on a ref whose workflow it is that runs.
  return eventName === 'workflow_dispatch' && /^refs\/(?:heads|tags)\/./.test(ref) && memberAt(payload, 'ref') === ref;
}

function isBranch(ref: string, branch: JsonValue | undefined): boolean {
  return typeof branch === 'string' && branch !== '' && ref === `refs/heads/${branch}`;
}

/** Reports whether a `workflow_run` follows a run of the repository's own default branch. */
function isOwnRun(payload: JsonObject, { eventName, repository }: Job): boolean {
  if (eventName !== 'workflow_run' || repository === undefined) return false;
  const run = memberAt(payload, 'workflow_run');
  const branch = memberAt(payload, 'repository', 'default_branch');
  return (
    ownRuns.has(String(memberAt(run, 'event'))) &&
    memberAt(run, 'head_repository', 'full_name') === repository &&
    typeof branch === 'string' &&
    memberAt(run, 'head_branch') === branch
  );
}

function proposedCommits(payload: JsonObject, job: Job): ReadonlySet<ObjectId> {
  const pullRequest = memberAt(payload, 'pull_request');
  const commits = [
    // After the merge they are commits of the base.
    ...(memberAt(pullRequest, 'merged') === true
      ? []
      : [memberAt(pullRequest, 'head', 'sha'), memberAt(pullRequest, 'merge_commit_sha')]),
    memberAt(payload, 'merge_group', 'head_sha'),
    ...(isOwnRun(payload, job) ? [] : [memberAt(payload, 'workflow_run', 'head_sha')]),
  ];
  return new Set(commits.map(readObjectId).filter((id) => id !== undefined));
}

function proposers(payload: JsonObject, { eventName = '' }: Job): ReadonlySet<string> | undefined {
  // A merge queue's branches are in the repository itself.
  if (eventName === 'merge_group') return new Set();
  const name = pullRequestEvents.has(eventName)
    ? memberAt(payload, 'pull_request', 'head', 'repo', 'full_name')
    : eventName === 'workflow_run'
      ? memberAt(payload, 'workflow_run', 'head_repository', 'full_name')
      : undefined;
  const text = asText(name);
  return text === undefined ? undefined : new Set([text.toLowerCase()]);
}

async function readPayload({ eventPath }: Job, files: FileReading): Promise<JsonObject> {
  if (!eventPath) return unreadable('the variable is not set');
  const bytes = await readRegularFile(files, eventPath, maxLength).catch((cause: unknown) =>
    unreadable(cause instanceof Error ? cause.message : String(cause)),
  );
  return asObject(readJson(bytes)) ?? unreadable('it is not a JSON object');
}

function readJson(bytes: Uint8Array): JsonValue {
  try {
    return parseJson(bytes, { maxLength });
  } catch (cause) {
    if (cause instanceof CountersignError) return unreadable(cause.message);
    throw cause;
  }
}

function unreadable(reason: string): never {
  return fail('POLICY_INVALID', `the event payload (GITHUB_EVENT_PATH) cannot be read: ${reason}`, {
    remedy: 'Without the payload, the base commit is unknown. Set the policy with inputs in the workflow.',
  });
}
