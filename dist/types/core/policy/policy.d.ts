/** Who may sign what. There is no default: whoever verifies says whose signature he expects. */
import type { FulcioClaim } from '../certificate/index.ts';
import type { PublicKey } from '../crypto/index.ts';
import type { NoteKey } from '../log/index.ts';
import { type Expectation } from './expectation.ts';
export interface Policy {
    readonly signer: SignerPolicy;
    readonly content: ContentPolicy;
    /** How much proof is asked for. Never taken from what a bundle happens to hold. */
    readonly thresholds: Thresholds;
    readonly witnesses: WitnessPolicy;
    /** Whether certificates of Countersign's sandbox count. Only a caller who runs the sandbox says `accept`. */
    readonly sandbox: 'refuse' | 'accept';
}
export type SignerPolicy = {
    readonly kind: 'identity';
    /** The subject alternative name of the signer's certificate; `any` only where somebody wrote it out. */
    readonly identity: Expectation | 'any';
    /** Who issued the signer's identity token; likewise. */
    readonly issuer: Expectation | 'any';
    /** What else the certificate must say. All of it must be met. */
    readonly claims: readonly ClaimExpectation[];
}
/** A key that is kept, and known to whoever verifies: no certificate counts. */
 | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
/** One claim of the certificate, and what it may be. */
export interface ClaimExpectation {
    readonly claim: FulcioClaim;
    /** Any of these. */
    readonly expected: readonly Expectation[];
    /** What it must not be. */
    readonly refused?: readonly Expectation[];
}
/** What a statement must say; a plain signature over the artifact says neither, and so fails where either is asked for. */
export interface ContentPolicy {
    readonly predicateType?: Expectation;
    /** The name of the subject that the artifact is. */
    readonly subjectName?: Expectation;
}
/** Each counts distinct logs or authorities, not pieces of paper. */
export interface Thresholds {
    readonly signedCertificateTimestamps: number;
    readonly logEntries: number;
    readonly timestamps: number;
}
/** Who must have cosigned the checkpoint of each log entry that is proven by one. */
export interface WitnessPolicy {
    readonly keys: readonly NoteKey[];
    readonly threshold: number;
}
/** What the public-good instance offers, and so what is asked for unless a policy says otherwise. */
export declare const defaultThresholds: Thresholds;
export type PolicyOptions = Partial<Omit<Policy, 'signer'>>;
/** A policy about a signer, with the defaults for all that is not said. */
export declare function policyFor(signer: SignerPolicy, options?: PolicyOptions): Policy;
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
export declare function exactIdentity(certificateIdentity: string, certificateOidcIssuer: string, options?: PolicyOptions): Policy;
/**
 * A policy of one key that is kept, as `cosign verify-blob --key` has it. It needs no timestamp: the key has no end.
 *
 * @example
 * const policy = managedKey(readPublicKeyPem(await readFile('cosign.pub', 'utf8')));
 */
export declare function managedKey(publicKey: PublicKey, options?: PolicyOptions): Policy;
