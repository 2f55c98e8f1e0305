/** One name, one digest. */

import { type Digest, equalDigests, formatDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';

/** Something with a digest, and where it was named. */
export interface Named {
  readonly name: string;
  readonly digest: Digest;
  /** Its origin in the inputs, for errors: `SHA256SUMS, line 3`, `the file dist/app.tgz`. */
  readonly origin: string;
}

/**
 * The first of each name. Of two digests under one name a verifier could be shown either.
 *
 * @throws CountersignError `USAGE` if two of one name have not the same digest
 */
export function mergeDuplicates<T extends Named>(subjects: readonly T[]): readonly T[] {
  const first = new Map<string, T>();
  for (const subject of subjects) {
    const known = first.get(subject.name);
    if (known === undefined) first.set(subject.name, subject);
    else if (!equalDigests(known.digest, subject.digest)) conflict(known, subject);
  }
  return [...first.values()];
}

function conflict(a: Named, b: Named): never {
  const name = JSON.stringify(a.name);
  const problem =
    a.digest.algorithm === b.digest.algorithm
      ? 'two different digests'
      : 'digests of different algorithms, which cannot be compared';
  fail(
    'USAGE',
    `${name} has ${problem}: ${formatDigest(a.digest)} (${a.origin}), ${formatDigest(b.digest)} (${b.origin})`,
    {
      remedy:
        a.digest.algorithm === b.digest.algorithm
          ? 'One digest is out of date, or two artifacts have the same name. Compute the digests again, or rename one artifact.'
          : 'Use the same digest algorithm for each occurrence of a subject.',
    },
  );
}
