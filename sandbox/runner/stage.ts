/** A stage of a step, `pre`, `main` or `post`: what it is run with, and what came of it. */

import type { Artifact } from '../artifacts/index.ts';
import type { RequestRecord } from '../http/index.ts';
import type { Annotation } from './annotations.ts';
import type { ArtifactSubjects } from './artifacts-file.ts';
import type { GitHubContext, IdTokenPermission, RunnerValue } from './environment.ts';
import type { JobSecret, Leak } from './leaks.ts';
import type { RawLine } from './lines.ts';
import type { ActionManifest } from './manifest.ts';
import type { SecretMasker } from './masks.ts';
import type { CancellationSchedule } from './step-process.ts';
import type { CaselessMap } from './step-recorder.ts';

export type StageName = 'pre' | 'main' | 'post';

/** The Node of each runtime that an action may ask for. */
export type NodeBinaries = Readonly<Partial<Record<ActionManifest['using'], string>>>;

/** Where leaks are looked for besides what a stage leaves by itself. */
export interface LeakWatch {
  /** Every request to the services so far: those of the stage are looked at. */
  readonly requests?: readonly RequestRecord[];
  /** Every artifact so far: likewise. */
  readonly artifacts?: () => readonly Artifact[];
}

/** What the stages of a job share. */
export interface StageHost {
  readonly workspace: string;
  readonly temporaryDirectory: string;
  readonly github: GitHubContext;
  readonly event: Readonly<Record<string, unknown>>;
  /** `github.token`. */
  readonly token: string | undefined;
  readonly runner: Readonly<Partial<Record<RunnerValue, string>>>;
  readonly idToken: IdTokenPermission | undefined;
  readonly actionsVariables: Readonly<Record<string, string>>;
  readonly masker: SecretMasker;
  readonly secrets: readonly JobSecret[];
  readonly artifacts: ArtifactSubjects | undefined;
  readonly watch: LeakWatch;
  readonly failOnLeak: boolean;
  readonly debug: boolean;
  readonly nodeBinaries: NodeBinaries;
  readonly schedule: Partial<CancellationSchedule>;
  readonly onOutput: ((line: string) => void) | undefined;
}

export interface StageRun {
  readonly stage: StageName;
  readonly actionDirectory: string;
  readonly manifest: ActionManifest;
  /** As the manifest names it. */
  readonly script: string;
  /** What `uses:` says, for the log. */
  readonly uses: string;
  /** What the step is called, for messages. */
  readonly displayName: string;
  readonly stepId: string;
  /** `owner/repository` and ref of an action that is not the workspace's own. */
  readonly source: { readonly repository: string; readonly ref: string } | undefined;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly pathAdditions: readonly string[];
  /** What earlier stages of the step saved; what this one saves is added. */
  readonly state: CaselessMap;
  readonly warnings: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** None if 0. */
  readonly timeoutMinutes: number;
}

export interface StepResult {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  /** Undefined if no process was started. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Names are equal without regard to case. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly exportedEnvironment: ReadonlyMap<string, string>;
  readonly pathAdditions: readonly string[];
  /** What is saved for later stages of the step, by this one or an earlier one. */
  readonly state: ReadonlyMap<string, string>;
  /** As it is shown: masked, or empty if it was too large. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** The log as the user sees it. */
  readonly log: readonly string[];
  /** What the process printed, before masking, in the order of arrival; between the two streams that order is not certain. */
  readonly rawLog: readonly RawLine[];
  /** The secrets that were masked in the end, without their encoded forms. */
  readonly masks: readonly string[];
  /** Where secrets were that must not be there. GitHub would not notice; here the step fails of one. */
  readonly leaks: readonly Leak[];
}
