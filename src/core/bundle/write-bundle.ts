/** Writing bundles of version 0.3, in the proto3 JSON mapping that every client reads. */

import { encodeBase64, type JsonObject } from '../encoding/index.ts';
import { hashAlgorithmNames } from '../log/index.ts';
import type { Bundle, LogEntry, LogInclusion } from './bundle.ts';

/** The media type of the bundles that Countersign writes. */
export const bundleMediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Returns the JSON text of a bundle, on one line. */
export function writeBundle(bundle: Bundle): string {
  return JSON.stringify({
    mediaType: bundle.mediaType,
    verificationMaterial: {
      ...signerJson(bundle.signer),
      tlogEntries: bundle.logEntries.map(logEntryJson),
      timestampVerificationData: {
        rfc3161Timestamps: bundle.timestamps.map((timestamp) => ({ signedTimestamp: encodeBase64(timestamp) })),
      },
    },
    ...contentJson(bundle.content),
  });
}

function signerJson(signer: Bundle['signer']): JsonObject {
  return signer.kind === 'certificate'
    ? { certificate: { rawBytes: encodeBase64(signer.certificate) } }
    : { publicKey: { hint: signer.hint } };
}

function contentJson(content: Bundle['content']): JsonObject {
  const signature = encodeBase64(content.signature);
  if (content.kind === 'dsse-envelope') {
    const { payload, payloadType } = content;
    return { dsseEnvelope: { payload: encodeBase64(payload), payloadType, signatures: [{ sig: signature }] } };
  }
  const { messageDigest } = content;
  return {
    messageSignature: {
      ...(messageDigest && {
        messageDigest: {
          algorithm: hashAlgorithmNames[messageDigest.algorithm],
          digest: encodeBase64(messageDigest.bytes),
        },
      }),
      signature,
    },
  };
}

function logEntryJson(entry: LogEntry): JsonObject {
  const { inclusionProof } = entry;
  return {
    logIndex: entry.logIndex.toString(),
    logId: { keyId: encodeBase64(entry.logKeyId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    // A log of Rekor v2 states no time and gives no promise, only a proof.
    ...(entry.integratedTime > 0n && { integratedTime: entry.integratedTime.toString() }),
    ...(entry.signedEntryTimestamp && {
      inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp) },
    }),
    ...(inclusionProof && { inclusionProof: inclusionJson(inclusionProof) }),
    canonicalizedBody: encodeBase64(entry.canonicalizedBody),
  };
}

function inclusionJson({ logIndex, rootHash, treeSize, hashes, checkpoint }: LogInclusion): JsonObject {
  return {
    logIndex: logIndex.toString(),
    rootHash: encodeBase64(rootHash),
    treeSize: treeSize.toString(),
    hashes: hashes.map(encodeBase64),
    checkpoint: { envelope: checkpoint },
  };
}
