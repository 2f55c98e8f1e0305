/** The options of `countersign complete`. */

import type { OptionTable } from './row.ts';
import { instanceRows, registryRows, runRows } from './shared.ts';
import { signRows } from './sign.ts';

const { signingConfig, ...trust } = instanceRows;

export const completeRows = {
  ...trust,
  signingConfig: {
    form: signingConfig.form,
    flags: signingConfig.flags,
    about:
      'Path of a signing config (JSON, version 0.2), whose Rekor v2 log gets the entries, instead of that of the instance.',
  },
  insecureIgnoreSct: {
    form: signRows.insecureIgnoreSct.form,
    flags: signRows.insecureIgnoreSct.flags,
    about: 'Accept bundles of a private certificate authority that has no certificate transparency log.',
  },
  publicLog: {
    form: signRows.publicLog.form,
    default: 'refuse',
    flags: signRows.publicLog.flags,
    about: 'Allow entries in a public log for a repository that is not public.',
  },
  ...registryRows,
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json,
} as const satisfies OptionTable;
