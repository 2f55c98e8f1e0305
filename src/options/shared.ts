/** The options that signing and verifying share. */

import {
  artifactDigest,
  artifactId,
  choice,
  commaList,
  count,
  duration,
  flag,
  list,
  path,
  secret,
  text,
} from './form.ts';
import type { OptionTable } from './row.ts';

export const subjectRows = {
  files: {
    form: list,
    action: {
      sign: 'Files to sign: glob patterns relative to the workspace, one per line. A line that begins with ! excludes.',
      verify:
        'Files to verify: glob patterns relative to the workspace, one per line. A line that begins with ! excludes. A pattern that matches nothing is an error.',
    },
  },
  checksums: {
    form: list,
    action:
      'Checksums files whose entries are the artifacts, one path per line: as sha256sum, shasum or BSD tools write them, with SHA-256, SHA-384 or SHA-512.',
    flags: '--checksums <path>',
    command: { sign: 'Sign the entries of a checksums file. May be repeated.' },
  },
  digests: {
    form: list,
    action: 'Digests of artifacts that are not in the workspace, one name@sha256:… per line.',
    flags: '--digest <name@sha256:…>',
    command: { sign: 'Sign a digest. May be repeated.' },
  },
  images: {
    form: list,
    action: {
      sign: 'Container images to sign, one per line: registry/name@sha256:…, or registry/name:tag, which is resolved once; or the path (./…) of an OCI image layout or of an archive of docker save. Each bundle is pushed beside its image.',
      verify:
        'Container images to verify by what is attached to them in their registries, one per line: registry/name:tag, or registry/name@sha256:…. Deploy the reference that the output image has: it is the one that was verified.',
    },
    flags: '--image <image>',
    command: { sign: 'Sign an image: registry/name@sha256:…, registry/name:tag, or ./path. May be repeated.' },
  },
} as const satisfies OptionTable;

export const registryRows = {
  registryUsername: {
    form: text,
    about: 'User name for the registry. By default the login of docker or podman is used.',
    flags: '--registry-username <name>',
    once: true,
  },
  registryPassword: {
    form: secret,
    action: 'Password or token for the registry.',
    flags: '--registry-password-file <path>',
    command: 'File with the password or token for the registry.',
    once: true,
  },
  registry: {
    form: text,
    about: 'Host of the registry that the user name and password are for, if the images are in several.',
    flags: '--registry <host>',
    once: true,
  },
} as const satisfies OptionTable;

/** The inputs of actions/attest. */
export const attestRows = {
  subjectPath: { form: commaList, action: 'The input of actions/attest: like files; commas separate too.' },
  subjectChecksums: { form: list, action: 'The input of actions/attest: like checksums.' },
  subjectName: { form: text, action: 'The input of actions/attest: the name that goes with subject-digest.' },
  subjectDigest: { form: text, action: 'The input of actions/attest: the digest (sha256:…) of subject-name.' },
} as const satisfies OptionTable;

export const artifactRows = {
  filesArtifact: {
    form: text,
    action: {
      sign: 'Name of a workflow artifact of this run, in place of files, checksums and digests: every file in it that is not a bundle is signed. The job that signs can then be another than the one that builds.',
      verify:
        'Name of a workflow artifact of this run, in place of files, checksums and digests: every file in it that is not a bundle is verified. The output artifact-path is the folder with them.',
    },
  },
  filesArtifactId: {
    form: artifactId,
    action:
      'ID of the workflow artifact, in place of its name or with it: the output artifact-id of actions/upload-artifact. Another artifact of the same name is refused.',
  },
  filesArtifactDigest: {
    form: artifactDigest,
    action:
      'SHA-256 digest that the workflow artifact must have: the output artifact-digest of actions/upload-artifact.',
  },
} as const satisfies OptionTable;

export const instanceRows = {
  instance: {
    form: choice({
      'public-good': 'public-good',
      github: 'github',
      staging: 'staging',
      custom: 'custom',
      sandbox: 'sandbox',
    }),
    default: 'public-good',
    about:
      'Sigstore instance: public-good, github (no public log), staging, custom (with a trusted root or TUF repository), or sandbox (started by countersign sandbox).',
    flags: '--instance <name>',
  },
  trustedRoot: {
    form: path,
    about: 'Path of a trusted root (JSON), in place of the one of the instance.',
    flags: '--trusted-root <path>',
  },
  signingConfig: {
    form: path,
    action: { sign: 'Path of a signing config (JSON, version 0.2), in place of the one of the instance.' },
    flags: '--signing-config <path>',
    command: 'Signing config (JSON, version 0.2), in place of the one of the instance.',
  },
  tufUrl: { form: text, about: 'URL of the TUF repository of a custom instance.', flags: '--tuf-url <url>' },
  tufRoot: { form: path, about: 'Path of the initial root metadata of that repository.', flags: '--tuf-root <path>' },
  offline: { form: flag, flags: '--offline', command: 'Use the cached trusted root, and make no requests.' },
  offlineStale: { form: flag, flags: '--offline-stale', command: 'The same, even if it has expired.' },
} as const satisfies OptionTable;

/** The time that a run waits for services, and the number of things that it does at once. */
export const runRows = {
  retryBudget: {
    form: duration,
    default: '5m',
    action: 'Total time that the run waits for services that are down: 90s, 5m, 1h. With 0 it does not wait.',
    flags: '--retry-budget <duration>',
    command: {
      sign: 'Total time to wait for services that are down.',
      verify: { text: 'Total time to wait for services that are down.', default: '0s' },
      // Nobody looks at a terminal that says nothing for longer.
      tree: { text: 'Total time to wait for a registry that is down.', default: '5s' },
    },
  },
  concurrency: {
    form: count(256),
    default: '16',
    action: { sign: 'Number of subjects that are hashed, signed and logged at once, from 1 to 256.' },
    flags: '--concurrency <count>',
    command: {
      sign: 'Number of files that are signed at once.',
      verify: { text: 'Number of files that are verified at once.', default: '4' },
    },
  },
  json: { form: flag, flags: '--json', command: 'Print the result as JSON.' },
} as const satisfies OptionTable;
