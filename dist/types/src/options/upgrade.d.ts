/** The options of `countersign upgrade`, except those of the policy. */
export declare const upgradeRows: {
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
    readonly out: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of the new bundle, if one file is named (default: the name of the artifact with .sigstore.json). An old bundle of this name is kept with .old.';
        readonly flags: '--out <path>';
        readonly once: true;
    };
    readonly recursive: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Also upgrade the signatures of each image of a multi-platform index.';
        readonly flags: '-r, --recursive';
    };
    readonly dryRun: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Verify the old signatures and make the new bundles, but write and attach nothing.';
        readonly flags: '--dry-run';
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
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--json';
        readonly command: 'Print the result as JSON.';
    };
};
