/** Builds the step outputs of a signing run. */

import { formatDigest } from '../core/crypto/index.ts';
import { formatImage } from '../subject/index.ts';
import type { ReportedSubject, SigningReport } from './signing-report.ts';

/** Every subject that was signed, as a JSON list. */
export function subjectsJson({ identity, signed }: SigningReport): string {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(',')}]`;
}

/** `registry/name@sha256:…` of every image in a registry, one a line. */
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
    // Of images alone.
    ...(platform !== undefined && { platform }),
    ...(attachedAs !== undefined && { attached: attachedAs }),
    // As bundles have it: 64 bits are more than a JSON number holds everywhere.
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
