/** Reading the values of options, for commander, which says which option it was. */

import { InvalidArgumentError } from 'commander';

const unitMilliseconds = { '': 1000, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A duration: `90s`, `5m`, `1h`. */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smh]?)$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Write a duration as 90s, 5m or 1h.');
  return Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
}

export function parseConcurrency(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 256) throw new InvalidArgumentError('Give a number from 1 to 256.');
  return count;
}

/** Collects an option that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** An option that counts once: of two, commander would take the last, and whoever reads the first be mistaken. */
export function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError('It was given already.');
  return value;
}
