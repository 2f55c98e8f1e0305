import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  readStatement,
  statementPayloadType
} from "./chunk-4NIE3LUV.mjs";
import {
  isHashAlgorithm,
  readCertificate,
  signingHashes
} from "./chunk-UYWXTOMP.mjs";
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  CountersignError
} from "./chunk-4KXGZMC2.mjs";

// src/core/verify/needed-digests.ts
function neededDigests({ content, signer, logEntries }, policy) {
  const needed = /* @__PURE__ */ new Set(["sha256"]);
  const add = (algorithms) => {
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
  const text = JSON.stringify(parseJson(body));
  return [...text.matchAll(/"algorithm":"(?:SHA2_|sha)(256|384|512)"/g)].map(([, bits]) => `sha${bits}`).filter(isHashAlgorithm);
}
function attemptKey(signer) {
  const [key] = attempt(() => signer.kind === "certificate" ? [readCertificate(signer.certificate).publicKey] : []);
  return key;
}
function attempt(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof CountersignError) return [];
    throw error;
  }
}

export {
  neededDigests
};
