/** Finds entries that were read and are not in the search index. */

import type { AuditReport, ReportedFinding } from '../../monitor/audit/index.ts';
import { foundLog, watchBlind } from '../../monitor/evidence/index.ts';
import { type IndexedRange, indexFolder, SearchIndex } from '../../monitor/search-index/index.ts';
import type { World } from '../world/index.ts';

/** Returns a finding for each log whose index lacks entries that are proven: a search would not find them. */
export async function indexGaps(
  { logs }: AuditReport,
  state: string,
  files: World['files'],
): Promise<readonly ReportedFinding[]> {
  const findings: ReportedFinding[] = [];
  for (const { log, origin, coverage } of logs) {
    if (origin === undefined || coverage === undefined) continue;
    const { ranges } = await SearchIndex.open(files, indexFolder(state), { origin, keyId: log.keyId });
    const [first, ...others] = gapsIn(coverage, ranges);
    if (first === undefined) continue;
    const more = others.length === 0 ? '' : ` and ${others.length} more ranges`;
    const message = `the search index of ${origin} lacks entries that were read: ${first.from} to ${first.to - 1}${more}`;
    const remedy = 'Restore the state folder from a backup. To read the entries again, use a new folder and `from`.';
    const finding = watchBlind(foundLog(log, origin), 'gap', message, remedy);
    findings.push({ finding, evidence: undefined, isNew: true });
  }
  return findings;
}

/** Returns the parts of a range that no other range contains. The others are in ascending order and do not overlap. */
export function gapsIn(all: IndexedRange, ranges: readonly IndexedRange[]): readonly IndexedRange[] {
  const gaps: IndexedRange[] = [];
  let next = all.from;
  for (const { from, to } of ranges) {
    if (from > next) gaps.push({ from: next, to: Math.min(from, all.to) });
    next = Math.max(next, to);
  }
  if (next < all.to) gaps.push({ from: next, to: all.to });
  return gaps.filter(({ from, to }) => from < to);
}
