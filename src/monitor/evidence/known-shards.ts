/** The shards of public logs of Rekor v1, in which an index over all shards can be found. */

import { encodeHex } from '../../core/encoding/index.ts';

/** The id of the key of rekor.sigstore.dev. */
const publicGoodKey = 'c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d';

/** The index over all shards of the first entry of each shard. The first two shards have ended, so the offsets never change. */
const publicGoodOffsets: Readonly<Record<string, number>> = {
  'rekor.sigstore.dev - 3904496407287907110': 0,
  'rekor.sigstore.dev - 2605736670972794746': 4_163_431,
  'rekor.sigstore.dev - 1193050959916656506': 121_904_262,
};

/**
 * Returns the number of entries of earlier shards. No log signs it, so it is known only for the public log: a log that has one shard today
 * could be said to have had another one before.
 */
export function shardOffset(origin: string, keyId: Uint8Array): number | undefined {
  if (encodeHex(keyId) !== publicGoodKey || !Object.hasOwn(publicGoodOffsets, origin)) return undefined;
  return publicGoodOffsets[origin];
}
