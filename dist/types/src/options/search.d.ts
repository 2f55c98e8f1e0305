/** The options of `countersign search`. */
export declare const searchRows: {
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
    readonly digest: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Digest of an artifact: sha256:…, sha384:… or sha512:….';
        readonly flags: '--digest <digest>';
        readonly once: true;
    };
    readonly identity: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Name in the certificate, such as the URL of a workflow or an email address.';
        readonly flags: '--identity <name>';
        readonly once: true;
    };
    readonly repo: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Source repository in the certificate: owner/name on GitHub, or a URL.';
        readonly flags: '-R, --repo <owner/name>';
        readonly once: true;
    };
    readonly issuer: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'OIDC issuer in the certificate.';
        readonly flags: '--issuer <url>';
        readonly once: true;
    };
    readonly key: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Public key: the path of a file (PEM), or its SHA-256 digest (sha256:…).';
        readonly flags: '--key <key>';
        readonly once: true;
    };
    readonly state: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder of countersign audit, which contains the index of the logs.';
        readonly flags: '--state <folder>';
    };
    readonly log: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Search only this log (repeatable; default: all logs of the trusted root).';
        readonly flags: '--log <url>';
    };
    readonly limit: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly default: '100';
        readonly about: 'Maximum number of entries to print, the newest first.';
        readonly flags: '--limit <count>';
    };
    readonly bundleOut: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder for bundles made from entries of Rekor v1 about the file or digest. Each is verified before it is written.';
        readonly flags: '--bundle-out <folder>';
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
