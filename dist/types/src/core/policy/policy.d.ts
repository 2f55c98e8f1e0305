/** Policies. There is no default signer: the verifier names the signer that it expects. */
import type { FulcioClaim } from '../certificate/fulcio-extensions.ts';
import type { PublicKey } from '../crypto/public-key.ts';
import type { WitnessKey } from '../log/cosignature.ts';
import type { PredicateExpectation } from './contents/expectations.ts';
import { type Expectation } from './expectation.ts';
export interface Policy {
    readonly signer: SignerPolicy;
    readonly content: ContentPolicy;
    /** The amount of proof that is required. It never depends on the content of a bundle. */
    readonly thresholds: Thresholds;
    readonly witnesses: WitnessPolicy;
    /**
     * `accept` to accept a bundle without any log entry if a timestamp authority of the trusted root states the time of the signature, such as
     * one that was signed while the log was down. A bundle with entries must have as many as the thresholds require, and so must every bundle if
     * witnesses are required.
     */
    readonly timestampOnly?: 'refuse' | 'accept';
    /**
     * The greatest age of a signature in milliseconds, from the moment at which its certificate was issued. Later times prove no more: anyone
     * can obtain a new timestamp for an old signature.
     */
    readonly maxAge?: number;
    /** `accept` to accept certificates of Countersign's sandbox. Only for callers that run the sandbox. */
    readonly sandbox: 'refuse' | 'accept';
}
export type SignerPolicy = {
    readonly kind: 'identity';
    /** The subject alternative name of the signer's certificate. `any` has to be spelled out. */
    readonly identity: Expectation | 'any';
    /**
     * The issuer of the signer's identity token. `any` has to be spelled out. `none` is for certificates that were issued without a token, as
     * GitHub's for its releases: they contain no claim about a job or a person.
     */
    readonly issuer: Expectation | 'any' | 'none';
    /** Further claims of the certificate. All of them must be met. */
    readonly claims: readonly ClaimExpectation[];
}
/** A long-lived key that the verifier knows. Bundles with a certificate are refused. */
 | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
/**
 * Reports whether a policy accepts certificates that state no issuer of the identity, as private PKIs issue them: it has to give one exact
 * name, and to accept any issuer in so many words.
 */
export declare function acceptsNoIssuer({ identity, issuer }: Extract<SignerPolicy, {
    kind: 'identity';
}>): boolean;
/** One claim of the certificate, and its expected values. */
export interface ClaimExpectation {
    readonly claim: FulcioClaim;
    /** The expected values, of which one is enough. */
    readonly expected: readonly Expectation[];
    /** The values that are refused. */
    readonly refused?: readonly Expectation[];
}
/** Expectations of a statement. A plain signature over the artifact meets none of them. */
export interface ContentPolicy {
    readonly predicateType?: Expectation;
    /** The name of the subject that the artifact is. */
    readonly subjectName?: Expectation;
    /** Expectations of the predicate. All of them must be met. */
    readonly predicate?: readonly PredicateExpectation[];
    /**
     * SLSA provenance may not contradict the certificate that signed it, unless this is `ignore`: only for programs that do what the
     * client specification of Sigstore says and no more.
     */
    readonly provenance?: 'compare' | 'ignore';
    /** The release of GitHub that the statement is about. */
    readonly release?: ReleaseExpectation;
}
/** A release of GitHub. All texts are compared exactly; of several values, one is enough. */
export interface ReleaseExpectation {
    /** `owner/name` */
    readonly repository: string;
    readonly tag: string;
    /** The commits that the tag may point to, in hexadecimal. */
    readonly commits?: readonly string[];
    /** The numeric IDs of the repository and of its owner, which are never used again. */
    readonly repositoryIds?: readonly string[];
    readonly ownerIds?: readonly string[];
}
/** The required numbers of distinct logs and authorities, however many timestamps and entries each of them gave. */
export interface Thresholds {
    readonly signedCertificateTimestamps: number;
    readonly logEntries: number;
    readonly timestamps: number;
}
/** The witnesses that must have cosigned the checkpoint of each log entry. */
export interface WitnessPolicy {
    readonly keys: readonly WitnessKey[];
    readonly threshold: number;
}
/** The default thresholds: the proof that the public-good instance offers. */
export declare const defaultThresholds: Thresholds;
export type PolicyOptions = Partial<Omit<Policy, 'signer'>>;
/**
 * Returns a policy about a signer, with defaults for everything else.
 *
 * @example
 * const policy = policyFor(
 *   {
 *     kind: 'identity',
 *     identity: pathWithin('https://github.com/example'),
 *     issuer: exactly('https://token.actions.githubusercontent.com'),
 *     claims: [{ claim: 'runnerEnvironment', expected: [exactly('github-hosted')] }],
 *   },
 *   { content: { predicateType: matching('https://slsa.dev/provenance/*') } },
 * );
 */
export declare function policyFor(signer: SignerPolicy, options?: PolicyOptions): Policy;
/**
 * Returns a policy that accepts one exact identity.
 *
 * @throws CountersignError `POLICY_INVALID` if either is empty
 *
 * @example
 * const policy = exactIdentity(
 *   'https://github.com/example/app/.github/workflows/release.yml@refs/heads/main',
 *   'https://token.actions.githubusercontent.com',
 * );
 */
export declare function exactIdentity(certificateIdentity: string, certificateOidcIssuer: string, options?: PolicyOptions): Policy;
/**
 * Returns a policy that accepts one long-lived key, as `cosign verify-blob --key` does. It needs no timestamp: the key does not expire.
 *
 * @example
 * const policy = managedKey(readPublicKeyPem(await readFile('cosign.pub', 'utf8')));
 */
export declare function managedKey(publicKey: PublicKey, options?: PolicyOptions): Policy;
