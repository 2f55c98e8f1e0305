/** The options of `countersign tree`. */
export declare const treeRows: {
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
    readonly recursive: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Also show each image of a multi-platform index, and the attestation manifests in it.';
        readonly flags: '-r, --recursive';
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
