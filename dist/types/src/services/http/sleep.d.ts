/** Waiting. */
/** Waits for so many milliseconds. Rejects at once when the signal is aborted. */
export type Sleep = (milliseconds: number, cancellation?: AbortSignal) => Promise<void>;
export declare const sleep: Sleep;
