/**
 * Ends a program on SIGINT or SIGTERM: in time even if something hangs, after finishing what it began, and with the status of the
 * signal.
 */
export type EndingSignal = 'SIGINT' | 'SIGTERM';
/** The interface by which work takes over signals. */
export interface Interruption {
    /** Aborted by the first signal after {@link takeOver}. */
    readonly cancellation: AbortSignal;
    /**
     * Takes the signals over, because from here on something is under way that must be finished or reported. Before, and after a first
     * signal, a signal ends the process at once, as the system does it, even while a synchronous step runs.
     */
    takeOver(): void;
}
/** The parts of a process that ending it needs. */
export interface EndingProcess {
    readonly on: (signal: EndingSignal, listener: (signal: EndingSignal) => void) => unknown;
    readonly off: (signal: EndingSignal, listener: (signal: EndingSignal) => void) => unknown;
    readonly sleep: (milliseconds: number) => Promise<unknown>;
    /** Settles when all output is written. */
    readonly flush: () => Promise<unknown>;
    /** Reports whether a thread is in a call to the system that may never return. */
    readonly isBusy: () => boolean;
    readonly exit: (code: number) => void;
    /** Sends the process a signal for which it has no handler. */
    readonly raise: (signal: EndingSignal) => void;
}
/**
 * Does the work. If a signal comes after the work has taken the signals over, the work is cancelled, has a limited time to end, and the
 * process ends with the status 130 (SIGINT) or 143 (SIGTERM).
 *
 * @param work reports its own failure once it is cancelled: what it throws then is not seen
 * @throws what the work throws, if no signal came
 */
export declare function untilInterrupted(work: (interruption: Interruption) => Promise<void>, system?: EndingProcess): Promise<void>;
