/** Every member that a bundle may have (protobuf-specs, sigstore_bundle.proto, sigstore_rekor.proto, envelope.proto). */

import type { ProtoShape } from '../encoding/index.ts';

const certificate: ProtoShape = { rawBytes: true };

const logEntry: ProtoShape = {
  logIndex: true,
  logId: { keyId: true },
  kindVersion: { kind: true, version: true },
  integratedTime: true,
  inclusionPromise: { signedEntryTimestamp: true },
  inclusionProof: { logIndex: true, rootHash: true, treeSize: true, hashes: true, checkpoint: { envelope: true } },
  canonicalizedBody: true,
};

export const bundleShape: ProtoShape = {
  mediaType: true,
  verificationMaterial: {
    certificate,
    x509CertificateChain: { certificates: certificate },
    publicKey: { hint: true },
    tlogEntries: logEntry,
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: true } },
  },
  messageSignature: { messageDigest: { algorithm: true, digest: true }, signature: true },
  dsseEnvelope: { payload: true, payloadType: true, signatures: { sig: true, keyid: true } },
};
