import { readCertificate, readValidityWindow, readPublicKey, shownUrl } from "./core-certificate-certificate.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
var mediaTypes = /* @__PURE__ */ new Set([
  "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "application/vnd.dev.sigstore.trustedroot.v0.1+json",
  "application/vnd.dev.sigstore.trustedroot.v0.2+json"
]);
var keyDetails = {
  PKIX_RSA_PKCS1V5: 3,
  PKIX_RSA_PSS: 4,
  PKIX_ECDSA_P256_SHA_256: 5,
  PKIX_ED25519: 7,
  PKIX_RSA_PKCS1V15_2048_SHA256: 9,
  PKIX_RSA_PKCS1V15_3072_SHA256: 10,
  PKIX_RSA_PKCS1V15_4096_SHA256: 11,
  PKIX_ECDSA_P384_SHA_384: 12,
  PKIX_ECDSA_P521_SHA_512: 13,
  PKIX_RSA_PSS_2048_SHA256: 16,
  PKIX_RSA_PSS_3072_SHA256: 17,
  PKIX_RSA_PSS_4096_SHA256: 18
};
var keyKinds = {
  PKIX_ECDSA_P256_SHA_256: "ecdsa-p256",
  PKIX_ED25519: "ed25519",
  PKIX_ECDSA_P384_SHA_384: "ecdsa-p384",
  PKIX_ECDSA_P521_SHA_512: "ecdsa-p521"
};
var maxLength = 4 * 1024 * 1024;
var maxItems = 64;
function readTrustedRoot(json) {
  const root = ProtoField.parse(json, "TRUSTED_ROOT_INVALID", "trustedRoot", { maxLength });
  const mediaType = root.field("mediaType").text();
  if (!mediaTypes.has(mediaType))
    root.field("mediaType").fail(`is ${JSON.stringify(mediaType)}, which is not a supported trusted root type`);
  return {
    certificateAuthorities: supported(root.field("certificateAuthorities").list(maxItems), readAuthority),
    certificateTransparencyLogs: supported(root.field("ctlogs").list(maxItems), readLog),
    transparencyLogs: supported(root.field("tlogs").list(maxItems), readTransparencyLog),
    timestampAuthorities: supported(root.field("timestampAuthorities").list(maxItems), readAuthority)
  };
}
function readTrustedRoots(json) {
  return splitTrustedRoots(json).map((text) => readTrustedRoot(text));
}
function splitTrustedRoots(json) {
  const text = typeof json === "string" ? json : decodeUtf8(json) ?? fail("TRUSTED_ROOT_INVALID", "the trusted root is not valid UTF-8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const isOneEach = lines.every((line) => line.trim().startsWith("{"));
  if (lines.length <= 1 || !isOneEach) return [text];
  if (lines.length > maxItems)
    fail("LIMIT_EXCEEDED", `the file has ${lines.length} trusted roots; the limit is ${maxItems}`);
  return lines;
}
function supported(items, read) {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (error instanceof CountersignError && error.code === "KEY_UNSUPPORTED") return [];
      throw error;
    }
  });
}
function readAuthority(authority) {
  const certificates = authority.field("certChain").field("certificates").list(maxItems);
  const [first, ...others] = certificates.map((one) => readCertificate(one.field("rawBytes").data(), one.path));
  return {
    uri: shownUrl(authority.field("uri").string()),
    chain: [first ?? authority.field("certChain").fail("has no certificates"), ...others],
    validFor: readValidityWindow(authority.field("validFor"))
  };
}
function readLog(log) {
  const key = log.field("publicKey");
  return {
    baseUrl: shownUrl(log.field("baseUrl").text()),
    keyId: log.field("logId").field("keyId").data(),
    // Reads the window first: a log without a start is refused whatever its key.
    validFor: readValidityWindow(key.field("validFor")),
    publicKey: readLogKey(key)
  };
}
function readLogKey(field) {
  const details = field.field("keyDetails").enum(keyDetails) ?? fail("KEY_UNSUPPORTED", `${field.path} has an unsupported key type`);
  const key = reading("TRUSTED_ROOT_INVALID", field.path, () => readPublicKey(field.field("rawBytes").data()));
  if (key.kind !== (keyKinds[details] ?? "rsa")) field.fail(`is a key of type ${key.kind}, not ${details}`);
  return key;
}
function readTransparencyLog(field) {
  const log = readLog(field);
  if (!URL.canParse(log.baseUrl)) field.field("baseUrl").fail("is not a URL");
  const { hostname, host } = new URL(log.baseUrl);
  return { ...log, checkpointKey: { names: [hostname, host], keyId: log.keyId, publicKey: log.publicKey } };
}
export {
  readTrustedRoot,
  readTrustedRoots,
  splitTrustedRoots
};
