/** SLSA provenance: the builder, the build and the source that a statement names. */
import { type JsonObject, type JsonValue } from '../encoding/index.ts';
import type { Statement } from './statement.ts';
/** A predicate of SLSA provenance, by the version of its format. */
export interface Provenance {
    readonly version: 'v1' | 'v0.2';
    readonly builderId: string | undefined;
    readonly buildType: string | undefined;
    readonly predicate: JsonObject;
}
/** Returns the version of the SLSA provenance that a predicate type names; `undefined` for other predicates and versions. */
export declare function provenanceVersion(predicateType: string): Provenance['version'] | undefined;
/**
 * Reads SLSA provenance of version 1 or 0.2.
 *
 * @returns `undefined` for a statement of another type
 * @throws CountersignError `STATEMENT_INVALID` for a builder or build type that is no text; `LIMIT_EXCEEDED`
 */
export declare function readProvenance(statement: Statement): Provenance | undefined;
/**
 * Returns the text at a path of member names; `undefined` if there is nothing.
 *
 * @throws CountersignError `STATEMENT_INVALID` for a value of another kind, which readers may take for different texts
 */
export declare function statedText(predicate: JsonValue | undefined, ...path: readonly string[]): string | undefined;
/** Returns the list at a path of member names; an empty one if there is nothing. @throws CountersignError `STATEMENT_INVALID` */
export declare function statedList(predicate: JsonValue | undefined, ...path: readonly string[]): readonly JsonValue[];
