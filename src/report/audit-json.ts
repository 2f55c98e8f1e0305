/** Formats an audit as JSON. docs/json.md documents the format; within a version, members are added and never changed. */

import { encodeHex } from '../core/encoding/index.ts';
import {
  type AuditReport,
  bySeverity,
  type LogReport,
  outcomeOf,
  type ReportedFinding,
} from '../monitor/audit/index.ts';
import { type EvidenceVerdict, isProven, severityOf } from '../monitor/evidence/index.ts';
import { auditExitCodes, evidenceExitCode } from './audit-report.ts';

/** Returns the report as plain values. */
export function auditJson(report: AuditReport): object {
  const outcome = outcomeOf(report);
  return {
    version: 1,
    outcome,
    exitCode: auditExitCodes[outcome],
    failure: null,
    logs: report.logs.map(logJson),
    findings: bySeverity(report.findings).map(findingJson),
    incomplete: report.incomplete,
  };
}

/** Returns the result for a log as plain values. */
export function logJson({ log, origin, head, baseline, coverage, isTreeOnly = false, ...report }: LogReport): object {
  return {
    url: log.baseUrl,
    protocol: log.protocol,
    origin: origin ?? null,
    keyId: encodeHex(log.keyId),
    tree:
      head === undefined
        ? null
        : { size: head.size, root: encodeHex(head.root), time: head.time?.toISOString() ?? null },
    baseline:
      baseline === undefined
        ? null
        : { size: baseline.size, time: baseline.at.toISOString(), from: baseline.from, isNew: baseline.isNew },
    coverage: coverage ?? null,
    treeOnly: isTreeOnly,
    findings: bySeverity(report.findings).map(findingJson),
    earlier: report.earlier.map(({ id, code, message, at }) => ({ id, code, message, time: at.toISOString() })),
    incomplete: report.incomplete,
    notes: report.notes,
  };
}

function findingJson({ finding, evidence, observation, isNew }: ReportedFinding): object {
  const { id, code, message, remedy } = finding;
  return {
    id,
    code,
    severity: severityOf(finding),
    proven: isProven(finding),
    isNew,
    ...(finding.code === 'WATCH_BLIND' && { cause: finding.cause }),
    message,
    remedy,
    evidence: evidence ?? null,
    observation: observation ?? null,
  };
}

/** Returns the result of checking an evidence file as plain values. */
export function evidenceJson(path: string, verdict: EvidenceVerdict): object {
  const { code, id, origin } = verdict;
  return {
    version: 1,
    exitCode: evidenceExitCode(verdict),
    failure: null,
    file: path,
    proven: verdict.verdict === 'proven',
    finding: { id, code, origin },
    statement: verdict.verdict === 'proven' ? verdict.statement : null,
    reason: verdict.verdict === 'proven' ? null : verdict.reason,
  };
}
