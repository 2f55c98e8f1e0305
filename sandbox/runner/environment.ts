/** The environment of a step: a clean one, in the same layers and order as the runner's. */

import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { CaselessMap } from './caseless-map.ts';
import { inputVariable } from './manifest.ts';

/** The values of the `github` context that become GITHUB_* variables. The token is not among them. */
export type GitHubContext = Readonly<Record<string, string>>;

export type RunnerValue = 'arch' | 'environment' | 'name' | 'os' | 'temp' | 'tool_cache' | 'workspace';

/** The values that a caller may set. The files and folders of a step are not among them. */
export type RepositoryContext = Readonly<Partial<Record<keyof ReturnType<typeof pushToMain>, string>>>;

/**
 * Returns the context of a push to the main branch of a repository, with the caller's values. Others are derived from those: the owner from
 * the repository, the short name and the type from the ref, the workflow's ref from both.
 */
export function repositoryContext(given: RepositoryContext = {}): GitHubContext {
  return { ...pushToMain(given), ...given };
}

function pushToMain({
  repository = 'octo-org/octo-repo',
  ref = 'refs/heads/main',
  sha = '0123456789abcdef0123456789abcdef01234567',
  actor = 'octocat',
}: {
  readonly repository?: string;
  readonly ref?: string;
  readonly sha?: string;
  readonly actor?: string;
}) {
  return {
    // For an action of the repository itself, the runner sets both to the empty string.
    action_ref: '',
    action_repository: '',
    actor,
    actor_id: '583231',
    // Clients take any other server for an enterprise server, and refuse to work with it; only the service URLs may be redirected.
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
  };
}

/** Returns the payload of the event if the caller gives none: it states whose repository this is, and that it is public. */
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

/** Describes the machine as a hosted runner does. */
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

/** The permission to request OIDC tokens. Without it, the two variables do not exist. */
export interface IdTokenPermission {
  /** The URL, which has a query already: clients append `&audience=`. */
  readonly requestUrl: string;
  readonly requestToken: string;
}

/** The layers of a step's environment, in order: later ones override earlier ones. */
export interface EnvironmentLayers {
  /** The environment of the runner's own service. */
  readonly service: Readonly<Record<string, string | undefined>>;
  /** The `env` of workflow, job and step, and the variables that earlier steps exported. */
  readonly env: Readonly<Record<string, string>>;
  /** The state that earlier stages of the same step saved. */
  readonly state: ReadonlyMap<string, string>;
  readonly inputs: ReadonlyMap<string, string>;
  /** The paths that earlier steps added, in that order. */
  readonly pathAdditions: readonly string[];
  readonly github: GitHubContext;
  readonly runner: Readonly<Partial<Record<RunnerValue, string>>>;
  readonly debug: boolean;
  readonly actions: Readonly<Record<string, string>>;
  readonly idToken: IdTokenPermission | undefined;
  /** On Windows, names are compared without regard to case, and paths separated by `;`. */
  readonly windows: boolean;
}

/** Builds the environment of a step. */
export function buildEnvironment(layers: EnvironmentLayers): Readonly<Record<string, string>> {
  const { windows, idToken } = layers;
  const variables = windows ? new CaselessMap() : new Map<string, string>();
  const setAll = (entries: Iterable<readonly [name: string, value: string | undefined]>, prefix = ''): void => {
    for (const [name, value] of entries) if (value !== undefined) variables.set(prefix + name, value);
  };
  const upper = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => [name.toUpperCase(), value] as const);
  setAll(Object.entries(layers.service));
  setAll(Object.entries(layers.env));
  setAll(layers.state, 'STATE_');
  setAll([...layers.inputs].map(([name, value]) => [inputVariable(name), value]));
  if (layers.pathAdditions.length > 0) {
    const path = [...layers.pathAdditions.toReversed(), variables.get('PATH') ?? ''];
    variables.set('PATH', path.filter((part) => part !== '').join(windows ? ';' : ':'));
  }
  setAll(upper(layers.github), 'GITHUB_');
  setAll(upper(layers.runner), 'RUNNER_');
  if (layers.debug) variables.set('RUNNER_DEBUG', '1');
  setAll(Object.entries(layers.actions));
  if (idToken !== undefined) {
    variables.set('ACTIONS_ID_TOKEN_REQUEST_URL', idToken.requestUrl);
    variables.set('ACTIONS_ID_TOKEN_REQUEST_TOKEN', idToken.requestToken);
  }
  variables.delete('NODE_ICU_DATA');
  variables.set('GITHUB_ACTIONS', 'true');
  if (variables.get('CI') === undefined) variables.set('CI', 'true');
  return Object.fromEntries(variables);
}

/** The variables of this process that a step inherits: they say where programs are, and nothing about the job. */
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

/** Returns what a step inherits of the environment of this process. */
export function serviceEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  windows: boolean,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(inherited[windows ? 'windows' : 'posix'].map((name) => [name, own[name]]));
}
