/**
 * Proves that security-relevant files (a policy, a key, a trusted root) are what the repository has accepted, in a job that can check
 * out a proposed change. A file without proof is refused: a list of files that may be proposed would never be complete.
 *
 * The proof that a file is from the base commit is the chain of digests from the commit through its trees to the file, so that it does
 * not matter who wrote `.git`. For another repository, the address that the checkout was fetched from is checked too.
 */
import type * as fs from 'node:fs/promises';
import type { Job } from './job.ts';
export type GateFiles = Pick<typeof fs, 'lstat' | 'open' | 'readdir' | 'readlink' | 'realpath'>;
/** Checks files for one job, which can check out a proposed change. */
export declare class AcceptedFiles {
    #private;
    private constructor();
    /**
     * Reads the event of a job.
     *
     * @throws CountersignError `POLICY_INVALID` if the payload cannot be read
     */
    static of(job: Job, files: GateFiles): Promise<AcceptedFiles>;
    /**
     * Demands that a file is one that the repository has accepted, one of another repository, or one outside of the workspace, where no
     * checkout writes.
     *
     * @param what the kind of the file, for errors: `trusted root`
     * @param content what was read from the path
     * @throws CountersignError `POLICY_INVALID`
     */
    demand(path: string, what: string, content: Uint8Array): Promise<void>;
}
