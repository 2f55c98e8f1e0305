/**
 * The digests that one job hands over to another, which signs them: a file that is the canonical JSON (RFC 8785) of what the job hashed,
 * and of the run that it is a part of.
 */

import { createHash } from 'node:crypto';
import { type Digest, formatDigest, parseDigest } from '../core/crypto/index.ts';
import {
  asList,
  asObject,
  canonicalJson,
  equalBytes,
  type JsonObject,
  type JsonValue,
  parseJson,
  utf8,
} from '../core/encoding/index.ts';
import { fail, reading } from '../core/errors/index.ts';
import { safeFileName } from '../node/index.ts';
import type { DigestSubject } from './subject.ts';

export const legLimits = { bytes: 64 * 1024 * 1024, subjects: 100_000 } as const;

/** The name of the file. */
export const legDigestsFile = 'countersign-digests.json';

/** The job that hashed the subjects: one leg of a matrix, or a job without one. */
export interface Leg {
  /** `owner/name`. */
  readonly repository: string;
  readonly runId: string;
  readonly attempt: number;
  readonly job: string;
  /** The name that the workflow gives the leg; empty for a job without a matrix. */
  readonly leg: string;
}

export interface LegSubject {
  readonly kind: 'file' | 'digest' | 'image';
  readonly name: string;
  readonly digest: Digest;
  /** The number of bytes of a file. */
  readonly size?: number;
}

export interface LegDigests {
  readonly from: Leg;
  /** In the order of their names, which are distinct except for images. */
  readonly subjects: readonly LegSubject[];
}

/** Reports whether a text can name a leg: reports show it in one line. */
export function isLegText(text: string): boolean {
  return text.length <= maxTextLength && !/\p{C}|\p{Zl}|\p{Zp}/u.test(text);
}

/** Names a leg in a sentence: `build (linux)`. */
export function formatLeg({ job, leg }: Pick<Leg, 'job' | 'leg'>): string {
  return leg === '' ? job : `${job} (${leg})`;
}

/** The beginning of the names of all workflow artifacts with digests of legs. */
export const legArtifactPrefix = 'countersign-digests-';
const maxJobLength = 100;
const maxTextLength = 256;

/** Returns the name of a leg's workflow artifact. It is the same in each attempt, and another leg of the run has another one. */
export function legArtifactName({ job, leg }: Pick<Leg, 'job' | 'leg'>): string {
  const digits = createHash('sha256')
    .update(canonicalJson([job, leg]))
    .digest('hex')
    .slice(0, 12);
  return `${legArtifactPrefix}${safeFileName(job, maxJobLength)}-${digits}`;
}

/** Returns the subjects as a run signs what it knows by the digest. */
export function digestSubjectsOf({ from, subjects }: LegDigests): readonly DigestSubject[] {
  const origin = `the leg ${formatLeg(from)}`;
  return subjects.map(({ name, digest }) => ({ kind: 'digest', name, digest, origin }));
}

/**
 * Returns the content of the file.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`; `JSON_INVALID` for a file and an image of the same name
 */
export function writeLegDigests({ from, subjects }: LegDigests): string {
  demandFew(subjects.length, 'the files of this step');
  const sorted = subjects.toSorted((a, b) => inOrder(subjectJson(a), subjectJson(b)));
  demandOrder(sorted, 'the list of this step');
  return canonicalJson({ ...from, subjects: sorted.map(subjectJson), version: 1 });
}

/**
 * Reads the file. There is one text for each content, so that nobody can read something else in it.
 *
 * @param what the name of the file in errors
 * @throws CountersignError `JSON_INVALID`, `DIGEST_INVALID`; `LIMIT_EXCEEDED`
 */
export function readLegDigests(bytes: Uint8Array, what: string): LegDigests {
  const limits = { maxLength: legLimits.bytes, maxDepth: 4, maxValues: 5 * legLimits.subjects + 16 };
  const value = reading('JSON_INVALID', what, () => parseJson(bytes, limits));
  if (!isCanonical(value, bytes)) malformed(what, 'is not canonical JSON');
  const { version, subjects, repository, runId, attempt, job, leg, ...others } = objectOf(value, what);
  if (version !== 1) malformed(what, 'has a version other than 1');
  demandNoOthers(others, what);
  const list = asList(subjects) ?? malformed(what, 'has no list of subjects');
  demandFew(list.length, what);
  if (list.length === 0) fail('SUBJECT_MISSING', `${what} has no subjects`);
  const read = list.map((one, index) => subjectOf(one, `${what}, subject ${index + 1}`));
  demandOrder(read, what);
  const from = {
    repository: textOf(repository, 'repository', what),
    runId: textOf(runId, 'runId', what),
    attempt: countOf(attempt, 1, 'attempt', what),
    job: textOf(job, 'job', what),
    leg: leg === '' ? leg : textOf(leg, 'leg', what),
  };
  return { from, subjects: read };
}

function isCanonical(value: JsonValue, bytes: Uint8Array): boolean {
  try {
    return equalBytes(utf8(canonicalJson(value)), bytes);
  } catch (cause) {
    // Of a lone surrogate.
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}

function subjectJson({ kind, name, digest, size }: LegSubject): {
  readonly name: string;
  readonly digest: string;
  readonly kind: string;
  readonly size?: number;
} {
  return { kind, name, digest: formatDigest(digest), ...(size !== undefined && { size }) };
}

interface NamedText {
  readonly name: string;
  readonly digest: string;
}

/** Orders by the code units of names and, as the images of one name have several, of digests. */
function inOrder(a: NamedText, b: NamedText): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.digest < b.digest ? -1 : 1;
}

function subjectOf(value: JsonValue, origin: string): LegSubject {
  const { kind, name, digest, size, ...others } = objectOf(value, origin);
  demandNoOthers(others, origin);
  if (kind !== 'file' && kind !== 'digest' && kind !== 'image') malformed(origin, 'is of an unknown kind');
  if (typeof digest !== 'string') malformed(origin, 'has no digest');
  const parsed = reading('DIGEST_INVALID', origin, () => parseDigest(digest));
  if (formatDigest(parsed) !== digest) malformed(origin, 'has a digest with capital letters');
  const subject = { kind, name: nameOf(name, origin), digest: parsed } as const;
  if (kind === 'file') return { ...subject, size: countOf(size, 0, 'size', origin) };
  return size === undefined ? subject : malformed(origin, 'has a size, but is not a file');
}

/** Demands one subject for each name: of two digests under one name, a verifier could be shown either. */
function demandOrder(subjects: readonly LegSubject[], what: string): void {
  for (const [index, subject] of subjects.entries()) {
    const before = subjects[index - 1];
    if (before === undefined) continue;
    if (before.name === subject.name && !(before.kind === 'image' && subject.kind === 'image'))
      malformed(what, `has two subjects ${JSON.stringify(subject.name)}`);
    if (inOrder(subjectJson(before), subjectJson(subject)) >= 0)
      malformed(what, 'has subjects in a wrong order, or twice');
  }
}

function demandFew(count: number, what: string): void {
  if (count > legLimits.subjects)
    fail('LIMIT_EXCEEDED', `${what} has ${count} subjects; the limit is ${legLimits.subjects}`, {
      remedy: 'Put files into archives, or sign them in several runs.',
    });
}

function demandNoOthers(others: JsonObject, what: string): void {
  const [name] = Object.keys(others);
  if (name !== undefined) malformed(what, `has an unknown member ${JSON.stringify(name)}`);
}

function nameOf(value: JsonValue | undefined, what: string): string {
  return typeof value === 'string' && value !== '' ? value : malformed(what, 'has no name');
}

function textOf(value: JsonValue | undefined, name: string, what: string): string {
  return typeof value === 'string' && value !== '' && isLegText(value) ? value : malformed(what, `has no text ${name}`);
}

function countOf(value: JsonValue | undefined, least: number, name: string, what: string): number {
  return typeof value === 'number' && value % 1 === 0 && value >= least
    ? value
    : malformed(what, `has no whole number ${name}`);
}

function objectOf(value: JsonValue, what: string): JsonObject {
  return asObject(value) ?? malformed(what, 'is not an object');
}

function malformed(what: string, problem: string): never {
  fail('JSON_INVALID', `${what} ${problem}`, {
    remedy: 'Create the file with `mode: collect`, and do not change it.',
  });
}
