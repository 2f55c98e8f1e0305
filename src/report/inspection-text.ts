/** Formats an inspection for a terminal. */

import { claimName } from '../core/certificate/index.ts';
import { formatDigest } from '../core/crypto/index.ts';
import type { CountersignError } from '../core/errors/index.ts';
import type { StatementSubject } from '../core/statement/index.ts';
import type { BundleClaims, ClaimedContent, ClaimedSigner } from './bundle-claims.ts';
import { type InspectedBundle, type Inspection, inspectionFailure } from './inspection.ts';
import { count, shownText } from './shorten.ts';
import type { TextOptions } from './verification-text.ts';
import type { Claim } from './verified-claims.ts';

const colours = { verified: 32, failed: 31, warning: 33 } as const;
type Paint = (text: string, as: keyof typeof colours) => string;

const titleWidth = 35;
const maxSubjects = 20;

/** Returns the lines, which are safe to print whatever the bundles contain. The first line says what is verified. */
export function inspectionText(inspection: Inspection, { colour = false }: TextOptions = {}): string {
  const paint: Paint = (text, as) => (colour ? `\u001b[${colours[as]}m${text}\u001b[0m` : text);
  const { digest, place, bundles, warnings } = inspection;
  // The error that follows gives this reason.
  const left = bundles.filter(({ failure }) => failure !== undefined).length === 1 && inspectionFailure(inspection);
  const lines = [
    ...headLines(inspection, paint),
    ...(digest === undefined ? [] : ['', `${shownText(place, 300)} (${digest})`]),
    ...bundles.flatMap((bundle) => ['', ...bundleLines(bundle, { hasPolicy: inspection.hasPolicy, left, paint })]),
    ...warnings.map((warning) => `Warning: ${shownText(warning, 600)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function headLines({ hasPolicy, bundles, digest }: Inspection, paint: Paint): readonly string[] {
  if (!hasPolicy)
    return [
      `${paint('Not verified', 'warning')}. Anyone can write a bundle with these claims. To verify an artifact, run countersign verify.`,
    ];
  const satisfied = bundles.filter(({ verifiedDigest }) => verifiedDigest !== undefined).length;
  const all = satisfied === bundles.length;
  return [
    `${paint(all ? 'Signatures verified' : 'Not verified', all ? 'verified' : 'failed')}: the policy is satisfied by ${satisfied} of ${count(bundles.length, 'bundle')}.`,
    digest === undefined
      ? 'No artifact was read. Each signature was checked for the digest that its bundle names. Compare it with the digest of your artifact.'
      : 'Each signature was checked for the digest of the image.',
  ];
}

interface BundleOptions {
  readonly hasPolicy: boolean;
  readonly left: CountersignError | false | undefined;
  readonly paint: Paint;
}

function bundleLines(bundle: InspectedBundle, { hasPolicy, left, paint }: BundleOptions): readonly string[] {
  const { place, claims, verifiedDigest, failure } = bundle;
  const outcome =
    verifiedDigest !== undefined
      ? [`  ${paint('signature verified', 'verified')} for ${formatDigest(verifiedDigest)}`]
      : hasPolicy && claims !== undefined
        ? [`  ${paint('NOT VERIFIED', 'failed')}`]
        : [];
  const reason =
    failure === undefined || failure === left ? [] : [`  ${failure.code}: ${shownText(failure.message, 500)}`];
  if (claims === undefined) return [`${paint('unreadable', 'warning')} ${shownText(place, 300)}`, ...reason];
  return [
    shownText(place, 300),
    ...outcome,
    ...reason,
    ...claimsOf(claims).map(([name, value]) => `  ${shownText(name, 60).padEnd(titleWidth)} ${shownText(value, 400)}`),
  ];
}

function claimsOf({ mediaType, signer, content, logEntries, timestamps }: BundleClaims): readonly Claim[] {
  return [
    ['media-type', mediaType],
    ...signerClaims(signer),
    ...contentClaims(content),
    ...logEntries.map(
      ({ kind, index, origin, integratedTime }) =>
        [
          'log-entry',
          `${index}${origin === undefined ? '' : ` of ${origin}`} (${kind})${integratedTime === undefined ? '' : `, at ${integratedTime.toISOString()}`}`,
        ] as const,
    ),
    ...(logEntries.length === 0 ? [['log-entry', 'none'] as const] : []),
    ...timestamps.map((time) => ['timestamp', time === undefined ? 'unreadable' : time.toISOString()] as const),
    ...(timestamps.length === 0 ? [['timestamp', 'none'] as const] : []),
  ];
}

function signerClaims(signer: ClaimedSigner): readonly Claim[] {
  if (signer.kind === 'key')
    return [['signer', `a long-lived key${signer.hint === '' ? '' : `, hint ${signer.hint}`}`]];
  if (signer.kind === 'unreadable') return [['signer', 'a certificate that cannot be read']];
  const { names, claims, notBefore, notAfter } = signer;
  return [
    ['identity', names.length === 0 ? 'none' : names.join(', ')],
    ...Object.entries(claims).flatMap(([claim, value]) =>
      value === undefined ? [] : [[claimName(claim), value] as const],
    ),
    ['certificate', `valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}`],
  ];
}

/** Returns what a statement says about a subject. The tag of a release has an address and a commit in place of a name and digests. */
function subjectText({ name, uri, digests, commit }: StatementSubject): string {
  const parts = [name, uri, ...digests.map(formatDigest), commit && `commit ${commit}`];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function contentClaims(content: ClaimedContent): readonly Claim[] {
  switch (content.kind) {
    case 'artifact':
      return [
        ['signature', 'over the artifact'],
        ['digest', content.digest === undefined ? 'not named' : formatDigest(content.digest)],
      ];
    case 'simple-signing':
      return [
        ['signature', 'over a simple signing document'],
        ['docker-reference', content.dockerReference],
        ['digest', formatDigest(content.digest)],
      ];
    case 'payload':
      return [['signature', `over a payload that cannot be read, of the type ${content.payloadType}`]];
    case 'statement':
      return [
        ['signature', 'over a statement (in-toto)'],
        ['predicate-type', content.predicateType],
        ...content.subjects.slice(0, maxSubjects).map((subject) => ['subject', subjectText(subject)] as const),
        ...(content.subjects.length > maxSubjects
          ? [['subject', `and ${content.subjects.length - maxSubjects} more`] as const]
          : []),
      ];
  }
}
