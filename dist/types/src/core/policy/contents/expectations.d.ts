/** The kinds of expectations of a predicate, and their checks. */
import type { Statement } from '../../statement/statement.ts';
import type { Expectation } from '../expectation.ts';
/** An expectation of the predicate of a statement. Its kind is the name of its criterion in reports. */
export type PredicateExpectation = BuilderIdExpectation | BuildTypeExpectation | VerificationSummaryExpectation;
/** SLSA provenance (v1 or v0.2) that names this builder. The name is text that the signer wrote. */
export interface BuilderIdExpectation {
    readonly kind: 'builder-id';
    /** The accepted builders, of which one is enough. */
    readonly expected: readonly Expectation[];
}
/** SLSA provenance (v1 or v0.2) of a build of this type. */
export interface BuildTypeExpectation {
    readonly kind: 'build-type';
    /** The accepted types, of which one is enough. */
    readonly expected: readonly Expectation[];
}
/** A verification summary (VSA) that says that the artifact passed. The policy names its signer. */
export interface VerificationSummaryExpectation {
    readonly kind: 'verification-summary';
    /** The IDs of the verifiers for which the signer may speak, of which one is enough. */
    readonly verifiers: readonly string[];
    /** The URI from which the artifact is obtained. */
    readonly resourceUri: string;
    /** The levels and properties that the summary must state. For a level, a higher one of its track is enough. */
    readonly levels: readonly string[];
    /** The Git refs of which the summary must name one for each of its subjects. */
    readonly sourceRefs?: readonly string[];
    /** The age in milliseconds that the verification may have. */
    readonly maxAge?: number;
}
/** An expectation that was validated, with the function that judges a statement by it. */
export interface PredicateCheck {
    readonly name: PredicateExpectation['kind'];
    /** The expectation, for people. */
    readonly expected: string;
    /**
     * Judges a verified statement. A predicate of another type, or without the expected member, fails.
     *
     * @param now the present, for expectations of ages
     * @returns the value that was found, for people
     * @throws CountersignError `PREDICATE_TYPE_MISMATCH`, `PREDICATE_MISMATCH`, `STATEMENT_INVALID`, `LIMIT_EXCEEDED`
     */
    readonly judge: (statement: Statement, now: Date) => string;
}
