/** The issuer of people's tokens as an OpenID provider: two flows with one token endpoint. */

import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import { discoveryRoutes, type PersonTokens, personTokenLifetimeSeconds } from '../oidc/index.ts';
import { hashOf } from '../pki/index.ts';
import type { Sources } from '../sources.ts';
import { CodeFlow } from './code-flow.ts';
import { DeviceFlow, deviceGrant } from './device-flow.ts';
import { noStore, refuseClient } from './refusal.ts';
import { clientId, formOfClient, type Parameters, scopes } from './request.ts';

const claims = ['sub', 'aud', 'exp', 'iat', 'iss', 'nbf', 'nonce', 'at_hash', 'email', 'email_verified'];

export class AuthorizationServer {
  readonly #tokens: PersonTokens;
  readonly #codeFlow: CodeFlow;
  readonly #deviceFlow: DeviceFlow;

  constructor(tokens: PersonTokens, sources: Sources) {
    this.#tokens = tokens;
    this.#codeFlow = new CodeFlow(tokens.issuer.url, sources);
    this.#deviceFlow = new DeviceFlow(tokens.issuer.url, sources);
  }

  /** Returns the discovery document with the endpoints of RFC 8414, and the endpoints. */
  routes(): readonly Route[] {
    const { issuer } = this.#tokens;
    const tokenEndpoint = `${issuer.url}/token`;
    const metadata = {
      authorization_endpoint: this.#codeFlow.endpoint,
      token_endpoint: tokenEndpoint,
      device_authorization_endpoint: this.#deviceFlow.endpoint,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', deviceGrant],
      subject_types_supported: ['public'],
      scopes_supported: scopes,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    };
    return [
      ...discoveryRoutes(issuer, claims, { metadata }),
      ...this.#codeFlow.routes(),
      ...this.#deviceFlow.routes(),
      { method: 'POST', path: new URL(tokenEndpoint).pathname, handle: (request) => this.#exchange(request) },
    ];
  }

  async #exchange(request: HttpRequest): Promise<HttpResponse> {
    const { email, nonce } = this.#redeem(formOfClient(request));
    // sigstore-python uses the access token as the identity token: like Dex's, it is one too.
    const accessToken = await this.#tokens.token(email);
    const idToken = await this.#tokens.token(email, {
      aud: clientId,
      at_hash: accessTokenHash(accessToken),
      ...(nonce === undefined ? {} : { nonce }),
    });
    const body = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: personTokenLifetimeSeconds,
      scope: scopes.join(' '),
      id_token: idToken,
    };
    return jsonResponse(200, body, noStore);
  }

  #redeem(form: Parameters): { readonly email: string; readonly nonce?: string | undefined } {
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return this.#codeFlow.redeem(form);
      case deviceGrant:
        return this.#deviceFlow.redeem(form);
      case undefined:
        return refuseClient('invalid_request', 'The parameter grant_type is missing.');
      default:
        return refuseClient('unsupported_grant_type', 'There are codes, and devices, and nothing else.');
    }
  }
}

/** Returns the `at_hash` of a token that is signed over its SHA-256 (OpenID Connect Core 1.0, section 3.1.3.6). */
export function accessTokenHash(token: string): string {
  return Buffer.from(hashOf('sha256', Buffer.from(token)).subarray(0, 16)).toString('base64url');
}
