/** The options of signing: the inputs of the sign action, and the options of `countersign sign`. */

import { choice, flag, path, secret, text } from './form.ts';
import type { OptionTable } from './row.ts';
import { artifactRows, attestRows, instanceRows, registryRows, runRows, subjectRows } from './shared.ts';

export const signRows = {
  ...subjectRows,
  recursive: { form: flag, about: 'Sign each image of a multi-platform index too.', flags: '-r, --recursive' },
  pushToRegistry: {
    form: choice({ '': undefined, true: true, false: false }),
    action:
      'Push the bundles of images into their registries. With true, as actions/attest has it, subject-name and subject-digest are an image as well.',
    flags: '--no-push-to-registry',
    command: 'Do not push the bundles of images into their registries.',
  },
  ...registryRows,
  ...attestRows,
  ...artifactRows,
  bundle: { form: path, flags: '--bundle <path>', command: 'Path of the bundle, if there is one.' },
  bundleDir: {
    form: path,
    about:
      'Folder for the bundles, each under the relative path of its file. By default a bundle is written beside its file.',
    flags: '--bundle-dir <folder>',
  },
  bundleFormat: {
    form: choice({ auto: 'auto', 'per-file': 'per-file', attestation: 'attestation' }),
    default: 'auto',
    about:
      'per-file: a bundle for each subject. attestation: one bundle with SLSA provenance about all of them. auto: per-file, except with the inputs of actions/attest.',
    flags: '--bundle-format <format>',
  },
  overwrite: {
    form: flag,
    about: 'Replace files in the place of bundles even if they are not bundles of this signer.',
    flags: '--overwrite',
  },
  uploadArtifact: { form: flag, default: 'true', action: 'Upload the bundles as a workflow artifact.' },
  artifactName: {
    form: text,
    action:
      'Name of the workflow artifact. By default it holds the job and a digest of the contents, so that the legs of a matrix do not collide.',
  },
  ...instanceRows,
  identityToken: {
    form: secret,
    flags: '--identity-token <path>',
    command:
      'File with an OIDC token for the audience sigstore; by default $SIGSTORE_ID_TOKEN or the token of the job.',
  },
  logVersion: {
    form: choice({ '': undefined, '1': 1, '2': 2 }),
    about: 'Version of the API of the transparency log, 1 or 2. By default the highest that the instance offers.',
    flags: '--log-version <version>',
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  insecureIgnoreSct: {
    form: flag,
    about: 'Sign with a certificate of a private authority that uses no certificate transparency log.',
    flags: '--insecure-ignore-sct',
  },
  insecureIgnoreTlog: {
    form: flag,
    about: 'Sign with a private Sigstore that has timestamps and no transparency log. Verifiers must ignore it too.',
    flags: '--insecure-ignore-tlog',
  },
  publicLog: {
    form: choice({ allow: true, refuse: false }),
    default: 'refuse',
    action: 'refuse or allow entries in a public log about a repository that is not public.',
    flags: '--public-log-allow',
    command: 'Allow entries in a public log about a repository that is not public.',
  },
  allowDangerousTriggers: {
    form: flag,
    action: 'Sign in jobs that strangers can start: pull_request_target, workflow_run, issue_comment.',
  },
  json: runRows.json,
} as const satisfies OptionTable;
