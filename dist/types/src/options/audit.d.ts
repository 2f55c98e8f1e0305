/** The options of `countersign audit`. */
export declare const auditRows: {
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
    readonly state: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder for the state, the evidence and the search index. Created if it does not exist. Required.';
        readonly flags: '--state <folder>';
        readonly once: true;
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
    readonly evidence: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Check an evidence file with the trusted root, instead of auditing. Nothing is requested from the log.';
        readonly flags: '--evidence <path>';
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
