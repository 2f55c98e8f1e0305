import { encodeHex } from '../../core/encoding/index.ts';
import type { DeliveredSubject } from '../../deliver/index.ts';
import { type SignedSubject, signedAt } from './signing-result.ts';

/** Returns a signed subject in the form that deliveries and reports use. */
export function delivered({ subject, digest, bundlePath, verdict }: SignedSubject): DeliveredSubject {
  return {
    name: subject.name,
    digest,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex,
    })),
    signedAt: signedAt(verdict),
  };
}
