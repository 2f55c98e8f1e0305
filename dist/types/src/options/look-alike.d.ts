/** The options of `countersign look-alike`. */
export declare const lookAlikeRows: {
    readonly target: {
        readonly form: {
            readonly type: 'list';
            readonly separator: RegExp;
        };
        readonly about: 'Protected name (required, repeatable).';
        readonly flags: '--target <name>';
    };
    readonly kind: {
        readonly form: {
            readonly type: 'choice';
            readonly values: {
                readonly owner: 'owner';
                readonly repo: 'repo';
                readonly workflow: 'workflow';
                readonly email: 'email';
                readonly domain: 'domain';
                readonly package: 'package';
            };
        };
        readonly about: 'Kind of the names: owner, repo, workflow, email, domain or package (required).';
        readonly flags: '--kind <kind>';
    };
    readonly json: {
        readonly form: {
            readonly type: 'switch';
        };
        readonly about: 'Print one JSON object per candidate and line.';
        readonly flags: '--json';
    };
};
