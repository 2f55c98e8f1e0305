/** The findings of an audit, as findings of the watch (P22). */

import { join } from 'node:path';
import type { AuditReport, LogReport, ReportedFinding } from '../audit/index.ts';
import { type Finding, isProven } from '../evidence/index.ts';
import type { ProvenRecord } from '../state/index.ts';
import type { WatchPolicy } from '../watch-policy/index.ts';
import type { ObservedFinding } from './finding-store.ts';
import type { StateProblem } from './watch-folder.ts';

/** The rule of findings about logs and about the watch itself. */
export const logRule = { id: 'P22', name: 'log-misbehaviour' } as const;

const proven =
  'The log misbehaved. This is proven: anyone can check the evidence with the key of the log, without the log.';
const unproven =
  'The audit could not verify the log. An outage, a cache or a network can cause this too, so that it is no proof of misbehaviour.';
const blind = 'The watch saw less of the logs than it should: there may be signatures that it has not seen.';

/** Returns the findings of an audit. @param state the folder of the audit, for the paths of evidence */
export function auditFindings(report: AuditReport, policy: WatchPolicy, state: string): readonly ObservedFinding[] {
  const found = [...report.findings, ...report.logs.flatMap(({ findings }) => findings)];
  return [
    ...found.flatMap((one) => observed(one, policy)),
    ...report.logs.flatMap((log) => log.earlier.map((record) => earlier(record, log, state))),
  ];
}

function observed({ finding, evidence }: ReportedFinding, policy: WatchPolicy): readonly ObservedFinding[] {
  const { id, code, message, remedy, log } = finding;
  const setting = policy.rules.get(logRule.id);
  // A policy can silence what may be an outage, and not what is proven.
  if (setting === 'off' && !isProven(finding)) return [];
  return [
    {
      id,
      rule: logRule,
      base: isProven(finding) ? 'critical' : setting === 'note' ? 'note' : 'alert',
      title: message,
      reason: reasonOf(finding),
      remedy,
      about: { kind: 'log', url: log.baseUrl, origin: log.origin, code },
      evidence,
      line: undefined,
      isCondition: !isProven(finding),
    },
  ];
}

function reasonOf(finding: Finding): string {
  if (isProven(finding)) return proven;
  return finding.code === 'WATCH_BLIND' ? blind : unproven;
}

/** Returns the finding of misbehaviour that an earlier run proved. */
function earlier({ id, code, message }: ProvenRecord, { log, origin }: LogReport, state: string): ObservedFinding {
  return {
    id,
    rule: logRule,
    base: 'critical',
    title: message,
    reason: proven,
    remedy: 'Keep the evidence file, and report it to the operator of the log. Do not trust new entries of this log.',
    about: { kind: 'log', url: log.baseUrl, origin, code },
    evidence: join(state, 'evidence', `${id}.json`),
    line: undefined,
    isCondition: false,
  };
}

/** The subject of a finding about the watch itself. */
export interface BlindSubject {
  /** The URL of a log, or the path of the state. */
  readonly url: string;
  readonly origin: string | undefined;
}

/**
 * Returns the finding that the watch saw less than it should: an event, which stays open until it is acknowledged.
 *
 * @param id tells it apart from other events
 */
export function blindFinding(
  id: string,
  { message }: Pick<StateProblem, 'message'>,
  { url, origin }: BlindSubject,
): ObservedFinding {
  return {
    id,
    rule: logRule,
    base: 'alert',
    title: message,
    reason: blind,
    remedy:
      'Find out who changed the state folder. To check entries that were not compared, run the watch with `back-test`. Then acknowledge the finding in the policy.',
    about: { kind: 'log', url, origin, code: 'WATCH_BLIND' },
    evidence: undefined,
    line: undefined,
    isCondition: false,
  };
}
