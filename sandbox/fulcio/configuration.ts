/** `GET /api/v2/configuration`: whose tokens are taken, and what of them is to be signed (fulcio.proto, OIDCIssuer). */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import type { TokenIssuer } from '../oidc/index.ts';
import type { IdentityKind } from './identity.ts';

/** An issuer whose tokens are accepted, and what its tokens are about. */
export interface TrustedIssuer {
  readonly issuer: TokenIssuer;
  readonly kind: IdentityKind;
}

/** Whom tokens must be for. */
export const audience = 'sigstore';

/** grpc-gateway writes members that have their default value too. */
export function configuration(issuers: readonly TrustedIssuer[]): JsonObject {
  return {
    issuers: issuers.map(({ issuer, kind }) => ({
      issuerUrl: issuer.url,
      audience,
      challengeClaim: kind === 'email' ? 'email' : 'sub',
      spiffeTrustDomain: '',
      // Fulcio has one type for all CI systems whose certificates are made by templates, and does not say which they are.
      issuerType: kind === 'email' ? 'email' : 'ci-provider',
      subjectDomain: '',
      skipEmailVerification: false,
    })),
  };
}
