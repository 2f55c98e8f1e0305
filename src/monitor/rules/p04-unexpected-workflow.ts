import type { EntryRule, RuleContext, Verdict } from './rule.ts';
import { repositoryScope } from './scopes.ts';
import { type OwnRepository, ownSigners, repositoryName, sameName, signedAt, workflowOf } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';
import type { WatchedEntry } from './watched-entry.ts';

/** Checks the workflow file that a signature is from. */
export const unexpectedWorkflow: EntryRule = {
  about: 'entries',
  id: 'P04',
  name: 'unexpected-workflow',
  version: 1,
  severity: 'alert',
  reason:
    'An attacker who can push a branch or a pull request adds a workflow, or signs in one that never signed before.',
  condition:
    'The workflow of an own repository is not one of the expected `workflows`. Without these, a note if the workflow has not signed in the first 30 days or 200 entries.',
  falseAlarms: 'New workflows, until the policy names them; without expectations, once each.',
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkWorkflow(entry, own, context)),
};

function checkWorkflow(
  entry: WatchedEntry,
  { signer, watched }: OwnRepository,
  { history }: RuleContext,
): Verdict | undefined {
  const workflow = workflowOf(signer);
  const expected = watched?.expected.workflows ?? [];
  if (workflow === undefined) {
    if (expected.length === 0) return undefined;
    return observed({
      title: `a certificate of ${repositoryName(signer)} states no workflow`,
      reason: `The policy expects signatures from ${expected.join(', ')}.`,
      remedy: 'Find out how the certificate was issued.',
    });
  }
  const { repository, path } = workflow;
  if (expected.length > 0) {
    const source = repositoryName(signer);
    const isExpected = expected.some((one) =>
      one.includes('/.github/')
        ? one.toLowerCase() === `${repository}/${path}`.toLowerCase()
        : sameName(repository, source) && path === workflowFile(one),
    );
    if (isExpected) return undefined;
    return observed({
      title: `the workflow ${path} of ${repository} is not expected to sign`,
      reason: `The policy expects signatures of ${source} from ${expected.join(', ')}.`,
      remedy: 'Find out who added the workflow. If it may sign, add it to `workflows` in the policy.',
    });
  }
  const scope = repositoryScope(signer);
  if (!history.isLearned(scope, signedAt(entry, signer))) return undefined;
  const earlier = history.values('workflows', scope);
  if (earlier.some(({ value }) => value === `${repository}/${path}`.toLowerCase())) return undefined;
  return observed({
    severity: 'note',
    title: `the workflow ${path} of ${repository} signs for the first time`,
    reason: `The watch has learned the workflows that sign for ${repositoryName(signer)}: ${earlier.map(({ value }) => value).join(', ') || 'none'}.`,
    remedy:
      'Check who added the workflow. To be alerted of others, list the expected ones under `workflows` in the policy.',
  });
}

/** Returns the path of a workflow that the policy names by its file. */
function workflowFile(name: string): string {
  return name.startsWith('.github/') ? name : `.github/workflows/${name}`;
}
