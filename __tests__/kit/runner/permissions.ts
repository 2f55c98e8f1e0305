/** The permissions of a job's token: those of the workflow, limited by the event and by a calling job. */

import { fail } from '../../../src/core/errors/index.ts';

export type PermissionLevel = 'none' | 'read' | 'write';

/** The permissions, with the levels that each can have besides `none`. */
const levels = {
  actions: ['read', 'write'],
  'artifact-metadata': ['read', 'write'],
  attestations: ['read', 'write'],
  checks: ['read', 'write'],
  contents: ['read', 'write'],
  deployments: ['read', 'write'],
  discussions: ['read', 'write'],
  // The schema of workflows has no level `read` for it.
  'id-token': ['write'],
  issues: ['read', 'write'],
  models: ['read'],
  packages: ['read', 'write'],
  pages: ['read', 'write'],
  'pull-requests': ['read', 'write'],
  'repository-projects': ['read', 'write'],
  'security-events': ['read', 'write'],
  statuses: ['read', 'write'],
} as const satisfies Readonly<Record<string, readonly PermissionLevel[]>>;

export type PermissionName = keyof typeof levels;

/** The level of every permission of a token. */
export type Permissions = Readonly<Record<PermissionName, PermissionLevel>>;

/** A workflow's `permissions:`. If it names any, the rest are `none`. */
export type PermissionsDeclaration =
  | 'read-all'
  | 'write-all'
  | Readonly<Partial<Record<PermissionName, PermissionLevel>>>;

export interface PermissionsRequest {
  /** The permissions of the job, or else of the workflow; by default the repository's default. */
  readonly declared?: PermissionsDeclaration;
  /** The setting of the repository; `restricted` for new ones. */
  readonly defaults?: 'restricted' | 'permissive';
  /** The upper limit of the event: `read` for pull requests from forks. */
  readonly ceiling?: 'read' | 'write';
  /** The permissions of the calling job, for a job of a reusable workflow. */
  readonly caller?: Permissions;
}

const names = Object.keys(levels) as PermissionName[];
const rank: Readonly<Record<PermissionLevel, number>> = { none: 0, read: 1, write: 2 };

/**
 * Returns the permissions of a job's token.
 *
 * @throws CountersignError `USAGE`, if GitHub would refuse the workflow file or fail the run at its start
 */
export function resolvePermissions(request: PermissionsRequest = {}): Permissions {
  const { declared, caller, ceiling = 'write' } = request;
  const wanted = declared === undefined ? (caller ?? defaultPermissions(request.defaults)) : stated(declared);
  if (caller !== undefined) demandWithin(wanted, caller);
  return ceiling === 'write' ? wanted : each((name) => (name === 'id-token' ? 'none' : lower(wanted[name], 'read')));
}

function defaultPermissions(defaults: PermissionsRequest['defaults'] = 'restricted'): Permissions {
  if (defaults === 'restricted') return stated({ contents: 'read', packages: 'read' });
  // A permissive default does not include an identity.
  return each((name) => (name === 'id-token' ? 'none' : highest(name)));
}

function stated(declared: PermissionsDeclaration): Permissions {
  if (declared === 'write-all') return each(highest);
  if (declared === 'read-all') return each((name) => (name === 'id-token' ? 'none' : 'read'));
  for (const [name, level] of Object.entries(declared)) {
    if (!Object.hasOwn(levels, name)) fail('USAGE', `There is no permission ${name}`);
    const allowed: readonly string[] = ['none', ...levels[name as PermissionName]];
    if (!allowed.includes(level)) fail('USAGE', `The permission ${name} is one of ${allowed.join(', ')}, not ${level}`);
  }
  return each((name) => declared[name] ?? 'none');
}

/** Refuses a called workflow that raises the permissions it is given. GitHub's run then has no job and no log, only this error. */
function demandWithin(wanted: Permissions, caller: Permissions): void {
  const excess = names.filter((name) => rank[wanted[name]] > rank[caller[name]]);
  if (excess.length === 0) return;
  const list = (of: Permissions): string => excess.map((name) => `${name}: ${of[name]}`).join(', ');
  fail('USAGE', `The nested job is requesting '${list(wanted)}', but is only allowed '${list(caller)}'.`);
}

function each(level: (name: PermissionName) => PermissionLevel): Permissions {
  return Object.fromEntries(names.map((name) => [name, level(name)])) as Record<PermissionName, PermissionLevel>;
}

function highest(name: PermissionName): PermissionLevel {
  return levels[name].at(-1) ?? 'none';
}

function lower(a: PermissionLevel, b: PermissionLevel): PermissionLevel {
  return rank[a] < rank[b] ? a : b;
}
