import { matchesRef } from './p05-unexpected-ref.ts';
import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { releaseScope, runValue } from './scopes.ts';
import { digestText, type OwnRepository, ownSigners, repositoryName, workflowOf } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { WatchedEntry } from './watched-entry.ts';

/** Notices releases that two runs sign. */
export const signedTwice: EntryRule = {
  about: 'entries',
  id: 'P28',
  name: 'signed-twice',
  version: 1,
  severity: 'note',
  reason: 'A second run for a tag can replace released artifacts by others, under the same name.',
  condition:
    'A run of an own repository signs for a tag, with the same workflow as an earlier run and other digests. Observed once for each run. `moving-tags` are left out.',
  falseAlarms: 'Releases that are made again. Attestations, whose digest differs for each run.',
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRelease(entry, own, context)),
};

function checkRelease(
  entry: WatchedEntry,
  { signer, watched }: OwnRepository,
  { history }: RuleContext,
): Verdict | undefined {
  const { sourceRepositoryRef: ref = '' } = signer.claims;
  const scope = releaseScope(signer);
  const run = runValue(signer);
  if (entry.type !== 'signature' || run === undefined) return undefined;
  if (matchesRef(watched?.expected.movingTags ?? [], ref)) return undefined;
  const earlier = history.values('runs-of-tag', scope);
  const last = earlier.at(-1);
  if (last === undefined || earlier.some(({ value }) => value === run)) return undefined;
  const digests = history.values('digests-of-tag', scope);
  if (entry.digests.some((digest) => digests.some(({ value }) => value === digestText(digest)))) return undefined;
  return observed({
    title: `${ref} of ${repositoryName(signer)} was signed again by another run`,
    reason: `The workflow ${workflowOf(signer)?.path ?? ''} signed the tag in run ${last.value} before, and now in run ${run}, over other digests.`,
    remedy: 'Check whether the release was made again on purpose.',
  });
}
