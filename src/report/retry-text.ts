/** Formats the log line for a request that will be sent again. */

import type { RetryNotice } from '../services/http/index.ts';

/** Returns a line, which is not yet safe to print: it contains the response of the service. */
export function retryText({ reason, wait }: Pick<RetryNotice, 'reason' | 'wait'>): string {
  return `${reason}; retrying in ${Math.ceil(wait / 1000)} s`;
}
