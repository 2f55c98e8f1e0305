/** The options of `countersign trusted-root`. */

import type { OptionTable } from './row.ts';
import { instanceRows, runRows } from './shared.ts';

const { instance, tufUrl, tufRoot, offline, offlineStale } = instanceRows;

export const trustedRootRows = {
  instance,
  tufUrl,
  tufRoot,
  offline,
  offlineStale,
  retryBudget: runRows.retryBudget,
} as const satisfies OptionTable;
