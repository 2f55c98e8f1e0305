/** Formats the result of a signing run for a terminal. */

import { formatDigest } from '../core/crypto/index.ts';
import { deliveryLines } from './delivery-report.ts';
import { distinctSubjects } from './distinct-subjects.ts';
import { count, shownText } from './shorten.ts';
import { shownPath } from './shown-path.ts';
import type { ReportedFailure, ReportedSubject, SigningReport } from './signing-report.ts';

const maxLines = 10;
const maxLineLength = 400;

/** Returns a few lines without colours, each safe to print. */
export function signingText(report: SigningReport): string {
  const { identity, signed, unsigned, warnings, notices, deliveries, manifestPath, workspace } = report;
  const resumed = signed.filter((subject) => subject.resumed);
  const fresh = distinctSubjects(signed.filter((subject) => !subject.resumed)).length;
  const earlier = distinctSubjects(resumed).length;
  const lines = [
    `Signed ${count(fresh, 'subject')}${attestations(signed)}${earlier === 0 ? '' : `; an earlier run had already signed ${earlier}`}`,
    ...(identity === undefined
      ? []
      : [`  identity  ${identity.subjectAlternativeName}`, `  issuer    ${identity.issuer}`]),
    ...some(signed, (subject) => [`  ${subjectLine(subject, workspace)}`]),
    ...(unsigned.length === 0 ? [] : [`Not signed: ${count(unsigned.length, 'subject')}`]),
    ...warnings.slice(0, maxLines).map((warning) => `Warning: ${warning}`),
    ...notices.map((notice) => `Note: ${notice}`),
    ...deliveryLines(deliveries),
    ...(manifestPath === undefined ? [] : [`Manifest ${shownPath(manifestPath, workspace)}`]),
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}\n`).join('');
}

/** Counts the attestations, if there are several for a subject. */
function attestations(signed: SigningReport['signed']): string {
  if (distinctSubjects(signed).length === signed.length) return '';
  return ` with ${count(new Set(signed.map(({ bundlePath }) => bundlePath)).size, 'attestation')}`;
}

/** Returns a few lines about the subjects that were not signed, each safe to print. */
export function unsignedText({ unsigned }: SigningReport): string {
  return some(unsigned, failureLines)
    .map((line) => `${shownText(line, maxLineLength)}\n`)
    .join('');
}

/** Returns a line about matched bundles and manifests, which are not signed. */
export function leftOutText(names: readonly string[]): string {
  const shown = names.slice(0, maxLines).map((name) => shownText(name, 150));
  const more = names.length > maxLines ? `, and ${names.length - maxLines} more` : '';
  return `skipped bundles and manifests: ${shown.join(', ')}${more}`;
}

function subjectLine(
  { kind, name, digest, bundlePath, attachedAs, logs, outages = [] }: ReportedSubject,
  workspace: string,
): string {
  const missing = outages.length > 0 ? 'no log entry, because of an outage' : 'not logged';
  const where = logs.length === 0 ? missing : `log index ${logs.map(({ index }) => index).join(', ')}`;
  const [shownName, shownBundle] = [name, shownPath(bundlePath, workspace)].map((text) => shownText(text, 150));
  // A deployment needs the digest.
  const image = kind === 'image' ? `@${formatDigest(digest)}` : '';
  return `${shownName}${image} -> ${shownBundle}${attachedAs === undefined ? '' : ', attached'} (${where})`;
}

function failureLines({ name, code, message, remedy }: ReportedFailure): readonly string[] {
  const line = `${shownText(name, 200)}: ${code}: ${message}`;
  return [line, ...(remedy?.split('\n') ?? []).map((text) => `  ${text}`)];
}

function some<T>(items: readonly T[], describe: (item: T) => readonly string[]): readonly string[] {
  const more = items.length - maxLines;
  return [...items.slice(0, maxLines).flatMap(describe), ...(more > 0 ? [`  and ${more} more`] : [])];
}
