/** The options that signing and verifying share. */
/** The form of the provider of an identity token. */
export declare const provider: {
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
/** The form of whether entries in a public log are allowed. */
export declare const publicLog: {
    readonly type: 'choice';
    readonly values: {
        readonly allow: true;
        readonly refuse: false;
    };
};
export declare const subjectRows: {
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
};
export declare const registryRows: {
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
};
/** The inputs of actions/attest. */
export declare const attestRows: {
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
};
export declare const artifactRows: {
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
};
export declare const instanceRows: {
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
};
/** The time that a run waits for services, the number of parallel operations, and the form of the output. */
export declare const runRows: {
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
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--json';
        readonly command: 'Print the result as JSON.';
    };
};
