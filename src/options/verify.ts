/** The options of verifying, except those of the policy: inputs of the verify action, and options of `countersign verify`. */

import { choice, flag, path, paths, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { artifactRows, attestRows, instanceRows, registryRows, runRows, subjectRows } from './shared.ts';

export const verifyRows = {
  ...subjectRows,
  ...registryRows,
  ...attestRows,
  ...artifactRows,
  allowNoFiles: {
    form: flag,
    action:
      'Whether patterns may match nothing. If nothing is left, the step passes, and the output verified is false.',
  },
  bundle: {
    form: paths,
    action:
      'Files with bundles, one path a line. Without this and the next two, the bundles of each file are beside it.',
    flags: '-b, --bundle <path>',
    command: 'bundles, one a file or one a line; else <file>.sigstore.json',
  },
  bundleDir: {
    form: path,
    action: 'A folder with bundles, wherever in it.',
    flags: '--bundle-dir <folder>',
    command: 'a folder with bundles',
  },
  bundleArtifact: {
    form: text,
    action: 'The name of a workflow artifact of this run with bundles, as the sign action uploads it.',
  },
  strictFolder: {
    form: flag,
    action:
      'Whether what files leaves out fails, rather than being a warning: names that begin with a dot, links that lead nowhere, pipes and devices.',
    flags: '--strict-folder',
    command: 'fail if there are more files in their folders',
  },
  ...instanceRows,
  /** gh's name for `--trusted-root`. */
  customTrustedRoot: { form: path, flags: '--custom-trusted-root <path>', once: true },
  /** An option of cosign's that is refused: timestamps are always verified. */
  useSignedTimestamps: { form: flag, flags: '--use-signed-timestamps' },
  policyFromPullRequest: {
    form: choice({ refuse: 'refuse', warn: 'warn' }),
    default: 'refuse',
    action:
      'What becomes of a policy, key or trusted root that is not proven to be what the repository has accepted, where a job can check out what somebody proposes: refuse, or warn.',
  },
  reportPath: {
    form: path,
    action: "Where the report is written (JSON). By default into the runner's temporary folder.",
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json,
} as const satisfies OptionTable;
