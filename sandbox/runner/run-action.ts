/** One step of a job: a JavaScript action, run as GitHub's runner runs it. */

import { basename, resolve } from 'node:path';
import { fail } from '../../src/core/errors/index.ts';
import { parseActionReference } from './action-reference.ts';
import {
  defaultEvent,
  type IdTokenPermission,
  type RepositoryContext,
  type RunnerValue,
  repositoryContext,
  runnerContext,
} from './environment.ts';
import type { JobSecret } from './leaks.ts';
import { readManifest } from './manifest.ts';
import { SecretMasker } from './masks.ts';
import { folder, runStage } from './run-stage.ts';
import type { LeakWatch, StepResult } from './stage.ts';
import type { CancellationSchedule } from './step-process.ts';
import { CaselessMap } from './step-recorder.ts';

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
  /** `timeout-minutes` of the step. */
  readonly timeoutMinutes?: number;
  /** Whether a leak fails the step; true by default. */
  readonly failOnLeak?: boolean;
  /** Looks for further leaks, in a sandbox's requests for one. */
  readonly watch?: LeakWatch;
}

/**
 * Runs the main script of a JavaScript action in a process of its own and reports what the runner would make of it.
 *
 * @throws CountersignError `USAGE`, if the action or the options are such that GitHub would not start the job, or if
 *   they need what this runner does not do. Whatever goes wrong once the step has begun is its result.
 */
export async function runAction(run: ActionRun): Promise<StepResult> {
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(resolve(run.workspace), 'workspace');
  const temporaryDirectory = folder(resolve(run.temporaryDirectory), 'temporary folder');
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest(actionDirectory);
  for (const stage of ['pre', 'post'] as const) {
    if (manifest[stage] !== undefined) fail('USAGE', `The action declares runs.${stage}; it takes a job to run it`);
  }
  const uses = run.uses ?? `./${basename(actionDirectory)}`;
  const reference = parseActionReference(uses);
  const github = repositoryContext(run.github);
  const secrets = secretsOf(run);
  const { nodeBinary } = run;
  return runStage(
    {
      workspace,
      temporaryDirectory,
      github,
      event: run.event ?? defaultEvent(github),
      token: run.token,
      runner: { ...runnerContext(workspace, temporaryDirectory), ...run.runner, temp: temporaryDirectory },
      idToken: run.idToken,
      actionsVariables: run.actionsVariables ?? {},
      masker: new SecretMasker(secrets.map(({ value }) => value)),
      secrets,
      artifacts: undefined,
      watch: run.watch,
      failOnLeak: run.failOnLeak ?? true,
      debug: run.debug ?? false,
      nodeBinaries: nodeBinary === undefined ? {} : { node20: nodeBinary, node24: nodeBinary },
      schedule: run.schedule ?? {},
      onOutput: run.onOutput,
    },
    {
      stage: 'main',
      actionDirectory,
      manifest,
      script: manifest.main,
      uses,
      displayName: `Run ${uses}`,
      stepId: run.stepId ?? 'step',
      source: reference.kind === 'remote' ? reference : undefined,
      inputs: run.inputs ?? {},
      env: run.env ?? {},
      pathAdditions: run.pathAdditions ?? [],
      state: new CaselessMap(),
      warnings: [],
      signal: run.signal,
      timeoutMinutes: run.timeoutMinutes ?? 0,
    },
  );
}

function checkActionsVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith('ACTIONS_')) fail('USAGE', `${name} is not an ACTIONS_ variable; it belongs in env`);
    if (name.startsWith('ACTIONS_ID_TOKEN_')) fail('USAGE', `${name} is set by the permission idToken alone`);
  }
}

/** What the runner masks without being asked: the job's secrets and the tokens it hands out. */
function secretsOf(run: ActionRun): readonly JobSecret[] {
  const secrets: readonly JobSecret[] = [
    ...(run.secrets ?? []).map((value, index) => ({ name: `secret ${index + 1}`, value, services: [] })),
    { name: 'GITHUB_TOKEN', value: run.token ?? '', services: [] },
    { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', value: run.idToken?.requestToken ?? '', services: ['oidc'] },
    {
      name: 'ACTIONS_RUNTIME_TOKEN',
      value: run.actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? '',
      services: ['artifacts'],
    },
  ];
  return secrets.filter(({ value }) => value !== '');
}
