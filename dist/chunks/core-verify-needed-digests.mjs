import { readStatement, statementPayloadType } from "./core-certificate-path.mjs";
import { readCertificate, signingHashes } from "./core-certificate-certificate.mjs";
import { isHashAlgorithm } from "./node-regular-file.mjs";
import { parseJson } from "./core-encoding-json.mjs";
import { attempt } from "./core-errors-reference.mjs";
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
function statedDigests(payload) {
  return readStatement(payload).subjects.flatMap(({ digests }) => digests.map(({ algorithm }) => algorithm));
}
function loggedDigests(body) {
  const text = JSON.stringify(parseJson(body, { maxValues: 1e3 }));
  return [...text.matchAll(/"algorithm":"(?:SHA2_|sha)(256|384|512)"/g)].map(([, bits]) => `sha${bits}`).filter(isHashAlgorithm);
}
function attemptKey(signer) {
  return signer.kind === "certificate" ? attempt(() => readCertificate(signer.certificate).publicKey) : void 0;
}

function notExamined(failure) {
  return { criteria: [], verdict: void 0, failure };
}
function unreadBundle(failure) {
  return { ...notExamined(failure), unread: true };
}
var severity = [
  "invalid",
  "mismatch",
  "absent",
  "unavailable",
  "local",
  "usage"
];
function artifactOutcomes({ results }) {
  const grouped = /* @__PURE__ */ new Map();
  for (const result of results) {
    const group = grouped.get(result.artifact);
    if (group === void 0) grouped.set(result.artifact, [result]);
    else group.push(result);
  }
  return [...grouped].map(([artifact, group]) => ({
    artifact,
    digest: group.find(({ digest }) => digest !== void 0)?.digest,
    image: group[0]?.image,
    results: group,
    failure: group.some(({ verdict }) => verdict !== void 0) ? void 0 : worstOf(group.map((one) => one.failure))
  }));
}
function worstOf(failures) {
  for (const kind of severity) {
    const found = failures.find((failure) => failure?.kind === kind);
    if (found !== void 0) return found;
  }
  return void 0;
}
export {
  artifactOutcomes,
  neededDigests,
  notExamined,
  unreadBundle,
  worstOf
};
