/** Patterns that a stranger can meet, and that therefore identify nobody. */
import type { FulcioClaim } from '../certificate/index.ts';
import { type Expectation } from './expectation.ts';
/** The subject of a pattern: the subject alternative name, the issuer of the identity token, or a claim of the certificate. */
export type Expected = FulcioClaim | 'identity';
/**
 * Reports whether a stranger can have a value that meets these expectations.
 *
 * @param expected the expectations, of which one is enough; an exact one leaves nothing open
 */
export declare function leavesOpen(what: Expected, expected: readonly Expectation[]): boolean;
