/** The endpoints of the API, by their paths after a repository. */

import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { SandboxRepository } from './repository.ts';
import type { Caller, Permissions } from './tokens.ts';

/** What a request is about. */
export interface Call {
  readonly request: HttpRequest;
  readonly caller: Caller | undefined;
  readonly repository: SandboxRepository;
  /** The parts of the path after the repository, decoded. */
  readonly path: readonly string[];
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** The path after the repository. `*` stands for one part. */
  readonly path: string;
  readonly scope: keyof Permissions;
  readonly level: 'read' | 'write';
  readonly answer: (call: Call) => HttpResponse;
}
