/** Holds bundles, and finds those of an artifact by the digests that they name. */

import { createHash } from 'node:crypto';
import { maxBundleLength } from '../../core/bundle/index.ts';
import {
  type Digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  isHash,
  type SubjectDigest,
  toDigest,
} from '../../core/crypto/index.ts';
import { parseJsonMembers } from '../../core/encoding/index.ts';
import { attempt, CountersignError, fail } from '../../core/errors/index.ts';
import { readStatement, statementPayloadType } from '../../core/statement/index.ts';
import { type Bundle, readBundle } from '../../core/verify/index.ts';
import { utf8Bytes, wideEncoding } from '../../node/index.ts';
import { worstOf } from '../../report/index.ts';

/** A bundle with its place: `release.sigstore.jsonl:3` for the third line of a file. */
export interface FoundBundle {
  readonly path: string;
  /** Parsed again each time, if it is a long one of many. */
  readonly bundle: Bundle;
  /** The kind of signed content: the artifact, or a statement about it. */
  readonly content: Bundle['content']['kind'];
  /** The artifacts' digests that it names; `undefined` if it names none and may be about any artifact. */
  readonly named: readonly SubjectDigest[] | undefined;
  /** The name that its file is named after, if it is the only bundle there. */
  readonly stem: string | undefined;
  /** The document that was signed in place of an image, in cosign's older layout. */
  readonly document?: Uint8Array | undefined;
  /** The digest of the text that it was read from; of a file in the format of another tool, that of the whole file or line. */
  readonly digest?: Digest;
}

export interface UnreadBundle {
  readonly path: string;
  readonly failure: CountersignError;
  readonly stem: string | undefined;
}

export interface BundlePool {
  readonly bundles: readonly FoundBundle[];
  readonly unread: readonly UnreadBundle[];
  /** The number of further lines that cannot be read, in files with many of them. */
  readonly moreUnread?: number;
}

/** The number of bundles that are examined for one artifact. */
const maxCandidates = 256;
const maxLines = 100_000;
/** The number of unreadable lines of a file that are kept with the reason. */
const maxUnread = 100;
/** Of many bundles, longer ones are not kept in parsed form. */
const longLength = 64 * 1024;

/** The amount of parsed bundles that may be kept, in bytes of their text. */
export interface ReadingBudget {
  left: number;
}

export function readingBudget(): ReadingBudget {
  return { left: maxBundleLength };
}

/** Reads a file or line that is not a bundle: returns the bundles in it, by their places, or the reason why it is not read. */
export type ReadOther = (
  json: Uint8Array,
  path: string,
  failure: CountersignError,
) => readonly { readonly at: string; readonly read: () => Bundle }[] | CountersignError;

/** Returns the reason for what is not a bundle as it is. */
const bundlesOnly: ReadOther = (_json, _path, failure) => failure;

/**
 * Parses the bundles in a file: one, or, if its name ends in `.jsonl`, one per line. Text after a bundle makes it invalid. Repeated
 * lines count once. Bundles that cannot be read are kept with the reason.
 *
 * @param other reads what is not a bundle; by default, that cannot be read
 */
export function readBundles(
  bytes: Uint8Array,
  path: string,
  stem: string | undefined,
  budget: ReadingBudget = readingBudget(),
  other: ReadOther = bundlesOnly,
): BundlePool {
  const whole = (): BundlePool => readOne({ json: bytes, path, stem, keep: takes(budget, bytes), other });
  if (!path.endsWith('.jsonl')) return whole();
  const lines = linesOf(bytes);
  if (lines.length < 2 || lines.length > maxLines) return whole();
  if (!lines.every(isObject)) {
    // One bundle on several lines; or one a line, of which some are broken.
    const one = whole();
    if (one.unread.length === 0 || isOneDocument(lines)) return one;
  }
  return readLines(lines, path, budget, other);
}

function readLines(lines: readonly Line[], path: string, budget: ReadingBudget, other: ReadOther): BundlePool {
  const seen = new Set<string>();
  const bundles: FoundBundle[] = [];
  const unread: UnreadBundle[] = [];
  let moreUnread = 0;
  for (const { number, json } of lines) {
    const hash = sha256(json).toString('base64');
    if (seen.has(hash)) continue;
    seen.add(hash);
    const keep = json.length <= longLength && takes(budget, json);
    const read = readOne({ json, path: `${path}:${number}`, stem: undefined, keep, other });
    bundles.push(...read.bundles);
    for (const one of read.unread) {
      if (unread.length < maxUnread || isWorse(one, unread)) unread.push(one);
      else moreUnread++;
    }
  }
  return { bundles, unread, moreUnread };
}

/** Reports whether a bundle cannot be read for a more severe reason than these: the most severe decides the exit code. */
export function isWorse(one: UnreadBundle, others: readonly UnreadBundle[]): boolean {
  return worstOf([...others, one].map(({ failure }) => failure)) === one.failure;
}

function takes(budget: ReadingBudget, { length }: Uint8Array): boolean {
  if (length > budget.left) return false;
  budget.left -= length;
  return true;
}

interface Place {
  readonly json: Uint8Array;
  readonly path: string;
  readonly stem: string | undefined;
  /** Keeps the parsed bundle. */
  readonly keep: boolean;
  readonly other: ReadOther;
}

function readOne({ json: bytes, path, stem, keep, other }: Place): BundlePool {
  const json = utf8OrFailure(bytes, path);
  if (json instanceof CountersignError) {
    const named = wideEncoding(bytes) === undefined ? other(bytes, path, json) : json;
    return { bundles: [], unread: [{ path, failure: named instanceof CountersignError ? named : json, stem }] };
  }
  const digest = toDigest('sha256', sha256(bytes));
  const found = foundOrUnread(() => readBundle(json), path, stem, keep, digest);
  if (!('failure' in found)) return { bundles: [found], unread: [] };
  const others = other(json, path, found.failure);
  if (others instanceof CountersignError) return { bundles: [], unread: [{ ...found, failure: others }] };
  const all = others.map(({ at, read }) =>
    foundOrUnread(read, at === '' ? path : `${path}: ${at}`, stem, keep, digest),
  );
  return {
    bundles: all.flatMap((one) => ('failure' in one ? [] : [one])),
    unread: all.flatMap((one) => ('failure' in one ? [one] : [])),
  };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function utf8OrFailure(bytes: Uint8Array, path: string): Uint8Array | CountersignError {
  try {
    return utf8Bytes(bytes, 'BUNDLE_INVALID', `the bundle ${path}`);
  } catch (failure) {
    if (failure instanceof CountersignError) return failure;
    throw failure;
  }
}

function foundOrUnread(
  read: () => Bundle,
  path: string,
  stem: string | undefined,
  keep: boolean,
  digest: Digest,
): FoundBundle | UnreadBundle {
  try {
    const bundle = read();
    const found = { path, stem, content: bundle.content.kind, named: namedDigests(bundle), digest };
    if (keep) return { ...found, bundle };
    return {
      ...found,
      get bundle() {
        return read();
      },
    };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { path, failure, stem };
  }
}

export function joinPools(pools: readonly BundlePool[]): BundlePool {
  return {
    bundles: pools.flatMap(({ bundles }) => bundles),
    unread: pools.flatMap(({ unread }) => unread),
    moreUnread: pools.reduce((sum, { moreUnread = 0 }) => sum + moreUnread, 0),
  };
}

/**
 * Returns the bundles to verify an artifact with: those that name one of its digests, or none at all, and those whose file is named
 * after it. The choice proves nothing: the verifier examines each of them.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`
 */
export function candidates(
  pool: BundlePool,
  digests: readonly SubjectDigest[],
  names: ReadonlySet<string>,
): readonly (FoundBundle | UnreadBundle)[] {
  const { all, unnamed, byDigest, byStem, unreadByStem } = indexOf(pool);
  if (all.length === 1) return all;
  const groups = [
    unnamed,
    ...digests.map((digest) => byDigest.get(formatDigest(digest)) ?? []),
    ...[...names].flatMap((name) => [byStem.get(name) ?? [], unreadByStem.get(name) ?? []]),
  ];
  // Checked first, so that too many are not even joined.
  const longest = Math.max(...groups.map(({ length }) => length));
  if (longest > maxCandidates) tooMany(longest);
  const chosen = [...new Set(groups.flat())].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
  return demandFew(chosen);
}

/** Returns the bundles to examine for an artifact. @throws CountersignError `LIMIT_EXCEEDED` */
export function demandFew<Bundles extends readonly unknown[]>(chosen: Bundles): Bundles {
  return chosen.length > maxCandidates ? tooMany(chosen.length) : chosen;
}

function tooMany(count: number): never {
  fail('LIMIT_EXCEEDED', `${count} bundles may be for this artifact; the limit is ${maxCandidates}`, {
    remedy: 'Specify the relevant bundles with `bundle`.',
  });
}

/** Returns the failure of an artifact that none of the bundles is about. */
export function aboutOthers({ bundles }: BundlePool, digests: readonly SubjectDigest[]): CountersignError {
  return new CountersignError(
    'BUNDLE_MISSING',
    `none of the bundles (${bundles.length}) is for ${digests.map(formatDigest).join(', ')}`,
    { remedy: 'Check that the artifact was not changed after signing, and that its bundle is among the bundles.' },
  );
}

/** Reports whether a bundle names digests, but none of these. */
export function isAboutOthers({ named }: FoundBundle, digests: readonly SubjectDigest[]): boolean {
  return named !== undefined && !named.some((one) => digests.some((digest) => equalDigests(one, digest)));
}

/** Returns the algorithms of the digests that the bundles name. */
export function namedAlgorithms({ bundles }: BundlePool): readonly HashAlgorithm[] {
  const algorithms = new Set<HashAlgorithm>();
  for (const { named = [] } of bundles) for (const { algorithm } of named.filter(isHash)) algorithms.add(algorithm);
  return [...algorithms];
}

/** An index of a pool: numbers count the bundles, and then those that cannot be read. */
interface PoolIndex {
  readonly all: readonly (FoundBundle | UnreadBundle)[];
  readonly unnamed: readonly number[];
  readonly byDigest: ReadonlyMap<string, readonly number[]>;
  readonly byStem: ReadonlyMap<string, readonly number[]>;
  readonly unreadByStem: ReadonlyMap<string, readonly number[]>;
}

const indices = new WeakMap<BundlePool, PoolIndex>();

/** Returns the index of a pool, which is made once for all artifacts. */
function indexOf(pool: BundlePool): PoolIndex {
  const known = indices.get(pool);
  if (known !== undefined) return known;
  const unnamed: number[] = [];
  const byDigest = new Map<string, number[]>();
  const byStem = new Map<string, number[]>();
  const unreadByStem = new Map<string, number[]>();
  for (const [at, { named, stem }] of pool.bundles.entries()) {
    if (named === undefined) unnamed.push(at);
    for (const digest of new Set(named?.map(formatDigest))) enter(byDigest, digest, at);
    if (stem !== undefined) enter(byStem, stem, at);
  }
  for (const [at, { stem }] of pool.unread.entries()) {
    if (stem !== undefined) enter(unreadByStem, stem, pool.bundles.length + at);
  }
  const all = [...pool.bundles, ...pool.unread];
  const index = { all, unnamed, byDigest, byStem, unreadByStem };
  indices.set(pool, index);
  return index;
}

function enter(numbers: Map<string, number[]>, key: string, at: number): void {
  const group = numbers.get(key);
  if (group === undefined) numbers.set(key, [at]);
  else group.push(at);
}

function namedDigests({ content }: Bundle): readonly SubjectDigest[] | undefined {
  if (content.kind === 'message-signature') return content.messageDigest && [content.messageDigest];
  if (content.payloadType !== statementPayloadType) return undefined;
  try {
    return readStatement(content.payload).subjects.flatMap(({ digests }) => digests);
  } catch (error) {
    // The verifier reports the problem.
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

interface Line {
  readonly number: number;
  readonly json: Uint8Array;
}

const lineFeed = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Returns the lines that are not blank, with their numbers; none of more lines than are read one by one. */
function linesOf(bytes: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  const isMarked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  let start = isMarked ? byteOrderMark.length : 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const json = trimmed(bytes.subarray(start, end));
    start = end + 1;
    if (json.length === 0) continue;
    lines.push({ number, json });
    if (lines.length > maxLines) break;
  }
  return lines;
}

function isObject({ json }: Line): boolean {
  return json[0] === 0x7b && json.at(-1) === 0x7d;
}

/** Reports whether lines are parts of one document: its first line is not a document of its own. */
function isOneDocument(lines: readonly Line[]): boolean {
  const isWhole = ({ json }: Line): boolean => attempt(() => parseJsonMembers(json, [])) !== undefined;
  const [first] = lines;
  // Indented text begins with a bracket alone.
  return first === undefined || first.json.length === 1 || !lines.some(isWhole);
}

function trimmed(line: Uint8Array): Uint8Array {
  const isBlank = (byte: number | undefined): boolean =>
    byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}
