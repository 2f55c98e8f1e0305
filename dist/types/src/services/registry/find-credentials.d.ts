/** Finds the credentials for a registry: those that were given, or those of docker and podman. */
import type { RunProgram, Secret } from '../../node/index.ts';
import type { Credential } from './credential.ts';
import type { Repository } from './image-reference.ts';
/** A user and password that are given for one registry, and sent to no other. */
export interface GivenCredential {
    /** As {@link parseRegistry} has it. */
    readonly registry: string;
    readonly user: string;
    readonly password: Secret;
}
/** The parts of the machine that the search for credentials uses. */
export interface CredentialWorld {
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** The home directory. */
    readonly home: string;
    /** `undefined` if there is no such file. */
    readonly readFile: (path: string) => Promise<Uint8Array | undefined>;
    readonly run: RunProgram;
}
/** Finds the credential for a repository; `undefined` where none is kept, and the registry is asked without. */
export type FindCredential = (repository: Repository) => Promise<Credential | undefined>;
/**
 * Looks for credentials: in those given, then `$DOCKER_CONFIG/config.json` (or `~/.docker/config.json`), then
 * `$REGISTRY_AUTH_FILE`, then `$XDG_RUNTIME_DIR/containers/auth.json`. The first that has one for the registry counts.
 *
 * The function it returns throws CountersignError `CREDENTIALS_INVALID` where a file or a credential helper cannot be
 * used, and `USAGE` for a user name that cannot be sent. No message shows a secret.
 */
export declare function findCredentials(given: readonly GivenCredential[], world: CredentialWorld): FindCredential;
