/** Tokens of people, who are known by e-mail address. The login page comes with the whole sandbox. */

import type { JsonObject } from '../../core/encoding/index.ts';
import type { Route } from '../http/index.ts';
import type { World } from '../world.ts';
import { discoveryRoutes, type TokenIssuer, tokenTimes } from './token-issuer.ts';

export class PersonTokens {
  readonly issuer: TokenIssuer;
  readonly #world: World;

  constructor(issuer: TokenIssuer, world: World) {
    this.issuer = issuer;
    this.#world = world;
  }

  /** A token for a person, for Fulcio unless `overrides` say another audience; they replace or add any claim. */
  token(email: string, overrides: JsonObject = {}): Promise<string> {
    return this.issuer.sign({
      iss: this.issuer.url,
      aud: 'sigstore',
      sub: `person-${email}`,
      email,
      email_verified: true,
      ...tokenTimes(this.#world.clock(), 300),
      ...overrides,
    });
  }

  routes(): readonly Route[] {
    return discoveryRoutes(this.issuer, ['sub', 'aud', 'exp', 'iat', 'iss', 'nbf', 'email', 'email_verified']);
  }
}
