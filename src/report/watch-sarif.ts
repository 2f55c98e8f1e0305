/** Formats a watch as SARIF 2.1.0. */

import type { WatchReport } from '../monitor/watch/index.ts';

/**
 * Returns the open findings as a SARIF log.
 *
 * @param version the version of Countersign
 */
export function watchSarif(_report: WatchReport, _version: string): string {
  return '';
}
