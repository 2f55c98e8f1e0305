/** Formats a watch for the job summary. */

import type { WatchReport } from '../monitor/watch/index.ts';

/** Returns the Markdown, of at most 1 MiB. */
export function watchSummary(_report: WatchReport): string {
  return '';
}
