/** Step 2: that a trusted authority issued the signer's certificate, for signing code, and that it was valid when used. */
import { type Certificate } from '../certificate/index.ts';
import type { Policy } from '../policy/index.ts';
import { type Authority, type TrustedRoot } from '../trust/index.ts';
export interface VerifiedCertificate {
    readonly certificate: Certificate;
    /** The certificate of the authority that issued it, from the verified path. */
    readonly issuer: Certificate;
    readonly authority: Authority;
}
/**
 * @param der the signer's certificate
 * @param times every time at which the signature is proven to have existed: the path must hold at each
 */
export declare function verifyCertificate(der: Uint8Array, trust: TrustedRoot, times: readonly Date[], sandbox: Policy['sandbox']): Promise<VerifiedCertificate>;
/** A certificate that is being verified: what does not depend on when it was used is under way. */
export interface BegunCertificate {
    /** @throws CountersignError what is wrong with it, also what was found before */
    readonly verify: (times: readonly Date[], sandbox: Policy['sandbox']) => Promise<VerifiedCertificate>;
}
/** Reads a certificate, and has its signature looked at meanwhile: that takes longest of all, and waits for nothing. */
export declare function beginVerifying(der: Uint8Array, trust: TrustedRoot): BegunCertificate;
