/** Tests a policy with a part of the logs. */

import { fail } from '../../core/errors/index.ts';
import { type AuditProgress, cosignatureTimes } from '../../monitor/audit/index.ts';
import type { MonitoredLog } from '../../monitor/log/index.ts';
import { logsOf, openReader } from '../../monitor/readers/index.ts';
import { entryRules, Learned } from '../../monitor/rules/index.ts';
import { logId } from '../../monitor/state/index.ts';
import { backTest, type FactSource, type WatchReport } from '../../monitor/watch/index.ts';
import { chosenLogs, type TrustChoice } from '../policy/index.ts';
import type { World } from '../world/index.ts';
import { issuedUnder } from './issued.ts';
import type { LoadedPolicy } from './load-watch-policy.ts';
import { readRange } from './read-range.ts';

export interface BackTestRunRequest {
  readonly policy: LoadedPolicy;
  /** The part of the logs, as people write it. */
  readonly range: string;
  /** The URLs of the logs. All logs if there are none. */
  readonly logs: readonly string[];
}

/**
 * Reports what a policy would have found in a part of the logs. Nothing is stored or delivered.
 *
 * @throws CountersignError `USAGE`; `LIMIT_EXCEEDED` if too many entries concern the policy
 */
export async function runBackTest(
  { policy: loaded, range: text, logs: urls }: BackTestRunRequest,
  roots: readonly TrustChoice[],
  facts: FactSource,
  world: World,
  onProgress: (progress: AuditProgress) => void,
): Promise<WatchReport> {
  const range = readRange(text);
  const choose = chosenLogs(urls, roots);
  const { http, clock } = world;
  const logs = new Map<string, MonitoredLog>();
  const incomplete: string[] = [];
  for (const { trust } of roots) {
    const found = await logsOf(choose(trust), { http });
    for (const log of found.logs) logs.set(logId(log), log);
    for (const { baseUrl, error } of found.unreadable)
      incomplete.push(`the log ${baseUrl} could not be read: ${error.message}`);
  }
  if (range.kind === 'entries' && logs.size > 1)
    fail('USAGE', `\`back-test\` with entries is about one log, and there are ${logs.size}`, {
      remedy: 'Choose a log with `log`, or use dates.',
    });
  const { policy, matcher, lookAlikes } = loaded;
  const readers = [...logs.values()].map((log) =>
    openReader(log, { http, cosignedAt: cosignatureTimes(undefined, clock), clock }),
  );
  return backTest(
    { policy, matcher, range, readers, incomplete },
    {
      ...world,
      facts,
      isIssued: issuedUnder(roots),
      lookAlikes,
      rules: entryRules,
      history: Learned.read(undefined),
      onProgress,
    },
  );
}
