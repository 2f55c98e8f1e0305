/** A registry of container images (OCI distribution specification 1.1), whose content is in memory only. */
import { type Route } from '../http/route.ts';
import type { Sources } from '../sources.ts';
import { type AccessSettings, type Account } from './access.ts';
export interface RegistryOptions {
    readonly origin: string;
    readonly sources: Sources;
    /** Enables the referrers API, which GitHub's registry does not have; true by default. */
    readonly referrersApi?: boolean;
    /** The limit for all content, in bytes; 256 MiB by default. */
    readonly maxContentLength?: number;
}
export interface RegistrySettings extends AccessSettings {
    /** The number of referrers on a page; 100 by default. */
    readonly referrersPageSize: number;
}
/**
 * @example
 * const { registry } = sandbox;
 * registry.configure({ authentication: 'bearer' });
 * const { username, password } = registry.writer;
 * const image = `${registry.host}/library/app:latest`;
 */
export declare class RegistryService {
    #private;
    readonly origin: string;
    constructor({ origin, sources, referrersApi, maxContentLength }: RegistryOptions);
    /** The first part of the names of its images. */
    get host(): string;
    /** An account that may pull and push. */
    get writer(): Account;
    /** An account that may pull. */
    get reader(): Account;
    /** Changes settings. The others stay as they are. */
    configure({ referrersPageSize, ...access }: Partial<RegistrySettings>): void;
    /** Returns the routes. A `forgetful` registry acknowledges manifests that it does not store. */
    routes({ forgetful }?: {
        forgetful?: boolean | undefined;
    }): readonly Route[];
}
