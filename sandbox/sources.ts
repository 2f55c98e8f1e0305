import { randomBytes } from 'node:crypto';

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

export const systemSources: Sources = {
  clock: () => new Date(),
  random: (length) => new Uint8Array(randomBytes(length)),
};

/** Returns the time that is `seconds` after another. */
export function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

/** Returns the time without its fraction of a second, since certificates and most tokens hold whole seconds. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
