/** The results of SLSA evaluations: levels of tracks, verified properties, and names of others (SLSA 1.2, SlsaResult). */
/** The predicate type of verification summaries, in all minor versions. */
export declare const verificationSummaryType = "https://slsa.dev/verification_summary/v1";
/** The result of an evaluation that failed. It is not a level. */
export declare const failedResult = "FAILED";
/** Returns the result for a track without a claim about its level. */
export declare function unevaluated(track: string): string;
export declare function isUnevaluated(result: string): boolean;
/** Returns the track of a level, known or unknown; `undefined` for a property. */
export declare function trackOf(result: string): string | undefined;
/**
 * Reports whether the results include a demanded one: that very result, or a higher level of the same track. Levels that SLSA does not
 * define meet no demand.
 */
export declare function includesResult(results: readonly string[], demanded: string): boolean;
/** Returns a track of which the results have two levels, the same one twice included. */
export declare function repeatedTrack(results: readonly string[]): string | undefined;
/**
 * Reads a result that a person demands or states.
 *
 * @param name of the option
 * @throws CountersignError `POLICY_INVALID` for `FAILED`, and for names beginning with `SLSA_` that SLSA 1.2 does not define
 */
export declare function readResult(text: string, name: string): string;
