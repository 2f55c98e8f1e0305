/** Formats a watch as JSON. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** Returns the report as plain values. */
export function watchJson(_report: WatchReport): object {
  return {};
}
