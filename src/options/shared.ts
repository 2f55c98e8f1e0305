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
      sign: 'Files to sign: glob patterns relative to the workspace, one a line. A line that begins with ! excludes.',
      verify:
        'Files to verify: glob patterns relative to the workspace, one a line. A line that begins with ! excludes. One that matches nothing fails.',
    },
  },
  checksums: {
    form: list,
    action: {
      sign: 'Checksums files whose lines are to be signed, one path a line: as sha256sum, shasum or BSD tools write them, with SHA-256, SHA-384 or SHA-512.',
      verify:
        'Checksums files whose lines are to be verified, one path a line: as sha256sum, shasum or BSD tools write them.',
    },
    flags: '--checksums <path>',
    command: { sign: 'sign the lines of a checksums file (may be repeated)' },
  },
  digests: {
    form: list,
    action: {
      sign: 'Digests to sign, one name@sha256:… a line: anything that is not here.',
      verify: 'Digests to verify, one name@sha256:… a line: anything that is not here.',
    },
    flags: '--digest <name@sha256:…>',
    command: { sign: 'sign a digest (may be repeated)' },
  },
  images: {
    form: list,
    action: {
      sign: 'Container images to sign, one a line: registry/name@sha256:…, or registry/name:tag, which is resolved once; or the path (./…) of an OCI image layout or of what docker save writes. Each bundle is pushed beside its image.',
      verify:
        'Container images to verify by what is attached to them in their registries, one a line: registry/name:tag, or registry/name@sha256:…. Deploy what the output image says: that is what was verified.',
    },
    flags: '--image <image>',
    command: { sign: 'sign an image: registry/name@sha256:…, registry/name:tag, or ./path (may be repeated)' },
  },
} as const satisfies OptionTable;

export const registryRows = {
  registryUsername: {
    form: text,
    action: 'The user name for the registry. Without it, what docker login or podman login left is used.',
    flags: '--registry-username <name>',
    command: 'who logs in; else what docker login left',
    once: true,
  },
  registryPassword: {
    form: secret,
    action: 'The password or token for the registry.',
    flags: '--registry-password-file <path>',
    command: 'a file with the password, and nothing else',
    once: true,
  },
  registry: {
    form: text,
    action:
      'The registry that registry-username and registry-password are for. By default the one that all images have.',
    flags: '--registry <host>',
    command: 'which registry they are for, if images have several',
    once: true,
  },
} as const satisfies OptionTable;

/** The inputs of actions/attest. */
export const attestRows = {
  subjectPath: { form: commaList, action: 'Like files, as actions/attest names it; commas separate too.' },
  subjectChecksums: { form: list, action: 'Like checksums, as actions/attest names it.' },
  subjectName: { form: text, action: 'The name that goes with subject-digest, as actions/attest names it.' },
  subjectDigest: { form: text, action: 'The digest (sha256:…) of subject-name, as actions/attest names it.' },
} as const satisfies OptionTable;

export const artifactRows = {
  filesArtifact: {
    form: text,
    action: {
      sign: 'In place of files, checksums and digests, the name of a workflow artifact of this run: every file in it that is no bundle is signed. The job that signs is then another than the one that built.',
      verify:
        'In place of files, checksums and digests, the name of a workflow artifact of this run: every file in it that is no bundle is verified. The output artifact-path says where they are.',
    },
  },
  filesArtifactId: {
    form: artifactId,
    action:
      'The id of the workflow artifact, in place of its name or with it: the output artifact-id of actions/upload-artifact. Another artifact of the same name is refused.',
  },
  filesArtifactDigest: {
    form: artifactDigest,
    action:
      'The SHA-256 digest of the workflow artifact as it was uploaded: the output artifact-digest of actions/upload-artifact. What is downloaded must have it.',
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
    action: {
      sign: 'Which Sigstore signs: public-good, github (no public log), staging, custom (trusted-root and signing-config, or tuf-url and tuf-root), or sandbox (one started by countersign sandbox).',
      verify:
        'Which Sigstore is believed: public-good, github, staging, custom (trusted-root, or tuf-url and tuf-root), or sandbox.',
    },
    flags: '--instance <name>',
    command: 'which Sigstore',
  },
  trustedRoot: {
    form: path,
    action: {
      sign: 'The path of a trusted root (JSON). Every bundle is verified against it before it is written.',
      verify:
        'The path of a trusted root (JSON, or JSON Lines as gh writes it). With it, nobody is asked for anything.',
    },
    flags: '--trusted-root <path>',
    command: 'a trusted root (JSON), in place of the instance’s own',
  },
  signingConfig: {
    form: path,
    action: { sign: 'The path of a signing config, version 0.2 (JSON). It names the services.' },
    flags: '--signing-config <path>',
    command: 'a signing config (JSON), in place of the instance’s own',
  },
  tufUrl: {
    form: text,
    action: {
      sign: 'The address of a TUF repository from which trusted root and signing config come.',
      verify: 'The address of a TUF repository from which the trusted root comes.',
    },
    flags: '--tuf-url <url>',
    command: 'the TUF repository of a custom instance',
  },
  tufRoot: {
    form: path,
    action: 'The path of the root metadata (JSON) with which trust in tuf-url begins.',
    flags: '--tuf-root <path>',
    command: 'the root metadata with which trust in it begins',
  },
  offline: { form: flag, flags: '--offline', command: 'use the trust root that is cached, and ask nobody' },
  offlineStale: { form: flag, flags: '--offline-stale', command: 'the same, even if it has expired' },
} as const satisfies OptionTable;

/** The time that a run waits for services, and the number of things that it does at once. */
export const runRows = {
  retryBudget: {
    form: duration,
    default: '5m',
    action: 'How long the run may wait for services that are down, all in all: 90s, 5m, 1h. 0 gives up at once.',
    flags: '--retry-budget <duration>',
    command: {
      sign: 'how long to wait for services that are down',
      verify: { text: 'how long to wait for what is down', default: '0s' },
      // Nobody looks at a terminal that says nothing for longer.
      tree: { text: 'how long to wait for a registry that is down', default: '5s' },
    },
  },
  concurrency: {
    form: count(256),
    default: '16',
    action: { sign: 'How many subjects are hashed, signed and logged at once, from 1 to 256.' },
    flags: '--concurrency <count>',
    command: {
      sign: 'how many files are under way at once',
      verify: { text: 'how many files are verified at once', default: '4' },
    },
  },
  json: {
    form: flag,
    flags: '--json',
    command: {
      sign: 'print a JSON list of what was signed',
      verify: 'print the report as JSON',
      tree: 'print the same as JSON',
    },
  },
} as const satisfies OptionTable;
