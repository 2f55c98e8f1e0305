/** Verifies checkpoints that others were shown of a log. */

import { equalBytes } from '../../core/encoding/index.ts';
import { attempt, CountersignError } from '../../core/errors/index.ts';
import { type Checkpoint, readCheckpoint, verifyCheckpoint, verifyTreeHead } from '../../core/log/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';
import { splitOrigin, verifyHead } from '../readers/index.ts';
import type { TrustedLog } from './request.ts';

export type ViewVerdict =
  | { readonly kind: 'view'; readonly head: TreeHead }
  /** It is the checkpoint of another trusted log, whose checkpoints have the same origin, and not a view of this one. */
  | { readonly kind: 'of another log'; readonly baseUrl: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Verifies a checkpoint that others were shown. Logs can share an origin, such as the shards of a host. A witness has one checkpoint for
 * an origin, which is that of the last shard.
 *
 * @param trusted all logs of the trusted root, also those that are not audited
 */
export async function verifyView(
  note: string,
  log: MonitoredLog,
  trusted: readonly TrustedLog[],
): Promise<ViewVerdict> {
  let reason: string;
  try {
    return { kind: 'view', head: await verifyHead(log, note) };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    reason = error.message;
  }
  const checkpoint = attempt(() => readCheckpoint(note));
  if (checkpoint === undefined || !log.names.includes(checkpoint.origin)) return { kind: 'invalid', reason };
  const namesakes = trusted.filter(
    (other) => !equalBytes(other.keyId, log.keyId) && isNameOf(checkpoint.origin, other),
  );
  for (const other of namesakes)
    if (await isSignedBy(checkpoint, other)) return { kind: 'of another log', baseUrl: other.baseUrl };
  return { kind: 'invalid', reason };
}

/** Reports whether the origin of a checkpoint is that of a log, or of a shard of it. */
export function isNameOf(origin: string, { baseUrl }: Pick<TrustedLog, 'baseUrl'>): boolean {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  return [url?.hostname, url?.host, baseUrl.replace(/^https?:\/\//, '')].includes(splitOrigin(origin).host);
}

async function isSignedBy(checkpoint: Checkpoint, { keyId, publicKey }: TrustedLog): Promise<boolean> {
  const names = [splitOrigin(checkpoint.origin).host];
  const checks = [
    () => verifyCheckpoint(checkpoint, { names, keyId, publicKey }),
    () => verifyTreeHead(checkpoint, { logId: keyId, publicKey }),
  ];
  for (const check of checks) {
    try {
      await check();
      return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
    }
  }
  return false;
}
