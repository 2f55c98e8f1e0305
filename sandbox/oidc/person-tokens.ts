/** Tokens of people, who are identified by e-mail address. */

import type { JsonObject } from '../../src/core/encoding/index.ts';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/index.ts';
import type { Sources } from '../sources.ts';
import { type TokenIssuer, tokenTimes } from './token-issuer.ts';
import { readTokenQuery } from './token-query.ts';

export class PersonTokens {
  readonly issuer: TokenIssuer;
  readonly #sources: Sources;

  constructor(issuer: TokenIssuer, sources: Sources) {
    this.issuer = issuer;
    this.#sources = sources;
  }

  /** Returns a token for a person, by default for Fulcio. `overrides` replace or add claims. */
  token(email: string, overrides: JsonObject = {}): Promise<string> {
    return this.issuer.sign({
      iss: this.issuer.url,
      aud: 'sigstore',
      sub: `person-${email}`,
      email,
      email_verified: true,
      ...tokenTimes(this.#sources.clock(), personTokenLifetimeSeconds),
      ...overrides,
    });
  }

  /**
   * Returns `GET token?email=E&audience=A`, which gives scripts a token without a page. With `verified=false`, the address is not
   * verified; for the rest see `readTokenQuery`.
   */
  routes(): readonly Route[] {
    const { pathname } = new URL(this.issuer.url);
    return [{ method: 'GET', path: `${pathname}/token`, handle: (request) => this.#answer(request) }];
  }

  async #answer({ url }: HttpRequest): Promise<HttpResponse> {
    const { audience = 'sigstore', claims, lifetimeSeconds = personTokenLifetimeSeconds } = readTokenQuery(url);
    const value = await this.token(url.searchParams.get('email') ?? 'signer@example.com', {
      aud: audience,
      email_verified: url.searchParams.get('verified') !== 'false',
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds),
      ...claims,
    } as JsonObject);
    return jsonResponse(200, { value });
  }
}

export const personTokenLifetimeSeconds = 300;
