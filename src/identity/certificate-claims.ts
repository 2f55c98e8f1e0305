/**
 * The claims that a certificate may show for a token. A name alone does not tell two jobs apart: every repository that calls one
 * reusable workflow has the same name in its certificates.
 */

import {
  type Certificate,
  type FulcioClaims,
  type OlderFulcioClaims,
  readFulcioClaims,
  readOlderFulcioClaims,
} from '../core/certificate/index.ts';
import { goUrl } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { type TokenClaims, textClaim } from './token-claims.ts';

/** The claims of a certificate, except who issued the token. */
export type CertificateClaims = Omit<FulcioClaims, 'issuer'> & OlderFulcioClaims;

/** The claims that tell one run of a job from every other. */
const runClaims = ['sourceRepositoryUri', 'sourceRepositoryDigest', 'runInvocationUri'] as const;

/**
 * Demands that every claim that a certificate shows is the token's. An authority may leave claims out of its certificates.
 *
 * @param own the claims that the certificate may show
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnClaims(certificate: Certificate, own: CertificateClaims): void {
  demandEqual(shownClaims(certificate), own, (_, value) => value);
}

/**
 * Demands that a certificate was issued to this run, in this attempt or in an earlier one. The same as {@link demandOwnClaims}, except
 * that the number of the attempt may differ, and that the certificate must show which run it is of, if the token does.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnRun(certificate: Certificate, own: CertificateClaims): void {
  const shown = shownClaims(certificate);
  const hidden = runClaims.find((claim) => own[claim] !== undefined && shown[claim] === undefined);
  if (hidden !== undefined) fail('CLAIM_MISMATCH', `the certificate has no claim ${hidden}`);
  demandEqual(shown, own, (claim, value) =>
    claim === 'runInvocationUri' ? value.replace(/\/attempts\/\d+$/, '') : value,
  );
}

/**
 * Demands that a certificate was issued to this repository: jobs of every repository that calls a reusable workflow have its identity.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnRepository(certificate: Certificate, { sourceRepositoryUri }: CertificateClaims): void {
  const shown = shownClaims(certificate).sourceRepositoryUri;
  if (shown === sourceRepositoryUri) return;
  if (shown !== undefined && sourceRepositoryUri !== undefined && writtenForms(sourceRepositoryUri).includes(shown))
    return;
  fail(
    'CLAIM_MISMATCH',
    `the certificate claim sourceRepositoryUri is ${shown === undefined ? 'missing' : JSON.stringify(shown)}, not this repository`,
  );
}

function shownClaims(certificate: Certificate): CertificateClaims {
  const { issuer: _, ...claims } = readFulcioClaims(certificate);
  return { ...claims, ...readOlderFulcioClaims(certificate) };
}

function demandEqual(
  shown: CertificateClaims,
  own: CertificateClaims,
  compared: (claim: keyof CertificateClaims, value: string) => string,
): void {
  for (const [claim, value] of Object.entries(shown) as [keyof CertificateClaims, string][]) {
    const expected = own[claim];
    const forms = expected === undefined ? [] : writtenForms(expected);
    if (forms.some((form) => compared(claim, form) === compared(claim, value))) continue;
    const other = expected === undefined ? 'has no such claim' : `has ${JSON.stringify(expected)}`;
    fail(
      'CLAIM_MISMATCH',
      `the certificate claim ${claim} is ${JSON.stringify(value)}, but the identity token ${other}`,
    );
  }
}

/** A claim as it is, and as Fulcio writes it where it goes through Go's URLs. */
function writtenForms(value: string): readonly string[] {
  const written = goUrl(value);
  return written === undefined || written === value ? [value] : [value, written];
}

/**
 * Returns the URI that a certificate names for the token of a job.
 *
 * @throws CountersignError `TOKEN_INVALID` if it names no workflow
 */
export function certificateUri(claims: TokenClaims, serverUrl: string): string {
  // Not the subject, whose form depends on the age and the settings of the repository.
  const workflow =
    textClaim(claims, 'job_workflow_ref') ??
    fail('TOKEN_INVALID', 'the identity token contains neither a workflow nor an email address');
  const uri = `${serverUrl}/${workflow}`;
  // The certificate authority refuses what Go does not parse.
  return goUrl(uri) ?? uri;
}

/**
 * Returns the claims that Fulcio makes of a token (fulcio, config/identity/config.yaml, `github-workflow`), without those that the token
 * does not have.
 *
 * @param serverUrl where workflows live, `https://github.com` except on an enterprise's own server
 */
export function certificateClaims(claims: TokenClaims, serverUrl: string): CertificateClaims {
  const claim = (name: string): string | undefined => textClaim(claims, name);
  const url = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : `${serverUrl}/${path}`;
  const [repository, run, attempt] = ['repository', 'run_id', 'run_attempt'].map(claim);
  const isWhole = repository !== undefined && run !== undefined && attempt !== undefined;
  const all: { readonly [Claim in keyof CertificateClaims]: string | undefined } = {
    buildSignerUri: url(claim('job_workflow_ref')),
    buildSignerDigest: claim('job_workflow_sha'),
    runnerEnvironment: claim('runner_environment'),
    sourceRepositoryUri: url(repository),
    sourceRepositoryDigest: claim('sha'),
    sourceRepositoryRef: claim('ref'),
    sourceRepositoryIdentifier: claim('repository_id'),
    sourceRepositoryOwnerUri: url(claim('repository_owner')),
    sourceRepositoryOwnerIdentifier: claim('repository_owner_id'),
    buildConfigUri: url(claim('workflow_ref')),
    buildConfigDigest: claim('workflow_sha'),
    buildTrigger: claim('event_name'),
    runInvocationUri: isWhole ? url(`${repository}/actions/runs/${run}/attempts/${attempt}`) : undefined,
    sourceRepositoryVisibility: claim('repository_visibility'),
    deploymentEnvironment: claim('environment'),
    tokenSubject: claim('sub'),
    githubWorkflowTrigger: claim('event_name'),
    githubWorkflowSha: claim('sha'),
    githubWorkflowName: claim('workflow'),
    githubWorkflowRepository: repository,
    githubWorkflowRef: claim('ref'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
