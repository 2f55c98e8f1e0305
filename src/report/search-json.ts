/** Formats a search as JSON. docs/json.md documents the format; within a version, members are added and never changed. */

import { claimName } from '../core/certificate/index.ts';
import { formatDigest } from '../core/crypto/index.ts';
import type { CountersignError } from '../core/errors/index.ts';
import type { CertificateClaims, EntryDigest, EntryProblem, EntrySigner } from '../monitor/entries/index.ts';
import { failureJson } from './failure-json.ts';
import {
  type FoundEntry,
  type FoundSigner,
  gapsOf,
  type Issuance,
  isComplete,
  isSearched,
  type RecoveredBundle,
  type SearchedLog,
  type SearchReport,
  type StoredAttestation,
} from './search-report.ts';

/** Returns the report as plain values. */
export function searchJson(report: SearchReport, failure: CountersignError | undefined): object {
  const { conditions, entries, isLimited, logs } = report;
  return {
    version: 1,
    complete: isComplete(report),
    limited: isLimited,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(failure),
    conditions,
    entries: entries.map(entryJson),
    logs: logs.map(logJson),
  };
}

function entryJson({ claims, ...entry }: FoundEntry): object {
  const isCertificate = claims.type === 'certificate';
  return {
    log: entry.log,
    origin: entry.origin,
    // Texts, since the indices of a log can be larger than the exact numbers of JSON.
    index: String(entry.index),
    globalIndex: entry.globalIndex === undefined ? null : String(entry.globalIndex),
    leafHash: entry.leafHash,
    treeSize: String(entry.treeSize),
    kind: isCertificate ? claims.kind : `${claims.kind} ${claims.version}`,
    time: entry.time?.toISOString() ?? null,
    confirmed: entry.isConfirmed,
    attestation: attestationJson(entry.attestation),
    digests: isCertificate ? [] : claims.digests.map(digestJson),
    signers: entry.signers.map(signerJson),
    problems: claims.problems.map(problemJson),
    bundle: bundleJson(entry.bundle),
  };
}

/** Returns a digest of an entry as plain values. */
export function digestJson({ algorithm, value, of }: EntryDigest): object {
  return { digest: `${algorithm}:${value}`, of };
}

/** Returns a problem of an entry as plain values. */
export function problemJson({ code, part, reason }: EntryProblem): object {
  return { code, part, reason };
}

function attestationJson(attestation: StoredAttestation | undefined): object | null {
  if (attestation === undefined) return null;
  if (!attestation.isProven) return { predicateType: null, subjects: [], reason: attestation.reason };
  const { predicateType, subjects } = attestation;
  const subjectJson = ({ name, digests }: (typeof subjects)[number]): object => ({
    name,
    digests: digests.map(formatDigest),
  });
  return { predicateType, subjects: subjects.map(subjectJson), reason: null };
}

function bundleJson(bundle: RecoveredBundle | undefined): object | null {
  if (bundle === undefined) return null;
  return 'path' in bundle ? { path: bundle.path, reason: null } : { path: null, reason: bundle.reason };
}

function signerJson({ signer, issuance }: FoundSigner): object {
  return { ...claimsJson(signer), issuance: issuance === undefined ? null : issuanceJson(issuance) };
}

function issuanceJson(issuance: Issuance): object {
  return issuance.isTrusted
    ? { trusted: true, authority: issuance.authority, reason: null }
    : { trusted: false, authority: null, reason: issuance.reason };
}

function claimsJson(signer: EntrySigner): object {
  if (signer.kind === 'certificate') return { kind: 'certificate', ...certificateJson(signer.certificate) };
  return { kind: signer.kind === 'other' ? signer.format : signer.kind, key: `sha256:${signer.keyHash}` };
}

function certificateJson({ names, claims, keyHash, certificateHash, notBefore, notAfter }: CertificateClaims): object {
  const hash = (hex: string | undefined): string | null => (hex === undefined ? null : `sha256:${hex}`);
  return {
    names: names.map(({ kind, value }) => ({ kind, value })),
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [claimName(name), value])),
    key: hash(keyHash),
    certificate: {
      digest: hash(certificateHash),
      notBefore: notBefore?.toISOString() ?? null,
      notAfter: notAfter?.toISOString() ?? null,
    },
  };
}

function logJson(log: SearchedLog): object {
  const range = ({ from, to }: { readonly from: number; readonly to: number }) => ({
    from: String(from),
    to: String(to - 1),
  });
  const { ranges, size } = log;
  return {
    url: log.url,
    protocol: log.protocol ?? null,
    origin: log.origin ?? null,
    size: size === undefined ? null : String(size),
    searched: isSearched(log),
    required: !log.isOptional,
    localIndex:
      ranges.length === 0
        ? null
        : { ranges: ranges.map(range), gaps: gapsOf(log).map(range), unreadable: log.withProblems },
    serviceIndex: log.service,
    missed: log.missed ?? null,
    notSearched: log.notSearched ?? null,
    failures: log.failures.map(failureJson),
  };
}
