/** Step 2: the signer's certificate, issued by a trusted authority for signing code, and valid when used; or the signer's long-lived key. */
import type { Bundle } from '../../bundle/bundle.ts';
import { type Certificate } from '../../certificate/certificate.ts';
import type { PublicKey } from '../../crypto/public-key.ts';
import { type Policy } from '../../policy/policy.ts';
import { type Authority } from '../../trust/trusted-root.ts';
import { type TrustedRoot } from '../../trust/trusted-root.ts';
import { type Checked } from '../criterion.ts';
import type { Signer } from '../signer.ts';
import type { VerifiedTime } from './times.ts';
export interface VerifiedCertificate {
    readonly certificate: Certificate;
    /** The certificate of the authority that issued it, from the verified path. */
    readonly issuer: Certificate;
    readonly authority: Authority;
}
/** The signer whose certificate or key is verified. */
export type VerifiedKeyHolder = Extract<Signer, {
    kind: 'key';
}> | (Extract<Signer, {
    kind: 'certificate';
}> & VerifiedCertificate);
/** The signer that a bundle names. Nothing about it is verified; it only lets later steps start their signatures early. */
export interface ClaimedSigner {
    readonly publicKey: PublicKey;
    /** The signer's certificate with each certificate that may have issued it. */
    readonly paths: readonly Pick<VerifiedCertificate, 'certificate' | 'issuer'>[];
    /** The intermediates of the bundle that may be used. */
    readonly supplied: readonly Certificate[];
}
/**
 * Reads the signer that a bundle names.
 *
 * @returns `undefined` for a signer that {@link signerStep} will refuse
 */
export declare function claimedSigner({ signer }: Bundle, trust: TrustedRoot, policy: Policy): ClaimedSigner | undefined;
/** Prepares the step, and starts the signature of the certificate. */
export declare function signerStep(bundle: Bundle, trust: TrustedRoot, policy: Policy, claimed: ClaimedSigner | undefined): (times: readonly VerifiedTime[] | undefined) => Promise<Checked<VerifiedKeyHolder>>;
/**
 * Verifies a certificate: a trusted authority issued it for signing code, and it was valid whenever it was used.
 *
 * @param der the signer's certificate
 * @param times every time at which the signature is proven to have existed: the path must hold at each
 * @throws CountersignError `CERTIFICATE_INVALID`, `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_OUTSIDE_VALIDITY`, `CERTIFICATE_PURPOSE`,
 * `CERTIFICATE_SANDBOX`; `TIMESTAMP_MISSING` without any time
 */
export declare function verifyCertificate(der: Uint8Array, trust: TrustedRoot, times: readonly Date[], sandbox: Policy['sandbox']): Promise<VerifiedCertificate>;
