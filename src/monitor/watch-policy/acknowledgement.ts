/** Acknowledgements of findings, which end. */

import type { Acknowledgement, RuleId, WatchedRepository, WatchPolicy } from './watch-policy.ts';

/** A finding as acknowledgements see it. */
export interface AcknowledgeableFinding {
  readonly id: string;
  readonly rule: { readonly id: RuleId };
  /** The repository of the policy that it is about, if any. */
  readonly repository: WatchedRepository | undefined;
}

type Acknowledgements = Pick<WatchPolicy, 'acknowledgements'>;

/**
 * Returns the acknowledgement of a finding that applies at a time. Of several, the one that applies longest.
 *
 * @returns undefined if none applies: an expired one does not
 */
export function acknowledgementOf(
  finding: AcknowledgeableFinding,
  { acknowledgements }: Acknowledgements,
  now: Date,
): Acknowledgement | undefined {
  let longest: Acknowledgement | undefined;
  for (const each of acknowledgements)
    if (each.until >= now && covers(each, finding) && (longest === undefined || each.until > longest.until))
      longest = each;
  return longest;
}

/** Returns the acknowledgements that no longer apply. */
export function expiredAcknowledgements({ acknowledgements }: Acknowledgements, now: Date): readonly Acknowledgement[] {
  return acknowledgements.filter(({ until }) => until < now);
}

function covers({ what }: Acknowledgement, { id, rule, repository }: AcknowledgeableFinding): boolean {
  if (what.kind === 'finding') return what.id === id;
  // Findings about a log are acknowledged one by one: a rule would hide a fork behind a stalled log.
  if (what.rule !== rule.id || rule.id === 'P22') return false;
  return what.repository === undefined || what.repository.toLowerCase() === repository?.name.toLowerCase();
}
