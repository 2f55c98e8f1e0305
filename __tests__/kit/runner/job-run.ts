/** A job as it is asked for, and what came of it. */

import type { RuntimeJob } from '../../../sandbox/artifacts/index.ts';
import type { Annotation } from '../../../sandbox/runner/annotations.ts';
import type { RepositoryContext } from '../../../sandbox/runner/environment.ts';
import type { Leak, NodeBinaries, StageName, StepResult } from '../../../sandbox/runner/stage.ts';
import type { CancellationSchedule } from '../../../sandbox/runner/step-process.ts';
import type { RandomBytes } from '../../../sandbox/sources.ts';
import type { ArtifactSubject } from './artifacts-file.ts';
import type { EventContext } from './event-context.ts';
import type { JobServices } from './job-tokens.ts';
import type { Permissions, PermissionsRequest } from './permissions.ts';
import type { JobStatus } from './status-condition.ts';

export interface JobStep {
  /** `./path` in the workspace, `owner/repository/path@ref` below `_actions`, or `$/path` of the job's own workflow. */
  readonly uses: string;
  /** Absent, the step has no outputs that anybody could name. */
  readonly id?: string;
  readonly name?: string;
  /** Evaluated for each stage anew: what stands in `steps` and `env` may be another value by the time of `post`. */
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Of status functions alone; `success()` by default. */
  readonly if?: string;
  readonly continueOnError?: boolean;
  readonly timeoutMinutes?: number;
}

export interface JobRun {
  readonly steps: readonly JobStep[];
  /** It exists; it may be empty, as before a checkout. */
  readonly workspace: string;
  /** RUNNER_TEMP. It is emptied when the job begins, and when it is over. */
  readonly temporaryDirectory: string;
  /** `_actions`, where `stageAction` has put what the steps use. */
  readonly actionsDirectory?: string;
  /** What started the run; a push to the main branch by default. */
  readonly event?: EventContext;
  /** What the `github` context has in place of the event's, `job` for one. */
  readonly github?: RepositoryContext;
  readonly permissions?: PermissionsRequest['declared'];
  /** The repository's default where no `permissions:` are stated. */
  readonly defaultPermissions?: PermissionsRequest['defaults'];
  /** What the calling job has, where this one is a reusable workflow's. */
  readonly callerPermissions?: Permissions;
  /**
   * GitHub's services, of which the job gets what its event and permissions allow. A sandbox has them. The token service
   * speaks of this job while it runs; afterwards it has its default settings, whatever it had before.
   */
  readonly services?: JobServices;
  /** The job at the artifact service; the sandbox's own by default. */
  readonly runtime?: RuntimeJob;
  /** By name. The event of a stranger has none, whatever is given. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** `env:` of workflow and job. */
  readonly env?: Readonly<Record<string, string>>;
  /** `outputs:` of the job. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Whether the runner has GITHUB_ARTIFACTS; true by default. */
  readonly artifactsFile?: boolean;
  readonly debug?: boolean;
  readonly nodeBinaries?: NodeBinaries;
  /** Called with each line of the log as it is written, masked. */
  readonly onOutput?: (line: string) => void;
  /** Aborting it cancels the job. */
  readonly signal?: AbortSignal;
  readonly schedule?: Partial<CancellationSchedule>;
  /** Whether a leak fails its step and the job; true by default. */
  readonly failOnLeak?: boolean;
  readonly random?: RandomBytes;
}

/** What became of a stage. */
export interface StageResult {
  readonly stage: StageName;
  /** The step, by its place in the job. */
  readonly step: number;
  readonly name: string;
  /** Before `continue-on-error`. */
  readonly outcome: StepConclusion;
  /** After it. */
  readonly conclusion: StepConclusion;
  /** Absent for a stage that was skipped, or failed before it had a process to run. */
  readonly result: StepResult | undefined;
  /** Why there is no result, if it failed. */
  readonly error: string | undefined;
}

export type StepConclusion = JobStatus | 'skipped';

export interface JobResult {
  readonly conclusion: JobStatus;
  /** Every stage that was come to, in that order. */
  readonly stages: readonly StageResult[];
  /** By name, those that are not withheld. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The job's own; those of its steps are in their results. */
  readonly annotations: readonly Annotation[];
  /** What its token may do. */
  readonly permissions: Permissions;
  /** What the steps declared in GITHUB_ARTIFACTS. */
  readonly artifacts: readonly ArtifactSubject[];
  readonly leaks: readonly Leak[];
}
