/** Matches files with the digests that legs handed over, so that the files can be delivered with the signature over the digests. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { type DigestSubject, digestFile, type FileSubject, type LocalSubject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';

/**
 * Returns the files, each of which states the digest that a leg handed over for it. Names do not count: where the files are on this runner is
 * not where the legs had them.
 *
 * @param concurrency the highest number of files that are hashed at once
 * @throws CountersignError `SUBJECT_CHANGED` for a file that no leg handed over; `SUBJECT_MISSING` for a digest without a file; those of hashing
 */
export async function filesOfCollected(
  found: readonly LocalSubject[],
  collected: readonly DigestSubject[],
  concurrency: number,
  { files }: Pick<World, 'files'>,
): Promise<readonly FileSubject[]> {
  const wanted = new Map(collected.map((one) => [formatDigest(one.digest), one]));
  const matched = await mapConcurrently(
    found.filter((one) => one.kind === 'file'),
    async (file) => {
      const digest = await digestFile(files, file, 'sha256');
      const { digest: stated } = wanted.get(formatDigest(digest)) ?? foreign(file, digest);
      return { ...file, stated: [stated] };
    },
    concurrency,
  );
  const present = new Set(matched.flatMap(({ stated }) => stated.map(formatDigest)));
  for (const [digest, { name, origin }] of wanted)
    if (!present.has(digest))
      fail(
        'SUBJECT_MISSING',
        `no file has the digest ${digest} of ${JSON.stringify(name)}, which ${origin} handed over`,
        {
          remedy: 'Upload every file that the leg collects, and fetch the artifacts of all legs. Nothing was signed.',
        },
      );
  return matched;
}

function foreign({ name }: FileSubject, digest: Digest): never {
  return fail(
    'SUBJECT_CHANGED',
    `${JSON.stringify(name)} has the digest ${formatDigest(digest)}, which no leg handed over`,
    {
      remedy:
        'Collect the file in the leg that builds it, after the last step that writes to it. If it was collected, find the job that replaced it. Nothing was signed.',
    },
  );
}
