/** Formats a verification as JSON, as docs/json.md documents it. Within a version, members are added and never changed. */

import { claimName } from '../core/certificate/index.ts';
import { formatDigest } from '../core/crypto/index.ts';
import { CountersignError } from '../core/errors/index.ts';
import type { Criterion, Verdict } from '../core/verify/index.ts';
import { failureJson } from './failure-json.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  type VerificationReport,
  type VerificationResult,
  worstOf,
} from './verification-report.ts';

/** Returns the report as plain values, on success and on failure. */
export function verificationJson(report: VerificationReport): object {
  const outcomes = artifactOutcomes(report);
  return { ...headJson(report, outcomes), artifacts: outcomes.map(artifactJson) };
}

const pieceLength = 256 * 1024;

/** Returns the text of {@link verificationJson} in pieces. For a hundred thousand artifacts, one string would be too long. */
export async function* verificationJsonText(report: VerificationReport): AsyncGenerator<string> {
  const outcomes = artifactOutcomes(report);
  let piece = `${JSON.stringify(headJson(report, outcomes)).slice(0, -1)},"artifacts":[`;
  for (const [index, outcome] of outcomes.entries()) {
    piece += `${index === 0 ? '' : ','}${JSON.stringify(artifactJson(outcome))}`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]}\n`;
}

function headJson({ warnings, skipped = [] }: VerificationReport, outcomes: readonly ArtifactOutcome[]): object {
  const worst = worstOf(outcomes.map(({ failure }) => failure));
  const verified = worst === undefined && outcomes.length > 0;
  return { version: 1, verified, exitCode: worst?.exitCode ?? 0, warnings, skipped };
}

function artifactJson({ artifact, digest, image, results, failure }: ArtifactOutcome): object {
  return {
    artifact,
    digest: digest ?? null,
    // Only for images.
    ...(image !== undefined && { reference: image.reference ?? null }),
    verified: failure === undefined,
    failure: failure === undefined ? null : failureJson(failure),
    results: results.map(resultJson),
  };
}

function resultJson({ bundle, part, unread = false, criteria, verdict, failure }: VerificationResult): object {
  return {
    bundle: bundle ?? null,
    // Only for a platform of an image.
    ...(part !== undefined && {
      part: {
        digest: part.digest,
        platform: part.platform ?? null,
        attestationManifest: part.attestationManifest ?? null,
      },
    }),
    // Only for bundles that cannot be read.
    ...(unread && { unread }),
    verified: verdict !== undefined,
    failure: failure === undefined ? null : failureJson(failure),
    criteria: criteria.map(criterionJson),
    certified: verdict === undefined ? null : certifiedJson(verdict),
    statement: verdict === undefined ? null : statementJson(verdict),
  };
}

function criterionJson({ name, about, outcome, expected, found, failure }: Criterion): object {
  return {
    name,
    about: about === undefined ? null : claimName(about),
    outcome,
    expected,
    found,
    code: failure?.code ?? null,
  };
}

/** Returns the facts that authorities of the trusted root certify. */
function certifiedJson({ signer, times, signedCertificateTimestamps, logEntries }: Verdict): object {
  const identity = signer.kind === 'identity' ? signer.identity : undefined;
  return {
    signer: signer.kind,
    identity: identity?.subjectAlternativeName ?? null,
    issuer: identity?.issuer ?? null,
    claims: Object.fromEntries(
      Object.entries(identity?.claims ?? {}).map(([claim, value]) => [claimName(claim), value] as const),
    ),
    certificate:
      signer.kind === 'identity'
        ? {
            notBefore: signer.certificateValidity.notBefore.toISOString(),
            notAfter: signer.certificateValidity.notAfter.toISOString(),
          }
        : null,
    times: times.map(({ time, kind, source }) => ({
      time: time.toISOString(),
      kind,
      source: 'uri' in source ? source.uri : source.baseUrl,
    })),
    certificateLogs: signedCertificateTimestamps.map(({ log, timestamp }) => ({
      url: log.baseUrl,
      time: timestamp.toISOString(),
    })),
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logEntries.map(({ log, logIndex, witnesses }) => ({
      url: log.baseUrl,
      index: logIndex.toString(),
      witnesses,
    })),
  };
}

/**
 * Returns the statement, which the signing workflow wrote itself; `null` for a message signature and for cosign's older image
 * signatures.
 */
function statementJson({ content }: Verdict): object | null {
  if (content.kind === 'release') {
    const { statement, release } = content;
    return {
      predicateType: statement.predicateType,
      subject: { name: `${release.repository}@${release.tag}`, commit: release.commit },
      subjects: statement.subjects.length,
      assets: release.assets.map(({ name, digest }) => ({ name, digest: formatDigest(digest) })),
      predicate: predicateOf(statement),
    };
  }
  if (content.kind !== 'dsse-envelope') return null;
  const { statement, subject, digest } = content;
  return {
    predicateType: statement.predicateType,
    subject: { name: subject.name, digest: formatDigest(digest) },
    subjects: statement.subjects.length,
    predicate: predicateOf(statement),
  };
}

/** Returns the predicate; `null` if it has too many values. */
function predicateOf(statement: Extract<Verdict['content'], { kind: 'dsse-envelope' }>['statement']): object | null {
  try {
    return statement.predicate;
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'LIMIT_EXCEEDED') return null;
    throw error;
  }
}
