/** Checks files that a proposed change can modify. */
import type { GateFiles } from './accepted-files.ts';
import { type Job } from './job.ts';
export type { GateFiles } from './accepted-files.ts';
export type { Job } from './job.ts';
/**
 * Demands that a file is one that the repository has accepted.
 *
 * @param what the kind of the file, for errors: `trusted root`
 * @param content what was read from the path
 * @throws CountersignError `POLICY_INVALID`
 */
export type DemandAccepted = (path: string, what: string, content: Uint8Array) => Promise<void>;
/** Returns the check of security-relevant files; `undefined` for a job that cannot check out a proposed change. */
export declare function acceptedFiles(job: Job, files: GateFiles): DemandAccepted | undefined;
