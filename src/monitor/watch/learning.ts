/** States which rules still learn. */

import { type CertifiedSigner, type EntryRule, type History, nameScope, repositoryScope } from '../rules/index.ts';
import type { WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';
import { settingOf } from './judge.ts';
import { listed } from './listed.ts';

/** Returns a sentence, without its full stop, about the repositories of which rules have not learned enough. */
export function learning(
  rules: readonly EntryRule[],
  policy: WatchPolicy,
  history: History,
  now: Date,
): readonly string[] {
  const ids = rules.filter((rule) => rule.learns && settingOf(rule, policy) !== 'off').map(({ id }) => id);
  const names = policy.repositories.filter((one) => !isLearned(one, policy, history, now)).map(({ name }) => name);
  if (ids.length === 0 || names.length === 0) return [];
  const what = ids.length === 1 ? `rule ${ids[0]} still learns` : `rules ${listed(ids)} still learn`;
  return [`${what}, for 30 days or 200 entries of a repository: ${names.join(', ')}`];
}

function isLearned({ id, name }: WatchedRepository, { host }: WatchPolicy, history: History, now: Date): boolean {
  const sourceRepositoryUri = `https://${host}/${name}`;
  const named = { sourceRepositoryUri };
  // The id that the policy does not state is the one that was seen last.
  const known =
    id ??
    history
      .values('ids-of-repository', nameScope(signerOf(named)))
      .at(-1)
      ?.value.split('/')[0];
  const scope = repositoryScope(signerOf(known ? { ...named, sourceRepositoryIdentifier: known } : named));
  return history.isLearned(scope, now);
}

/** Returns a signer of a repository: the scopes of the history are made from signers. */
function signerOf(claims: CertifiedSigner['claims']): CertifiedSigner {
  const none = { keyHash: undefined, certificateHash: undefined, tbsHash: undefined };
  return { kind: 'certificate', names: [], claims, ...none, notBefore: undefined, notAfter: undefined };
}
