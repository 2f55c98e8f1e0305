/** In which words each verifier refuses, and what each does not look at. */

import type { Form } from './client.ts';
import type { VerifierName } from './court.ts';
import type { LogVersion } from './instance.ts';
import type { Part } from './spoil.ts';

/** The fault that is introduced. */
export type Fault = 'file' | 'identity' | Part;

/** Besides, a certificate that no log has seen. */
export type Refusal = Fault | 'certificate log';

/** A refusal for any other reason is none: it may be of the command, not of the bundle. */
export const refusals: Readonly<Record<VerifierName, Readonly<Record<Refusal, RegExp>>>> = {
  cosign: {
    file: /invalid signature when validating|artifact digests do not match digests in statement/,
    identity: /expected SAN value/,
    // Of a log of Rekor v2, it makes the entry again from the bundle, and finds that the proof is not one of that.
    signature: /transparency log signature does not match|calculated root/,
    certificate: /transparency log certificate does not match|calculated root/,
    // A bundle with an entry that contradicts itself it does not read at all, and takes it for one of its older form.
    'log entry': /not enough verified log entries|--trusted-root only supported/,
    checkpoint: /signature on checkpoint did not verify|unverified checkpoint signature/,
    'certificate log': /unable to meet threshold of 1/,
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
    'certificate log': /SCT|not enough/,
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
    'certificate log': /^SCT_MISSING: /,
    timestamp: /^TIMESTAMP_INVALID: /,
  },
  'sigstore-go': {
    file: /invalid signature when validating|artifact digests do not match digests in statement/,
    identity: /expected SAN value/,
    signature: /transparency log signature does not match|calculated root/,
    certificate: /transparency log certificate does not match|calculated root/,
    'log entry': /not enough verified log entries|not a recognizable Rekor v1 or Rekor v2 type/,
    checkpoint: /signature on checkpoint did not verify|unverified checkpoint signature/,
    timestamp: /unable to verify signed timestamps/,
    'certificate log': /unable to meet threshold of 1/,
  },
  'sigstore-js': {
    file: /signature verification failed/,
    identity: /certificate identity error/,
    signature: /timestamp could not be verified/,
    certificate: /Failed to verify certificate chain/,
    'log entry': /calculated root hash does not match inclusion proof|inclusion promise could not be verified/,
    checkpoint: /invalid checkpoint signature/,
    timestamp: /timestamp could not be verified/,
    'certificate log': /expected 1 SCTs, got 0/,
  },
};

/** Reports whether a verifier accepts an input in spite of a fault, which is harmless unless the file itself has it. */
export function isPassedOver(fault: Fault, log: LogVersion, form: Form, verifier: VerifierName): boolean {
  if (verifier === 'countersign') return false;
  // Whether a statement is about the artifact, sigstore-js leaves to who calls it.
  if (fault === 'file') return verifier === 'sigstore-js' && form === 'attestation';
  // The others are content with the time that a log of Rekor v1 signs.
  if (fault === 'timestamp') return log === 1 && verifier !== 'sigstore-js';
  // sigstore-go, of which cosign is made, makes an entry of Rekor v2 again from the bundle, and does not look at the one that is there.
  return fault === 'log entry' && log === 2 && (verifier === 'cosign' || verifier === 'sigstore-go');
}
