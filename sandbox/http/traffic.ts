/** What went over the sandbox's listeners, and what is to go wrong on them. */

import type { IncomingMessage } from 'node:http';
import type { Fault } from './fault.ts';
import type { ServiceName } from './route.ts';

export interface RequestRecord {
  /** Absent for a path that no service has. */
  readonly service: ServiceName | undefined;
  readonly method: string;
  /** Without its query, which may be a credential. */
  readonly path: string;
  /** All that came: the target with its query, the headers, and the body as far as it was read. `undefined` once forgotten. */
  content(): Uint8Array | undefined;
}

/** A request that is recorded while it comes in. */
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

  /** @returns how many bytes more are kept: none, if it was forgotten while it came in */
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

/** One endpoint of a service: those requests whose `METHOD /path?query` matches. */
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
 * @example
 * faults.set('oidc', fault.status(503), 3); // the next three requests
 * faults.set('tuf', fault.stall()); // all requests, until cleared
 * faults.set({ service: 'artifacts', matching: /FinalizeArtifact$/ }, fault.refuse(), 1);
 * faults.set('rekor-v2', fault.status(500), { skip: 100, times: 1 }); // the hundred and first
 */
export class Faults {
  #faults: SetFault[] = [];

  /** Sets a fault for the next requests to a service or to one of its endpoints, in place of an earlier one for the same. */
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

  /** Makes a service right again, or all of them. */
  clear(service?: ServiceName): void {
    this.#faults = this.#faults.filter((one) => service !== undefined && one.service !== service);
  }

  /** The fault for a request, if there is one, of which it is one time less. */
  take(service: ServiceName | undefined, line: string): Fault | undefined {
    for (const one of this.#faults) {
      // Not `test`: of a global RegExp, it would remember where it was.
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

/** Of this many bytes the latest requests keep their content, for whoever looks for what should not be in it. */
const keptLength = 64 * 1024 * 1024;

/** The requests of several listeners, in the order in which they came, and the faults of their services. */
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

  /** A piece of the body of a request that was recorded. */
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
