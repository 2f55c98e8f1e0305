import type { EntryRule, Verdict } from './rule.ts';
import { type OwnRepository, ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** The events that people without write access can cause, for workflows that may still obtain an identity token. */
const outsiderTriggers: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'watch',
]);

/** Reports whether outsiders can cause the event. */
export function isOutsiderTrigger(trigger: string | undefined): boolean {
  return outsiderTriggers.has(trigger ?? '');
}

/** Checks the event that started the run. */
export const dangerousTrigger: EntryRule = {
  about: 'entries',
  id: 'P06',
  name: 'dangerous-trigger',
  version: 1,
  severity: 'alert',
  reason:
    'Workflows that anyone can start, with a comment or a pull request, run with the rights of the repository. Several attacks began with one.',
  condition:
    'The trigger of an own repository is not one of the expected `triggers`. Without these, it is one that outsiders can cause: `pull_request_target`, `workflow_run`, `issue_comment`, `issues`, `discussion` and similar events.',
  falseAlarms: 'Release pipelines on `workflow_run`. Name the trigger under `triggers` in the policy.',
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), checkTrigger),
};

function checkTrigger({ signer, watched }: OwnRepository): Verdict | undefined {
  const { buildTrigger: trigger } = signer.claims;
  const expected = watched?.expected.triggers ?? [];
  const repository = repositoryName(signer);
  if (expected.length > 0) {
    if (trigger !== undefined && expected.includes(trigger)) return undefined;
    return observed({
      title:
        trigger === undefined
          ? `a certificate of ${repository} states no trigger`
          : `a run of ${repository} that signed was started by ${trigger}`,
      reason: `The policy expects runs that are started by ${expected.join(', ')}.`,
      remedy: 'Find out who started the run. If the event may lead to a signature, add it to `triggers` in the policy.',
    });
  }
  if (!isOutsiderTrigger(trigger)) return undefined;
  return observed({
    title: `a run of ${repository} that signed was started by ${trigger}, which outsiders can cause`,
    reason: `A run on ${trigger} can be started by people without write access, and has the rights of the repository.`,
    remedy:
      'Find out who started the run. If this is your release pipeline, add the event to `triggers` in the policy.',
  });
}
