/** A CI system as an issuer of tokens: what its tokens say, where they differ from the next one's. */

import type { JsonObject, JsonValue } from '../../src/core/encoding/index.ts';

/** GitHub's forms of a subject: `repo:o/r:…`, or `repo:o@1/r@2:…` with the numeric ids, which outlive a renaming. */
export type SubjectForm = 'classic' | 'immutable';

/** The claims of a job; one that is `undefined` is left out of the token. */
export type Claims = Readonly<Record<string, JsonValue | undefined>>;

export interface JobProvider {
  /** A job with values that are plainly made up. */
  readonly example: JsonObject;
  /** Claims that only some jobs have. */
  readonly occasional: readonly string[];
  /** Where the key set is, under the issuer's URL. */
  readonly keySetPath: string;
  /** Whether each token has a `jti`. */
  readonly numbered: boolean;
  readonly lifetimeSeconds: number;
  /** How long before it was issued a token says it was valid. */
  readonly leewaySeconds: number;
  subject(claims: Claims, form: SubjectForm): string;
  /** Whom a token is for if nobody was named. */
  audience(claims: Claims, issuer: string): string;
}

/** A claim as text; empty if it is not there. */
export function text(claims: Claims, name: string): string {
  const value = claims[name];
  return value === undefined ? '' : String(value);
}
