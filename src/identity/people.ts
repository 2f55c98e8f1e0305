/** Identities that are not those of jobs: email addresses, URIs and user names. */

import { goUrl } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { textClaim } from './token-claims.ts';
import type { TokenKind } from './token-kind.ts';

/** People, and service accounts of Google Cloud (fulcio, pkg/identity/email). */
export const emailAddresses: TokenKind = {
  name: 'email',
  holder: 'the owner of an email address',
  recognizes: (claims) => textClaim(claims, 'email') !== undefined,
  certificateIdentity(claims) {
    const { email_verified: verified } = claims;
    // A token without this claim is left to the certificate authority, which may be configured to accept it. Some issuers write text.
    if (verified !== undefined && !/^true$/i.test(String(verified)))
      fail('TOKEN_INVALID', 'the email address in the identity token is not verified (email_verified)', {
        remedy: 'Verify the email address in the account at the identity provider, and log in again.',
      });
    return textClaim(claims, 'email') ?? '';
  },
  publishedClaims: ['email', 'sub'],
};

/** Identities whose subject is a web address (fulcio, pkg/identity/uri). */
export const webAddresses: TokenKind = {
  name: 'uri',
  holder: 'the owner of a URI',
  recognizes: (claims) => /^https?:\/\//.test(textClaim(claims, 'sub') ?? ''),
  certificateIdentity(claims) {
    const uri = textClaim(claims, 'sub') ?? '';
    return goUrl(uri) ?? uri;
  },
  publishedClaims: ['sub'],
};

/**
 * Users whose token has only a name (fulcio, pkg/identity/username). The certificate adds the domain that the authority is configured with,
 * so this name is only a part of the identity.
 */
export const userNames: TokenKind = {
  name: 'username',
  holder: 'a user without an email address',
  // Fulcio refuses names with these characters.
  recognizes: (claims) => /^[^!@]+$/.test(textClaim(claims, 'sub') ?? ''),
  certificateIdentity: (claims) => textClaim(claims, 'sub') ?? '',
  publishedClaims: ['sub'],
};
