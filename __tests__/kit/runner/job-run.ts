/** The request to run a job, and its result. */

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
  /** The id. Without one, nothing can refer to the step's outputs. */
  readonly id?: string;
  readonly name?: string;
  /** The inputs, whose expressions are evaluated for each stage: `steps` and `env` may have changed by the time of `post`. */
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The condition, made of status functions only; `success()` by default. */
  readonly if?: string;
  readonly continueOnError?: boolean;
  readonly timeoutMinutes?: number;
}

export interface JobRun {
  readonly steps: readonly JobStep[];
  /** The folder of the workspace. It has to exist; it may be empty, as before a checkout. */
  readonly workspace: string;
  /** RUNNER_TEMP. It is emptied at the beginning and at the end of the job. */
  readonly temporaryDirectory: string;
  /** `_actions`, the folder of the actions that `stageAction` has laid out. */
  readonly actionsDirectory?: string;
  /** The event that started the run; a push to the main branch by default. */
  readonly event?: EventContext;
  /** Values of the `github` context that replace the event's. */
  readonly github?: RepositoryContext;
  readonly permissions?: PermissionsRequest['declared'];
  /** The repository's default where no `permissions:` are stated. */
  readonly defaultPermissions?: PermissionsRequest['defaults'];
  /** The permissions of the calling job, for a job of a reusable workflow. */
  readonly callerPermissions?: Permissions;
  /**
   * GitHub's services, such as a sandbox has. The job gets what its event and permissions allow. The token service is configured for this
   * job while it runs, and is reset to its defaults afterwards.
   */
  readonly services?: JobServices;
  /** The job at the artifact service; the sandbox's own by default. */
  readonly runtime?: RuntimeJob;
  /** `github.token`: one of the services' API of GitHub, or by default one that is for no service. */
  readonly githubToken?: string;
  /** The secrets by name. A run of untrusted code gets none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** `env:` of workflow and job. */
  readonly env?: Readonly<Record<string, string>>;
  /** `outputs:` of the job. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** False for a runner without GITHUB_ARTIFACTS. */
  readonly artifactsFile?: boolean;
  readonly debug?: boolean;
  readonly nodeBinaries?: NodeBinaries;
  /** Called with each line of the log as it is written, masked. */
  readonly onOutput?: (line: string) => void;
  /** Cancels the job. */
  readonly signal?: AbortSignal;
  readonly schedule?: Partial<CancellationSchedule>;
  /** False if a leak does not fail its step and the job. */
  readonly failOnLeak?: boolean;
  readonly random?: RandomBytes;
}

/** The result of a stage. */
export interface StageResult {
  readonly stage: StageName;
  /** The index of the step in the job. */
  readonly step: number;
  readonly name: string;
  /** The result before `continue-on-error`. */
  readonly outcome: StepConclusion;
  /** The result after `continue-on-error`. */
  readonly conclusion: StepConclusion;
  /** Absent for a stage that was skipped, or failed before it had a process to run. */
  readonly result: StepResult | undefined;
  /** The reason why there is no result, if the stage failed. */
  readonly error: string | undefined;
}

export type StepConclusion = JobStatus | 'skipped';

export interface JobResult {
  readonly conclusion: JobStatus;
  /** The stages that were reached, in order. */
  readonly stages: readonly StageResult[];
  /** The outputs by name, without those that are withheld. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The annotations of the job itself; those of its steps are in their results. */
  readonly annotations: readonly Annotation[];
  /** The permissions of its token. */
  readonly permissions: Permissions;
  /** The artifacts that the steps declared in GITHUB_ARTIFACTS. */
  readonly artifacts: readonly ArtifactSubject[];
  readonly leaks: readonly Leak[];
}
