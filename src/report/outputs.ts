/** Builds the step outputs of a signing run. */

import { formatDigest } from '../core/crypto/index.ts';
import { formatImage } from '../subject/index.ts';
import type { ReportedSubject, SigningReport } from './signing-report.ts';

/** Returns all signed subjects as a JSON list. */
export function subjectsJson({ identity, signed }: SigningReport): string {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(',')}]`;
}

/** Returns `registry/name@sha256:…` of each image in a registry, one per line. */
export function imageLines({ signed }: Pick<SigningReport, 'signed'>): string {
  return signed
    .filter(({ inRegistry }) => inRegistry)
    .map(formatImage)
    .join('\n');
}

function subjectJson(
  { name, digest, platform, bundlePath, attachedAs, logs, signedAt, resumed, certificateValidity }: ReportedSubject,
  identity: SigningReport['identity'],
): object {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // Only for images.
    ...(platform !== undefined && { platform }),
    ...(attachedAs !== undefined && { attached: attachedAs }),
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
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
