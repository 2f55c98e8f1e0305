/** Builds the step outputs of a signing run. */

import { formatDigest } from '../core/crypto/index.ts';
import { formatImage } from '../subject/index.ts';
import type { ReportedSubject, SigningReport } from './signing-report.ts';

/** GitHub lets the outputs of a job be 1 MB, counted in UTF-16: this leaves half of it to others. */
export const maxOutputLength = 500_000;

/**
 * Every subject that was signed, as JSON: an array, or where that would be too long for GitHub,
 * `{"truncated":true,"count":…,"manifest":"…"}`.
 */
export function subjectsJson({ identity, signed, manifestPath }: SigningReport): string {
  const items: string[] = [];
  let length = 1;
  for (const subject of signed) {
    const item = JSON.stringify(subjectJson(subject, identity));
    length += item.length + 1;
    if (length > maxOutputLength)
      return JSON.stringify({ truncated: true, count: signed.length, manifest: manifestPath ?? null });
    items.push(item);
  }
  return `[${items.join(',')}]`;
}

/** `registry/name@sha256:…` of every image in a registry, one a line; nothing where they are too many for GitHub. */
export function imageLines({ signed }: Pick<SigningReport, 'signed'>): string {
  const lines = signed
    .filter(({ inRegistry }) => inRegistry)
    .map(formatImage)
    .join('\n');
  return lines.length > maxOutputLength ? '' : lines;
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
