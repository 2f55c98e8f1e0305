/** Reads the watch's part of policy files. */
import type { WatchPolicy } from '../../monitor/watch-policy/index.ts';
import type { PolicyRequest } from '../../options/index.ts';
import { type SignPolicy } from './sign-file.ts';
/** The parts of a policy file that it has. */
export interface CountersignFile {
    readonly policy: PolicyRequest | undefined;
    readonly watch: WatchPolicy | undefined;
    readonly sign: SignPolicy | undefined;
}
/**
 * Reads all parts of a policy file. It has at least one of them.
 *
 * @param path the path of the file; paths in it are relative to its folder
 * @param host the host of the repositories and owners that the file watches
 * @throws CountersignError `POLICY_INVALID` with the line and the column, `LIMIT_EXCEEDED`
 */
export declare function readCountersignFile(text: string, path: string, host?: string): Promise<CountersignFile>;
/**
 * Reads a policy file for a watch. The other parts are checked too.
 *
 * @param host the host of the repositories and owners
 * @throws CountersignError as {@link readCountersignFile}, and `POLICY_INVALID` for a file without `watch`
 */
export declare function readWatchPolicy(text: string, path: string, host?: string): Promise<WatchPolicy>;
