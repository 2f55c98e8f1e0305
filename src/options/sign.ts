/** The options of signing: the inputs of the sign action, and the options of `countersign sign`. */

import { choice, expression, flag, jobCount, list, path, secret, text } from './form.ts';
import type { OptionTable } from './row.ts';
import {
  artifactRows,
  attestRows,
  instanceRows,
  provider,
  publicLog,
  registryRows,
  runRows,
  subjectRows,
} from './shared.ts';

export const signRows = {
  ...subjectRows,
  recursive: { form: flag, about: 'Also sign each image of a multi-platform index.', flags: '-r, --recursive' },
  signAttestations: {
    form: flag,
    about:
      'Also sign the attestation manifests that BuildKit made for the images, each with a bundle of its own. An image without them is an error.',
    flags: '--sign-attestations',
  },
  pushToRegistry: {
    form: choice({ '': undefined, true: true, false: false }),
    action:
      'Push the bundles of images to their registries: true (default) or false. If it is set to true explicitly, subject-name and subject-digest also name an image, as in actions/attest.',
    flags: '--no-push-to-registry',
    command: 'Do not push the bundles of images to their registries.',
  },
  ...registryRows,
  ...attestRows,
  ...artifactRows,
  mode: {
    form: choice({ sign: 'sign', collect: 'collect' }),
    default: 'sign',
    action:
      'sign, or collect: only hash the subjects, and hand the digests over to a later job of the run, which signs them with collected. collect needs no permission.',
  },
  leg: {
    form: text,
    action: 'With mode: collect in a matrix: a text that is different in each leg, such as a value of the matrix.',
  },
  collected: {
    form: list,
    action:
      'Outputs collected of the steps with mode: collect, one per line, to sign the digests that they handed over, instead of checksums and digests; or the word all, for those of every leg of this run. With files or files-artifact, these files must have exactly those digests, and are delivered with the bundle.',
  },
  collectedCount: {
    form: jobCount,
    action:
      'Number of steps with mode: collect in this run, so that a missing one is an error. Required with collected.',
  },
  digestsFrom: {
    form: list,
    flags: '--digests-from <path>',
    command: 'Sign the digests in a file that the action wrote with mode: collect (repeatable).',
  },
  bundle: { form: path, flags: '--bundle <path>', command: 'Path of the bundle, if the run writes only one.' },
  bundleDir: {
    form: path,
    about:
      'Folder for the bundles. Each bundle keeps the relative path of its file. By default, each bundle is written next to its file.',
    flags: '--bundle-dir <folder>',
  },
  bundleFormat: {
    form: choice({ auto: 'auto', 'per-file': 'per-file', attestation: 'attestation' }),
    default: 'auto',
    about:
      'per-file: one bundle for each subject. attestation: one bundle with SLSA provenance for all subjects. auto: per-file, unless documents are attested, store-attestations is set, or inputs of actions/attest or digests of other jobs (collected) are used.',
    flags: '--bundle-format <format>',
  },
  sbomPath: {
    form: path,
    action:
      'Path of an SBOM to attest instead of provenance: SPDX 2.2, 2.3 or 3.0, or CycloneDX 1.4 to 1.7, as JSON. It is recognised by its content. The input of actions/attest.',
    flags: '--sbom <path>',
    command: 'Attest an SBOM: SPDX or CycloneDX, recognised by its content.',
  },
  predicateType: {
    form: text,
    action:
      'Type of the predicate in predicate or predicate-path, which is attested instead of provenance: a URI, or a word such as vuln. The input of actions/attest.',
    flags: '--predicate-type, --type <type>',
    command: 'Type of the predicate: a URI, or a word such as spdxjson, cyclonedx, vuln or custom, as in cosign.',
  },
  predicate: { form: text, action: 'The predicate, as JSON. The input of actions/attest.' },
  predicatePath: {
    form: path,
    action: 'Path of the predicate. The input of actions/attest.',
    flags: '--predicate <path>',
    command: 'Attest the predicate in a file, of the type --type.',
  },
  statement: {
    form: path,
    about:
      'Path of a whole in-toto statement, which is signed unchanged. It must be about the specified subjects; if none is specified, it names them itself.',
    flags: '--statement <path>',
  },
  attest: {
    input: 'attestations',
    form: list,
    action:
      'Several attestations about the subjects, one per line: provenance, or a type and a path, such as sbom=sbom.json, vuln=scan.json or https://example.com/review/v1=review.json. An SBOM that states digests of what it describes is attested for that subject alone.',
    flags: '--attest <type=path>',
    command: 'Attest a document: provenance, sbom=sbom.json, vuln=scan.json, https://…=file.json (repeatable).',
  },
  allowSecrets: {
    form: flag,
    about: 'Sign documents that contain something like a token or a private key.',
    flags: '--allow-secrets',
  },
  package: {
    form: choice({ '': undefined, npm: 'npm', pypi: 'pypi', gem: 'gem', maven: 'maven' }),
    about:
      'Sign packages as a package registry requires it: npm (SLSA provenance for npm publish --provenance-file), pypi (PEP 740 attestations), gem (RubyGems) or maven (Maven Central).',
    flags: '--package <registry>',
  },
  overwrite: {
    form: flag,
    about: 'Replace existing files at the paths of bundles, even if they are not bundles of this signer.',
    flags: '--overwrite',
  },
  signBundles: {
    form: flag,
    about:
      'Sign files that are bundles themselves, if they are specified by name. By default, such a file is an error, and bundles that a pattern matches are skipped.',
    flags: '--sign-bundles',
  },
  receipt: {
    form: flag,
    action:
      'Write a receipt next to the bundle of each file: an HTML page that shows who signed the file, and verifies it in a browser.',
  },
  uploadArtifact: {
    form: choice({ auto: 'auto', true: true, false: false }),
    default: 'auto',
    action:
      'Upload the bundles as a workflow artifact: true or false. By default (auto), they are not uploaded on servers without the artifact service of github.com, and a notice states it.',
  },
  artifactName: {
    form: text,
    action:
      'Name of the workflow artifact. The default name contains the job and a digest of the contents, which keeps the jobs of a matrix apart.',
  },
  release: {
    form: text,
    about:
      'GitHub release to attach the signed files and their bundles to: a tag, the ID of a release, or draft for the draft of the tag that started the run. A draft is created if there is no release. Needs contents: write.',
    flags: '--release <tag|id|draft>',
  },
  publishRelease: {
    form: flag,
    about: 'Publish the draft once everything is attached. By default, it stays a draft.',
    flags: '--publish-release',
  },
  storeAttestations: {
    form: flag,
    about:
      "Store the bundles in GitHub's attestation store, where gh attestation verify finds them. Needs attestations: write. With bundle-format: auto, one attestation covers all subjects.",
    flags: '--store-attestations',
  },
  storageRecords: {
    form: flag,
    about:
      'Create storage records, which note at GitHub in which registries the signed images are. For repositories of organizations, with store-attestations. Needs artifact-metadata: write.',
    flags: '--storage-records',
  },
  githubToken: {
    form: secret,
    default: expression('github.token'),
    action: 'Token for the API of GitHub, which release, store-attestations and storage-records use.',
  },
  repo: {
    form: text,
    flags: '--repo <owner/name>',
    command:
      'Repository at GitHub for --release and --store-attestations (default: $GITHUB_REPOSITORY). The token is $GITHUB_TOKEN.',
  },
  ...instanceRows,
  instance: {
    form: choice({ auto: 'auto', ...instanceRows.instance.form.values }),
    default: instanceRows.instance.default,
    action:
      'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository), sandbox (a local one for testing, which needs a trusted root), or auto: public-good for public repositories, github for private ones and for jobs of ghe.com. A notice states the choice.',
  },
  identityToken: {
    form: secret,
    flags: '--identity-token <path>',
    command:
      'File that contains an OIDC token for the audience sigstore (default: $SIGSTORE_ID_TOKEN or the token of the CI job).',
  },
  identityProvider: {
    form: provider,
    flags: '--identity-provider <name>',
    command: 'Provider of the identity token (default: the only one that has a token, or a login).',
  },
  browser: {
    form: flag,
    flags: '--no-browser',
    command: 'Log in with a code that any browser shows, and do not open one.',
  },
  device: { form: flag, flags: '--device', command: 'Log in on another device, if the OIDC issuer offers it.' },
  yes: {
    form: flag,
    flags: '-y, --yes',
    command: 'Agree to the publication of the email address of the login, without a question.',
  },
  oidcIssuer: {
    form: text,
    flags: '--oidc-issuer <url>',
    command: 'OIDC issuer of the login (default: the one of the instance).',
  },
  oidcClientId: {
    form: text,
    default: 'sigstore',
    flags: '--oidc-client-id <id>',
    command: 'Client ID of the login.',
  },
  oidcRedirectUrl: {
    form: text,
    flags: '--oidc-redirect-url <url>',
    command:
      'Redirect URL of the login, on this machine (default: http://localhost:0/auth/callback; port 0 is a free port).',
  },
  logVersion: {
    form: choice({ '': undefined, '1': 1, '2': 2 }),
    about: 'API version of the transparency log: 1 or 2 (default: the highest that the instance offers).',
    flags: '--log-version <version>',
  },
  onOutage: {
    form: choice({ fail: 'fail', 'timestamp-only': 'timestamp-only', 'second-log': 'second-log' }),
    default: 'fail',
    about:
      'If the transparency log is down for longer than the retry budget: fail; timestamp-only (no log entry, which countersign complete adds later); or second-log (another log of the instance). The policy must allow it.',
    flags: '--on-outage <action>',
  },
  policy: {
    form: path,
    about: 'Path of a policy file (YAML), whose key sign says what on-outage may be.',
    flags: '--policy <path>',
    once: true,
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  insecureIgnoreSct: {
    form: flag,
    about: 'Sign with a private certificate authority that has no certificate transparency log.',
    flags: '--insecure-ignore-sct',
  },
  insecureIgnoreTlog: {
    form: flag,
    about:
      'Sign with a private Sigstore that has timestamps but no transparency log. Verifiers must set this option too.',
    flags: '--insecure-ignore-tlog',
  },
  publicLog: {
    form: publicLog,
    default: 'refuse',
    action: 'Entries in a public log for a repository that is not public: refuse or allow.',
    flags: '--public-log-allow',
    command: 'Allow entries in a public log for a repository that is not public.',
  },
  allowDangerousTriggers: {
    form: flag,
    action: 'Sign in jobs that outsiders can trigger: pull_request_target, workflow_run, issue_comment.',
    flags: '--allow-dangerous-triggers',
    command: 'Sign in jobs that outsiders can trigger or change.',
  },
  json: runRows.json,
} as const satisfies OptionTable;
