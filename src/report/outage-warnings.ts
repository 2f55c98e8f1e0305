/** Tells which bundles of a run an outage of a transparency log has affected. */

import { pathArgument } from './shell.ts';
import { count } from './shorten.ts';
import { shownPath } from './shown-path.ts';
import type { ReportedSubject } from './signing-report.ts';

const maxShown = 5;

/** Returns a warning for each outage: the log, the reason, the bundles, and the command that adds the missing entries. */
export function outageWarnings(signed: readonly ReportedSubject[], workspace: string): readonly string[] {
  const affected = new Map<string, { readonly outage: ReportedOutage; readonly paths: Set<string> }>();
  for (const { bundlePath, outages = [] } of signed) {
    for (const outage of outages) {
      const one = affected.get(outage.log) ?? { outage, paths: new Set() };
      affected.set(outage.log, one);
      one.paths.add(shownPath(bundlePath, workspace));
    }
  }
  return [...affected.values()].map(({ outage, paths }) => describe(outage, [...paths]));
}

type ReportedOutage = NonNullable<ReportedSubject['outages']>[number];

function describe({ log, instead, reason }: ReportedOutage, paths: readonly string[]): string {
  const shown = paths.slice(0, maxShown);
  const listed = [...shown, ...(paths.length > shown.length ? [`and ${paths.length - shown.length} more`] : [])];
  const bundles = `${count(paths.length, 'bundle')} (${listed.join(', ')})`;
  if (instead !== undefined)
    return `the log entries of ${bundles} are in ${instead}, because the transparency log ${log} was down: ${reason}`;
  const command = shown.length < paths.length ? 'FOLDER' : shown.map(pathArgument).join(' ');
  const have = paths.length === 1 ? 'has' : 'have';
  return `${bundles} ${have} a timestamp and no log entry, because the transparency log ${log} was down (${reason}). Verifiers refuse such bundles by default. To add the entries later, run \`countersign complete ${command}\``;
}
