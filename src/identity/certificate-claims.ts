/**
 * The claims that a certificate may show for a token. A name alone does not tell two jobs apart: every repository that calls one
 * reusable workflow has the same name in its certificates.
 */

import {
  type Certificate,
  claimName,
  type FulcioClaims,
  type OlderFulcioClaims,
  readFulcioClaims,
  readOlderFulcioClaims,
} from '../core/certificate/index.ts';
import { goUrl } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';

/** The claims of a certificate, except who issued the token. */
export type CertificateClaims = Omit<FulcioClaims, 'issuer'> & OlderFulcioClaims;

/** The claims that a certificate may show for a token. Several values are alternatives, which depend on how Fulcio is configured. */
export type OwnClaims = { readonly [Claim in keyof CertificateClaims]: string | readonly string[] };

/** The claims that tell one run of a job from every other. */
const runClaims = ['sourceRepositoryUri', 'sourceRepositoryDigest', 'runInvocationUri'] as const;

/**
 * Demands that every claim that a certificate shows is the token's. An authority may leave claims out of its certificates.
 *
 * @param own the claims that the certificate may show
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnClaims(certificate: Certificate, own: OwnClaims): void {
  demandEqual(shownClaims(certificate), own, (_, value) => value);
}

/**
 * Demands that a certificate was issued to this run, in this attempt or in an earlier one. The same as {@link demandOwnClaims}, except
 * that the number of the attempt may differ, and that the certificate must show which run it is of, if the token does.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnRun(certificate: Certificate, own: OwnClaims): void {
  const shown = shownClaims(certificate);
  const hidden = runClaims.find((claim) => own[claim] !== undefined && shown[claim] === undefined);
  if (hidden !== undefined) fail('CLAIM_MISMATCH', `the certificate has no claim ${claimName(hidden)}`);
  demandEqual(shown, own, (claim, value) =>
    claim === 'runInvocationUri' ? value.replace(/\/attempts\/\d+$/, '') : value,
  );
}

/**
 * Demands that a certificate was issued to this repository: jobs of every repository that calls a reusable workflow have its identity.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export function demandOwnRepository(certificate: Certificate, { sourceRepositoryUri }: OwnClaims): void {
  const shown = shownClaims(certificate).sourceRepositoryUri;
  if (shown === sourceRepositoryUri) return;
  if (shown !== undefined && sourceRepositoryUri !== undefined && writtenForms(sourceRepositoryUri).includes(shown))
    return;
  fail(
    'CLAIM_MISMATCH',
    `the certificate claim source-repository-uri is ${shown === undefined ? 'missing' : JSON.stringify(shown)}, not this repository`,
  );
}

function shownClaims(certificate: Certificate): CertificateClaims {
  const { issuer: _, ...claims } = readFulcioClaims(certificate);
  return { ...claims, ...readOlderFulcioClaims(certificate) };
}

function demandEqual(
  shown: CertificateClaims,
  own: OwnClaims,
  compared: (claim: keyof CertificateClaims, value: string) => string,
): void {
  for (const [claim, value] of Object.entries(shown) as [keyof CertificateClaims, string][]) {
    const expected = own[claim];
    const forms = expected === undefined ? [] : writtenForms(expected);
    if (forms.some((form) => compared(claim, form) === compared(claim, value))) continue;
    const other = expected === undefined ? 'has no such claim' : `has ${JSON.stringify(expected)}`;
    fail(
      'CLAIM_MISMATCH',
      `the certificate claim ${claimName(claim)} is ${JSON.stringify(value)}, but the identity token ${other}`,
    );
  }
}

/** Returns the forms of a claim: as it is, and as Fulcio writes it where it passes through Go's URLs. */
function writtenForms(value: string | readonly string[]): readonly string[] {
  return [value].flat().flatMap((one) => {
    const written = goUrl(one);
    return written === undefined || written === one ? [one] : [one, written];
  });
}

/** Returns the claims that have a value. */
export function presentClaims(
  all: {
    readonly [Claim in keyof OwnClaims]: OwnClaims[Claim] | undefined;
  },
): OwnClaims {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
