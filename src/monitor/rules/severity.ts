export type WatchSeverity = 'note' | 'alert' | 'critical';

const steps: readonly WatchSeverity[] = ['note', 'alert', 'critical'];

/**
 * Returns the severity of a finding about an entry on which several rules agree: two raise it a step, three or more two steps.
 *
 * @param count the number of rules with a finding about the entry, this one included
 */
export function raised(severity: WatchSeverity, count: number): WatchSeverity {
  const step = steps.indexOf(severity) + Math.min(Math.max(count - 1, 0), 2);
  return steps[step] ?? 'critical';
}
