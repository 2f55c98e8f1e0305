/** The outputs of the actions. */

export const signOutputs = {
  subjects:
    'JSON list of all subjects: name, digest, bundle, logs, identity, validity of the certificate, and for an image the manifest that attaches its bundle.',
  'subjects-file':
    'Path of a file with the complete output subjects, if that is too long for an environment variable (128 KiB).',
  images:
    'Signed images in registries, one registry/name@sha256:… per line: the format of the input images of the verify action.',
  'images-file':
    'Path of a file with the complete output images, if that is too long; the output images is then empty.',
  'bundle-paths': 'Paths of the bundles, one per line.',
  'bundle-paths-file':
    'Path of a file with the complete output bundle-paths, if that is too long; the output bundle-paths is then empty.',
  'bundle-path': 'Path of the bundle, or of the file with all bundles if there are several.',
  'bundles-path': 'Path of a file with all bundles, one per line (JSON Lines).',
  'manifest-path': 'Path of the manifest, a JSON file that lists all subjects.',
  'receipt-path': 'Paths of the receipts, one per line, if receipt is set.',
  'artifact-name':
    'Name of the workflow artifact with the bundles, for the input bundle-artifact of the verify action.',
  'artifact-id': 'ID of the workflow artifact.',
  'artifact-digest': 'SHA-256 digest of the workflow artifact, in hexadecimal.',
  'artifact-url': 'URL of the workflow artifact.',
  'release-id': 'ID of the GitHub release.',
  'release-url': 'URL of the GitHub release.',
  'attestation-id': "ID of the attestation in GitHub's store; of the first, if there are several.",
  'attestation-url': "URL of the attestation in GitHub's store; of the first, if there are several.",
  'attestation-ids': "IDs of all attestations that this run stored in GitHub's store, one per line.",
  'attestation-urls': "URLs of all attestations in GitHub's store, one per line.",
  'storage-record-ids': 'IDs of the storage records, separated by commas, as in actions/attest.',
  collected:
    'With mode: collect, the ID and digest of the workflow artifact with the digests, for the input collected of the job that signs.',
} as const;

export type SignOutputName = keyof typeof signOutputs;

export const verifyOutputs = {
  verified: 'true if there was at least one artifact and all artifacts were verified, otherwise false.',
  results: 'JSON list of all artifacts: artifact, digest, verified, code, bundle, identity, issuer.',
  'results-file':
    'Path of a file with the complete output results, if that is too long for an environment variable (128 KiB).',
  identities: 'JSON list of the identities that signed the verified artifacts.',
  'identities-file': 'Path of a file with the complete output identities, if that is too long.',
  image:
    'The verified image as registry/name@sha256:…, if exactly one image was given and it was verified. Otherwise empty.',
  images: 'JSON list of all images: image (as given), verified, reference (registry/name@sha256:…), digest.',
  'images-file': 'Path of a file with the complete output images, if that is too long.',
  'report-path': 'Path of the report, a JSON file with every criterion.',
  'artifact-path': 'Folder with the files of files-artifact, as they were verified.',
} as const;

export type VerifyOutputName = keyof typeof verifyOutputs;

export const monitorOutputs = {
  outcome:
    'clean, findings (open alerts), misbehaviour (of a log, proven) or incomplete (an outage, or more entries than a run reads).',
  'open-findings': 'Number of open findings that are alerts or critical.',
  'report-path': 'Path of the report as JSON.',
  'page-path': 'Path of the report as an HTML page.',
  'sarif-path': 'Path of the open findings in SARIF, if sarif is set.',
  'state-artifact-id': 'ID of the workflow artifact with the state.',
} as const;

export type MonitorOutputName = keyof typeof monitorOutputs;
