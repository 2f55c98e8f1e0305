import { CountersignError, attempt } from "./core-errors-codes.mjs";
function explainFailure({ criteria, failure }, addition, remedy) {
  const explained = new CountersignError(failure.code, `${failure.message}; ${addition}`, { cause: failure, remedy });
  return {
    criteria: criteria.map(
      (one) => one.failure === failure ? { ...one, found: explained.message, failure: explained } : one
    ),
    verdict: void 0,
    failure: explained
  };
}

import { readCertificate } from "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import { readFulcioClaims } from "./core-log-cosignature.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-certificate-certificate.mjs";

import { readSequence } from "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import { meetsAddress } from "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-certificate.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

function withLetterCase(examination, bundle, policies) {
  if (examination.failure === void 0) return examination;
  const failed = examination.criteria.find(({ failure }) => failure === examination.failure);
  const found = failed && foundValue(bundle, failed);
  if (failed === void 0 || found === void 0) return examination;
  const expected = policies.flatMap((policy) => expectations(policy, failed));
  const near = expected.find(({ kind, value }) => meetsAddress({ kind, value: folded(value) }, folded(found)));
  if (near === void 0) return examination;
  const spelling = near.kind === "path" ? found.slice(0, near.value.length) : found;
  return explainFailure(
    examination,
    "only the case of letters differs",
    `Names are compared exactly. If this is the expected signer, write the name as in the certificate: ${spelling}`
  );
}
function foundValue({ signer }, { name, about }) {
  if (signer.kind !== "certificate") return void 0;
  return attempt(() => {
    const certificate = readCertificate(signer.certificate);
    if (name === "identity") {
      const [only] = certificate.subjectAlternativeNames;
      return only === void 0 || only.kind === "unknown" ? void 0 : only.value;
    }
    const claims = readFulcioClaims(certificate);
    return Object.entries(claims).find(([claim]) => claim === (about ?? "issuer"))?.[1];
  });
}
function expectations({ signer }, { name, about }) {
  if (signer.kind !== "identity") return [];
  if (name === "claim") return signer.claims.flatMap(({ claim, expected }) => claim === about ? expected : []);
  const one = name === "identity" ? signer.identity : signer.issuer;
  return typeof one === "string" ? [] : [one];
}
function folded(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

import { readTimestampResponse } from "./core-certificate-path.mjs";

var organizationName = "2.5.4.10";
function withInstance(examination, bundle) {
  if (examination.failure === void 0) return examination;
  if (!issuersOf(bundle).some((name) => organizationOf(name) === "GitHub, Inc.")) return examination;
  return explainFailure(
    examination,
    "the bundle was issued by GitHub's own Sigstore instance",
    "Verify it with `instance: github`. If you use a trusted root, it must be GitHub's."
  );
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
export {
  withInstance,
  withLetterCase
};
