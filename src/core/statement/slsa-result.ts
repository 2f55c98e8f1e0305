/** The results of SLSA evaluations: levels of tracks, verified properties, and names of others (SLSA 1.2, SlsaResult). */

import { fail } from '../errors/index.ts';

/** The predicate type of verification summaries, in all minor versions. */
export const verificationSummaryType = 'https://slsa.dev/verification_summary/v1';

/** The tracks of SLSA 1.2, with their highest levels. */
const highestLevels: Readonly<Record<string, number>> = { BUILD: 3, SOURCE: 4 };

/** The verified properties of SLSA 1.2. */
const properties: ReadonlySet<string> = new Set(['SLSA_SOURCE_TWO_PARTY_REVIEWED', 'SLSA_BUILD_REPRODUCED']);

/** The result of an evaluation that failed. It is not a level. */
export const failedResult = 'FAILED';

/** Returns the result for a track without a claim about its level. */
export function unevaluated(track: string): string {
  return `SLSA_${track}_LEVEL_UNEVALUATED`;
}

export function isUnevaluated(result: string): boolean {
  const track = trackOf(result);
  return track !== undefined && result === unevaluated(track);
}

/** Returns the track of a level, known or unknown; `undefined` for a property. */
export function trackOf(result: string): string | undefined {
  return /^SLSA_(.+)_LEVEL_[^_]+$/.exec(result)?.[1];
}

/** Returns the number of a level that SLSA defines; `undefined` for everything else. */
function levelOf(result: string): number | undefined {
  const [, track = '', digits = ''] = /^SLSA_([A-Z]+)_LEVEL_(\d)$/.exec(result) ?? [];
  const highest = Object.hasOwn(highestLevels, track) ? highestLevels[track] : undefined;
  return highest !== undefined && Number(digits) <= highest ? Number(digits) : undefined;
}

/**
 * Reports whether the results include a demanded one: that very result, or a higher level of the same track. Levels that SLSA does not
 * define meet no demand.
 */
export function includesResult(results: readonly string[], demanded: string): boolean {
  const level = levelOf(demanded);
  if (level === undefined) return results.includes(demanded);
  return results.some((one) => trackOf(one) === trackOf(demanded) && (levelOf(one) ?? -1) >= level);
}

/** Returns a track of which the results have two levels, the same one twice included. */
export function repeatedTrack(results: readonly string[]): string | undefined {
  const tracks = results.flatMap((one) => trackOf(one) ?? []);
  return tracks.find((track, at) => tracks.indexOf(track) !== at);
}

/**
 * Reads a result that a person demands or states.
 *
 * @param name of the option
 * @throws CountersignError `POLICY_INVALID` for `FAILED`, and for names beginning with `SLSA_` that SLSA 1.2 does not define
 */
export function readResult(text: string, name: string): string {
  const isDefined =
    levelOf(text) !== undefined ||
    properties.has(text) ||
    Object.keys(highestLevels).some((track) => text === unevaluated(track));
  const isOthers = /^[^\s\p{Cc}]+$/u.test(text) && !text.startsWith('SLSA_') && text !== failedResult;
  if (isDefined || isOthers) return text;
  return fail(
    'POLICY_INVALID',
    `\`${name}\` is ${JSON.stringify(text)}, which is not a level or property of SLSA 1.2`,
    {
      remedy:
        'Specify a level such as `SLSA_BUILD_LEVEL_2` or `SLSA_SOURCE_LEVEL_3`, a property such as `SLSA_BUILD_REPRODUCED`, or a name of your own without the prefix `SLSA_`.',
    },
  );
}
