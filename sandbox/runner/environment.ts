/** The environment of a step: a clean one, in the layers and the order in which the runner lays them. */

import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { inputVariable } from './manifest.ts';

/** The values of the `github` context that become GITHUB_* variables. A token is not among them. */
export type GitHubValue =
  | 'action'
  | 'action_path'
  | 'action_ref'
  | 'action_repository'
  | 'actor'
  | 'actor_id'
  | 'api_url'
  | 'artifacts'
  | 'artifacts_list'
  | 'base_ref'
  | 'env'
  | 'event_name'
  | 'event_path'
  | 'graphql_url'
  | 'head_ref'
  | 'job'
  | 'output'
  | 'path'
  | 'ref'
  | 'ref_name'
  | 'ref_protected'
  | 'ref_type'
  | 'repository'
  | 'repository_id'
  | 'repository_owner'
  | 'repository_owner_id'
  | 'retention_days'
  | 'run_attempt'
  | 'run_id'
  | 'run_number'
  | 'server_url'
  | 'sha'
  | 'state'
  | 'step_summary'
  | 'triggering_actor'
  | 'workflow'
  | 'workflow_ref'
  | 'workflow_sha'
  | 'workspace';

export type RunnerValue = 'arch' | 'environment' | 'name' | 'os' | 'temp' | 'tool_cache' | 'workspace';

/** What a caller may say of the run; the step's own files and folders are not the caller's. */
export type RepositoryContext = Readonly<
  Partial<
    Record<
      Exclude<
        GitHubValue,
        | 'action'
        | 'artifacts'
        | 'artifacts_list'
        | 'env'
        | 'event_path'
        | 'output'
        | 'path'
        | 'state'
        | 'step_summary'
        | 'workspace'
      >,
      string
    >
  >
>;

export type GitHubContext = Readonly<Partial<Record<GitHubValue, string>>>;

/**
 * A push to the main branch of a repository, where the caller says nothing else. What follows from another value does
 * follow: the owner from the repository, the short name and the type from the ref, the workflow's ref from both.
 */
export function repositoryContext(given: RepositoryContext = {}): GitHubContext {
  const repository = given.repository ?? 'octo-org/octo-repo';
  const ref = given.ref ?? 'refs/heads/main';
  const sha = given.sha ?? '0123456789abcdef0123456789abcdef01234567';
  const actor = given.actor ?? 'octocat';
  const actorId = given.actor_id ?? '583231';
  return {
    // Both are there, and empty, for an action of the repository itself.
    action_ref: '',
    action_repository: '',
    actor,
    actor_id: actorId,
    // Clients take any other server for an enterprise server, and refuse to work with it: only these may be redirected.
    api_url: 'https://api.github.com',
    base_ref: '',
    event_name: 'push',
    graphql_url: 'https://api.github.com/graphql',
    head_ref: '',
    job: 'sandbox',
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_protected: 'false',
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: '1296269',
    repository_owner: repository.split('/')[0] ?? '',
    repository_owner_id: '9919',
    retention_days: '90',
    run_attempt: '1',
    run_id: '1',
    run_number: '1',
    server_url: 'https://github.com',
    sha,
    triggering_actor: actor,
    workflow: 'sandbox',
    workflow_ref: `${repository}/.github/workflows/sandbox.yml@${ref}`,
    workflow_sha: sha,
    ...given,
  };
}

/** The event's payload where the caller gives none: the least that says whose repository this is, and that it is public. */
export function defaultEvent(context: GitHubContext): Readonly<Record<string, unknown>> {
  const [owner = '', name = ''] = (context.repository ?? '').split('/');
  return {
    ref: context.ref,
    after: context.sha,
    repository: {
      id: Number(context.repository_id),
      name,
      full_name: context.repository,
      owner: { login: owner, id: Number(context.repository_owner_id) },
      private: false,
      visibility: 'public',
    },
    sender: { login: context.actor, id: Number(context.actor_id) },
  };
}

/** The machine, as a hosted runner describes itself. */
export function runnerContext(
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
    temp: temporaryDirectory,
  };
}

/** The permission to ask for OIDC tokens. Without it, the two variables do not exist. */
export interface IdTokenPermission {
  /** Has a query already: clients append `&audience=`. */
  readonly requestUrl: string;
  readonly requestToken: string;
}

/** The layers of a step's environment, in their order: a later one wins. */
export interface EnvironmentLayers {
  /** What the runner's own service has. */
  readonly service: Readonly<Record<string, string | undefined>>;
  /** The `env` of workflow, job and step, and what earlier steps exported. */
  readonly env: Readonly<Record<string, string>>;
  /** What earlier stages of the same step saved. */
  readonly state: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, string>;
  /** What earlier steps added to the path, in the order in which they did. */
  readonly pathAdditions: readonly string[];
  readonly github: GitHubContext;
  readonly runner: Readonly<Partial<Record<RunnerValue, string>>>;
  readonly debug: boolean;
  readonly actions: Readonly<Record<string, string>>;
  readonly idToken: IdTokenPermission | undefined;
  /** Names without regard to case, `;` between paths. */
  readonly windows: boolean;
}

/** The environment of a step. */
export function buildEnvironment(layers: EnvironmentLayers): Readonly<Record<string, string>> {
  const variables = new Variables(layers.windows);
  variables.setAll(Object.entries(layers.service));
  variables.setAll(Object.entries(layers.env));
  for (const [name, value] of layers.state) variables.set(`STATE_${name}`, value);
  for (const [name, value] of layers.inputs) variables.set(inputVariable(name), value);
  if (layers.pathAdditions.length > 0) {
    const separator = layers.windows ? ';' : ':';
    const path = [...layers.pathAdditions.toReversed(), variables.get('PATH') ?? ''];
    variables.set('PATH', path.filter((part) => part !== '').join(separator));
  }
  for (const [name, value] of Object.entries(layers.github)) variables.set(`GITHUB_${name.toUpperCase()}`, value);
  for (const [name, value] of Object.entries(layers.runner)) variables.set(`RUNNER_${name.toUpperCase()}`, value);
  if (layers.debug) variables.set('RUNNER_DEBUG', '1');
  variables.setAll(Object.entries(layers.actions));
  if (layers.idToken !== undefined) {
    variables.set('ACTIONS_ID_TOKEN_REQUEST_URL', layers.idToken.requestUrl);
    variables.set('ACTIONS_ID_TOKEN_REQUEST_TOKEN', layers.idToken.requestToken);
  }
  variables.delete('NODE_ICU_DATA');
  variables.set('GITHUB_ACTIONS', 'true');
  if (variables.get('CI') === undefined) variables.set('CI', 'true');
  return variables.record();
}

class Variables {
  readonly #entries = new Map<string, readonly [name: string, value: string]>();
  readonly #windows: boolean;

  constructor(windows: boolean) {
    this.#windows = windows;
  }

  setAll(entries: Iterable<readonly [name: string, value: string | undefined]>): void {
    for (const [name, value] of entries) if (value !== undefined) this.set(name, value);
  }

  set(name: string, value: string): void {
    const key = this.#key(name);
    this.#entries.set(key, [this.#entries.get(key)?.[0] ?? name, value]);
  }

  get(name: string): string | undefined {
    return this.#entries.get(this.#key(name))?.[1];
  }

  delete(name: string): void {
    this.#entries.delete(this.#key(name));
  }

  record(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#entries.values());
  }

  #key(name: string): string {
    return this.#windows ? name.toUpperCase() : name;
  }
}

/** What a step may have of the environment that this process runs in: where programs are, and nothing that is ours. */
const inherited = {
  posix: ['PATH', 'HOME'],
  windows: [
    'PATH',
    'PATHEXT',
    'SystemRoot',
    'SystemDrive',
    'windir',
    'ComSpec',
    'TEMP',
    'TMP',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'ProgramData',
    'ProgramFiles',
    'ProgramFiles(x86)',
  ],
} as const;

export function serviceEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  windows: boolean,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(inherited[windows ? 'windows' : 'posix'].map((name) => [name, own[name]]));
}
