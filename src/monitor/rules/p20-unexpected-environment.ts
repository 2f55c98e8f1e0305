import type { EntryRule, Verdict } from './rule.ts';
import { ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Checks the deployment environment of the job. */
export const unexpectedEnvironment: EntryRule = {
  about: 'entries',
  id: 'P20',
  name: 'unexpected-environment',
  version: 1,
  severity: 'alert',
  reason: 'Environments have reviewers and branch rules. A job outside of the environment signs without them.',
  condition:
    'The deployment environment of an own repository is missing, or not one of the expected `environments`. Without these, environments are not checked.',
  falseAlarms: 'Signing jobs that do not need an environment, in a repository for which the policy expects one.',
  needs: [],
  learns: false,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer, watched }): Verdict | undefined => {
      const expected = watched?.expected.environments ?? [];
      const { deploymentEnvironment: environment } = signer.claims;
      if (expected.length === 0 || (environment !== undefined && expected.includes(environment))) return undefined;
      const found = environment === undefined ? 'outside of any environment' : `in the environment ${environment}`;
      return observed({
        title: `${repositoryName(signer)} signed ${found}`,
        reason: `The policy expects signatures from ${expected.join(', ')}.`,
        remedy: 'Check who changed the workflow or the environment.',
      });
    }),
};
