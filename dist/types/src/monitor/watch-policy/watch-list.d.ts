/** Compares entries with a policy. */
import type { EntryClaims } from '../entries/index.ts';
import type { LookAlikeFinder } from '../look-alikes/index.ts';
import { type WatchPolicy } from './watch-policy.ts';
/** A part of a policy that an entry concerns. */
export interface WatchMatch {
    readonly what: 'repository' | 'owner' | 'identity' | 'issuer' | 'key' | 'digest' | 'look-alike' | 'needle';
    /** The value in the policy. */
    readonly value: string;
    /** The line in the policy file. */
    readonly line: number;
}
export interface WatchListOptions {
    /** The finder of the names that look like those of the policy. Without it, look-alikes are not matched. */
    readonly lookAlikes?: Pick<LookAlikeFinder, 'find'> | undefined;
}
/**
 * The values of a policy, in maps: an entry takes about the same time with ten thousand values as with one. Most entries match none.
 *
 * @example
 * const list = WatchList.of(policy, { lookAlikes: lookAlikeFinder(policy) });
 * list.match(readEntry('rekor-v2', bytes), bytes); // → [{ what: 'repository', value: 'octo/app', line: 3 }]
 */
export declare class WatchList {
    #private;
    private constructor();
    static of(policy: WatchPolicy, options?: WatchListOptions): WatchList;
    /**
     * Returns the parts of the policy that an entry concerns: none for most entries.
     *
     * @param bytes the entry, which is searched if parts of it cannot be read
     */
    match(claims: EntryClaims, bytes: Uint8Array): readonly WatchMatch[];
}
