import { decodePem } from "./core-encoding-der-writer.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { ProtoField, encodeBase64, decodeHex } from "./core-encoding-der.mjs";
import { parseJson } from "./core-encoding-json.mjs";
import { reading } from "./core-errors-codes.mjs";
var names = {
  signature: "dev.cosignproject.cosign/signature",
  certificate: "dev.sigstore.cosign/certificate",
  logEntry: "dev.sigstore.cosign/bundle",
  timestamp: "dev.sigstore.cosign/rfc3161timestamp"
};
function bundleOfSignature(annotations) {
  const timestamp = annotations[names.timestamp];
  return readBundle(
    JSON.stringify({
      mediaType,
      verificationMaterial: {
        ...material(annotations),
        ...timestamp !== void 0 && { timestampVerificationData: { rfc3161Timestamps: [timestampOf(timestamp)] } }
      },
      messageSignature: { signature: annotations[names.signature] ?? "" }
    })
  );
}
function bundleOfAttestation(envelope, annotations) {
  const dsseEnvelope = reading(
    "BUNDLE_INVALID",
    "the envelope",
    () => parseJson(envelope, { maxLength: maxBundleLength })
  );
  return readBundle(JSON.stringify({ mediaType, verificationMaterial: material(annotations), dsseEnvelope }));
}
var mediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1";
function material(annotations) {
  const { [names.certificate]: certificate, [names.logEntry]: entry } = annotations;
  return {
    ...certificate === void 0 ? { publicKey: { hint: "" } } : { x509CertificateChain: chainOf(certificate) },
    tlogEntries: entry === void 0 ? [] : [logEntryOf(entry)]
  };
}
function chainOf(pem) {
  const blocks = reading("BUNDLE_INVALID", `the annotation ${names.certificate}`, () => decodePem("CERTIFICATE", pem));
  return { certificates: blocks.map((block) => ({ rawBytes: encodeBase64(block) })) };
}
function logEntryOf(text) {
  const entry = ProtoField.parse(text, "BUNDLE_INVALID", `the annotation ${names.logEntry}`);
  const payload = entry.field("Payload");
  const body = payload.field("body");
  const canonicalizedBody = body.data();
  const { kind, apiVersion } = kindOf(canonicalizedBody, body.path);
  const id = payload.field("logID");
  return {
    logIndex: payload.field("logIndex").uint64().toString(),
    logId: { keyId: encodeBase64(reading("BUNDLE_INVALID", id.path, () => decodeHex(id.text()))) },
    kindVersion: { kind, version: apiVersion },
    integratedTime: payload.field("integratedTime").uint64().toString(),
    inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.field("SignedEntryTimestamp").data()) },
    canonicalizedBody: encodeBase64(canonicalizedBody)
  };
}
function kindOf(body, path) {
  const fields = ProtoField.parse(body, "BUNDLE_INVALID", path);
  return { kind: fields.field("kind").text(), apiVersion: fields.field("apiVersion").text() };
}
function timestampOf(text) {
  const timestamp = ProtoField.parse(text, "BUNDLE_INVALID", `the annotation ${names.timestamp}`);
  return { signedTimestamp: encodeBase64(timestamp.field("SignedRFC3161Timestamp").data()) };
}
export {
  bundleOfAttestation,
  bundleOfSignature
};
