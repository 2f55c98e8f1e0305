import { readStatement, statementPayloadType } from "./core-certificate-path.mjs";
import { readCertificate, signingHashes } from "./core-certificate-certificate.mjs";
import { isHash, isHashAlgorithm } from "./node-regular-file.mjs";
import { parseJson } from "./core-encoding-json.mjs";
import { attempt } from "./core-errors-codes.mjs";
function neededDigests({ content, signer, logEntries }, policy) {
  const needed = /* @__PURE__ */ new Set(["sha256"]);
  const add = (algorithms = []) => {
    for (const algorithm of algorithms) needed.add(algorithm);
  };
  if (content.kind === "dsse-envelope") {
    const { payload, payloadType } = content;
    if (payloadType === statementPayloadType) add(attempt(() => statedDigests(payload)));
    return [...needed];
  }
  const key = policy.signer.kind === "key" ? policy.signer.publicKey : attemptKey(signer);
  if (content.messageDigest !== void 0) add([content.messageDigest.algorithm]);
  if (key !== void 0 && (content.messageDigest === void 0 || key.kind === "ed25519")) add(signingHashes(key));
  for (const { canonicalizedBody } of logEntries) add(attempt(() => loggedDigests(canonicalizedBody)));
  return [...needed];
}
function needsBytes({ content, signer }, policy) {
  if (content.kind !== "message-signature") return false;
  const key = policy.signer.kind === "key" ? policy.signer.publicKey : attemptKey(signer);
  return key?.kind === "ed25519";
}
function statedDigests(payload) {
  return readStatement(payload).subjects.flatMap(
    ({ digests }) => digests.filter(isHash).map(({ algorithm }) => algorithm)
  );
}
function loggedDigests(body) {
  const text = JSON.stringify(parseJson(body, { maxValues: 1e3 }));
  return [...text.matchAll(/"algorithm":"(?:SHA2_|sha)(256|384|512)"/g)].map(([, bits]) => `sha${bits}`).filter(isHashAlgorithm);
}
function attemptKey(signer) {
  return signer.kind === "certificate" ? attempt(() => readCertificate(signer.certificate).publicKey) : void 0;
}
export {
  neededDigests,
  needsBytes
};
