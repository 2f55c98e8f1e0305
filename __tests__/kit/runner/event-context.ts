/** The events that start runs: the `github` context, the payload, the limits of the token and the identity of each. */

import { exampleJob, type JobClaims, type SubjectForm } from '../../../sandbox/oidc/index.ts';
import type { RepositoryContext } from '../../../sandbox/runner/environment.ts';
import { defaultBranch, type EventKind, eventPayload, headCommit, pullRequestNumber } from './event-payload.ts';

/** The reusable workflow of a job. */
export interface CalledWorkflow {
  /** The repository of the workflow; by default the caller's, and then at the caller's commit. */
  readonly repository?: string;
  readonly path?: string;
  /** The full ref or the commit that the caller names, as `refs/tags/v1`; only for another repository. */
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
  /** The commit of the run. */
  readonly sha?: string;
  /** `environment:` of the job. */
  readonly environment?: string;
  /** The reusable workflow that holds the job, if one does. */
  readonly calls?: CalledWorkflow;
  /** The attempt, above 1 for a run that is repeated under the same id. */
  readonly attempt?: number;
  readonly subjectForm?: SubjectForm;
}

export interface EventContext {
  readonly kind: EventKind;
  readonly github: RepositoryContext;
  /** The contents of `GITHUB_EVENT_PATH`. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The upper limit of the permissions of the job's token, whatever its workflow says. */
  readonly permissionCeiling: 'read' | 'write';
  /** The claims in the job's token; `undefined` if GitHub issues none, whatever the permissions are. */
  readonly claims: JobClaims | undefined;
  readonly subjectForm: SubjectForm;
  /** The repository and commit of the workflow file that holds the job, which may be a called one. */
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

/** The properties of a run that follow from its event. */
interface EventShape {
  readonly eventName: string;
  readonly ref: string;
  readonly headRef?: string;
  readonly baseRef?: string;
  readonly actor?: Actor;
  /** True for a contributor without write access: the token only reads, and there is no identity. */
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
      // The workflow and commit of the default branch, for a pull request that may be from a fork.
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
 * Returns the context of a run that an event starts, by default in the repository of {@link exampleJob}.
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

/** Returns the file that holds the job, for `job_workflow_*`; `workflow_*` is the one that the event started. */
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

/** Returns the same facts for the job's environment. `GITHUB_WORKFLOW_*` are the caller's, like the claims of that name. */
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
