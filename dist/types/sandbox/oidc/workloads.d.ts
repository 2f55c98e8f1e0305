/** Identities of workloads and of users, whose tokens have few claims. */
import type { JobProvider } from './job-provider.ts';
/** The service account `signer` in the namespace `release` of a Kubernetes cluster. */
export declare const kubernetes: JobProvider;
/** The domain of the SPIFFE IDs. */
export declare const spiffeTrustDomain = "example.org";
export declare const spiffe: JobProvider;
/** The domain of the user names. */
export declare const userDomain = "example.org";
export declare const username: JobProvider;
