/** Returns the current time. */
export type Clock = () => Date;
/** Returns `length` unpredictable bytes, for serial numbers, names and tokens. */
export type RandomBytes = (length: number) => Uint8Array;
/**
 * The sandbox's sources of time and of random bytes. Keys do not come from them: `node:crypto` generates those, and no two runs have the same.
 */
export interface Sources {
    readonly clock: Clock;
    readonly random: RandomBytes;
}
export declare const systemSources: Sources;
/** Returns the time that is `seconds` after another. */
export declare function secondsAfter(time: Date, seconds: number): Date;
/** Returns the time without its fraction of a second, since certificates and most tokens hold whole seconds. */
export declare function wholeSecond(time: Date): Date;
