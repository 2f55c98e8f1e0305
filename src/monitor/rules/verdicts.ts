import type { Observation, Verdict } from './rule.ts';

export function observed(observation: Omit<Observation, 'kind'>): Observation {
  return { kind: 'observed', ...observation };
}

const order: readonly Verdict['kind'][] = ['observed', 'undecided', 'pending'];

/** Returns the verdict on an entry with several signers: an observation about any of them, and otherwise what is not decided yet. */
export function firstVerdict<Item>(
  items: readonly Item[],
  check: (item: Item) => Verdict | undefined,
): Verdict | undefined {
  const verdicts = items.flatMap((item) => check(item) ?? []);
  for (const kind of order) {
    const found = verdicts.filter((verdict) => verdict.kind === kind);
    // An alert outranks a note.
    const worst = found.find((verdict) => verdict.kind !== 'observed' || verdict.severity !== 'note') ?? found[0];
    if (worst !== undefined) return worst;
  }
  return undefined;
}
