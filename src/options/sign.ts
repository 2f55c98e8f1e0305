/** The options of signing: the inputs of the sign action, and the options of `countersign sign`. */

import { choice, flag, path, secret, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { artifactRows, attestRows, instanceRows, registryRows, runRows, subjectRows } from './shared.ts';

export const signRows = {
  ...subjectRows,
  recursive: {
    form: flag,
    action: 'Whether each image of a multi-platform index is signed too; the index itself is in any case.',
    flags: '-r, --recursive',
    command: 'sign each image of a multi-platform index too',
  },
  pushToRegistry: {
    form: choice({ '': undefined, true: true, false: false }),
    action:
      'Whether the bundles of images are pushed into their registries, as actions/attest names it. With true, subject-name and subject-digest are an image as well.',
    flags: '--no-push-to-registry',
    command: 'do not push the bundles of images beside them',
  },
  ...registryRows,
  ...attestRows,
  ...artifactRows,
  bundle: { form: path, flags: '--bundle <path>', command: 'where the one bundle goes' },
  bundleDir: {
    form: path,
    action:
      "A folder for the bundles, each under its file's relative path. By default each is written beside its file, those of digests and images into the workspace, and those of files-artifact into a temporary folder.",
    flags: '--bundle-dir <folder>',
    command: 'a folder for the bundles',
  },
  bundleFormat: {
    form: choice({ auto: 'auto', 'per-file': 'per-file', attestation: 'attestation' }),
    default: 'auto',
    action:
      'per-file writes a bundle with a plain signature for each subject, and for each image what cosign sign would; attestation writes one with SLSA provenance about all of them; auto is per-file up to 50 subjects and attestation above, or where the inputs of actions/attest are used.',
    flags: '--bundle-format <format>',
    command: 'a bundle a file, or one attestation',
  },
  uploadArtifact: {
    form: flag,
    default: 'true',
    action: 'Whether the bundles are uploaded as a workflow artifact.',
  },
  artifactName: {
    form: text,
    action:
      'The name of the workflow artifact. By default one that holds the job and a digest of what is in it, so that the legs of a matrix do not collide.',
  },
  ...instanceRows,
  identityToken: {
    form: secret,
    flags: '--identity-token <path>',
    command: 'a file with an OIDC token for the audience sigstore; else $SIGSTORE_ID_TOKEN, or the job’s own',
  },
  logVersion: {
    form: choice({ '': undefined, '1': 1, '2': 2 }),
    action: "The version of the transparency log's API, 1 or 2. By default the highest that the instance offers.",
    flags: '--log-version <version>',
    command: "the version of the log's API",
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  insecureIgnoreSct: {
    form: flag,
    action:
      'Whether to sign with a certificate that no certificate transparency log has seen, of an authority of your own that has none.',
    flags: '--insecure-ignore-sct',
    command: 'do without a certificate transparency log, where the authority has none',
  },
  publicLog: {
    form: choice({ allow: true, refuse: false }),
    default: 'refuse',
    action: 'What a repository that is not public does before a public log: refuse, or allow.',
    flags: '--public-log-allow',
    command: 'publish what a repository that is not public keeps to itself',
  },
  allowDangerousTriggers: {
    form: flag,
    action: 'Whether to sign in jobs that strangers can start: pull_request_target, workflow_run, issue_comment.',
  },
  json: runRows.json,
} as const satisfies OptionTable;
