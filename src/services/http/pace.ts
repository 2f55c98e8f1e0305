/** Adapts the number of things that are done at once to what the services accept. */

import type { Http } from './http.ts';

/** The number to start with. Rekor v2 answers once a second, so that latency says nothing about load. */
const initialLimit = 50;

/**
 * Doubles the limit after each round without a complaint, and halves it when a service is down or busy (429 or 5xx). While a request waits
 * because of `Retry-After`, nothing new begins.
 */
export class Pace {
  readonly #ceiling: number;
  #limit: number;
  /** The number of times that the limit was halved. What began before says nothing about the current limit. */
  #halvings = 0;
  /** The number of things that are done since the limit changed, without those that began before it was halved. */
  #done = 0;
  /** The number of requests that were told to wait and have not been answered yet. */
  #held = 0;

  /** @param ceiling the highest limit */
  constructor(ceiling: number) {
    this.#ceiling = ceiling;
    this.#limit = Math.min(initialLimit, ceiling);
  }

  /** The number of things that may be under way now; 0 if nothing may begin. */
  readonly limit = (): number => (this.#held > 0 ? 0 : this.#limit);

  /** Returns a client whose requests report complaints. */
  watch(http: Http): Http {
    return async (request) => {
      let halvings = this.#halvings;
      let isHeld = false;
      try {
        return await http({
          ...request,
          onOutage: (askedToWait) => {
            // One burst of requests that is refused counts as one complaint.
            if (halvings === this.#halvings) this.#halve();
            halvings = this.#halvings;
            if (askedToWait > 0 && !isHeld) {
              isHeld = true;
              this.#held++;
            }
            request.onOutage?.(askedToWait);
          },
        });
      } finally {
        if (isHeld) this.#held--;
      }
    };
  }

  /** Does one of the things that are counted. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const halvings = this.#halvings;
    try {
      return await work();
    } finally {
      if (halvings === this.#halvings && ++this.#done >= this.#limit) this.#change(this.#limit * 2);
    }
  }

  #halve(): void {
    this.#halvings++;
    this.#change(Math.floor(this.#limit / 2));
  }

  #change(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#ceiling, limit));
    this.#done = 0;
  }
}
