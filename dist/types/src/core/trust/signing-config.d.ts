/** The signing config (`dev.sigstore.trustroot.v1.SigningConfig`, v0.2): the services that a signer uses. It is no source of trust. */
import { type ValidityWindow } from './validity-window.ts';
export interface Service {
    readonly url: string;
    readonly majorApiVersion: number;
    readonly validFor: ValidityWindow;
    readonly operator: string;
}
/** The number of services of a kind that must be used. */
export type ServiceSelector = {
    readonly kind: 'any';
} | {
    readonly kind: 'all';
} | {
    readonly kind: 'exact';
    readonly count: number;
};
export interface SigningConfig {
    readonly certificateAuthorities: readonly Service[];
    /** The issuers at which people log in. */
    readonly identityProviders: readonly Service[];
    readonly transparencyLogs: readonly Service[];
    readonly transparencyLogSelector: ServiceSelector | undefined;
    readonly timestampAuthorities: readonly Service[];
    readonly timestampAuthoritySelector: ServiceSelector | undefined;
}
/** The services of one run. */
export interface SelectedServices {
    readonly certificateAuthority: Service;
    readonly transparencyLogs: readonly Service[];
    readonly timestampAuthorities: readonly Service[];
}
/** The API versions that Countersign speaks. Fulcio's is 1 in the signing config although its paths say v2. */
declare const spoken: {
    readonly certificateAuthority: readonly [1];
    readonly transparencyLog: readonly [1, 2];
    readonly timestampAuthority: readonly [1];
    readonly identityProvider: readonly [1];
};
/** A major version of Rekor's API. */
export type LogVersion = (typeof spoken.transparencyLog)[number];
/**
 * Reads a signing config.
 *
 * @throws CountersignError `SIGNING_CONFIG_INVALID`
 */
export declare function readSigningConfig(json: string | Uint8Array): SigningConfig;
/**
 * Chooses the services of a run: of those that are valid now and whose API we speak, the highest version first, then the
 * newest, at most one an operator.
 *
 * @param logVersion the one version of the log's API to use, where not the highest
 * @throws CountersignError `NO_SERVICE` if fewer remain than the config demands
 */
export declare function selectServices(config: SigningConfig, now: Date, logVersion?: LogVersion): SelectedServices;
/**
 * Returns a transparency log besides those of a run, for their outage: the best that is valid now and has a supported API version. `undefined`
 * if there is none.
 */
export declare function selectSecondLog({ transparencyLogs }: Pick<SigningConfig, 'transparencyLogs'>, now: Date, chosen: readonly Pick<Service, 'url'>[]): Service | undefined;
/** Returns the issuer at which people log in; `undefined` if there is none. */
export declare function selectIdentityProvider(config: SigningConfig, now: Date): Service | undefined;
export {};
