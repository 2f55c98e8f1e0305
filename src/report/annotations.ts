/** Builds the annotations of a run. */

import { distinctSubjects } from './distinct-subjects.ts';
import { count, shownText } from './shorten.ts';
import type { ReportedFailure, SigningReport } from './signing-report.ts';

export interface Annotation<Level = 'error' | 'warning' | 'notice'> {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** GitHub's limits: annotations of each level per step, and characters per message. */
const maxAnnotations = 10;
const maxMessageLength = 4096;
const maxTitleLength = 200;

/**
 * Returns an error for each subject that was not signed, the warnings and the notices. If there are too many, the last one counts the rest.
 */
export function annotationsFor({ unsigned, warnings, notices, signed }: SigningReport): readonly Annotation[] {
  const total = unsigned.length + distinctSubjects(signed).length;
  return [
    ...limited<ReportedFailure, Annotation['level']>(
      unsigned,
      (failure) => annotation('error', failure.code, describe(failure)),
      (more) =>
        annotation(
          'error',
          `${more} more`,
          `${count(more, 'more subject')} of ${total} were not signed. See the job summary.`,
        ),
    ),
    ...limited<string, Annotation['level']>(
      warnings,
      (warning) => annotation('warning', 'Countersign', warning),
      (more) => annotation('warning', `${more} more`, `${count(more, 'more warning')}. See the job summary.`),
    ),
    ...notices.map((notice) => annotation('notice', 'Countersign', notice)),
  ];
}

function describe({ name, message, remedy }: ReportedFailure): string {
  // Each part has its own limit, so that a long name leaves room for the remedy.
  const parts = [shownText(name, 500), ': ', shownText(message, 2000)];
  return [...parts, ...(remedy === undefined ? [] : ['. ', shownText(remedy.replaceAll('\n', ' '), 1000)])].join('');
}

/** Returns as many annotations as GitHub keeps. If there are too many, the last one counts the rest. */
export function limited<T, Level extends string>(
  items: readonly T[],
  one: (item: T) => Annotation<Level>,
  rest: (more: number) => Annotation<Level>,
): readonly Annotation<Level>[] {
  if (items.length <= maxAnnotations) return items.map(one);
  const shown = items.slice(0, maxAnnotations - 1);
  return [...shown.map(one), rest(items.length - shown.length)];
}

export function annotation<Level extends string>(level: Level, title: string, message: string): Annotation<Level> {
  return {
    level,
    title: shownText(title, maxTitleLength),
    message: shownText(message, maxMessageLength),
  };
}
