/** The criteria of a verification: what was expected, what was found, and whether they agree. */
import { CountersignError } from '../errors/index.ts';
/** The names of the criteria, in the order in which they are reported. A `claim` is about one claim of the certificate. */
export declare const criterionNames: readonly ['time', 'certificate', 'certificate-transparency', 'issuer', 'identity', 'claim', 'key', 'signature', 'image', 'predicate-type', 'subject-name', 'log', 'provenance', 'builder-id', 'build-type', 'release', 'verification-summary', 'age', 'attestation'];
export type CriterionName = (typeof criterionNames)[number];
export interface Criterion {
    readonly name: CriterionName;
    /** The claim that the criterion is about; `undefined` for a criterion of another name. */
    readonly about: string | undefined;
    readonly outcome: 'pass' | 'fail' | 'not-checked';
    readonly expected: string;
    /** The value found; for a criterion that was not checked, the reason. */
    readonly found: string;
    /** The error of a criterion that failed. */
    readonly failure: CountersignError | undefined;
}
/** The outcome of a step: its criteria, and what it proved. */
export interface Checked<Proven> {
    readonly criteria: readonly Criterion[];
    /** `undefined` if the proof failed or was not attempted. */
    readonly proven: Proven | undefined;
}
/** Returns the expectation of a threshold: `at least 2 log entries`, or `no log entry required`. */
export declare function atLeast(count: number, one: string, several: string): string;
/**
 * Checks one criterion, if everything it builds on was proven.
 *
 * @param basis what it builds on, by name; if a part is `undefined`, the criterion is not checked
 * @param prove returns what it proved, or throws a CountersignError that says why not
 * @param found describes what was proven
 */
export declare function check<Basis extends Readonly<Record<string, unknown>>, Proven>({ name, about, expected }: {
    readonly name: CriterionName;
    readonly about?: string;
    readonly expected: string;
}, basis: Basis, prove: (basis: {
    readonly [Part in keyof Basis]: NonNullable<Basis[Part]>;
}) => Promise<Proven> | Proven, found: (proven: Proven) => string): Promise<Checked<Proven>>;
