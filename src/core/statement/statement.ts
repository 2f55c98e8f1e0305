/** In-toto statements (in-toto attestation framework, Statement v1): claims about artifacts. */

import {
  type CommitDigest,
  type Digest,
  formatDigest,
  type HashAlgorithm,
  isHashAlgorithm,
  type SubjectDigest,
  sharedDigests,
  toCommit,
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
export const statementPayloadType = 'application/vnd.in-toto+json';

const statementType = 'https://in-toto.io/Statement/v1';
/** The type of version 0.1, which differs in this name alone, and is still in use. */
const olderStatementType = 'https://in-toto.io/Statement/v0.1';

/** The largest number of subjects that is read; actions/attest writes at most as many. */
export const maxSubjects = 1024;
const maxDigests = 32;
/** The length of the longest statement in bytes: a predicate of 16 MiB, as long as GitHub accepts, and subjects. */
const maxLength = 17 * 1024 * 1024;
/** The largest number of values outside of the predicate: subjects with their digests, and annotations. */
const maxValues = 100_000;
/** The largest number of values in a predicate: more than an SBOM of 16 MiB usually has. */
export const maxPredicateValues = 500_000;

/**
 * Reads a statement. The predicate is checked to be JSON, and not built.
 *
 * @throws CountersignError `STATEMENT_INVALID`
 */
export function readStatement(payload: Uint8Array): Statement {
  return reading('STATEMENT_INVALID', 'the statement', () => {
    const parsed = parseJsonMembers(payload, ['_type', 'subject', 'predicateType'], { maxLength, maxValues });
    const { members, others } = parsed ?? fail('STATEMENT_INVALID', 'it is not an object');
    const type = text(members._type, '_type');
    if (type !== statementType && type !== olderStatementType)
      fail('STATEMENT_INVALID', `the type ${JSON.stringify(type)} is not supported`);
    const subjects = list(members.subject, 'subject');
    if (subjects.length === 0 || subjects.length > maxSubjects)
      fail('STATEMENT_INVALID', `it has ${subjects.length} subjects; between 1 and ${maxSubjects} are allowed`);
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
    const parsed = parseJsonMembers(payload, ['predicate'], { maxLength, maxValues: maxPredicateValues });
    return object(parsed?.members.predicate, 'predicate');
  });
}

function readSubject(subject: JsonObject, index: number): StatementSubject {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail('STATEMENT_INVALID', `${place} has ${digests.length} digests; between 1 and ${maxDigests} are allowed`);
  const uri = asText(subject.uri);
  const commit = digests.find(([algorithm]) => algorithm === 'sha1' || algorithm === 'gitCommit')?.[1];
  const annotations = asObject(subject.annotations);
  return {
    ...(annotations !== undefined && { annotations }),
    name: asText(subject.name) ?? '',
    digests: digests.flatMap(([algorithm, hex]): readonly SubjectDigest[] => {
      if (algorithm === 'gitCommit') return readCommit(hex);
      return isHashAlgorithm(algorithm) ? [readDigest(algorithm, text(hex, `${place}.${algorithm}`))] : [];
    }),
    ...(uri !== undefined && { uri }),
    ...(typeof commit === 'string' && commitId.test(commit) && { commit: commit.toLowerCase() }),
  };
}

const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;

/** Returns the ID of a commit; nothing for a text that is none, which no artifact can match. */
function readCommit(id: JsonValue): readonly CommitDigest[] {
  const hex = asText(id) ?? '';
  return commitId.test(hex) ? [toCommit(decodeHex(hex.toLowerCase()))] : [];
}

function readDigest(algorithm: HashAlgorithm, hex: string): Digest {
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}

/** Returns the payload of a statement: canonical JSON, UTF-8. */
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
 * Finds the subject that is the artifact: they share a digest, and no digest differs. Names are not compared.
 *
 * @param artifact its digests, of different algorithms
 * @returns the subject, and the strongest digest that it shares with the artifact
 * @throws CountersignError `ARTIFACT_MISMATCH`
 */
export function findSubject(
  statement: Statement,
  artifact: readonly SubjectDigest[],
): { readonly subject: StatementSubject; readonly digest: SubjectDigest } {
  const known = [...artifact].sort((a, b) => b.bytes.length - a.bytes.length);
  for (const subject of statement.subjects) {
    const [strongest] = sharedDigests(known, subject.digests);
    if (strongest !== undefined) return { subject, digest: strongest };
  }
  const { length } = statement.subjects;
  const others = length === 1 ? 'a different artifact, not' : `${length} artifacts, none of which is`;
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
