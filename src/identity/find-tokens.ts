/** Finds the provider of identity tokens: the one that the caller named, or the only one that has a token here. */

import { fail } from '../core/errors/index.ts';
import { shownUrl } from '../core/trust/index.ts';
import type { Secret } from '../node/index.ts';
import { inCi } from './ci.ts';
import { type IdentityToken, readIdentityToken } from './identity-token.ts';
import { buildkiteTokens } from './providers/buildkite.ts';
import { circleciTokens } from './providers/circleci.ts';
import { environmentTokens } from './providers/environment.ts';
import { fileTokens } from './providers/file.ts';
import { forgejoTokens, inForgejo } from './providers/forgejo.ts';
import { githubTokens } from './providers/github-actions.ts';
import { gitlabTokens } from './providers/gitlab.ts';
import { googleTokens } from './providers/google.ts';
import { kubernetesTokens } from './providers/kubernetes.ts';
import { loginTokens } from './providers/login.ts';
import type { Environment, ProviderWorld, TokenProvider, TokenSettings } from './providers/provider.ts';
import { spiffeTokens } from './providers/spiffe.ts';

const providers: readonly TokenProvider[] = [
  fileTokens,
  environmentTokens,
  githubTokens,
  gitlabTokens,
  buildkiteTokens,
  circleciTokens,
  googleTokens,
  forgejoTokens,
  kubernetesTokens,
  spiffeTokens,
  loginTokens,
];

/** The provider whose token is used. */
export interface FoundTokens {
  /** The name of the provider in messages; `undefined` if there is none. */
  readonly title: string | undefined;
  /** True if the environment decided, rather than an option. */
  readonly isDetected: boolean;
  /** True if a request can wait forever: a signal must be able to end the program meanwhile. */
  readonly mayHang: boolean;
  /** Requests a token. */
  readonly request: () => Promise<Secret>;
  /**
   * Parses a token, and demands that it is one of this provider.
   *
   * @param serverUrl the server of workflows: `https://github.com`, except on GitHub Enterprise Server
   * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED`
   */
  readonly read: (token: Secret, now: Date, serverUrl: string) => IdentityToken;
}

/**
 * Finds the provider. An option decides: `identity-provider`, or `identity-token` with a file. Otherwise exactly one provider must have a
 * token, so that the environment cannot replace one identity by another without notice. If none has one, a person may log in.
 *
 * @throws CountersignError `USAGE` for two candidates, or for options that contradict each other. Where no provider has a token, the
 *   request throws `TOKEN_INVALID` or `TOKEN_PERMISSION_MISSING`.
 */
export async function findTokens(settings: TokenSettings, world: ProviderWorld): Promise<FoundTokens> {
  const named = namedProvider(settings);
  if (named !== undefined) return found(named, false, settings, world);
  const states = await Promise.all(
    providers.map(async (provider) => ({ provider, state: await provider.detect(settings, world) })),
  );
  const inState = (wanted: string): readonly TokenProvider[] =>
    states.filter(({ state }) => state === wanted).map(({ provider }) => provider);
  const [ready, ...others] = inState('ready');
  if (ready !== undefined && others.length > 0) ambiguous([ready, ...others]);
  const chosen = ready ?? inState('without a token')[0];
  if (chosen !== undefined) return found(chosen, true, settings, world);
  // In a CI job, nobody could finish the login.
  const mayLogIn = settings.login !== undefined && !inCi(settings.environment);
  return mayLogIn ? found(loginTokens, false, settings, world) : nothing;
}

/** Returns the provider of a job that has the variables of GitHub Actions: GitHub, or Forgejo. */
export function jobTokens(environment: Environment, world: ProviderWorld): FoundTokens {
  const provider = inForgejo(environment) ? forgejoTokens : githubTokens;
  return found(provider, true, { file: undefined, environment }, world);
}

/** Returns the provider that options name. */
function namedProvider({ provider: name, file }: TokenSettings): TokenProvider | undefined {
  if (name === undefined) return file === undefined ? undefined : fileTokens;
  const provider = providers.find((one) => one.name === name);
  if (file !== undefined && !readsFile.has(name))
    fail('USAGE', `\`identity-provider: ${name}\` and \`identity-token\` contradict each other`, {
      remedy: 'Omit one of them.',
    });
  return provider;
}

/** The providers that read the file of `identity-token`. */
const readsFile: ReadonlySet<string> = new Set(['file', 'kubernetes', 'spiffe']);

function ambiguous(candidates: readonly TokenProvider[]): never {
  const [last, ...others] = candidates.map(({ title }) => title).reverse();
  return fail('USAGE', `there are identity tokens of ${others.reverse().join(', ')} and ${last}`, {
    remedy: `Choose one with ${candidates.map(({ name }) => `\`identity-provider: ${name}\``).join(' or ')}.`,
  });
}

const nothing: FoundTokens = {
  title: undefined,
  isDetected: true,
  mayHang: false,
  read: (token, now, serverUrl) => readIdentityToken(token.reveal(), now, serverUrl),
  request: async () =>
    fail('TOKEN_INVALID', 'no identity token found', {
      remedy:
        'Set `identity-token` to a file with an OIDC token, set SIGSTORE_ID_TOKEN, or run in a CI job that can request identity tokens.',
    }),
};

function found(
  provider: TokenProvider,
  isDetected: boolean,
  settings: TokenSettings,
  world: ProviderWorld,
): FoundTokens {
  const { title, mayHang = false } = provider;
  const expected = provider.issuer?.(settings.environment);
  return {
    title,
    isDetected,
    mayHang,
    request: provider.open(settings, world),
    read(secret, now, serverUrl) {
      const token = readIdentityToken(secret.reveal(), now, serverUrl, provider.audience?.(settings));
      demandProvided(token, provider, expected);
      return token;
    },
  };
}

/** Demands that a token is of the provider's kind, and of the issuer that the environment names. */
function demandProvided(
  { kind, issuer }: IdentityToken,
  { kinds, title }: TokenProvider,
  expected: string | undefined,
): void {
  if (kinds?.includes('email') && kind.name === 'username')
    fail('TOKEN_INVALID', `the identity token of ${title} has no email address`, {
      remedy: 'Request a token that contains the claim email (scope `openid email`).',
    });
  if (kinds !== undefined && !kinds.includes(kind.name))
    fail(
      'TOKEN_INVALID',
      `the identity token is that of ${kind.holder}, issued by ${shownUrl(issuer)}, not of ${title}`,
      {
        remedy: 'Specify the provider of this token with `identity-provider`, or the token with `identity-token`.',
      },
    );
  if (expected === undefined || withoutSlash(expected) === withoutSlash(issuer)) return;
  fail('TOKEN_INVALID', `the identity token was issued by ${shownUrl(issuer)}, not by ${shownUrl(expected)}`, {
    remedy: 'Use a token of this job. To use another token, specify it with `identity-token`.',
  });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
