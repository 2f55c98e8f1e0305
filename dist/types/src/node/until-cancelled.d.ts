/**
 * Waits for work that takes no AbortSignal, but not longer than until the run is cancelled: the work is then left alone.
 *
 * @param what what was being done, for the error: `uploading the artifact`
 * @throws CountersignError `CANCELLED`; what the work throws
 */
export declare function untilCancelled<T>(work: () => Promise<T>, what: string, remedy: string, cancellation: AbortSignal): Promise<T>;
