/** The options of `countersign reissue`, except those of the policy for old signatures. */
export declare const reissueRows: {
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
    readonly list: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'File with old signatures, one per line: the path of a bundle, of a file with a bundle next to it, a digest and a bundle, or JSON.';
        readonly flags: '--list <path>';
        readonly once: true;
    };
    readonly manifest: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Manifest of a signing run, whose bundles are issued again.';
        readonly flags: '--manifest <path>';
        readonly once: true;
    };
    readonly folder: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder with bundles (*.sigstore.json, *.sigstore). Subfolders are searched too.';
        readonly flags: '--folder <path>';
        readonly once: true;
    };
    readonly image: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Image in a registry, or a whole repository of images, whose signatures are issued again. Those of each platform are too. The new bundles are attached to the same images.';
        readonly flags: '--image <image>';
    };
    readonly releases: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Repository at GitHub (owner/name). The bundles in its releases are issued again. The token is $GITHUB_TOKEN.';
        readonly flags: '--releases <owner/name>';
        readonly once: true;
    };
    readonly immutableFolder: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Folder for the new bundles of immutable releases, whose assets cannot be replaced (default: they fail).';
        readonly flags: '--immutable-folder <path>';
        readonly once: true;
    };
    readonly upgrade: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Convert the signatures to bundles of version 0.3 without signing.';
        readonly flags: '--upgrade';
    };
    readonly signedBefore: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Issue only signatures that are proven to have existed before this time, such as 2026-11-01T12:00:00Z.';
        readonly flags: '--signed-before <time>';
        readonly once: true;
    };
    readonly withoutLog: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Compromised transparency log or certificate log: its URL, or the SHA-256 digest of its key. Its evidence does not count.';
        readonly flags: '--without-log <log>';
    };
    readonly withoutAuthority: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Compromised certificate authority or timestamp authority: its URI, or the SHA-256 digest of a certificate or key. Its evidence does not count.';
        readonly flags: '--without-authority <authority>';
    };
    readonly withoutKey: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Compromised key (sha256:…). What it signed is not issued again.';
        readonly flags: '--without-key <digest>';
    };
    readonly oldTrustedRoot: {
        readonly form: {
            readonly type: 'path';
        };
        readonly about: 'Path of the trusted root for the old signatures (default: the one for the new signatures).';
        readonly flags: '--old-trusted-root <path>';
        readonly once: true;
    };
    readonly reason: {
        readonly form: {
            readonly type: 'text';
        };
        readonly about: 'Reason for the new signatures. It is signed with them.';
        readonly flags: '--reason <text>';
        readonly once: true;
    };
    readonly state: {
        readonly form: {
            readonly type: 'path';
        };
        readonly default: 'countersign-reissue';
        readonly about: 'Folder for the journal, the old bundles and the statements that link old and new ones. A run with it continues.';
        readonly flags: '--state <folder>';
    };
    readonly dryRun: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Verify the old signatures and print what would be done. Nothing is signed or written.';
        readonly flags: '--dry-run';
    };
    readonly yes: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Sign without asking. Required where there is no terminal.';
        readonly flags: '-y, --yes';
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
