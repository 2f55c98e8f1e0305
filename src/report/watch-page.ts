/** Formats a watch as an HTML page. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** Returns the page, which loads nothing and runs no script. */
export function watchPage(_report: WatchReport): string {
  return '';
}
