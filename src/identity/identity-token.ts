/** Parses the signer's own OIDC identity token (OpenID Connect Core, section 2). */

import { decodeJwt, type JWTPayload } from 'jose';
import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import { sigstoreAudience } from './audience.ts';
import type { OwnClaims } from './certificate-claims.ts';
import { type TokenClaims, textClaim } from './token-claims.ts';
import type { TokenKind } from './token-kind.ts';
import { kindOf } from './token-kinds.ts';

export interface IdentityToken {
  readonly token: Secret;
  readonly kind: TokenKind;
  /** The issuer that signed the token. */
  readonly issuer: string;
  /** The issuer that the certificate must name: that of the token, or the one at which the person logged in. */
  readonly certificateIssuer: string;
  readonly expiresAt: Date;
  /** The text that the key must sign to prove possession: the e-mail address, or else the raw subject. */
  readonly challenge: string;
  /** The identity that the certificate must name, from the claims. */
  readonly certificateIdentity: string;
  /** The claims that the certificate may show, and no others. */
  readonly certificateClaims: OwnClaims;
  readonly claims: TokenClaims;
}

// Splitting a token of millions of dots has brought down a certificate authority (CVE-2025-66506).
const maxLength = 16 * 1024;
const clockSkewSeconds = 60;
const minimumLifetimeSeconds = 30;
const newToken = 'Request a new token from the identity provider.';
const checkClock = 'check the clock of this machine.';

/**
 * Parses a token. Its signature is not verified here: the certificate authority does that.
 *
 * @param text the token; it appears in no error
 * @param serverUrl where workflows live, `https://github.com`, except on GitHub Enterprise Server
 * @param audience the required audience: that of Sigstore, or the client of a login
 * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED`
 */
export function readIdentityToken(
  text: string,
  now: Date,
  serverUrl: string,
  audience: string = sigstoreAudience,
): IdentityToken {
  const claims = readClaims(text);
  const { iss: issuer, aud, exp, nbf } = claims;
  if (typeof issuer !== 'string' || issuer === '') {
    fail('TOKEN_INVALID', 'the identity token has no issuer (iss)', { remedy: newToken });
  }
  if (![aud].flat().includes(audience)) {
    fail('TOKEN_INVALID', `the audience of the identity token is not "${audience}"`, {
      remedy: `Request a token with the audience "${audience}".`,
    });
  }
  const seconds = now.getTime() / 1000;
  // A value that no Date can hold would never expire.
  if (typeof exp !== 'number' || Math.abs(exp) > 8.64e12)
    fail('TOKEN_INVALID', 'the identity token has no valid expiration time (exp)', { remedy: newToken });
  if (exp < seconds + minimumLifetimeSeconds) {
    fail('TOKEN_EXPIRED', `the identity token expires at ${isoTime(exp)}, and it is ${now.toISOString()} now`, {
      remedy: `Request a new token right before signing. If the token is new, ${checkClock}`,
    });
  }
  if (typeof nbf === 'number' && nbf > seconds + clockSkewSeconds) {
    fail(
      'TOKEN_INVALID',
      `the identity token is not valid before ${isoTime(nbf)}, and it is ${now.toISOString()} now`,
      {
        remedy: `If the token is new, ${checkClock}`,
      },
    );
  }
  return {
    token: new Secret(text),
    issuer,
    expiresAt: new Date(exp * 1000),
    claims,
    certificateIssuer: certificateIssuer(claims, issuer),
    ...identityOf(claims, serverUrl),
  };
}

/** RFC 7515, section 7.1. The signature part may be empty here. */
const compactShape = /^[\w-]+\.[\w-]+\.[\w-]*$/;

function readClaims(text: string): JWTPayload {
  if (text.length > maxLength)
    fail('TOKEN_INVALID', `the identity token has ${text.length} bytes; the limit is ${maxLength}`, {
      remedy:
        'Reduce the claims in the token. On GitHub, remove custom properties of the repository from its OIDC claims.',
    });
  if (!compactShape.test(text)) {
    fail('TOKEN_INVALID', 'the identity token is not a JSON Web Token', { remedy: newToken });
  }
  try {
    return decodeJwt(text);
  } catch {
    // The cause could hold a part of the token.
    return fail('TOKEN_INVALID', 'the identity token is not a JSON Web Token', { remedy: newToken });
  }
}

function identityOf(
  claims: TokenClaims,
  serverUrl: string,
): Pick<IdentityToken, 'kind' | 'challenge' | 'certificateIdentity' | 'certificateClaims'> {
  const subject = textClaim(claims, 'sub');
  const email = textClaim(claims, 'email');
  const challenge =
    email ?? subject ?? fail('TOKEN_INVALID', 'the identity token has no subject (sub)', { remedy: newToken });
  const kind = kindOf(claims);
  return {
    kind,
    challenge,
    certificateIdentity: kind.certificateIdentity(claims, serverUrl),
    certificateClaims: {
      ...kind.certificateClaims?.(claims, serverUrl),
      ...(subject !== undefined && { tokenSubject: subject }),
    },
  };
}

/**
 * Returns the issuer that Fulcio writes. Sigstore's own issuer passes on logins at others, and names the other one by its URL
 * (fulcio, `issuer-claim`).
 */
function certificateIssuer(claims: TokenClaims, issuer: string): string {
  const { federated_claims: federated } = claims;
  if (typeof federated !== 'object' || federated === null) return issuer;
  const connector = textClaim(federated as TokenClaims, 'connector_id');
  return connector !== undefined && /^https:\/\//.test(connector) ? connector : issuer;
}

/** Formats a NumericDate, which may be out of the range of Date. */
function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString();
}
