import { readTimestampResponse, readCertificate } from "./core-bundle-read-bundle.mjs";
import { readSequence } from "./core-encoding-der.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import "./node-regular-file.mjs";
import { CountersignError, attempt } from "./core-errors-reference.mjs";
var organizationName = "2.5.4.10";
function withInstance(examination, bundle) {
  const { failure, criteria } = examination;
  if (failure === void 0 || !issuersOf(bundle).some((name) => organizationOf(name) === "GitHub, Inc."))
    return examination;
  const named = new CountersignError(
    failure.code,
    `${failure.message}; the bundle was issued by GitHub's own Sigstore instance`,
    {
      cause: failure,
      remedy: "Verify it with `instance: github`. If you use a trusted root, it must be GitHub's."
    }
  );
  return {
    criteria: criteria.map((one) => one.failure === failure ? { ...one, found: named.message, failure: named } : one),
    verdict: void 0,
    failure: named
  };
}
function issuersOf({ signer, timestamps }) {
  return [
    ...signer.kind === "certificate" ? read(() => readCertificate(signer.certificate).issuer) : [],
    ...timestamps.flatMap(
      (timestamp) => read(() => {
        const { identifier } = readTimestampResponse(timestamp).signer;
        return identifier.kind === "issuer-and-serial" ? identifier.issuer : void 0;
      })
    )
  ];
}
function organizationOf(name) {
  const [organization] = read(
    () => readSequence(name, (attributes) => {
      let found;
      while (!attributes.done) {
        const attribute = attributes.set().sequence();
        const oid = attribute.oid();
        const { contents } = attribute.any();
        if (oid === organizationName) found ??= decodeUtf8(contents);
      }
      return found;
    })
  );
  return organization;
}
function read(work) {
  try {
    const found = work();
    return found === void 0 ? [] : [found];
  } catch {
    return [];
  }
}

import { asObject, asText, parseJson } from "./core-encoding-json.mjs";

function explainInput(bytes, what, path, error) {
  const found = explainText(bytes) ?? explainDocument(bytes, what);
  if (found === void 0) return error;
  return new CountersignError(error.code, `the ${what} ${path} ${found.is}`, { remedy: found.remedy, cause: error });
}
function explainText(bytes) {
  const start = (decodeUtf8(bytes.subarray(0, 256)) ?? "").trimStart();
  if (start.startsWith("<"))
    return { is: "is HTML or XML, not JSON", remedy: "Check the URL that it was downloaded from." };
  if (start.startsWith("-----BEGIN ")) return { is: "is PEM, not JSON", remedy: "Check the path." };
  return void 0;
}
function explainDocument(bytes, what) {
  const document = asObject(attempt(() => parseJson(bytes)));
  if (document === void 0) return void 0;
  const type = (asText(document.mediaType ?? document.media_type) ?? "").toLowerCase();
  if (type.includes("clienttrustconfig") || "trustedRoot" in document && "signingConfig" in document) {
    const member = what === "signing config" ? "signingConfig" : "trustedRoot";
    return {
      is: "is a ClientTrustConfig, which contains a trusted root and a signing config",
      remedy: `Write the member \`${member}\` to a separate file (\`jq .${member} FILE\`), and specify that file.`
    };
  }
  if (type.includes("signingconfig.v0.1"))
    return {
      is: "is a signing config of version 0.1, which is not supported",
      remedy: "Use a signing config of version 0.2."
    };
  const kinds = [
    ["trusted root", type.includes("trustedroot")],
    ["signing config", type.includes("signingconfig")],
    ["bundle", type.includes("bundle")],
    ["TUF root", "signed" in document && "signatures" in document]
  ];
  const [kind] = kinds.find(([, isIt]) => isIt) ?? [];
  if (kind === void 0 || kind === what) return void 0;
  const remedies = {
    "trusted root": "Specify it with `trusted-root`.",
    "signing config": "Specify it with `signing-config`.",
    "TUF root": "Specify it with `tuf-root`, and the URL of its repository with `tuf-url`."
  };
  return { is: `is a ${kind}`, remedy: remedies[kind] ?? "Check the path." };
}
export {
  explainInput,
  withInstance
};
