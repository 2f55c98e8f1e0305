/** What the reports of a watch have in common. */

import type { WatchFinding, WatchReport } from '../monitor/watch/index.ts';

/** The outcome of a watch: the most severe of its parts. */
export type WatchOutcome = 'clean' | 'incomplete' | 'findings' | 'misbehaviour';

/** The exit code of a watch. */
export const watchExitCodes = { clean: 0, incomplete: 6, findings: 7, misbehaviour: 8 } as const satisfies Record<
  WatchOutcome,
  number
>;

/** Reports whether a finding calls for action. Notes do not. */
export function isAlert({ severity }: WatchFinding): boolean {
  return severity !== 'note';
}

/** Returns the outcome. Notes alone are clean. */
export function watchOutcome(report: WatchReport): WatchOutcome {
  const { open } = report;
  if (open.some(({ about, severity }) => about.kind === 'log' && severity === 'critical')) return 'misbehaviour';
  if (open.some(isAlert)) return 'findings';
  return isComplete(report) ? 'clean' : 'incomplete';
}

/** Reports whether everything that the policy names was checked. */
export function isComplete({ incomplete, audit, packages }: WatchReport): boolean {
  return (
    incomplete.length === 0 &&
    audit.incomplete.length === 0 &&
    audit.logs.every((log) => log.incomplete.length === 0 && log.coverage !== undefined) &&
    packages.every(({ problem }) => problem === undefined)
  );
}
