/**
 * Lists the claims of a verdict, separately: those that independent parties certify, and those that the signing workflow wrote itself.
 */

import { claimName } from '../core/certificate/index.ts';
import { formatDigest } from '../core/crypto/index.ts';
import type { Criterion, CriterionName, Release, Verdict } from '../core/verify/index.ts';
import type { VerificationResult } from './verification-report.ts';

export type Claim = readonly [name: string, value: string];

/** The title of {@link certifiedClaims}. */
export function certifiedTitle({ signer }: Verdict): string {
  return signer.kind === 'key' ? 'Key' : 'Certificate claims';
}

/** The title of {@link statedClaims}. */
export const statedTitle = 'Statement (written by the signer, not verified)';

/** Returns the claims in the certificate, and those of timestamp authorities and logs. */
export function certifiedClaims({ signer, times, logEntries }: Verdict): readonly Claim[] {
  const who: readonly Claim[] =
    signer.kind === 'key'
      ? [['key', `the given ${signer.publicKey.kind} key`]]
      : [
          ['identity', signer.identity.subjectAlternativeName],
          ['issuer', signer.identity.issuer ?? 'none in the certificate'],
          ...Object.entries(signer.identity.claims).flatMap(([claim, value]) =>
            claim === 'issuer' || value === undefined ? [] : [[claimName(claim), value] as const],
          ),
        ];
  return [
    ...who,
    ...times.map(({ time }) => ['signed', time.toISOString()] as const),
    ...logEntries.map(({ log, logIndex }) => ['logged', `${log.baseUrl} ${logIndex}`] as const),
  ];
}

/** Returns the claims of the statement. Anyone who can sign as this identity can write anything there. */
export function statedClaims({ content }: Verdict): readonly Claim[] {
  if (content.kind === 'message-signature') return [];
  if (content.kind === 'simple-signing') return [['docker-reference', content.dockerReference]];
  if (content.kind === 'release')
    return [['predicate-type', content.statement.predicateType], ...releaseClaims(content.release)];
  const { statement, subject } = content;
  return [
    ['predicate-type', statement.predicateType],
    ['subject', subject.name],
    ['subject-digest', formatDigest(content.digest)],
    ['subjects', String(statement.subjects.length)],
  ];
}

/** Returns the claims about a release of GitHub: its commit, and its files. */
export function releaseClaims({ repository, tag, commit, repositoryId, ownerId, assets }: Release): readonly Claim[] {
  return [
    ['release', `${repository}@${tag}`],
    ['commit', commit],
    ['repository-id', repositoryId],
    ['owner-id', ownerId],
    ...assets.map(({ name, digest }) => ['asset', `${formatDigest(digest)} ${name}`] as const),
  ];
}

/**
 * Returns the signer, the source, the signing time and the logs in one sentence:
 * `signed by github.com/example/app (release.yml) at refs/heads/main on 2026-11-30 07:57:57 UTC, log entry 42 at rekor.sigstore.dev`.
 */
export function verdictSentence({ signer, times, logEntries }: Verdict): string {
  // Several sources may state times, which are seconds apart.
  const [first] = times;
  const when = first === undefined ? '' : ` on ${first.time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const logs = logEntries.map(({ log, logIndex }) => `${logIndex} at ${withoutScheme(log.baseUrl)}`);
  const where = logs.length === 0 ? 'not logged' : `log entry ${logs.join(', ')}`;
  return `signed ${signerPhrase(signer)}${when}, ${where}`;
}

function signerPhrase(signer: Verdict['signer']): string {
  if (signer.kind === 'key') return 'with the given key';
  const { subjectAlternativeName: name, issuer, claims } = signer.identity;
  const { sourceRepositoryUri: source, sourceRepositoryRef: ref } = claims;
  if (source === undefined)
    return `by ${withoutScheme(name)}${issuer === undefined ? '' : ` (${withoutScheme(issuer)})`}`;
  // The ref of the workflow is omitted if it is that of the source.
  const workflow = ref !== undefined && name.endsWith(`@${ref}`) ? name.slice(0, -ref.length - 1) : name;
  const by = withoutScheme(workflow).replace(/\/\.github\/workflows\/([\w.-]+(?:@\S+)?)$/, ' ($1)');
  // A reusable workflow of another repository.
  const of = name.startsWith(`${source}/`) ? '' : ` for ${withoutScheme(source)}`;
  return `by ${by}${of}${ref === undefined ? '' : ` at ${ref}`}`;
}

function withoutScheme(url: string): string {
  return url.replace(/^https:\/\//, '');
}

const titles: { readonly [Name in CriterionName]?: string } = {
  time: 'signing time',
  issuer: 'OIDC issuer',
  log: 'transparency log',
};

/** Returns the title of a criterion, with the claim that it is about. */
export function criterionTitle({ name, about }: Criterion): string {
  return about === undefined ? (titles[name] ?? name.replaceAll('-', ' ')) : `${name} ${claimName(about)}`;
}

/** Returns the name of the signer of a result, if it passed. */
export function signerNames(result: VerificationResult): readonly string[] {
  const signer = result.verdict?.signer;
  if (signer === undefined) return [];
  return [signer.kind === 'key' ? 'the given key' : signer.identity.subjectAlternativeName];
}
