/** Formats a watch for the job summary in GitHub's Markdown. GitHub shows no SVG in summaries, so pictures are made of characters. */

import type { LogReport } from '../monitor/audit/index.ts';
import type { WatchFinding, WatchReport, WatchSeverity } from '../monitor/watch/index.ts';
import { cellCode, cellProse, code, link, prose } from './markdown.ts';
import { byteLength, count, fitting } from './shorten.ts';
import {
  coverageText,
  day,
  entryPage,
  findingRun,
  incompleteReasons,
  lastDays,
  moment,
  type SignerHistory,
  shownDays,
  signaturesBySigner,
  sortedFindings,
  subjectOf,
  type WatchOutcome,
  watchHeadline,
  watchOutcome,
} from './watch-report.ts';

/** GitHub drops a summary above 1 MiB. */
const maxBytes = 1_000_000;
/** The length that findings may take, so that space remains for the coverage. */
const maxFindingBytes = 700_000;
const maxCellLength = 160;
const maxSigners = 12;
const maxLogs = 50;
const maxReasons = 20;
const maxAcknowledged = 50;

const signs: Readonly<Record<WatchOutcome, string>> = {
  clean: '✅',
  incomplete: '⚠️',
  findings: '🚨',
  misbehaviour: '🚨',
};
const severitySigns: Readonly<Record<WatchSeverity, string>> = {
  critical: '🚨 **critical**',
  alert: '🔴 **alert**',
  note: '⚪ note',
};

/** Returns the Markdown, of at most 1 MiB. Findings that do not fit are counted. */
export function watchSummary(report: WatchReport): string {
  const head = [
    `## ${signs[watchOutcome(report)]} Countersign watch: ${prose(watchHeadline(report))}`,
    '',
    ...incompleteLines(report),
  ];
  const tail = [
    ...coverageSection(report),
    ...signatureLines(report),
    ...acknowledgedLines(report),
    ...footLines(report),
  ];
  const room = Math.min(maxFindingBytes, maxBytes - byteLength(head) - byteLength(tail) - 500);
  return [...head, ...findingTable(report, report.open, room), ...tail, ''].join('\n');
}

/** Returns a table of findings, the most severe first, and the number of those that do not fit. */
export function findingTable(
  report: WatchReport,
  findings: readonly WatchFinding[],
  maxTableBytes: number,
): readonly string[] {
  if (findings.length === 0) return [];
  const sorted = sortedFindings(findings);
  const head = ['| Severity | Finding |', '| :-- | :-- |'];
  const rows = fitting(sorted, (finding) => [findingRow(finding, report)], maxTableBytes - byteLength(head) - 100);
  const more = sorted.length - rows.length;
  return [...head, ...rows.flat(), '', ...(more > 0 ? [`… and ${count(more, 'more finding')}.`, ''] : [])];
}

function findingRow(finding: WatchFinding, report: WatchReport): string {
  const { rule, severity, title, reason, remedy, about, firstSeen, id } = finding;
  const run = findingRun(finding);
  const page = about.kind === 'entry' ? entryPage(about.entry, report) : undefined;
  const place =
    about.kind === 'entry' ? [`index ${about.entry.index} of ${cellCode(about.entry.log.baseUrl, maxCellLength)}`] : [];
  const links = [
    ...(run === undefined ? [] : [link('run', run)]),
    ...(page === undefined ? [] : [link('log entry', page)]),
  ];
  const lines = [
    `**${cellProse(title)}**`,
    cellProse(reason),
    `**Next step:** ${cellProse(remedy)}`,
    cellCode(subjectOf(finding), maxCellLength),
    [...place, ...links, `first seen ${day(firstSeen)}`].join(', '),
    `${cellCode(rule.id)} ${cellProse(rule.name)}, finding \`${id.slice(0, 12)}\``,
  ];
  return `| ${severitySigns[severity]} | ${lines.join('<br>')} |`;
}

/** Returns a warning with the reasons why the watch is incomplete. */
export function incompleteLines(report: WatchReport): readonly string[] {
  const reasons = incompleteReasons(report);
  if (reasons.length === 0) return [];
  const more = reasons.length - maxReasons;
  return [
    '> [!WARNING]',
    '> The watch is incomplete. A finding may be missing from this report.',
    '>',
    ...reasons.slice(0, maxReasons).map((reason) => `> - ${prose(reason)}`),
    ...(more > 0 ? [`> - and ${more.toLocaleString('en')} more`] : []),
    '',
  ];
}

/** Returns the coverage of each log and of the packages. */
export function coverageSection({ audit, packages }: WatchReport): readonly string[] {
  const logs = audit.logs.slice(0, maxLogs);
  const checked = packages.filter(({ problem }) => problem === undefined).length;
  return [
    '### Coverage',
    '',
    ...(logs.length === 0
      ? ['No log was read.', '']
      : [
          '| Log | Proven | Entries |',
          '| :-- | :-- | :-- |',
          ...logs.map(
            (log) =>
              `| ${cellCode(log.log.baseUrl, maxCellLength)} | ${coverageBar(log)} | ${cellProse(coverageText(log))} |`,
          ),
          '',
        ]),
    ...(audit.logs.length > maxLogs ? [`… and ${count(audit.logs.length - maxLogs, 'more log')}.`, ''] : []),
    ...(packages.length === 0
      ? []
      : [`${checked.toLocaleString('en')} of ${count(packages.length, 'package')} checked.`, '']),
  ];
}

const barLength = 10;

/** `█████████░ 97 %` of the entries since the baseline. Not rounded up to a whole: 100 % means all. */
function coverageBar({ coverage, isTreeOnly }: LogReport): string {
  if (isTreeOnly) return 'tree only';
  if (coverage === undefined) return `\`${'░'.repeat(barLength)}\` none`;
  const { from, to, size } = coverage;
  const part = size > from ? (to - from) / (size - from) : 1;
  const full = Math.floor(part * barLength);
  return `\`${'█'.repeat(full)}${'░'.repeat(barLength - full)}\` ${Math.floor(part * 100)} %`;
}

function signatureLines(report: WatchReport): readonly string[] {
  const histories = signaturesBySigner(report);
  if (histories.length === 0) return [];
  const days = lastDays(report.at);
  const more = histories.length - maxSigners;
  return [
    `### Signatures of the last ${shownDays} days`,
    '',
    '| Signer | Signatures per 3 days | Total |',
    '| :-- | :-- | --: |',
    ...histories
      .slice(0, maxSigners)
      .map(
        (history) =>
          `| ${cellCode(history.signer, maxCellLength)} | \`${sparkline(history, days)}\` | ${history.total.toLocaleString('en')} |`,
      ),
    '',
    ...(more > 0 ? [`… and ${count(more, 'more signer')}.`, ''] : []),
  ];
}

const levels = '▁▂▃▄▅▆▇█';
const daysPerCharacter = 3;

/** Returns a bar of one of eight heights for each three days, and `·` for days without signatures. */
function sparkline({ days: counts }: SignerHistory, days: readonly string[]): string {
  const sums = Array.from({ length: Math.ceil(days.length / daysPerCharacter) }, (_, index) =>
    days
      .slice(index * daysPerCharacter, (index + 1) * daysPerCharacter)
      .reduce((sum, on) => sum + (counts.get(on) ?? 0), 0),
  );
  const highest = Math.max(1, ...sums);
  return sums.map((sum) => (sum === 0 ? '·' : levels.charAt(Math.ceil((sum / highest) * levels.length) - 1))).join('');
}

/** Returns the acknowledged findings, with their reasons and end dates. */
export function acknowledgedLines({ acknowledged }: WatchReport): readonly string[] {
  if (acknowledged.length === 0) return [];
  const more = acknowledged.length - maxAcknowledged;
  return [
    `<details><summary>${count(acknowledged.length, 'acknowledged finding')}</summary>`,
    '',
    '| Finding | Reason | Until |',
    '| :-- | :-- | :-- |',
    ...acknowledged
      .slice(0, maxAcknowledged)
      .map(
        ({ finding: { rule, title }, reason, until }) =>
          `| ${cellCode(rule.id)} ${cellProse(title)} | ${cellProse(reason)} | ${day(until)} |`,
      ),
    '',
    ...(more > 0 ? [`… and ${more.toLocaleString('en')} more.`, ''] : []),
    '</details>',
    '',
  ];
}

/** Returns the acknowledgements that have ended, the rules that still learn, and the facts about the run. */
export function footLines({ learning, expired, policy, matched, pending, at }: WatchReport): readonly string[] {
  return [
    ...foldedLines('Expired acknowledgements', expired),
    ...foldedLines('Rules that still learn', learning),
    `Policy ${code(policy)}, ${moment(at)}. ${matched.toLocaleString('en')} matching ${matched === 1 ? 'entry' : 'entries'} in this run, ${pending.toLocaleString('en')} undecided.`,
    '',
  ];
}

function foldedLines(title: string, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return [];
  const more = texts.length - maxReasons;
  return [
    `<details><summary>${title}</summary>`,
    '',
    ...texts.slice(0, maxReasons).map((text) => `- ${prose(text)}`),
    ...(more > 0 ? [`- and ${more.toLocaleString('en')} more`] : []),
    '',
    '</details>',
    '',
  ];
}
