/** In which words each verifier refuses, and what each does not look at. */

import type { ClientName } from './court.ts';
import type { LogVersion } from './instance.ts';
import type { Part } from './spoil.ts';

/** What is another than it should be. */
export type Fault = 'file' | 'identity' | Part;

/** A refusal for any other reason is none: it may be of the command, not of the bundle. */
export const refusals: Readonly<Record<ClientName, Readonly<Record<Fault, RegExp>>>> = {
  cosign: {
    file: /invalid signature when validating|artifact digests do not match digests in statement/,
    identity: /expected SAN value/,
    // Of a log of Rekor v2, it makes the entry again from the bundle, and finds that the proof is not one of that.
    signature: /transparency log signature does not match|calculated root/,
    certificate: /transparency log certificate does not match|calculated root/,
    // A bundle with an entry that contradicts itself it does not read at all, and takes it for one of its older form.
    'log entry': /not enough verified log entries|--trusted-root only supported/,
    checkpoint: /signature on checkpoint did not verify|unverified checkpoint signature/,
    timestamp: /unable to verify signed timestamps/,
  },
  'sigstore-python': {
    file: /message digest mismatch|no subject for digest/,
    identity: /SANs do not match/,
    // Where the only time is that of a timestamp, it is what first tells another signature.
    signature: /Signature is invalid|DSSE: invalid signature|not enough sources of verified time/,
    certificate: /signature does not match/,
    'log entry': /inclusion proof contains invalid root hash/,
    checkpoint: /checkpoint: invalid signature/,
    timestamp: /not enough sources of verified time/,
  },
  countersign: {
    file: /^ARTIFACT_MISMATCH: /,
    identity: /^IDENTITY_MISMATCH: /,
    signature: /^TIMESTAMP_MISMATCH: /,
    certificate: /^CERTIFICATE_UNTRUSTED: /,
    // A log of Rekor v1 signs its entries one by one, which is looked at first.
    'log entry': /^LOG_ENTRY_(?:INVALID|MISMATCH): /,
    checkpoint: /^CHECKPOINT_INVALID: /,
    timestamp: /^TIMESTAMP_INVALID: /,
  },
};

/** Whether a verifier passes over a part, which is then accepted whatever it is, with no harm. */
export function isPassedOver(part: Part, log: LogVersion, verifier: ClientName): boolean {
  if (verifier === 'countersign') return false;
  // Both judges are content with the time that a log of Rekor v1 signs.
  if (part === 'timestamp') return log === 1;
  // cosign makes an entry of Rekor v2 again from the bundle, and does not look at the one that is there.
  return part === 'log entry' && log === 2 && verifier === 'cosign';
}
