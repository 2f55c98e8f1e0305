import { decodePem } from "./core-encoding-der-writer.mjs";
import { decodeBase64 } from "./core-encoding-der.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import { attempt, fail, reading } from "./core-errors-codes.mjs";
function readDetached(signature, certificate) {
  const text = decodeUtf8(signature)?.trim();
  if (text?.startsWith("{"))
    fail("FORMAT_UNSUPPORTED", "the signature file contains a JSON document; expected the signature of an artifact", {
      remedy: "Attestations without a log entry cannot be upgraded. Attest the artifact again."
    });
  return {
    signature: (text === void 0 ? void 0 : attempt(() => decodeBase64(text))) ?? signature,
    certificate: leafOf(decodeUtf8(certificate) ?? "")
  };
}
function leafOf(text) {
  const [leaf] = reading(
    "CERTIFICATE_INVALID",
    "the certificate file",
    () => decodePem("CERTIFICATE", pemText(text) ?? "")
  );
  return leaf;
}
function pemText(text) {
  const trimmed = text.trim();
  return trimmed.startsWith("-----BEGIN ") ? text : attempt(() => decodeUtf8(decodeBase64(trimmed)));
}

import { exactly, matching, pathWithin } from "./core-certificate-certificate.mjs";

import "./core-errors-codes.mjs";

var spdx = pathWithin("https://spdx.dev/Document");
var cyclonedx = pathWithin("https://cyclonedx.org/bom");
var provenance02 = exactly("https://slsa.dev/provenance/v0.2");
var vulns = pathWithin("https://in-toto.io/attestation/vulns");
var words = /* @__PURE__ */ new Map([
  ["sbom", [spdx, cyclonedx]],
  ["spdx", [spdx]],
  ["spdxjson", [spdx]],
  ["cyclonedx", [cyclonedx]],
  ["slsaprovenance", [provenance02]],
  ["slsaprovenance02", [provenance02]],
  ["slsaprovenance1", [exactly("https://slsa.dev/provenance/v1")]],
  ["link", [exactly("https://in-toto.io/Link/v1"), pathWithin("https://in-toto.io/attestation/link")]],
  ["vuln", [exactly("https://cosign.sigstore.dev/attestation/vuln/v1"), vulns]],
  ["vulns", [vulns]],
  ["test-result", [pathWithin("https://in-toto.io/attestation/test-result")]],
  ["release", [pathWithin("https://in-toto.io/attestation/release")]],
  ["openvex", [pathWithin("https://openvex.dev/ns")]],
  ["custom", [exactly("https://cosign.sigstore.dev/attestation/v1")]]
]);
function requiredAttestation(type) {
  const expected = words.get(type);
  if (expected !== void 0) return { type, expected };
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^*\s]/.test(type))
    fail("POLICY_INVALID", `\`require-attestation\` is ${JSON.stringify(type)}, which is not a type of attestation`, {
      remedy: `Use one of ${[...words.keys()].join(", ")}, or a predicate type (a URI).`
    });
  return { type, expected: [matching(type)] };
}
export {
  readDetached,
  requiredAttestation
};
