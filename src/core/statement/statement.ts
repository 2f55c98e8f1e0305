/** In-toto statements (in-toto attestation framework, Statement v1): what is claimed of which artifacts. */

import {
  type Digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  isHashAlgorithm,
  toDigest,
} from '../crypto/index.ts';
import {
  asList,
  asObject,
  asText,
  canonicalJson,
  decodeHex,
  encodeHex,
  type JsonObject,
  type JsonValue,
  parseJsonMembers,
  utf8,
} from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';

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
export const statementPayloadType = 'application/vnd.in-toto+json';

const statementType = 'https://in-toto.io/Statement/v1';
/** Statements of version 0.1 differ in this name alone, and are still being signed. */
const olderStatementType = 'https://in-toto.io/Statement/v0.1';

/** No verifier reads more (actions/attest writes at most as many). */
export const maxSubjects = 1024;
const maxDigests = 32;
/** Of the members but the predicate: subjects with all of their digests, and annotations. */
const maxValues = 100_000;
/** Some twice as many as the largest SBOM has that fits into a bundle. */
export const maxPredicateValues = 500_000;

/**
 * Reads a statement. The predicate is checked to be JSON, and not built.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export function readStatement(payload: Uint8Array): Statement {
  return reading('STATEMENT_INVALID', 'the statement', () => {
    const parsed = parseJsonMembers(payload, ['_type', 'subject', 'predicateType'], { maxValues });
    const { members, others } = parsed ?? fail('STATEMENT_INVALID', 'it is not an object');
    const type = text(members._type, '_type');
    if (type !== statementType && type !== olderStatementType)
      fail('STATEMENT_INVALID', `it is of the type ${JSON.stringify(type)}`);
    const subjects = list(members.subject, 'subject');
    if (subjects.length === 0 || subjects.length > maxSubjects)
      fail('STATEMENT_INVALID', `it has ${subjects.length} subjects`);
    const kind = others.get('predicate') ?? 'null';
    if (kind !== 'object' && kind !== 'null') fail('STATEMENT_INVALID', 'predicate is not an object');
    return {
      subjects: subjects.map((subject, index) => readSubject(object(subject, `subject[${index}]`), index)),
      predicateType: text(members.predicateType, 'predicateType'),
      get predicate() {
        return kind === 'null' ? {} : readPredicate(payload);
      },
    };
  });
}

function readPredicate(payload: Uint8Array): JsonObject {
  return reading('STATEMENT_INVALID', 'the predicate', () => {
    const parsed = parseJsonMembers(payload, ['predicate'], { maxValues: maxPredicateValues });
    return object(parsed?.members.predicate, 'predicate');
  });
}

function readSubject(subject: JsonObject, index: number): StatementSubject {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail('STATEMENT_INVALID', `${place} has ${digests.length} members`);
  return {
    name: asText(subject.name) ?? '',
    digests: digests.flatMap(([algorithm, hex]) =>
      isHashAlgorithm(algorithm) ? [readDigest(algorithm, text(hex, `${place}.${algorithm}`))] : [],
    ),
  };
}

function readDigest(algorithm: HashAlgorithm, hex: string): Digest {
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}

/** The payload of a statement: canonical JSON, UTF-8. */
export function writeStatement({ subjects, predicateType, predicate }: Statement): Uint8Array<ArrayBuffer> {
  return utf8(
    canonicalJson({
      _type: statementType,
      subject: subjects.map(({ name, digests }) => ({
        name,
        digest: Object.fromEntries(digests.map(({ algorithm, bytes }) => [algorithm, encodeHex(bytes)])),
      })),
      predicateType,
      predicate,
    }),
  );
}

/**
 * The subject that an artifact is: one of its digests is the artifact's, and none contradicts it. A name proves nothing.
 *
 * @param artifact its digests, of different algorithms
 * @returns the subject, and the strongest digest that it shares with the artifact
 * @throws CountersignError `ARTIFACT_MISMATCH`
 */
export function findSubject(
  statement: Statement,
  artifact: readonly Digest[],
): { readonly subject: StatementSubject; readonly digest: Digest } {
  const known = [...artifact].sort((a, b) => b.bytes.length - a.bytes.length);
  for (const subject of statement.subjects) {
    const shared = known.flatMap((digest) => {
      const stated = subject.digests.find(({ algorithm }) => algorithm === digest.algorithm);
      return stated === undefined ? [] : [{ digest, isSame: equalDigests(stated, digest) }];
    });
    const [strongest] = shared;
    // One digest that is right and one that is wrong: two artifacts under one name, or a broken hash.
    if (strongest !== undefined && shared.every(({ isSame }) => isSame)) return { subject, digest: strongest.digest };
  }
  const { length } = statement.subjects;
  const others = length === 1 ? 'another artifact, not' : `${length} artifacts; none of them is`;
  return fail('ARTIFACT_MISMATCH', `the statement is about ${others} ${artifact.map(formatDigest).join(', ')}`);
}

function object(value: JsonValue | undefined, place: string): JsonObject {
  return asObject(value) ?? fail('STATEMENT_INVALID', `${place} is not an object`);
}

function list(value: JsonValue | undefined, place: string): readonly JsonValue[] {
  return asList(value) ?? fail('STATEMENT_INVALID', `${place} is not a list`);
}

function text(value: JsonValue | undefined, place: string): string {
  return asText(value) || fail('STATEMENT_INVALID', `${place} is missing`);
}
