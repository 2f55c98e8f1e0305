/** Formats a watch for a terminal. Everything that an entry, a log or a registry holds comes from strangers. */

import type { FindingChange, WatchFinding, WatchReport } from '../monitor/watch/index.ts';
import { line, logCoverageLines, type Paint, painter, reasonLines } from './audit-text.ts';
import { count, shownText } from './shorten.ts';
import type { TextOptions } from './verification-text.ts';
import {
  day,
  findingFacts,
  incompleteReasons,
  isMisbehaviour,
  sortedFindings,
  watchHeadline,
  watchOutcome,
} from './watch-report.ts';

const maxLineLength = 1000;
/** The number of findings, packages and rules that are listed. All findings are in the JSON. */
const maxListed = 200;

/** Returns the lines, which are safe to print whatever was found. */
export function watchText(report: WatchReport, { colour = false, verbose = false }: TextOptions = {}): string {
  const paint = painter(colour);
  const open = sortedFindings(report.open);
  const created = createdIds(report.changes);
  const lines = [
    ...(report.isTest ? [paint('Test report: its finding is not real.', 'warning'), ''] : []),
    ...report.audit.logs.flatMap((log) => [...logCoverageLines(log, paint, verbose), '']),
    ...packageLines(report, paint),
    ...open
      .slice(0, maxListed)
      .flatMap((finding) => [...findingLines(finding, report, created.has(finding.id), paint), '']),
    ...moreLines(open.length - maxListed, 'finding'),
    ...acknowledgedLines(report),
    ...reasonLines(report.expired, 'expired', paint),
    ...reasonLines(incompleteReasons(report), 'incomplete', paint),
    ...(report.pending === 0
      ? []
      : [line('pending', `${count(report.pending, 'entry').replace(/entrys$/, 'entries')} cannot be decided yet`)]),
    ...reasonLines(report.learning, 'learning', (text) => text),
    ...closedLines(report.changes),
    line(
      'matched',
      `${count(report.matched, 'entry').replace(/entrys$/, 'entries')} of this run ${report.matched === 1 ? 'concerns' : 'concern'} the policy ${report.policy}`,
    ),
    '',
    outcomeLine(report, paint),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

function createdIds(changes: readonly FindingChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ activity, finding }) => (activity === 'created' ? [finding.id] : [])));
}

function findingLines(finding: WatchFinding, report: WatchReport, isNew: boolean, paint: Paint): readonly string[] {
  const { rule, severity, title, reason, remedy } = finding;
  const judgement = isMisbehaviour(finding) ? 'proven misbehaviour: ' : '';
  const head = `${severity} ${rule.id} ${rule.name}${isNew ? ' (new)' : ''}: ${judgement}${title}`;
  return [
    paint(shownText(head, maxLineLength), severity === 'note' ? 'warning' : 'bad'),
    line('', reason),
    line('', remedy),
    ...findingFacts(finding, report).map(({ label, value }) => line(label, value)),
  ];
}

function packageLines({ packages }: WatchReport, paint: Paint): readonly string[] {
  if (packages.length === 0) return [];
  return [
    paint('packages', 'title'),
    ...packages.slice(0, maxListed).map(({ package: { ecosystem, name }, versions, problem }) => {
      const checked = problem === undefined ? `${count(versions, 'version')} checked` : `not checked: ${problem}`;
      return line(ecosystem, `${name}, ${checked}`);
    }),
    ...moreLines(packages.length - maxListed, 'package'),
    '',
  ];
}

function acknowledgedLines({ acknowledged }: WatchReport): readonly string[] {
  return [
    ...acknowledged
      .slice(0, maxListed)
      .map(({ finding: { rule, title, id }, reason, until }) =>
        line('acknowledged', `${rule.id} ${title} (${id}), until ${day(until)}: ${reason}`),
      ),
    ...moreLines(acknowledged.length - maxListed, 'acknowledged finding'),
  ];
}

function closedLines(changes: readonly FindingChange[]): readonly string[] {
  const closed = changes.filter(({ activity }) => activity === 'closed');
  return [
    ...closed
      .slice(0, maxListed)
      .map(({ finding: { rule, title, id } }) => line('closed', `${rule.id} ${title} (${id})`)),
    ...moreLines(closed.length - maxListed, 'closed finding'),
  ];
}

function moreLines(number: number, noun: string): readonly string[] {
  return number > 0 ? [line('', `and ${count(number, `more ${noun}`)}`)] : [];
}

function outcomeLine(report: WatchReport, paint: Paint): string {
  const as = { clean: 'good', incomplete: 'warning', findings: 'bad', misbehaviour: 'bad' } as const;
  return paint(`${watchHeadline(report)}.`, as[watchOutcome(report)]);
}
