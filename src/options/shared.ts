/** The options that signing and verifying share. */

import { type ProviderName, providerNames } from '../identity/index.ts';
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

const providers = Object.fromEntries(providerNames.map((name) => [name, name])) as {
  readonly [Name in ProviderName]: Name;
};

/** The form of the provider of an identity token. */
export const provider = choice(providers);

/** The form of whether entries in a public log are allowed. */
export const publicLog = choice({ allow: true, refuse: false });

export const subjectRows = {
  files: {
    form: list,
    action: {
      sign: 'Files to sign: glob patterns relative to the workspace, one per line. A pattern that starts with ! excludes files.',
      verify:
        'Files to verify: glob patterns relative to the workspace, one per line. A pattern that starts with ! excludes files. A pattern that matches no file is an error.',
    },
  },
  checksums: {
    form: list,
    action:
      'Checksum files whose entries are the artifacts, one path per line. The formats of sha256sum, shasum and BSD tools are accepted, with SHA-256, SHA-384 or SHA-512.',
    flags: '--checksums <path>',
    command: { sign: 'Sign the entries of a checksum file (repeatable).' },
  },
  digests: {
    form: list,
    action: 'Digests of artifacts that are not in the workspace, one name@sha256:… per line.',
    flags: '--digest <name@sha256:…>',
    command: { sign: 'Sign a digest (repeatable).' },
  },
  images: {
    form: list,
    action: {
      sign: 'Container images to sign, one per line: registry/name@sha256:…; registry/name:tag, which is resolved once; or the path (./…) of an OCI image layout or an archive written by docker save. In a registry, each bundle is attached to its image.',
      verify:
        'Container images to verify with the bundles attached to them in their registries, one per line: registry/name:tag or registry/name@sha256:…. Deploy the reference in the output image, which is the one that was verified.',
    },
    flags: '--image <image>',
    command: { sign: 'Sign an image: registry/name@sha256:…, registry/name:tag or ./path (repeatable).' },
  },
} as const satisfies OptionTable;

export const registryRows = {
  registryUsername: {
    form: text,
    about: 'Registry user name (default: Docker or Podman credentials).',
    flags: '--registry-username <name>',
    once: true,
  },
  registryPassword: {
    form: secret,
    action: 'Registry password or token.',
    flags: '--registry-password-file <path>',
    command: 'File that contains the registry password or token.',
    once: true,
  },
  registry: {
    form: text,
    about: 'Registry host that the user name and password are for. Required if the images are in several registries.',
    flags: '--registry <host>',
    once: true,
  },
} as const satisfies OptionTable;

/** The inputs of actions/attest. */
export const attestRows = {
  subjectPath: {
    form: commaList,
    action: 'The input of actions/attest: like files, and commas separate patterns too.',
  },
  subjectChecksums: { form: list, action: 'The input of actions/attest: like checksums.' },
  subjectName: {
    form: text,
    action: 'The input of actions/attest: the name of the artifact with the digest subject-digest.',
  },
  subjectDigest: {
    form: text,
    action: 'The input of actions/attest: the digest (sha256:…) of the artifact subject-name.',
  },
} as const satisfies OptionTable;

export const artifactRows = {
  filesArtifact: {
    form: text,
    action: {
      sign: 'Name of a workflow artifact of this run to sign, instead of files, checksums and digests. Every file in it is signed, except bundles. With it, one job can build and another can sign.',
      verify:
        'Name of a workflow artifact of this run to verify, instead of files, checksums and digests. Every file in it is verified, except bundles. The output artifact-path is the folder with the files.',
    },
  },
  filesArtifactId: {
    form: artifactId,
    action:
      'ID of the workflow artifact: the output artifact-id of actions/upload-artifact. Use it instead of the name or together with it; then an artifact with the same name and another ID is refused.',
  },
  filesArtifactDigest: {
    form: artifactDigest,
    action: 'Expected SHA-256 digest of the workflow artifact: the output artifact-digest of actions/upload-artifact.',
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
    action:
      'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (a local one for testing, which needs a trusted root).',
    flags: '--instance <name>',
    command:
      'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (the local one whose stack.env this shell has read).',
  },
  trustedRoot: {
    form: path,
    about:
      'Path of a trusted root (JSON) to use instead of the trusted root of the instance. countersign trusted-root prints one.',
    flags: '--trusted-root <path>',
  },
  signingConfig: {
    form: path,
    action: {
      sign: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.',
      verify: 'Path of a signing config (JSON, version 0.2) to sign the VSA with.',
    },
    flags: '--signing-config <path>',
    command: {
      sign: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.',
      verify: 'Path of a signing config (JSON, version 0.2) to sign the VSA with.',
      reissue: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.',
    },
  },
  tufUrl: { form: text, about: 'URL of the TUF repository of a custom instance.', flags: '--tuf-url <url>' },
  tufRoot: {
    form: path,
    about: 'Path of the initial root metadata of the TUF repository.',
    flags: '--tuf-root <path>',
  },
  offline: { form: flag, flags: '--offline', command: 'Use the cached trusted root without refreshing it.' },
  offlineStale: {
    form: flag,
    flags: '--offline-stale',
    command: 'Like --offline, but accept a cached trusted root that has expired.',
  },
} as const satisfies OptionTable;

/** The time that a run waits for services, the number of parallel operations, and the form of the output. */
export const runRows = {
  retryBudget: {
    form: duration,
    default: '5m',
    action: 'Total time to wait for unavailable services, such as 90s, 5m or 1h. 0 disables waiting.',
    flags: '--retry-budget <duration>',
    command: {
      sign: 'Total time to wait for unavailable services.',
      verify: { text: 'Total time to wait for unavailable services.', default: '0s' },
      // People do not wait longer for a silent terminal.
      tree: { text: 'Total time to wait for an unavailable registry.', default: '5s' },
      inspect: { text: 'Total time to wait for unavailable services.', default: '5s' },
      'trusted-root': { text: 'Total time to wait for the TUF repository.', default: '5s' },
      search: { text: 'Total time to wait for unavailable services.', default: '30s' },
      complete: { text: 'Total time to wait for unavailable services.', default: '30s' },
      upgrade: { text: 'Total time to wait for unavailable services.', default: '30s' },
      audit: { text: 'Total time to wait for unavailable services.', default: '30s' },
      watch: { text: 'Total time to wait for unavailable services.', default: '30s' },
      deliver: 'Total time to wait for unavailable services.',
      reissue: 'Total time to wait for unavailable services.',
      receipt: { text: 'Total time to wait for unavailable services.', default: '5s' },
    },
  },
  concurrency: {
    form: count(256),
    default: '100',
    action: {
      sign: 'Maximum number of subjects to sign at the same time, from 1 to 256. A run starts with at most 50, and uses fewer while a service is overloaded.',
    },
    flags: '--concurrency <count>',
    command: {
      sign: 'Maximum number of subjects to sign at the same time.',
      verify: { text: 'Number of artifacts to verify at the same time.', default: '4' },
      complete: { text: 'Number of files and images to complete at the same time.', default: '16' },
      reissue: 'Maximum number of signatures to issue at the same time.',
    },
  },
  json: { form: flag, flags: '--json', command: 'Print the result as JSON.' },
} as const satisfies OptionTable;
