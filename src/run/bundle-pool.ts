/** Bundles among which those of an artifact are to be found, by the digests that they name. */

import { equalDigests, type HashAlgorithm } from '../core/crypto/index.ts';
import { decodeUtf8 } from '../core/encoding/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { readStatement, statementPayloadType } from '../core/statement/index.ts';
import { type Bundle, type Digest, readBundle } from '../core/verify/index.ts';

/** A bundle, and where it was: `release.sigstore.jsonl:3` for the third line of a file. */
export interface FoundBundle {
  readonly path: string;
  readonly bundle: Bundle;
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
}

/** So many bundles of one artifact are examined. */
const maxCandidates = 256;
const maxLines = 100_000;

/** The endings of files with bundles, the longest first. */
export const bundleSuffixes = ['.sigstore.jsonl', '.sigstore.json', '.sigstore', '.jsonl'] as const;

/** The name without the ending that says it is one with a bundle; `undefined` if it has none. */
export function bundleStem(name: string): string | undefined {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === undefined ? undefined : name.slice(0, -suffix.length);
}

/**
 * The bundles in a file: one, or, if its name ends in `.jsonl`, one a line; a bundle with more behind it is none. What cannot be read is
 * kept with the reason.
 */
export function readBundles(bytes: Uint8Array, path: string, stem: string | undefined): BundlePool {
  const lines = path.endsWith('.jsonl') ? linesOf(bytes) : [[1, bytes] as const];
  const bundles: FoundBundle[] = [];
  const unread: UnreadBundle[] = [];
  for (const [number, json] of lines) {
    const place = lines.length === 1 ? path : `${path}:${number}`;
    const own = lines.length === 1 ? stem : undefined;
    try {
      const bundle = readBundle(json);
      bundles.push({ path: place, bundle, named: namedDigests(bundle), stem: own });
    } catch (failure) {
      if (!(failure instanceof CountersignError)) throw failure;
      unread.push({ path: place, failure, stem: own });
    }
  }
  return { bundles, unread };
}

export function joinPools(pools: readonly BundlePool[]): BundlePool {
  return { bundles: pools.flatMap(({ bundles }) => bundles), unread: pools.flatMap(({ unread }) => unread) };
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
  const all = [...pool.bundles, ...pool.unread];
  if (all.length === 1) return all;
  const isNamed = ({ stem }: FoundBundle | UnreadBundle): boolean => stem !== undefined && names.has(stem);
  const chosen = [
    ...pool.bundles.filter(
      (one) =>
        isNamed(one) ||
        one.named === undefined ||
        one.named.some((named) => digests.some((digest) => equalDigests(named, digest))),
    ),
    ...pool.unread.filter(isNamed),
  ];
  if (chosen.length > maxCandidates)
    fail(
      'LIMIT_EXCEEDED',
      `${chosen.length} bundles may be about this artifact; ${maxCandidates} are examined at most`,
      {
        remedy: 'Name those that count with `bundle`.',
      },
    );
  return chosen;
}

/** The algorithms of the digests that the bundles name. */
export function namedAlgorithms({ bundles }: BundlePool): readonly HashAlgorithm[] {
  return [...new Set(bundles.flatMap(({ named = [] }) => named.map(({ algorithm }) => algorithm)))];
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

/** With their numbers. A bundle that is written on many lines is one. */
function linesOf(bytes: Uint8Array): readonly (readonly [number, string | Uint8Array])[] {
  const text = decodeUtf8(bytes);
  if (text === undefined) return [[1, bytes]];
  const lines = text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    return trimmed === '' ? [] : [[index + 1, trimmed] as const];
  });
  if (lines.length > maxLines) return [[1, text]];
  const isOneEach = lines.every(([, line]) => line.startsWith('{') && line.endsWith('}'));
  return lines.length > 1 && isOneEach ? lines : [[1, text]];
}
