/** The authorization code flow (RFC 6749, section 4.1; OpenID Connect Core 1.0, section 3.1), with PKCE. */

import type { HttpRequest, HttpResponse, Route } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { codePage, errorPage, type FormState, loginPage } from './pages.ts';
import { loopbackAddress, outOfBand, policySource } from './redirect-uri.ts';
import { noStore, type OAuthErrorCode, refuseClient, refusePerson } from './refusal.ts';
import {
  clientId,
  demandVerifier,
  formOfPerson,
  isChallenge,
  missingScopes,
  type Parameters,
  parametersOf,
  personDenied,
  readAnswer,
} from './request.ts';
import { Tickets } from './tickets.ts';

/** The redirect URI as the client wrote it, and the state to send with the answer. */
interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A valid request, which waits for a person. */
interface AuthorizationRequest extends ReturnAddress {
  readonly challenge: string;
  readonly nonce: string | undefined;
}

/** A request that a person approved, which a code stands for. */
interface Authorization extends AuthorizationRequest {
  readonly email: string;
}

interface OAuthError {
  readonly error: OAuthErrorCode;
  readonly error_description: string;
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

  /** Redeems a code (RFC 6749, section 4.1.3). The first try spends it, so that nobody can guess the rest. */
  redeem(form: Parameters): Authorization {
    for (const name of ['code', 'redirect_uri', 'code_verifier']) {
      if (form.get(name) === undefined) refuseClient('invalid_request', `The parameter ${name} is missing.`);
    }
    const authorization =
      this.#codes.take(form.get('code') ?? '') ??
      refuseClient('invalid_grant', 'The code is not valid, was used already, or has expired.');
    if (authorization.redirectUri !== form.get('redirect_uri')) {
      refuseClient('invalid_grant', 'The code was issued for another redirect_uri.');
    }
    demandVerifier(form, authorization.challenge);
    return authorization;
  }

  #begin(parameters: Parameters): HttpResponse {
    const back = returnAddress(parameters);
    const request = readRequest(parameters, back);
    if ('error' in request) return this.#answer(back, request);
    return this.#loginPage(request, { email: parameters.get('login_hint') ?? '' });
  }

  #finish(request: HttpRequest): HttpResponse {
    const form = formOfPerson(request, this.#issuerUrl);
    const asked =
      this.#logins.take(form.get('login') ?? '') ??
      refusePerson('This form was already sent or has expired. Start again in the program that opened it.');
    const answer = readAnswer(form);
    switch (answer.kind) {
      case 'approved':
        return this.#answer(asked, { code: this.#codes.issue({ ...asked, email: answer.email }) });
      case 'denied':
        return this.#answer(asked, { error: 'access_denied', error_description: personDenied });
      case 'invalid':
        return this.#loginPage(asked, answer);
    }
  }

  #loginPage(asked: AuthorizationRequest, { email, error }: FormState): HttpResponse {
    const address = loopbackAddress(asked.redirectUri);
    return loginPage({
      action: new URL(this.endpoint).pathname,
      ticket: this.#logins.issue(asked),
      clientId,
      redirectUri: address?.href,
      formTarget: address === undefined ? '' : policySource(address),
      email,
      error,
    });
  }

  /** Sends the browser back with the answer (RFC 6749, section 4.1.2) and the name of the issuer (RFC 9207). */
  #answer({ redirectUri, state }: ReturnAddress, answer: { readonly code: string } | OAuthError): HttpResponse {
    const address = loopbackAddress(redirectUri);
    if (address === undefined)
      return 'code' in answer ? codePage(answer.code) : errorPage(400, answer.error_description);
    const parts = { ...answer, ...(state === undefined ? {} : { state }), iss: this.#issuerUrl };
    for (const [name, value] of Object.entries(parts)) address.searchParams.set(name, value);
    return { status: 303, headers: { ...noStore, location: address.href }, body: new Uint8Array() };
  }
}

/** Reads who asks and where the answer goes. If these are wrong, nobody is sent anywhere (RFC 6749, section 4.1.2.1). */
function returnAddress(parameters: Parameters): ReturnAddress {
  const redirectUri = parameters.get('redirect_uri') ?? '';
  if (parameters.get('client_id') !== clientId || parameters.repeated.has('client_id')) {
    refusePerson(`The program that sent you here is unknown: its client_id is not "${clientId}".`);
  }
  const known = redirectUri === outOfBand || loopbackAddress(redirectUri) !== undefined;
  if (!known || parameters.repeated.has('redirect_uri')) {
    refusePerson(
      `The sandbox redirects only to programs on this machine: the redirect_uri must be an http URL of localhost, 127.0.0.1 or [::1], or ${outOfBand}.`,
    );
  }
  return { redirectUri, state: parameters.get('state') };
}

function readRequest(parameters: Parameters, back: ReturnAddress): AuthorizationRequest | OAuthError {
  const refused = (error: OAuthErrorCode, description: string): OAuthError => ({
    error,
    error_description: description,
  });
  const challenge = parameters.get('code_challenge') ?? '';
  if (parameters.repeated.size > 0) return refused('invalid_request', 'A parameter is repeated.');
  if (parameters.get('response_type') !== 'code') {
    return refused('unsupported_response_type', 'The response_type must be code.');
  }
  if (!isChallenge(challenge)) return refused('invalid_request', 'A code_challenge is required (RFC 7636).');
  // If it were left out it would mean "plain", which proves nothing to anyone who saw the request.
  if (parameters.get('code_challenge_method') !== 'S256') {
    return refused('invalid_request', 'The code_challenge_method must be S256.');
  }
  const missing = missingScopes(parameters);
  if (missing !== undefined) return refused('invalid_scope', missing);
  if (parameters.get('prompt') === 'none') {
    return refused('login_required', 'A person has to enter an email address; the sandbox has no sessions.');
  }
  return { ...back, challenge, nonce: parameters.get('nonce') };
}
