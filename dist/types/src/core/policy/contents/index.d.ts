/**
 * Expectations of predicates. Each kind has a type in `expectations.ts`, a file with a function that validates an expectation and returns
 * its check, and a case in `kinds.ts`. All but the types is loaded for policies that have such expectations, which are few.
 */
import type { PredicateCheck, PredicateExpectation } from './expectations.ts';
export type { PredicateCheck, PredicateExpectation } from './expectations.ts';
/**
 * Returns the checks of expectations, in the same order.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export declare function predicateChecks(expectations: readonly PredicateExpectation[]): Promise<readonly PredicateCheck[]>;
