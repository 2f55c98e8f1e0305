import { matchesRef } from './p05-unexpected-ref.ts';
import type { EntryRule, Verdict } from './rule.ts';
import { tagScope } from './scopes.ts';
import { ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Compares the commit of a tag with that of its earlier signatures. */
export const movedTag: EntryRule = {
  about: 'entries',
  id: 'P25',
  name: 'moved-tag',
  version: 1,
  severity: 'alert',
  reason:
    'Attackers have moved existing tags of actions to malicious commits, which everyone who uses the tags then runs.',
  condition:
    'A tag of an own repository that was signed before is signed with another commit, and is not one of the `moving-tags`. Observed once for each commit.',
  falseAlarms:
    'Tags that are moved on purpose, such as `v1`: name them under `moving-tags`. Releases that are made again.',
  needs: [],
  learns: false,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer, watched }): Verdict | undefined => {
      const { sourceRepositoryRef: ref = '', sourceRepositoryDigest: commit } = signer.claims;
      const scope = tagScope(signer);
      if (commit === undefined) return undefined;
      if (matchesRef(watched?.expected.movingTags ?? [], ref)) return undefined;
      const earlier = context.history.values('commits-of-tag', scope);
      const last = earlier.at(-1);
      if (last === undefined || earlier.some(({ value }) => value === commit)) return undefined;
      return observed({
        title: `${ref} of ${repositoryName(signer)} was moved`,
        reason: `The tag was signed with the commit ${last.value} on ${last.at.toISOString()}, and is now signed with ${commit}.`,
        remedy: 'Find out who moved the tag, and compare the commits.',
      });
    }),
};
