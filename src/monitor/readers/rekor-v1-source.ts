import { fail } from '../../core/errors/index.ts';
import { type LogClientV1, maxRetrieved, type ShardV1 } from '../../services/rekor/index.ts';
import type { ProofSource } from './proof-source.ts';

/** Returns the requests that read a shard of Rekor v1. Its entries have an index over all shards, which its offset is added for. */
export function rekorV1Source(client: LogClientV1, treeId: string): ProofSource {
  const shard = async (): Promise<ShardV1> =>
    (await client.shards()).find((one) => one.treeId === treeId) ??
    fail('CHECKPOINT_ORIGIN', `the log does not have the shard ${treeId} any more`);
  let known: Promise<ShardV1> | undefined;
  // The shards before this one are inactive, so that the offset does not change.
  const offset = async (): Promise<number> => {
    known ??= shard();
    known.catch(() => {
      known = undefined;
    });
    return (await known).offset;
  };
  return {
    requestLength: maxRetrieved,
    requestsAtOnce: 4,
    batchLength: 500,
    head: async () => (await shard()).checkpoint,
    consistencyProof: (first, second) => client.consistencyProof(treeId, first, second),
    entry: async (index) => {
      const entry = await client.entry((await offset()) + index);
      return entry && { bytes: entry.body, treeSize: entry.treeSize, hashes: entry.hashes };
    },
    entries: async (from, to) => {
      const first = (await offset()) + from;
      const bodies = await client.bodies(Array.from({ length: to - from }, (_, at) => first + at));
      const entries: Uint8Array[] = [];
      // Up to the first one that is missing.
      for (let body = bodies.get(first); body !== undefined; body = bodies.get(first + entries.length))
        entries.push(body);
      return entries;
    },
  };
}
