/** In which words cosign and our command refuse an image, in each layout, and what cosign does not look at. */

import type { ImageVerifierName, Layout } from './image-clients.ts';
import type { AttachedPart } from './spoil-attached.ts';

/** The fault that is introduced. */
export type ImageFault = 'identity' | 'image' | AttachedPart;

type Words = Readonly<Partial<Record<ImageFault, RegExp>>>;

const cosignsOfBundles = {
  identity: /expected SAN value/,
  image: /provided artifact digest does not match any digest in statement/,
};
const ours = {
  identity: /^IDENTITY_MISMATCH: /,
  image: /^ARTIFACT_MISMATCH: /,
  claim: /^SIGNATURE_INVALID: /,
  certificate: /^CERTIFICATE_UNTRUSTED: /,
};
const oursOfBundles = {
  ...ours,
  signature: /^TIMESTAMP_MISMATCH: /,
  checkpoint: /^CHECKPOINT_INVALID: /,
  timestamp: /^TIMESTAMP_INVALID: /,
};

/** A refusal for any other reason is none: least of all that nothing was found. */
const refusals: Readonly<Record<ImageVerifierName, Readonly<Record<Layout, Words>>>> = {
  cosign: {
    // Of a log of Rekor v2, it makes the entry again from the bundle, and finds that the proof is not one of that.
    'bundle, Rekor v2': {
      ...cosignsOfBundles,
      claim: /calculated root/,
      signature: /calculated root/,
      certificate: /calculated root/,
      checkpoint: /unverified checkpoint signature/,
      timestamp: /unable to verify signed timestamps/,
    },
    'bundle, Rekor v1': {
      ...cosignsOfBundles,
      claim: /entry payload hash \S+ does not match envelope payload hash/,
      signature: /transparency log signature does not match/,
      certificate: /transparency log certificate does not match/,
      'log entry': /not enough verified log entries/,
      checkpoint: /signature on checkpoint did not verify/,
      // It is content with the time that this log signs, and does not look at a timestamp besides.
    },
    'older layout': {
      identity: /none of the expected identities matched/,
      image: /invalid or missing digest in claim|no matching subject digest found/,
      claim: /matching bundle to payload/,
      // An attestation's is in its payload, of which the entry has the digest.
      signature: /signature in bundle does not match signature being verified|matching bundle to payload/,
      certificate: /comparing public key PEMs/,
      'log entry': /failed to extract signature from bundle|matching bundle to payload/,
      'signed entry timestamp': /unable to verify SET/,
    },
  },
  countersign: {
    'bundle, Rekor v2': { ...oursOfBundles, 'log entry': /^LOG_ENTRY_MISMATCH: / },
    'bundle, Rekor v1': { ...oursOfBundles, 'log entry': /^LOG_ENTRY_INVALID: / },
    'older layout': {
      ...ours,
      signature: /^SIGNATURE_INVALID: /,
      'log entry': /^LOG_ENTRY_INVALID: /,
      'signed entry timestamp': /^LOG_ENTRY_INVALID: /,
    },
  },
};

/** @returns `undefined` where a fault is passed over, and what has it is accepted */
export function refusalOf(verifier: ImageVerifierName, layout: Layout, fault: ImageFault): RegExp | undefined {
  return refusals[verifier][layout][fault];
}
