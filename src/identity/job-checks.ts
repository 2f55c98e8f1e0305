/** Decides from a token's claims whether a job may sign. */

import { fail } from '../core/errors/index.ts';
import type { IdentityToken } from './identity-token.ts';
import { forgejoServer } from './providers/forgejo.ts';
import { scalarClaim, type TokenClaims } from './token-claims.ts';
import { findKind } from './token-kinds.ts';

/**
 * Refuses to sign in a job that outsiders can start or change.
 *
 * @throws CountersignError `TRIGGER_REFUSED`
 */
export function checkTrigger(claims: TokenClaims, allowed: boolean): void {
  const risk = allowed ? undefined : findKind(claims)?.risk?.(claims);
  if (risk === undefined) return;
  fail('TRIGGER_REFUSED', `this job ${risk}`, {
    remedy:
      'Sign in a separate workflow that is triggered by a push, a tag or a release. To sign anyway, set `allow-dangerous-triggers: true`.',
  });
}

/** The instances that accept jobs of GitHub's own servers alone. */
const githubInstances: Readonly<Record<string, RegExp>> = {
  'public-good': /^github\.com$/,
  staging: /^github\.com$/,
  github: /^github\.com$|\.ghe\.com$/,
};

/**
 * Refuses an instance that certifies no jobs of this server, such as GitHub Enterprise Server, Gitea or Forgejo.
 *
 * @throws CountersignError `USAGE`
 */
export function checkServer(serverUrl: string, instance: string): void {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
  if (githubInstances[instance]?.test(host) !== false) return;
  fail('USAGE', `the Sigstore instance ${instance} does not issue certificates to jobs of ${host}`, {
    remedy:
      'Set `instance: custom` and use a Sigstore instance that accepts identities of this server: set `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`.',
  });
}

/**
 * Refuses an instance that is known not to accept tokens of this issuer, before a certificate is requested. The authority itself says only
 * that there is something wrong with the token.
 *
 * @throws CountersignError `USAGE`
 */
export function checkIssuer({ kind, claims, issuer }: IdentityToken, instance: string): void {
  if (kind.name === 'forgejo') checkServer(forgejoServer(claims), instance);
  // The issuer of an enterprise's own server.
  if (kind.name === 'github' && issuer.endsWith('/_services/token')) checkServer(issuer, instance);
  if (instance !== 'github' || kind.name === 'github') return;
  fail('USAGE', `the Sigstore instance github does not issue certificates to ${kind.holder}`, {
    remedy: 'Use `instance: public-good`, or `instance: custom` with a Sigstore instance of your own.',
  });
}

/**
 * Refuses to publish the details of a repository that is not public.
 *
 * @throws CountersignError `PUBLIC_LOG_REFUSED`, listing what would become public
 */
export function checkPrivacy(claims: TokenClaims, allowed: boolean): void {
  const visibility = findKind(claims)?.visibility?.(claims);
  if (allowed || visibility === undefined || visibility === 'public') return;
  const listed = publishedClaims(claims).map(({ name, value }) => `  ${name}: ${value}`);
  fail(
    'PUBLIC_LOG_REFUSED',
    `this repository is ${visibility}, and signing would permanently publish these claims in a public log:\n${listed.join('\n')}`,
    {
      remedy:
        'To publish them, set `public-log: allow`. Otherwise use an instance without a public log, such as `instance: github` or `instance: custom`.',
    },
  );
}

/** Reports whether this is the token of a job that does not state whether its repository is public. */
export function hidesVisibility({ kind }: Pick<IdentityToken, 'kind'>): boolean {
  return kind.risk !== undefined && kind.visibility === undefined;
}

/** Returns the claims that a certificate for this token shows, and a public log then keeps permanently. */
export function publishedClaims(claims: TokenClaims): readonly { readonly name: string; readonly value: string }[] {
  const names = findKind(claims)?.publishedClaims ?? [];
  return names.flatMap((name) => {
    const value = scalarClaim(claims, name);
    return value === undefined ? [] : [{ name, value }];
  });
}
