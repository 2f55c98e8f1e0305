/** Validates parts of policies at run time, since not every caller has types. */
import type { Expectation } from './expectation.ts';
export type Members<T> = Readonly<Record<keyof T, true>>;
/** Validates an expectation of a text. @throws CountersignError `POLICY_INVALID` */
export declare function checkExpectation(expectation: Expectation): void;
/** Returns the list, if it is one whatever its type says. @throws CountersignError `POLICY_INVALID` */
export declare function list<T>(items: readonly T[], what: string): readonly T[];
/** Demands an object, whatever its type says. @throws CountersignError `POLICY_INVALID` */
export declare function demandObject(object: object, what: string): void;
/** Demands an object without unknown members. @throws CountersignError `POLICY_INVALID` */
export declare function demandMembers(object: object, members: Readonly<Record<string, true>>, what: string): void;
