/** The result of an audit. */

import type { Finding, Severity } from '../evidence/index.ts';
import { isProven, severityOf } from '../evidence/index.ts';
import type { MonitoredLog } from '../log/index.ts';
import type { Baseline, ProvenRecord } from '../state/index.ts';

/** A finding of this run. */
export interface ReportedFinding {
  readonly finding: Finding;
  /** The path of the evidence file of a proven finding. */
  readonly evidence: string | undefined;
  /** The path of the file with what the log served in place of an entry. It proves nothing. */
  readonly observation?: string | undefined;
  /** True if no earlier run reported it. Only proven findings are remembered. */
  readonly isNew: boolean;
}

/** The entries that were proven and passed on, in this run and in earlier ones. */
export interface Coverage {
  /** The index of the first entry. */
  readonly from: number;
  /** The index after the last entry. */
  readonly to: number;
  /** The size of the verified tree. */
  readonly size: number;
  /** The number of entries that this run read. */
  readonly read: number;
  /** The number of those that could not be parsed. */
  readonly unreadable: number;
}

/** The result for a log. */
export interface LogReport {
  readonly log: MonitoredLog;
  /** `undefined` if no checkpoint of the log was verified. */
  readonly origin: string | undefined;
  /** The head that the log served; `undefined` if it could not be verified. */
  readonly head: { readonly size: number; readonly root: Uint8Array; readonly time: Date | undefined } | undefined;
  /** The beginning of the audit of this log, and whether this run made it. */
  readonly baseline: (Baseline & { readonly isNew: boolean }) | undefined;
  /** `undefined` if nothing is known of the log. */
  readonly coverage: Coverage | undefined;
  /** True if the run audited the tree of the log, and was not to read its entries. */
  readonly isTreeOnly?: boolean | undefined;
  readonly findings: readonly ReportedFinding[];
  /** The misbehaviour that earlier runs proved, and this one did not meet again. */
  readonly earlier: readonly ProvenRecord[];
  /** The reasons why the audit of the log is incomplete, as sentences without full stops. */
  readonly incomplete: readonly string[];
  /** Statements for people that are no problem, such as the end of a log. */
  readonly notes: readonly string[];
}

export interface AuditReport {
  readonly logs: readonly LogReport[];
  /** Findings about no log that was audited, such as a log that was removed from the trusted root. */
  readonly findings: readonly ReportedFinding[];
  /** Inputs that could not be used, as sentences without full stops. */
  readonly incomplete: readonly string[];
}

/** The outcome of an audit: the most severe of its parts. */
export type Outcome = 'clean' | 'incomplete' | 'findings' | 'misbehaviour';

export function outcomeOf({ logs, findings, incomplete }: AuditReport): Outcome {
  const all = [...findings, ...logs.flatMap((log) => log.findings)];
  if (all.some(({ finding }) => isProven(finding)) || logs.some(({ earlier }) => earlier.length > 0))
    return 'misbehaviour';
  if (all.length > 0) return 'findings';
  return incomplete.length > 0 || logs.some((log) => log.incomplete.length > 0) ? 'incomplete' : 'clean';
}

/** The most severe first. */
export const severityOrder: readonly Severity[] = ['misbehaviour', 'error', 'warning', 'outage'];

/** Sorts findings, the most severe first. */
export function bySeverity(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const rank = ({ finding }: ReportedFinding): number => severityOrder.indexOf(severityOf(finding));
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
