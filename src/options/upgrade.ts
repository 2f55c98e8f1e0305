/** The options of `countersign upgrade`, except those of the policy. */

import { flag, path } from './form.ts';
import type { OptionTable } from './row.ts';
import { instanceRows, registryRows, runRows } from './shared.ts';

const { signingConfig: _, ...trust } = instanceRows;

export const upgradeRows = {
  out: {
    form: path,
    about:
      'Path of the new bundle, if one file is named (default: the name of the artifact with .sigstore.json). An old bundle of this name is kept with .old.',
    flags: '--out <path>',
    once: true,
  },
  recursive: {
    form: flag,
    about: 'Also upgrade the signatures of each image of a multi-platform index.',
    flags: '-r, --recursive',
  },
  dryRun: {
    form: flag,
    about: 'Verify the old signatures and make the new bundles, but write and attach nothing.',
    flags: '--dry-run',
  },
  ...trust,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
