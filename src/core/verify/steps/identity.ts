/** Step 4: the identity in the certificate, which must be the one that the policy expects. */

import {
  type Certificate,
  claimName,
  type FulcioClaim,
  type FulcioClaims,
  readFulcioClaims,
  type SubjectAlternativeName,
} from '../../certificate/index.ts';
import type { PublicKey } from '../../crypto/index.ts';
import { type ErrorCode, fail } from '../../errors/index.ts';
import {
  acceptsNoIssuer,
  type ClaimExpectation,
  describeExpectation,
  type Expectation,
  meets,
  meetsAddress,
  meetsInAnyForm,
  type Policy,
  type SignerPolicy,
} from '../../policy/index.ts';
import { type Checked, check } from '../criterion.ts';
import { remember } from '../remember.ts';
import type { VerifiedKeyHolder } from './certificate.ts';

export interface VerifiedIdentity {
  readonly subjectAlternativeName: string;
  /** `undefined` in certificates of private PKIs, which policies accept only with an exact name and any issuer. */
  readonly issuer: string | undefined;
  /** The claims that the certificate authority certifies. */
  readonly claims: FulcioClaims;
}

/** The verified identity in a certificate, or the expected key. */
export type VerifiedSigner =
  | {
      readonly kind: 'identity';
      readonly identity: VerifiedIdentity;
      /** The window in which the certificate was valid. */
      readonly certificateValidity: { readonly notBefore: Date; readonly notAfter: Date };
    }
  | { readonly kind: 'key'; readonly publicKey: PublicKey };

/** The identity in a certificate, before it is compared with the policy. */
export interface ClaimedIdentity extends VerifiedIdentity {
  /** The kind of the name. The same text as a name of another kind may be somebody else's. */
  readonly nameKind: NameKind;
}

/** An address (URI), an e-mail address, or a name of a user under a domain (`name!domain`). */
type NameKind = Exclude<SubjectAlternativeName['kind'], 'unknown'>;

/** The policy for signers with a certificate. */
export type IdentityPolicy = Extract<SignerPolicy, { kind: 'identity' }>;

/** Prepares the step. The identity of a long-lived key is the key itself. */
export function identityStep({
  signer: policy,
}: Policy): (signer: VerifiedKeyHolder | undefined) => Promise<Checked<VerifiedSigner>> {
  return remember(async (signer) => {
    if (policy.kind === 'key') return { criteria: [], proven: signer?.kind === 'key' ? signer : undefined };
    const certificate = signer?.kind === 'certificate' ? signer.certificate : undefined;
    const { criteria, proven: identity } = await examineIdentity(certificate, policy);
    if (certificate === undefined || identity === undefined) return { criteria, proven: undefined };
    const { notBefore, notAfter } = certificate;
    return { criteria, proven: { kind: 'identity', identity, certificateValidity: { notBefore, notAfter } } };
  });
}

async function examineIdentity(
  certificate: Certificate | undefined,
  policy: IdentityPolicy,
): Promise<Checked<VerifiedIdentity>> {
  const expected = (one: IdentityPolicy['issuer']): string =>
    typeof one === 'string' ? one : describeExpectation(one);
  const issuer = await check(
    { name: 'issuer', expected: expected(policy.issuer) },
    { certificate },
    (basis) => {
      const identity = readIdentity(basis.certificate);
      matchIssuer(identity, policy);
      return identity;
    },
    (identity) => identity.issuer ?? 'none in the certificate',
  );
  const identity = issuer.proven;
  const name = await check(
    { name: 'identity', expected: expected(policy.identity) },
    { issuer: identity },
    (basis) => matchName(basis.issuer, policy),
    () => identity?.subjectAlternativeName ?? '',
  );
  const claims = await Promise.all(
    policy.claims.map((expectation) =>
      check(
        { name: 'claim', about: expectation.claim, expected: describeClaim(expectation) },
        { issuer: identity },
        (basis) => matchClaim(basis.issuer, expectation),
        () => identity?.claims[expectation.claim] ?? '',
      ),
    ),
  );
  return { criteria: [issuer, name, ...claims].flatMap(({ criteria }) => criteria), proven: identity };
}

/**
 * Reads the identity in a certificate, whatever a policy expects.
 *
 * @throws CountersignError `CERTIFICATE_INVALID` unless it names exactly one identity
 */
export function readIdentity(certificate: Certificate): ClaimedIdentity {
  const claims = readFulcioClaims(certificate);
  const [name, ...others] = certificate.subjectAlternativeNames;
  // With two names, the signer could choose which one is compared.
  if (name === undefined || name.kind === 'unknown' || others.length > 0) {
    fail('CERTIFICATE_INVALID', 'the certificate must contain exactly one identity');
  }
  return { subjectAlternativeName: name.value, nameKind: name.kind, issuer: claims.issuer, claims };
}

/** Compares the issuer. @throws CountersignError `ISSUER_MISMATCH`; `CERTIFICATE_INVALID` for a certificate that has to name one */
export function matchIssuer({ issuer, claims }: VerifiedIdentity, policy: IdentityPolicy): void {
  if (policy.issuer === 'none') {
    matchNoIssuer(claims);
    return;
  }
  if (issuer === undefined) {
    if (acceptsNoIssuer(policy)) return;
    fail('CERTIFICATE_INVALID', 'the certificate has no OIDC issuer', {
      remedy: 'If it comes from a private PKI or a GitHub release, set `certificate-identity` and `any-issuer`.',
    });
  }
  const { issuer: expected } = policy;
  if (expected !== 'any') demand([expected], issuer, 'ISSUER_MISMATCH', 'the OIDC issuer is', meets);
}

/** Refuses a certificate with any claim about a job or a person. */
function matchNoIssuer(claims: FulcioClaims): void {
  const [claim] = Object.keys(claims);
  if (claim === undefined) return;
  const what =
    claim === 'issuer' ? `the OIDC issuer is ${JSON.stringify(claims.issuer)}` : `it has the claim ${claimName(claim)}`;
  fail('ISSUER_MISMATCH', `${what}; expected a certificate without an OIDC issuer`);
}

/** Compares the name. @throws CountersignError `IDENTITY_MISMATCH` */
export function matchName(
  { subjectAlternativeName, nameKind }: ClaimedIdentity,
  { identity: expected }: IdentityPolicy,
): void {
  if (expected === 'any') return;
  const meant = meantKind(expected);
  if (meant !== nameKind && meets(expected, subjectAlternativeName)) {
    const found = `${JSON.stringify(subjectAlternativeName)}, which is ${nameKinds[nameKind]} in the certificate`;
    fail('IDENTITY_MISMATCH', `signed by ${found}; expected ${meant ? nameKinds[meant] : 'a name of an unknown kind'}`);
  }
  const matches = nameKind === 'uri' ? meetsAddress : meets;
  demand([expected], subjectAlternativeName, 'IDENTITY_MISMATCH', 'signed by', matches);
}

const nameKinds: Readonly<Record<NameKind, string>> = {
  uri: 'a URI',
  email: 'an email address',
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

/** Compares a claim. @throws CountersignError `CLAIM_MISMATCH`, also if the certificate does not make the claim */
export function matchClaim({ claims }: VerifiedIdentity, expectation: ClaimExpectation): void {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === undefined)
    fail('CLAIM_MISMATCH', `the certificate has no claim ${claimName(claim)}; expected ${describeClaim(expectation)}`);
  const matches = workflowClaims.has(claim) ? meetsAddress : meets;
  if (expected.length > 0)
    demand(expected, found, 'CLAIM_MISMATCH', `the certificate claim ${claimName(claim)} is`, matches);
  // A refused value is refused in every spelling.
  if (refused.some((one) => meetsInAnyForm(one, found))) {
    fail(
      'CLAIM_MISMATCH',
      `the certificate claim ${claimName(claim)} is ${JSON.stringify(found)}, which the policy refuses`,
    );
  }
}

/**
 * Compares the identity in a certificate with a policy: its issuer, name and claims, in this order.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`, `ISSUER_MISMATCH`, `IDENTITY_MISMATCH`, `CLAIM_MISMATCH`
 */
export function matchIdentity(certificate: Certificate, policy: IdentityPolicy): VerifiedIdentity {
  const identity = readIdentity(certificate);
  matchIssuer(identity, policy);
  matchName(identity, policy);
  for (const expectation of policy.claims) matchClaim(identity, expectation);
  return identity;
}

/** Returns a text for people: `a or b, not c`. */
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
    fail(code, `${what} ${JSON.stringify(found)}; expected ${JSON.stringify(describeAll(expected))}`);
  }
}
