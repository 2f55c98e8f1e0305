/** Access control: none, Basic credentials, or the distribution project's token specification. */

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
  /** Grants tokens to pull without credentials, as for public images; true by default. */
  readonly anonymousPull: boolean;
}

/** The allowed actions by the names of repositories. */
type Grants = ReadonlyMap<string, readonly Action[]>;

/** In seconds. It is part of the answer, since clients assume 60 seconds otherwise. */
const lifetime = 300;

/** Beyond this limit, the oldest tokens are removed. */
const maxTokens = 1000;

export class Access {
  /** An account that may pull and push. */
  readonly writer: Account;
  /** An account that may pull. */
  readonly reader: Account;
  readonly #origin: string;
  readonly #sources: Sources;
  readonly #tokens = new Map<string, { readonly granted: Grants; readonly expires: Date }>();
  settings: AccessSettings = { authentication: 'none', anonymousPull: true };

  constructor(origin: string, sources: Sources) {
    this.#origin = origin;
    this.#sources = sources;
    this.writer = { username: 'writer', password: encodeHex(sources.random(16)) };
    this.reader = { username: 'reader', password: encodeHex(sources.random(16)) };
  }

  /** Refuses a request that may not do this to a repository, or, without a name, one without a valid token or account. */
  demand({ headers: { authorization } }: HttpRequest, action: Action, name?: string): void {
    const { authentication } = this.settings;
    if (authentication === 'basic' && !this.#actionsOf(authorization).includes(action)) denied();
    if (authentication === 'bearer') this.#demandBearer(authorization, action, name);
  }

  /** Answers the token endpoint. Actions that are not allowed are left out of the token, and refused when it is used. */
  issueToken({ url, headers: { authorization } }: HttpRequest): HttpResponse {
    const isAnonymous = authorization === undefined && this.settings.anonymousPull;
    const allowed = isAnonymous ? (['pull'] as const) : this.#actionsOf(authorization);
    const service = url.searchParams.get('service');
    if (service !== null && service !== this.#service) {
      refuseRegistry('UNSUPPORTED', 'the tokens of this endpoint are for another service', { status: 400 });
    }
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= maxTokens && oldest !== undefined) this.#tokens.delete(oldest);
    const token = encodeHex(this.#sources.random(32));
    const now = wholeSecond(this.#sources.clock());
    const granted = grantsOf(url.searchParams.getAll('scope'), allowed);
    this.#tokens.set(token, { granted, expires: secondsAfter(now, lifetime) });
    const issued = now.toISOString().replace('.000Z', 'Z');
    return jsonResponse(200, { token, access_token: token, expires_in: lifetime, issued_at: issued });
  }

  get #service(): string {
    return new URL(this.#origin).host;
  }

  /** Returns the actions of the account with these credentials. */
  #actionsOf(authorization: Header): readonly Action[] {
    const given = basicCredentials(authorization);
    const isOf = ({ username, password }: Account): boolean => given === `${username}:${password}`;
    if (isOf(this.writer)) return ['pull', 'push'];
    return isOf(this.reader) ? ['pull'] : unauthorized(`Basic realm="${this.#service}"`);
  }

  #demandBearer(authorization: Header, action: Action, name: string | undefined): void {
    const scope = name === undefined ? '' : `,scope="repository:${name}:${action === 'push' ? 'pull,push' : 'pull'}"`;
    const challenge = `Bearer realm="${this.#origin}/token",service="${this.#service}"${scope}`;
    const [, text = ''] = /^Bearer +(\S+)$/i.exec(String(authorization)) ?? [];
    const token = this.#tokens.get(text);
    if (token === undefined || token.expires <= this.#sources.clock()) {
      unauthorized(authorization === undefined ? challenge : `${challenge},error="invalid_token"`);
    }
    if (name === undefined || token.granted.get(name)?.includes(action)) return;
    // RFC 6750, section 3.1: with a challenge, so that the client can ask for a token with more scope.
    denied({ 'www-authenticate': `${challenge},error="insufficient_scope"` });
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

/** Returns the allowed part of scopes such as `repository:name:pull,push`. A parameter may have several of them. */
function grantsOf(scopes: readonly string[], allowed: readonly Action[]): Grants {
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

function denied(headers: HttpResponse['headers'] = {}): never {
  return refuseRegistry('DENIED', 'requested access to the resource is denied', { headers });
}
