/** The requests to the sandbox's listeners, and the faults that are set on them. */

import type { IncomingMessage } from 'node:http';
import type { Fault } from './fault.ts';
import type { ServiceName } from './route.ts';

export interface RequestRecord {
  /** Absent for a path that no service takes. */
  readonly service: ServiceName | undefined;
  readonly method: string;
  /** The path, without its query, which may be a credential. */
  readonly path: string;
  /** Returns the target with its query, the headers, and the body as far as it was read; `undefined` once forgotten. */
  content(): Uint8Array | undefined;
}

/** A request that is recorded while it is received. */
export class ReceivedRequest implements RequestRecord {
  readonly service: ServiceName | undefined;
  readonly method: string;
  readonly path: string;
  #received: Uint8Array[] | undefined;
  #length: number;

  constructor(
    service: ServiceName | undefined,
    path: string,
    { method = 'GET', url = '', rawHeaders }: IncomingMessage,
  ) {
    this.service = service;
    this.method = method;
    this.path = path;
    const head = Buffer.from(`${method} ${url}\n${rawHeaders.join('\n')}\n\n`, 'latin1');
    this.#received = [head];
    this.#length = head.length;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a piece of the body, and returns how many bytes it takes: none, if the request was forgotten meanwhile. */
  add(chunk: Uint8Array): number {
    if (this.#received === undefined) return 0;
    this.#received.push(chunk);
    this.#length += chunk.length;
    return chunk.length;
  }

  forget(): void {
    this.#received = undefined;
    this.#length = 0;
  }

  content(): Uint8Array | undefined {
    return this.#received && Buffer.concat(this.#received);
  }
}

/** An endpoint of a service: the requests whose `METHOD /path?query` matches. */
export interface Endpoint {
  readonly service: ServiceName;
  readonly matching: RegExp;
}

interface SetFault {
  readonly service: ServiceName;
  readonly matching: RegExp | undefined;
  readonly fault: Fault;
  skip: number;
  times: number;
}

/**
 * The faults that are set.
 *
 * @example
 * faults.set('oidc', fault.status(503), 3); // the next three requests
 * faults.set('tuf', fault.stall()); // all requests, until cleared
 * faults.set({ service: 'artifacts', matching: /FinalizeArtifact$/ }, fault.refuse(), 1);
 * faults.set('rekor-v2', fault.status(500), { skip: 100, times: 1 }); // the hundred and first
 */
export class Faults {
  #faults: SetFault[] = [];

  /** Sets a fault for the next requests to a service or to one of its endpoints, and replaces an earlier one for the same target. */
  set(
    target: ServiceName | Endpoint,
    fault: Fault,
    times: number | { readonly skip?: number; readonly times?: number } = Number.POSITIVE_INFINITY,
  ): void {
    const endpoint = typeof target === 'string' ? { service: target, matching: undefined } : target;
    const count = typeof times === 'number' ? { times } : times;
    this.#faults = this.#faults.filter(
      ({ service, matching }) =>
        service !== endpoint.service || String(matching ?? '') !== String(endpoint.matching ?? ''),
    );
    this.#faults.push({ ...endpoint, fault, skip: 0, times: Number.POSITIVE_INFINITY, ...count });
  }

  /** Removes the faults of a service, or all faults. */
  clear(service?: ServiceName): void {
    this.#faults = this.#faults.filter((one) => service !== undefined && one.service !== service);
  }

  /** Returns the fault for a request, if there is one, and counts the request. */
  take(service: ServiceName | undefined, line: string): Fault | undefined {
    for (const one of this.#faults) {
      // Not `test`, which keeps a position in a global RegExp.
      if (one.service !== service || one.times <= 0 || (one.matching && line.search(one.matching) < 0)) continue;
      if (one.skip > 0) {
        one.skip -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault;
    }
    return undefined;
  }
}

/** The number of bytes of the latest requests that are kept, for tests that search them for secrets. */
const keptLength = 64 * 1024 * 1024;

/** The requests to several listeners, in order, and the faults of their services. */
export class Traffic {
  readonly faults = new Faults();
  readonly #requests: ReceivedRequest[] = [];
  #length = 0;
  #forgotten = 0;
  readonly #recorded: boolean;

  constructor(recorded = true) {
    this.#recorded = recorded;
  }

  get requests(): readonly RequestRecord[] {
    return this.#requests;
  }

  record(request: ReceivedRequest): void {
    if (!this.#recorded) return;
    this.#requests.push(request);
    this.#grow(request.length);
  }

  /** Records a piece of the body of a request. */
  recordBody(request: ReceivedRequest, chunk: Uint8Array): void {
    if (this.#recorded) this.#grow(request.add(chunk));
  }

  #grow(length: number): void {
    this.#length += length;
    while (this.#length > keptLength) {
      const oldest = this.#requests[this.#forgotten];
      if (oldest === undefined) return;
      this.#forgotten += 1;
      this.#length -= oldest.length;
      oldest.forget();
    }
  }
}
