/** What the sandbox takes from outside: the time and unpredictable bytes. Keys are node:crypto's own and not repeatable. */

import { randomBytes } from 'node:crypto';

export type Clock = () => Date;

/** A source of `length` unpredictable bytes: serial numbers, names, the request token. */
export type RandomBytes = (length: number) => Uint8Array;

export interface World {
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export const systemWorld: World = { clock: () => new Date(), random: (length) => new Uint8Array(randomBytes(length)) };

/** The instant so many seconds after another. */
export function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

/** The instant without its fraction of a second: certificates and most tokens hold no more. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
