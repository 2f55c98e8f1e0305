/** The options of the libraries. Their declarations lead to nothing that programs do not see. */
import type { Thresholds } from '../core/policy/policy.ts';
/** The options of every function that sends requests. */
export interface RequestOptions {
    /** Aborts the requests: the function then throws `CANCELLED`. */
    readonly signal?: AbortSignal | undefined;
    /** The total time in milliseconds to wait for services that are unavailable (default: 60000). */
    readonly retryBudget?: number | undefined;
    /**
     * The environment variables in which the job, its identity token, its registries and the cache folder are found (default: `process.env`).
     */
    readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}
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
/** The options of functions that read or write images. */
export interface ImageOptions {
    /** The account for the registry (default: the credentials of docker and podman). */
    readonly account?: {
        readonly username: string;
        readonly password: string;
    } | undefined;
}
/** The options of functions that use GitHub's API. */
export interface GitHubAccess extends RequestOptions {
    /** `owner/name` (default: the repository of the job, `GITHUB_REPOSITORY`). */
    readonly repository?: string | undefined;
    /** A token of GitHub's API, and not an identity token (default: `GITHUB_TOKEN`, or `GH_TOKEN`). */
    readonly githubToken?: string | undefined;
}
/** A policy that was read from a policy file. What it requires depends on the instance too, so that only this library knows it. */
export interface PolicyFile {
    readonly kind: 'policy-file';
    /** Warnings about what the policy leaves open, as sentences without a full stop. */
    readonly warnings: readonly string[];
}
