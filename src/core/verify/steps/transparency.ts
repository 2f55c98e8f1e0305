/** Step 3: certificate transparency logs that saw the certificate (RFC 6962), so that its issue cannot be hidden. */

import {
  readSignedCertificateTimestamps,
  type SignedCertificateTimestamp,
  verifySignedCertificateTimestamp,
} from '../../certificate/index.ts';
import { countKeys, keyText } from '../../crypto/index.ts';
import { encodeHex, equalBytes } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import type { Policy } from '../../policy/index.ts';
import { covers, type Log, type TrustedRoot } from '../../trust/index.ts';
import { atLeast, type Checked, check } from '../criterion.ts';
import { isFuture } from '../future.ts';
import { remember } from '../remember.ts';
import { findRepeat } from '../repeats.ts';
import type { ClaimedSigner, VerifiedCertificate, VerifiedKeyHolder } from './certificate.ts';

export interface VerifiedSct {
  readonly log: Log;
  readonly timestamp: Date;
}

/** Prepares the step, and starts the signatures of the logs. A long-lived key has no certificate that they could have seen. */
export function transparencyStep(
  trust: TrustedRoot,
  { signer: { kind }, thresholds }: Policy,
  now: Date,
  claimed: ClaimedSigner | undefined,
): (signer: VerifiedKeyHolder | undefined) => Promise<Checked<readonly VerifiedSct[]>> {
  if (kind === 'key') return async () => ({ criteria: [], proven: [] });
  const needed = thresholds.signedCertificateTimestamps;
  const sctsOf = remember((path: ClaimedSigner['paths'][number]) => verifySCTs(path, trust, needed));
  for (const path of claimed?.paths ?? []) sctsOf(path);
  return remember((signer) =>
    check(
      {
        name: 'certificate-transparency',
        expected: atLeast(needed, 'certificate transparency log', 'certificate transparency logs'),
      },
      { certificate: claimed?.paths.find(({ issuer }) => signer?.kind === 'certificate' && issuer === signer.issuer) },
      async ({ certificate }) => {
        const scts = await sctsOf(certificate);
        checkNotInFuture(scts, now);
        return scts;
      },
      (found) => found.map(({ log }) => log.baseUrl).join(', ') || 'none',
    ),
  );
}

/**
 * Verifies the timestamps of the logs that the trusted root knows. Those of other logs neither help nor harm. Two of one log are an error,
 * once there are enough.
 *
 * @param needed the number of distinct logs that must have seen the certificate
 * @throws CountersignError `SCT_INVALID`, `SCT_MISSING`
 */
export async function verifySCTs(
  { certificate, issuer }: Pick<VerifiedCertificate, 'certificate' | 'issuer'>,
  trust: TrustedRoot,
  needed: number,
): Promise<readonly VerifiedSct[]> {
  const verified: VerifiedSct[] = [];
  const timestamps = readSignedCertificateTimestamps(certificate).map((sct) => ({
    sct,
    log: certificateLogOf(sct, trust),
  }));
  for (const { sct, log } of timestamps) {
    if (log === undefined) continue;
    if (!covers(log.validFor, sct.timestamp)) {
      fail(
        'SCT_INVALID',
        `the certificate transparency log ${log.baseUrl} was not trusted at ${sct.timestamp.toISOString()}, when it logged the certificate`,
      );
    }
    if (!(await verifySignedCertificateTimestamp(sct, certificate, issuer, log.publicKey))) {
      fail('SCT_INVALID', `the signed certificate timestamp of the log ${log.baseUrl} is invalid`);
    }
    verified.push({ log, timestamp: sct.timestamp });
  }
  // Counted by key: what a log signs does not name the log, so one signature verifies under each listing of its key.
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= needed))
    fail(
      'SCT_MISSING',
      `the certificate has trusted timestamps from ${logs} of ${needed} required certificate transparency logs`,
    );
  // A log that has seen a certificate has seen it: a second timestamp by it adds nothing.
  const repeat = findRepeat(timestamps, ({ sct, log }) => (log ? keyText(log.publicKey) : encodeHex(sct.logId)));
  if (repeat !== undefined)
    fail(
      'SCT_INVALID',
      `the certificate has two signed certificate timestamps of the log ${repeat.log?.baseUrl ?? encodeHex(repeat.sct.logId)}`,
    );
  return verified;
}

function certificateLogOf({ logId }: SignedCertificateTimestamp, trust: TrustedRoot): Log | undefined {
  return trust.certificateTransparencyLogs.find(({ keyId }) => equalBytes(keyId, logId));
}

/**
 * Checks that no log claims to have seen the certificate in the future.
 *
 * @param timestamps what {@link verifySCTs} returned
 * @throws CountersignError `SCT_INVALID`
 */
export function checkNotInFuture(timestamps: readonly VerifiedSct[], now: Date): void {
  for (const { log, timestamp } of timestamps) {
    if (isFuture(timestamp, now)) {
      fail(
        'SCT_INVALID',
        `the signed certificate timestamp ${timestamp.toISOString()} of the log ${log.baseUrl} is in the future; the clock of this machine shows ${now.toISOString()}`,
        {
          remedy: 'Check the clock of this machine.',
        },
      );
    }
  }
}
