/** Opens registries with the account that was given, or with the credentials on this machine. */
import type { Secret } from '../../node/index.ts';
import { type Registries } from '../../services/registry/index.ts';
import type { World } from './world.ts';
/** The account for a registry. */
export interface RegistryAccount {
    /** The registry; `undefined`: the one registry of all images. */
    readonly registry: string | undefined;
    readonly user: string;
    readonly password: Secret;
}
export interface RegistryRequest {
    /** The names of the images. */
    readonly images: readonly string[];
    readonly account: RegistryAccount | undefined;
    /**
     * The environment in which the files of docker and podman are found, and credential helpers run. As for cosign,
     * `COSIGN_REPOSITORY` names the repository that holds what is attached to the images.
     */
    readonly environment: Readonly<Record<string, string | undefined>>;
}
/**
 * Opens registries with the account that was given, or with the credentials of docker and podman.
 *
 * @throws CountersignError `USAGE` if it is unclear which registry the account is for; for a wrong `COSIGN_REPOSITORY`
 */
export declare function systemRegistries({ images, account, environment }: RegistryRequest, { http, random, files, cancellation }: World): Registries;
