/** Bundles among which those of an artifact are to be found, by the digests that they name. */

import { createHash } from 'node:crypto';
import { type Digest, equalDigests, formatDigest, type HashAlgorithm } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { readStatement, statementPayloadType } from '../../core/statement/index.ts';
import { type Bundle, readBundle } from '../../core/verify/index.ts';

/** A bundle, and where it was: `release.sigstore.jsonl:3` for the third line of a file. */
export interface FoundBundle {
  readonly path: string;
  /** One of many that is long is read again each time. */
  readonly bundle: Bundle;
  /** What was signed: the artifact, or a statement about it. */
  readonly content: Bundle['content']['kind'];
  /** The artifacts' digests that it names; `undefined` if it names none and may be about anything. */
  readonly named: readonly Digest[] | undefined;
  /** What its file is named after, if it is the only one there. */
  readonly stem: string | undefined;
  /** What was signed in an image's place, by cosign's older layout. */
  readonly document?: Uint8Array | undefined;
}

export interface UnreadBundle {
  readonly path: string;
  readonly failure: CountersignError;
  readonly stem: string | undefined;
}

export interface BundlePool {
  readonly bundles: readonly FoundBundle[];
  readonly unread: readonly UnreadBundle[];
  /** How many more lines cannot be read, of files of which enough is said. */
  readonly moreUnread?: number;
}

/** So many bundles of one artifact are examined. */
const maxCandidates = 256;
const maxLines = 100_000;
/** Of one file, so many lines that cannot be read are kept with the reason. */
const maxUnread = 100;
/** Of many bundles, those that are longer are not kept as they were read. */
const longLength = 64 * 1024;

/** How much of what was read may be kept, counted in the bytes that it was read from. */
export interface ReadingBudget {
  left: number;
}

export function readingBudget(): ReadingBudget {
  return { left: 16 * 1024 * 1024 };
}

/**
 * The bundles in a file: one, or, if its name ends in `.jsonl`, one a line; a bundle with more behind it is none. A line that is there
 * more than once is one. What cannot be read is kept with the reason.
 */
export function readBundles(
  bytes: Uint8Array,
  path: string,
  stem: string | undefined,
  budget: ReadingBudget = readingBudget(),
): BundlePool {
  const lines = path.endsWith('.jsonl') ? linesOf(bytes) : undefined;
  if (lines === undefined) return readOne({ json: bytes, path, stem, keep: takes(budget, bytes) });
  const seen = new Set<string>();
  const bundles: FoundBundle[] = [];
  const unread: UnreadBundle[] = [];
  let moreUnread = 0;
  for (const { number, json } of lines) {
    const hash = createHash('sha256').update(json).digest('base64');
    if (seen.has(hash)) continue;
    seen.add(hash);
    const keep = json.length <= longLength && takes(budget, json);
    const read = readOne({ json, path: `${path}:${number}`, stem: undefined, keep });
    bundles.push(...read.bundles);
    if (unread.length < maxUnread) unread.push(...read.unread);
    else moreUnread += read.unread.length;
  }
  return { bundles, unread, moreUnread };
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
  /** Whether the bundle is kept as it was read. */
  readonly keep: boolean;
}

function readOne({ json, path, stem, keep }: Place): BundlePool {
  try {
    const bundle = readBundle(json);
    const found = { path, stem, content: bundle.content.kind, named: namedDigests(bundle) };
    const one: FoundBundle = keep
      ? { ...found, bundle }
      : {
          ...found,
          get bundle() {
            return readBundle(json);
          },
        };
    return { bundles: [one], unread: [] };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { bundles: [], unread: [{ path, failure, stem }] };
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
 * The bundles that an artifact is to be verified with: those that name one of its digests, or none at all, and those whose file is named
 * after it, whatever they name. Choosing proves nothing; the verifier sees each of them.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`
 */
export function candidates(
  pool: BundlePool,
  digests: readonly Digest[],
  names: ReadonlySet<string>,
): readonly (FoundBundle | UnreadBundle)[] {
  const { all, unnamed, byDigest, byStem, unreadByStem } = indexOf(pool);
  if (all.length === 1) return all;
  const groups = [
    unnamed,
    ...digests.map((digest) => byDigest.get(formatDigest(digest)) ?? []),
    ...[...names].flatMap((name) => [byStem.get(name) ?? [], unreadByStem.get(name) ?? []]),
  ];
  // First, so that too many are not even put together.
  const longest = Math.max(...groups.map(({ length }) => length));
  if (longest > maxCandidates) tooMany(longest);
  const chosen = [...new Set(groups.flat())].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
  return chosen.length > maxCandidates ? tooMany(chosen.length) : chosen;
}

function tooMany(count: number): never {
  fail('LIMIT_EXCEEDED', `${count} bundles may be about this artifact; ${maxCandidates} are examined at most`, {
    remedy: 'Name those that count with `bundle`.',
  });
}

/** Whether a bundle names digests, and none of these. */
export function isAboutOthers({ named }: FoundBundle, digests: readonly Digest[]): boolean {
  return named !== undefined && !named.some((one) => digests.some((digest) => equalDigests(one, digest)));
}

/** The algorithms of the digests that the bundles name. */
export function namedAlgorithms({ bundles }: BundlePool): readonly HashAlgorithm[] {
  const algorithms = new Set<HashAlgorithm>();
  for (const { named = [] } of bundles) for (const { algorithm } of named) algorithms.add(algorithm);
  return [...algorithms];
}

/** Where in a pool what is: numbers count the bundles, and then those that cannot be read. */
interface PoolIndex {
  readonly all: readonly (FoundBundle | UnreadBundle)[];
  readonly unnamed: readonly number[];
  readonly byDigest: ReadonlyMap<string, readonly number[]>;
  readonly byStem: ReadonlyMap<string, readonly number[]>;
  readonly unreadByStem: ReadonlyMap<string, readonly number[]>;
}

const indices = new WeakMap<BundlePool, PoolIndex>();

/** Made once for all artifacts. */
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

function namedDigests({ content }: Bundle): readonly Digest[] | undefined {
  if (content.kind === 'message-signature') return content.messageDigest && [content.messageDigest];
  if (content.payloadType !== statementPayloadType) return undefined;
  try {
    return readStatement(content.payload).subjects.flatMap(({ digests }) => digests);
  } catch (error) {
    // The verifier says what is wrong with it.
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

/** The lines with their numbers, if each is an object of its own. A bundle that is written on many lines is one. */
function linesOf(bytes: Uint8Array): readonly Line[] | undefined {
  const lines: Line[] = [];
  const isMarked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  let start = isMarked ? byteOrderMark.length : 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const json = trimmed(bytes.subarray(start, end));
    start = end + 1;
    if (json.length === 0) continue;
    if (lines.length === maxLines || json[0] !== 0x7b || json.at(-1) !== 0x7d) return undefined;
    lines.push({ number, json });
  }
  return lines.length > 1 ? lines : undefined;
}

function trimmed(line: Uint8Array): Uint8Array {
  const isBlank = (byte: number | undefined): boolean =>
    byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}
