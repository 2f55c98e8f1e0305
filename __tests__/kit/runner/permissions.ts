/** What a job's token may do: `permissions:` of the workflow, under what the event and a calling job allow. */

import { fail } from '../../../src/core/errors/index.ts';

export type PermissionLevel = 'none' | 'read' | 'write';

/** The permissions there are, with the levels that each may be given besides `none`. */
const levels = {
  actions: ['read', 'write'],
  'artifact-metadata': ['read', 'write'],
  attestations: ['read', 'write'],
  checks: ['read', 'write'],
  contents: ['read', 'write'],
  deployments: ['read', 'write'],
  discussions: ['read', 'write'],
  // To read an identity makes no sense: the schema of workflows refuses it.
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

/** What a token may do, each permission named. */
export type Permissions = Readonly<Record<PermissionName, PermissionLevel>>;

/** `permissions:` as a workflow states it. To name any is to set the rest to none. */
export type PermissionsDeclaration =
  | 'read-all'
  | 'write-all'
  | Readonly<Partial<Record<PermissionName, PermissionLevel>>>;

export interface PermissionsRequest {
  /** Of the job, or else of the workflow: the one replaces the other. Absent, the repository's default counts. */
  readonly declared?: PermissionsDeclaration;
  /** The repository's setting. New repositories are restricted. */
  readonly defaults?: 'restricted' | 'permissive';
  /** The most that the event allows: `read` for strangers' pull requests. */
  readonly ceiling?: 'read' | 'write';
  /** The permissions of the calling job, for a job of a reusable workflow. */
  readonly caller?: Permissions;
}

const names = Object.keys(levels) as PermissionName[];
const rank: Readonly<Record<PermissionLevel, number>> = { none: 0, read: 1, write: 2 };

/**
 * The permissions of a job's token.
 *
 * @throws CountersignError `USAGE`, where GitHub would refuse the workflow file or fail the run at its start
 */
export function resolvePermissions(request: PermissionsRequest = {}): Permissions {
  const { declared, caller, ceiling = 'write' } = request;
  const wanted = declared === undefined ? (caller ?? defaultPermissions(request.defaults)) : stated(declared);
  if (caller !== undefined) demandWithin(wanted, caller);
  return ceiling === 'write' ? wanted : each((name) => (name === 'id-token' ? 'none' : lower(wanted[name], 'read')));
}

function defaultPermissions(defaults: PermissionsRequest['defaults'] = 'restricted'): Permissions {
  if (defaults === 'restricted') return stated({ contents: 'read', packages: 'read' });
  // Not even a permissive default lets a job have an identity.
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

/** A called workflow may lower what it is given, and not raise it: the run then has no job and no log, but this error. */
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
