/** Formats the open findings of a watch as SARIF 2.1.0, within GitHub's limits. */

import { rules } from '../monitor/rules/index.ts';
import type { WatchFinding, WatchReport, WatchSeverity } from '../monitor/watch/index.ts';
import { plainJson } from './plain-text.ts';
import { byteLength, count, fitting, shownText } from './shorten.ts';
import {
  coverageLines,
  findingFacts,
  findingRun,
  incompleteReasons,
  isComplete,
  sortedFindings,
  watchHeadline,
} from './watch-report.ts';

/** GitHub keeps the 5,000 most severe results of an upload, and accepts 10 MB of gzip. */
const maxResults = 5000;
const maxBytes = 9_000_000;
const maxTextLength = 1000;
const maxNotifications = 100;

const levels = { note: 'note', alert: 'error', critical: 'error' } as const satisfies Record<WatchSeverity, string>;
/** GitHub calls 9.0 and above critical, 7.0 and above high, and less than 4.0 low. */
const securitySeverities = { note: 3, alert: 8, critical: 9.5 } as const satisfies Record<WatchSeverity, number>;

/**
 * Returns the open findings as a SARIF log. Each upload replaces the earlier one of its category, so it always contains all of them.
 *
 * @param version the version of Countersign
 */
export function watchSarif(report: WatchReport, version: string): string {
  const open = sortedFindings(report.open);
  const descriptors = rulesOf(open);
  const index = new Map(descriptors.map(({ id }, at) => [id, at]));
  const results = fitting(
    open.slice(0, maxResults),
    (finding) => [JSON.stringify(resultOf(finding, report, index.get(finding.rule.id) ?? -1))],
    maxBytes - byteLength([JSON.stringify(descriptors)]) - 500_000,
  ).flat();
  const run = {
    tool: {
      driver: {
        name: 'Countersign watch',
        semanticVersion: version,
        rules: descriptors,
      },
    },
    automationDetails: { id: 'countersign-watch/' },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: isComplete(report),
        endTimeUtc: report.at.toISOString(),
        toolExecutionNotifications: notifications(report, open.length - results.length),
      },
    ],
    properties: { coverage: coverageLines(report).map((line) => shownText(line, maxTextLength)), test: report.isTest },
    results: [],
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  // The results are texts already: a log of thousands is not formatted twice.
  const [start = '', end = ''] = JSON.stringify(log).split('"results":[]');
  return `${plainJson(`${start}"results":[${results.join(',')}]${end}`)}\n`;
}

interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity': string };
}

/** Returns the rules of the findings. The severity of a rule is that of its most severe finding. */
function rulesOf(open: readonly WatchFinding[]): readonly SarifRule[] {
  const descriptors = new Map<string, SarifRule>();
  // The most severe findings come first.
  for (const { rule, severity } of open) {
    if (descriptors.has(rule.id)) continue;
    const name = shownText(rule.name, maxTextLength);
    const short = sentence(name.replaceAll('-', ' '));
    const known = rules.find(({ id }) => id === rule.id);
    const falseAlarms = known === undefined ? [] : [`False alarms: ${sentence(known.falseAlarms)}`];
    const help = [
      ...falseAlarms,
      'The finding states the next step. To acknowledge it, add it to the policy file with a reason and an end date.',
    ];
    descriptors.set(rule.id, {
      id: rule.id,
      name: name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: escaped(short) },
      fullDescription: { text: escaped(known === undefined ? short : sentence(known.condition)) },
      help: { text: escaped(help.join(' ')) },
      defaultConfiguration: { level: levels[severity] },
      properties: { tags: ['security', 'supply-chain'], 'security-severity': securitySeverities[severity].toFixed(1) },
    });
  }
  return [...descriptors.values()];
}

function resultOf(finding: WatchFinding, report: WatchReport, ruleIndex: number): object {
  const { rule, severity, title, reason, remedy, id, line } = finding;
  const run = findingRun(finding);
  const facts = findingFacts(finding, report).filter(({ label }) => label !== 'policy' && label !== 'finding');
  const described = facts.map(({ label, value }) => `${label} ${shownText(value, 300)}`.trim()).join('; ');
  const parts = [sentence(title), reason, remedy, sentence(described)].map((part) => shownText(part, maxTextLength));
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels[severity],
    message: { text: escaped(`${report.isTest ? 'Test. ' : ''}${parts.join(' ')}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: policyUri(report.policy) },
          region: { startLine: line ?? 1 },
        },
      },
    ],
    partialFingerprints: { 'countersignFinding/v1': id },
    properties: { severity },
    ...(run !== undefined && { hostedViewerUri: run }),
  };
}

function notifications(report: WatchReport, omitted: number): readonly object[] {
  const reasons = incompleteReasons(report);
  const notice = (level: string, text: string) => ({
    level,
    message: { text: escaped(shownText(text, maxTextLength)) },
  });
  return [
    notice('note', `${watchHeadline(report)}.`),
    ...coverageLines(report)
      .slice(0, maxNotifications)
      .map((line) => notice('note', sentence(line))),
    ...reasons.slice(0, maxNotifications).map((reason) => notice('error', sentence(reason))),
    ...(reasons.length > maxNotifications
      ? [notice('error', `${count(reasons.length - maxNotifications, 'more reason')} why the watch is incomplete.`)]
      : []),
    ...(omitted > 0
      ? [notice('warning', `${count(omitted, 'finding')} omitted: the limit of GitHub is reached.`)]
      : []),
  ];
}

/** Returns the path of the policy file as a URI reference: relative to the repository unless the path is absolute. */
function policyUri(path: string): string {
  const segments = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .split('/')
    .map(encodeSegment);
  return path.startsWith('/') ? `file://${segments.join('/')}` : segments.join('/');
}

/** Encodes a segment, in which a lone surrogate becomes the replacement character. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(Buffer.from(segment).toString());
}

/** In messages, brackets make links and braces make placeholders (SARIF 2.1.0, sections 3.11.5 and 3.11.6). */
function escaped(text: string): string {
  return text
    .replace(/[\\[\]]/g, '\\$&')
    .replaceAll('{', '{{')
    .replaceAll('}', '}}');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
