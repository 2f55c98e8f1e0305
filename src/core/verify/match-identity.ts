/** Step 4: that the certificate names the signer whom the policy expects. */

import { type Certificate, type FulcioClaims, readFulcioClaims } from '../certificate/index.ts';
import { fail } from '../errors/index.ts';
import type { Policy } from '../policy/index.ts';

export interface VerifiedIdentity {
  readonly subjectAlternativeName: string;
  readonly issuer: string;
  /** What the certificate authority vouches for. */
  readonly claims: FulcioClaims;
}

export function matchIdentity(certificate: Certificate, policy: Policy): VerifiedIdentity {
  const claims = readFulcioClaims(certificate);
  const [name, ...others] = certificate.subjectAlternativeNames;
  // Two names would let the signer choose which one is looked at.
  if (name === undefined || name.kind === 'unknown' || others.length > 0) {
    fail('CERTIFICATE_INVALID', 'the certificate does not name exactly one identity');
  }
  const { issuer } = claims;
  if (issuer === undefined) fail('CERTIFICATE_INVALID', 'the certificate does not say who issued the identity');
  if (issuer !== policy.certificateOidcIssuer) {
    fail(
      'ISSUER_MISMATCH',
      `the identity was issued by ${JSON.stringify(issuer)}; ${JSON.stringify(policy.certificateOidcIssuer)} was expected`,
    );
  }
  if (name.value !== policy.certificateIdentity) {
    fail(
      'IDENTITY_MISMATCH',
      `signed by ${JSON.stringify(name.value)}; ${JSON.stringify(policy.certificateIdentity)} was expected`,
    );
  }
  return { subjectAlternativeName: name.value, issuer, claims };
}
