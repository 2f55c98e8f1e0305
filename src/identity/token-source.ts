/** Caches an identity token while it is valid, and drops it when the session ends. */

import { fail } from '../core/errors/index.ts';
import type { Secret } from '../node/index.ts';
import type { IdentityToken } from './identity-token.ts';

/** Requests an identity token that is valid for a while yet. */
export type TokenRequest = () => Promise<IdentityToken>;

/**
 * Returns an identity token that is valid for a while yet. Disposing of the source empties every token that it has returned; asking it
 * again is an error.
 */
export interface TokenSource extends Disposable {
  (): Promise<IdentityToken>;
}

/** A token is not used in its last minute: the service that it is sent to may be slow. */
const marginMilliseconds = 60_000;

/** Returns a source that requests a token when it is first needed, and again only when the last one is about to expire. */
export function cachedTokens(request: TokenRequest, clock: () => Date): TokenSource {
  const cache = new TokenCache(request, clock);
  return Object.assign(() => cache.get(), { [Symbol.dispose]: () => cache[Symbol.dispose]() });
}

class TokenCache implements Disposable {
  /** `undefined` once the cache is disposed of: the function may hold the token's text itself. */
  #request: TokenRequest | undefined;
  readonly #clock: () => Date;
  #current: Promise<IdentityToken> | undefined;
  #returned: Secret[] = [];

  constructor(request: TokenRequest, clock: () => Date) {
    this.#request = request;
    this.#clock = clock;
  }

  async get(): Promise<IdentityToken> {
    const held = this.#current;
    const token = await held?.catch(() => undefined);
    if (this.#request === undefined) failDisposed();
    if (token !== undefined && token.expiresAt.getTime() - this.#clock().getTime() > marginMilliseconds) return token;
    // Another caller that waited may have requested the next one already.
    if (this.#current === held || this.#current === undefined) this.#current = this.#next(this.#request);
    return this.#current;
  }

  [Symbol.dispose](): void {
    this.#request = undefined;
    this.#current = undefined;
    for (const secret of this.#returned.splice(0)) secret[Symbol.dispose]();
  }

  async #next(request: TokenRequest): Promise<IdentityToken> {
    const token = await request();
    // The session may have ended meanwhile.
    if (this.#request === undefined) {
      token.token[Symbol.dispose]();
      failDisposed();
    }
    this.#returned.push(token.token);
    return token;
  }
}

function failDisposed(): never {
  fail('KEY_DISPOSED', 'the signing session is over; open a new one to sign');
}
