/** The inputs of the verify action: verify/action.yml in the form that the compiler sees. A test holds the two together. */

import type { InputDeclaration } from './input-reader.ts';
import { registryInputs } from './registry-inputs.ts';

export const verifyInputs = {
  files: {
    description:
      'Files to verify: glob patterns relative to the workspace, one a line. A line that begins with ! excludes. One that matches nothing fails.',
    default: '',
  },
  checksums: {
    description:
      'Checksums files whose lines are to be verified, one path a line: as sha256sum, shasum or BSD tools write them.',
    default: '',
  },
  digests: {
    description: 'Digests to verify, one name@sha256:… a line: anything that is not here.',
    default: '',
  },
  images: {
    description:
      'Container images to verify by what is attached to them in their registries, one a line: registry/name:tag, or registry/name@sha256:…. Deploy what the output image says: that is what was verified.',
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
      'In place of files, checksums and digests, the name of a workflow artifact of this run: every file in it that is no bundle is verified. The output artifact-path says where they are.',
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
  'allow-no-files': {
    description:
      'Whether patterns may match nothing. If nothing is left, the step passes, and the output verified is false.',
    default: 'false',
  },
  'strict-folder': {
    description:
      'Whether what files leaves out fails, rather than being a warning: names that begin with a dot, links that lead nowhere, pipes and devices.',
    default: 'false',
  },
  bundle: {
    description:
      'Files with bundles, one path a line. Without this and the next two, the bundles of each file are beside it.',
    default: '',
  },
  'bundle-dir': { description: 'A folder with bundles, wherever in it.', default: '' },
  'bundle-artifact': {
    description: 'The name of a workflow artifact of this run with bundles, as the sign action uploads it.',
    default: '',
  },
  instance: {
    description:
      'Which Sigstore is believed: public-good, github, staging, custom (trusted-root, or tuf-url and tuf-root), or sandbox.',
    default: 'public-good',
  },
  'trusted-root': {
    description:
      'The path of a trusted root (JSON, or JSON Lines as gh writes it). With it, nobody is asked for anything.',
    default: '',
  },
  'tuf-url': { description: 'The address of a TUF repository from which the trusted root comes.', default: '' },
  'tuf-root': {
    description: 'The path of the root metadata (JSON) with which trust in tuf-url begins.',
    default: '',
  },
  policy: {
    description: 'The path of a file that says who must have signed, and all else of the policy (YAML).',
    default: '',
  },
  repo: { description: 'Built from this repository on GitHub (owner/name), and signed by it.', default: '' },
  owner: { description: 'Likewise, from any repository of this owner.', default: '' },
  hostname: { description: 'The GitHub that is meant, if not github.com.', default: '' },
  'signer-workflow': {
    description: 'Another signer than the repository: owner/name/.github/workflows/file.yml, with @ref or without.',
    default: '',
  },
  'signer-repo': { description: 'Another signer: any workflow of that repository (owner/name).', default: '' },
  'certificate-identity': { description: 'The name in the certificate, exactly.', default: '' },
  'certificate-identity-within': {
    description: 'A path (URL) that the name is within, in whole segments.',
    default: '',
  },
  'certificate-identity-glob': {
    description: 'A pattern for the name: * within a segment, ** over all.',
    default: '',
  },
  'certificate-oidc-issuer': { description: 'Who must vouch for it (URL), exactly.', default: '' },
  key: { description: 'The path of a public key (PEM) in place of an identity.', default: '' },
  'any-identity': { description: 'Whether it may be whoever it was; the result says so.', default: 'false' },
  'any-issuer': { description: 'Whether whoever may vouch; the result says so.', default: 'false' },
  'source-ref': {
    description:
      'The ref that was built, or a pattern (refs/tags/v*). Of several, one a line, any will do; so with all lists.',
    default: '',
  },
  'source-digest': { description: 'The commit that was built.', default: '' },
  'signer-digest': { description: 'The commit of the signing workflow.', default: '' },
  'source-repository-id': {
    description: "The repository's number, which nobody can register again.",
    default: '',
  },
  'source-owner-id': { description: "The owner's number.", default: '' },
  trigger: { description: 'What started the build: push, release.', default: '' },
  'runner-environment': { description: 'github-hosted or self-hosted.', default: '' },
  'deny-self-hosted-runners': {
    description: 'Whether it must have been built on a runner that GitHub hosts.',
    default: 'false',
  },
  claim: {
    description: 'Claims of the certificate, one name=value a line: deployment-environment=production.',
    default: '',
  },
  'refuse-claim': { description: 'What claims must not be, one name=value a line.', default: '' },
  'predicate-type': { description: "The type of the statement's predicate (URI), or a pattern.", default: '' },
  'statement-subject-name': {
    description: "The artifact's name in the statement, or a pattern: what subject-name is elsewhere.",
    default: '',
  },
  'certificate-logs': { description: 'How many certificate transparency logs must vouch.', default: '' },
  'log-entries': { description: 'How many transparency logs must hold an entry.', default: '' },
  timestamps: { description: 'How many parties must say when.', default: '' },
  'insecure-ignore-sct': {
    description: 'Whether no certificate transparency log is asked for.',
    default: 'false',
  },
  'insecure-ignore-tlog': { description: 'Whether no transparency log is asked for.', default: 'false' },
  witness: {
    description: 'Who must have cosigned the log, one name+hint+base64 a line.',
    default: '',
  },
  'witness-threshold': { description: 'How many of them; by default all.', default: '' },
  'policy-from-pull-request': {
    description:
      'What becomes of a policy, key or trusted root that is not proven to be what the repository has accepted, where a job can check out what somebody proposes: refuse, or warn.',
    default: 'refuse',
  },
  'report-path': {
    description: "Where the report is written (JSON). By default into the runner's temporary folder.",
    default: '',
  },
  'retry-budget': {
    description: 'How long the run may wait for services that are down, all in all: 90s, 5m, 1h. 0 gives up at once.',
    default: '5m',
  },
} as const satisfies Readonly<Record<string, InputDeclaration>>;

export type VerifyInputName = keyof typeof verifyInputs;

export const verifyOutputs = {
  verified: 'true if there was something to verify and all of it is verified; else false.',
  results: 'A JSON list of every artifact: artifact, digest, verified, code, bundle, identity, issuer.',
  identities: 'A JSON list of the identities that signed what is verified.',
  image: 'Where one image was named and is verified, registry/name@sha256:…; else nothing.',
  images: 'A JSON list of every image: image (as it was named), verified, reference (registry/name@sha256:…), digest.',
  'report-path': 'The path of the report, a JSON file with every criterion.',
  'artifact-path': 'The folder with the files of files-artifact, as they were verified.',
} as const;

export type VerifyOutputName = keyof typeof verifyOutputs;
