/** The options of `countersign tree`. */

import { flag } from './form.ts';
import type { OptionTable } from './row.ts';
import { registryRows, runRows } from './shared.ts';

export const treeRows = {
  ...registryRows,
  recursive: { form: flag, flags: '-r, --recursive', command: 'also to each image of a multi-platform index' },
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
