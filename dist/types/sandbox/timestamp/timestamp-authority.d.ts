/** A timestamp authority (RFC 3161) like Sigstore's: a root, and a signer that it certifies. */
import { type Route } from '../http/route.ts';
import { type AuthorityOptions } from '../pki/certified-key.ts';
import { type CertifiedKey } from '../pki/certified-key.ts';
import { type KeyKind } from '../pki/signing-key.ts';
import { type ProfileOverrides } from '../pki/certificate.ts';
import { type TokenOverrides } from './token.ts';
export interface TimestampAuthorityOptions extends AuthorityOptions {
    /** The kind of the signer's key; by default P-384, which signs with SHA-256 nevertheless, as Sigstore's does. */
    readonly kind?: KeyKind;
    /** The precision of its times; by default a second, as Sigstore's. */
    readonly precision?: 'second' | 'millisecond';
    /** Changes to the certificate of the signer. */
    readonly signer?: ProfileOverrides;
}
/** The imprint of a timestamp, and changes to the defaults of its token. */
export type TimestampRequest = TokenOverrides & {
    readonly imprint: Uint8Array;
};
/**
 * @example
 * const imprint = new Uint8Array(createHash('sha256').update(signature).digest());
 * const valid = authority.timestamp({ imprint });
 * const late = authority.timestamp({ imprint, genTime: new Date('2031-01-01T00:00:00Z') });
 */
export declare class TimestampAuthority {
    #private;
    readonly root: CertifiedKey;
    readonly signer: CertifiedKey;
    constructor(options: TimestampAuthorityOptions);
    /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
    get chain(): readonly Uint8Array[];
    /** Returns a granted TimeStampResp, DER, which is a bundle's `signedTimestamp`. */
    timestamp(request: TimestampRequest): Uint8Array;
    /**
     * Answers a TimeStampReq with a token, perhaps changed, or with a rejection and its reason.
     *
     * @throws CountersignError `DER_INVALID` if it is not a TimeStampReq
     */
    respond(query: Uint8Array, overrides?: TokenOverrides): Uint8Array;
    routes(path: string): readonly Route[];
}
/** Encodes a TimeStampResp (RFC 3161, section 2.4.2). */
export declare function timestampResponse(status: number, token: Uint8Array | undefined): Uint8Array;
