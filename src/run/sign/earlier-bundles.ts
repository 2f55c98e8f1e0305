/**
 * Restores bundles that an earlier attempt of this run delivered. A runner begins with an empty disk, and signing again would make further
 * entries in a log for what is signed already.
 */

import type { Digest } from '../../core/crypto/index.ts';
import { attempt } from '../../core/errors/index.ts';
import { readBundle } from '../../core/verify/index.ts';
import { deliverFile } from '../../deliver/index.ts';
import type { Subject } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { examineBundle, type OwnBundle } from './existing-bundle.ts';
import type { Signing } from './open-signing.ts';

/** A bundle that is to be made. */
export interface WantedBundle {
  readonly path: string;
  readonly subjects: readonly Subject[];
  /** The digests of the subjects, as a statement about them has them. */
  readonly digests: readonly Digest[];
}

/** Finds texts that may be the bundle, in a place where an earlier attempt may have delivered it. Nothing is verified. */
export type EarlierBundles = (wanted: WantedBundle) => Promise<readonly string[]>;

/**
 * Writes the bundle of an earlier attempt of this run to the path of a bundle, if there is one that verifies and signs the same. Nothing
 * may be at the path.
 *
 * @throws CountersignError of the places that could not be asked: what they have may be signed already; those of writing
 */
export async function restoreEarlier(
  wanted: WantedBundle,
  isSame: (found: OwnBundle) => boolean,
  { earlier = [], signing }: { readonly earlier?: readonly EarlierBundles[] | undefined; readonly signing: Signing },
  world: World,
): Promise<OwnBundle | undefined> {
  for (const find of earlier) {
    for (const text of await find(wanted)) {
      const bundle = attempt(() => readBundle(text));
      if (bundle === undefined) continue;
      const found = await examineBundle(bundle, signing, world.clock());
      // One without a log entry is signed again.
      if (found.kind !== 'own' || found.isUnlogged || found.signedIn === 'another run' || !isSame(found)) continue;
      await deliverFile(world.files, world.random, wanted.path, text, signing.places);
      return found;
    }
  }
  return undefined;
}
