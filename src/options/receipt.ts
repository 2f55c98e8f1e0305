/** The options of `countersign receipt`. The policy options choose the bundles for which receipts are written. */

import { path, paths } from './form.ts';
import type { OptionTable } from './row.ts';
import { instanceRows, runRows } from './shared.ts';

const { signingConfig: _, ...trust } = instanceRows;

export const receiptRows = {
  output: {
    form: path,
    about: 'Path of the receipt, if there is one file (default: <file>.receipt.html).',
    flags: '--output <path>',
    once: true,
  },
  bundle: {
    form: paths,
    about: 'Path of a bundle (repeatable; default: the bundles next to each file).',
    flags: '-b, --bundle <path>',
  },
  bundleDir: { form: path, about: 'Folder with bundles. Subfolders are searched too.', flags: '--bundle-dir <folder>' },
  ...trust,
  retryBudget: runRows.retryBudget,
  json: runRows.json,
} as const satisfies OptionTable;
