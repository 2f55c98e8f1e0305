/** In-toto statements (in-toto attestation framework, Statement v1): what is claimed of which artifacts. */
import { type Digest } from '../crypto/index.ts';
import { type JsonObject } from '../encoding/index.ts';
export interface Statement {
    readonly subjects: readonly StatementSubject[];
    readonly predicateType: string;
    /**
     * What is claimed. Of a statement that was read it is built when it is asked for, and each time anew: most of a payload is
     * predicate, and verifying needs none of it.
     *
     * @throws CountersignError `LIMIT_EXCEEDED` if it is of more than {@link maxPredicateValues} values
     */
    readonly predicate: JsonObject;
}
export interface StatementSubject {
    readonly name: string;
    /** Those of its digests that we can compute. */
    readonly digests: readonly Digest[];
}
/** The payload type of an in-toto statement in a DSSE envelope. */
export declare const statementPayloadType = "application/vnd.in-toto+json";
/** No verifier reads more (actions/attest writes at most as many). */
export declare const maxSubjects = 1024;
/** Some twice as many as the largest SBOM has that fits into a bundle. */
export declare const maxPredicateValues = 500000;
/**
 * Reads a statement. The predicate is checked to be JSON, and not built.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export declare function readStatement(payload: Uint8Array): Statement;
/** The payload of a statement: canonical JSON, UTF-8. */
export declare function writeStatement({ subjects, predicateType, predicate }: Statement): Uint8Array<ArrayBuffer>;
/**
 * The subject that an artifact is: one of its digests is the artifact's, and none contradicts it. A name proves nothing.
 *
 * @param artifact its digests, of different algorithms
 * @returns the subject, and the strongest digest that it shares with the artifact
 * @throws CountersignError `ARTIFACT_MISMATCH`
 */
export declare function findSubject(statement: Statement, artifact: readonly Digest[]): {
    readonly subject: StatementSubject;
    readonly digest: Digest;
};
