/** The contract of the rules: facts in, observations out. A rule is pure; everything that it needs is gathered before. */

import type { LookAlikeFinder } from '../look-alikes/index.ts';
import type { RuleId, RuleSetting, WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';
import type { FactName, Facts } from './facts.ts';
import type { History } from './history.ts';
import type { WatchSeverity } from './severity.ts';
import type { CertifiedSigner, WatchedEntry } from './watched-entry.ts';

export interface RuleContext {
  readonly policy: WatchPolicy;
  /** The repository of the policy that the entry belongs to, by id first and name second. */
  readonly repository: WatchedRepository | undefined;
  /** The receipts of the repository that the entry belongs to. */
  readonly facts: Pick<Facts, 'receipts'>;
  /** Returns the facts about a signer of the entry that is of a repository of the policy. */
  readonly factsOf: (signer: CertifiedSigner) => Facts;
  /** The entries before this one. For an entry that is checked again, all entries that were read meanwhile. */
  readonly history: History;
  /** Finds names that look like those of the policy. */
  readonly lookAlikes: Pick<LookAlikeFinder, 'find'>;
  /** The logs that the watch reads. Undefined for a kind that it does not read completely. */
  readonly read: { readonly rekor: ReadPeriod | undefined; readonly certificates: ReadPeriod | undefined };
  readonly now: Date;
}

/** The time during which the watch has read each new entry of the logs of a kind. */
export interface ReadPeriod {
  readonly from: Date;
  readonly to: Date;
}

/** The verdict of a rule on an entry. */
export type Verdict =
  | Observation
  /** It cannot be decided yet, such as while a run is in progress. The entry is checked again by a later run. */
  | { readonly kind: 'pending'; readonly until: Date; readonly reason: string }
  /** A fact that the rule needs is not available. Reported as incomplete coverage, never as clean. */
  | { readonly kind: 'undecided'; readonly reason: string };

export interface Observation {
  readonly kind: 'observed';
  /** A line without a full stop: `run 42 failed, but a signature was made in it`. */
  readonly title: string;
  /** Sentences: what was expected, and what was found. */
  readonly reason: string;
  /** The next step, as a sentence. */
  readonly remedy: string;
  /** Replaces the rule's default, such as the score of a look-alike. */
  readonly severity?: WatchSeverity;
}

interface RuleBase {
  readonly id: RuleId;
  /** `unexplained-signature`. */
  readonly name: string;
  /** Raised when the meaning changes: findings get other ids. */
  readonly version: number;
  readonly severity: RuleSetting;
  /** The attack or fault that the rule is for, as a sentence. */
  readonly reason: string;
  /** For the documentation: the condition as a sentence, and the causes of false alarms. */
  readonly condition: string;
  readonly falseAlarms: string;
}

/** A rule over entries: one file each. */
export interface EntryRule extends RuleBase {
  readonly about: 'entries';
  readonly needs: readonly FactName[];
  /** True if the rule, or a part of it, must learn first: {@link History.isLearned}. */
  readonly learns: boolean;
  check(entry: WatchedEntry, context: RuleContext): Verdict | undefined;
}

/** A rule whose observations are made elsewhere: by the audit about logs, and by the reader of registries about packages. */
export interface OtherRule extends RuleBase {
  readonly about: 'logs' | 'packages';
}

export type Rule = EntryRule | OtherRule;
