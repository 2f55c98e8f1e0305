/** Who may sign what. There is no default: whoever verifies says whose signature he expects. */
export interface Policy {
    /** The subject alternative name of the signer's certificate, exactly. */
    readonly certificateIdentity: string;
    /** The issuer of the signer's identity token, exactly. */
    readonly certificateOidcIssuer: string;
    /** How much proof is asked for. Never taken from what a bundle happens to hold. */
    readonly thresholds: Thresholds;
    /** Whether certificates of Countersign's sandbox count. Only a caller who runs the sandbox says `accept`. */
    readonly sandbox: 'refuse' | 'accept';
}
/** Each counts distinct logs or authorities, not pieces of paper. */
export interface Thresholds {
    readonly signedCertificateTimestamps: number;
    readonly logEntries: number;
    readonly timestamps: number;
}
/** What the public-good instance offers, and so what is asked for unless a policy says otherwise. */
export declare const defaultThresholds: Thresholds;
/**
 * A policy of one exact identity.
 *
 * @example
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 * @throws CountersignError `POLICY_INVALID` if either is empty
 */
export declare function exactIdentity(certificateIdentity: string, certificateOidcIssuer: string, options?: Partial<Pick<Policy, 'thresholds' | 'sandbox'>>): Policy;
