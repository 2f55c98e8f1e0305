/** Checks the chains that are submitted to a certificate log (RFC 6962, section 3.1). */
import type { FinalCertificate, Precertificate } from './certificate-log.ts';
/** The critical extension of a precertificate, and its value, NULL (RFC 6962, section 3.1). */
export declare const poisonOid = "1.3.6.1.4.1.11129.2.4.3";
export declare const poisonValue: Uint8Array<ArrayBuffer>;
export interface SubmittedChain extends FinalCertificate {
    /** The entry to log, if the certificate is a precertificate. */
    readonly precertificate: Precertificate | undefined;
}
/**
 * Checks that a chain leads from a certificate, DER, to one of the roots, each signed by the next. The root may be left out.
 *
 * @throws RangeError with the reason
 */
export declare function checkChain(chain: readonly Uint8Array[], roots: readonly Uint8Array[]): SubmittedChain;
