/** A key with its certificate, valid for ten minutes. */
import { EphemeralKey, type RandomBytes } from '../core/crypto/index.ts';
import { type Policy } from '../core/policy/index.ts';
import { type TrustedRoot } from '../core/trust/index.ts';
import { type VerifiedIdentity } from '../core/verify/index.ts';
import { type TokenRequest } from '../identity/index.ts';
import type { Http } from '../services/http/index.ts';
export interface CertifiedKey extends Disposable {
    readonly key: EphemeralKey;
    /** DER */
    readonly certificate: Uint8Array;
    readonly identity: VerifiedIdentity;
    readonly notBefore: Date;
    readonly notAfter: Date;
}
export interface CertificationOptions {
    readonly tokens: TokenRequest;
    readonly certificateAuthority: string;
    readonly trust: TrustedRoot;
    /** The requirements on the certificate, apart from the identity, which is the token's. */
    readonly requirements: Pick<Policy, 'thresholds' | 'sandbox'>;
    readonly http: Http;
    readonly random: RandomBytes;
    readonly clock: () => Date;
}
/**
 * Generates a key and requests a certificate for it. The certificate is checked before anything is signed with it: it must hold this
 * key, name the identity of this token, show no claim that is not the token's, and come from the trusted root.
 *
 * @throws CountersignError those of the services and of the verifier; the key is overwritten then
 */
export declare function certifyKey(options: CertificationOptions): Promise<CertifiedKey>;
