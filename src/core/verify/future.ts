/** Times that lie ahead of the present, which no honest authority or log states. */

/** How far the clock of an authority or a log may be ahead of ours. */
const clockSkewMilliseconds = 60_000;

/** Reports whether a time is further ahead of the present than clocks differ; also where the present is not known. */
export function isFuture(time: Date, now: Date): boolean {
  return !(time.getTime() <= now.getTime() + clockSkewMilliseconds);
}
