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
const longestMargin = 60_000;

/** Returns the time before its end in which a token is not used any more. Tokens of logins can be valid for one minute in all. */
function marginOf({ expiresAt }: IdentityToken, requestedAt: Date): number {
  return Math.min(longestMargin, (expiresAt.getTime() - requestedAt.getTime()) / 4);
}

/** Returns a source that requests a token when it is first needed, and again only when the last one is about to expire. */
export function cachedTokens(request: TokenRequest, clock: () => Date): TokenSource {
  // `undefined` once the source is disposed of: the function may hold the token's text itself.
  let open: TokenRequest | undefined = request;
  let current: Promise<IdentityToken> | undefined;
  let margin = 0;
  const returned: Secret[] = [];
  const dispose = (): void => {
    open = undefined;
    current = undefined;
    for (const secret of returned.splice(0)) secret[Symbol.dispose]();
  };
  const next = async (requestNext: TokenRequest): Promise<IdentityToken> => {
    const token = await requestNext();
    returned.push(token.token);
    margin = marginOf(token, clock());
    // The session may have ended meanwhile.
    if (open !== undefined) return token;
    dispose();
    return failDisposed();
  };
  const tokens = async (): Promise<IdentityToken> => {
    const held = current;
    const token = await held?.catch(() => undefined);
    if (open === undefined) return failDisposed();
    if (token !== undefined && token.expiresAt.getTime() - clock().getTime() > margin) return token;
    // Another caller that waited may have requested the next one already.
    if (current === held || current === undefined) current = next(open);
    return current;
  };
  return Object.assign(tokens, { [Symbol.dispose]: dispose });
}

function failDisposed(): never {
  fail('KEY_DISPOSED', 'the signing session is closed; open a new one to sign');
}
