/** The names that `--identity-provider` accepts. */
export declare const providerNames: readonly ['github', 'gitlab', 'buildkite', 'circleci', 'google', 'forgejo', 'kubernetes', 'spiffe', 'login', 'file', 'environment'];
export type ProviderName = (typeof providerNames)[number];
