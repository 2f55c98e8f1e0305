/** A CI system as an issuer of tokens. */
import type { JsonObject } from '../../src/core/encoding/json.ts';
import type { JsonValue } from '../../src/core/encoding/json.ts';
/** GitHub's forms of a subject: `repo:o/r:…`, or `repo:o@1/r@2:…` with the numeric ids, which outlive a renaming. */
export type SubjectForm = 'classic' | 'immutable';
/** The claims of a job. One that is `undefined` is left out of the token. */
export type Claims = Readonly<Record<string, JsonValue | undefined>>;
export interface JobProvider {
    /** The claims of a job, with invented values. */
    readonly example: JsonObject;
    /** The claims that only some jobs have. */
    readonly occasional: readonly string[];
    /** The path of the key set, relative to the issuer's URL. */
    readonly keySetPath: string;
    /** True if each token has a `jti`. */
    readonly numbered: boolean;
    readonly lifetimeSeconds: number;
    /** The seconds between a token's `nbf` and its `iat`. */
    readonly leewaySeconds: number;
    subject(claims: Claims, form: SubjectForm): string;
    /** Returns the audience of a token if the job names none. */
    audience(claims: Claims, issuer: string): string;
}
/** Returns a claim as text, empty if it is missing. */
export declare function text(claims: Claims, name: string): string;
