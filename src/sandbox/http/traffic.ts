/** What went over the sandbox's listeners, and what is to go wrong on them. */

import type { Fault } from './fault.ts';
import type { ServiceName } from './route.ts';

export interface RequestRecord {
  /** Absent for a path that no service has. */
  readonly service: ServiceName | undefined;
  readonly method: string;
  /** Without its query, which may be a credential. */
  readonly path: string;
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

/** The requests of several listeners, in the order in which they came, and the faults of their services. */
export class Traffic {
  readonly requests: RequestRecord[] = [];
  readonly faults = new Faults();
  readonly #recorded: boolean;

  constructor(recorded = true) {
    this.#recorded = recorded;
  }

  record(request: RequestRecord): void {
    if (this.#recorded) this.requests.push(request);
  }
}
