/** One token for as long as it is good, and then the next. */

import type { IdentityToken } from './identity-token.ts';

/** Gives an identity token that is good for a while yet. */
export type TokenSource = () => Promise<IdentityToken>;

/** A token is not used in its last minute: what it is sent to may be slow. */
const marginMilliseconds = 60_000;

/** Requests a token when it is first needed, and again only when the last one is about to end. */
export function cachedTokens(request: TokenSource, clock: () => Date): TokenSource {
  let current: Promise<IdentityToken> | undefined;
  return async () => {
    const held = current;
    const token = await held?.catch(() => undefined);
    if (token !== undefined && token.expiresAt.getTime() - clock().getTime() > marginMilliseconds) return token;
    // Unless somebody else who waited has requested the next one already.
    if (current === held || current === undefined) current = request();
    return current;
  };
}
