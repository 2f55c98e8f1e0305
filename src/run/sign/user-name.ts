/** The identity of a user whose token has only a name. The domain of the name is a setting of the certificate authority. */

import { fail } from '../../core/errors/index.ts';
import { shownUrl } from '../../core/trust/index.ts';
import type { IdentityToken, TokenSource } from '../../identity/index.ts';
import { findIssuer } from '../../services/fulcio/index.ts';
import type { Http } from '../../services/http/index.ts';

const domainShape = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/**
 * Returns the tokens with the name that the certificate must contain: `name!domain`.
 *
 * @throws CountersignError `TOKEN_INVALID` if the authority does not certify user names of this issuer
 */
export async function withDomain(
  tokens: TokenSource,
  { issuer }: IdentityToken,
  http: Http,
  certificateAuthority: string,
): Promise<TokenSource> {
  const configured = await findIssuer(http, certificateAuthority, issuer);
  const refuse = (message: string, remedy: string): never => fail('TOKEN_INVALID', message, { remedy });
  if (configured === undefined)
    return refuse(
      `the certificate authority does not accept identity tokens of ${shownUrl(issuer)}`,
      'Use a token of another issuer, or another `instance`.',
    );
  if (configured.type === 'email')
    return refuse(
      `the identity token of ${shownUrl(issuer)} has no email address`,
      'Request a token that contains the claim email (scope `openid email`).',
    );
  const domain = configured.subjectDomain;
  if (configured.type !== 'username' || !domainShape.test(domain))
    return refuse(
      `identity tokens of ${shownUrl(issuer)} are not supported: it is unknown which name the certificate would contain`,
      'Use a token of a supported provider, or one with an email address.',
    );
  const complete = async (): Promise<IdentityToken> => {
    const token = await tokens();
    return { ...token, certificateIdentity: `${token.certificateIdentity}!${domain}` };
  };
  return Object.assign(complete, { [Symbol.dispose]: () => tokens[Symbol.dispose]() });
}
