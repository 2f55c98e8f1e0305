/** A run of the watch: entries that concern the policy, and what the audit found, become findings. */

import { CountersignError } from '../../core/errors/index.ts';
import type { AuditReport } from '../audit/index.ts';
import type { EntryReader } from '../entries/index.ts';
import type { EntryRule, Rule, RuleContext } from '../rules/index.ts';
import type { Acknowledgement, WatchedPackage, WatchPolicy } from '../watch-policy/index.ts';
import { auditFindings, logRule } from './audit-findings.ts';
import { EntryFinder, type IssuanceCheck } from './entry-finder.ts';
import { expired } from './expired.ts';
import { FactLookup } from './fact-lookup.ts';
import type { FactSource } from './fact-source.ts';
import { FindingStore, type StoredChange, type StoredFinding } from './finding-store.ts';
import { gaps, keyOfReport, stateFindings } from './gaps.ts';
import { settingOf } from './judge.ts';
import { learning } from './learning.ts';
import type { HistoryReader } from './learning-history.ts';
import { type EntryMatcher, MatchConsumer } from './match-consumer.ts';
import { Outbox } from './outbox.ts';
import { packageFindings } from './package-findings.ts';
import type { PackageResult, PackageWatch } from './package-watch.ts';
import { readPeriods } from './read-periods.ts';
import type { FindingChange, PackageCoverage, WatchFinding, WatchReport } from './report.ts';
import { SearchMemory } from './search-memory.ts';
import { acknowledgements, shownFinding } from './shown.ts';
import { SignatureCounts } from './signature-counts.ts';
import type { StoredEntry } from './stored-entry.ts';
import { reasonsOf, Triage } from './triage.ts';
import { type StateProblem, WatchFolder, type WatchSystem } from './watch-folder.ts';
import type { WatchState } from './watch-state.ts';

export interface WatchRequest {
  readonly policy: WatchPolicy;
  readonly matcher: EntryMatcher;
  /** The folder of the audit. */
  readonly state: string;
  /** False if the run reads only some logs of the trusted root. */
  readonly isWhole: boolean;
  /** Problems with the state that the caller found. */
  readonly problems?: readonly StateProblem[] | undefined;
}

/** The services and parts that a watch works with. */
export interface WatchWorld extends WatchSystem {
  readonly clock: () => Date;
  readonly cancellation: AbortSignal;
  readonly facts: FactSource;
  /** Undefined if the policy has no packages. */
  readonly packages: PackageWatch | undefined;
  readonly isIssued: IssuanceCheck;
  readonly lookAlikes: RuleContext['lookAlikes'];
  readonly rules: readonly Rule[];
  readonly readHistory: HistoryReader;
}

export class Watch {
  readonly #request: WatchRequest;
  readonly #world: WatchWorld;
  readonly #folder: WatchFolder;
  readonly #entryRules: readonly EntryRule[];
  readonly #entries: EntryFinder;
  readonly #store: FindingStore;
  readonly #outbox: Outbox;
  readonly #counts: SignatureCounts;
  /** The memory of the searches, which {@link judge} stores: the entries that they found are in the journal by then. */
  readonly searches: SearchMemory;
  #acknowledged: ReadonlyMap<string, Acknowledgement> = new Map();
  /** The findings with what is stated about their entries. */
  readonly #shown = new Map<string, WatchFinding>();
  #consumer: MatchConsumer | undefined;
  #state: WatchState;
  #packages: PackageResult | undefined;
  #changes: readonly StoredChange[] = [];
  readonly #incomplete: string[] = [];
  /** Before the heads of the logs are fetched. */
  readonly #started: Date;

  private constructor(request: WatchRequest, world: WatchWorld, folder: WatchFolder) {
    const { found } = folder;
    this.#request = request;
    this.#world = world;
    this.#folder = folder;
    this.#state = found;
    this.#started = world.clock();
    this.#entryRules = world.rules.flatMap((rule) => (rule.about === 'entries' ? [rule] : []));
    this.#entries = new EntryFinder(request.matcher, world.isIssued);
    this.#store = new FindingStore(found.findings, found.entries);
    this.#outbox = new Outbox(found.outbox.changes, found.outbox.last, found.outbox.marks);
    this.#counts = new SignatureCounts(found.signatures);
    this.searches = new SearchMemory(found.searches);
  }

  /** Opens the state of a watch. @throws the system's error */
  static async open(request: WatchRequest, world: WatchWorld): Promise<Watch> {
    return new Watch(request, world, await WatchFolder.open(request.state, world.readHistory, world));
  }

  /** Returns the consumer for the audit of this run. @param read reads the claims of an entry */
  consumer(read: EntryReader): MatchConsumer {
    this.#consumer ??= new MatchConsumer(this.#request.matcher, this.#folder.journal, this.#world.clock, read);
    return this.#consumer;
  }

  /** The entries that concern the policy, and have not been judged. */
  get unjudged(): readonly StoredEntry[] {
    const { found, journal } = this.#folder;
    return journal.entries.slice(journal.generation === found.judged.generation ? found.judged.count : 0);
  }

  /**
   * Judges what the audit passed on and found, and stores the findings with the changes to tell of. A run that is cancelled stores what was
   * judged; the next one judges the rest.
   *
   * @throws the system's error
   */
  async judge(audit: AuditReport): Promise<void> {
    const { policy, state } = this.#request;
    const { cancellation, clock } = this.#world;
    const { found, journal, problems, path } = this.#folder;
    const now = clock();
    const triage = this.#triage(audit, now);
    const fresh = this.unjudged;
    const skipped = journal.entries.length - fresh.length;
    const judged = cancellation.aborted ? 0 : await triage.judgeNew(fresh);
    // An entry that waits for another one is judged once all that were read are known.
    if (judged === fresh.length) await triage.judgeAgain(found.pending);
    else triage.keep(found.pending);
    if (judged < fresh.length) this.#incomplete.push(this.#leftReason(fresh.length - judged));
    for (const finding of auditFindings(audit, policy, state)) this.#store.observe(finding, now);
    const reached = this.#reachedBefore();
    for (const finding of [
      ...stateFindings([...problems, ...(this.#request.problems ?? [])], path, now),
      ...gaps(audit, reached, found.reached),
    ])
      this.#store.observe(finding, now);
    await this.#checkPackages(now);
    await this.#settle(audit, now);
    const count = skipped + judged;
    for (const log of audit.logs) {
      const key = keyOfReport(log);
      if (key !== undefined && log.coverage !== undefined) reached.set(key, log.coverage.to);
    }
    this.#outbox.prune(now);
    await this.#save({
      ...this.#state,
      judged: { generation: journal.generation, count },
      reached,
      pending: triage.pending,
      signatures: this.#counts.list(now),
      packages: this.#packages?.memory ?? found.packages,
      searches: this.searches.state,
    });
    await journal.drop(count);
    this.#incomplete.push(...reasonsOf(triage.pending));
  }

  /**
   * Returns the report.
   *
   * @param delivery its name: the report has the changes that it has not told of. Without it, the report has those of this run
   */
  async report(audit: AuditReport, delivery?: string): Promise<WatchReport> {
    const { policy } = this.#request;
    const now = this.#world.clock();
    const shown = await this.#shownFindings();
    const open = shown.filter(({ id }) => this.#store.get(id)?.status === 'open');
    const acknowledged = [...this.#acknowledged].flatMap(([id, { reason, until }]) => {
      const finding = shown.find((one) => one.id === id);
      const isOver = this.#store.get(id)?.status !== 'acknowledged';
      return finding === undefined || isOver ? [] : [{ finding, reason, until }];
    });
    const changes = delivery === undefined ? this.#changes : this.#outbox.untaken(delivery);
    return {
      policy: policy.path,
      at: now,
      audit,
      packages: this.#packages?.coverage ?? policy.packages.map(unread),
      open: [...open].sort(bySeverity),
      acknowledged,
      changes:
        changes?.flatMap(({ finding: id, activity, at }): readonly FindingChange[] => {
          const finding = shown.find((one) => one.id === id);
          return finding === undefined ? [] : [{ activity, finding, at }];
        }) ?? open.map((finding) => ({ activity: 'created', finding, at: finding.firstSeen })),
      signatures: this.#counts.list(now),
      matched: this.#consumer?.matched ?? 0,
      pending: this.#state.pending.filter(({ kind }) => kind === 'pending').length,
      learning: [...learning(this.#entryRules, policy, this.#folder.history, now), ...this.#folder.history.limits],
      expired: expired(policy, now),
      incomplete: this.#incomplete,
      isTest: false,
    };
  }

  /** Records that a delivery has told of its changes. @throws the system's error */
  async delivered(delivery: string): Promise<void> {
    this.#outbox.take(delivery, this.#world.clock());
    await this.#save(this.#state);
  }

  /** Adds a reason why the run is incomplete: a sentence without its full stop. */
  addIncomplete(reason: string): void {
    this.#incomplete.push(reason);
  }

  #triage(audit: AuditReport, now: Date): Triage {
    const { policy, isWhole } = this.#request;
    const { facts, lookAlikes, cancellation } = this.#world;
    return new Triage({
      policy,
      entries: this.#entries,
      rules: this.#entryRules,
      history: this.#folder.history,
      counts: this.#counts,
      facts: new FactLookup(facts),
      store: this.#store,
      context: { lookAlikes, read: readPeriods(audit, isWhole, this.#started), now },
      cancellation,
    });
  }

  /** Returns the index after the last entry that was compared before this run and in it, by the keys of logs. */
  #reachedBefore(): Map<string, number> {
    const reached = new Map(this.#folder.found.reached);
    for (const [log, end] of this.#folder.journal.reachedBefore) reached.set(log, Math.max(end, reached.get(log) ?? 0));
    return reached;
  }

  #leftReason(count: number): string {
    return this.#world.cancellation.aborted
      ? `the run was interrupted before ${count} entries were judged; the next run judges them`
      : `${count} entries were not judged, since there are too many findings`;
  }

  async #checkPackages(now: Date): Promise<void> {
    const { policy } = this.#request;
    const { packages, rules, cancellation } = this.#world;
    if (packages === undefined || cancellation.aborted) return;
    try {
      this.#packages = await packages.check(policy.packages, this.#folder.found.packages);
    } catch (error) {
      // What was not checked is stated as not checked.
      if (error instanceof CountersignError && error.code === 'CANCELLED') return;
      throw error;
    }
    for (const finding of packageFindings(this.#packages.observations, rules, policy))
      this.#store.observe(finding, now);
  }

  async #settle(audit: AuditReport, now: Date): Promise<void> {
    const { policy } = this.#request;
    const watched = new Map<string, boolean>();
    for (const finding of this.#store.findings) watched.set(finding.id, await this.#isWatched(finding));
    this.#acknowledged = await acknowledgements(this.#store, this.#entries, policy, now);
    this.#changes = this.#store.settle({
      isChecked: (finding) => isChecked(finding, audit),
      isWatched: ({ id }) => watched.get(id) ?? true,
      isAcknowledged: ({ id }) => this.#acknowledged.has(id),
      now,
    });
    this.#outbox.add(this.#changes);
  }

  /** Reports whether the present policy concerns a finding. */
  async #isWatched({ about, rule }: StoredFinding): Promise<boolean> {
    const { policy } = this.#request;
    if (about.kind === 'log') return true;
    const known = this.#world.rules.find(({ id }) => id === rule.id);
    if (rule.id !== logRule.id && (known === undefined || settingOf(known, policy) === 'off')) return false;
    if (about.kind === 'package')
      // The name of a look-alike is not in the policy.
      return rule.id === 'P19' ? areNamesWatched(about.ecosystem, policy) : isWatchedPackage(about, policy);
    const stored = this.#store.entry(about.key);
    return stored !== undefined && (await this.#entries.watched(stored)).watchedAs.length > 0;
  }

  /** Returns all findings, the closed ones included, with their entries. */
  async #shownFindings(): Promise<readonly WatchFinding[]> {
    for (const finding of this.#store.findings) {
      const shown = await shownFinding(finding, this.#store, this.#entries);
      if (shown !== undefined) this.#shown.set(finding.id, shown);
    }
    return [...this.#shown.values()];
  }

  async #save(state: Omit<WatchState, 'findings' | 'entries' | 'outbox'>): Promise<void> {
    const told = new Set(this.#outbox.changes.map(({ finding }) => finding));
    // The report of this run is made from what is kept in memory.
    await this.#shownFindings();
    this.#store.forget(({ id }) => told.has(id));
    const { changes, last, marks } = this.#outbox;
    const { findings, entries } = this.#store;
    this.#state = { ...state, findings, entries, outbox: { changes, last, marks } };
    await this.#folder.save(this.#state);
  }
}

/** Reports whether a run would have observed a condition again: the log was audited to its end. */
function isChecked({ about }: StoredFinding, audit: AuditReport): boolean {
  if (about.kind !== 'log') return true;
  const reports = audit.logs.filter(({ log }) => log.baseUrl === about.url);
  if (reports.length > 0) return reports.every(({ incomplete, coverage }) => incomplete.length === 0 && coverage);
  // A log that is not audited any more is no longer in the trusted root, or this run left it out.
  return about.code === 'LOG_REMOVED' && audit.incomplete.length === 0;
}

/** Reports whether the policy concerns names in an ecosystem that imitate others. */
function areNamesWatched(of: WatchedPackage['ecosystem'], { packages, protectedNames }: WatchPolicy): boolean {
  if (packages.some(({ ecosystem }) => ecosystem === of)) return true;
  return of === 'npm' && protectedNames.some(({ kind }) => kind === 'package');
}

function isWatchedPackage(about: Pick<WatchedPackage, 'ecosystem' | 'name'>, { packages }: WatchPolicy): boolean {
  return packages.some(({ ecosystem, name }) => ecosystem === about.ecosystem && name === about.name);
}

/** Returns the coverage of a package whose registry was not read. */
function unread(watched: WatchedPackage): PackageCoverage {
  return { package: watched, versions: 0, problem: 'its registry was not read' };
}

const severities = ['critical', 'alert', 'note'] as const;

/** The most severe first, and of these the latest. */
function bySeverity(a: WatchFinding, b: WatchFinding): number {
  const rank = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return rank || b.firstSeen.getTime() - a.firstSeen.getTime();
}
