/** The tokens of the API, and what each may do. */

import { encodeHex } from '../../src/core/encoding/index.ts';
import type { Sources } from '../sources.ts';

/** The permissions of the token of a job, by their names in workflows. */
export type Permissions = Readonly<Partial<Record<Scope, 'read' | 'write'>>>;

type Scope = 'actions' | 'artifact-metadata' | 'attestations' | 'contents' | 'issues' | 'metadata';

/** The owner of a token. */
export interface Caller {
  /** `github-actions[bot]`, or the login of a user. */
  readonly login: string;
  /** True for the token of a job. */
  readonly isIntegration: boolean;
  /** The ids of the repositories that it belongs to. */
  readonly repositories: readonly number[];
  readonly permissions: Permissions;
}

export class Tokens {
  readonly #sources: Sources;
  readonly #callers = new Map<string, Caller>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  issue(caller: Caller): string {
    const token = `${caller.isIntegration ? 'ghs' : 'ghp'}_${encodeHex(this.#sources.random(18))}`;
    this.#callers.set(token, caller);
    return token;
  }

  revoke(token: string): void {
    this.#callers.delete(token);
  }

  /** Returns the owner of the token in an `Authorization` header: `undefined` without a header, `invalid` for an unknown token. */
  callerOf(authorization: unknown): Caller | undefined | 'invalid' {
    if (authorization === undefined) return undefined;
    const [, token = ''] = /^(?:bearer|token) (\S+)$/i.exec(String(authorization)) ?? [];
    return this.#callers.get(token) ?? 'invalid';
  }
}

/** Reports whether a token may do something in a repository that it can see. Anybody may read what is public. */
export function mayAccess(
  caller: Caller | undefined,
  repository: { readonly id: number; readonly isPublic: boolean },
  scope: keyof Permissions,
  level: 'read' | 'write',
): boolean {
  if (level === 'read' && repository.isPublic) return true;
  if (caller === undefined || !caller.repositories.includes(repository.id)) return false;
  const granted = caller.permissions[scope];
  return granted === 'write' || granted === level || (scope === 'metadata' && level === 'read');
}
