/** The extensions in which Fulcio describes the signer: 1.3.6.1.4.1.57264.1.1 to .24. */
import type { Certificate } from './certificate.ts';
/** Fulcio's names for its extensions. */
export interface FulcioClaims {
    readonly issuer?: string;
    readonly buildSignerUri?: string;
    readonly buildSignerDigest?: string;
    readonly runnerEnvironment?: string;
    readonly sourceRepositoryUri?: string;
    readonly sourceRepositoryDigest?: string;
    readonly sourceRepositoryRef?: string;
    readonly sourceRepositoryIdentifier?: string;
    readonly sourceRepositoryOwnerUri?: string;
    readonly sourceRepositoryOwnerIdentifier?: string;
    readonly buildConfigUri?: string;
    readonly buildConfigDigest?: string;
    readonly buildTrigger?: string;
    readonly runInvocationUri?: string;
    readonly sourceRepositoryVisibility?: string;
    readonly deploymentEnvironment?: string;
    readonly tokenSubject?: string;
}
export type FulcioClaim = keyof FulcioClaims;
/** The last arc of each extension whose value is a DER UTF8String. */
export declare const fulcioExtensionArcs: {
    readonly issuer: 8;
    readonly buildSignerUri: 9;
    readonly buildSignerDigest: 10;
    readonly runnerEnvironment: 11;
    readonly sourceRepositoryUri: 12;
    readonly sourceRepositoryDigest: 13;
    readonly sourceRepositoryRef: 14;
    readonly sourceRepositoryIdentifier: 15;
    readonly sourceRepositoryOwnerUri: 16;
    readonly sourceRepositoryOwnerIdentifier: 17;
    readonly buildConfigUri: 18;
    readonly buildConfigDigest: 19;
    readonly buildTrigger: 20;
    readonly runInvocationUri: 21;
    readonly sourceRepositoryVisibility: 22;
    readonly deploymentEnvironment: 23;
    readonly tokenSubject: 24;
};
/** Returns the name of a claim as people write it: `buildTrigger` is `build-trigger`, as in Fulcio's documents and in policies. */
export declare function claimName(claim: string): string;
/**
 * Returns the claims that the certificate authority certifies. The issuer falls back to the older, raw extension `.1`, and
 * the two may not contradict one another.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`
 */
export declare function readFulcioClaims(certificate: Certificate): FulcioClaims;
/** The raw extensions `.2` to `.6` that Fulcio still writes for jobs of GitHub Actions. */
export interface OlderFulcioClaims {
    readonly githubWorkflowTrigger?: string;
    readonly githubWorkflowSha?: string;
    readonly githubWorkflowName?: string;
    readonly githubWorkflowRepository?: string;
    readonly githubWorkflowRef?: string;
}
/** The last arc of each older extension, whose value is text without DER around it. */
export declare const olderFulcioExtensionArcs: {
    readonly githubWorkflowTrigger: 2;
    readonly githubWorkflowSha: 3;
    readonly githubWorkflowName: 4;
    readonly githubWorkflowRepository: 5;
    readonly githubWorkflowRef: 6;
};
/**
 * Returns the older claims of a certificate, whose values are text without DER around it.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`
 */
export declare function readOlderFulcioClaims(certificate: Certificate): OlderFulcioClaims;
