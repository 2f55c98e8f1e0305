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
      'Accept patterns that match nothing. If nothing is left, the step passes, and the output verified is false.',
  },
  bundle: {
    form: paths,
    action:
      'Files with bundles, one path per line. Without this, bundle-dir and bundle-artifact, the bundles of each file are beside it.',
    flags: '-b, --bundle <path>',
    command: 'File with one bundle, or one per line (may be repeated); by default <file>.sigstore.json.',
  },
  bundleDir: { form: path, about: 'Folder with bundles, at any depth.', flags: '--bundle-dir <folder>' },
  bundleArtifact: {
    form: text,
    action: 'Name of a workflow artifact of this run with bundles, as the sign action uploads it.',
  },
  strictFolder: {
    form: flag,
    about:
      'Fail, rather than warn, if the patterns leave out something in their folders: hidden files, broken links, pipes and devices.',
    flags: '--strict-folder',
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
      'refuse, or accept with a warning (warn), a policy, key or trusted root that the repository has not accepted, in a job that can check out a proposed change.',
  },
  reportPath: { form: path, action: 'Path of the report (JSON). By default it is in RUNNER_TEMP.' },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json,
} as const satisfies OptionTable;
