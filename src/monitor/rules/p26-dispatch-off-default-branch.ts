import { matchesRef } from './p05-unexpected-ref.ts';
import type { EntryRule, Verdict } from './rule.ts';
import { isGitHubJob, ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Notices runs that a person started on a branch. */
export const dispatchOffDefaultBranch: EntryRule = {
  about: 'entries',
  id: 'P26',
  name: 'dispatch-off-default-branch',
  version: 1,
  severity: 'note',
  reason:
    'Anyone with write access can start a release workflow by hand on a branch of their own, where the workflow may be changed.',
  condition:
    'The trigger is `workflow_dispatch`, and the ref is neither a tag nor the default branch of an own repository, nor one of the expected `refs`.',
  falseAlarms: 'Urgent fixes on a branch.',
  needs: ['repository'],
  learns: false,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer, watched }): Verdict | undefined => {
      const { buildTrigger, sourceRepositoryRef: ref } = signer.claims;
      if (!isGitHubJob(signer, context.policy) || buildTrigger !== 'workflow_dispatch' || ref === undefined)
        return undefined;
      if (ref.startsWith('refs/tags/') || matchesRef(watched?.expected.refs ?? [], ref)) return undefined;
      const { repository } = context.factsOf(signer);
      const name = repositoryName(signer);
      if (repository.kind !== 'known') {
        const reason = repository.kind === 'unknown' ? repository.reason : 'GitHub does not show the repository';
        return { kind: 'undecided', reason: `the default branch of ${name} is not known: ${reason}` };
      }
      if (ref === `refs/heads/${repository.value.defaultBranch}`) return undefined;
      return observed({
        title: `${name} signed in a run that was started by hand on ${ref}`,
        reason: `The default branch is ${repository.value.defaultBranch}. A branch may contain another version of the workflow.`,
        remedy: 'Check who started the run, and the changes of the branch.',
      });
    }),
};
