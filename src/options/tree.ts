/** The options of `countersign tree`. */

import { flag } from './form.ts';
import type { OptionTable } from './row.ts';
import { registryRows, runRows } from './shared.ts';

export const treeRows = {
  ...registryRows,
  recursive: { form: flag, about: 'Show each image of a multi-platform index too.', flags: '-r, --recursive' },
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
