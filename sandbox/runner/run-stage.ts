/** Runs a stage of a step in a process of its own. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../../src/core/errors/index.ts';
import { type CommandFileContents, createCommandFiles, readCommandFiles } from './command-files.ts';
import { buildEnvironment, type GitHubContext, serviceEnvironment } from './environment.ts';
import { resolveInputs } from './manifest.ts';
import type { Leak, StageHost, StageRun, StepResult } from './stage.ts';
import { runScript, type ScriptEnd } from './stage-script.ts';
import { StepRecorder } from './step-recorder.ts';

const windows = process.platform === 'win32';

/**
 * Runs a stage, and returns its result.
 *
 * @throws CountersignError `USAGE`, if an expression of the manifest needs what this runner does not support
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

  const endWatch = host.watch?.();
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
  const { printed, outputs, state, annotations, maskedByStep: masked } = recorder;
  const { rawSummary: summary, ...added } = written;
  const leaks = endWatch?.({ ...added, printed, summary, outputs, state, annotations, masked }) ?? [];
  return stageResult(host, run, { recorder, written, end, leaks });
}

interface StageOutcome {
  readonly recorder: StepRecorder;
  readonly written: CommandFileContents;
  readonly end: ScriptEnd;
  readonly leaks: readonly Leak[];
}

function stageResult(host: StageHost, run: StageRun, { recorder, written, end, leaks }: StageOutcome): StepResult {
  // Only the main stage of a step with an id has outputs.
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

/** @throws CountersignError `USAGE`, if the path is not that of a folder */
export function folder(path: string, what: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail('USAGE', `The ${what} is not a folder: ${path}`);
  }
  return path;
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
  // Written again before each step, which undoes the changes of earlier steps.
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
