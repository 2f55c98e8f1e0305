/** The authorization code flow (RFC 6749, section 4.1; OpenID Connect Core 1.0, section 3.1), with PKCE. */

import type { HttpRequest, HttpResponse, Route } from '../http/index.ts';
import { isEmailAddress } from '../oidc/index.ts';
import type { Sources } from '../sources.ts';
import { clientId } from './client.ts';
import { formOfPerson } from './form-origin.ts';
import { codePage, errorPage, loginPage } from './pages.ts';
import { type Parameters, parametersOf } from './parameters.ts';
import { answers, isChallenge } from './pkce.ts';
import { loopbackAddress, outOfBand, policySource } from './redirect-uri.ts';
import { noStore, type OAuthErrorCode, refuseClient, refusePerson } from './refusal.ts';
import { missingScopes } from './scopes.ts';
import { Tickets } from './tickets.ts';

/** Where an answer goes: the redirect URI as it was written, and the state that goes with it. */
interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A request that was found good, waiting for a person. */
interface AuthorizationRequest extends ReturnAddress {
  readonly challenge: string;
  readonly nonce: string | undefined;
}

/** What a code stands for. */
export interface Authorization extends AuthorizationRequest {
  readonly email: string;
}

const loginLifetimeSeconds = 600;
/** Long enough to copy a code by hand. */
const codeLifetimeSeconds = 120;

export class CodeFlow {
  readonly endpoint: string;
  readonly #issuerUrl: string;
  readonly #logins: Tickets<AuthorizationRequest>;
  readonly #codes: Tickets<Authorization>;

  constructor(issuerUrl: string, sources: Sources) {
    this.endpoint = `${issuerUrl}/authorize`;
    this.#issuerUrl = issuerUrl;
    this.#logins = new Tickets(sources, loginLifetimeSeconds);
    this.#codes = new Tickets(sources, codeLifetimeSeconds);
  }

  routes(): readonly Route[] {
    const path = new URL(this.endpoint).pathname;
    return [
      { method: 'GET', path, handle: ({ url }) => this.#begin(parametersOf(url.searchParams)) },
      { method: 'POST', path, handle: (request) => this.#finish(request) },
    ];
  }

  /** Takes a code in (RFC 6749, section 4.1.3). It is spent by the first try, so that nobody can guess at the rest. */
  redeem(form: Parameters): Authorization {
    const [code, redirectUri, verifier] = ['code', 'redirect_uri', 'code_verifier'].map(
      (name) => form.get(name) ?? refuseClient('invalid_request', `The parameter ${name} is missing.`),
    );
    const authorization = this.#codes.take(code ?? '');
    if (authorization === undefined) {
      return refuseClient('invalid_grant', 'The code is not valid, was used already, or has expired.');
    }
    if (authorization.redirectUri !== redirectUri) {
      refuseClient('invalid_grant', 'The code was issued for another redirect_uri.');
    }
    if (!answers(authorization.challenge, verifier ?? '')) {
      refuseClient('invalid_grant', 'The code_verifier does not belong to the code_challenge.');
    }
    return authorization;
  }

  #begin(parameters: Parameters): HttpResponse {
    const back = returnAddress(parameters);
    const request = readRequest(parameters, back);
    if ('error' in request) return this.#answer(back, { error: request.error, error_description: request.problem });
    return this.#loginPage(request, { email: parameters.get('login_hint') ?? '' });
  }

  #finish(request: HttpRequest): HttpResponse {
    const form = formOfPerson(request, this.#issuerUrl);
    const asked = this.#logins.take(form.get('login') ?? '');
    if (asked === undefined) {
      return refusePerson('This form was sent already, or is too old. Start again in the program that opened it.');
    }
    const email = form.get('email') ?? '';
    if (form.get('decision') === 'deny') {
      return this.#answer(asked, { error: 'access_denied', error_description: 'The person did not want to sign in.' });
    }
    if (!isEmailAddress(email)) {
      return this.#loginPage(asked, { email, error: 'This is not an e-mail address that a certificate can name.' });
    }
    return this.#answer(asked, { code: this.#codes.issue({ ...asked, email }) });
  }

  #loginPage(asked: AuthorizationRequest, state: { readonly email: string; readonly error?: string }): HttpResponse {
    const address = loopbackAddress(asked.redirectUri);
    return loginPage({
      action: new URL(this.endpoint).pathname,
      ticket: this.#logins.issue(asked),
      clientId,
      redirectUri: address?.href,
      formTarget: address === undefined ? '' : policySource(address),
      ...state,
    });
  }

  /** Sends the browser back with the answer (RFC 6749, section 4.1.2), and with the issuer's name (RFC 9207). */
  #answer({ redirectUri, state }: ReturnAddress, answer: Answer): HttpResponse {
    const address = loopbackAddress(redirectUri);
    if (address === undefined)
      return 'code' in answer ? codePage(answer.code) : errorPage(400, answer.error_description);
    const parts = { ...answer, ...(state === undefined ? {} : { state }), iss: this.#issuerUrl };
    for (const [name, value] of Object.entries(parts)) address.searchParams.set(name, value);
    return { status: 303, headers: { ...noStore, location: address.href }, body: new Uint8Array() };
  }
}

type Answer = { readonly code: string } | { readonly error: OAuthErrorCode; readonly error_description: string };

/** Who asks, and where the answer would go. If these are wrong nobody is sent anywhere (RFC 6749, section 4.1.2.1). */
function returnAddress(parameters: Parameters): ReturnAddress {
  const redirectUri = parameters.get('redirect_uri') ?? '';
  if (parameters.get('client_id') !== clientId || parameters.repeated.has('client_id')) {
    refusePerson(`The program that sent you here is not known: its client_id is not "${clientId}".`);
  }
  const known = redirectUri === outOfBand || loopbackAddress(redirectUri) !== undefined;
  if (!known || parameters.repeated.has('redirect_uri')) {
    refusePerson(
      `The sandbox sends people back to programs on this machine alone: the redirect_uri must be an http address of localhost, 127.0.0.1 or [::1], or ${outOfBand}.`,
    );
  }
  return { redirectUri, state: parameters.get('state') };
}

interface Problem {
  readonly error: OAuthErrorCode;
  readonly problem: string;
}

function readRequest(parameters: Parameters, back: ReturnAddress): AuthorizationRequest | Problem {
  const refused = (error: OAuthErrorCode, problem: string): Problem => ({ error, problem });
  const challenge = parameters.get('code_challenge') ?? '';
  if (parameters.repeated.size > 0) return refused('invalid_request', 'A parameter is there more than once.');
  if (parameters.get('response_type') !== 'code') {
    return refused('unsupported_response_type', 'The response_type must be code.');
  }
  if (!isChallenge(challenge)) return refused('invalid_request', 'A code_challenge is required (RFC 7636).');
  // Left out it would mean "plain", which proves nothing to somebody who saw the request.
  if (parameters.get('code_challenge_method') !== 'S256') {
    return refused('invalid_request', 'The code_challenge_method must be S256.');
  }
  const missing = missingScopes(parameters);
  if (missing !== undefined) return refused('invalid_scope', missing);
  if (parameters.get('prompt') === 'none') {
    return refused('login_required', 'Somebody has to type an address; nobody is ever signed in already.');
  }
  return { ...back, challenge, nonce: parameters.get('nonce') };
}
