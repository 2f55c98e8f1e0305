/** The options of `countersign inspect`, except those of the policy. */

import type { OptionTable } from './row.ts';
import { instanceRows, registryRows, runRows } from './shared.ts';

export const inspectRows = {
  ...instanceRows,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
