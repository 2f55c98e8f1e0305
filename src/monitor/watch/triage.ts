/** Judges the entries of a run, and those that earlier runs could not judge. */

import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/encoding/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import {
  type CertifiedSigner,
  type EntryRule,
  type Facts,
  isGitHubJob,
  ownSigners,
  type RuleContext,
  ruleFindingId,
  type WatchedEntry,
  type WatchSeverity,
} from '../rules/index.ts';
import type { RuleId, RuleSetting, WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';
import { logRule } from './audit-findings.ts';
import type { EntryFinder } from './entry-finder.ts';
import type { FactLookup } from './fact-lookup.ts';
import type { FindingStore, ObservedFinding } from './finding-store.ts';
import { judge, neededFacts, repositoryFor, settingOf, type Undecided } from './judge.ts';
import type { LearningHistory } from './learning-history.ts';
import { listed } from './listed.ts';
import type { SignatureCounts } from './signature-counts.ts';
import { entryKey, type StoredEntry } from './stored-entry.ts';
import { maxPending, type PendingEntry } from './watch-state.ts';

/** The number of entries whose facts are looked up together. */
const chunkLength = 64;
/** An entry that could not be judged for so long is reported. */
const givenUpAfter = 30 * 24 * 60 * 60 * 1000;

export interface TriageParts {
  readonly policy: WatchPolicy;
  readonly entries: EntryFinder;
  readonly rules: readonly EntryRule[];
  readonly history: LearningHistory;
  readonly counts: SignatureCounts;
  readonly facts: FactLookup;
  readonly store: FindingStore;
  readonly context: Pick<RuleContext, 'lookAlikes' | 'read' | 'now'>;
  readonly cancellation: AbortSignal;
}

interface Prepared {
  readonly stored: StoredEntry;
  readonly entry: WatchedEntry;
  readonly repository: WatchedRepository | undefined;
  readonly facts: RuleContext['facts'];
  readonly factsOf: RuleContext['factsOf'];
}

export class Triage {
  readonly #parts: TriageParts;
  readonly #rules: readonly EntryRule[];
  readonly #pending: PendingEntry[] = [];

  constructor(parts: TriageParts) {
    this.#parts = parts;
    this.#rules = parts.rules.filter((rule) => settingOf(rule, parts.policy) !== 'off');
  }

  /** The entries that could not be judged by all rules. */
  get pending(): readonly PendingEntry[] {
    return this.#pending;
  }

  /** Reports whether there is room for more findings and entries that wait. */
  get isFull(): boolean {
    return this.#parts.store.isFull || this.#pending.length >= maxPending;
  }

  /**
   * Judges new entries, in their order, until there are too many findings or the run is cancelled.
   *
   * @returns the number of entries that were judged
   */
  async judgeNew(entries: readonly StoredEntry[]): Promise<number> {
    let judged = 0;
    for (let at = 0; at < entries.length; at += chunkLength) {
      if (this.isFull) break;
      const chunk = entries.slice(at, at + chunkLength);
      const prepared = await this.#prepare(chunk, () => this.#rules);
      if (prepared === undefined) break;
      for (const one of prepared) {
        this.#judge(one, this.#rules, this.#parts.context.now);
        this.#parts.history.remember(one.entry);
        this.#parts.counts.add(one.entry);
        judged += 1;
      }
    }
    return judged;
  }

  /** Leaves entries that earlier runs could not judge to the next run. */
  keep(pending: readonly PendingEntry[]): void {
    this.#pending.push(...pending);
  }

  /** Judges entries again that earlier runs could not judge. */
  async judgeAgain(pending: readonly PendingEntry[]): Promise<void> {
    const { now } = this.#parts.context;
    const due = pending.filter(({ until }) => until <= now);
    this.#pending.push(...pending.filter(({ until }) => until > now));
    for (let at = 0; at < due.length; at += chunkLength) {
      const chunk = due.slice(at, at + chunkLength);
      const rulesOf = new Map(chunk.map((one) => [one.entry, this.#rules.filter(({ id }) => one.rules.includes(id))]));
      const prepared = await this.#prepare(
        chunk.map(({ entry }) => entry),
        (entry) => rulesOf.get(entry) ?? [],
      );
      if (prepared === undefined) {
        this.#pending.push(...due.slice(at));
        return;
      }
      for (const [index, one] of prepared.entries()) {
        const since = chunk[index]?.since ?? now;
        this.#judge(one, rulesOf.get(one.stored) ?? [], since);
      }
    }
  }

  /** Looks up the facts about entries. Returns undefined if the run is cancelled meanwhile: they are not unknown then. */
  async #prepare(
    entries: readonly StoredEntry[],
    rulesOf: (entry: StoredEntry) => readonly EntryRule[],
  ): Promise<readonly Prepared[] | undefined> {
    const { policy, facts, entries: finder, cancellation } = this.#parts;
    try {
      const prepared = await mapConcurrently(entries, async (stored): Promise<Prepared> => {
        const entry = await finder.watched(stored);
        const repository = repositoryFor(entry, policy);
        const needs = neededFacts(rulesOf(stored));
        const none = await facts.of(undefined, repository, needs);
        const own = ownSigners(entry, { policy, repository }).filter(({ signer }) => isGitHubJob(signer, policy));
        const found = new Map<CertifiedSigner, Facts>();
        for (const each of own) found.set(each.signer, await facts.of(each, repository, needs));
        return { stored, entry, repository, facts: none, factsOf: (signer) => found.get(signer) ?? none };
      });
      return cancellation.aborted ? undefined : prepared;
    } catch (error) {
      if (error instanceof CountersignError && error.code === 'CANCELLED') return undefined;
      throw error;
    }
  }

  #judge({ stored, entry, repository, facts, factsOf }: Prepared, rules: readonly EntryRule[], since: Date): void {
    const { policy, history, store, context } = this.#parts;
    // The policy no longer concerns it.
    if (entry.watchedAs.length === 0) return;
    const { observed, undecided } = judge(entry, rules, { ...context, policy, repository, facts, factsOf, history });
    for (const { rule, observation } of observed) {
      const { severity, title, reason, remedy } = observation;
      store.observe(
        {
          id: ruleFindingId(entry.log.origin, entry.index, rule),
          rule: { id: rule.id, name: rule.name },
          base: severityUnder(policy.rules.get(rule.id), severity, rule),
          title,
          reason,
          remedy,
          about: { kind: 'entry', key: entryKey(stored) },
          evidence: undefined,
          line: undefined,
          isCondition: false,
        },
        context.now,
        stored,
      );
    }
    this.#wait(stored, undecided, since);
  }

  /** Keeps an entry for a later run, or reports that it could not be judged for too long. */
  #wait(entry: StoredEntry, undecided: readonly Undecided[], since: Date): void {
    const { store, context } = this.#parts;
    const isLate = context.now.getTime() - since.getTime() >= givenUpAfter;
    const given = undecided.filter(({ kind }) => isLate && kind === 'undecided');
    for (const one of given) store.observe(unjudged(entry, one, since), context.now, entry);
    const [first, ...others] = undecided.filter((one) => !given.includes(one));
    if (first === undefined) return;
    const all = [first, ...others];
    const main = all.find(({ kind }) => kind === 'undecided') ?? first;
    this.#pending.push({
      entry,
      rules: all.map(({ rule }) => rule),
      since,
      until: new Date(Math.min(...all.map(({ until }) => until.getTime()))),
      kind: main.kind,
      reason: main.reason,
    });
  }
}

/**
 * Returns the severity of an observation: the one that it states, or that of the rule. A policy replaces that of the rule, and makes everything
 * a note with `note`. It does not raise what the rule itself reports as a note, such as a forged certificate that anyone can log.
 */
function severityUnder(
  setting: RuleSetting | undefined,
  stated: WatchSeverity | undefined,
  { severity }: EntryRule,
): WatchSeverity {
  if (setting === 'note') return 'note';
  const ofRule = setting ?? severity;
  // A rule that is off by default has been switched on.
  return stated ?? (ofRule === 'off' ? 'note' : ofRule);
}

function unjudged(entry: StoredEntry, { rule, reason }: Undecided, since: Date): ObservedFinding {
  const key = entryKey(entry);
  return {
    id: hash('sha256', canonicalJson(['countersign-watch-unjudged', key, rule])),
    rule: logRule,
    base: 'alert',
    title: `rule ${rule} could not be decided since ${since.toISOString()}`,
    reason: `The rule needs a fact that is not available: ${reason}.`,
    remedy: 'Check the signature by hand. Then acknowledge the finding in the policy.',
    about: { kind: 'entry', key },
    evidence: undefined,
    line: undefined,
    isCondition: false,
  };
}

/** The number of reasons that are listed. */
const maxReasons = 20;

/** Returns sentences about the entries for which facts are not available, each without its full stop. */
export function reasonsOf(pending: readonly PendingEntry[]): readonly string[] {
  const found = new Map<string, { readonly count: number; readonly rules: Set<RuleId> }>();
  for (const { kind, rules, reason } of pending) {
    if (kind !== 'undecided') continue;
    const known = found.get(reason) ?? { count: 0, rules: new Set<RuleId>() };
    for (const rule of rules) known.rules.add(rule);
    found.set(reason, { ...known, count: known.count + 1 });
  }
  const reasons = [...found].map(
    ([reason, { count, rules }]) =>
      `${count === 1 ? 'an entry' : `${count} entries`} could not be judged by ${listed([...rules].sort())}: ${reason}`,
  );
  const more = reasons.length - maxReasons;
  return more > 0 ? [...reasons.slice(0, maxReasons), `there are ${more} more reasons`] : reasons;
}
