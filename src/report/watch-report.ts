/** What the reports of a watch have in common. All texts that come from a log or a registry are still untrusted. */

import type { LogReport } from '../monitor/audit/index.ts';
import { shardOffset } from '../monitor/evidence/index.ts';
import type { WatchedEntry, WatchedSigner } from '../monitor/rules/index.ts';
import {
  type FindingChange,
  listed,
  type WatchFinding,
  type WatchReport,
  type WatchSeverity,
} from '../monitor/watch/index.ts';
import { searchPage } from './search-page.ts';
import { count } from './shorten.ts';

/** The outcome of a watch: the most severe of its parts. */
export type WatchOutcome = 'clean' | 'incomplete' | 'findings' | 'misbehaviour';

/** The exit code of a watch. */
export const watchExitCodes = { clean: 0, incomplete: 6, findings: 7, misbehaviour: 8 } as const satisfies Record<
  WatchOutcome,
  number
>;

/** The most severe first. */
export const watchSeverities: readonly WatchSeverity[] = ['critical', 'alert', 'note'];

/** Reports whether a finding calls for action. Notes do not. */
export function isAlert({ severity }: WatchFinding): boolean {
  return severity !== 'note';
}

/** Reports whether a finding is proven misbehaviour of a log. */
export function isMisbehaviour({ about, severity }: WatchFinding): boolean {
  return about.kind === 'log' && severity === 'critical';
}

/** Returns the outcome. Notes alone are clean. */
export function watchOutcome(report: WatchReport): WatchOutcome {
  const { open } = report;
  if (open.some(isMisbehaviour)) return 'misbehaviour';
  if (open.some(isAlert)) return 'findings';
  return isComplete(report) ? 'clean' : 'incomplete';
}

/** Reports whether everything that the policy names was checked. */
export function isComplete(report: WatchReport): boolean {
  return incompleteReasons(report).length === 0;
}

/** Returns the reasons why the watch is incomplete, those of its logs and packages included, as sentences without full stops. */
export function incompleteReasons({ incomplete, audit, packages }: WatchReport): readonly string[] {
  const ofLogs = audit.logs.flatMap((log) => [
    ...log.incomplete.map((reason) => `${log.log.baseUrl}: ${reason}`),
    // A log without coverage was not examined, even if no part of the audit gives a reason.
    ...(log.coverage === undefined && log.incomplete.length === 0
      ? [`${log.log.baseUrl}: no checkpoint of the log was verified`]
      : []),
  ]);
  const ofPackages = packages.flatMap(({ package: { ecosystem, name }, problem }) =>
    problem === undefined ? [] : [`${ecosystem} ${name}: ${problem}`],
  );
  return [...new Set([...incomplete, ...audit.incomplete, ...ofLogs, ...ofPackages])];
}

/** Returns the number of open findings of each severity. */
export function severityCounts(findings: readonly WatchFinding[]): Readonly<Record<WatchSeverity, number>> {
  const counts = { critical: 0, alert: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Returns the open findings, the most severe first, and the newest first among these. */
export function sortedFindings(findings: readonly WatchFinding[]): readonly WatchFinding[] {
  const rank = ({ severity }: WatchFinding): number => watchSeverities.indexOf(severity);
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.firstSeen.getTime() - a.firstSeen.getTime());
}

/** Returns the result in a line: `2 alerts and 1 note are open`. */
export function watchHeadline(report: WatchReport): string {
  const outcome = watchOutcome(report);
  const counts = severityCounts(report.open);
  const parts = [
    ...(counts.critical > 0 ? [`${counts.critical.toLocaleString('en')} critical`] : []),
    ...(counts.alert > 0 ? [count(counts.alert, 'alert')] : []),
    ...(counts.note > 0 ? [count(counts.note, 'note')] : []),
  ];
  const open = `${listed(parts)} ${report.open.length === 1 ? 'is' : 'are'} open`;
  const headlines: Readonly<Record<WatchOutcome, string>> = {
    misbehaviour: `A log misbehaved, and this is proven: ${open}`,
    findings: open.charAt(0).toUpperCase() + open.slice(1),
    incomplete: parts.length === 0 ? 'Incomplete, and no open finding' : `Incomplete: ${open}`,
    clean: parts.length === 0 ? 'Clean: no open finding' : `Clean: only ${open}`,
  };
  const suffix =
    outcome !== 'incomplete' && outcome !== 'clean' && !isComplete(report) ? '. The watch is incomplete' : '';
  return `${report.isTest ? 'Test report. ' : ''}${headlines[outcome]}${suffix}`;
}

/** Returns where a log was read, as a sentence without its full stop. */
export function coverageText({ coverage, baseline, isTreeOnly, notes }: LogReport): string {
  if (coverage === undefined) return 'nothing was read: no checkpoint of the log was verified';
  const { from, to, size, read } = coverage;
  if (isTreeOnly)
    return [`the tree of ${entries(size)} was audited, and its entries are not read`, ...notes].join('; ');
  const range =
    from === to
      ? `no entries yet, from index ${from.toLocaleString('en')} of a tree of ${entries(size)}`
      : `entries ${from.toLocaleString('en')} to ${(to - 1).toLocaleString('en')} of ${size.toLocaleString('en')}, ${read.toLocaleString('en')} of them in this run`;
  const left = size > to ? `; ${entries(size - to)} left` : '';
  const before =
    baseline === undefined || from === 0 ? '' : `; entries before ${from.toLocaleString('en')} are not read`;
  return `${range}${left}${before}`;
}

/** Returns the coverage of a whole report in sentences without line ends, one for each log and one for the packages. */
export function coverageLines({ audit, packages }: WatchReport): readonly string[] {
  const checked = packages.filter(({ problem }) => problem === undefined);
  return [
    ...(audit.logs.length === 0
      ? ['no log was read']
      : audit.logs.map((log) => `${log.log.baseUrl}: ${coverageText(log)}`)),
    ...(packages.length === 0
      ? []
      : [
          `${checked.length.toLocaleString('en')} of ${count(packages.length, 'package')} checked, ${count(
            checked.reduce((sum, { versions }) => sum + versions, 0),
            'version',
          )}`,
        ]),
  ];
}

/** `1 entry`, `2 entries` */
export function entries(number: number): string {
  return number === 1 ? '1 entry' : `${number.toLocaleString('en')} entries`;
}

/** A fact about a finding, for people. */
export interface FindingFact {
  readonly label: string;
  readonly value: string;
  /** A page about it, whose address was checked. */
  readonly url?: string | undefined;
}

/** The number of digests, signers and matches of an entry that are shown. */
const maxListed = 5;

/** Returns the facts about a finding: the place in the log, the signer, the run, the part of the policy. */
export function findingFacts(finding: WatchFinding, report: WatchReport): readonly FindingFact[] {
  const { about, evidence, line, id, firstSeen, lastSeen } = finding;
  return [
    ...aboutFacts(about, report),
    { label: 'first seen', value: moment(firstSeen) },
    ...(firstSeen.getTime() === lastSeen.getTime() ? [] : [{ label: 'last seen', value: moment(lastSeen) }]),
    ...(evidence === undefined ? [] : [{ label: 'evidence', value: evidence }]),
    ...(line === undefined ? [] : [{ label: 'policy', value: `${report.policy}, line ${line}` }]),
    { label: 'finding', value: id },
  ];
}

function aboutFacts(about: WatchFinding['about'], report: WatchReport): readonly FindingFact[] {
  switch (about.kind) {
    case 'entry':
      return entryFacts(about.entry, report);
    case 'log':
      return [
        { label: 'log', value: about.origin === undefined ? about.url : `${about.url} (${about.origin})` },
        { label: 'code', value: about.code },
      ];
    case 'package':
      return [
        {
          label: 'package',
          value: `${about.ecosystem} ${about.name}${about.version === undefined ? '' : ` ${about.version}`}`,
        },
      ];
  }
}

function entryFacts(entry: WatchedEntry, report: WatchReport): readonly FindingFact[] {
  const { log, index, loggedAt, digests, signers, problems } = entry;
  return [
    ...signers.slice(0, maxListed).flatMap(signerFacts),
    ...more(signers, 'signer'),
    ...digests.slice(0, maxListed).map(({ algorithm, value, of }) => ({
      label: of === 'signed' ? 'digest' : `${of} digest`,
      value: `${algorithm}:${value}`,
    })),
    ...more(digests, 'digest'),
    { label: 'entry', value: `${log.baseUrl} index ${index}`, url: entryPage(entry, report) },
    { label: 'logged', value: loggedAt === undefined ? 'time not stated by the log' : moment(loggedAt) },
    ...problems.slice(0, maxListed).map(({ part, reason }) => ({ label: 'problem', value: `${part}: ${reason}` })),
    ...more(problems, 'problem'),
  ];
}

function more(list: readonly unknown[], noun: string): readonly FindingFact[] {
  return list.length > maxListed ? [{ label: '', value: `and ${count(list.length - maxListed, `more ${noun}`)}` }] : [];
}

function signerFacts(signer: WatchedSigner): readonly FindingFact[] {
  if (signer.kind === 'key') return [{ label: 'signer', value: `${signer.format} key sha256:${signer.keyHash}` }];
  const { claims, notBefore } = signer;
  const fact = (label: string, value: string | undefined, url?: string): readonly FindingFact[] =>
    value === undefined || value === '' ? [] : [{ label, value, url }];
  return [
    { label: 'signer', value: signerName(signer) },
    ...fact('issuer', claims.issuer),
    ...fact('repository', claims.sourceRepositoryUri ?? claims.githubWorkflowRepository),
    ...fact('ref', claims.sourceRepositoryRef ?? claims.githubWorkflowRef),
    ...fact('commit', claims.sourceRepositoryDigest ?? claims.githubWorkflowSha),
    ...fact('trigger', claims.buildTrigger ?? claims.githubWorkflowTrigger),
    ...fact('run', claims.runInvocationUri, runPage(claims.runInvocationUri)),
    ...fact('certificate', notBefore && `issued ${moment(notBefore)}`),
  ];
}

/** Returns the names of a signer. */
export function signerName(signer: WatchedSigner): string {
  if (signer.kind === 'key') return `${signer.format} key sha256:${signer.keyHash}`;
  const names = signer.names.slice(0, maxListed).map(({ value }) => value);
  return names.join(', ') || 'certificate without a name';
}

/** Returns what a finding is about, in a few words: the signer, the log or the package. */
export function subjectOf({ about }: WatchFinding): string {
  switch (about.kind) {
    case 'entry': {
      const [first] = about.entry.signers;
      return first === undefined ? `${about.entry.log.baseUrl} index ${about.entry.index}` : signerName(first);
    }
    case 'log':
      return about.url;
    case 'package':
      return `${about.ecosystem} ${about.name}${about.version === undefined ? '' : ` ${about.version}`}`;
  }
}

/** Returns the page of an entry. Only the public log has pages, by the index over all of its shards. */
export function entryPage({ log, index }: WatchedEntry, { audit }: WatchReport): string | undefined {
  const audited = audit.logs.find(({ origin }) => origin === log.origin);
  if (audited === undefined) return undefined;
  const offset = shardOffset(log.origin, audited.log.keyId);
  return offset === undefined ? undefined : searchPage(log.baseUrl, BigInt(offset) + BigInt(index));
}

/** A certificate can name any address. A link in a report about an attack must not lead to the attacker's server. */
const runUrl = /^https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/actions\/runs\/\d{1,20}(?:\/attempts\/\d{1,6})?$/;

/** Returns the address of a run, if it is a page of github.com. */
export function runPage(uri: string | undefined): string | undefined {
  return uri !== undefined && runUrl.test(uri) ? uri : undefined;
}

/** Returns the run that a finding is about; `undefined` if it is not on github.com. */
export function findingRun({ about }: WatchFinding): string | undefined {
  if (about.kind !== 'entry') return undefined;
  return about.entry.signers
    .map((signer) => (signer.kind === 'certificate' ? runPage(signer.claims.runInvocationUri) : undefined))
    .find((url) => url !== undefined);
}

/** `2026-11-30 12:00:00 UTC` */
export function moment(time: Date): string {
  return `${isoTime(time).slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-11-30` */
export function day(time: Date): string {
  return isoTime(time).slice(0, 10);
}

/** Returns the time in ISO 8601. A time from a log can be outside of the years that have four digits, or invalid. */
export function isoTime(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'invalid time' : time.toISOString();
}

/** Returns the identity of a change, which is the same whenever it is delivered: finding, activity and time. */
export function changeKey({ finding, activity, at }: FindingChange): string {
  return `${finding.id}.${activity}.${Math.floor(at.getTime() / 1000)}`;
}

/** Returns the number of signatures of each signer, the most frequent first, with the signatures of each day. */
export function signaturesBySigner({ signatures }: WatchReport): readonly SignerHistory[] {
  const signers = new Map<string, Map<string, number>>();
  for (const { signer, day: on, count: number } of signatures) {
    const days = signers.get(signer) ?? new Map<string, number>();
    days.set(on, (days.get(on) ?? 0) + number);
    signers.set(signer, days);
  }
  return [...signers]
    .map(([signer, days]) => ({ signer, days, total: [...days.values()].reduce((sum, each) => sum + each, 0) }))
    .sort((a, b) => b.total - a.total || (a.signer < b.signer ? -1 : 1));
}

export interface SignerHistory {
  readonly signer: string;
  /** The number of signatures by day. */
  readonly days: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The number of days in pictures. */
export const shownDays = 90;

/** Returns the last 90 days, oldest first. */
export function lastDays(at: Date): readonly string[] {
  const end = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return Array.from({ length: shownDays }, (_, index) => day(new Date(end - (shownDays - 1 - index) * 86_400_000)));
}

/** Returns the signers of the entry that a finding is about, named as in {@link WatchReport.signatures}: without host and ref. */
export function signerOf({ about }: WatchFinding): readonly string[] {
  if (about.kind !== 'entry') return [];
  return about.entry.signers.flatMap((signer) =>
    signer.kind === 'certificate'
      ? signer.names.map(({ value }) => value.replace(/^https:\/\/github\.com\//, '').replace(/@refs\/.*$/s, ''))
      : [],
  );
}
