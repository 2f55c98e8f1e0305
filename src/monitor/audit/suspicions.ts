/** Observations that become findings only if they last: a cache or an outage causes them too. */

import { type Finding, type FindingCode, type FoundLog, watchBlind } from '../evidence/index.ts';
import type { Suspicion } from '../state/index.ts';

/** The time between two looks after which an observation that lasts is a finding. */
const lastingMilliseconds = 15 * 60 * 1000;

/** The suspicions of a log in a run: those of earlier runs, of which each is kept only if it is observed again. */
export class Suspicions {
  readonly #earlier: readonly Suspicion[];
  readonly #now: Date;
  readonly #kept: Suspicion[] = [];

  constructor(earlier: readonly Suspicion[], now: Date) {
    this.#earlier = earlier;
    this.#now = now;
  }

  /**
   * Records an observation.
   *
   * @returns true if it was observed at least 15 minutes ago too, and at each look since
   */
  observe(code: FindingCode, what: string): boolean {
    const earlier = this.#earlier.find((one) => one.code === code && one.what === what);
    const since = earlier?.since ?? this.#now;
    this.#kept.push({ code, what, since });
    return this.#now.getTime() - since.getTime() >= lastingMilliseconds;
  }

  /** The suspicions to keep for the next run. */
  get kept(): readonly Suspicion[] {
    return this.#kept;
  }
}

/** Returns the finding that runs in a row could not audit a log for too long, if that is so. */
export function noProgress(log: FoundLog, failingSince: Date, now: Date): readonly Finding[] {
  if (now.getTime() - failingSince.getTime() < lastingMilliseconds) return [];
  const message = `no run since ${failingSince.toISOString()} could audit the log to its end`;
  const remedy = 'Correct the problem that the report names. Until then, new entries of the log are not seen.';
  return [watchBlind(log, 'no-progress', message, remedy)];
}
