/**
 * The release service of GitHub, with GitHub's own Sigstore: it has no logs, its certificates are for a year and name no issuer, and the
 * second certificate of its chain issues them.
 */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type AuthorityOptions } from '../pki/certified-key.ts';
import { type CertifiedKey } from '../pki/certified-key.ts';
import { type ProfileOverrides } from '../pki/certificate.ts';
import { TimestampAuthority } from '../timestamp/timestamp-authority.ts';
import { type TokenOverrides } from '../timestamp/token.ts';
export interface SandboxRelease {
    /** `owner/name` */
    readonly repository: string;
    readonly tag: string;
    /** The commit of the tag, in hexadecimal. */
    readonly commit: string;
    readonly ownerId: string;
    readonly repositoryId: string;
    /** The contents of its files, by their names. */
    readonly assets: Readonly<Record<string, Uint8Array>>;
}
/** Changes to an attestation, to make an invalid one. */
export interface ReleaseAttestationChanges {
    readonly statement?: (statement: ReleaseStatement) => JsonObject;
    readonly leaf?: ProfileOverrides;
    readonly timestamp?: TokenOverrides;
}
export type ReleaseStatement = JsonObject & {
    readonly subject: readonly JsonObject[];
    readonly predicate: JsonObject;
};
export declare const exampleRelease: SandboxRelease;
/**
 * @example
 * const authority = new ReleaseAuthority({ sources });
 * const bundle = authority.attest(exampleRelease);
 * const late = authority.attest(exampleRelease, { timestamp: { genTime: new Date('2031-01-01T00:00:00Z') } });
 */
export declare class ReleaseAuthority {
    #private;
    readonly root: CertifiedKey;
    /** The issuer of the release service's certificate, and of the issuer of job certificates. */
    readonly intermediate: CertifiedKey;
    /** The issuer of job certificates. */
    readonly jobs: CertifiedKey;
    readonly timestampAuthority: TimestampAuthority;
    constructor(options: AuthorityOptions);
    /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
    get chain(): readonly Uint8Array[];
    /** The trusted root of this instance, which has no logs. */
    get trustedRoot(): JsonObject;
    /** Returns the bundle about a release. */
    attest(release: SandboxRelease, { statement, leaf, timestamp }?: ReleaseAttestationChanges): JsonObject;
}
