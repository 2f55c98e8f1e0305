/** Finds the bundles that an earlier attempt of the run stored as attestations of the repository. */

import { readBundle, writeBundle } from '../../../core/bundle/index.ts';
import { formatDigest } from '../../../core/crypto/index.ts';
import { attempt, CountersignError } from '../../../core/errors/index.ts';
import { openAttestationReader, type ServedBundle } from '../../../services/github/index.ts';
import type { World } from '../../world/index.ts';
import type { EarlierBundles } from '../earlier-bundles.ts';
import { type GitHubAccess, gitHubOptions } from './github-access.ts';

/** Returns the attestations of a subject of the wanted bundle, in the form in which a run writes them. */
export function storedEarlier(access: GitHubAccess, world: World): EarlierBundles {
  const reader = openAttestationReader(gitHubOptions(access, world));
  const place = { kind: 'repository', name: access.repository } as const;
  const served = async (digest: string): Promise<readonly ServedBundle[]> => {
    try {
      return (await reader.bundles(place, [digest])).get(digest) ?? [];
    } catch (error) {
      // An earlier attempt could not write to a store that the token cannot read.
      if (error instanceof CountersignError && error.code === 'PERMISSION_MISSING') return [];
      throw error;
    }
  };
  return async ({ digests: [digest] }) => {
    if (digest === undefined) return [];
    return (await served(formatDigest(digest))).flatMap((one) => {
      // It may be the wanted one.
      if ('failure' in one) throw one.failure;
      const bundle = attempt(() => readBundle(one.text));
      return bundle === undefined ? [] : [`${writeBundle(bundle)}\n`];
    });
  };
}
