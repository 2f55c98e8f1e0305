/** Formats a watch as JSON. docs/json.md documents the format; within a version, members are added and never changed. */

import { claimName } from '../core/certificate/index.ts';
import type { WatchedEntry, WatchedSigner } from '../monitor/rules/index.ts';
import type { FindingChange, WatchFinding, WatchReport } from '../monitor/watch/index.ts';
import { logJson } from './audit-json.ts';
import { digestJson, problemJson } from './search-json.ts';
import { incompleteReasons, isoTime, sortedFindings, watchExitCodes, watchOutcome } from './watch-report.ts';

/** Returns the report as plain values. */
export function watchJson(report: WatchReport): object {
  const outcome = watchOutcome(report);
  return {
    version: 1,
    outcome,
    exitCode: watchExitCodes[outcome],
    failure: null,
    test: report.isTest,
    policy: report.policy,
    time: isoTime(report.at),
    logs: report.audit.logs.map(logJson),
    packages: report.packages.map(({ package: { ecosystem, name, repository }, versions, problem }) => ({
      ecosystem,
      name,
      repository: repository ?? null,
      versions,
      problem: problem ?? null,
    })),
    matched: report.matched,
    pending: report.pending,
    findings: sortedFindings(report.open).map(watchFindingJson),
    acknowledged: report.acknowledged.map(({ finding, reason, until }) => ({
      finding: watchFindingJson(finding),
      reason,
      until: isoTime(until),
    })),
    changes: report.changes.map(changeJson),
    signatures: report.signatures.map(({ signer, day, count }) => ({ signer, day, count })),
    learning: report.learning,
    expired: report.expired,
    incomplete: incompleteReasons(report),
  };
}

function changeJson({ activity, finding, at }: FindingChange): object {
  return { activity, finding: finding.id, time: isoTime(at) };
}

/** Returns a finding as plain values. */
export function watchFindingJson(finding: WatchFinding): object {
  const { id, rule, severity, title, reason, remedy, about, firstSeen, lastSeen, evidence, line } = finding;
  return {
    id,
    rule: { id: rule.id, name: rule.name },
    severity,
    title,
    reason,
    remedy,
    about: aboutJson(about),
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
    evidence: evidence ?? null,
    line: line ?? null,
  };
}

function aboutJson(about: WatchFinding['about']): object {
  switch (about.kind) {
    case 'entry':
      return { kind: 'entry', ...watchedEntryJson(about.entry) };
    case 'log':
      return { kind: 'log', url: about.url, origin: about.origin ?? null, code: about.code };
    case 'package':
      return { kind: 'package', ecosystem: about.ecosystem, name: about.name, version: about.version ?? null };
  }
}

/** Returns an entry as plain values. */
export function watchedEntryJson(entry: WatchedEntry): object {
  return {
    log: entry.log.baseUrl,
    origin: entry.log.origin,
    protocol: entry.log.protocol,
    // A text, since the indices of a log can be larger than the exact numbers of JSON.
    index: String(entry.index),
    leafHash: entry.leafHash,
    type: entry.type,
    entryKind: entry.kind ?? null,
    time: entry.loggedAt === undefined ? null : isoTime(entry.loggedAt),
    seen: isoTime(entry.seenAt),
    digests: entry.digests.map(digestJson),
    signers: entry.signers.map(signerJson),
    problems: entry.problems.map(problemJson),
    watchedAs: entry.watchedAs.map(({ what, value, line }) => ({ what, value, line })),
  };
}

function signerJson(signer: WatchedSigner): object {
  if (signer.kind === 'key') return { kind: 'key', format: signer.format, key: `sha256:${signer.keyHash}` };
  const { names, claims, keyHash, certificateHash, tbsHash, notBefore, notAfter } = signer;
  const hash = (hex: string | undefined): string | null => (hex === undefined ? null : `sha256:${hex}`);
  return {
    kind: 'certificate',
    names: names.map(({ kind, value }) => ({ kind, value })),
    claims: Object.fromEntries(
      Object.entries(claims).flatMap(([name, value]) => (value === undefined ? [] : [[claimName(name), value]])),
    ),
    key: hash(keyHash),
    certificate: {
      digest: hash(certificateHash),
      tbsDigest: hash(tbsHash),
      notBefore: notBefore === undefined ? null : isoTime(notBefore),
      notAfter: notAfter === undefined ? null : isoTime(notAfter),
    },
  };
}
