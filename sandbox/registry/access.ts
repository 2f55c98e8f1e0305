/** Who may pull and push: nobody is asked, or by Basic credentials, or by tokens as the distribution project's token specification has them. */

import { decodeBase64, decodeUtf8, encodeHex } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, refuseRegistry } from '../http/index.ts';
import { type Sources, secondsAfter, wholeSecond } from '../sources.ts';
import { isName } from './endpoint.ts';

export type Authentication = 'none' | 'basic' | 'bearer';
export type Action = 'pull' | 'push';

export interface Account {
  readonly username: string;
  readonly password: string;
}

export interface AccessSettings {
  readonly authentication: Authentication;
  /** Whether a token to pull is to be had without credentials, as of public images; true by default. */
  readonly anonymousPull: boolean;
}

interface Token {
  /** By the names of the repositories. */
  readonly granted: ReadonlyMap<string, readonly Action[]>;
  readonly expires: Date;
}

/** Clients that find no lifetime must take it for 60 seconds; this one is said. */
const lifetimeSeconds = 300;

/** The oldest are forgotten. */
const maxTokens = 1000;

export class Access {
  /** May pull and push. */
  readonly writer: Account;
  /** May pull. */
  readonly reader: Account;
  readonly #origin: string;
  readonly #sources: Sources;
  readonly #tokens = new Map<string, Token>();
  settings: AccessSettings = { authentication: 'none', anonymousPull: true };

  constructor(origin: string, sources: Sources) {
    this.#origin = origin;
    this.#sources = sources;
    this.writer = { username: 'writer', password: encodeHex(sources.random(16)) };
    this.reader = { username: 'reader', password: encodeHex(sources.random(16)) };
  }

  /** Lets a request pass that may do this to a repository, or, without a name, that comes from somebody. */
  demand(request: HttpRequest, action: Action, name?: string): void {
    const { authentication } = this.settings;
    if (authentication === 'basic') this.#demandBasic(request, action);
    if (authentication === 'bearer') this.#demandBearer(request, action, name);
  }

  /** Answers the token endpoint. What may not be granted is left out of the token, and found out when it is used. */
  issueToken({ url, headers }: HttpRequest): HttpResponse {
    const allowed = this.#allowed(headers.authorization);
    const service = url.searchParams.get('service');
    if (service !== null && service !== this.#service) {
      refuseRegistry('UNSUPPORTED', 'the tokens of this endpoint are for another service', { status: 400 });
    }
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= maxTokens && oldest !== undefined) this.#tokens.delete(oldest);
    const token = encodeHex(this.#sources.random(32));
    const now = wholeSecond(this.#sources.clock());
    const granted = grantsOf(url.searchParams.getAll('scope'), allowed);
    this.#tokens.set(token, { granted, expires: secondsAfter(now, lifetimeSeconds) });
    const issued = now.toISOString().replace('.000Z', 'Z');
    return jsonResponse(200, { token, access_token: token, expires_in: lifetimeSeconds, issued_at: issued });
  }

  get #service(): string {
    return new URL(this.#origin).host;
  }

  #allowed(authorization: Header): readonly Action[] {
    const { anonymousPull } = this.settings;
    if (authorization === undefined && anonymousPull) return ['pull'];
    return this.#actionsOf(authorization) ?? unauthorized(this.#basicChallenge);
  }

  /** What the account of these credentials may do; `undefined` if they are none, or wrong. */
  #actionsOf(authorization: Header): readonly Action[] | undefined {
    const given = basicCredentials(authorization);
    const isOf = ({ username, password }: Account): boolean => given === `${username}:${password}`;
    if (isOf(this.writer)) return ['pull', 'push'];
    return isOf(this.reader) ? ['pull'] : undefined;
  }

  get #basicChallenge(): string {
    return `Basic realm="${this.#service}"`;
  }

  #demandBasic({ headers }: HttpRequest, action: Action): void {
    const allowed = this.#actionsOf(headers.authorization) ?? unauthorized(this.#basicChallenge);
    if (!allowed.includes(action)) denied();
  }

  #demandBearer({ headers }: HttpRequest, action: Action, name: string | undefined): void {
    const { authorization } = headers;
    const challenge = this.#bearerChallenge(action, name);
    const error = authorization === undefined ? '' : ',error="invalid_token"';
    const { granted } = this.#token(authorization) ?? unauthorized(challenge + error);
    if (name === undefined || granted.get(name)?.includes(action)) return;
    // RFC 6750, section 3.1: with the challenge, so that a client may ask for a token that can do more.
    denied(`${challenge},error="insufficient_scope"`);
  }

  /** One that was issued here, and has not ended. */
  #token(authorization: Header): Token | undefined {
    const [, text = ''] = /^Bearer +(\S+)$/i.exec(String(authorization)) ?? [];
    const token = this.#tokens.get(text);
    return token !== undefined && token.expires > this.#sources.clock() ? token : undefined;
  }

  #bearerChallenge(action: Action, name: string | undefined): string {
    const scope = name === undefined ? '' : `,scope="repository:${name}:${action === 'push' ? 'pull,push' : 'pull'}"`;
    return `Bearer realm="${this.#origin}/token",service="${this.#service}"${scope}`;
  }
}

type Header = HttpRequest['headers'][string];

function basicCredentials(authorization: Header): string | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(String(authorization)) ?? [];
  try {
    return encoded === undefined ? undefined : decodeUtf8(decodeBase64(encoded));
  } catch {
    return undefined;
  }
}

/** Of `repository:name:pull,push`, several in one parameter or in several of the name, what is allowed. */
function grantsOf(scopes: readonly string[], allowed: readonly Action[]): ReadonlyMap<string, readonly Action[]> {
  const granted = new Map<string, readonly Action[]>();
  for (const scope of scopes.flatMap((text) => text.split(' '))) {
    const [, name = '', actions = ''] = /^repository:([^:]+):([^:]+)$/.exec(scope) ?? [];
    if (!isName(name)) continue;
    const asked = actions.split(',');
    const more = allowed.filter((action) => asked.includes(action) || asked.includes('*'));
    granted.set(name, [...(granted.get(name) ?? []), ...more]);
  }
  return granted;
}

function unauthorized(challenge: string): never {
  return refuseRegistry('UNAUTHORIZED', 'authentication required', { headers: { 'www-authenticate': challenge } });
}

function denied(challenge?: string): never {
  const headers: Readonly<Record<string, string>> = challenge === undefined ? {} : { 'www-authenticate': challenge };
  return refuseRegistry('DENIED', 'requested access to the resource is denied', { headers });
}
