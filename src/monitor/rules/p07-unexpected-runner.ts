import type { EntryRule, Verdict } from './rule.ts';
import { ownSigners, repositoryName } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Checks the machine that the job ran on. */
export const unexpectedRunner: EntryRule = {
  about: 'entries',
  id: 'P07',
  name: 'unexpected-runner',
  version: 1,
  severity: 'alert',
  reason:
    'A self-hosted runner keeps what earlier jobs left on it. An attacker who registers one runs release jobs on a machine of their own.',
  condition:
    'The runner of an own repository is not one of the expected `runners`: `github-hosted` or `self-hosted`. Without these, runners are not checked.',
  falseAlarms: 'Fleets of both kinds. Name both under `runners`.',
  needs: [],
  learns: false,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer, watched }): Verdict | undefined => {
      const expected = watched?.expected.runners ?? [];
      const { runnerEnvironment: runner } = signer.claims;
      if (expected.length === 0 || (runner !== undefined && expected.includes(runner))) return undefined;
      return observed({
        title:
          runner === undefined
            ? `a certificate of ${repositoryName(signer)} states no runner`
            : `${repositoryName(signer)} signed on a ${runner} runner`,
        reason: `The policy expects signatures from runners that are ${expected.join(' or ')}.`,
        remedy: 'Check which runners are registered for the repository and its organization.',
      });
    }),
};
