/** Formats a watch as events of the Open Cybersecurity Schema Framework, version 1.7.0: Detection Finding (class 2004). */

import type { FindingChange, WatchFinding, WatchReport } from '../monitor/watch/index.ts';
import { plainJson } from './plain-text.ts';
import { shownText } from './shorten.ts';
import { watchedEntryJson } from './watch-json.ts';
import { changeKey, entryPage, findingRun, incompleteReasons, watchHeadline, watchOutcome } from './watch-report.ts';

const maxTextLength = 4096;
/** The number of observables of an event, and of reasons in the event about the coverage. */
const maxListed = 100;

const activities = { created: [1, 'Create'], updated: [2, 'Update'], closed: [3, 'Close'] } as const;
const statuses = { created: [1, 'New'], updated: [2, 'In Progress'], closed: [4, 'Resolved'] } as const;
const severities = { note: [2, 'Low'], alert: [4, 'High'], critical: [5, 'Critical'] } as const;

/**
 * Returns the lines, each with its identity: one for each change, and one about the coverage, which is also the heartbeat.
 *
 * @param version the version of Countersign
 */
export function watchOcsfEvents(report: WatchReport, version: string): readonly OcsfEvent[] {
  return [...report.changes.map((change) => watchOcsfChange(change, report, version)), coverageEvent(report, version)];
}

/** Returns the lines: one for each change, and one about the coverage, which is also the heartbeat. */
export function watchOcsfLines(report: WatchReport, version: string): readonly string[] {
  return watchOcsfEvents(report, version).map(({ json }) => json);
}

export interface OcsfEvent {
  /** `metadata.uid`: the same whenever the change is delivered. */
  readonly uid: string;
  /** One line. */
  readonly json: string;
}

/** Returns the event about a change. */
export function watchOcsfChange(change: FindingChange, report: WatchReport, version: string): OcsfEvent {
  const { activity, finding, at } = change;
  const uid = changeKey(change);
  const [activityId, activityName] = activities[activity];
  const [statusId, status] = statuses[activity];
  const [severityId, severity] = severities[finding.severity];
  const run = findingRun(finding);
  return event(uid, {
    ...classOf(activityId, activityName),
    time: at.getTime(),
    severity_id: severityId,
    severity,
    is_alert: activity !== 'closed' && finding.severity !== 'note',
    status_id: statusId,
    status,
    message: text(`${report.isTest ? 'Test: ' : ''}${finding.title}`),
    metadata: metadata(uid, report, version),
    finding_info: {
      uid: finding.id,
      title: text(finding.title),
      desc: text(finding.reason),
      types: [finding.rule.id],
      first_seen_time: finding.firstSeen.getTime(),
      last_seen_time: finding.lastSeen.getTime(),
      created_time: finding.firstSeen.getTime(),
      analytic: { uid: finding.rule.id, name: text(finding.rule.name), type_id: 1, type: 'Rule' },
      ...(run !== undefined && { src_url: run }),
    },
    remediation: { desc: text(finding.remedy) },
    observables: observables(finding),
    unmapped: {
      ...about(finding, report),
      evidence: finding.evidence ?? null,
      policy: { path: report.policy, line: finding.line ?? null },
      coverage: coverage(report),
    },
  });
}

function coverageEvent(report: WatchReport, version: string): OcsfEvent {
  const uid = `coverage.${Math.floor(report.at.getTime() / 1000)}`;
  const incomplete = incompleteReasons(report);
  return event(uid, {
    ...classOf(2, 'Update'),
    time: report.at.getTime(),
    severity_id: 1,
    severity: 'Informational',
    is_alert: false,
    message: text(watchHeadline(report)),
    metadata: metadata(uid, report, version),
    finding_info: {
      uid: 'coverage',
      title: 'Coverage of the watch',
      desc: text(watchHeadline(report)),
      types: ['coverage'],
    },
    unmapped: {
      outcome: watchOutcome(report),
      open: report.open.length,
      acknowledged: report.acknowledged.length,
      matched: report.matched,
      pending: report.pending,
      incomplete: incomplete.slice(0, maxListed).map(text),
      incomplete_count: incomplete.length,
      policy: { path: report.policy, line: null },
      coverage: coverage(report),
    },
  });
}

function classOf(activityId: number, activityName: string): object {
  return {
    activity_id: activityId,
    activity_name: activityName,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200_400 + activityId,
    type_name: `Detection Finding: ${activityName}`,
  };
}

function metadata(uid: string, { isTest }: WatchReport, version: string): object {
  return {
    version: '1.7.0',
    uid,
    product: { name: 'Countersign', vendor_name: 'Countersign', version },
    ...(isTest && { labels: ['test'] }),
  };
}

function observables({ about: subject }: WatchFinding): readonly object[] {
  if (subject.kind !== 'entry') return [];
  const { signers, digests } = subject.entry;
  const names = signers.flatMap((signer) => (signer.kind === 'certificate' ? signer.names : []));
  return [
    ...names.map(({ kind, value }) =>
      observable('unmapped.entry.signers.names.value', nameTypes[kind] ?? other, value),
    ),
    ...digests.map(({ algorithm, value }) =>
      observable('unmapped.entry.digests.digest', hash, `${algorithm}:${value}`),
    ),
  ].slice(0, maxListed);
}

type ObservableType = readonly [id: number, name: string];
const other: ObservableType = [99, 'Other'];
const hash: ObservableType = [8, 'Hash'];
const nameTypes: Readonly<Record<string, ObservableType | undefined>> = {
  uri: [6, 'URL String'],
  email: [5, 'Email Address'],
  dns: [1, 'Hostname'],
  ip: [2, 'IP Address'],
};

function observable(name: string, [id, type]: ObservableType, value: string): object {
  return { name, type_id: id, type, value: text(value) };
}

function about({ about: subject }: WatchFinding, report: WatchReport): object {
  switch (subject.kind) {
    case 'entry':
      return { entry: { ...watchedEntryJson(subject.entry), page: entryPage(subject.entry, report) ?? null } };
    case 'log':
      return { log: { url: subject.url, origin: subject.origin ?? null, code: subject.code } };
    case 'package':
      return { package: { ecosystem: subject.ecosystem, name: subject.name, version: subject.version ?? null } };
  }
}

/** Returns the entries of each log that were proven and checked, and the checked packages. */
function coverage({ audit, packages }: WatchReport): object {
  return {
    logs: audit.logs.slice(0, maxListed).map(({ log, origin, coverage: range }) => ({
      url: log.baseUrl,
      origin: origin ?? null,
      from: range?.from ?? null,
      to: range?.to ?? null,
      size: range?.size ?? null,
    })),
    packages: packages.length,
    packages_checked: packages.filter(({ problem }) => problem === undefined).length,
  };
}

function event(uid: string, content: object): OcsfEvent {
  return { uid, json: plainJson(JSON.stringify(content)) };
}

/** Returns untrusted text of a member that people read. The members below `unmapped` have the text unchanged. */
function text(value: string): string {
  return shownText(value, maxTextLength);
}
