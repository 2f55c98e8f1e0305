/** The findings that are known, and what becomes of them in a run. */

import { hash } from 'node:crypto';
import { canonicalJson } from '../../core/encoding/index.ts';
import { raised, type WatchSeverity } from '../rules/index.ts';
import type { RuleId } from '../watch-policy/index.ts';
import type { FindingChange, WatchFinding } from './report.ts';
import { entryKey, logKey, type StoredEntry } from './stored-entry.ts';

/** The subject of a finding. An entry is stored once for all of its findings. */
export type StoredSubject =
  | { readonly kind: 'entry'; readonly key: string }
  | Exclude<WatchFinding['about'], { readonly kind: 'entry' }>;

/** `closed`: the condition is over, or the policy no longer watches the subject. It is kept until all deliveries have told of it. */
export type FindingStatus = 'open' | 'acknowledged' | 'closed';

export interface StoredFinding {
  readonly id: string;
  readonly rule: { readonly id: RuleId; readonly name: string };
  /** The severity of the observation by itself. */
  readonly base: WatchSeverity;
  /** The severity with those of the other rules on the entry. */
  readonly severity: WatchSeverity;
  readonly title: string;
  readonly reason: string;
  readonly remedy: string;
  readonly about: StoredSubject;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly evidence: string | undefined;
  /** The line of the policy file. That of an entry is found with each policy again. */
  readonly line: number | undefined;
  readonly status: FindingStatus;
  /** True for a condition, which is over once a complete run does not observe it. Other findings stay open until they are acknowledged. */
  readonly isCondition: boolean;
}

/** An observation of a run. */
export type ObservedFinding = Omit<StoredFinding, 'severity' | 'firstSeen' | 'lastSeen' | 'status'>;

/** The number of findings that are kept, and the bytes of their entries. With more, entries stay in the journal. */
export const maxFindings = 5000;
const maxEntryBytes = 64 * 1024 * 1024;
/**
 * The number of findings about entries that are listed of each rule and severity. Anyone can log entries with the names of others: without this
 * limit, many of them would leave no room for a finding of another rule.
 */
export const maxListed = 100;

/** A change of a finding in a run. */
export interface StoredChange extends Pick<FindingChange, 'activity' | 'at'> {
  /** The id of the finding. */
  readonly finding: string;
}

/** How the findings of a run are settled. */
export interface Settlement {
  /** Reports whether this run would have observed a condition again. */
  readonly isChecked: (finding: StoredFinding) => boolean;
  /** Reports whether the policy still concerns the finding. */
  readonly isWatched: (finding: StoredFinding) => boolean;
  readonly isAcknowledged: (finding: StoredFinding) => boolean;
  readonly now: Date;
}

export class FindingStore {
  readonly #findings = new Map<string, StoredFinding>();
  /** The entries of findings, by their keys. */
  readonly #entries = new Map<string, StoredEntry>();
  readonly #before = new Map<string, Pick<StoredFinding, 'status' | 'severity' | 'evidence'>>();
  readonly #observed = new Set<string>();
  /** The number of findings about entries, by rule and severity. */
  readonly #listed = new Map<string, number>();
  #entryBytes = 0;

  constructor(findings: readonly StoredFinding[], entries: readonly StoredEntry[]) {
    for (const finding of findings) {
      this.#findings.set(finding.id, finding);
      if (finding.status === 'closed') continue;
      this.#before.set(finding.id, finding);
      this.#count(finding);
    }
    for (const entry of entries) this.#keep(entry);
  }

  get findings(): readonly StoredFinding[] {
    return [...this.#findings.values()];
  }

  /** Returns a finding by its id. */
  get(id: string): StoredFinding | undefined {
    return this.#findings.get(id);
  }

  /** Returns the entry of a finding. */
  entry(key: string): StoredEntry | undefined {
    return this.#entries.get(key);
  }

  /** Reports whether no more findings about entries are taken. */
  get isFull(): boolean {
    return this.#findings.size >= maxFindings || this.#entryBytes >= maxEntryBytes;
  }

  /** Records an observation. One that was made before keeps the time at which it was first made. */
  observe(observed: ObservedFinding, now: Date, entry?: StoredEntry): void {
    const known = this.#findings.get(observed.id);
    const isKnown = known !== undefined && known.status !== 'closed';
    if (!isKnown && entry !== undefined && (this.#listed.get(kindOf(observed)) ?? 0) >= maxListed) {
      this.observe(unlisted(observed, entry), now);
      return;
    }
    if (!isKnown) this.#count(observed);
    this.#observed.add(observed.id);
    this.#findings.set(observed.id, {
      ...observed,
      severity: isKnown ? known.severity : observed.base,
      firstSeen: isKnown ? known.firstSeen : now,
      lastSeen: now,
      evidence: observed.evidence ?? known?.evidence,
      status: isKnown ? known.status : 'open',
    });
    if (entry !== undefined) this.#keep(entry);
  }

  /**
   * Ends a run: closes the conditions that are over, applies the acknowledgements, and raises the severities of entries on which several rules
   * agree.
   *
   * @returns the changes, each finding at most once
   */
  settle({ isChecked, isWatched, isAcknowledged, now }: Settlement): readonly StoredChange[] {
    for (const finding of this.findings) {
      if (finding.status === 'closed') continue;
      const isOver = finding.isCondition && !this.#observed.has(finding.id) && isChecked(finding);
      const status = isOver || !isWatched(finding) ? 'closed' : isAcknowledged(finding) ? 'acknowledged' : 'open';
      this.#findings.set(finding.id, { ...finding, status });
    }
    const rulesOf = this.#rulesOfEntries();
    for (const finding of this.findings) {
      const count = finding.about.kind === 'entry' ? (rulesOf.get(finding.about.key)?.size ?? 1) : 1;
      this.#findings.set(finding.id, { ...finding, severity: raised(finding.base, count) });
    }
    return this.findings.flatMap((finding): readonly StoredChange[] => {
      const activity = activityOf(this.#before.get(finding.id), finding);
      return activity === undefined ? [] : [{ activity, finding: finding.id, at: now }];
    });
  }

  /** Removes closed findings, except those that a delivery has still to tell of, and entries without findings. */
  forget(isNeeded: (finding: StoredFinding) => boolean): void {
    for (const finding of this.findings)
      if (finding.status === 'closed' && !isNeeded(finding)) this.#findings.delete(finding.id);
    const used = new Set(this.findings.flatMap(({ about }) => (about.kind === 'entry' ? [about.key] : [])));
    for (const key of this.#entries.keys()) if (!used.has(key)) this.#entries.delete(key);
  }

  #count(finding: ObservedFinding): void {
    if (finding.about.kind !== 'entry') return;
    const kind = kindOf(finding);
    this.#listed.set(kind, (this.#listed.get(kind) ?? 0) + 1);
  }

  #keep(entry: StoredEntry): void {
    const key = entryKey(entry);
    if (!this.#entries.has(key)) this.#entryBytes += entry.bytes?.length ?? 0;
    this.#entries.set(key, entry);
  }

  get entries(): readonly StoredEntry[] {
    return [...this.#entries.values()];
  }

  /** Returns the rules with open findings about each entry. */
  #rulesOfEntries(): ReadonlyMap<string, ReadonlySet<RuleId>> {
    const rules = new Map<string, Set<RuleId>>();
    for (const { about, status, rule } of this.findings)
      if (about.kind === 'entry' && status === 'open')
        rules.set(about.key, (rules.get(about.key) ?? new Set()).add(rule.id));
    return rules;
  }
}

function kindOf({ rule, base }: ObservedFinding): string {
  return `${rule.id} ${base}`;
}

/** Returns the finding that more entries of a log are found than are listed. */
function unlisted({ rule, base, ...finding }: ObservedFinding, { log, index }: StoredEntry): ObservedFinding {
  return {
    ...finding,
    id: hash('sha256', canonicalJson(['countersign-watch-unlisted', logKey(log), rule.id, base])),
    rule,
    base,
    title: `rule ${rule.id} finds more entries than are listed`,
    reason: `The watch lists ${maxListed} findings of a rule. The latest entry that is not listed has the index ${index}.`,
    remedy: 'Acknowledge the findings that are explained, and check the others with `back-test`.',
    about: { kind: 'log', url: log.baseUrl, origin: log.origin, code: 'FINDINGS_UNLISTED' },
  };
}

/** Returns the change of a finding since the last run; `undefined` if it is the same for people. */
function activityOf(
  before: Pick<StoredFinding, 'status' | 'severity' | 'evidence'> | undefined,
  { status, severity, evidence }: StoredFinding,
): FindingChange['activity'] | undefined {
  const wasOpen = before?.status === 'open';
  if (status !== 'open') return wasOpen ? 'closed' : undefined;
  if (!wasOpen) return 'created';
  return severity !== before.severity || evidence !== before.evidence ? 'updated' : undefined;
}
