/** One stage of a step, `pre`, `main` or `post`: a process of its own, and what the runner makes of it. */

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../../src/core/errors/index.ts';
import type { Artifact } from '../artifacts/index.ts';
import type { RequestRecord } from '../http/index.ts';
import type { Annotation } from './annotations.ts';
import type { ArtifactSubjects } from './artifacts-file.ts';
import { type CommandFileContents, createCommandFiles, readCommandFiles } from './command-files.ts';
import {
  buildEnvironment,
  type GitHubContext,
  type IdTokenPermission,
  type RunnerValue,
  serviceEnvironment,
} from './environment.ts';
import { findLeaks, type JobSecret, type Leak } from './leaks.ts';
import { type ActionManifest, manifestNames, parseManifest, resolveInputs } from './manifest.ts';
import type { SecretMasker } from './masks.ts';
import { runScript, type ScriptEnd } from './stage-script.ts';
import type { CancellationSchedule } from './step-process.ts';
import { type CaselessMap, type RawLine, StepRecorder } from './step-recorder.ts';

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

const windows = process.platform === 'win32';

/**
 * Runs one stage.
 *
 * @throws CountersignError `USAGE`, if an expression of the manifest needs what this runner does not do
 */
export async function runStage(host: StageHost, run: StageRun): Promise<StepResult> {
  const files = createCommandFiles(host.temporaryDirectory, host.artifacts);
  const github = stageContext(host, run, files);
  const inputs = resolveInputs(
    run.manifest,
    run.inputs,
    new Map([...Object.entries(github), ['token', host.token ?? '']]),
  );
  writeEvent(host.event, github);
  const recorder = new StepRecorder({
    masker: host.masker,
    workspace: host.workspace,
    debug: host.debug,
    state: run.state,
    ...(host.onOutput === undefined ? {} : { onOutput: host.onOutput }),
  });
  for (const warning of [...run.warnings, ...inputs.warnings]) recorder.annotate('warning', warning);
  writeHeader(recorder, run, inputs.values);

  const requestsBefore = host.watch.requests?.length ?? 0;
  const artifactsBefore = new Set(host.watch.artifacts?.().map(({ id }) => id));
  const environment = buildEnvironment({
    service: serviceEnvironment(process.env, windows),
    env: run.env,
    state: new Map(run.state),
    inputs: inputs.values,
    pathAdditions: run.pathAdditions,
    github,
    runner: host.runner,
    debug: host.debug,
    actions: host.actionsVariables,
    idToken: host.idToken,
    windows,
  });
  const end = await runScript(recorder, host, run, environment);
  const { masker, workspace, artifacts } = host;
  const written = readCommandFiles(files, { recorder, masker, workspace, artifacts, windows });
  const leaks = findLeaks(host.secrets, {
    printed: recorder.printed,
    summary: written.rawSummary,
    outputs: recorder.outputs,
    environment: written.environment,
    pathAdditions: written.pathAdditions,
    state: recorder.state,
    annotations: recorder.annotations,
    artifacts: (host.watch.artifacts?.() ?? []).filter(({ id }) => !artifactsBefore.has(id)),
    requests: host.watch.requests?.slice(requestsBefore) ?? [],
    masked: recorder.maskedByStep,
  });
  return stageResult(host, run, { recorder, written, end, leaks });
}

interface StageOutcome {
  readonly recorder: StepRecorder;
  readonly written: CommandFileContents;
  readonly end: ScriptEnd;
  readonly leaks: readonly Leak[];
}

function stageResult(host: StageHost, run: StageRun, { recorder, written, end, leaks }: StageOutcome): StepResult {
  // Only a step with an id has outputs, and of its stages only main.
  const nameless = run.stepId.startsWith('__') || run.stage !== 'main';
  const leaked = host.failOnLeak && leaks.length > 0;
  const failed = recorder.failed || leaked || end.timedOut;
  return {
    conclusion: end.cancelled && !leaked ? 'cancelled' : failed || end.exitCode !== 0 ? 'failure' : 'success',
    exitCode: end.exitCode,
    signal: end.signal,
    outputs: nameless ? new Map() : recorder.outputs,
    exportedEnvironment: written.environment,
    pathAdditions: written.pathAdditions,
    state: new Map(recorder.state),
    summary: written.summary,
    annotations: recorder.annotations,
    log: recorder.log,
    rawLog: recorder.rawLog,
    masks: host.masker.values,
    leaks,
  };
}

export function folder(path: string, what: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail('USAGE', `The ${what} is not a folder: ${path}`);
  }
  return path;
}

/** @throws CountersignError `USAGE` */
export function readManifest(actionDirectory: string): ActionManifest {
  for (const name of manifestNames) {
    const path = join(actionDirectory, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest(readFileSync(path, 'utf8'));
  }
  return fail('USAGE', `No ${manifestNames.join(' or ')} in ${actionDirectory}`);
}

function stageContext(host: StageHost, run: StageRun, files: Readonly<Record<string, string>>): GitHubContext {
  return {
    ...host.github,
    ...(run.source === undefined ? {} : { action_repository: run.source.repository, action_ref: run.source.ref }),
    action: run.stepId,
    ...files,
    workspace: host.workspace,
    event_path: join(host.temporaryDirectory, '_github_workflow', 'event.json'),
  };
}

function writeEvent(event: Readonly<Record<string, unknown>>, github: GitHubContext): void {
  const path = github.event_path ?? fail('USAGE', 'The event has no path');
  mkdirSync(dirname(path), { recursive: true });
  // Written anew before each step: what an earlier one changed in it is gone.
  writeFileSync(path, JSON.stringify(event));
}

function writeHeader(recorder: StepRecorder, run: StageRun, inputs: ReadonlyMap<string, string>): void {
  if (run.stage === 'post') {
    recorder.output('Post job cleanup.');
    return;
  }
  recorder.output(`##[group]Run ${run.uses}`);
  const given = [...inputs].filter(([, value]) => value !== '');
  if (given.length > 0) recorder.output('with:');
  for (const [name, value] of given) recorder.output(`  ${name}: ${value}`);
  const env = Object.entries(run.env);
  if (env.length > 0) recorder.output('env:');
  for (const [name, value] of env) recorder.output(`  ${name}: ${value}`);
  recorder.output('##[endgroup]');
}
