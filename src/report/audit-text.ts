/** Formats an audit for a terminal. Origins and reasons can contain text of strangers. */

import { encodeHex } from '../core/encoding/index.ts';
import {
  type AuditReport,
  bySeverity,
  type LogReport,
  type Outcome,
  outcomeOf,
  type ReportedFinding,
} from '../monitor/audit/index.ts';
import { type EvidenceVerdict, isProven, severityOf } from '../monitor/evidence/index.ts';
import { pathArgument } from './shell.ts';
import { count, shownText } from './shorten.ts';
import type { TextOptions } from './verification-text.ts';

const maxLineLength = 1000;
/** The number of reasons and notes of a log that are listed. */
const maxListed = 50;
const labelWidth = 20;

const colours = { title: 1, bad: 31, warning: 33, good: 32 } as const;
/** Colours a line, if colours are used. */
export type Paint = (text: string, as: keyof typeof colours) => string;

const plain: Paint = (text) => text;

/** Returns the function that colours lines. */
export function painter(colour: boolean): Paint {
  return colour ? (text, as) => `\u001b[${colours[as]}m${text}\u001b[0m` : plain;
}

/** Returns the lines, which are safe to print whatever was found. */
export function auditText(report: AuditReport, { colour = false, verbose = false }: TextOptions = {}): string {
  const paint = painter(colour);
  const lines = [
    ...report.logs.flatMap((log) => [...logLines(log, paint, verbose), '']),
    ...findingLines(report.findings, paint),
    ...reasonLines(report.incomplete, 'incomplete', paint),
    ...(report.findings.length + report.incomplete.length > 0 ? [''] : []),
    outcomeLine(report, paint),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function logLines(report: LogReport, paint: Paint, verbose: boolean): readonly string[] {
  const { findings, earlier, incomplete, notes } = report;
  return [
    ...logCoverageLines(report, paint, verbose),
    ...findingLines(findings, paint),
    ...earlier.flatMap(({ code, id, message, at }) => [
      paint(line(code, `proven misbehaviour, found at ${at.toISOString()}: ${message}`), 'bad'),
      line('evidence', `evidence/${id}.json in the state folder`),
    ]),
    ...reasonLines(incomplete, 'incomplete', paint),
    ...(verbose ? reasonLines(notes, 'note', plain) : []),
  ];
}

/** Returns the name of a log, its tree, and the entries of it that were read. */
export function logCoverageLines(report: LogReport, paint: Paint, verbose: boolean): readonly string[] {
  const { log, origin, head, baseline, coverage } = report;
  const name = origin === undefined || log.baseUrl.endsWith(`//${origin}`) ? log.baseUrl : `${log.baseUrl} (${origin})`;
  return [
    paint(shownText(name, maxLineLength), 'title'),
    ...(head === undefined ? [] : [line('tree', entries(head.size))]),
    ...(verbose && head !== undefined
      ? [
          line('root', encodeHex(head.root)),
          line('time', head.time === undefined ? 'not stated' : head.time.toISOString()),
          line('protocol', log.protocol),
        ]
      : []),
    ...(baseline === undefined ? [] : baselineLines(baseline, verbose)),
    ...(coverage === undefined
      ? [line('proven', 'nothing: no checkpoint of the log was verified')]
      : report.isTreeOnly
        ? [
            line('proven', 'the tree only: its entries are not read'),
            ...report.notes.map((note) => line('note', shownText(note, maxLineLength))),
          ]
        : coverageLines(coverage)),
  ];
}

function baselineLines(
  { size, at, from, isNew }: NonNullable<LogReport['baseline']>,
  verbose: boolean,
): readonly string[] {
  if (!isNew && !verbose) return [];
  const begun = isNew ? 'first audit' : `first audit at ${at.toISOString()}`;
  const unread = from === 0 ? '' : `; entries before index ${from.toLocaleString('en')} are not read`;
  return [line('baseline', `${begun}, at ${entries(size)}: whether the log was honest before is not known${unread}`)];
}

function coverageLines({ from, to, size, read, unreadable }: NonNullable<LogReport['coverage']>): readonly string[] {
  const range =
    from === to
      ? 'no entries yet'
      : `entries ${from.toLocaleString('en')} to ${(to - 1).toLocaleString('en')}, ${read.toLocaleString('en')} of them in this run`;
  const left = size - to;
  return [
    line('proven', `${range}${left > 0 ? `; ${entries(left)} left` : ''}`),
    ...(unreadable > 0
      ? [line('unreadable', `${entries(unreadable)} of this run could not be parsed completely`)]
      : []),
  ];
}

function findingLines(findings: readonly ReportedFinding[], paint: Paint): readonly string[] {
  return bySeverity(findings).flatMap(({ finding, evidence, observation, isNew }) => {
    const { code, message, remedy } = finding;
    const severity = severityOf(finding);
    // Only what anyone can check is called misbehaviour.
    const judgement = isProven(finding) ? `proven misbehaviour${isNew ? '' : ' (known)'}` : 'could not verify';
    return [
      paint(
        line(code, `${judgement}: ${message}`),
        severity === 'warning' || severity === 'outage' ? 'warning' : 'bad',
      ),
      line('', remedy),
      ...(evidence === undefined
        ? []
        : [
            line('evidence', evidence),
            line('', `To check it: countersign audit --evidence ${pathArgument(evidence)}`),
          ]),
      ...(observation === undefined
        ? []
        : [
            line('observation', observation),
            line('', 'What the log served, and the hashes in its tree. It proves nothing.'),
          ]),
    ];
  });
}

/** Returns a line for each reason, up to a limit. */
export function reasonLines(reasons: readonly string[], label: string, paint: Paint): readonly string[] {
  const listed = reasons.slice(0, maxListed).map((reason) => paint(line(label, reason), 'warning'));
  const more = reasons.length - listed.length;
  return more > 0 ? [...listed, line(label, `and ${more} more`)] : listed;
}

function outcomeLine({ logs, findings, ...report }: AuditReport, paint: Paint): string {
  const outcome = outcomeOf({ logs, findings, ...report });
  const number = findings.length + logs.reduce((sum, log) => sum + log.findings.length + log.earlier.length, 0);
  const of = count(logs.length, 'log');
  const sentences: Readonly<Record<Outcome, string>> = {
    clean: `Clean: ${of} audited.`,
    incomplete: `Incomplete: ${of} audited, and no finding.`,
    findings: `${count(number, 'finding')}: ${of} audited, and no misbehaviour proven.`,
    misbehaviour: `Misbehaviour is proven: ${of} audited, ${count(number, 'finding')}.`,
  };
  const as = { clean: 'good', incomplete: 'warning', findings: 'bad', misbehaviour: 'bad' } as const;
  return paint(sentences[outcome], as[outcome]);
}

/** Returns the result of checking an evidence file. */
export function evidenceText(path: string, verdict: EvidenceVerdict, { colour = false }: TextOptions = {}): string {
  const paint = painter(colour);
  const { code, origin } = verdict;
  const subject = `${code} of ${origin}`;
  const lines =
    verdict.verdict === 'proven'
      ? [
          paint(shownText(`proven: ${subject}`, maxLineLength), 'bad'),
          line('statement', verdict.statement),
          line('key', `that of ${verdict.log.baseUrl} in the trusted root`),
          line('file', path),
        ]
      : [
          paint(shownText(`not proven: ${subject}`, maxLineLength), 'warning'),
          line('reason', verdict.reason),
          line('file', path),
        ];
  return lines.map((text) => `${text}\n`).join('');
}

/** `1 entry`, `2 entries` */
function entries(number: number): string {
  return number === 1 ? '1 entry' : `${number.toLocaleString('en')} entries`;
}

/** Returns a line with a label, which is safe to print. */
export function line(label: string, text: string): string {
  return shownText(`  ${label.padEnd(labelWidth)}${text}`, maxLineLength);
}
