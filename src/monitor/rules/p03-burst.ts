import type { EntryRule, Verdict } from './rule.ts';
import { attemptValue, repositoryScope } from './scopes.ts';
import { day, ownSigners, repositoryName, signedAt } from './signer.ts';
import { firstVerdict, observed } from './verdicts.ts';

/** As many signatures in a run are never a burst. */
const usual = 20;
const factor = 5;
const window = 30 * day;

/** Counts the signatures of a run. */
export const burst: EntryRule = {
  about: 'entries',
  id: 'P03',
  name: 'burst',
  version: 1,
  severity: 'note',
  reason: 'Worms that spread through release workflows sign everything that they can publish, in minutes.',
  condition:
    'After 30 days or 200 entries, a run of an own repository makes more than 20 signatures, and more than 5 times the median of its runs of the last 30 days. Observed once for each run.',
  falseAlarms: 'The first release of all packages of a monorepo, and new matrices.',
  needs: [],
  learns: true,
  check: (entry, context) =>
    firstVerdict(ownSigners(entry, context), ({ signer }): Verdict | undefined => {
      const scope = repositoryScope(signer);
      const run = attemptValue(signer);
      const time = signedAt(entry, signer);
      const { history } = context;
      if (entry.type !== 'signature' || !history.isLearned(scope, time)) return undefined;
      const runs = history.values('run-sizes', scope);
      const sizes = runs.filter(({ value, at }) => value !== run && time.getTime() - at.getTime() <= window);
      const typical = median(sizes.map(({ count }) => count));
      const limit = Math.max(usual, factor * typical);
      const before = runs.find(({ value }) => value === run)?.count ?? 0;
      // The entry that exceeds the limit; the following ones say the same.
      if (before > limit || before + 1 <= limit) return undefined;
      return observed({
        title: `a run of ${repositoryName(signer)} has made more than ${limit} signatures`,
        reason: `A run of the last 30 days made ${typical} signatures, as the median of ${sizes.length} runs.`,
        remedy: 'Check the run, and the artifacts that it published.',
      });
    }),
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
