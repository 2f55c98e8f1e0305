/** SLSA provenance: the builder, the build and the source that a statement names. */

import { asList, asText, type JsonObject, type JsonValue, memberAt } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { Statement } from './statement.ts';

/** A predicate of SLSA provenance, by the version of its format. */
export interface Provenance {
  readonly version: 'v1' | 'v0.2';
  readonly builderId: string | undefined;
  readonly buildType: string | undefined;
  readonly predicate: JsonObject;
}

const versions: readonly (readonly [type: RegExp, version: Provenance['version']])[] = [
  [/^https:\/\/slsa\.dev\/provenance\/v1(?:\.\d+)?$/, 'v1'],
  [/^https:\/\/slsa\.dev\/provenance\/v0\.2$/, 'v0.2'],
];

/** Returns the version of the SLSA provenance that a predicate type names; `undefined` for other predicates and versions. */
export function provenanceVersion(predicateType: string): Provenance['version'] | undefined {
  return versions.find(([type]) => type.test(predicateType))?.[1];
}

/**
 * Reads SLSA provenance of version 1 or 0.2.
 *
 * @returns `undefined` for a statement of another type
 * @throws CountersignError `STATEMENT_INVALID` for a builder or build type that is no text; `LIMIT_EXCEEDED`
 */
export function readProvenance(statement: Statement): Provenance | undefined {
  const version = provenanceVersion(statement.predicateType);
  if (version === undefined) return undefined;
  const { predicate } = statement;
  const isV1 = version === 'v1';
  const builder = isV1 ? ['runDetails', 'builder', 'id'] : ['builder', 'id'];
  const buildType = isV1 ? ['buildDefinition', 'buildType'] : ['buildType'];
  return {
    version,
    builderId: statedText(predicate, ...builder),
    buildType: statedText(predicate, ...buildType),
    predicate,
  };
}

/**
 * Returns the text at a path of member names; `undefined` if there is nothing.
 *
 * @throws CountersignError `STATEMENT_INVALID` for a value of another kind, which readers may take for different texts
 */
export function statedText(predicate: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const value = memberAt(predicate, ...path) ?? undefined;
  if (value === undefined) return undefined;
  return asText(value) ?? fail('STATEMENT_INVALID', `${path.join('.')} in the predicate is not a text`);
}

/** Returns the list at a path of member names; an empty one if there is nothing. @throws CountersignError `STATEMENT_INVALID` */
export function statedList(predicate: JsonValue | undefined, ...path: readonly string[]): readonly JsonValue[] {
  const value = memberAt(predicate, ...path) ?? undefined;
  if (value === undefined) return [];
  return asList(value) ?? fail('STATEMENT_INVALID', `${path.join('.')} in the predicate is not a list`);
}
