/** Builds the step outputs of a signing run. */

import { formatDigest } from '../core/crypto/index.ts';
import type { CountersignError } from '../core/errors/index.ts';
import { formatImage } from '../subject/index.ts';
import { deliveriesJson } from './delivery-report.ts';
import { failureJson } from './failure-json.ts';
import type { ReportedSubject, SigningReport } from './signing-report.ts';

/** Returns all signed subjects as a JSON list. */
export function subjectsJson({ identity, signed }: SigningReport): string {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(',')}]`;
}

/**
 * Returns the report of `sign --json` as plain values, as docs/json.md documents it. Within a version, members are added and never changed.
 *
 * @param failure the failure that ends the run, which decides the exit code
 */
export function signingJson(report: SigningReport, failure: CountersignError | undefined): object {
  const { identity, signed, unsigned, deliveries, warnings, notices } = report;
  return {
    version: 1,
    signed: failure === undefined && signed.length > 0,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === undefined ? null : failureJson(failure),
    subjects: signed.map((subject) => subjectJson(subject, identity)),
    unsigned: unsigned.map(({ remedy, ...rest }) => ({ ...rest, remedy: remedy ?? null })),
    deliveries: deliveriesJson(deliveries),
    warnings,
    notices,
  };
}

/** Returns `registry/name@sha256:…` of each image in a registry, one per line. An attestation manifest is not an image. */
export function imageLines({ signed }: Pick<SigningReport, 'signed'>): string {
  const images = signed.filter(({ inRegistry, attests }) => inRegistry && attests === undefined);
  return [...new Set(images.map(formatImage))].join('\n');
}

function subjectJson(
  {
    name,
    digest,
    platform,
    predicateType,
    attests,
    bundlePath,
    attachedAs,
    logs,
    outages = [],
    signedAt,
    resumed,
    certificateValidity,
  }: ReportedSubject,
  identity: SigningReport['identity'],
): object {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // Only for statements.
    ...(predicateType !== undefined && { predicateType }),
    // Only for images.
    ...(platform !== undefined && { platform }),
    ...(attests !== undefined && { attests: formatDigest(attests) }),
    ...(attachedAs !== undefined && { attached: attachedAs }),
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
    // Only for bundles that an outage of a log has affected.
    ...(outages.length > 0 && { outages }),
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    certificate: {
      notBefore: certificateValidity.notBefore.toISOString(),
      notAfter: certificateValidity.notAfter.toISOString(),
    },
    signedAt: signedAt.toISOString(),
    resumed,
  };
}
