/** The inputs of the monitor action. */
export declare const monitorRows: {
    readonly policy: {
        readonly form: {
            readonly type: 'path';
        };
        readonly default: '.github/countersign.yml';
        readonly action: 'Path of the policy file with what is watched.';
    };
    readonly token: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly default: string;
        readonly action: 'Token for the API of GitHub. The token of the job needs contents: read and actions: read, and issues: write if issue is true.';
    };
    readonly issue: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly action: 'Keep one issue of this repository up to date: opened, commented on and closed. Needs issues: write.';
    };
    readonly webhook: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: 'URL to which each change is sent, signed as in Standard Webhooks. Needs webhook-secret.';
    };
    readonly webhookSecret: {
        readonly form: {
            readonly type: 'secret';
        };
        readonly action: 'Secret of the webhook (whsec_…). While the receiver changes its secret, both, separated by a space.';
    };
    readonly ocsf: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'File to which changes are appended, as JSON lines in the form of OCSF.';
    };
    readonly sarif: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'File for the open findings in SARIF, for github/codeql-action/upload-sarif. It is the output sarif-path.';
    };
    readonly metrics: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: 'File for metrics in OpenMetrics.';
    };
    readonly uploadReport: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly default: 'true';
        readonly action: 'Upload the report as an HTML page in the workflow artifact countersign-watch-report.';
    };
    readonly stateArtifact: {
        readonly form: {
            readonly type: 'text';
        };
        readonly default: 'countersign-watch-state';
        readonly action: 'Name of the workflow artifact that keeps the state between runs. Two watches of a workflow need different names.';
    };
    readonly maxOutage: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly default: '6';
        readonly action: 'Hours without a complete run after which an incomplete run fails the job. Until then, an outage is a warning. Findings always fail the job.';
    };
    readonly testDelivery: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly action: 'Send a report that is marked as a test through each delivery, instead of watching. No log is read.';
    };
    readonly log: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'URLs of the logs to watch, one per line. By default all logs of the trusted root.';
    };
    readonly bundle: {
        readonly form: {
            readonly type: 'paths';
        };
        readonly action: 'Paths of files with bundles, one per line. Their checkpoints and promises are compared with the logs.';
    };
    readonly witness: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly action: 'Monitoring URLs of witnesses, one per line. Their checkpoints are compared with the logs.';
    };
    readonly witnessPolicy: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: "Policy file (C2SP tlog-policy) with the witnesses that must have cosigned each checkpoint.";
    };
    readonly from: {
        readonly form: {
            readonly type: 'text';
        };
        readonly default: "head";
        readonly action: "First entry to read of a log that is audited for the first time: head (only new entries), start, or an index.";
    };
    readonly maxEntries: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly default: '2000000';
        readonly action: 'Maximum number of entries to read in a run. The next run continues there.';
    };
    readonly maxMinutes: {
        readonly form: {
            readonly type: 'count';
            readonly max: number;
        };
        readonly default: '20';
        readonly action: 'Time in minutes after which a run reads no more entries. The next run continues there.';
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
        readonly default: "public-good";
        readonly action: "Sigstore instance: public-good, github (no public log), staging, custom (needs a trusted root or TUF repository) or sandbox (a local one for testing, which needs a trusted root).";
    };
    readonly trustedRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: "Path of a trusted root (JSON) to use instead of the trusted root of the instance. countersign trusted-root prints one.";
    };
    readonly tufUrl: {
        readonly form: {
            readonly type: 'text';
        };
        readonly action: "URL of the TUF repository of a custom instance.";
    };
    readonly tufRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly action: "Path of the initial root metadata of the TUF repository.";
    };
    readonly retryBudget: {
        readonly form: {
            readonly type: 'duration';
        };
        readonly default: '5m';
        readonly action: "Total time to wait for unavailable services, such as 90s, 5m or 1h. 0 disables waiting.";
    };
};
