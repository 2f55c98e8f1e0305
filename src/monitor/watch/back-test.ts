/** Judges a part of the logs by a policy, without a state. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { CompactRange } from '../../core/log/index.ts';
import { type AuditProgress, type LogReport, rangeAtSize } from '../audit/index.ts';
import { certificatesOf, type EntryReader, readEntry } from '../entries/index.ts';
import type { LogReader, TreeHead } from '../log/index.ts';
import type { EntryRule, RuleContext } from '../rules/index.ts';
import type { WatchPolicy } from '../watch-policy/index.ts';
import { EntryFinder, type IssuanceCheck } from './entry-finder.ts';
import { expired } from './expired.ts';
import { FactLookup } from './fact-lookup.ts';
import type { FactSource } from './fact-source.ts';
import { FindingStore } from './finding-store.ts';
import { settingOf } from './judge.ts';
import type { LearningHistory } from './learning-history.ts';
import { type EntryMatcher, MatchConsumer } from './match-consumer.ts';
import type { WatchReport } from './report.ts';
import { acknowledgements, shownFinding } from './shown.ts';
import { SignatureCounts } from './signature-counts.ts';
import type { StoredEntry } from './stored-entry.ts';
import { reasonsOf, Triage } from './triage.ts';

/** A part of a log: by index, without the last one, or by time. */
export type BackTestRange =
  | { readonly kind: 'entries'; readonly from: number; readonly to: number }
  | { readonly kind: 'time'; readonly from: Date; readonly to: Date };

export interface BackTestRequest {
  readonly policy: WatchPolicy;
  readonly matcher: EntryMatcher;
  readonly range: BackTestRange;
  readonly readers: readonly LogReader[];
  /** Logs that could not be read, as sentences without full stops. */
  readonly incomplete: readonly string[];
}

export interface BackTestWorld {
  readonly clock: () => Date;
  readonly cancellation: AbortSignal;
  readonly facts: FactSource;
  readonly isIssued: IssuanceCheck;
  readonly lookAlikes: RuleContext['lookAlikes'];
  readonly rules: readonly EntryRule[];
  readonly history: LearningHistory;
  readonly onProgress: (progress: AuditProgress) => void;
}

/** The number of entries that concern the policy, at most. */
const maxMatched = 50_000;
/** The number of entries after a place that are read to find a time. */
const maxWithoutTime = 64;

/** Reads the part of each log, proven, and reports what the policy would have found. Nothing is stored or delivered. */
export async function backTest(request: BackTestRequest, world: BackTestWorld): Promise<WatchReport> {
  const { policy, matcher, range } = request;
  const { clock, cancellation, facts, isIssued, lookAlikes, rules, history } = world;
  const now = clock();
  const matched: StoredEntry[] = [];
  const receiver = {
    demandRoom: () => {
      if (matched.length < maxMatched) return;
      fail('LIMIT_EXCEEDED', `more than ${maxMatched} entries concern the policy`, {
        remedy: 'Test a smaller part of the logs, or watch fewer names.',
      });
    },
    add: (entry: StoredEntry) => matched.push(entry) > 0,
    advance: () => undefined,
    flush: async () => undefined,
  };
  const consumer = new MatchConsumer(matcher, receiver, clock, readEntry);
  const logs: LogReport[] = [];
  for (const reader of request.readers) logs.push(await readPart(reader, range, consumer, world));
  const store = new FindingStore([], []);
  const counts = new SignatureCounts([]);
  const entries = new EntryFinder(matcher, isIssued);
  const triage = new Triage({
    policy,
    entries,
    rules,
    history,
    counts,
    facts: new FactLookup(facts),
    store,
    context: { lookAlikes, read: { rekor: undefined, certificates: undefined }, now },
    cancellation,
  });
  const judged = await triage.judgeNew(matched);
  const left = matched.length - judged;
  const acknowledged = await acknowledgements(store, entries, policy, now);
  store.settle({
    isChecked: () => true,
    isWatched: () => true,
    isAcknowledged: ({ id }) => acknowledged.has(id),
    now,
  });
  const shown = await Promise.all(store.findings.map((finding) => shownFinding(finding, store, entries)));
  const findings = shown.flatMap((finding) => finding ?? []);
  const open = findings.filter(({ id }) => store.get(id)?.status === 'open');
  return {
    policy: policy.path,
    at: now,
    audit: { logs, findings: [], incomplete: request.incomplete },
    packages: [],
    open,
    acknowledged: findings.flatMap((finding) => {
      const found = acknowledged.get(finding.id);
      return found === undefined ? [] : [{ finding, reason: found.reason, until: found.until }];
    }),
    changes: [],
    signatures: counts.list(now),
    matched: matched.length,
    pending: triage.pending.filter(({ kind }) => kind === 'pending').length,
    learning: limitsOf(rules, policy),
    expired: expired(policy, now),
    incomplete: [
      ...(left > 0 ? [`${left} entries were not judged: there are too many findings, or the run was interrupted`] : []),
      ...reasonsOf(triage.pending),
    ],
    isTest: false,
  };
}

/** Returns what a test of the past cannot know, as sentences without full stops. */
function limitsOf(rules: readonly EntryRule[], policy: WatchPolicy): readonly string[] {
  const learning = rules.filter((rule) => rule.learns && settingOf(rule, policy) !== 'off').map(({ id }) => id);
  return [
    'a back test knows only the present state of runs, repositories and branches; GitHub removes old runs',
    'a back test compares no earlier states of logs, and no registries: it finds neither forks nor downgrades (P22, P24), and does not join logs (P14)',
    ...(learning.length === 0
      ? []
      : [`the rules ${learning.join(', ')} learned only from the entries that this test read`]),
  ];
}

/** Reads a part of a log, and passes its entries on. */
async function readPart(
  reader: LogReader,
  range: BackTestRange,
  consumer: MatchConsumer,
  { cancellation, onProgress }: BackTestWorld,
): Promise<LogReport> {
  const { log } = reader;
  const report = { log, findings: [], earlier: [], notes: [], baseline: undefined };
  let head: TreeHead | undefined;
  let [from, next, end] = [0, 0, 0];
  const incomplete: string[] = [];
  try {
    head = await reader.head();
    const part = await indexesOf(range, reader, head);
    [from, next, end] = [part.from, part.from, part.to];
    if (range.kind === 'entries' && range.to > head.size)
      incomplete.push(`the log has ${head.size} entries, which end before ${range.to}`);
    onProgress({ done: 0, total: end - from });
    if (from < end)
      for await (const batch of reader.entries(await rangeOf(from, reader, head), head)) {
        if (cancellation.aborted) break;
        const taken = batch.entries.slice(0, Math.max(0, end - batch.first));
        await consumer.accept({ ...batch, entries: taken }, log, head.origin);
        next = batch.first + taken.length;
        onProgress({ done: next - from, total: end - from });
        if (next >= end) break;
      }
    if (next < end) incomplete.push(`the run was interrupted before the last ${end - next} entries`);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.kind === 'usage') throw error;
    incomplete.push(error.message);
  }
  return {
    ...report,
    origin: head?.origin,
    head: head && { size: head.size, root: head.root, time: head.time },
    coverage: head && { from, to: next, size: head.size, read: next - from, unreadable: consumer.unreadable(log) },
    incomplete,
  };
}

async function rangeOf(from: number, reader: LogReader, head: TreeHead): Promise<CompactRange> {
  if (from === 0) return CompactRange.empty;
  return rangeAtSize(from, head, await reader.consistencyProof(from, head));
}

async function indexesOf(
  range: BackTestRange,
  reader: LogReader,
  head: TreeHead,
): Promise<{ readonly from: number; readonly to: number }> {
  if (range.kind === 'entries') return { from: Math.min(range.from, head.size), to: Math.min(range.to, head.size) };
  const from = await firstSince(range.from, reader, head);
  return { from, to: await firstSince(range.to, reader, head) };
}

/**
 * Returns the index of the first entry since a time. The entries of Rekor state no time: that of a certificate is used, which is issued
 * seconds before, so that the place is approximate.
 */
async function firstSince(time: Date, reader: LogReader, head: TreeHead): Promise<number> {
  let [low, high] = [0, head.size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await timeNear(middle, high, reader, head);
    if (found === undefined || found.time >= time) high = middle;
    else low = found.index + 1;
  }
  return low;
}

/** Returns the time of the first entry from an index on that states one. */
async function timeNear(
  from: number,
  end: number,
  reader: LogReader,
  head: TreeHead,
): Promise<{ readonly index: number; readonly time: Date } | undefined> {
  for (let index = from; index < Math.min(end, from + maxWithoutTime); index++) {
    const time = timeOf((await reader.entry(index, head)).bytes, reader, readEntry);
    if (time !== undefined) return { index, time };
  }
  return undefined;
}

function timeOf(bytes: Uint8Array, { log }: LogReader, read: EntryReader): Date | undefined {
  const claims = read(log.protocol, bytes);
  if (claims.type === 'certificate' && claims.loggedAt !== undefined) return claims.loggedAt;
  return certificatesOf(claims)[0]?.notBefore;
}
