/** The contract of deliveries. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** A destination of reports. */
export interface Delivery {
  /** The name in errors and in the outbox: `issue octo/app`. It stays the same between runs. It contains no secret. */
  readonly name: string;
  /**
   * Delivers a report. `report.changes` holds the changes that this delivery has not taken yet, each with the time at which it was first reported.
   * May be called again with the same changes, such as after a crash: nothing is told twice. Is also called if there are no changes, so that the
   * stated coverage is up to date.
   *
   * @throws CountersignError if a change was not delivered. The caller keeps all changes, and tries again in a later run
   */
  deliver(report: WatchReport): Promise<void>;
}
