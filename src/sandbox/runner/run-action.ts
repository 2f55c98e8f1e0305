/** One step of a job: a JavaScript action, run as GitHub's runner runs it. */

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Annotation } from './annotations.ts';
import {
  buildEnvironment,
  defaultEvent,
  type GitHubContext,
  type IdTokenPermission,
  type RepositoryContext,
  type RunnerValue,
  repositoryContext,
  serviceEnvironment,
} from './environment.ts';
import {
  decodeFileCommand,
  type FileCommand,
  fileCommands,
  parseNameValuePairs,
  parsePathAdditions,
  summaryLimit,
} from './file-commands.ts';
import { splitLines } from './lines.ts';
import { type ActionManifest, manifestNames, parseManifest, resolveInputs } from './manifest.ts';
import { SecretMasker } from './masks.ts';
import {
  type CancellationSchedule,
  cancellationSchedule,
  runStepProcess,
  type StepProcessEnd,
} from './step-process.ts';
import { type RawLine, StepRecorder } from './step-recorder.ts';

export interface ActionRun {
  /** The folder of action.yml or action.yaml. */
  readonly actionDirectory: string;
  /** What `with:` says, taken literally: expressions are evaluated in the defaults of the manifest alone. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The folder that the action runs in. It exists; it may be empty, as before a checkout. */
  readonly workspace: string;
  /** RUNNER_TEMP: event, file commands and whatever the action leaves there. It exists. */
  readonly temporaryDirectory: string;
  /** What `uses:` says: `./verify`, `owner/repository@v1`. The latter sets GITHUB_ACTION_REPOSITORY and _REF. */
  readonly uses?: string;
  /** The step's id, GITHUB_ACTION. One that starts with two underscores stands for none: the outputs are then dropped. */
  readonly stepId?: string;
  /** The values behind the GITHUB_* variables, by their names in the `github` context. */
  readonly github?: RepositoryContext;
  /** The payload of the event. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** `github.token`: for expressions in defaults, masked, and not in the environment. */
  readonly token?: string;
  /** The values behind the RUNNER_* variables. */
  readonly runner?: Readonly<Partial<Record<Exclude<RunnerValue, 'temp'>, string>>>;
  /** The permission `id-token: write`; absent, the action cannot ask for OIDC tokens. */
  readonly idToken?: IdTokenPermission;
  /** Further ACTIONS_* variables. */
  readonly actionsVariables?: Readonly<Record<string, string>>;
  /** The `env:` of workflow, job and step, and what earlier steps exported. */
  readonly env?: Readonly<Record<string, string>>;
  /** What earlier steps added to the path. */
  readonly pathAdditions?: readonly string[];
  /** Secrets of the job: masked from the start. */
  readonly secrets?: readonly string[];
  /** Step debugging: debug messages in the log, commands echoed, RUNNER_DEBUG. */
  readonly debug?: boolean;
  /** The Node that runs the action. */
  readonly nodeBinary?: string;
  /** Called with each line of the log as it is written, masked. */
  readonly onOutput?: (line: string) => void;
  /** Aborting it cancels the step. */
  readonly signal?: AbortSignal;
  readonly schedule?: Partial<CancellationSchedule>;
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
}

/**
 * Runs a JavaScript action in a process of its own and reports what the runner would make of it.
 *
 * @throws CountersignError `USAGE`, if the action or the options are such that GitHub would not start the job, or if
 *   they need what this runner does not do. Whatever goes wrong once the step has begun is its result.
 */
export async function runAction(run: ActionRun): Promise<StepResult> {
  const windows = process.platform === 'win32';
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(run.workspace, 'workspace');
  const temporaryDirectory = folder(run.temporaryDirectory, 'temporary folder');
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest(actionDirectory);

  const files = createCommandFiles(temporaryDirectory);
  const github = stepContext(run, workspace, temporaryDirectory, files);
  const inputs = resolveInputs(manifest, run.inputs ?? {}, expressionContext(github, run.token));
  writeEvent(run.event ?? defaultEvent(github), github);

  const masker = new SecretMasker(knownSecrets(run));
  const recorder = new StepRecorder({
    masker,
    workspace,
    debug: run.debug ?? false,
    ...(run.onOutput === undefined ? {} : { onOutput: run.onOutput }),
  });
  for (const warning of inputs.warnings) recorder.annotate('warning', warning);
  writeHeader(recorder, run, inputs.values);

  const end = await runMain(recorder, run, {
    target: joinUnchanged(actionDirectory, manifest.main),
    workspace,
    environment: buildEnvironment({
      service: serviceEnvironment(process.env, windows),
      env: run.env ?? {},
      state: new Map(),
      inputs: inputs.values,
      pathAdditions: run.pathAdditions ?? [],
      github,
      runner: runnerContext(run, workspace, temporaryDirectory),
      debug: run.debug ?? false,
      actions: run.actionsVariables ?? {},
      idToken: run.idToken,
      windows,
    }),
  });
  // Also after a failure and a cancellation: what the step wrote counts.
  const written = readCommandFiles(recorder, masker, files, windows);

  return {
    conclusion: conclusion(end, recorder.failed),
    exitCode: end.exitCode,
    signal: end.signal,
    outputs: github.action?.startsWith('__') === true ? new Map() : recorder.outputs,
    exportedEnvironment: written.environment,
    pathAdditions: written.pathAdditions,
    state: recorder.state,
    summary: written.summary,
    annotations: recorder.annotations,
    log: recorder.log,
    rawLog: recorder.rawLog,
    masks: masker.values,
  };
}

function folder(path: string, what: string): string {
  const absolute = resolve(path);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail('USAGE', `The ${what} is not a folder: ${path}`);
  }
  return absolute;
}

function checkActionsVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith('ACTIONS_')) fail('USAGE', `${name} is not an ACTIONS_ variable; it belongs in env`);
    if (name.startsWith('ACTIONS_ID_TOKEN_')) fail('USAGE', `${name} is set by the permission idToken alone`);
  }
}

function readManifest(actionDirectory: string): ActionManifest {
  for (const name of manifestNames) {
    const path = join(actionDirectory, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest(readFileSync(path, 'utf8'));
  }
  return fail('USAGE', `No ${manifestNames.join(' or ')} in ${actionDirectory}`);
}

/** The path of the script as the runner makes it: `..` in it is left to Node. */
function joinUnchanged(directory: string, path: string): string {
  return /[\\/]$/.test(directory) ? `${directory}${path}` : `${directory}/${path}`;
}

type CommandFiles = Readonly<Record<FileCommand, string>>;

/** Empty files under names that no step had before. */
function createCommandFiles(temporaryDirectory: string): CommandFiles {
  const directory = join(temporaryDirectory, '_runner_file_commands');
  mkdirSync(directory, { recursive: true });
  const suffix = randomUUID();
  const create = (prefix: string): string => {
    const path = join(directory, prefix + suffix);
    writeFileSync(path, '', { flag: 'wx' });
    return path;
  };
  return {
    path: create(fileCommands.path),
    env: create(fileCommands.env),
    step_summary: create(fileCommands.step_summary),
    state: create(fileCommands.state),
    output: create(fileCommands.output),
    artifacts: create(fileCommands.artifacts),
    artifacts_list: create(fileCommands.artifacts_list),
  };
}

function stepContext(
  run: ActionRun,
  workspace: string,
  temporaryDirectory: string,
  files: CommandFiles,
): GitHubContext {
  const [, repository, ref] = /^([^./@][^/@]*\/[^/@]+)(?:\/[^@]*)?@(.+)$/.exec(run.uses ?? '') ?? [];
  return {
    ...repositoryContext(run.github),
    ...(repository === undefined || ref === undefined ? {} : { action_repository: repository, action_ref: ref }),
    action: run.stepId ?? 'step',
    ...files,
    workspace,
    event_path: join(temporaryDirectory, '_github_workflow', 'event.json'),
  };
}

function expressionContext(github: GitHubContext, token: string | undefined): ReadonlyMap<string, string> {
  return new Map([...Object.entries(github), ['token', token ?? '']]);
}

function writeEvent(event: Readonly<Record<string, unknown>>, github: GitHubContext): void {
  const path = github.event_path ?? fail('USAGE', 'The event has no path');
  mkdirSync(dirname(path), { recursive: true });
  // Written anew before each step: what an earlier one changed in it is gone.
  writeFileSync(path, JSON.stringify(event));
}

function runnerContext(
  run: ActionRun,
  workspace: string,
  temporaryDirectory: string,
): Readonly<Partial<Record<RunnerValue, string>>> {
  const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
  const architectures: Readonly<Record<string, string>> = { x64: 'X64', arm64: 'ARM64', arm: 'ARM', ia32: 'X86' };
  return {
    os: systems[platform()] ?? platform(),
    arch: architectures[arch()] ?? arch(),
    name: 'sandbox',
    environment: 'github-hosted',
    tool_cache: join(temporaryDirectory, '_tool'),
    workspace: dirname(workspace),
    ...run.runner,
    temp: temporaryDirectory,
  };
}

/** What the runner masks without being asked: the job's secrets and the tokens it hands out. */
function knownSecrets(run: ActionRun): readonly string[] {
  return [
    ...(run.secrets ?? []),
    run.token ?? '',
    run.idToken?.requestToken ?? '',
    run.actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? '',
  ];
}

function writeHeader(recorder: StepRecorder, run: ActionRun, inputs: ReadonlyMap<string, string>): void {
  recorder.output(`##[group]Run ${run.uses ?? `./${basename(resolve(run.actionDirectory))}`}`);
  const given = [...inputs].filter(([, value]) => value !== '');
  if (given.length > 0) recorder.output('with:');
  for (const [name, value] of given) recorder.output(`  ${name}: ${value}`);
  const env = Object.entries(run.env ?? {});
  if (env.length > 0) recorder.output('env:');
  for (const [name, value] of env) recorder.output(`  ${name}: ${value}`);
  recorder.output('##[endgroup]');
}

interface Main {
  readonly target: string;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** How the process ended, if there was one. */
type MainEnd =
  | StepProcessEnd
  | { readonly exitCode: undefined; readonly signal: undefined; readonly cancelled: boolean };

async function runMain(recorder: StepRecorder, run: ActionRun, main: Main): Promise<MainEnd> {
  if (run.signal?.aborted === true) {
    recorder.annotate('error', 'The operation was canceled.');
    return { exitCode: undefined, signal: undefined, cancelled: true };
  }
  if (statSync(main.target, { throwIfNoEntry: false })?.isFile() !== true) {
    recorder.fail('The script of the action is missing.', `File not found: '${main.target}'`);
    return { exitCode: undefined, signal: undefined, cancelled: false };
  }
  const command = run.nodeBinary ?? process.execPath;
  try {
    const end = await runStepProcess({
      command,
      arguments: [main.target],
      directory: main.workspace,
      environment: main.environment,
      cancellation: run.signal,
      schedule: { ...cancellationSchedule, ...run.schedule },
      onLine: (stream, line) => recorder.line(stream, line),
    });
    if (end.cancelled) recorder.annotate('error', 'The operation was canceled.');
    else recorder.debug(`Node Action run completed with exit code ${end.exitCode}`);
    return end;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined || !syscall.startsWith('spawn')) throw cause;
    if (code === 'ENOENT') fail('USAGE', `There is no Node at ${command}`, { cause });
    // An environment that is too large, for one, is the step's failure.
    recorder.fail('The process could not be started.', cause);
    return { exitCode: undefined, signal: undefined, cancelled: false };
  }
}

interface Written {
  readonly environment: ReadonlyMap<string, string>;
  readonly pathAdditions: readonly string[];
  readonly summary: string;
}

function readCommandFiles(
  recorder: StepRecorder,
  masker: SecretMasker,
  files: CommandFiles,
  windows: boolean,
): Written {
  const environment = new Map<string, string>();
  let pathAdditions: readonly string[] = [];
  let summary = '';
  const handle = (command: FileCommand, act: (bytes: Uint8Array) => void): void => {
    try {
      const bytes = readIfThere(files[command]);
      if (bytes !== undefined) act(bytes);
    } catch (cause) {
      recorder.fail(`Unable to process file command '${command}' successfully.`, cause);
    }
  };
  const pairs = (bytes: Uint8Array) => parseNameValuePairs(decodeFileCommand(bytes), windows);

  handle('path', (bytes) => {
    pathAdditions = parsePathAdditions(decodeFileCommand(bytes));
  });
  handle('env', (bytes) => {
    for (const [name, value] of pairs(bytes)) {
      // Refused, with an error; the step does not fail of it.
      if (name.toUpperCase() === 'NODE_OPTIONS') {
        recorder.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      } else {
        environment.set(name, value);
      }
    }
  });
  handle('step_summary', (bytes) => {
    if (bytes.length > summaryLimit) {
      const size = (length: number): string => `${Math.floor(length / 1024)}k`;
      recorder.annotate(
        'error',
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${size(summaryLimit)}, got ${size(bytes.length)}.`,
      );
      return;
    }
    summary = splitLines(decodeFileCommand(bytes))
      .map((line) => `${masker.mask(line)}\n`)
      .join('');
  });
  handle('state', (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.state.set(name, value);
  });
  handle('output', (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.setOutput(name, value);
  });
  return { environment, pathAdditions, summary };
}

function readIfThere(path: string): Uint8Array | undefined {
  // A step may delete its files; that is no mistake.
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path);
}

function conclusion(end: MainEnd, failed: boolean): StepResult['conclusion'] {
  if (end.cancelled) return 'cancelled';
  return failed || end.exitCode !== 0 ? 'failure' : 'success';
}
