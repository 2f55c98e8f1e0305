/** What a run is, by the event that started it: its `github` context, its payload, its token's limits, its identity. */

import { exampleJob, type JobClaims, type SubjectForm } from '../../../sandbox/oidc/index.ts';
import type { RepositoryContext } from '../../../sandbox/runner/environment.ts';
import { defaultBranch, type EventKind, eventPayload, headCommit, pullRequestNumber } from './event-payload.ts';

/** A reusable workflow that holds the job. */
export interface CalledWorkflow {
  /** Absent, the caller's own: the file is then the one at the caller's commit. */
  readonly repository?: string;
  readonly path?: string;
  /** As the caller wrote it, in full: `refs/tags/v1`, or a commit. Of another repository alone. */
  readonly ref?: string;
  readonly sha?: string;
}

export interface EventOptions {
  readonly repository?: string;
  readonly visibility?: 'public' | 'private' | 'internal';
  readonly actor?: string;
  /** The file of the workflow that the event starts. */
  readonly workflowPath?: string;
  /** The branch that is pushed to, released from, or merged into; the default branch by default. */
  readonly branch?: string;
  readonly tag?: string;
  /** The commit that the run is of. */
  readonly sha?: string;
  /** `environment:` of the job. */
  readonly environment?: string;
  /** That the job is one of a reusable workflow. */
  readonly calls?: CalledWorkflow;
  /** Above 1 for a run that is run again: its id stays. */
  readonly attempt?: number;
  readonly subjectForm?: SubjectForm;
}

export interface EventContext {
  readonly kind: EventKind;
  readonly github: RepositoryContext;
  /** The contents of `GITHUB_EVENT_PATH`. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The most that the job's token may do, whatever its workflow says. */
  readonly permissionCeiling: 'read' | 'write';
  /** What GitHub's issuer says of the job; `undefined` where it gives no token, whatever the permissions are. */
  readonly claims: JobClaims | undefined;
  readonly subjectForm: SubjectForm;
  /** The workflow file that the job is of: the called one, if one is. */
  readonly jobWorkflow: { readonly repository: string; readonly sha: string };
}

const topic = 'topic';
const dependabotBranch = 'dependabot/npm_and_yarn/left-pad-1.3.0';

interface Actor {
  readonly login: string;
  readonly id: string;
}

const exampleUser: Actor = { login: exampleJob.actor, id: exampleJob.actor_id };
const stranger: Actor = { login: 'stranger', id: '700000098' };
const dependabot: Actor = { login: 'dependabot[bot]', id: '49699333' };

/** What an event makes of a run. */
interface EventShape {
  readonly eventName: string;
  readonly ref: string;
  readonly headRef?: string;
  readonly baseRef?: string;
  readonly actor?: Actor;
  /** Of a stranger: a token that reads, and no identity. */
  readonly untrusted?: true;
}

function eventShape(kind: EventKind, branch: string, tag: string): EventShape {
  const mergeRef = `refs/pull/${pullRequestNumber}/merge`;
  switch (kind) {
    case 'push-branch':
      return { eventName: 'push', ref: `refs/heads/${branch}` };
    case 'push-tag':
      return { eventName: 'push', ref: `refs/tags/${tag}` };
    case 'pull-request':
      return { eventName: 'pull_request', ref: mergeRef, headRef: topic, baseRef: branch };
    case 'fork-pull-request':
      return {
        eventName: 'pull_request',
        ref: mergeRef,
        headRef: topic,
        baseRef: branch,
        actor: stranger,
        untrusted: true,
      };
    case 'dependabot':
      return {
        eventName: 'pull_request',
        ref: mergeRef,
        headRef: dependabotBranch,
        baseRef: branch,
        actor: dependabot,
        untrusted: true,
      };
    case 'pull-request-target':
      // The default branch's workflow and commit, in the name of a pull request that may be a stranger's.
      return {
        eventName: 'pull_request_target',
        ref: `refs/heads/${defaultBranch}`,
        headRef: topic,
        baseRef: branch,
        actor: stranger,
      };
    case 'merge-group':
      // GITHUB_BASE_REF is empty here: the branch to merge into is in the payload alone.
      return {
        eventName: 'merge_group',
        ref: `refs/heads/gh-readonly-queue/${branch}/pr-${pullRequestNumber}-${headCommit}`,
      };
    case 'schedule':
      return { eventName: 'schedule', ref: `refs/heads/${defaultBranch}` };
    case 'workflow-dispatch':
      return { eventName: 'workflow_dispatch', ref: `refs/heads/${branch}` };
    case 'workflow-run':
      return { eventName: 'workflow_run', ref: `refs/heads/${defaultBranch}` };
    case 'release':
      return { eventName: 'release', ref: `refs/tags/${tag}` };
  }
}

/**
 * The context of a run that an event starts, in the repository of {@link exampleJob} unless told otherwise.
 *
 * @example
 * const event = eventContext('push-tag', { tag: 'v2.0.0', environment: 'production' });
 * const called = eventContext('push-branch', { calls: { repository: 'example-org/signing', ref: 'refs/tags/v1' } });
 */
export function eventContext(kind: EventKind, options: EventOptions = {}): EventContext {
  const { repository = exampleJob.repository, branch = defaultBranch, sha = exampleJob.sha } = options;
  const shape = eventShape(kind, branch, options.tag ?? 'v1.0.0');
  const actor = shape.actor ?? exampleUser;
  const workflowPath = options.workflowPath ?? '.github/workflows/release.yml';
  const workflowRef = `${repository}/${workflowPath}@${shape.ref}`;
  const job = jobWorkflow(options.calls, { repository, ref: shape.ref, sha, workflowRef });
  const claims: JobClaims = {
    ...exampleJob,
    actor: options.actor ?? actor.login,
    actor_id: actor.id,
    base_ref: shape.baseRef ?? '',
    event_name: shape.eventName,
    head_ref: shape.headRef ?? '',
    job_workflow_ref: job.ref,
    job_workflow_sha: job.sha,
    ref: shape.ref,
    ref_protected: String(shape.ref === `refs/heads/${defaultBranch}`),
    ref_type: shape.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_owner: repository.split('/')[0] ?? '',
    repository_visibility: options.visibility ?? 'public',
    run_attempt: String(options.attempt ?? 1),
    sha,
    workflow_ref: workflowRef,
    workflow_sha: sha,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  };
  return {
    kind,
    github: githubContext(claims),
    payload: eventPayload(kind, claims, branch),
    permissionCeiling: shape.untrusted ? 'read' : 'write',
    claims: shape.untrusted ? undefined : claims,
    subjectForm: options.subjectForm ?? 'classic',
    jobWorkflow: { repository: job.repository, sha: job.sha },
  };
}

interface Caller {
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  readonly workflowRef: string;
}

/** `job_workflow_*` names the file that holds the job, `workflow_*` the one that the event started. */
function jobWorkflow(
  called: CalledWorkflow | undefined,
  caller: Caller,
): { readonly repository: string; readonly ref: string; readonly sha: string } {
  if (called === undefined) return { repository: caller.repository, ref: caller.workflowRef, sha: caller.sha };
  const path = called.path ?? '.github/workflows/sign.yml';
  if (called.repository === undefined || called.repository === caller.repository) {
    return { repository: caller.repository, ref: `${caller.repository}/${path}@${caller.ref}`, sha: caller.sha };
  }
  const sha = called.sha ?? 'abcdef0123456789abcdef0123456789abcdef01';
  return { repository: called.repository, ref: `${called.repository}/${path}@${called.ref ?? 'refs/tags/v1'}`, sha };
}

/** The same facts as the job's environment states them. `GITHUB_WORKFLOW_*` are the caller's, as the claims of that name. */
function githubContext(claims: JobClaims): RepositoryContext {
  const { actor, actor_id, base_ref, event_name, head_ref, ref, ref_protected, ref_type, sha } = claims;
  const { repository, repository_id, repository_owner, repository_owner_id } = claims;
  const { run_attempt, run_id, run_number, workflow, workflow_ref, workflow_sha } = claims;
  return {
    actor,
    actor_id,
    base_ref,
    event_name,
    head_ref,
    ref,
    ref_protected,
    ref_type,
    repository,
    repository_id,
    repository_owner,
    repository_owner_id,
    run_attempt,
    run_id,
    run_number,
    sha,
    triggering_actor: actor,
    workflow,
    workflow_ref,
    workflow_sha,
  };
}
