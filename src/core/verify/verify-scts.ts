/** Step 3: that certificate transparency logs saw the certificate (RFC 6962), so that its issue cannot be hidden. */

import { readSignedCertificateTimestamps, verifySignedCertificateTimestamp } from '../certificate/index.ts';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { covers, type Log, type TrustedRoot } from '../trust/index.ts';
import type { VerifiedCertificate } from './verify-certificate.ts';

export interface VerifiedSct {
  readonly log: Log;
  readonly timestamp: Date;
}

/**
 * Verifies the timestamps of the logs that the trusted root knows. Those of other logs neither help nor harm.
 *
 * @param needed how many distinct logs must have seen it
 */
export async function verifySCTs(
  { certificate, issuer }: VerifiedCertificate,
  trust: TrustedRoot,
  needed: number,
): Promise<readonly VerifiedSct[]> {
  const verified: VerifiedSct[] = [];
  for (const sct of readSignedCertificateTimestamps(certificate)) {
    const log = trust.certificateTransparencyLogs.find(({ keyId }) => equalBytes(keyId, sct.logId));
    if (log === undefined) continue;
    if (!covers(log.validFor, sct.timestamp)) {
      fail(
        'SCT_INVALID',
        `the log ${log.baseUrl} was not trusted at ${sct.timestamp.toISOString()}, when it saw the certificate`,
      );
    }
    if (!(await verifySignedCertificateTimestamp(sct, certificate, issuer, log.publicKey))) {
      fail('SCT_INVALID', `the certificate's timestamp by the log ${log.baseUrl} does not verify`);
    }
    verified.push({ log, timestamp: sct.timestamp });
  }
  const logs = new Set(verified.map(({ log }) => log)).size;
  if (!(logs >= needed))
    fail('SCT_MISSING', `${logs} trusted certificate transparency logs saw the certificate; ${needed} must have`);
  return verified;
}
