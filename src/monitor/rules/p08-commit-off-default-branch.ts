import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { isGitHubJob, type OwnRepository, ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Compares the commit with the default branch. */
export const commitOffDefaultBranch: EntryRule = {
  about: 'entries',
  id: 'P08',
  name: 'commit-off-default-branch',
  version: 1,
  severity: 'note',
  reason: 'A tag can be put on a commit that was never reviewed. The default branch does not contain it.',
  condition:
    'The default branch does not contain the commit of a signature for a tag of an own repository. An alert if the signature is for the default branch itself. Other branches are left to P05.',
  falseAlarms:
    'Release commits that are only on the tag, as for actions that are bundled, and tags of release branches. A default branch that was force-pushed.',
  needs: ['commit', 'repository'],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkCommit(own, context)),
};

function checkCommit({ signer }: OwnRepository, { factsOf, policy }: RuleContext): Verdict | undefined {
  const { sourceRepositoryRef: ref = '', sourceRepositoryDigest: commit } = signer.claims;
  const isTag = ref.startsWith('refs/tags/');
  if (!isGitHubJob(signer, policy) || commit === undefined || !(isTag || ref.startsWith('refs/heads/')))
    return undefined;
  const { repository, commit: relation } = factsOf(signer);
  if (!isTag) {
    if (repository.kind !== 'known')
      return { kind: 'undecided', reason: `the default branch of ${repositoryName(signer)} is not known` };
    if (ref !== `refs/heads/${repository.value.defaultBranch}`) return undefined;
  }
  switch (relation.kind) {
    case 'unknown':
      return { kind: 'undecided', reason: `the commit ${commit} cannot be compared: ${relation.reason}` };
    case 'absent':
      // GitHub answers in the same way for a repository that the token may not see.
      if (repository.kind !== 'known')
        return { kind: 'undecided', reason: `GitHub shows neither ${repositoryName(signer)} nor its commit ${commit}` };
      break;
    case 'known':
      if (relation.value === 'behind' || relation.value === 'identical') return undefined;
  }
  return observed({
    severity: isTag ? 'note' : 'alert',
    title: `the commit of ${ref} of ${repositoryName(signer)} is not on the default branch`,
    reason:
      relation.kind === 'absent'
        ? `The repository does not have the commit ${commit}, which was signed.`
        : `The default branch does not contain the commit ${commit}, which was signed.`,
    remedy: isTag
      ? 'Check who pushed the tag, and the changes of its commit. If releases are made so, turn P08 off or acknowledge it for the repository.'
      : 'Find out who replaced the commits of the default branch.',
  });
}
