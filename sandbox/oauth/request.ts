/** Reads the requests of both flows: parameters, the forms of clients and of people, scopes, and proofs of possession (PKCE). */

import { decodeUtf8 } from '../../src/core/encoding/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { isEmailAddress } from '../oidc/index.ts';
import { hashOf } from '../pki/index.ts';
import { refuseClient, refusePerson } from './refusal.ts';

/** The only client, a public one: Sigstore's own programs, as on the public instance. */
export const clientId = 'sigstore';

/** The parameters of a query or a form (RFC 6749, section 3.1 and appendix B). */
export interface Parameters {
  /** Returns a parameter, `undefined` if it is missing or empty: both mean the same. */
  get(name: string): string | undefined;
  /** The names that occur more than once, which none may. */
  readonly repeated: ReadonlySet<string>;
}

export function parametersOf(source: URLSearchParams): Parameters {
  const names = [...source.keys()];
  return {
    get: (name) => source.get(name) || undefined,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index)),
  };
}

/** Reads the form in a body; returns `undefined` if it is none. */
function formOf({ headers, body }: HttpRequest): Parameters | undefined {
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  const text = decodeUtf8(body);
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded' || text === undefined) return undefined;
  return parametersOf(new URLSearchParams(text));
}

/**
 * Reads a form that the client posts. It names itself in the header with an empty secret (sigstore-python, and Go's oauth2 at first) or
 * in the form (cosign's device flow): RFC 6749, section 2.3.1.
 */
export function formOfClient(request: HttpRequest): Parameters {
  const form = formOf(request) ?? refuseClient('invalid_request', 'The request is not a form.');
  if (form.repeated.size > 0) refuseClient('invalid_request', 'A parameter is repeated.');
  const [id, secret] = basicCredentials(request) ?? [form.get('client_id'), form.get('client_secret') ?? ''];
  if (id !== clientId || secret !== '') refuseClient('invalid_client', 'Unknown client.');
  if ((form.get('client_id') ?? clientId) !== clientId) {
    refuseClient('invalid_request', 'The header and the form name different clients.');
  }
  return form;
}

function basicCredentials({ headers }: HttpRequest): readonly [id: string | undefined, secret: string] | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return undefined;
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(String(authorization)) ?? [];
  const [, id, secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return [id, secret];
}

/** Reads a form that a person sends from a page of the issuer. Forms of other sites are refused (cross-site request forgery). */
export function formOfPerson(request: HttpRequest, issuerUrl: string): Parameters {
  const { origin } = new URL(issuerUrl);
  // Programs other than browsers send no origin.
  if ((request.headers.origin ?? origin) !== origin) {
    refusePerson(`This form does not come from a page of the sandbox. Its pages are at ${origin}.`, 403);
  }
  return formOf(request) ?? refusePerson('This is not a form of the sandbox.');
}

/** The answer of a person to the question who they are. */
export type Answer =
  | { readonly kind: 'approved'; readonly email: string }
  | { readonly kind: 'denied' }
  | { readonly kind: 'invalid'; readonly email: string; readonly error: string };

/** The description of the OAuth error `access_denied`. */
export const personDenied = 'The person declined to sign in.';

/** Reads what a person decided on a page. */
export function readAnswer(form: Parameters): Answer {
  const email = form.get('email') ?? '';
  if (form.get('decision') === 'deny') return { kind: 'denied' };
  if (isEmailAddress(email)) return { kind: 'approved', email };
  return { kind: 'invalid', email, error: 'This is not an email address that a certificate can contain.' };
}

/** The scopes that a client has to ask for (OpenID Connect Core 1.0, sections 3.1.2.1 and 5.4). */
export const scopes = ['openid', 'email'] as const;

/** Describes what the scopes of a request lack; returns `undefined` if they lack nothing. */
export function missingScopes(parameters: Parameters): string | undefined {
  const asked = (parameters.get('scope') ?? '').split(' ');
  const missing = scopes.filter((scope) => !asked.includes(scope));
  return missing.length === 0 ? undefined : `The scope lacks ${missing.join(' and ')}.`;
}

/** Reports whether a text has the form of a challenge of the method S256: a SHA-256 in base64url (RFC 7636). */
export function isChallenge(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** Refuses a form whose verifier is not the one that the challenge was made from (RFC 7636, section 4.6). */
export function demandVerifier(form: Parameters, challenge: string): void {
  const verifier = form.get('code_verifier') ?? '';
  const hash = Buffer.from(hashOf('sha256', Buffer.from(verifier))).toString('base64url');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier) || hash !== challenge) {
    refuseClient('invalid_grant', 'The code_verifier does not match the code_challenge.');
  }
}
