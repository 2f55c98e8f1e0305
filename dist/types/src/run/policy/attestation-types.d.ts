/** The words for types of attestations, as signing and cosign's `--type` have them, with the predicate types that they stand for. */
import { type Expectation } from '../../core/policy/index.ts';
/** Attestations of which an artifact must have one. */
export interface RequiredAttestation {
    /** The type as it was given. */
    readonly type: string;
    /** The predicate types, of which one is enough. */
    readonly expected: readonly Expectation[];
}
/**
 * Reads a type: a word, a predicate type or a pattern.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export declare function requiredAttestation(type: string): RequiredAttestation;
