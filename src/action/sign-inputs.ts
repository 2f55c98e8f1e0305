/** The inputs of the sign action: action.yml in the form that the compiler sees. A test holds the two together. */

import type { InputDeclaration } from './input-reader.ts';
import { registryInputs } from './registry-inputs.ts';

export const signInputs = {
  files: {
    description:
      'Files to sign: glob patterns relative to the workspace, one a line. A line that begins with ! excludes.',
    default: '',
  },
  checksums: {
    description:
      'Checksums files whose lines are to be signed, one path a line: as sha256sum, shasum or BSD tools write them, with SHA-256, SHA-384 or SHA-512.',
    default: '',
  },
  digests: {
    description: 'Digests to sign, one name@sha256:… a line: anything that is not here.',
    default: '',
  },
  images: {
    description:
      'Container images to sign, one a line: registry/name@sha256:…, or registry/name:tag, which is resolved once; or the path (./…) of an OCI image layout or of what docker save writes. Each bundle is pushed beside its image.',
    default: '',
  },
  recursive: {
    description: 'Whether each image of a multi-platform index is signed too; the index itself is in any case.',
    default: 'false',
  },
  'push-to-registry': {
    description:
      'Whether the bundles of images are pushed into their registries, as actions/attest names it. With true, subject-name and subject-digest are an image as well.',
    default: '',
  },
  ...registryInputs,
  'subject-path': {
    description: 'Like files, as actions/attest names it; commas separate too.',
    default: '',
  },
  'subject-checksums': { description: 'Like checksums, as actions/attest names it.', default: '' },
  'subject-name': { description: 'The name that goes with subject-digest, as actions/attest names it.', default: '' },
  'subject-digest': {
    description: 'The digest (sha256:…) of subject-name, as actions/attest names it.',
    default: '',
  },
  'files-artifact': {
    description:
      'In place of files, checksums and digests, the name of a workflow artifact of this run: every file in it that is no bundle is signed. The job that signs is then another than the one that built.',
    default: '',
  },
  'files-artifact-id': {
    description:
      'The id of the workflow artifact, in place of its name or with it: the output artifact-id of actions/upload-artifact. Another artifact of the same name is refused.',
    default: '',
  },
  'files-artifact-digest': {
    description:
      'The SHA-256 digest of the workflow artifact as it was uploaded: the output artifact-digest of actions/upload-artifact. What is downloaded must have it.',
    default: '',
  },
  'bundle-dir': {
    description:
      "A folder for the bundles, each under its file's relative path. By default each is written beside its file, those of digests and images into the workspace, and those of files-artifact into a temporary folder.",
    default: '',
  },
  'bundle-format': {
    description:
      'per-file writes a bundle with a plain signature for each subject, and for each image what cosign sign would; attestation writes one with SLSA provenance about all of them; auto is per-file up to 50 subjects and attestation above, or where the inputs of actions/attest are used.',
    default: 'auto',
  },
  'upload-artifact': {
    description: 'Whether the bundles are uploaded as a workflow artifact.',
    default: 'true',
  },
  'artifact-name': {
    description:
      'The name of the workflow artifact. By default one that holds the job and a digest of what is in it, so that the legs of a matrix do not collide.',
    default: '',
  },
  instance: {
    description:
      'Which Sigstore signs: public-good, github (no public log), staging, custom (trusted-root and signing-config, or tuf-url and tuf-root), or sandbox (one started by countersign sandbox).',
    default: 'public-good',
  },
  'trusted-root': {
    description: 'The path of a trusted root (JSON). Every bundle is verified against it before it is written.',
    default: '',
  },
  'signing-config': {
    description: 'The path of a signing config, version 0.2 (JSON). It names the services.',
    default: '',
  },
  'tuf-url': {
    description: 'The address of a TUF repository from which trusted root and signing config come.',
    default: '',
  },
  'tuf-root': {
    description: 'The path of the root metadata (JSON) with which trust in tuf-url begins.',
    default: '',
  },
  'log-version': {
    description: "The version of the transparency log's API, 1 or 2. By default the highest that the instance offers.",
    default: '',
  },
  'insecure-ignore-sct': {
    description:
      'Whether to sign with a certificate that no certificate transparency log has seen, of an authority of your own that has none.',
    default: 'false',
  },
  'retry-budget': {
    description: 'How long the run may wait for services that are down, all in all: 90s, 5m, 1h. 0 gives up at once.',
    default: '5m',
  },
  'public-log': {
    description: 'What a repository that is not public does before a public log: refuse, or allow.',
    default: 'refuse',
  },
  concurrency: {
    description: 'How many subjects are hashed, signed and logged at once, from 1 to 256.',
    default: '16',
  },
  'allow-dangerous-triggers': {
    description: 'Whether to sign in jobs that strangers can start: pull_request_target, workflow_run, issue_comment.',
    default: 'false',
  },
} as const satisfies Readonly<Record<string, InputDeclaration>>;

export type SignInputName = keyof typeof signInputs;

export const signOutputs = {
  subjects:
    'A JSON list of every subject: name, digest, bundle, logs, identity, validity of the certificate, and of an image what its bundle is attached as.',
  images:
    'The images in registries that were signed, registry/name@sha256:… one a line, as images of the verify action takes them.',
  'bundle-paths': 'The paths of the bundles, one a line.',
  'bundle-path': 'The path of the bundle, where there is one; else that of the file with all of them.',
  'bundles-path': 'The path of one file with all bundles, one a line (JSON Lines).',
  'manifest-path': 'The path of the manifest, a JSON file that lists every subject.',
  'artifact-name':
    'The name of the workflow artifact with the bundles, as bundle-artifact of the verify action takes it.',
  'artifact-id': 'The id of the workflow artifact.',
  'artifact-digest': 'The SHA-256 digest of the workflow artifact, in hexadecimal.',
  'artifact-url': 'The address of the workflow artifact.',
} as const;

export type SignOutputName = keyof typeof signOutputs;
