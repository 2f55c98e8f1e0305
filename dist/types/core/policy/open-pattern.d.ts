/** Patterns that bind nobody: a stranger can have a value that meets them. */
import type { FulcioClaim } from '../certificate/index.ts';
import { type Expectation } from './expectation.ts';
/** What a pattern is expected of: the subject alternative name, who issued the identity token, or a claim of the certificate. */
export type Expected = FulcioClaim | 'identity';
/**
 * Reports whether these expectations leave open whose value it is, so that to expect them is to expect nothing.
 *
 * @param expected any of these will do; what is exact leaves nothing open
 */
export declare function leavesOpen(what: Expected, expected: readonly Expectation[]): boolean;
