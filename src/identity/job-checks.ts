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
  fail('TRIGGER_REFUSED', `this job was started by ${event}, with which strangers can start it`, {
    remedy:
      'Sign in a workflow of its own, started by a push, a tag or a release; or set `allow-dangerous-triggers: true`.',
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
    `this repository is ${visibility}; a public log would show for ever:\n${listed.join('\n')}`,
    {
      remedy:
        'Set `public-log: allow` if that may be, or use an instance without a public log (`instance: github` or `custom`).',
    },
  );
}
