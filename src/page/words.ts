/** Words for a person who knows nothing of Sigstore. */

import { formatDigest } from '../core/crypto/index.ts';
import type { CountersignError } from '../core/errors/index.ts';
import type { Bundle, Criterion, CriterionName, Policy, Verdict, VerifiedSigner } from '../core/verify/index.ts';
import { bundleClaims, criterionTitle } from '../report/index.ts';

/** What the page says at the top. The state is for tests and for the style. */
export interface Headline {
  readonly state: State;
  readonly headline: string;
  readonly sentence: string;
}

export const states = {
  /** The verifier waits for a file and a bundle. */
  waiting: 'busy',
  checking: 'busy',
  /** The signature of a receipt is valid, and no file was compared with it. */
  genuine: 'good',
  verified: 'good',
  /** The signature is valid, and no signer was expected. */
  'unknown-signer': 'open',
  cancelled: 'open',
  'other-file': 'bad',
  'other-signer': 'bad',
  invalid: 'bad',
} as const;
export type State = keyof typeof states;

/** A fact about a signature, with an explanation, and the exact text that the words stand for. */
export interface Fact {
  readonly title: string;
  readonly value: string;
  readonly exact?: string | undefined;
  readonly explanation: string;
}

const signerCodes: ReadonlySet<string> = new Set([
  'IDENTITY_MISMATCH',
  'ISSUER_MISMATCH',
  'CLAIM_MISMATCH',
  'KEY_MISMATCH',
]);

/** Returns the headline of a failure. */
export function failed({ code, kind, message, remedy }: CountersignError, file: string | undefined): Headline {
  if (code === 'CANCELLED') return { state: 'cancelled', headline: 'Cancelled', sentence: 'Nothing was verified.' };
  if (code === 'ARTIFACT_MISMATCH') return otherFile(file ?? 'The file', undefined);
  const reason = `${sentence(message)}${remedy === undefined ? '' : ` ${remedy}`} (${code})`;
  if (signerCodes.has(code))
    return {
      state: 'other-signer',
      headline: 'This was not signed by the expected signer',
      sentence: `Do not use the file. ${reason}`,
    };
  if (kind !== 'invalid') return { state: 'invalid', headline: 'Not verified', sentence: reason };
  return { state: 'invalid', headline: 'The signature is not valid', sentence: `Do not rely on the file. ${reason}` };
}

/** Returns the headline for a file that is not the one that was signed. */
export function otherFile(file: string, expected: string | undefined): Headline {
  const advice = expected === undefined ? 'Do not use it.' : `Do not use it in place of ${expected}.`;
  return {
    state: 'other-file',
    headline: 'This is not the file that was signed',
    sentence: `${file} differs from the signed file. It may be damaged, changed, or another version. ${advice}`,
  };
}

/** Reports whether a policy names a signer, so that a valid signature says who signed. */
export function namesSigner({ signer }: Policy): boolean {
  if (signer.kind === 'key') return true;
  return signer.issuer !== 'any' && (signer.identity !== 'any' || signer.claims.length > 0);
}

const issuers: ReadonlyMap<string, string> = new Map([
  ['https://token.actions.githubusercontent.com', 'GitHub Actions'],
  ['https://accounts.google.com', 'Google'],
  ['https://github.com/login/oauth', 'GitHub'],
  ['https://login.microsoftonline.com', 'Microsoft'],
  ['https://gitlab.com', 'GitLab'],
  ['https://agent.buildkite.com', 'Buildkite'],
]);

/** Returns the name of the organization that confirmed an identity. */
export function issuerName(issuer: string): string {
  return issuers.get(issuer) ?? issuer;
}

/** Returns a signer in words: `the workflow release.yml of github.com/octo/app`. */
export function signerWords(name: string): string {
  const [, repository, workflow, ref] =
    /^https:\/\/([^/]+\/[^/]+\/[^/]+)\/\.github\/workflows\/([^/@]+)@(.+)$/.exec(name) ?? [];
  if (repository === undefined) return name;
  return `the workflow ${workflow} of ${repository}, at ${(ref ?? '').replace(/^refs\/(?:heads|tags)\//, '')}`;
}

/** Returns the signer of a verdict in words. */
export function signedByWords(signer: VerifiedSigner): string {
  return signer.kind === 'key' ? 'the owner of the expected key' : signerWords(signer.identity.subjectAlternativeName);
}

/** Returns the facts of a verdict: who, when, where it was logged, and what. */
export function factsOf({ signer, times, logEntries, content }: Verdict, file: string | undefined): readonly Fact[] {
  const [first, ...others] = times.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  const logged = logEntries.map(({ log, logIndex }) => `entry ${logIndex} of ${withoutScheme(log.baseUrl)}`);
  return [
    {
      title: 'Signed by',
      value: upper(signedByWords(signer)),
      exact: signer.kind === 'key' ? undefined : signer.identity.subjectAlternativeName,
      explanation: signerExplanation(signer),
    },
    {
      title: 'Signed on',
      value: first === undefined ? 'The time is not known' : dateWords(first.time),
      exact: undefined,
      explanation:
        first === undefined
          ? 'No independent clock stated the time. A key that does not expire needs none.'
          : `Stated by ${first.kind === 'log' ? 'the log' : 'a timestamp authority'}, ${withoutScheme(first.kind === 'log' ? first.source.baseUrl : first.source.uri)}${others.length === 0 ? '' : `, and by ${others.length} more`}. The signer cannot choose it.`,
    },
    {
      title: 'Logged as',
      value: logged.length === 0 ? 'In no log' : upper(logged.join(' and ')),
      exact: undefined,
      explanation:
        logged.length === 0
          ? 'Nobody would notice a signature that the owner of the identity did not make.'
          : 'The log is public and nothing in it can be changed unnoticed. The owner of an identity can find there every signature in its name.',
    },
    {
      title: 'File',
      value: file ?? 'The file above',
      exact: content.digest === undefined ? undefined : formatDigest(content.digest),
      explanation: `The long number is the fingerprint of the file. Another file has another fingerprint.${
        content.kind === 'dsse-envelope'
          ? ` The signature is on a statement about the file, of the type ${content.statement.predicateType}.`
          : ''
      }`,
    },
  ];
}

function signerExplanation(signer: VerifiedSigner): string {
  if (signer.kind === 'key')
    return 'The signature was made with the private key that belongs to the expected public key.';
  const { issuer, claims } = signer.identity;
  const confirmed =
    issuer === undefined
      ? 'The certificate states no issuer.'
      : `${upper(issuerName(issuer))} confirmed this identity.`;
  const commit = claims.sourceRepositoryDigest;
  return commit === undefined ? confirmed : `${confirmed} The source was at the commit ${commit}.`;
}

/** Returns what a bundle claims of itself, for a signature that was not verified. */
export function claimedFacts(bundle: Bundle): readonly Fact[] {
  const { signer, logEntries } = bundleClaims(bundle, undefined);
  const name = signer.kind === 'certificate' ? signer.names.join(', ') : 'the owner of a key';
  return [
    {
      title: 'Claimed signer',
      value: upper(signer.kind === 'unreadable' ? 'the certificate cannot be read' : signerWords(name)),
      exact: signer.kind === 'certificate' ? name : undefined,
      explanation: 'Anyone can write this into a bundle.',
    },
    {
      title: 'Claimed log',
      value:
        logEntries.length === 0
          ? 'None'
          : logEntries
              .map(({ index, origin }) => `Entry ${index}${origin === undefined ? '' : ` of ${origin}`}`)
              .join(', '),
      explanation: 'Anyone can write this into a bundle.',
    },
  ];
}

const criteria: { readonly [Name in CriterionName]?: readonly [title: string, explanation: string] } = {
  time: ['The time of signing', 'An independent clock must have stated when the signature was made.'],
  certificate: [
    'The certificate',
    'A trusted authority must have issued the certificate, which names the signer, and it must have been valid at that time.',
  ],
  'certificate-transparency': [
    'The record of the certificate',
    'The certificate must be in a public log, where a wrong one would be noticed.',
  ],
  issuer: ['Who confirmed the identity', 'The certificate names the organization at which the signer was logged in.'],
  identity: ['The identity of the signer', 'The certificate names the signer, who must be the expected one.'],
  claim: ['A claim of the certificate', 'The certificate states more about the signer, which must be as expected.'],
  key: ['The key', 'The signature must have been made with the expected key.'],
  signature: ['The signature and the file', 'The signature must be over exactly this file.'],
  log: ['The record of the signature', 'The signature must be in a public log.'],
  provenance: ['The statement and the certificate', 'The statement about the build must agree with the certificate.'],
};

/** Returns the title of a criterion, and its explanation; for a rare one, the title alone. */
export function criterionWords(criterion: Criterion): readonly [title: string, explanation: string | undefined] {
  const [title, explanation] = criteria[criterion.name] ?? [upper(criterionTitle(criterion)), undefined];
  return [
    criterion.about === undefined ? title : `${title}: ${criterionTitle(criterion).replace(/^claim /, '')}`,
    explanation,
  ];
}

export const outcomeWords = { pass: 'Passed', fail: 'Failed', 'not-checked': 'Not checked' } as const;

/** Returns a time as `30 November 2026, 07:57:57 UTC`. */
export function dateWords(time: Date): string {
  const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${time.toISOString().slice(11, 19)} UTC`;
}

/** Returns a length as `4.0 GiB`. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}

export function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function sentence(text: string): string {
  return `${upper(text).replace(/\.$/, '')}.`;
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
