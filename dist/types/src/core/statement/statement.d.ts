/** In-toto statements (in-toto attestation framework, Statement v1): claims about artifacts. */
import { type SubjectDigest } from '../crypto/digest.ts';
import { type JsonObject } from '../encoding/json.ts';
export interface Statement {
    readonly subjects: readonly StatementSubject[];
    readonly predicateType: string;
    /**
     * The claims. For a statement that was read, each access builds them anew: most of a payload is predicate, and verifying needs none of
     * it.
     *
     * @throws CountersignError `LIMIT_EXCEEDED` for more than {@link maxPredicateValues} values
     */
    readonly predicate: JsonObject;
}
export interface StatementSubject {
    readonly name: string;
    /** The digests of the subject, of supported algorithms. */
    readonly digests: readonly SubjectDigest[];
    /** The address of a subject that has one, such as the tag of a release. */
    readonly uri?: string;
    /** The ID of a Git commit that is among the digests, in hexadecimal. */
    readonly commit?: string;
    /** The annotations of the subject in the statement. */
    readonly annotations?: JsonObject;
}
/** The payload type of an in-toto statement in a DSSE envelope. */
export declare const statementPayloadType = "application/vnd.in-toto+json";
/** The largest number of subjects that is read; actions/attest writes at most as many. */
export declare const maxSubjects = 1024;
/** The largest number of values in a predicate: more than an SBOM of 16 MiB usually has. */
export declare const maxPredicateValues = 500000;
/**
 * Reads a statement. The predicate is checked to be JSON, and not built.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export declare function readStatement(payload: Uint8Array): Statement;
/** Returns the payload of a statement: canonical JSON, UTF-8. */
export declare function writeStatement({ subjects, predicateType, predicate }: Statement): Uint8Array<ArrayBuffer>;
/**
 * Finds the subject that is the artifact: they share a digest, and no digest differs. Names are not compared.
 *
 * @param artifact its digests, of different algorithms
 * @returns the subject, and the strongest digest that it shares with the artifact
 * @throws CountersignError `ARTIFACT_MISMATCH`
 */
export declare function findSubject(statement: Statement, artifact: readonly SubjectDigest[]): {
    readonly subject: StatementSubject;
    readonly digest: SubjectDigest;
};
