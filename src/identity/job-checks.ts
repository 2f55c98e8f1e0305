/** Decides from a token's claims whether a job of GitHub Actions may sign. */

import { fail } from '../core/errors/index.ts';
import { type TokenClaims, textClaim } from './token-claims.ts';

/** Events that run a workflow of the base repository on input from strangers. */
const dangerousTriggers: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);

/**
 * Refuses to sign in a job that strangers can start with their own input. Malicious packages have got valid provenance that way.
 *
 * @throws CountersignError `TRIGGER_REFUSED`
 */
export function checkTrigger(claims: TokenClaims, allowed: boolean): void {
  const event = textClaim(claims, 'event_name');
  if (allowed || event === undefined || !dangerousTriggers.has(event)) return;
  fail('TRIGGER_REFUSED', `this job was triggered by ${event}, which anyone can trigger`, {
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

/** The claims that a Fulcio certificate contains, and a public log then keeps permanently. */
const publishedClaims = [
  'repository',
  'repository_owner',
  'workflow_ref',
  'job_workflow_ref',
  'ref',
  'sha',
  'event_name',
  'run_id',
  'environment',
  'sub',
] as const;

/**
 * Refuses to publish the details of a repository that is not public.
 *
 * @throws CountersignError `PUBLIC_LOG_REFUSED`, listing what would become public
 */
export function checkPrivacy(claims: TokenClaims, allowed: boolean): void {
  const visibility = textClaim(claims, 'repository_visibility');
  if (allowed || visibility === undefined || visibility === 'public') return;
  const listed = publishedClaims.flatMap((name) => {
    const value = textClaim(claims, name);
    return value === undefined ? [] : [`  ${name}: ${value}`];
  });
  fail(
    'PUBLIC_LOG_REFUSED',
    `this repository is ${visibility}, and signing would permanently publish these claims in a public log:\n${listed.join('\n')}`,
    {
      remedy:
        'To publish them, set `public-log: allow`. Otherwise use an instance without a public log, such as `instance: github` or `instance: custom`.',
    },
  );
}
