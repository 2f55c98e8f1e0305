/** That a statement is of the kind, and about the name, that the policy expects. */
import { type Expectation } from '../policy/index.ts';
import type { VerifiedContent } from './verify-content.ts';
/** @throws CountersignError `PREDICATE_TYPE_MISMATCH` */
export declare function matchPredicateType(content: VerifiedContent, expected: Expectation): void;
/** @throws CountersignError `SUBJECT_NAME_MISMATCH` */
export declare function matchSubjectName(content: VerifiedContent, expected: Expectation): void;
