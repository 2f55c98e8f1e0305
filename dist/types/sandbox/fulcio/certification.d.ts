/** Fulcio's service (fulcio, pkg/server/grpc_server.go), which issues a certificate for a token and a key. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type HttpRequest } from '../http/message.ts';
import { type Route } from '../http/route.ts';
import { type TokenIssuer } from '../oidc/token-issuer.ts';
import type { Clock } from '../sources.ts';
import type { CertificateAuthority, LeafRequest } from './certificate-authority.ts';
import { type IdentityKind, type IdentitySettings } from './identity.ts';
/** An accepted issuer, and the kind of identities in its tokens. */
export interface TrustedIssuer extends IdentitySettings {
    readonly issuer: TokenIssuer;
    readonly kind: IdentityKind;
}
/** Changes to a leaf certificate, which may depend on the valid one. */
export type LeafOverrides = Partial<LeafRequest> | ((valid: LeafRequest) => Partial<LeafRequest>);
export declare class CertificationService {
    #private;
    readonly authority: CertificateAuthority;
    constructor(authority: CertificateAuthority, issuers: readonly TrustedIssuer[], clock: Clock);
    /**
     * Answers a CreateSigningCertificateRequest (fulcio.proto) with a key or a certification request. The token is in the request or
     * in the `Authorization` header. The certificate can be changed.
     *
     * @throws Refusal `invalidArgument`, in Fulcio's words
     */
    certify(body: Uint8Array, headerToken?: string, overrides?: LeafOverrides): Promise<JsonObject>;
    routes(path: string): readonly Route[];
}
/** Returns the token in the `Authorization` header, where sigstore-go sends it. */
export declare function bearerToken({ authorization }: HttpRequest['headers']): string;
