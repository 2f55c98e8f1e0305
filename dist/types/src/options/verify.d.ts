/** The options of verifying, except those of the policy: inputs of the verify action, and options of `countersign verify`. */
export declare const verifyRows: {
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
    readonly instance: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly 'public-good': "public-good";
                readonly github: "github";
                readonly staging: "staging";
                readonly custom: "custom";
                readonly sandbox: "sandbox";
            };
        };
        readonly default: 'public-good';
        readonly action: 'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (a local one for testing, which needs a trusted root).';
        readonly flags: '--instance <name>';
        readonly command: 'Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (the local one whose stack.env this shell has read).';
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
    readonly platform: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'Platform to verify of each image, such as linux/amd64 or linux/arm64/v8. The reference in the output image is then that of the platform. By default, all platforms are verified.';
        readonly flags: '--platform <os/arch>';
        readonly command: 'Platform to verify of an image, such as linux/amd64 or linux/arm64/v8 (default: all of them).';
        readonly once: true;
    };
    readonly allowNoFiles: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly action: 'Accept patterns that match no file. If nothing is left to verify, the step succeeds and the output verified is false.';
    };
    readonly bundle: {
        readonly form: {
            readonly type: 'paths';
        };
        readonly action: 'Bundle files, one path per line. By default, if bundle-dir and bundle-artifact are not set either, the bundles next to each file are used.';
        readonly flags: '-b, --bundle <path>';
        readonly command: 'File with one bundle, or with one bundle per line (repeatable; default: <file>.sigstore.json).';
    };
    readonly bundleDir: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder with bundles. Subfolders are searched too.';
        readonly flags: '--bundle-dir <folder>';
    };
    readonly bundleArtifact: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'Name of a workflow artifact of this run with bundles, as uploaded by the sign action.';
    };
    readonly from: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: "Store to get the bundles from: github, GitHub's attestation store of the repository or owner in the policy; or github:owner/name or github:owner, that of another.";
        readonly flags: '--from <store>';
        readonly once: true;
    };
    readonly releaseAssets: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'GitHub release whose assets are downloaded as its users get them, and verified with the bundles among them: owner/name@tag, or owner/name#ID for a draft.';
        readonly flags: '--release-assets <release>';
        readonly once: true;
    };
    readonly releaseFiles: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Names of assets that the release must have, one per line. Used with release-assets.';
        readonly command: 'Name of an asset that the release must have (repeatable). Used with release-assets.';
        readonly flags: '--release-files <name>';
    };
    readonly githubToken: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly default: string;
        readonly action: 'Token for the API of GitHub, which from and release-assets use. Public repositories need no permission. Others need attestations: read or contents: read, and drafts contents: write.';
    };
    readonly strictFolder: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Fail instead of warning if the patterns leave out anything in their folders, such as hidden files, broken links, pipes or devices.';
        readonly flags: '--strict-folder';
    };
    /** gh's name for `--trusted-root`. */
    readonly customTrustedRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly flags: '--custom-trusted-root <path>';
        readonly once: true;
    };
    /** An option of cosign's that is refused: timestamps are always verified. */
    readonly useSignedTimestamps: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--use-signed-timestamps';
    };
    readonly policyFromPullRequest: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly refuse: "refuse";
                readonly warn: "warn";
            };
        };
        readonly default: 'refuse';
        readonly action: 'A policy, key or trusted root that the repository has not accepted, in a job that can check out a proposed change: refuse, or accept with a warning (warn).';
    };
    readonly reportPath: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'Path of the report (JSON). By default, a file in RUNNER_TEMP.';
    };
    readonly vsaOut: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Write a SLSA verification summary (VSA) of the artifacts to this file, if all of them are verified.';
        readonly flags: '--vsa-out <path>';
        readonly once: true;
    };
    readonly svrOut: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Write an in-toto simple verification result (SVR) to this file, if all artifacts are verified.';
        readonly flags: '--svr-out <path>';
        readonly once: true;
    };
    readonly policyUri: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'URI of the policy that the VSA or SVR names. Its digest is always added.';
        readonly flags: '--policy-uri <uri>';
        readonly once: true;
    };
    readonly vsaLevel: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Level or property to state in the VSA, such as SLSA_SOURCE_LEVEL_3. A build level replaces the one that was proven; others are added to it.';
        readonly flags: '--vsa-level <level>';
    };
    readonly vsaFailed: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'If an artifact is not verified, write a VSA with the result FAILED. By default, none is written.';
        readonly flags: '--vsa-failed';
    };
    readonly signVsa: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly action: 'Sign the VSA and SVR. The job needs the permission id-token: write.';
        readonly flags: '--sign-vsa';
        readonly command: 'Sign the VSA and SVR, with the identity of the CI job or of a login.';
    };
    readonly identityToken: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly flags: '--identity-token <path>';
        readonly command: 'File that contains an OIDC token to sign with (default: as of sign).';
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
        readonly command: 'Provider of the identity token to sign with (default: as of sign).';
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
        readonly action: 'Entries in a public log when signing for a repository that is not public: refuse or allow.';
        readonly flags: '--public-log-allow';
        readonly command: 'Allow entries in a public log when signing for a repository that is not public.';
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
    readonly verbose: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '-v, --verbose';
        readonly command: 'Print the criteria and claims of verified artifacts too. The criteria of other artifacts are always printed.';
    };
    readonly quiet: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '-q, --quiet';
        readonly command: 'Print nothing. The exit code is the result. Only incorrect usage is reported, on standard error.';
    };
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--json';
        readonly command: 'Print the result as JSON.';
    };
};
