/** The outputs of the actions. */

export const signOutputs = {
  subjects:
    'A JSON list of every subject: name, digest, bundle, logs, identity, validity of the certificate, and of an image what its bundle is attached as.',
  'subjects-file':
    'The path of a file with all of subjects, if it is longer than an environment variable holds (128 KiB).',
  images:
    'The images in registries that were signed, registry/name@sha256:… one a line, as images of the verify action takes them.',
  'images-file': 'Likewise for images, which is empty then.',
  'bundle-paths': 'The paths of the bundles, one a line.',
  'bundle-paths-file': 'Likewise for bundle-paths, which is empty then.',
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

export const verifyOutputs = {
  verified: 'true if there was something to verify and all of it is verified; else false.',
  results: 'A JSON list of every artifact: artifact, digest, verified, code, bundle, identity, issuer.',
  'results-file':
    'The path of a file with all of results, if it is longer than an environment variable holds (128 KiB).',
  identities: 'A JSON list of the identities that signed what is verified.',
  'identities-file': 'Likewise for identities.',
  image: 'Where one image was named and is verified, registry/name@sha256:…; else nothing.',
  images: 'A JSON list of every image: image (as it was named), verified, reference (registry/name@sha256:…), digest.',
  'images-file': 'Likewise for images.',
  'report-path': 'The path of the report, a JSON file with every criterion.',
  'artifact-path': 'The folder with the files of files-artifact, as they were verified.',
} as const;

export type VerifyOutputName = keyof typeof verifyOutputs;
