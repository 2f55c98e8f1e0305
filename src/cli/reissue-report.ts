/** Formats the result of a re-issue, for people and for programs. */

import { CountersignError } from '../core/errors/index.ts';
import { failureJson, plainLine } from '../report/index.ts';
import type { ReissueReport } from '../run/reissue/index.ts';
import { errorInFlags } from './option-names.ts';

const maxLines = 20;

/** Returns the error of a run that has not done everything; `undefined` of one that has. */
export function reissueFailure({ counts, worst, stopped, failures }: ReissueReport): CountersignError | undefined {
  if (stopped !== undefined)
    return new CountersignError(stopped.code, `the run ended before everything was done: ${stopped.message}`, {
      cause: stopped,
      remedy: 'Run again with the same options to continue. What was issued again is not signed again.',
    });
  if (worst === undefined) return undefined;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [only] = failures;
  const message = `${counts.failed} of ${total} signatures were not issued again`;
  const remedy = 'To try those again, run again with the same options.';
  return new CountersignError(worst.code, only && counts.failed === 1 ? `${message}; ${only.error.message}` : message, {
    cause: worst,
    remedy: only && counts.failed === 1 ? (worst.remedy ?? remedy) : remedy,
  });
}

/** Returns the lines of a terminal. */
export function reissueText({ counts, links, journal, unknown, warnings }: ReissueReport): string {
  const number = (count: number): string => count.toLocaleString('en');
  const parts = [
    ...(counts.reissued > 0 || (journal !== undefined && counts.upgraded === 0)
      ? [`Issued ${number(counts.reissued)} signatures again`]
      : []),
    ...(counts.upgraded > 0 ? [`Upgraded ${number(counts.upgraded)} signatures`] : []),
    ...(journal === undefined && counts['would-upgrade'] === 0
      ? [`Would issue ${number(counts['would-reissue'])} signatures again`]
      : []),
    ...(counts['would-upgrade'] > 0 ? [`Would upgrade ${number(counts['would-upgrade'])} signatures`] : []),
    ...(counts.done > 0 ? [`already done: ${number(counts.done)}`] : []),
    ...(counts.skipped > 0 ? [`skipped: ${number(counts.skipped)}`] : []),
    ...(counts.failed > 0 ? [`failed: ${number(counts.failed)}`] : []),
  ];
  const lines = [
    parts.join('; '),
    ...links.slice(0, maxLines).map((path) => `Statement ${path}`),
    ...(links.length > maxLines ? [`… and ${links.length - maxLines} more statements`] : []),
    ...(journal === undefined ? [] : [`Journal ${journal}`]),
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...(unknown === 0
      ? []
      : [
          `Warning: ${number(unknown)} signatures were under way when an earlier run was killed. The log may have entries of them without a bundle.`,
        ]),
  ];
  return lines.map((line) => `${plainLine(line)}\n`).join('');
}

/** Returns the lines about what could not be done. */
export function failuresText({ failures, counts, journal }: ReissueReport): string {
  const shown = failures.slice(0, maxLines).map(({ location, error }) => {
    const { code, message, remedy } = errorInFlags(error);
    return `${location}: ${code}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`;
  });
  const rest = counts.failed - shown.length;
  const where = journal === undefined ? '' : `; all are in ${journal}`;
  return [...shown, ...(rest > 0 ? [`… and ${rest} more failures${where}`] : [])]
    .map((line) => `${plainLine(line)}\n`)
    .join('');
}

/** Returns the document of `--json`. It has the first failures; the journal has all. */
export function reissueJson(report: ReissueReport, failure: CountersignError | undefined): object {
  const { counts, failures, links, journal, unknown, warnings } = report;
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(errorInFlags(failure)),
    counts,
    failures: failures.map(({ name, location, error }) => ({
      name,
      location,
      failure: failureJson(errorInFlags(error)),
    })),
    statements: links,
    journal: journal ?? null,
    unknown,
    warnings,
  };
}

/** The members of the document of a run that failed as a whole. */
export const noReissue = { counts: null, failures: [], statements: [], journal: null, unknown: 0, warnings: [] };
