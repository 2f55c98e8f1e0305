import type { PartName } from './names/name.ts';
/** From this score on, a look-alike is an alert. */
export declare const alertScore = 0.6;
/** A name that looks like a protected one. */
export interface LookAlike {
    /** The protected name as given; `undefined` if the candidate misleads whatever it imitates. */
    readonly target: string | undefined;
    /** The id of the rule that found it. */
    readonly rule: string;
    /** The reason for which such a name misleads. */
    readonly reason: string;
    /** The part of the name that differs; `undefined` if the rule is about the whole name. */
    readonly part: PartName | undefined;
    /** The differences in words: `"kc" instead of "ck" at character 3`. */
    readonly difference: string;
    /** The measured precision of the rule, from 0 to 1, with two digits: the probability that the name is an imitation. */
    readonly score: number;
    /** True if the score is at least `alertScore`, unless the rule finds many names of other people. */
    readonly alert: boolean;
}
