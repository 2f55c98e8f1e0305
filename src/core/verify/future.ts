/** Times in the future, which no honest authority or log states. */

/** The tolerated lead of the clock of an authority or a log. */
const clockSkewMilliseconds = 60_000;

/** Reports whether a time is in the future, beyond the tolerance for clocks; also if either time is invalid. */
export function isFuture(time: Date, now: Date): boolean {
  return !(time.getTime() <= now.getTime() + clockSkewMilliseconds);
}
