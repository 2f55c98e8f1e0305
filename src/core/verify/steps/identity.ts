/** Step 4: that the certificate names the signer whom the policy expects. */

import {
  type Certificate,
  type FulcioClaim,
  type FulcioClaims,
  readFulcioClaims,
  type SubjectAlternativeName,
} from '../../certificate/index.ts';
import { type ErrorCode, fail } from '../../errors/index.ts';
import {
  type ClaimExpectation,
  describeExpectation,
  type Expectation,
  meets,
  meetsAddress,
  type SignerPolicy,
} from '../../policy/index.ts';

export interface VerifiedIdentity {
  readonly subjectAlternativeName: string;
  readonly issuer: string;
  /** What the certificate authority vouches for. */
  readonly claims: FulcioClaims;
}

/** What a certificate says of its owner, before it is known whether that is whom a policy expects. */
export interface ClaimedIdentity extends VerifiedIdentity {
  /** Of which kind the name is. The same text may be somebody else's as a name of another kind. */
  readonly nameKind: NameKind;
}

/** An address (URI), an e-mail address, or a name of a user under a domain (`name!domain`). */
type NameKind = Exclude<SubjectAlternativeName['kind'], 'unknown'>;

/** The policy for signers with a certificate. */
export type IdentityPolicy = Extract<SignerPolicy, { kind: 'identity' }>;

/**
 * What the certificate says of its owner, whatever a policy expects.
 *
 * @throws CountersignError `CERTIFICATE_INVALID` unless it names exactly one identity, and who issued it
 */
export function readIdentity(certificate: Certificate): ClaimedIdentity {
  const claims = readFulcioClaims(certificate);
  const [name, ...others] = certificate.subjectAlternativeNames;
  // Two names would let the signer choose which one is looked at.
  if (name === undefined || name.kind === 'unknown' || others.length > 0) {
    fail('CERTIFICATE_INVALID', 'the certificate does not name exactly one identity');
  }
  const { issuer } = claims;
  if (issuer === undefined) fail('CERTIFICATE_INVALID', 'the certificate does not say who issued the identity');
  return { subjectAlternativeName: name.value, nameKind: name.kind, issuer, claims };
}

/** @throws CountersignError `ISSUER_MISMATCH` */
export function matchIssuer({ issuer }: VerifiedIdentity, { issuer: expected }: IdentityPolicy): void {
  if (expected !== 'any') demand([expected], issuer, 'ISSUER_MISMATCH', 'the identity was issued by', meets);
}

/** @throws CountersignError `IDENTITY_MISMATCH` */
export function matchName(
  { subjectAlternativeName, nameKind }: ClaimedIdentity,
  { identity: expected }: IdentityPolicy,
): void {
  if (expected === 'any') return;
  const meant = meantKind(expected);
  if (meant !== nameKind && meets(expected, subjectAlternativeName)) {
    const found = `${JSON.stringify(subjectAlternativeName)}, which the certificate has as ${nameKinds[nameKind]}`;
    fail(
      'IDENTITY_MISMATCH',
      `signed by ${found}; ${meant ? nameKinds[meant] : 'a name of no known kind'} was expected`,
    );
  }
  const matches = nameKind === 'uri' ? meetsAddress : meets;
  demand([expected], subjectAlternativeName, 'IDENTITY_MISMATCH', 'signed by', matches);
}

const nameKinds: Readonly<Record<NameKind, string>> = {
  uri: 'a URI',
  email: 'an e-mail address',
  username: 'a user name',
};

/** Returns the kind of name that an expectation means, by its form; `undefined` for a text that is a name of no kind. */
function meantKind({ value }: Expectation): NameKind | undefined {
  if (/^[A-Za-z*][A-Za-z0-9+.*-]*:\/\//.test(value)) return 'uri';
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);
  // Fulcio gives no user name with an @ in it, and no e-mail address has a colon before its @ (RFC 5321, section 4.1.2).
  if (value.includes('@')) return hasScheme ? 'uri' : 'email';
  if (value.includes('!')) return 'username';
  return hasScheme ? 'uri' : undefined;
}

/** Claims that are addresses of workflows. */
const workflowClaims: ReadonlySet<FulcioClaim> = new Set<FulcioClaim>(['buildSignerUri', 'buildConfigUri']);

/** @throws CountersignError `CLAIM_MISMATCH`; also where the certificate does not make the claim at all */
export function matchClaim({ claims }: VerifiedIdentity, expectation: ClaimExpectation): void {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === undefined)
    fail('CLAIM_MISMATCH', `the certificate does not say its ${claim}; ${describeClaim(expectation)} was expected`);
  const matches = workflowClaims.has(claim) ? meetsAddress : meets;
  if (expected.length > 0) demand(expected, found, 'CLAIM_MISMATCH', `the certificate's ${claim} is`, matches);
  // What is refused is refused however it is read.
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

function demand(
  expected: readonly Expectation[],
  found: string,
  code: ErrorCode,
  what: string,
  matches: (one: Expectation, text: string) => boolean,
): void {
  if (!expected.some((one) => matches(one, found))) {
    fail(code, `${what} ${JSON.stringify(found)}; ${JSON.stringify(describeAll(expected))} was expected`);
  }
}
