/** The instances of Sigstore that Countersign knows: where their trust roots are, and how much proof each of them offers. */
import { type Thresholds } from '../../core/policy/index.ts';
import { type LogVersion, type SigningConfig, type TrustedRoot } from '../../core/trust/index.ts';
import { type TufFiles, type TufOptions } from './load.ts';
import type { TufRepository } from './repository.ts';
export type KnownInstanceName = 'public-good' | 'staging' | 'github';
export interface TufInstance {
    readonly repository: TufRepository;
    /** In the repository, or, where it has none, the text that is built in. */
    readonly signingConfig: 'repository' | {
        readonly builtIn: string;
    };
    readonly thresholds: Thresholds;
}
/**
 * Returns the signing config of GitHub's instance for private repositories, which has no log, and so nothing public. Its repository has none;
 * these are the services that actions/toolkit uses (packages/attest), the path that of the timestamp authority's API.
 *
 * @param host `github.com`, or that of a tenant of GitHub Enterprise Cloud, which has services of its own
 */
export declare function gitHubSigningConfig(host: string): string;
export declare const instances: Readonly<Record<KnownInstanceName, TufInstance>>;
export interface LoadedInstance extends Omit<TufFiles, 'files'> {
    readonly trustedRoot: TrustedRoot;
    readonly signingConfig: SigningConfig;
}
/**
 * Loads what an instance publishes, or a repository laid out like one.
 *
 * @param logVersion 2 for the signing config with logs of version 2, which is a file of its own
 * @throws CountersignError those of `loadFromTuf`; `TRUSTED_ROOT_INVALID`, `SIGNING_CONFIG_INVALID`
 */
export declare function loadTufInstance({ repository, signingConfig }: Pick<TufInstance, 'repository' | 'signingConfig'>, logVersion: LogVersion | undefined, options: TufOptions): Promise<LoadedInstance>;
