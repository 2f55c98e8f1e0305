/** Finds entries that the audit read, and the watch did not compare with a policy. */

import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/encoding/index.ts';
import type { AuditReport, LogReport } from '../audit/index.ts';
import type { Blindness } from '../evidence/index.ts';
import { blindFinding } from './audit-findings.ts';
import type { ObservedFinding } from './finding-store.ts';
import { keyOf } from './match-consumer.ts';
import type { StateProblem } from './watch-folder.ts';

/** Returns the key of a log whose origin is known. */
export function keyOfReport({ log, origin }: LogReport): string | undefined {
  return origin === undefined ? undefined : keyOf(log, origin);
}

/**
 * Returns a finding for each log of which the watch does not continue where the audit continued: its state was lost, replaced by an older
 * one or by that of another audit, or another command read entries with the same folder.
 *
 * @param reached the index after the last entry that was compared, before this run, by the keys of logs
 * @param stored the part of it that the state of the watch says; the journal may be ahead of the state of the audit, by what it lost when a
 *   run was killed
 */
export function gaps(
  { logs }: AuditReport,
  reached: ReadonlyMap<string, number>,
  stored: ReadonlyMap<string, number>,
): readonly ObservedFinding[] {
  return logs.flatMap((report): readonly ObservedFinding[] => {
    const { coverage, baseline, log } = report;
    const key = keyOfReport(report);
    if (coverage === undefined || baseline === undefined || key === undefined) return [];
    const start = coverage.to - coverage.read;
    const subject = { url: log.baseUrl, origin: report.origin };
    const found = (cause: Blindness, message: string, at: readonly number[]): readonly ObservedFinding[] => [
      blindFinding(blindId(cause, [key, ...at]), { message }, subject),
    ];
    const end = stored.get(key);
    if (end !== undefined && end > coverage.to)
      return found(
        'state-older',
        `the state of the watch is of a later audit: entries up to ${end} were compared with the policy, and the audit has read ${coverage.to}`,
        [end, coverage.to],
      );
    const compared = reached.get(key) ?? baseline.from;
    if (compared >= start) return [];
    const what = `the entries ${compared} to ${start - 1} were read by the audit, and not compared with the policy`;
    return reached.has(key)
      ? found('gap', `${what}: the state of the watch is older, or another command used its folder`, [compared, start])
      : found('state-missing', `${what}: there is no state of the watch for this log`, [compared, start]);
  });
}

/** Returns the findings about a state that could not be used. */
export function stateFindings(problems: readonly StateProblem[], path: string, now: Date): readonly ObservedFinding[] {
  return problems.map(({ cause, message }) =>
    blindFinding(blindId(cause, [path, now.toISOString()]), { message }, { url: path, origin: undefined }),
  );
}

function blindId(cause: Blindness, identity: readonly (string | number)[]): string {
  return hash('sha256', canonicalJson(['countersign-watch-blind', cause, ...identity]));
}
