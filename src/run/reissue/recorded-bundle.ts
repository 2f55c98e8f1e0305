/** Describes bundles for the statement that links them. */

import { createHash } from 'node:crypto';
import { digest, formatDigest } from '../../core/crypto/index.ts';
import type { Verdict } from '../../core/verify/index.ts';
import type { RecordedBundle } from '../../sign/predicates/index.ts';

/** Returns what is recorded of a bundle that was verified. */
export function recordedBundle(bytes: Uint8Array | string, { signer, times, logEntries }: Verdict): RecordedBundle {
  const earliest = times.length === 0 ? undefined : new Date(Math.min(...times.map(({ time }) => time.getTime())));
  return {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    ...(signer.kind === 'key'
      ? { key: formatDigest(digest('sha256', signer.publicKey.spki)) }
      : {
          identity: signer.identity.subjectAlternativeName,
          ...(signer.identity.issuer !== undefined && { issuer: signer.identity.issuer }),
        }),
    ...(earliest !== undefined && { signedAt: earliest.toISOString() }),
    logEntries: logEntries.map(({ log, logIndex }) => ({ log: log.baseUrl, index: logIndex.toString() })),
  };
}
