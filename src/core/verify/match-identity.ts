/** Step 4: that the certificate names the signer whom the policy expects. */

import { type Certificate, type FulcioClaims, readFulcioClaims } from '../certificate/index.ts';
import { type ErrorCode, fail } from '../errors/index.ts';
import {
  type ClaimExpectation,
  describeExpectation,
  type Expectation,
  meets,
  type SignerPolicy,
} from '../policy/index.ts';

export interface VerifiedIdentity {
  readonly subjectAlternativeName: string;
  readonly issuer: string;
  /** What the certificate authority vouches for. */
  readonly claims: FulcioClaims;
}

/** The policy for signers with a certificate. */
export type IdentityPolicy = Extract<SignerPolicy, { kind: 'identity' }>;

/**
 * What the certificate says of its owner, whatever a policy expects.
 *
 * @throws CountersignError `CERTIFICATE_INVALID` unless it names exactly one identity, and who issued it
 */
export function readIdentity(certificate: Certificate): VerifiedIdentity {
  const claims = readFulcioClaims(certificate);
  const [name, ...others] = certificate.subjectAlternativeNames;
  // Two names would let the signer choose which one is looked at.
  if (name === undefined || name.kind === 'unknown' || others.length > 0) {
    fail('CERTIFICATE_INVALID', 'the certificate does not name exactly one identity');
  }
  const { issuer } = claims;
  if (issuer === undefined) fail('CERTIFICATE_INVALID', 'the certificate does not say who issued the identity');
  return { subjectAlternativeName: name.value, issuer, claims };
}

/** @throws CountersignError `ISSUER_MISMATCH` */
export function matchIssuer({ issuer }: VerifiedIdentity, { issuer: expected }: IdentityPolicy): void {
  if (expected !== 'any') demand([expected], issuer, 'ISSUER_MISMATCH', 'the identity was issued by');
}

/** @throws CountersignError `IDENTITY_MISMATCH` */
export function matchName({ subjectAlternativeName }: VerifiedIdentity, { identity: expected }: IdentityPolicy): void {
  if (expected !== 'any') demand([expected], subjectAlternativeName, 'IDENTITY_MISMATCH', 'signed by');
}

/** @throws CountersignError `CLAIM_MISMATCH`; also where the certificate does not make the claim at all */
export function matchClaim({ claims }: VerifiedIdentity, expectation: ClaimExpectation): void {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === undefined)
    fail('CLAIM_MISMATCH', `the certificate does not say its ${claim}; ${describeClaim(expectation)} was expected`);
  if (expected.length > 0) demand(expected, found, 'CLAIM_MISMATCH', `the certificate's ${claim} is`);
  if (refused.some((one) => meets(one, found))) {
    fail('CLAIM_MISMATCH', `the certificate's ${claim} is ${JSON.stringify(found)}, which is refused`);
  }
}

/** Issuer, name and claims, in this order. */
export function matchIdentity(certificate: Certificate, policy: IdentityPolicy): VerifiedIdentity {
  const identity = readIdentity(certificate);
  matchIssuer(identity, policy);
  matchName(identity, policy);
  for (const expectation of policy.claims) matchClaim(identity, expectation);
  return identity;
}

/** For people: `a or b, not c`. */
export function describeClaim({ expected, refused = [] }: ClaimExpectation): string {
  const not = refused.length === 0 ? [] : [`not ${describeAll(refused)}`];
  return [...(expected.length === 0 ? [] : [describeAll(expected)]), ...not].join(', ');
}

function describeAll(expected: readonly Expectation[]): string {
  return expected.map(describeExpectation).join(' or ');
}

function demand(expected: readonly Expectation[], found: string, code: ErrorCode, what: string): void {
  if (!expected.some((one) => meets(one, found))) {
    fail(code, `${what} ${JSON.stringify(found)}; ${JSON.stringify(describeAll(expected))} was expected`);
  }
}
