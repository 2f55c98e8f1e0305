/** Formats a watch for a terminal. */

import type { WatchReport } from '../monitor/watch/index.ts';
import type { TextOptions } from './verification-text.ts';

/** Returns the lines, which are safe to print whatever was found. */
export function watchText(_report: WatchReport, _options: TextOptions = {}): string {
  return '';
}
