/** The Sigstore instance of a program: one by its name, or one whose documents the program has. */
import { type Thresholds } from '../core/policy/index.ts';
import { type TrustedRoot } from '../core/trust/index.ts';
import { type VerifyPolicy, type VerifyTrust } from '../run/policy/index.ts';
import { type Instance, type World } from '../run/world/index.ts';
import type { RequestOptions } from './world.ts';
/** A JSON document: its text, the bytes of a file, or the object. */
export type Document = string | Uint8Array | {
    readonly [member: string]: unknown;
};
/** An instance whose documents the program has. It needs no network for verifying. */
export interface OwnInstance {
    /** The trusted root (`trusted_root.json`). For verifying, it may have several, one on each line. */
    readonly trustedRoot: Document;
    /** The signing config (`signing_config.json`) with the addresses of the services. Only signing needs it. */
    readonly signingConfig?: Document | undefined;
    /** The proof that the instance offers (default: one log entry, one timestamp and one signed certificate timestamp). */
    readonly thresholds?: Partial<Thresholds> | undefined;
    /** True for Countersign's sandbox, whose certificates are refused otherwise. */
    readonly sandbox?: boolean | undefined;
}
/** An instance whose documents are in a TUF repository. */
export interface PublishedInstance {
    /** The address of the repository's metadata. */
    readonly tufUrl: string;
    /** The path of its first root (`root.json`), from a source other than the repository. */
    readonly tufRoot: string;
}
/** The instances with a name. */
export type NamedInstance = 'public-good' | 'github' | 'staging' | 'sandbox';
/** The options that choose an instance. */
export interface InstanceOptions extends RequestOptions {
    /**
     * The instance (default: `public-good`). The trusted root of a named instance is fetched from its TUF repository, whose first root is part of
     * this package. `sandbox` is the one of `countersign sandbox`, whose folder the environment variable TRUST names.
     */
    readonly instance?: NamedInstance | OwnInstance | PublishedInstance | undefined;
    /** The folder in which what TUF repositories serve is kept (default: `countersign/tuf` in the user's cache folder); `false`: nothing is kept. */
    readonly cacheDirectory?: string | false | undefined;
    /** True to use only what was fetched before and has not expired, without a request. */
    readonly offline?: boolean | undefined;
}
/** Loads the instance to sign with. */
export declare function signingInstance(options: InstanceOptions, world: World): Promise<Instance>;
/** Loads the trusted roots to verify with. */
export declare function trustOf(options: InstanceOptions, policy: Pick<VerifyPolicy, 'signer' | 'content'> | undefined, world: World): Promise<VerifyTrust>;
/** Loads the one trusted root of an instance. */
export declare function trustedRootOf(options: InstanceOptions, world: World): Promise<TrustedRoot>;
