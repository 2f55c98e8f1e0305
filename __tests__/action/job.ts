/** A job with a Sigstore of its own on loopback, whose steps are the built action, each in a process of its own. */

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import {
  type ActionRun,
  exampleJob,
  type RuntimeJob,
  type Sandbox,
  type ServiceName,
  type StepResult,
  startSandbox,
} from '../../sandbox/index.ts';
import { openHttp } from '../../src/services/http/index.ts';
import type { Registries } from '../../src/services/registry/index.ts';
import { built } from '../kit/built.ts';
import { judge } from '../kit/judge.ts';
import { type PushedImage, pushImage, registriesFor } from '../kit/registries.ts';
import {
  type JobResult,
  type JobRun,
  type JobStep,
  runJob,
  runWatchedAction,
  stageAction,
} from '../kit/runner/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const signer = `https://github.com/${exampleJob.job_workflow_ref}`;

/** A subject in the output `subjects`. */
export interface SubjectOutput {
  readonly name: string;
  readonly digest: string;
  readonly bundle: string;
  readonly logs: readonly { readonly url: string; readonly id: string; readonly index: string }[];
  readonly identity: string;
  readonly issuer: string;
  readonly certificate: { readonly notBefore: string; readonly notAfter: string };
  readonly signedAt: string;
  readonly resumed: boolean;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface StepOptions extends Partial<ActionRun> {
  /** The token for the artifact service; that of the sandbox's job by default. */
  readonly artifacts?: RuntimeJob;
  /** True if the job has `id-token: write`, as by default. */
  readonly permitted?: boolean;
}

/** The commit to which the jobs pin the action. */
export const actionCommit = 'c0ffee'.repeat(7).slice(0, 40);

export class Job implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly #folder: string;
  /** The folder of action.yml and dist/. */
  readonly action: string;
  #requestsBefore = 0;
  readonly #connections = openHttp('countersign-test', new AbortController().signal);
  #registries: Registries | undefined;

  private constructor(sandbox: Sandbox, folder: string, action: string) {
    this.sandbox = sandbox;
    this.#folder = folder;
    this.action = action;
  }

  /** The action is where GitHub's runner unpacks it, without node_modules. */
  static async start(): Promise<Job> {
    await built('sign.mjs');
    const folder = await mkdtemp(join(tmpdir(), 'countersign-action-'));
    const actionsDirectory = join(folder, '_actions');
    const action = await stageAction({
      checkout: root,
      actionsDirectory,
      uses: `example-org/countersign@${actionCommit}`,
    });
    const sandbox = await startSandbox();
    const job = new Job(sandbox, folder, action);
    await writeFile(job.path('trusted_root.json'), JSON.stringify(sandbox.trustedRoot));
    await writeFile(job.path('rekor-v2.json'), JSON.stringify(sandbox.signingConfig));
    await writeFile(job.path('rekor-v1.json'), JSON.stringify(sandbox.signingConfigRekorV1));
    return job;
  }

  /** The sandbox's registries. */
  get registries(): Registries {
    this.#registries ??= registriesFor(this.#connections.send);
    return this.#registries;
  }

  /** Pushes an image that is like no other into the sandbox's registry. */
  image(name: string, ...tags: readonly string[]): Promise<PushedImage> {
    return pushImage(this.registries, `${this.sandbox.registry.host}/example/${name}`, ...tags);
  }

  /** A path outside of every workspace. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** A fresh workspace with these files. */
  async workspace(files: Files = {}): Promise<string> {
    const workspace = await mkdtemp(this.path('workspace-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await writeFile(join(workspace, name), content);
    }
    return workspace;
  }

  /** Runs the action once, and looks for secrets in all that came of it. */
  async sign(
    workspace: string,
    inputs: Readonly<Record<string, string>>,
    { artifacts, permitted = true, ...run }: StepOptions = {},
  ): Promise<StepResult> {
    const temporaryDirectory = await mkdtemp(this.path('runner-temp-'));
    this.forget();
    const { requestUrl, requestToken } = this.sandbox.jobTokens;
    const runtime = artifacts ?? this.sandbox.artifactService.job;
    const action = {
      actionDirectory: this.action,
      workspace,
      temporaryDirectory,
      uses: `example-org/countersign@${actionCommit}`,
      stepId: 'sign',
      github: { repository: exampleJob.repository, run_id: exampleJob.run_id, job: 'release' },
      ...(permitted && { idToken: { requestUrl, requestToken } }),
      actionsVariables: { ACTIONS_RESULTS_URL: this.sandbox.urls.results, ACTIONS_RUNTIME_TOKEN: runtime.token },
      inputs: this.#inputs(inputs),
      ...run,
    };
    const result = await runWatchedAction(action, this.sandbox);
    expect(result.leaks).toEqual([]);
    await this.#expectNoSecret(result, workspace, runtime);
    return result;
  }

  /** A step of {@link run} that is the action. */
  step(inputs: Readonly<Record<string, string>>, step: Partial<JobStep> = {}): JobStep {
    return { uses: `example-org/countersign@${actionCommit}`, id: 'sign', with: this.#inputs(inputs), ...step };
  }

  /** A step of {@link run} that is the verify action. It trusts the sandbox, and expects {@link signer}. */
  verifyStep(inputs: Readonly<Record<string, string>>, step: Partial<JobStep> = {}): JobStep {
    const trusting = { instance: 'sandbox', 'trusted-root': this.path('trusted_root.json') };
    const expecting = { 'certificate-identity': signer, 'certificate-oidc-issuer': this.sandbox.urls.jobIssuer };
    return {
      uses: `example-org/countersign/verify@${actionCommit}`,
      id: 'verify',
      with: { ...trusting, ...expecting, 'retry-budget': '0', ...inputs },
      ...step,
    };
  }

  /** Runs a whole job that may have an identity; the runner looks for secrets in all that comes of it. */
  async run(workspace: string, steps: readonly JobStep[], run: Partial<JobRun> = {}): Promise<JobResult> {
    this.forget();
    const result = await runJob({
      steps,
      workspace,
      temporaryDirectory: await mkdtemp(this.path('runner-temp-')),
      actionsDirectory: this.path('_actions'),
      services: this.sandbox,
      permissions: { 'id-token': 'write' },
      ...run,
    });
    expect(result.leaks).toEqual([]);
    return result;
  }

  #inputs(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return {
      instance: 'sandbox',
      'trusted-root': this.path('trusted_root.json'),
      'signing-config': this.path('rekor-v2.json'),
      'upload-artifact': 'false',
      'retry-budget': '0',
      ...inputs,
    };
  }

  /** Counts requests from here on. */
  forget(): void {
    this.#requestsBefore = this.sandbox.requests.length;
  }

  /** Returns the number of requests of the last run to a service, or to one of its endpoints. */
  count(service: ServiceName, path = ''): number {
    const requests = this.sandbox.requests.slice(this.#requestsBefore);
    return requests.filter((request) => request.service === service && request.path.endsWith(path)).length;
  }

  /** Verifies each bundle of a run with sigstore-js, which throws if one is invalid. */
  async judge(workspace: string, result: StepResult, contents: Files = {}): Promise<readonly SubjectOutput[]> {
    const subjects = subjectsOf(result);
    await this.judgeSubjects(workspace, subjects, contents);
    return subjects;
  }

  async judgeSubjects(workspace: string, subjects: readonly SubjectOutput[], contents: Files = {}): Promise<void> {
    const attestations = new Set<string>();
    for (const { name, digest, bundle } of subjects) {
      if (attestations.has(bundle)) continue;
      const json = JSON.parse(await readFile(bundle, 'utf8'));
      const artifact = Buffer.from(contents[name] ?? (await readFile(join(workspace, name)).catch(() => '')));
      const { identity } = judge(this.sandbox.trustedRoot, json, artifact);
      expect(identity?.subjectAlternativeName).toBe(signer);
      // Of an attestation, sigstore-js leaves it to its caller whether it is about the artifact.
      if (json.dsseEnvelope === undefined) continue;
      attestations.add(bundle);
      const statement = JSON.parse(Buffer.from(json.dsseEnvelope.payload, 'base64').toString());
      const stated = statement.subject.map((subject: { name: string; digest: Record<string, string> }) => [
        subject.name,
        ...Object.entries(subject.digest).map(([algorithm, hex]) => `${algorithm}:${hex}`),
      ]);
      const covered = subjects.filter((subject) => subject.bundle === bundle);
      expect(stated).toEqual(covered.map((subject) => [subject.name, subject.digest]));
      if (name in contents || artifact.length > 0) {
        const [algorithm = '', hex] = digest.split(':');
        expect(createHash(algorithm).update(artifact).digest('hex')).toBe(hex);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connections[Symbol.dispose]();
    await this.sandbox.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #expectNoSecret(result: StepResult, workspace: string, runtime: RuntimeJob): Promise<void> {
    const secrets = [this.sandbox.jobTokens.requestToken, runtime.token];
    const { log, rawLog, summary, outputs, annotations, state, exportedEnvironment } = result;
    // A mask has to be told what to mask. GitHub's artifact client counts on masks in its debug messages; nothing else may.
    const unmasked = rawLog.filter(({ text }) => !/^::(?:add-mask|debug)::/.test(text)).map(({ text }) => text);
    const texts = [
      log.join('\n'),
      unmasked.join('\n'),
      summary,
      JSON.stringify([...outputs, ...state, ...exportedEnvironment, annotations]),
      ...(await readAll(workspace)).values(),
    ];
    for (const text of texts) {
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
      expect(/eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}|[?&]sig=(?!\*\*\*).*/.exec(text)?.[0]).toBeUndefined();
    }
  }
}

export function subjectsOf({ outputs }: Pick<StepResult, 'outputs'>): readonly SubjectOutput[] {
  return JSON.parse(outputs.get('subjects') ?? '[]');
}

/** Returns the result of the last step of a job. */
export function lastStep({ stages }: JobResult): StepResult {
  const result = stages.at(-1)?.result;
  if (result === undefined) throw new Error(`the last step did not run: ${JSON.stringify(stages)}`);
  return result;
}

/** Returns what the runner shows of a failed run. */
export function failure({ annotations, conclusion, exitCode }: StepResult): string {
  expect(conclusion).toBe('failure');
  expect(exitCode).toBe(1);
  return annotations
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message)
    .join('\n');
}

/** Each file below a folder, links not followed, by its path there. */
export async function readAll(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => resolve(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.sort().map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
    ),
  );
}

/** The names of the bundles in a workspace. */
export async function bundlesIn(workspace: string): Promise<readonly string[]> {
  return [...(await readAll(workspace)).keys()].filter((name) => name.endsWith('.sigstore.json'));
}
