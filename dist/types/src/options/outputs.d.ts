/** The outputs of the actions. */
export declare const signOutputs: {
    readonly subjects: 'JSON list of all subjects: name, digest, bundle, logs, identity, validity of the certificate, and for an image the manifest that attaches its bundle.';
    readonly 'subjects-file': 'Path of a file with the complete output subjects, if that is too long for an environment variable (128 KiB).';
    readonly images: 'Signed images in registries, one registry/name@sha256:… per line: the format of the input images of the verify action.';
    readonly 'images-file': 'Path of a file with the complete output images, if that is too long; the output images is then empty.';
    readonly 'bundle-paths': 'Paths of the bundles, one per line.';
    readonly 'bundle-paths-file': 'Path of a file with the complete output bundle-paths, if that is too long; the output bundle-paths is then empty.';
    readonly 'bundle-path': 'Path of the bundle, or of the file with all bundles if there are several.';
    readonly 'bundles-path': 'Path of a file with all bundles, one per line (JSON Lines).';
    readonly 'manifest-path': 'Path of the manifest, a JSON file that lists all subjects.';
    readonly 'artifact-name': 'Name of the workflow artifact with the bundles, for the input bundle-artifact of the verify action.';
    readonly 'artifact-id': 'ID of the workflow artifact.';
    readonly 'artifact-digest': 'SHA-256 digest of the workflow artifact, in hexadecimal.';
    readonly 'artifact-url': 'URL of the workflow artifact.';
    readonly 'release-id': 'ID of the GitHub release.';
    readonly 'release-url': 'URL of the GitHub release.';
    readonly 'attestation-id': "ID of the attestation in GitHub's store; of the first, if there are several.";
    readonly 'attestation-url': "URL of the attestation in GitHub's store; of the first, if there are several.";
    readonly 'attestation-ids': "IDs of all attestations that this run stored in GitHub's store, one per line.";
    readonly 'attestation-urls': "URLs of all attestations in GitHub's store, one per line.";
    readonly 'storage-record-ids': 'IDs of the storage records, separated by commas, as in actions/attest.';
    readonly collected: 'With mode: collect, the ID and digest of the workflow artifact with the digests, for the input collected of the job that signs.';
};
export type SignOutputName = keyof typeof signOutputs;
export declare const verifyOutputs: {
    readonly verified: 'true if there was at least one artifact and all artifacts were verified, otherwise false.';
    readonly results: 'JSON list of all artifacts: artifact, digest, verified, code, bundle, identity, issuer.';
    readonly 'results-file': 'Path of a file with the complete output results, if that is too long for an environment variable (128 KiB).';
    readonly identities: 'JSON list of the identities that signed the verified artifacts.';
    readonly 'identities-file': 'Path of a file with the complete output identities, if that is too long.';
    readonly image: 'The verified image as registry/name@sha256:…, if exactly one image was given and it was verified. Otherwise empty.';
    readonly images: 'JSON list of all images: image (as given), verified, reference (registry/name@sha256:…), digest.';
    readonly 'images-file': 'Path of a file with the complete output images, if that is too long.';
    readonly 'report-path': 'Path of the report, a JSON file with every criterion.';
    readonly 'artifact-path': 'Folder with the files of files-artifact, as they were verified.';
};
export type VerifyOutputName = keyof typeof verifyOutputs;
export declare const monitorOutputs: {
    readonly outcome: 'clean, findings (open alerts), misbehaviour (of a log, proven) or incomplete (an outage, or more entries than a run reads).';
    readonly 'open-findings': 'Number of open findings that are alerts or critical.';
    readonly 'report-path': 'Path of the report as JSON.';
    readonly 'page-path': 'Path of the report as an HTML page.';
    readonly 'sarif-path': 'Path of the open findings in SARIF, if sarif is set.';
    readonly 'state-artifact-id': 'ID of the workflow artifact with the state.';
};
export type MonitorOutputName = keyof typeof monitorOutputs;
