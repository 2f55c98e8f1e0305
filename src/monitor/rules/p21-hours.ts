import type { EntryRule, Verdict } from './rule.ts';
import { repositoryScope } from './scopes.ts';
import { ownSigners, repositoryName, signedAt } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** Compares the hour of a signature with those of earlier ones. */
export const hours: EntryRule = {
  about: 'entries',
  id: 'P21',
  name: 'hours',
  version: 1,
  severity: 'off',
  reason: 'Attackers often work while the maintainers sleep.',
  condition:
    'An own repository signs in an hour of the day (UTC) in which, and in the hours next to which, it has not signed in its first 30 days or 200 entries.',
  falseAlarms: 'Contributors in other time zones, and bots. The rule is off unless the policy turns it on.',
  needs: [],
  learns: true,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer }): Verdict | undefined => {
      const scope = repositoryScope(signer);
      const time = signedAt(entry, signer);
      if (!context.history.isLearned(scope, time)) return undefined;
      const hourOfDay = time.getUTCHours();
      const earlier = context.history.values('hours', scope).map(({ value }) => Number(value));
      const isUsual = earlier.some((one) => [0, 1, 23].includes((one - hourOfDay + 24) % 24));
      if (isUsual) return undefined;
      return observed({
        severity: 'note',
        title: `${repositoryName(signer)} signed at an unusual time of the day`,
        reason: `The signature was made at ${time.toISOString()}. The repository has signed in the hours ${earlier.sort((a, b) => a - b).join(', ')} (UTC).`,
        remedy: 'Check who started the run.',
      });
    }),
};
