/** Runs a step: a JavaScript action, as GitHub's runner runs it. */

import { basename, resolve } from 'node:path';
import { fail } from '../../src/core/errors/index.ts';
import { parseActionReference } from './action-reference.ts';
import { CaselessMap } from './caseless-map.ts';
import {
  defaultEvent,
  type IdTokenPermission,
  type RepositoryContext,
  type RunnerValue,
  repositoryContext,
  runnerContext,
} from './environment.ts';
import { readManifest } from './manifest.ts';
import { SecretMasker } from './masks.ts';
import { folder, runStage } from './run-stage.ts';
import type { LeakWatch, StepResult } from './stage.ts';
import type { CancellationSchedule } from './step-process.ts';

export interface ActionRun {
  /** The folder with action.yml or action.yaml. */
  readonly actionDirectory: string;
  /** The values of `with:`, taken literally: only defaults of the manifest are evaluated as expressions. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The folder that the action runs in. It has to exist; it may be empty, as before a checkout. */
  readonly workspace: string;
  /** RUNNER_TEMP: the event, file commands and the files of the action. It has to exist. */
  readonly temporaryDirectory: string;
  /** The step's `uses:`, as `./verify` or `owner/repository@v1`. The latter sets GITHUB_ACTION_REPOSITORY and _REF. */
  readonly uses?: string;
  /** The step's id, GITHUB_ACTION. With two underscores in front it stands for none, and the outputs are dropped. */
  readonly stepId?: string;
  /** The values of the GITHUB_* variables, by their names in the `github` context. */
  readonly github?: RepositoryContext;
  /** The payload of the event. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** `github.token`, for expressions in defaults. It is masked, and not in the environment. */
  readonly token?: string;
  /** The values of the RUNNER_* variables. */
  readonly runner?: Readonly<Partial<Record<Exclude<RunnerValue, 'temp'>, string>>>;
  /** The permission `id-token: write`. Without it, the action cannot request OIDC tokens. */
  readonly idToken?: IdTokenPermission;
  /** Other ACTIONS_* variables. */
  readonly actionsVariables?: Readonly<Record<string, string>>;
  /** The `env:` of workflow, job and step, and the variables that earlier steps exported. */
  readonly env?: Readonly<Record<string, string>>;
  /** The paths that earlier steps added. */
  readonly pathAdditions?: readonly string[];
  /** The secrets of the job, which are masked from the start. */
  readonly secrets?: readonly string[];
  /** True for step debugging: debug messages in the log, commands echoed, RUNNER_DEBUG. */
  readonly debug?: boolean;
  /** The path of the Node that runs the action. */
  readonly nodeBinary?: string;
  /** Called with each line of the log, masked, when it is written. */
  readonly onOutput?: (line: string) => void;
  /** Cancels the step. */
  readonly signal?: AbortSignal;
  readonly schedule?: Partial<CancellationSchedule>;
  /** The step's `timeout-minutes`. */
  readonly timeoutMinutes?: number;
  /** False if a leak does not fail the step. */
  readonly failOnLeak?: boolean;
  /** Looks for secrets in what the step leaves. */
  readonly watch?: LeakWatch;
}

/**
 * Runs the main script of a JavaScript action in a process of its own, and returns the result of the step.
 *
 * @throws CountersignError `USAGE`, if GitHub would not start the job, or if the action needs what this runner does not support.
 *   Errors after the step has begun are part of its result.
 */
export async function runAction(run: ActionRun): Promise<StepResult> {
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(resolve(run.workspace), 'workspace');
  const temporaryDirectory = folder(resolve(run.temporaryDirectory), 'temporary folder');
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest(actionDirectory);
  for (const stage of ['pre', 'post'] as const) {
    if (manifest[stage] !== undefined)
      fail('USAGE', `The action declares runs.${stage}, which this runner supports only in jobs`);
  }
  const uses = run.uses ?? `./${basename(actionDirectory)}`;
  const reference = parseActionReference(uses);
  const github = repositoryContext(run.github);
  const { nodeBinary, token = '', idToken, actionsVariables } = run;
  const secrets = [
    ...(run.secrets ?? []),
    token,
    idToken?.requestToken ?? '',
    actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? '',
  ];
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
      masker: new SecretMasker(secrets),
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
    if (!name.startsWith('ACTIONS_')) fail('USAGE', `${name} is not an ACTIONS_ variable; set it in env`);
    if (name.startsWith('ACTIONS_ID_TOKEN_')) fail('USAGE', `${name} can only be set by the permission idToken`);
  }
}
