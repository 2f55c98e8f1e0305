/** Formats the log line for a request that will be sent again. */

import type { RetryNotice } from '../services/http/index.ts';

/** A line, not yet safe to print: what the service answered is in it. */
export function retryText({ reason, wait }: Pick<RetryNotice, 'reason' | 'wait'>): string {
  return `${reason}; asking again in ${Math.ceil(wait / 1000)} s`;
}
