/** The options of signing: the inputs of the sign action, and the options of `countersign sign`. */
export declare const signRows: {
    readonly files: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: {
            readonly sign: 'Files to sign: glob patterns relative to the workspace, one per line. A pattern that starts with ! excludes files.';
            readonly verify: 'Files to verify: glob patterns relative to the workspace, one per line. A pattern that starts with ! excludes files. A pattern that matches no file is an error.';
        };
    };
    readonly checksums: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Checksum files whose entries are the artifacts, one path per line. The formats of sha256sum, shasum and BSD tools are accepted, with SHA-256, SHA-384 or SHA-512.';
        readonly flags: '--checksums <path>';
        readonly command: {
            readonly sign: 'Sign the entries of a checksum file (repeatable).';
        };
    };
    readonly digests: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Digests of artifacts that are not in the workspace, one name@sha256:… per line.';
        readonly flags: '--digest <name@sha256:…>';
        readonly command: {
            readonly sign: 'Sign a digest (repeatable).';
        };
    };
    readonly images: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: {
            readonly sign: 'Container images to sign, one per line: registry/name@sha256:…; registry/name:tag, which is resolved once; or the path (./…) of an OCI image layout or an archive written by docker save. In a registry, each bundle is attached to its image.';
            readonly verify: 'Container images to verify with the bundles attached to them in their registries, one per line: registry/name:tag or registry/name@sha256:…. Deploy the reference in the output image, which is the one that was verified.';
        };
        readonly flags: '--image <image>';
        readonly command: {
            readonly sign: 'Sign an image: registry/name@sha256:…, registry/name:tag or ./path (repeatable).';
        };
    };
    readonly registryUsername: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Registry user name (default: Docker or Podman credentials).';
        readonly flags: '--registry-username <name>';
        readonly once: true;
    };
    readonly registryPassword: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly action: 'Registry password or token.';
        readonly flags: '--registry-password-file <path>';
        readonly command: 'File that contains the registry password or token.';
        readonly once: true;
    };
    readonly registry: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Registry host that the user name and password are for. Required if the images are in several registries.';
        readonly flags: '--registry <host>';
        readonly once: true;
    };
    readonly subjectPath: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'The input of actions/attest: like files, and commas separate patterns too.';
    };
    readonly subjectChecksums: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'The input of actions/attest: like checksums.';
    };
    readonly subjectName: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'The input of actions/attest: the name of the artifact with the digest subject-digest.';
    };
    readonly subjectDigest: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'The input of actions/attest: the digest (sha256:…) of the artifact subject-name.';
    };
    readonly filesArtifact: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: {
            readonly sign: 'Name of a workflow artifact of this run to sign, instead of files, checksums and digests. Every file in it is signed, except bundles. With it, one job can build and another can sign.';
            readonly verify: 'Name of a workflow artifact of this run to verify, instead of files, checksums and digests. Every file in it is verified, except bundles. The output artifact-path is the folder with the files.';
        };
    };
    readonly filesArtifactId: {
        readonly form: {
            readonly type: 'artifact-id';
        };
        readonly action: 'ID of the workflow artifact: the output artifact-id of actions/upload-artifact. Use it instead of the name or together with it; then an artifact with the same name and another ID is refused.';
    };
    readonly filesArtifactDigest: {
        readonly form: {
            readonly type: 'artifact-digest';
        };
        readonly action: 'Expected SHA-256 digest of the workflow artifact: the output artifact-digest of actions/upload-artifact.';
    };
    readonly trustedRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of a trusted root (JSON) to use instead of the trusted root of the instance. countersign trusted-root prints one.';
        readonly flags: '--trusted-root <path>';
    };
    readonly signingConfig: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: {
            readonly sign: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.';
            readonly verify: 'Path of a signing config (JSON, version 0.2) to sign the VSA with.';
        };
        readonly flags: '--signing-config <path>';
        readonly command: {
            readonly sign: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.';
            readonly verify: 'Path of a signing config (JSON, version 0.2) to sign the VSA with.';
            readonly reissue: 'Path of a signing config (JSON, version 0.2) to use instead of the signing config of the instance.';
        };
    };
    readonly tufUrl: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'URL of the TUF repository of a custom instance.';
        readonly flags: '--tuf-url <url>';
    };
    readonly tufRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of the initial root metadata of the TUF repository.';
        readonly flags: '--tuf-root <path>';
    };
    readonly offline: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--offline';
        readonly command: 'Use the cached trusted root without refreshing it.';
    };
    readonly offlineStale: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--offline-stale';
        readonly command: 'Like --offline, but accept a cached trusted root that has expired.';
    };
    readonly recursive: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Also sign each image of a multi-platform index.';
        readonly flags: '-r, --recursive';
    };
    readonly signAttestations: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Also sign the attestation manifests that BuildKit made for the images, each with a bundle of its own. An image without them is an error.';
        readonly flags: '--sign-attestations';
    };
    readonly pushToRegistry: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly '': undefined;
                readonly true: true;
                readonly false: false;
            };
        };
        readonly action: 'Push the bundles of images to their registries: true (default) or false. If it is set to true explicitly, subject-name and subject-digest also name an image, as in actions/attest.';
        readonly flags: '--no-push-to-registry';
        readonly command: 'Do not push the bundles of images to their registries.';
    };
    readonly mode: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly sign: "sign";
                readonly collect: "collect";
            };
        };
        readonly default: 'sign';
        readonly action: 'sign, or collect: only hash the subjects, and hand the digests over to a later job of the run, which signs them with collected. collect needs no permission.';
    };
    readonly leg: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'With mode: collect in a matrix: a text that is different in each leg, such as a value of the matrix.';
    };
    readonly collected: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Outputs collected of the steps with mode: collect, one per line, to sign the digests that they handed over, instead of checksums and digests; or the word all, for those of every leg of this run. With files or files-artifact, these files must have exactly those digests, and are delivered with the bundle.';
    };
    readonly collectedCount: {
        readonly form: {
            readonly type: 'job-count';
            readonly max: 1000;
        };
        readonly action: 'Number of steps with mode: collect in this run, so that a missing one is an error. Required with collected.';
    };
    readonly digestsFrom: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly flags: '--digests-from <path>';
        readonly command: 'Sign the digests in a file that the action wrote with mode: collect (repeatable).';
    };
    readonly bundle: {
        readonly form: {
            readonly type: 'path';
        };
        readonly flags: '--bundle <path>';
        readonly command: 'Path of the bundle, if the run writes only one.';
    };
    readonly bundleDir: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder for the bundles. Each bundle keeps the relative path of its file. By default, each bundle is written next to its file.';
        readonly flags: '--bundle-dir <folder>';
    };
    readonly bundleFormat: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly auto: "auto";
                readonly 'per-file': "per-file";
                readonly attestation: "attestation";
            };
        };
        readonly default: 'auto';
        readonly about: 'per-file: one bundle for each subject. attestation: one bundle with SLSA provenance for all subjects. auto: per-file, unless documents are attested, store-attestations is set, or inputs of actions/attest or digests of other jobs (collected) are used.';
        readonly flags: '--bundle-format <format>';
    };
    readonly sbomPath: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'Path of an SBOM to attest instead of provenance: SPDX 2.2, 2.3 or 3.0, or CycloneDX 1.4 to 1.7, as JSON. It is recognised by its content. The input of actions/attest.';
        readonly flags: '--sbom <path>';
        readonly command: 'Attest an SBOM: SPDX or CycloneDX, recognised by its content.';
    };
    readonly predicateType: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'Type of the predicate in predicate or predicate-path, which is attested instead of provenance: a URI, or a word such as vuln. The input of actions/attest.';
        readonly flags: '--predicate-type, --type <type>';
        readonly command: 'Type of the predicate: a URI, or a word such as spdxjson, cyclonedx, vuln or custom, as in cosign.';
    };
    readonly predicate: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'The predicate, as JSON. The input of actions/attest.';
    };
    readonly predicatePath: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'Path of the predicate. The input of actions/attest.';
        readonly flags: '--predicate <path>';
        readonly command: 'Attest the predicate in a file, of the type --type.';
    };
    readonly statement: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of a whole in-toto statement, which is signed unchanged. It must be about the specified subjects; if none is specified, it names them itself.';
        readonly flags: '--statement <path>';
    };
    readonly attest: {
        readonly input: 'attestations';
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Several attestations about the subjects, one per line: provenance, or a type and a path, such as sbom=sbom.json, vuln=scan.json or https://example.com/review/v1=review.json. An SBOM that states digests of what it describes is attested for that subject alone.';
        readonly flags: '--attest <type=path>';
        readonly command: 'Attest a document: provenance, sbom=sbom.json, vuln=scan.json, https://…=file.json (repeatable).';
    };
    readonly allowSecrets: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Sign documents that contain something like a token or a private key.';
        readonly flags: '--allow-secrets';
    };
    readonly package: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly '': undefined;
                readonly npm: "npm";
                readonly pypi: "pypi";
                readonly gem: "gem";
                readonly maven: "maven";
            };
        };
        readonly about: 'Sign packages as a package registry requires it: npm (SLSA provenance for npm publish --provenance-file), pypi (PEP 740 attestations), gem (RubyGems) or maven (Maven Central).';
        readonly flags: '--package <registry>';
    };
    readonly overwrite: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Replace existing files at the paths of bundles, even if they are not bundles of this signer.';
        readonly flags: '--overwrite';
    };
    readonly signBundles: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Sign files that are bundles themselves, if they are specified by name. By default, such a file is an error, and bundles that a pattern matches are skipped.';
        readonly flags: '--sign-bundles';
    };
    readonly uploadArtifact: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly auto: "auto";
                readonly true: true;
                readonly false: false;
            };
        };
        readonly default: 'auto';
        readonly action: 'Upload the bundles as a workflow artifact: true or false. By default (auto), they are not uploaded on servers without the artifact service of github.com, and a notice states it.';
    };
    readonly artifactName: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'Name of the workflow artifact. The default name contains the job and a digest of the contents, which keeps the jobs of a matrix apart.';
    };
    readonly release: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'GitHub release to attach the signed files and their bundles to: a tag, the ID of a release, or draft for the draft of the tag that started the run. A draft is created if there is no release. Needs contents: write.';
        readonly flags: '--release <tag|id|draft>';
    };
    readonly publishRelease: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Publish the draft once everything is attached. By default, it stays a draft.';
        readonly flags: '--publish-release';
    };
    readonly storeAttestations: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: "Store the bundles in GitHub's attestation store, where gh attestation verify finds them. Needs attestations: write. With bundle-format: auto, one attestation covers all subjects.";
        readonly flags: '--store-attestations';
    };
    readonly storageRecords: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Create storage records, which note at GitHub in which registries the signed images are. For repositories of organizations, with store-attestations. Needs artifact-metadata: write.';
        readonly flags: '--storage-records';
    };
    readonly githubToken: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly default: string;
        readonly action: 'Token for the API of GitHub, which release, store-attestations and storage-records use.';
    };
    readonly repo: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--repo <owner/name>';
        readonly command: 'Repository at GitHub for --release and --store-attestations (default: $GITHUB_REPOSITORY). The token is $GITHUB_TOKEN.';
    };
    readonly instance: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly 'public-good': "public-good";
                readonly github: "github";
                readonly staging: "staging";
                readonly custom: "custom";
                readonly sandbox: "sandbox";
                readonly auto: "auto";
            };
        };
        readonly default: "public-good";
        readonly action: 'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository), sandbox (a local one for testing, which needs a trusted root), or auto: public-good for public repositories, github for private ones and for jobs of ghe.com. A notice states the choice.';
    };
    readonly identityToken: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly flags: '--identity-token <path>';
        readonly command: 'File that contains an OIDC token for the audience sigstore (default: $SIGSTORE_ID_TOKEN or the token of the CI job).';
    };
    readonly identityProvider: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly buildkite: "buildkite";
                readonly circleci: "circleci";
                readonly environment: "environment";
                readonly file: "file";
                readonly forgejo: "forgejo";
                readonly github: "github";
                readonly gitlab: "gitlab";
                readonly google: "google";
                readonly kubernetes: "kubernetes";
                readonly login: "login";
                readonly spiffe: "spiffe";
            };
        };
        readonly flags: '--identity-provider <name>';
        readonly command: 'Provider of the identity token (default: the only one that has a token, or a login).';
    };
    readonly browser: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--no-browser';
        readonly command: 'Log in with a code that any browser shows, and do not open one.';
    };
    readonly device: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--device';
        readonly command: 'Log in on another device, if the OIDC issuer offers it.';
    };
    readonly yes: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '-y, --yes';
        readonly command: 'Agree to the publication of the email address of the login, without a question.';
    };
    readonly oidcIssuer: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--oidc-issuer <url>';
        readonly command: 'OIDC issuer of the login (default: the one of the instance).';
    };
    readonly oidcClientId: {
        readonly form: {
            readonly type: 'text';
        };
        readonly default: 'sigstore';
        readonly flags: '--oidc-client-id <id>';
        readonly command: 'Client ID of the login.';
    };
    readonly oidcRedirectUrl: {
        readonly form: {
            readonly type: 'text';
        };
        readonly flags: '--oidc-redirect-url <url>';
        readonly command: 'Redirect URL of the login, on this machine (default: http://localhost:0/auth/callback; port 0 is a free port).';
    };
    readonly logVersion: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly '': undefined;
                readonly '1': 1;
                readonly '2': 2;
            };
        };
        readonly about: 'API version of the transparency log: 1 or 2 (default: the highest that the instance offers).';
        readonly flags: '--log-version <version>';
    };
    readonly onOutage: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly fail: "fail";
                readonly 'timestamp-only': "timestamp-only";
                readonly 'second-log': "second-log";
            };
        };
        readonly default: 'fail';
        readonly about: 'If the transparency log is down for longer than the retry budget: fail; timestamp-only (no log entry, which countersign complete adds later); or second-log (another log of the instance). The policy must allow it.';
        readonly flags: '--on-outage <action>';
    };
    readonly policy: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of a policy file (YAML), whose key sign says what on-outage may be.';
        readonly flags: '--policy <path>';
        readonly once: true;
    };
    readonly retryBudget: {
        readonly form: {
            readonly type: 'duration';
        };
        readonly default: '5m';
        readonly action: 'Total time to wait for unavailable services, such as 90s, 5m or 1h. 0 disables waiting.';
        readonly flags: '--retry-budget <duration>';
        readonly command: {
            readonly sign: 'Total time to wait for unavailable services.';
            readonly verify: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '0s';
            };
            readonly tree: {
                readonly text: 'Total time to wait for an unavailable registry.';
                readonly default: '5s';
            };
            readonly inspect: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '5s';
            };
            readonly 'trusted-root': {
                readonly text: 'Total time to wait for the TUF repository.';
                readonly default: '5s';
            };
            readonly search: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '30s';
            };
            readonly complete: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '30s';
            };
            readonly upgrade: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '30s';
            };
            readonly audit: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '30s';
            };
            readonly watch: {
                readonly text: 'Total time to wait for unavailable services.';
                readonly default: '30s';
            };
            readonly deliver: 'Total time to wait for unavailable services.';
            readonly reissue: 'Total time to wait for unavailable services.';
        };
    };
    readonly concurrency: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly default: '100';
        readonly action: {
            readonly sign: 'Maximum number of subjects to sign at the same time, from 1 to 256. A run starts with at most 50, and uses fewer while a service is overloaded.';
        };
        readonly flags: '--concurrency <count>';
        readonly command: {
            readonly sign: 'Maximum number of subjects to sign at the same time.';
            readonly verify: {
                readonly text: 'Number of artifacts to verify at the same time.';
                readonly default: '4';
            };
            readonly complete: {
                readonly text: 'Number of files and images to complete at the same time.';
                readonly default: '16';
            };
            readonly reissue: 'Maximum number of signatures to issue at the same time.';
        };
    };
    readonly insecureIgnoreSct: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Sign with a private certificate authority that has no certificate transparency log.';
        readonly flags: '--insecure-ignore-sct';
    };
    readonly insecureIgnoreTlog: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Sign with a private Sigstore that has timestamps but no transparency log. Verifiers must set this option too.';
        readonly flags: '--insecure-ignore-tlog';
    };
    readonly publicLog: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly allow: true;
                readonly refuse: false;
            };
        };
        readonly default: 'refuse';
        readonly action: 'Entries in a public log for a repository that is not public: refuse or allow.';
        readonly flags: '--public-log-allow';
        readonly command: 'Allow entries in a public log for a repository that is not public.';
    };
    readonly allowDangerousTriggers: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly action: 'Sign in jobs that outsiders can trigger: pull_request_target, workflow_run, issue_comment.';
        readonly flags: '--allow-dangerous-triggers';
        readonly command: 'Sign in jobs that outsiders can trigger or change.';
    };
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--json';
        readonly command: 'Print the result as JSON.';
    };
};
