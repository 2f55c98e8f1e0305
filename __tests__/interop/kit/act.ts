/**
 * act: runs workflows on this machine, each job in a folder of its own, each action in a process of its own. It enforces no permission
 * and issues no identity: those of the sandbox are given to every job.
 */

import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { decodeJwt } from 'jose';
import { splitLines } from '../../../sandbox/runner/lines.ts';
import type { ArtifactTarget } from '../../action/upload.ts';
import {
  type ActionRepositories,
  actionRepositories,
  countersignCommit,
  countersignRepository,
  resolved,
} from './act-repositories.ts';
import type { Instance } from './instance.ts';
import { judgePath, type Run, run } from './program.ts';
import { type RunningSandbox, startSandbox } from './sandbox.ts';

export interface Workflow {
  /** Its file, and what else is in the repository. */
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  /** The repository that it is in; `example-org/example-repo` by default. */
  readonly repository?: string;
  readonly branch?: string;
  readonly event?: 'push' | 'schedule' | 'workflow_dispatch' | 'pull_request';
  readonly payload?: object;
  /** The files of the commit before, on which a pull request builds. */
  readonly base?: Readonly<Record<string, string>>;
  /** Claims of the jobs' tokens that differ from those of the sandbox's example. */
  readonly claims?: Readonly<Record<string, string>>;
  /** The service that issues the jobs' tokens; that of the instance by default. */
  readonly tokens?: { readonly requestUrl: string; readonly requestToken: string };
  /** The value of `github.token`; none by default. */
  readonly token?: string;
  /** Variables that replace those of the runner. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A folder of programs that `run` steps find first. */
  readonly programs?: string;
}

/** A line that act wrote. */
interface Entry {
  readonly job?: string;
  readonly msg?: string;
  /** Printed by a step, and not by act. */
  readonly raw_output?: boolean;
  /** The workflow command that act took it for, and what the step printed then. */
  readonly raw?: string;
  readonly level?: string;
  readonly jobResult?: string;
}

export interface ActRun extends Run {
  /** The lines that steps printed, workflow commands included: those that act shows, and all that actions printed. */
  readonly lines: readonly string[];
  /** Those of actions that announce an error. */
  readonly errors: string;
  /** The result of each job, by its name; a job of a reusable workflow stands behind the job that calls it. */
  readonly results: Readonly<Record<string, string>>;
  /** The folder of the files that the jobs wrote. */
  readonly folder: string;
}

const signWorkflow = `${countersignRepository}/.github/workflows/sign.yml@refs/tags/v1`;

/** Claims of a token that a job of the reusable workflow gets. */
export const reusableClaims = { job_workflow_ref: signWorkflow, job_workflow_sha: countersignCommit } as const;
export { countersignCommit, countersignRepository, resolved };

export class Act implements AsyncDisposable {
  readonly instance: Instance;
  readonly #folder: string;
  readonly #sandbox: RunningSandbox;
  readonly #repositories: ActionRepositories;

  private constructor(folder: string, sandbox: RunningSandbox, repositories: ActionRepositories) {
    this.instance = sandbox.instance;
    this.#folder = folder;
    this.#sandbox = sandbox;
    this.#repositories = repositories;
  }

  static async start(): Promise<Act> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-act-')));
    const repositories = await actionRepositories(join(folder, 'repositories'));
    const standIn = new URL('node-stand-in.mjs', import.meta.url);
    // No shell: it would leave out the inputs, whose names have dashes.
    const program = `#!${process.execPath}\nimport(${JSON.stringify(standIn)});\n`;
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'node'), program, { mode: 0o755 });
    return new Act(folder, await startSandbox(folder), repositories);
  }

  /** GitHub's actions as our workflows pin them, by `owner/name`. */
  get pins(): ReadonlyMap<string, string> {
    return this.#repositories.pins;
  }

  /** The artifacts of the one run that all are of. */
  get artifacts(): ArtifactTarget {
    const token = this.instance.setting('ACTIONS_RUNTIME_TOKEN');
    const [, runId = '', jobId = ''] = /Actions\.Results:([^:\s]+):([^:\s]+)/.exec(String(decodeJwt(token).scp)) ?? [];
    const results = this.instance.setting('ACTIONS_RESULTS_URL');
    return { urls: { results }, artifactService: { job: { token, runId, jobId } } };
  }

  /** Inputs of our actions by which they use the sandbox. */
  get trust(): Readonly<Record<'instance' | 'trusted-root', string>> {
    return { instance: 'sandbox', 'trusted-root': this.instance.trustedRoot };
  }

  /** Inputs of the reusable workflows by which they use it. */
  async tuf(): Promise<Readonly<Record<'instance' | 'tuf-url' | 'tuf-root', string>>> {
    const root = await readFile(this.instance.tufRoot, 'utf8');
    return { instance: 'sandbox', 'tuf-url': this.instance.setting('TUF_URL'), 'tuf-root': root };
  }

  /** Runs a workflow in a repository of its own, to its end. */
  async run(workflow: Workflow): Promise<ActRun> {
    const folder = await mkdtemp(join(this.#folder, 'run-'));
    const checkout = join(folder, 'checkout');
    const env = { HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp'), XDG_CACHE_HOME: join(folder, 'cache') };
    const printed = join(folder, 'printed');
    for (const path of [checkout, printed, ...Object.values(env)]) await mkdir(path);
    await this.#commit(checkout, workflow, env);
    const settings = join(folder, 'settings.env');
    const payload = join(folder, 'event.json');
    const [head, base] = await commitsOf(checkout, env);
    await writeFile(settings, this.#settings(workflow, checkout, printed, head));
    const pullRequest = workflow.base && { pull_request: { head: { sha: head }, base: { sha: base } } };
    await writeFile(payload, JSON.stringify({ ...workflow.payload, ...pullRequest }));
    const result = await run(
      judgePath('COUNTERSIGN_INTEROP_ACT'),
      [
        workflow.event ?? 'push',
        ...['--workflows', workflow.path, '--eventpath', payload, '--env-file', settings],
        ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--concurrent-jobs', '1', '--json'],
        ...['--action-cache-path', join(folder, 'actions'), '--action-offline-mode'],
        ...(workflow.token === undefined ? [] : ['--secret', `GITHUB_TOKEN=${workflow.token}`]),
        ...this.#repositories.folders.flatMap((repository) => ['--local-repository', repository]),
      ],
      {
        cwd: checkout,
        env: {
          ...env,
          ACT_DISABLE_VERSION_CHECK: '1',
          PATH: [join(this.#folder, 'bin'), workflow.programs ?? [], process.env.PATH].flat().join(delimiter),
        },
      },
    );
    const { lines, results } = read(result);
    const ofActions = await printedLines(printed);
    const errors = ofActions.filter((line) => line.startsWith('::error')).join('\n');
    return { ...result, lines: [...lines, ...ofActions], errors, results, folder };
  }

  async #commit(checkout: string, workflow: Workflow, env: Readonly<Record<string, string>>): Promise<void> {
    // The same files are the same commit.
    const date = '2026-01-01T00:00:00Z';
    const git = async (...args: readonly string[]): Promise<void> => {
      const options = { cwd: checkout, env: { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } };
      const { code, stderr } = await run('git', args, options);
      if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}: ${stderr}`);
    };
    await git('init', '--quiet', '--initial-branch', workflow.branch ?? 'main');
    const repository = workflow.repository ?? 'example-org/example-repo';
    await git('remote', 'add', 'origin', `https://github.com/${repository}`);
    for (const files of [...(workflow.base === undefined ? [] : [workflow.base]), workflow.files]) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(checkout, name)), { recursive: true });
        await writeFile(join(checkout, name), text);
      }
      await git('add', '--all', '--force');
      const identity = ['-c', 'user.name=Example', '-c', 'user.email=user@example.org'];
      await git(...identity, 'commit', '--quiet', '--message', 'Example');
    }
  }

  #settings(workflow: Workflow, checkout: string, printed: string, sha: string): string {
    const { claims = {}, variables: given = {} } = workflow;
    const { requestUrl, requestToken } = workflow.tokens ?? {
      requestUrl: this.instance.setting('ACTIONS_ID_TOKEN_REQUEST_URL'),
      requestToken: this.instance.setting('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
    };
    const query = Object.entries({ sha, ...claims }).map(
      ([name, value]) => `&claim.${name}=${encodeURIComponent(value)}`,
    );
    const variables = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${requestUrl}${query.join('')}`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      ACTIONS_RESULTS_URL: this.instance.setting('ACTIONS_RESULTS_URL'),
      ACTIONS_RUNTIME_TOKEN: this.instance.setting('ACTIONS_RUNTIME_TOKEN'),
      STAND_IN_REPOSITORY: checkout,
      COUNTERSIGN_NODE: node24(),
      COUNTERSIGN_PRINTED: printed,
      ...given,
    };
    return Object.entries(variables)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join('');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#sandbox[Symbol.asyncDispose]();
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}

/** The newest first. */
async function commitsOf(checkout: string, env: Readonly<Record<string, string>>): Promise<readonly [string, string?]> {
  const { stdout } = await run('git', ['log', '--format=%H'], { cwd: checkout, env });
  const [head = '', base] = stdout.trim().split('\n');
  return base === undefined ? [head] : [head, base];
}

async function printedLines(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap(splitLines);
}

/** The Node that GitHub's runner runs these actions on. */
function node24(): string {
  const nodes: Readonly<Record<string, string>> = JSON.parse(judgePath('COUNTERSIGN_INTEROP_NODES'));
  const path = Object.entries(nodes).find(([version]) => version.startsWith('24.'))?.[1];
  if (path === undefined) throw new Error('there is no Node 24 among the judges');
  return path;
}

function read({ stdout }: Run): Pick<ActRun, 'lines' | 'results'> {
  const entries = stdout
    .split('\n')
    .flatMap((line): readonly Entry[] => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const lines = entries
    .flatMap(({ raw, raw_output: printed, msg = '' }) => (raw !== undefined ? [raw] : printed === true ? [msg] : []))
    .flatMap((text) => splitLines(stripVTControlCharacters(text)));
  const results = entries.flatMap(({ job = '', jobResult }) =>
    jobResult === undefined ? [] : [[job.replace(/^[^/]+\//, '').trimEnd(), jobResult]],
  );
  return { lines, results: Object.fromEntries(results) };
}

/** The paths of all files of this name below a folder. */
export async function filesNamed(pattern: RegExp, folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter(({ name }) => pattern.test(name)).map(({ parentPath, name }) => join(parentPath, name));
}
