/** The criteria of a verification: what was expected, what was found, and what came of it. */
import { CountersignError } from '../errors/index.ts';
/** In the order in which they are reported. Claims of the certificate go by `claim`, each with its own subject. */
export declare const criterionNames: readonly ['time', 'certificate', 'certificate-transparency', 'issuer', 'identity', 'claim', 'key', 'signature', 'image', 'predicate-type', 'subject-name', 'log'];
export type CriterionName = (typeof criterionNames)[number];
export interface Criterion {
    readonly name: CriterionName;
    /** Which claim, where there are several criteria of one name. */
    readonly about: string | undefined;
    readonly outcome: 'pass' | 'fail' | 'not-checked';
    readonly expected: string;
    /** What there was; of one that was not checked, why not. */
    readonly found: string;
    /** Why it failed. */
    readonly failure: CountersignError | undefined;
}
/** Runs the criteria, some at once, each if what it builds on holds, and keeps what came of them. */
export declare class Examination {
    #private;
    /** In the order of their names, whichever was done first. */
    get criteria(): readonly Criterion[];
    /** Likewise, with what came of another examination. */
    joinedWith(others: readonly Criterion[]): readonly Criterion[];
    /** The first failure, in the order of the criteria. */
    get failure(): CountersignError | undefined;
    /**
     * One criterion.
     *
     * @param basis what it builds on; with a part of it missing, nothing is checked
     * @param check gives what was proven, or throws
     * @param found what to say of it
     * @returns what was proven, or `undefined`
     */
    run<Basis extends Readonly<Record<string, unknown>>, Proven>(criterion: {
        readonly name: CriterionName;
        readonly about?: string;
        readonly expected: string;
    }, basis: Basis, check: (basis: {
        readonly [Part in keyof Basis]: NonNullable<Basis[Part]>;
    }) => Promise<Proven> | Proven, found: (proven: Proven) => string): Promise<Proven | undefined>;
}
