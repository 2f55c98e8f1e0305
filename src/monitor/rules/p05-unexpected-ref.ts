import { matchesGlob } from '../watch-policy/index.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { refValue, repositoryScope } from './scopes.ts';
import { type OwnRepository, ownSigners, repositoryName, signedAt } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { WatchedEntry } from './watched-entry.ts';

/** Checks the branch or tag that was built. */
export const unexpectedRef: EntryRule = {
  about: 'entries',
  id: 'P05',
  name: 'unexpected-ref',
  version: 1,
  severity: 'alert',
  reason: 'An attacker without access to protected branches and tags signs on a branch of their own.',
  condition:
    'The ref of an own repository matches none of the expected `refs`. A branch of the merge queue counts as the branch that it leads to. Without expectations, a note if the branch, or any tag, was not signed in the first 30 days or 200 entries.',
  falseAlarms: 'New release branches, until the policy names them; without expectations, once each.',
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRef(entry, own, context)),
};

/** Returns the branch that a branch of the merge queue leads to; other refs unchanged. */
export function queuedFor(ref: string): string {
  const [, branch] = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{40}$/.exec(ref) ?? [];
  return branch === undefined ? ref : `refs/heads/${branch}`;
}

/** Reports whether a ref matches one of the globs of a policy. */
export function matchesRef(globs: readonly string[], ref: string): boolean {
  return globs.some((glob) => matchesGlob(glob, ref));
}

function checkRef(
  entry: WatchedEntry,
  { signer, watched }: OwnRepository,
  { history }: RuleContext,
): Verdict | undefined {
  const { sourceRepositoryRef: certified } = signer.claims;
  const expected = watched?.expected.refs ?? [];
  const repository = repositoryName(signer);
  if (expected.length > 0) {
    if (certified !== undefined && matchesRef(expected, queuedFor(certified))) return undefined;
    return observed({
      title:
        certified === undefined
          ? `a certificate of ${repository} states no ref`
          : `${certified} of ${repository} is not expected to be signed`,
      reason: `The policy expects signatures of ${expected.join(', ')}.`,
      remedy: 'Find out who pushed the ref. If it may be signed, add it to `refs` in the policy.',
    });
  }
  const scope = repositoryScope(signer);
  if (certified === undefined || !history.isLearned(scope, signedAt(entry, signer))) return undefined;
  const ref = refValue(queuedFor(certified));
  const earlier = history.values('refs', scope);
  if (earlier.some(({ value }) => value === ref)) return undefined;
  return observed({
    severity: 'note',
    title: `${certified} of ${repository} is signed for the first time`,
    reason: `The watch has learned the refs that are signed: ${earlier.map(({ value }) => value).join(', ') || 'none'}.`,
    remedy: 'Check who pushed the ref. To be alerted of others, list the expected ones under `refs` in the policy.',
  });
}
