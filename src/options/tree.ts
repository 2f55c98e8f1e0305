/** The options of `countersign tree`. */

import { flag } from './form.ts';
import type { OptionTable } from './row.ts';
import { registryRows, runRows } from './shared.ts';

export const treeRows = {
  ...registryRows,
  recursive: {
    form: flag,
    about: 'Also show each image of a multi-platform index, and the attestation manifests in it.',
    flags: '-r, --recursive',
  },
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
