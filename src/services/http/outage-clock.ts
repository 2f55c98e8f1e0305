/** Measures how much of its retry budget a run has spent: the time during which any of its services was unavailable. */

/**
 * Counts wall-clock time from the first failure of a service until its next success, or until no request waits for it. Overlapping
 * outages and requests count once.
 */
export class OutageClock {
  readonly #clock: () => Date;
  /** For each service that is out, the requests that wait for it. */
  readonly #waiting = new Map<string, Set<symbol>>();
  #since = 0;
  #spent = 0;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** Milliseconds spent so far. */
  get spent(): number {
    return this.#spent + (this.#waiting.size > 0 ? this.#now() - this.#since : 0);
  }

  /** A request failed and may be sent again: its service is out. */
  failed(service: string, request: symbol): void {
    if (this.#waiting.size === 0) this.#since = this.#now();
    const requests = this.#waiting.get(service) ?? new Set();
    this.#waiting.set(service, requests.add(request));
  }

  /** A service answered: its outage is over for all who wait. */
  recovered(service: string): void {
    if (!this.#waiting.has(service)) return;
    const spent = this.spent;
    this.#waiting.delete(service);
    this.#settle(spent);
  }

  /** Records that a request is not sent again. If no other request waits for the service, its time stops counting. */
  gaveUp(service: string, request: symbol): void {
    const requests = this.#waiting.get(service);
    requests?.delete(request);
    if (requests?.size === 0) this.recovered(service);
  }

  #settle(spent: number): void {
    if (this.#waiting.size === 0) this.#spent = spent;
  }

  #now(): number {
    return this.#clock().getTime();
  }
}
