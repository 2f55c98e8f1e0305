/** Verifies the heads that logs sign. */

import { utf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Checkpoint, readCheckpoint, verifyCheckpoint, verifyTreeHead } from '../../core/log/index.ts';
import { isCertificateLog, type MonitoredLog, type TreeHead } from '../log/index.ts';

/** Returns the latest time of a verified cosignature of a checkpoint; `undefined` if it has none. */
export type CosignatureTime = (checkpoint: Checkpoint) => Promise<Date | undefined>;

/**
 * Verifies a checkpoint of a log: its origin and its signature. The tree head of a log of RFC 6962 must be in the form of a note.
 *
 * @throws CountersignError `CHECKPOINT_INVALID`, `CHECKPOINT_ORIGIN`
 *
 * @example
 * const { size, root } = await verifyHead(log, 'log.example.test\n3\n…');
 */
export async function verifyHead(log: MonitoredLog, note: string, cosignedAt?: CosignatureTime): Promise<TreeHead> {
  const checkpoint = readCheckpoint(note);
  const { origin, rootHash: root } = checkpoint;
  if (!log.names.includes(origin)) {
    const expected = log.names.map((name) => JSON.stringify(name)).join(' or ');
    fail('CHECKPOINT_ORIGIN', `the origin of the checkpoint is ${JSON.stringify(origin)}; expected ${expected}`);
  }
  const size = Number(checkpoint.size);
  if (!Number.isSafeInteger(size)) fail('CHECKPOINT_INVALID', `the tree size ${checkpoint.size} is not supported`);
  const { publicKey, keyId } = log;
  const signsTreeHeads = isCertificateLog(log.protocol);
  if (!signsTreeHeads)
    await verifyCheckpoint(checkpoint, { names: log.names.map((name) => splitOrigin(name).host), keyId, publicKey });
  const time = signsTreeHeads
    ? await verifyTreeHead(checkpoint, { logId: keyId, publicKey })
    : await cosignedAt?.(checkpoint);
  return { origin, size, root, note: utf8(note), time, frozen: log.protocol === 'rekor-v2' && isFrozen(checkpoint) };
}

/** Splits the origin of a shard of Rekor v1, which signs with the name of the host alone: `rekor.example.test - 1193050959916656506`. */
export function splitOrigin(origin: string): { readonly host: string; readonly treeId: string | undefined } {
  const [, host, treeId] = /^(.*) - (\d+)$/.exec(origin) ?? [];
  return { host: host ?? origin, treeId };
}

/** Reports whether a checkpoint has the extension line of a frozen log (rekor-tiles, cmd/freeze-checkpoint). */
function isFrozen({ note }: Checkpoint): boolean {
  return note.text
    .split('\n')
    .slice(3)
    .some((line) => line.startsWith('Log frozen \u2014 '));
}
