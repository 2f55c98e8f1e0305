/** Judges an entry by the rules. */

import {
  type EntryRule,
  type FactName,
  type Observation,
  type RuleContext,
  repositoryOf,
  type WatchedEntry,
} from '../rules/index.ts';
import type { RuleId, RuleSetting, WatchedRepository, WatchPolicy } from '../watch-policy/index.ts';

/** An observation with the rule that made it. */
export interface Observed {
  readonly rule: EntryRule;
  readonly observation: Observation;
}

/** A rule that could not be decided. */
export interface Undecided {
  readonly rule: RuleId;
  readonly kind: 'pending' | 'undecided';
  /** The rule is not asked again before. */
  readonly until: Date;
  /** A sentence without its full stop. */
  readonly reason: string;
}

export interface Judgement {
  readonly observed: readonly Observed[];
  readonly undecided: readonly Undecided[];
}

/** Returns the setting of a rule under a policy. */
export function settingOf({ id, severity }: Pick<EntryRule, 'id' | 'severity'>, policy: WatchPolicy): RuleSetting {
  return policy.rules.get(id) ?? severity;
}

/** Returns the facts that rules need. */
export function neededFacts(rules: readonly EntryRule[]): ReadonlySet<FactName> {
  return new Set(rules.flatMap(({ needs }) => needs));
}

/** Returns the repository of the policy that an entry belongs to: by id first, and by name second. */
export function repositoryFor({ signers }: WatchedEntry, policy: WatchPolicy): WatchedRepository | undefined {
  const certified = signers.flatMap((signer) => (signer.kind === 'certificate' ? [signer] : []));
  const ids = new Set(certified.map(({ claims }) => claims.sourceRepositoryIdentifier));
  const names = new Set(certified.map((signer) => repositoryOf(signer)?.name.toLowerCase()));
  return (
    policy.repositories.find(({ id }) => id !== undefined && ids.has(id)) ??
    policy.repositories.find(({ name }) => names.has(name.toLowerCase()))
  );
}

/** Asks the rules about an entry. */
export function judge(entry: WatchedEntry, rules: readonly EntryRule[], context: RuleContext): Judgement {
  const observed: Observed[] = [];
  const undecided: Undecided[] = [];
  for (const rule of rules) {
    const verdict = rule.check(entry, context);
    if (verdict === undefined) continue;
    if (verdict.kind === 'observed') observed.push({ rule, observation: verdict });
    else {
      const until = verdict.kind === 'pending' ? verdict.until : context.now;
      undecided.push({ rule: rule.id, kind: verdict.kind, until, reason: verdict.reason });
    }
  }
  return { observed, undecided };
}
