/** Runs a job: its steps in order, each an action with its stages, in one workspace. */

import { readdirSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { CaselessMap } from '../../../sandbox/runner/caseless-map.ts';
import { repositoryContext, runnerContext } from '../../../sandbox/runner/environment.ts';
import { SecretMasker } from '../../../sandbox/runner/masks.ts';
import { folder, runStage } from '../../../sandbox/runner/run-stage.ts';
import type { StageHost, StageName, StepResult } from '../../../sandbox/runner/stage.ts';
import { systemSources } from '../../../sandbox/sources.ts';
import { CountersignError, fail } from '../../../src/core/errors/index.ts';
import { ArtifactSubjects } from './artifacts-file.ts';
import { type EventContext, eventContext } from './event-context.ts';
import { type ContextLookup, evaluateAll } from './expressions.ts';
import { jobOutputs } from './job-outputs.ts';
import type { JobResult, JobRun, StageResult } from './job-run.ts';
import { type JobTokenSet, jobTokenSet } from './job-tokens.ts';
import { watchLeaks } from './leak-watch.ts';
import { type Permissions, resolvePermissions } from './permissions.ts';
import { type PlannedStep, planSteps, readJobManifest } from './planned-step.ts';
import type { JobStatus, StatusCondition } from './status-condition.ts';

/**
 * Runs a job: the `pre` of every action, the steps, and the `post` of each that began, in reverse order.
 *
 * @throws CountersignError `USAGE`, if GitHub would not start the job, or if it needs what this runner does not support
 */
export async function runJob(run: JobRun): Promise<JobResult> {
  return new Job(run).run();
}

interface PostStage {
  readonly step: PlannedStep;
  readonly condition: StatusCondition;
}

class Job {
  readonly #run: JobRun;
  readonly #event: EventContext;
  readonly #permissions: Permissions;
  readonly #tokens: JobTokenSet;
  readonly #host: StageHost;
  readonly #steps: readonly PlannedStep[];
  readonly #subjects = new ArtifactSubjects();
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #results = new Map<string, StageResult>();
  readonly #env: Map<string, string>;
  readonly #posts: PostStage[] = [];
  readonly #stages: StageResult[] = [];
  #pathAdditions: readonly string[] = [];
  #status: JobStatus = 'success';

  constructor(run: JobRun) {
    this.#run = run;
    this.#event = run.event ?? eventContext('push-branch');
    this.#permissions = resolvePermissions({
      ceiling: this.#event.permissionCeiling,
      ...(run.permissions === undefined ? {} : { declared: run.permissions }),
      ...(run.defaultPermissions === undefined ? {} : { defaults: run.defaultPermissions }),
      ...(run.callerPermissions === undefined ? {} : { caller: run.callerPermissions }),
    });
    const trusted = this.#event.permissionCeiling === 'write';
    this.#secrets = new Map(trusted ? Object.entries(run.secrets ?? {}) : []);
    this.#tokens = jobTokenSet({
      services: run.services,
      runtime: run.runtime,
      mayHaveIdentity: this.#permissions['id-token'] === 'write' && this.#event.claims !== undefined,
      random: run.random ?? systemSources.random,
      githubToken: run.githubToken,
    });
    this.#env = new Map(Object.entries(run.env ?? {}));
    const workspace = folder(resolve(run.workspace), 'workspace');
    const temporaryDirectory = folder(resolve(run.temporaryDirectory), 'temporary folder');
    refuseInside(temporaryDirectory, workspace);
    const actionsDirectory = run.actionsDirectory === undefined ? undefined : resolve(run.actionsDirectory);
    if (actionsDirectory !== undefined) refuseInside(temporaryDirectory, actionsDirectory);
    this.#steps = planSteps(run.steps, { workspace, actionsDirectory, self: this.#event.jobWorkflow });
    const secrets = [
      ...this.#tokens.secrets,
      ...[...this.#secrets].map(([name, value]) => ({ name, value, services: [] })),
    ].filter(({ value }) => value !== '');
    const { services } = run;
    this.#host = {
      workspace,
      temporaryDirectory,
      github: repositoryContext({ ...this.#event.github, ...run.github }),
      event: this.#event.payload,
      token: this.#tokens.githubToken,
      runner: runnerContext(workspace, temporaryDirectory),
      idToken: this.#tokens.idToken,
      actionsVariables: this.#tokens.variables,
      masker: new SecretMasker(secrets.map(({ value }) => value)),
      artifacts: run.artifactsFile === false ? undefined : this.#subjects,
      watch: watchLeaks(secrets, services),
      failOnLeak: run.failOnLeak ?? true,
      debug: run.debug ?? false,
      nodeBinaries: run.nodeBinaries ?? {},
      schedule: run.schedule ?? {},
      onOutput: run.onOutput,
    };
  }

  async run(): Promise<JobResult> {
    const { services } = this.#run;
    const { claims, subjectForm } = this.#event;
    emptyFolder(this.#host.temporaryDirectory);
    if (claims !== undefined) services?.jobTokens.configure({ claims: { ...claims }, subjectForm });
    try {
      for (const step of this.#steps) {
        const pre = step.manifest?.pre;
        if (pre !== undefined) await this.#stage(step, 'pre', pre.condition);
      }
      for (const step of this.#steps) await this.#stage(step, 'main', step.condition);
      for (let post = this.#posts.pop(); post !== undefined; post = this.#posts.pop()) {
        await this.#stage(post.step, 'post', post.condition);
      }
    } finally {
      if (claims !== undefined) services?.jobTokens.configure();
      emptyFolder(this.#host.temporaryDirectory);
    }
    return this.#result();
  }

  /** Runs a stage if its condition holds, and records its result. */
  async #stage(planned: PlannedStep, stage: StageName, condition: StatusCondition): Promise<void> {
    const name = stage === 'main' ? planned.name : `${stage === 'pre' ? 'Pre' : 'Post'} ${planned.name}`;
    const about = { stage, step: planned.index, name };
    const { signal } = this.#run;
    if (signal?.aborted) this.#status = 'cancelled';
    if (!condition(this.#status)) {
      this.#record(planned, {
        ...about,
        outcome: 'skipped',
        conclusion: 'skipped',
        result: undefined,
        error: undefined,
      });
      return;
    }
    const cancellation = new AbortController();
    // A stage whose condition holds for a cancelled job, such as always(), goes on.
    const onAbort = (): void => {
      this.#status = 'cancelled';
      if (!condition(this.#status)) cancellation.abort();
    };
    if (!signal?.aborted) signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const result = await this.#runStage(planned, stage, cancellation.signal);
      const outcome = result.conclusion;
      this.#record(planned, {
        ...about,
        outcome,
        conclusion: this.#conclusion(planned, outcome),
        result,
        error: undefined,
      });
    } catch (error) {
      if (!(error instanceof CountersignError) || planned.reference.kind !== 'local') throw error;
      // An action in the workspace is read when its step begins: if it is missing, the step fails.
      const conclusion = this.#conclusion(planned, 'failure');
      this.#record(planned, { ...about, outcome: 'failure', conclusion, result: undefined, error: error.message });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #conclusion({ step }: PlannedStep, outcome: JobStatus): JobStatus {
    return outcome === 'failure' && step.continueOnError === true ? 'success' : outcome;
  }

  #runStage(planned: PlannedStep, stage: StageName, signal: AbortSignal): Promise<StepResult> {
    const { step, reference } = planned;
    const manifest = planned.manifest ?? readJobManifest(planned.directory);
    const { post } = manifest;
    const registered = this.#posts.some((other) => other.step === planned);
    if (post !== undefined && stage !== 'post' && !registered) {
      this.#posts.push({ step: planned, condition: post.condition });
    }
    const script = stage === 'main' ? manifest.main : (manifest[stage]?.script ?? '');
    const env = { ...Object.fromEntries(this.#env), ...evaluateAll(step.env ?? {}, this.#lookup({})) };
    const unsupported = reference.kind === 'local' && manifest.pre !== undefined;
    return runStage(this.#host, {
      stage,
      actionDirectory: planned.directory,
      manifest,
      script,
      uses: step.uses,
      displayName: stage === 'main' ? planned.name : `${stage === 'pre' ? 'Pre' : 'Post'} ${planned.name}`,
      stepId: planned.id,
      source: reference.kind === 'remote' ? reference : undefined,
      inputs: evaluateAll(step.with ?? {}, this.#lookup(env)),
      env,
      pathAdditions: this.#pathAdditions,
      state: planned.state,
      warnings: unsupported ? [`\`pre\` execution is not supported for local action from '${reference.uses}'`] : [],
      signal,
      timeoutMinutes: step.timeoutMinutes ?? 0,
    });
  }

  #record(planned: PlannedStep, stage: StageResult): void {
    this.#stages.push(stage);
    if (stage.stage === 'main') this.#results.set(planned.id, stage);
    const { result } = stage;
    for (const [name, value] of result?.exportedEnvironment ?? []) this.#env.set(name, value);
    const added = result?.pathAdditions ?? [];
    // A path that is added again moves to the end, and so to the front of PATH.
    this.#pathAdditions = [...this.#pathAdditions.filter((path) => !added.includes(path)), ...added];
    if (stage.conclusion === 'failure' && this.#status === 'success') this.#status = 'failure';
  }

  /** Returns the lookup of the values that expressions may name. */
  #lookup(env: Readonly<Record<string, string>>): ContextLookup {
    return (context, path) => {
      switch (context) {
        case 'github':
          if (path.toLowerCase() === 'token') return this.#tokens.githubToken;
          return new CaselessMap(Object.entries(this.#host.github)).get(path);
        case 'env':
          return env[path] ?? this.#env.get(path);
        case 'secrets':
          return path === 'GITHUB_TOKEN' ? this.#tokens.githubToken : this.#secrets.get(path);
        case 'job':
          return path === 'status' ? this.#status : undefined;
        case 'runner':
          return new CaselessMap(Object.entries(this.#host.runner)).get(path);
        case 'steps':
          return this.#stepValue(path);
        default:
          return fail('USAGE', `This runner has no context ${context}`);
      }
    };
  }

  #stepValue(path: string): string | undefined {
    const [id = '', member, output] = path.split(/\.(?=outputs\.|outcome$|conclusion$)|(?<=\.outputs)\./);
    const main = id.startsWith('__') ? undefined : this.#results.get(id);
    if (member === 'outcome' || member === 'conclusion') return main?.[member];
    return member === 'outputs' && output !== undefined ? main?.result?.outputs.get(output) : undefined;
  }

  #result(): JobResult {
    const leaks = this.#stages.flatMap(({ result }) => result?.leaks ?? []);
    const wanted = evaluateAll(this.#run.outputs ?? {}, this.#lookup({}));
    const { outputs, annotations, failed } = jobOutputs(wanted, this.#host.masker);
    const leaked = this.#host.failOnLeak && leaks.length > 0;
    return {
      conclusion: leaked || (failed && this.#status === 'success') ? 'failure' : this.#status,
      stages: this.#stages,
      outputs,
      annotations,
      permissions: this.#permissions,
      artifacts: this.#subjects.list,
      leaks,
    };
  }
}

function emptyFolder(path: string): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
}

/** Refuses a path inside of the temporary folder, which is emptied. */
function refuseInside(temporaryDirectory: string, path: string): void {
  if (path === temporaryDirectory || path.startsWith(temporaryDirectory + sep)) {
    fail('USAGE', `${path} is inside of the temporary folder, which is emptied`);
  }
}
