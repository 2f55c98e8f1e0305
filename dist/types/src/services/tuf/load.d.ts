/** Loads files of a trust root repository (TUF), over the network or from the cache. */
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { Http } from '../http/index.ts';
import { type TufRepository } from './repository.ts';
import { type TargetName } from './target-names.ts';
export interface TufOptions {
    readonly http: Http;
    readonly clock: () => Date;
    readonly random: RandomBytes;
    /** The folder of the cache; without it, nothing is cached. */
    readonly cacheDirectory?: string | undefined;
    /**
     * `online`, the default: the cache for a day, then the repository. `offline`: the cache alone, refused if it has
     * expired. `offline-stale`: the cache alone, even if it has expired, which the result then says.
     */
    readonly mode?: 'online' | 'offline' | 'offline-stale';
    /** The parent of the temporary folder; the system's folder for temporary files by default. */
    readonly temporaryDirectory?: string | undefined;
}
export interface TufFiles<Name extends TargetName = TargetName> {
    readonly files: ReadonlyMap<Name, Uint8Array>;
    readonly source: 'repository' | 'cache';
    /** The time of the last refresh from the repository. */
    readonly refreshedAt: Date;
    /** Metadata had expired, and was used because that was asked for. */
    readonly expired: boolean;
    /** Problems that did not prevent loading, as sentences. */
    readonly warnings: readonly string[];
}
/**
 * Loads files of a repository. All of it is verified from the repository's root, what was cached as well: a cache saves
 * requests, not checks. The cache also keeps an old state of the repository from passing for the newest.
 *
 * @throws CountersignError `TRUSTED_ROOT_INVALID`, `TRUSTED_ROOT_EXPIRED`, `TRUSTED_ROOT_MISSING`, `USAGE`, and those of
 * HTTP, where the service is "the trust root repository"
 */
export declare function loadFromTuf<Name extends TargetName>(repository: TufRepository, names: readonly Name[], options: TufOptions): Promise<TufFiles<Name>>;
