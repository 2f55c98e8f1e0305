/** The names that `--identity-provider` accepts. */
export const providerNames = [
  'github',
  'gitlab',
  'buildkite',
  'circleci',
  'google',
  'forgejo',
  'kubernetes',
  'spiffe',
  'login',
  'file',
  'environment',
] as const;

export type ProviderName = (typeof providerNames)[number];
