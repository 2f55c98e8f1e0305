/** The options of `countersign watch`. */
export declare const watchRows: {
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
    readonly log: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Audit only this log (repeatable; default: all logs of the trusted root).';
        readonly flags: '--log <url>';
    };
    readonly bundle: {
        readonly form: {
            readonly type: 'paths';
        };
        readonly about: 'File with bundles, whose checkpoints and promises are compared with the logs (repeatable).';
        readonly flags: '-b, --bundle <path>';
    };
    readonly witness: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Monitoring URL of a witness, whose checkpoints are compared with the logs (repeatable).';
        readonly flags: '--witness <url>';
    };
    readonly witnessPolicy: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Policy file (C2SP tlog-policy) with the witnesses that must have cosigned each checkpoint.';
        readonly flags: '--witness-policy <path>';
        readonly once: true;
    };
    readonly from: {
        readonly form: {
            readonly type: 'text';
        };
        readonly default: 'head';
        readonly about: 'First entry to read of a log that is audited for the first time: head (only new entries), start, or an index.';
        readonly flags: '--from <entry>';
    };
    readonly maxEntries: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly about: 'Maximum number of entries to read in this run. The next run continues there.';
        readonly flags: '--max-entries <count>';
    };
    readonly maxMinutes: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly about: 'Time in minutes after which no more entries are read in this run. The next run continues there.';
        readonly flags: '--max-minutes <count>';
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
    readonly policy: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Policy file with what is watched: .github/countersign.yml, with the key watch. Required.';
        readonly flags: '--policy <path>';
        readonly once: true;
    };
    readonly state: {
        readonly form: {
            readonly type: 'path';
        };
        readonly flags: '--state <folder>';
        readonly once: true;
        readonly about: 'Folder for the state, the findings and the evidence. Created if it does not exist. Required.';
    };
    readonly issue: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Repository on GitHub in which one issue about the findings is kept up to date. Requires a token in GITHUB_TOKEN or GH_TOKEN.';
        readonly flags: '--issue <owner/name>';
        readonly once: true;
    };
    readonly webhook: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'URL to which each change is sent, signed as in Standard Webhooks. Requires the secret (whsec_…) in COUNTERSIGN_WEBHOOK_SECRET.';
        readonly flags: '--webhook <url>';
        readonly once: true;
    };
    readonly ocsf: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'File to which changes are appended, as JSON lines in the form of OCSF.';
        readonly flags: '--ocsf <path>';
        readonly once: true;
    };
    readonly sarif: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'File for the open findings in SARIF.';
        readonly flags: '--sarif <path>';
        readonly once: true;
    };
    readonly html: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'File for the report as an HTML page with pictures.';
        readonly flags: '--html <path>';
        readonly once: true;
    };
    readonly metrics: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'File for metrics in OpenMetrics.';
        readonly flags: '--metrics <path>';
        readonly once: true;
    };
    readonly testDelivery: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Send a report that is marked as a test through each delivery, instead of watching. No log is read.';
        readonly flags: '--test-delivery';
    };
    readonly backTest: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Report what the policy would have found in a part of the logs: dates (2026-11-01..2026-11-30) or, for one log, entries (1000..2000, without the last). The state is not changed, and nothing is delivered.';
        readonly flags: '--back-test <from..to>';
        readonly once: true;
    };
    readonly import: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Print a policy made from the configuration file of rekor-monitor, instead of watching.';
        readonly flags: '--import <path>';
        readonly once: true;
    };
    readonly index: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Add all entries to the search index too (about 84 bytes each). A folder that has an index keeps it.';
        readonly flags: '--index';
    };
    readonly verbose: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Print roots, times and notes too.';
        readonly flags: '-v, --verbose';
    };
    readonly quiet: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Print nothing. The exit code is the result. Only incorrect usage is reported, on standard error.';
        readonly flags: '-q, --quiet';
    };
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly flags: '--json';
        readonly command: 'Print the result as JSON.';
    };
};
