/** Reads an entry that a log of Rekor v2 has already, with its proof. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { covers, type TransparencyLog, type TrustedRoot } from '../../core/trust/index.ts';
import { logUrl } from '../../monitor/log/index.ts';
import { openReader } from '../../monitor/readers/index.ts';
import type { Http } from '../../services/http/index.ts';

/** Returns the log of the trusted root with this URL that was valid at all of these times; `undefined` if there is none. */
export function logOf(trust: TrustedRoot, url: string, times: readonly Date[]): TransparencyLog | undefined {
  return trust.transparencyLogs.find(
    ({ baseUrl, validFor }) => logUrl(baseUrl) === logUrl(url) && times.every((time) => covers(validFor, time)),
  );
}

/**
 * Reads an entry. The log's checkpoint and the proof are verified; whether it is the entry that was wanted is not.
 *
 * @param log from the trusted root
 * @throws CountersignError those of reading the log
 */
export async function recoverEntry(log: TransparencyLog, index: number, http: Http): Promise<LogEntry> {
  const { baseUrl, publicKey, keyId, validFor, checkpointKey } = log;
  const names = [...new Set(checkpointKey.names)];
  const reader = openReader(
    { protocol: 'rekor-v2', baseUrl: logUrl(baseUrl), publicKey, keyId, names, validFor },
    { http },
  );
  const head = await reader.head();
  const { bytes, proof } = await reader.entry(index, head);
  const logIndex = BigInt(index);
  return {
    logIndex,
    logKeyId: keyId,
    kind: 'hashedrekord',
    version: '0.0.2',
    integratedTime: 0n,
    signedEntryTimestamp: undefined,
    inclusionProof: {
      logIndex,
      rootHash: head.root,
      treeSize: BigInt(head.size),
      hashes: proof,
      checkpoint: decodeUtf8(head.note) ?? fail('CHECKPOINT_INVALID', 'the checkpoint is not valid UTF-8'),
    },
    canonicalizedBody: bytes,
  };
}
