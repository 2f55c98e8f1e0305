/** A stage of a step, `pre`, `main` or `post`: what it is run with, and what came of it. */
import type { Annotation } from './annotations.ts';
import type { CaselessMap } from './caseless-map.ts';
import type { GitHubContext, IdTokenPermission, RunnerValue } from './environment.ts';
import type { RawLine } from './lines.ts';
import type { ActionManifest } from './manifest.ts';
import type { SecretMasker } from './masks.ts';
import type { CancellationSchedule } from './step-process.ts';
export type StageName = 'pre' | 'main' | 'post';
/** The Node of each runtime that an action may ask for. */
export type NodeBinaries = Readonly<Partial<Record<ActionManifest['using'], string>>>;
/** A secret where it must not be. */
export interface Leak {
    /** The name of the secret; never its value. */
    readonly secret: string;
    readonly place: string;
    /** The line, the output or the request. */
    readonly detail: string;
}
/** The output of a stage, unmasked. */
export interface StageTraces {
    /** The lines that it printed, except for those that mask a value. */
    readonly printed: readonly RawLine[];
    readonly summary: string;
    readonly outputs: ReadonlyMap<string, string>;
    readonly environment: ReadonlyMap<string, string>;
    readonly pathAdditions: readonly string[];
    readonly state: ReadonlyMap<string, string>;
    readonly annotations: readonly Annotation[];
    /** The values that the stage had masked. */
    readonly masked: readonly string[];
}
/** Looks for leaks. It is called when a stage begins, and the function that it returns when the stage has ended. */
export type LeakWatch = () => (traces: StageTraces) => readonly Leak[];
/** The artifacts that the steps of a job declare in GITHUB_ARTIFACTS. */
export interface DeclaredArtifacts {
    readonly size: number;
    /** Returns the text of GITHUB_ARTIFACTS_LIST. */
    toJson(): string;
    /** Adds what a step wrote to GITHUB_ARTIFACTS, and returns how many are new. */
    declare(bytes: Uint8Array, workspace: string): number;
}
/** The settings that the stages of a job share. */
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
    /** Absent for a runner without GITHUB_ARTIFACTS. */
    readonly artifacts: DeclaredArtifacts | undefined;
    readonly watch: LeakWatch | undefined;
    readonly failOnLeak: boolean;
    readonly debug: boolean;
    readonly nodeBinaries: NodeBinaries;
    readonly schedule: Partial<CancellationSchedule>;
    readonly onOutput: ((line: string) => void) | undefined;
}
export interface StageRun {
    readonly stage: StageName;
    readonly actionDirectory: string;
    readonly manifest: Pick<ActionManifest, 'inputs' | 'using'>;
    /** The path of the script, as the manifest states it. */
    readonly script: string;
    /** The step's `uses:`, for the log. */
    readonly uses: string;
    /** The name of the step, for messages. */
    readonly displayName: string;
    readonly stepId: string;
    /** `owner/repository` and ref of an action that is not the workspace's own. */
    readonly source: {
        readonly repository: string;
        readonly ref: string;
    } | undefined;
    readonly inputs: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
    readonly pathAdditions: readonly string[];
    /** The state that earlier stages of the step saved. This stage adds to it. */
    readonly state: CaselessMap;
    readonly warnings: readonly string[];
    readonly signal: AbortSignal | undefined;
    /** 0 for no timeout. */
    readonly timeoutMinutes: number;
}
export interface StepResult {
    readonly conclusion: 'success' | 'failure' | 'cancelled';
    /** Absent if no process was started. */
    readonly exitCode: number | undefined;
    readonly signal: NodeJS.Signals | undefined;
    /** The outputs, whose names are compared without regard to case. */
    readonly outputs: ReadonlyMap<string, string>;
    readonly exportedEnvironment: ReadonlyMap<string, string>;
    readonly pathAdditions: readonly string[];
    /** The state that this stage or an earlier one saved for later stages of the step. */
    readonly state: ReadonlyMap<string, string>;
    /** The summary as it is shown: masked, or empty if it was too large. */
    readonly summary: string;
    readonly annotations: readonly Annotation[];
    /** The log as the user sees it. */
    readonly log: readonly string[];
    /** The lines that the process printed, before masking, in the order of arrival. The order of the two streams is not certain. */
    readonly rawLog: readonly RawLine[];
    /** The secrets that were masked at the end, without their encoded forms. */
    readonly masks: readonly string[];
    /** The leaks that the watch found. The step fails then. */
    readonly leaks: readonly Leak[];
}
