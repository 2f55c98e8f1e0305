import { bundleOfAttestation, bundleOfSignature } from "./fetch-older-signatures.mjs";
import { demandNotTooMany, isBundleObject, malformedRubyGemsBundle, readPep740, readPyPiProvenance, withoutBundle, wrapped } from "./fetch-formats-pep-740.mjs";
import { decodeBase64 } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, decodeUtf8, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-codes.mjs";
function readAttestationList(document) {
  const object = asObject(document);
  if (object === void 0) return readArray(asList(document), "");
  const { attestations, attestations_subject_digests: bySubject } = object;
  if (attestations !== void 0) return readArray(asList(attestations), "attestations");
  if (bySubject !== void 0) return readBySubject(asObject(bySubject));
  return readItem(object, "");
}
function readBySubject(lists) {
  if (lists === void 0) return void 0;
  const found = Object.entries(lists).flatMap(
    ([digest, list]) => (
      // GitHub writes null where there are none.
      list === null ? [] : readArray(asList(list), `attestations_subject_digests[${JSON.stringify(digest)}]`) ?? []
    )
  );
  demandNotTooMany(found.length);
  return found;
}
function readArray(items, at) {
  if (items === void 0) return void 0;
  demandNotTooMany(items.length);
  const read = items.map((item, index) => {
    const object = asObject(item);
    return object === void 0 ? void 0 : readItem(object, `${at}[${index}]`);
  });
  if (items.length > 0 && read.every((item) => item === void 0)) return void 0;
  const found = read.flatMap(
    (item, index) => item ?? withoutBundle(
      `${at}[${index}]`,
      "not a bundle",
      "Check the request or the page that the file was downloaded from."
    )
  );
  demandNotTooMany(found.length);
  return found;
}
function readItem(item, at) {
  const below = (name) => at === "" ? name : `${at}.${name}`;
  if (isBundleObject(item)) return [wrapped(item, at)];
  const { bundle, bundle_url: address, attestation } = item;
  if (asObject(bundle) !== void 0) return [wrapped(bundle ?? null, below("bundle"))];
  const nested = asObject(attestation);
  if (nested !== void 0)
    return readItem({ bundle: nested.bundle ?? null, bundle_url: nested.bundle_url ?? null }, below("attestation"));
  if (asText(address)) {
    return [
      withoutBundle(
        below("bundle"),
        "only the URL of a bundle, which is not downloaded",
        "Download the bundles with `gh attestation download`, or request version 2022-11-28 of the API."
      )
    ];
  }
  return readPep740(item, at) ?? readPyPiProvenance(item, at);
}
function readCosignBundle(document) {
  const object = asObject(document);
  const signature = asText(object?.base64Signature);
  if (object === void 0 || signature === void 0) return void 0;
  return [
    {
      at: "",
      read: () => {
        const annotations = annotationsOf(object, signature);
        const envelope = envelopeOf(signature);
        return envelope === void 0 ? bundleOfSignature(annotations) : bundleOfAttestation(envelope, annotations);
      }
    }
  ];
}
function annotationsOf({ cert, rekorBundle }, signature) {
  const certificate = certificateOf(cert);
  return {
    "dev.cosignproject.cosign/signature": signature,
    ...certificate !== void 0 && { "dev.sigstore.cosign/certificate": certificate },
    ...asObject(rekorBundle) !== void 0 && { "dev.sigstore.cosign/bundle": JSON.stringify(rekorBundle) }
  };
}
function certificateOf(cert) {
  if (cert === void 0 || cert === null || cert === "") return void 0;
  const written = asText(cert) ?? fail("BUNDLE_INVALID", "cert is not a string");
  const pem = written.startsWith("-----BEGIN ") ? written : decodeUtf8(reading("BUNDLE_INVALID", "cert", () => decodeBase64(written.trim())));
  if (pem === void 0) return fail("BUNDLE_INVALID", "cert is not base64-encoded PEM");
  return pem.startsWith("-----BEGIN PUBLIC KEY-----") ? void 0 : pem;
}
function envelopeOf(signature) {
  const text = attempt(() => decodeUtf8(decodeBase64(signature))) ?? "";
  return /^\s*\{/.test(text) ? utf8(text) : void 0;
}
var downloadAgain = "Download the file again. The download failed, requires a login, or used a wrong URL.";
var elsewhere = "Specify the Sigstore bundle (`.sigstore.json`). If the publisher provides none, verify with the tool that created this file.";
var cosignPair = "The file does not contain the log entry, and Countersign does not look it up. Ask the publisher for a bundle (`cosign sign-blob --bundle`), or verify with `cosign verify-blob --signature FILE.sig --certificate FILE.pem`.";
function nameText(bytes, text) {
  const trimmed = text?.trim();
  if (trimmed === void 0) return nameBinary(bytes);
  if (trimmed === "") return { what: "empty", remedy: downloadAgain };
  for (const [shape, named] of texts) if (shape.test(trimmed)) return named;
  return { what: "text", remedy: elsewhere };
}
var texts = [
  [/^<(?:!doctype html|html|head|body)[\s>]/i, { what: "an HTML page", remedy: downloadAgain }],
  [/^<\?xml|^<[a-z][\w:-]*[\s>/]/i, { what: "an XML document", remedy: downloadAgain }],
  [/^-----BEGIN CERTIFICATE-----/, { what: "a certificate, without a signature and log entry", remedy: cosignPair }],
  [
    /^-----BEGIN (?:RSA |EC )?PUBLIC KEY-----/,
    { what: "a public key", remedy: "Specify the public key with `key` and the bundle with `bundle`." }
  ],
  [
    /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
    { what: "a private key", remedy: "Keep it secret. Verification only needs the public key." }
  ],
  [
    /^-----BEGIN PGP /,
    {
      what: "a PGP signature or key",
      remedy: "Verify it with `gpg --verify`, or ask the publisher for a Sigstore bundle."
    }
  ],
  [
    /^-----BEGIN SSH SIGNATURE-----/,
    {
      what: "an SSH signature",
      remedy: "Verify it with `ssh-keygen -Y verify`, or ask the publisher for a Sigstore bundle."
    }
  ],
  [/^-----BEGIN [A-Z0-9 ]+-----/, { what: "a PEM file", remedy: elsewhere }],
  [
    /^untrusted comment:/i,
    {
      what: "a minisign or signify signature",
      remedy: "Verify it with minisign, or ask the publisher for a Sigstore bundle."
    }
  ],
  [
    /^(?:\\?[0-9a-f]{32,128} [ *]\S|[A-Z0-9-]+ ?\([^)\n]+\) ?= ?[0-9a-f]{32,128}\b)/i,
    {
      what: "a checksums file, which is not signed",
      remedy: "If there is a signature for the checksums file, verify the checksums file first, and then the files with it."
    }
  ],
  [
    /^[A-Za-z0-9+/_-]{40,2048}={0,2}$/,
    { what: "a base64-encoded signature without certificate and log entry", remedy: cosignPair }
  ]
];
function nameBinary(bytes) {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  for (const [prefix, what] of binaries) {
    if (begin.startsWith(prefix))
      return { what, remedy: what.includes("compressed") ? "Decompress the file first." : elsewhere };
  }
  return { what: "binary data", remedy: elsewhere };
}
var binaries = [
  ["1f8b", "compressed (gzip)"],
  ["504b", "compressed (zip)"],
  ["28b52ffd", "compressed (zstd)"],
  ["fd377a58", "compressed (xz)"],
  ["425a68", "compressed (bzip2)"],
  ["7f454c46", "a program (ELF)"],
  ["89504e47", "an image (PNG)"],
  ["25504446", "a PDF document"],
  ["3082", "DER: a certificate, a timestamp, or PKCS #7"],
  ["88", "a PGP signature"],
  ["89", "a PGP signature"],
  ["c2", "a PGP signature"]
];
function nameJson(document) {
  const object = asObject(document);
  if (object === void 0) {
    const what = asList(document) === void 0 ? "a JSON value" : "a JSON list";
    return { what, remedy: elsewhere };
  }
  for (const [isMeant, named] of documents) if (isMeant(object)) return named;
  const message = asText(object.message) ?? asText(object.error) ?? asText(asObject(asList(object.errors)?.[0])?.message);
  if (message !== void 0)
    return { what: `the error message of a service: ${JSON.stringify(message.slice(0, 200))}`, remedy: downloadAgain };
  const names = Object.keys(object).slice(0, 3).map((name) => JSON.stringify(name.slice(0, 40)));
  const members = names.length === 0 ? "without members" : `with the members ${names.join(", ")}`;
  return { what: `a JSON document ${members}`, remedy: elsewhere };
}
var has = (...names) => (object) => names.every((name) => name in object);
var typed = (type) => ({ mediaType }) => typeof mediaType === "string" && type.test(mediaType);
var documents = [
  [
    has("payloadType", "payload", "signatures"),
    {
      what: "a DSSE envelope without a log entry",
      remedy: "Verify it with the tool that created it (`slsa-verifier verify-artifact --provenance-path`), or ask the publisher for a Sigstore bundle."
    }
  ],
  [has("_type", "predicateType"), { what: "an unsigned in-toto statement", remedy: elsewhere }],
  [
    typed(/trustedroot/i),
    { what: "a trusted root", remedy: "Specify the trusted root with `trusted-root` and the bundle with `bundle`." }
  ],
  [typed(/signingconfig|clienttrustconfig/i), { what: "a Sigstore configuration file", remedy: elsewhere }],
  [has("signed", "signatures"), { what: "TUF metadata", remedy: elsewhere }],
  [has("bomFormat"), { what: "an SBOM (CycloneDX)", remedy: elsewhere }],
  [has("spdxVersion"), { what: "an SBOM (SPDX)", remedy: elsewhere }],
  [
    has("schemaVersion", "mediaType"),
    { what: "the manifest of a container image", remedy: "Verify the image itself: registry/name@sha256:\u2026." }
  ],
  [has("payload", "protected", "signature"), { what: "a JSON Web Signature", remedy: elsewhere }],
  [
    (object) => has("apiVersion", "kind", "spec")(object) || Object.values(object).some((entry) => "logID" in (asObject(entry) ?? {})),
    { what: "an entry of a transparency log", remedy: elsewhere }
  ],
  [
    has("_id", "dist"),
    {
      what: "npm package metadata",
      remedy: "Download the attestations from the URL in `dist.attestations.url`."
    }
  ]
];
var readers = [readCosignBundle, readAttestationList];
var maxLength = 32 * 1024 * 1024;
function readOtherFormat(bytes, path, failure) {
  const text = decodeUtf8(bytes);
  if (text === void 0) return notText(bytes, path, failure);
  if (!/^\s*[{["\d-]/.test(text.slice(0, 1e3))) return unsupported(path, nameText(bytes, text));
  let document;
  try {
    document = parseJson(text, { maxLength });
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return notJson(text, path, failure, cause, bytes);
  }
  const object = asObject(document);
  if (object !== void 0 && isBundleObject(object)) return malformedRubyGemsBundle(object) ?? failure;
  try {
    for (const read of readers) {
      const found = read(document);
      if (found !== void 0) return found.length > 0 ? found : holdsNone(path);
    }
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return cause;
  }
  return unsupported(path, nameJson(document));
}
var bundleText = /sigstore\.bundle|verificationMaterial|messageSignature|dsseEnvelope|^\s*\{\s*"mediaType"/i;
var oneLine = "If the file contains one bundle per line, its name must end in `.jsonl`.";
function notText(bytes, path, failure) {
  const begin = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  if (!bundleText.test(begin)) return unsupported(path, nameText(bytes, void 0));
  if (/^\s*[{[]/.test(begin)) return failure;
  return unsupported(path, {
    what: "a compressed bundle as GitHub stores it (Snappy)",
    remedy: "Download the bundle with `gh attestation download`."
  });
}
function notJson(text, path, failure, cause, bytes) {
  if (cause.code === "LIMIT_EXCEEDED") return cause;
  if (bundleText.test(text)) {
    const isSeveral = text.trim().includes("\n") && failure.remedy === void 0;
    return isSeveral ? new CountersignError(failure.code, failure.message, { cause: failure, remedy: oneLine }) : failure;
  }
  const isJson = /^\s*[{[]/.test(text);
  return unsupported(path, isJson ? { what: "invalid JSON", remedy: downloadAgain2(cause) } : nameText(bytes, text));
}
function downloadAgain2({ message }) {
  return `The file may be truncated (${message}). Download it again.`;
}
function holdsNone(path) {
  return new CountersignError("BUNDLE_MISSING", `${path} is an empty list of attestations`, {
    remedy: "Check that the request was for this artifact, and that the artifact has attestations."
  });
}
function unsupported(path, { what, remedy }) {
  return new CountersignError("FORMAT_UNSUPPORTED", `${path} is not a Sigstore bundle: it is ${what}`, { remedy });
}

import "./core-bundle-write-bundle.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-bundle-read-bundle.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der-writer.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-errors-codes.mjs";
export {
  readOtherFormat,
  readOtherFormat as readOtherFormat_2
};
