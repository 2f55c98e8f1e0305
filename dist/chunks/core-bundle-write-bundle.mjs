import { hashAlgorithmNames } from "./core-certificate-signed-certificate-timestamp.mjs";
import { encodeBase64 } from "./core-encoding-der.mjs";
var bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
function writeBundle(bundle) {
  return JSON.stringify({
    mediaType: bundle.mediaType,
    verificationMaterial: {
      ...signerJson(bundle.signer),
      tlogEntries: bundle.logEntries.map(logEntryJson),
      timestampVerificationData: {
        rfc3161Timestamps: bundle.timestamps.map((timestamp) => ({ signedTimestamp: encodeBase64(timestamp) }))
      }
    },
    ...contentJson(bundle.content)
  });
}
function signerJson(signer) {
  return signer.kind === "certificate" ? { certificate: { rawBytes: encodeBase64(signer.certificate) } } : { publicKey: { hint: signer.hint } };
}
function contentJson(content) {
  const signature = encodeBase64(content.signature);
  if (content.kind === "dsse-envelope") {
    const { payload, payloadType } = content;
    return { dsseEnvelope: { payload: encodeBase64(payload), payloadType, signatures: [{ sig: signature }] } };
  }
  const { messageDigest } = content;
  return {
    messageSignature: {
      ...messageDigest && {
        messageDigest: {
          algorithm: hashAlgorithmNames[messageDigest.algorithm],
          digest: encodeBase64(messageDigest.bytes)
        }
      },
      signature
    }
  };
}
function logEntryJson(entry) {
  const { inclusionProof } = entry;
  return {
    logIndex: entry.logIndex.toString(),
    logId: { keyId: encodeBase64(entry.logKeyId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    // A log of Rekor v2 states no time and gives no promise, only a proof.
    ...entry.integratedTime > 0n && { integratedTime: entry.integratedTime.toString() },
    ...entry.signedEntryTimestamp && {
      inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp) }
    },
    ...inclusionProof && { inclusionProof: inclusionJson(inclusionProof) },
    canonicalizedBody: encodeBase64(entry.canonicalizedBody)
  };
}
function inclusionJson({ logIndex, rootHash, treeSize, hashes, checkpoint }) {
  return {
    logIndex: logIndex.toString(),
    rootHash: encodeBase64(rootHash),
    treeSize: treeSize.toString(),
    hashes: hashes.map(encodeBase64),
    checkpoint: { envelope: checkpoint }
  };
}
export {
  bundleMediaType,
  writeBundle
};
