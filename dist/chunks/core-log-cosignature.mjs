import { readDer } from "./core-encoding-der.mjs";
import { concatBytes, decodeUtf8, equalBytes, isWellFormed, readUint, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
var fulcioExtensionArcs = {
  issuer: 8,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
  tokenSubject: 24
};
function claimName(claim) {
  return claim.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
var arc = "1.3.6.1.4.1.57264.1";
function readFulcioClaims(certificate) {
  const claims = {};
  for (const [claim, number] of Object.entries(fulcioExtensionArcs)) {
    const oid = `${arc}.${number}`;
    const extension = certificate.extensions.get(oid);
    if (extension === void 0) continue;
    claims[claim] = reading(
      "CERTIFICATE_INVALID",
      `the extension ${oid}`,
      () => readDer(extension.value, (der2) => der2.utf8String())
    );
  }
  const rawIssuer = certificate.extensions.get(`${arc}.1`);
  if (rawIssuer !== void 0) {
    const issuer = decodeUtf8(rawIssuer.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.1 is not UTF-8`);
    if (claims.issuer !== void 0 && claims.issuer !== issuer)
      fail("CERTIFICATE_INVALID", "the certificate has two different OIDC issuers");
    claims.issuer = issuer;
  }
  return claims;
}
var olderFulcioExtensionArcs = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6
};
function readOlderFulcioClaims(certificate) {
  const claims = {};
  for (const [claim, number] of Object.entries(olderFulcioExtensionArcs)) {
    const extension = certificate.extensions.get(`${arc}.${number}`);
    if (extension === void 0) continue;
    claims[claim] = decodeUtf8(extension.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.${number} is not UTF-8`);
  }
  return claims;
}

import { verifySignature } from "./core-certificate-certificate.mjs";

import { keyText, readPublicKey } from "./core-certificate-certificate.mjs";

import { der } from "./core-encoding-der-writer.mjs";

import { decodeBase64 } from "./core-encoding-der.mjs";

import { decodeHex, encodeHex } from "./core-encoding-der.mjs";

import { sha256 } from "./node-regular-file.mjs";

var maxLength = 1024 * 1024;
var maxSignatures = 100;
var forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
var signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
function readSignedNote(note) {
  if (note.length > maxLength)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${note.length} characters; the limit is ${maxLength}`);
  if (forbidden.test(note) || !isWellFormed(note))
    fail("CHECKPOINT_INVALID", "the checkpoint contains control characters");
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n") || note.length === split + 2)
    fail("CHECKPOINT_INVALID", "the checkpoint has no signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${lines.length} signatures; the limit is ${maxSignatures}`);
  return { text: note.slice(0, split + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}
function readSignatureLine(line) {
  const [, name = "", encoded = ""] = signatureLine.exec(line) ?? fail("CHECKPOINT_INVALID", "the checkpoint has a malformed signature line");
  const bytes = reading("CHECKPOINT_INVALID", `the checkpoint's signature by ${name}`, () => decodeBase64(encoded));
  if (bytes.length < 5) fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
function signedBytes(note) {
  return utf8(note.text);
}
function countWitnesses(witnesses) {
  const parties = [];
  for (const key of witnesses) {
    const marks = [`name ${key.name}`, `key ${key.type === "ml-dsa-44" ? encodeHex(key.raw) : keyText(key.publicKey)}`];
    const same = parties.filter((party) => marks.some((mark) => party.has(mark)));
    for (const party of same) parties.splice(parties.indexOf(party), 1);
    parties.push(/* @__PURE__ */ new Set([...marks, ...same.flatMap((party) => [...party])]));
  }
  return parties.length;
}
var ed25519Type = 4;
var mlDsaType = 6;
var mlDsaKeyLength = 1312;
function splitVerifierKey(text, owner) {
  const [, name = "", keyId = "", encoded = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? fail("KEY_INVALID", `a ${owner} key must have the form <name>+<8 hexadecimal digits>+<base64>`);
  const bytes = reading("KEY_INVALID", `the key of the ${owner} ${name}`, () => decodeBase64(encoded));
  return { name, keyId, bytes };
}
function checkKeyId({ name, keyId }, hashed, owner) {
  const keyHint = sha256(hashed).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(keyId)))
    fail("KEY_INVALID", `the key of the ${owner} ${name} does not match its key ID ${keyId}`);
  return keyHint;
}
function readEd25519Key(raw) {
  return readPublicKey(der.sequence(der.sequence(der.oid("1.3.101.112")), der.bitString(raw)));
}
function readMlDsaKey(raw) {
  if (raw.length !== mlDsaKeyLength)
    fail("KEY_INVALID", `an ML-DSA-44 key must have ${mlDsaKeyLength} bytes, not ${raw.length}`);
  return raw;
}
function readWitnessKey(text) {
  const parts = splitVerifierKey(text, "witness");
  const { name, bytes } = parts;
  if (bytes[0] !== ed25519Type && bytes[0] !== mlDsaType)
    fail("KEY_UNSUPPORTED", `the key of the witness ${name} is not a cosignature key of Ed25519 or ML-DSA-44`);
  const keyHint = checkKeyId(parts, concatBytes(utf8(`${name}
`), bytes), "witness");
  const raw = bytes.subarray(1);
  return bytes[0] === mlDsaType ? { type: "ml-dsa-44", name, keyHint, raw: readMlDsaKey(raw) } : { type: "ed25519-cosignature", name, keyHint, publicKey: readEd25519Key(raw) };
}
async function isCosignedBy(checkpoint, witness) {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint)
  );
  for (const { signature } of lines) {
    if (!await isSigned(checkpoint, witness, signature))
      fail("CHECKPOINT_INVALID", `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}
async function isSigned(checkpoint, witness, cosignature) {
  if (witness.type === "ml-dsa-44")
    return (await import("./core-log-ml-dsa.mjs")).isSignedByMlDsa(checkpoint, witness, cosignature);
  const { publicKey } = witness;
  return verifySignature(publicKey, cosignature.subarray(8), cosignedText(checkpoint, cosignature), "sha512");
}
function cosignedText({ note }, cosignature) {
  const time = readUint(cosignature.subarray(0, 8));
  return concatBytes(utf8(`cosignature/v1
time ${time}
`), signedBytes(note));
}

import { meets } from "./core-certificate-certificate.mjs";

var owned = /* @__PURE__ */ new Set(["identity", "sourceRepositoryUri", "sourceRepositoryOwnerUri"]);
var numbers = /* @__PURE__ */ new Set([
  "sourceRepositoryIdentifier",
  "sourceRepositoryOwnerIdentifier"
]);
var namesOwner = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+\//;
var namesDomain = /^(?:[^@/]*@[^@*/\s]+|[^@!/]*![^@!*/\s]+)$/;
var namesHostAlone = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/]*)?$/;
function leavesOpen(what, expected) {
  const patterns = expected.filter(({ kind }) => kind !== "exact");
  return patterns.some((one) => isOpen(what, one)) || isMetByAll(what, patterns);
}
function isOpen(what, { kind, value }) {
  if (kind === "path") return (owned.has(what) || workflows.has(what)) && namesHostAlone.test(value);
  if (/^[*/:.@-]+$/.test(value)) return true;
  if (what === "identity") return !namesOwner.test(fixedPart(value)) && !namesDomain.test(value);
  if (owned.has(what)) return isAddress(fixedPart(value)) && !namesOwner.test(fixedPart(value));
  return numbers.has(what) && /^[\d*]*$/.test(value);
}
function fixedPart(pattern) {
  return pattern.split("*", 1)[0] ?? "";
}
function isAddress(fixed) {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(fixed) || ["https://", "http://"].some((each) => each.startsWith(fixed));
}
var workflows = /* @__PURE__ */ new Set(["buildSignerUri", "buildConfigUri", "runInvocationUri"]);
function strangers(what, host) {
  switch (what) {
    case "issuer":
      return [
        ["https://a.stranger.example", "https://b.another.test"],
        ["https://a.stranger.example/x", "https://b.another.test/y"]
      ];
    case "buildSignerUri":
    case "buildConfigUri":
      return [
        [
          `https://${host}/stranger-1/one/.github/workflows/a.yml@refs/heads/x`,
          `https://${host}/stranger-2/two/.github/workflows/b.yaml@refs/tags/y`,
          `https://${host}/another/three/.github/workflows/c.yml@refs/pull/7/merge`
        ]
      ];
    case "runInvocationUri":
      return [[`https://${host}/stranger-1/one/actions/runs/1/attempts/2`, `https://${host}/another/two/-/jobs/345`]];
    case "sourceRepositoryRef":
      return [["refs/heads/x", "refs/tags/y", "refs/pull/7/merge"]];
    case "sourceRepositoryDigest":
    case "buildSignerDigest":
    case "buildConfigDigest":
      return [["0123456789", "fedcba9876", "5af05af05a"].map((digits) => digits.repeat(4))];
    case "buildTrigger":
      return [["push", "pull_request_target", "workflow_dispatch", "schedule", "release", "merge_group"]];
    case "runnerEnvironment":
      return [["github-hosted", "self-hosted"]];
    case "sourceRepositoryVisibility":
      return [["public", "private", "internal"]];
    case "deploymentEnvironment":
      return [["production", "staging", "a b", "x/y"]];
    case "tokenSubject":
      return [
        [
          "repo:stranger-1/one:ref:refs/heads/x",
          "repo:stranger-2/two:environment:production",
          "repo:another/three:pull_request"
        ]
      ];
    default:
      return [];
  }
}
function isMetByAll(what, patterns) {
  return patterns.some(
    ({ value }) => strangers(what, /^https:\/\/([^/*\s]+)\//.exec(value)?.[1] ?? "github.com").some(
      (group) => group.every((one) => patterns.some((pattern) => meets(pattern, one)))
    )
  );
}
export {
  checkKeyId,
  claimName,
  countWitnesses,
  fulcioExtensionArcs,
  isCosignedBy,
  isSigned,
  leavesOpen,
  olderFulcioExtensionArcs,
  readEd25519Key,
  readFulcioClaims,
  readMlDsaKey,
  readOlderFulcioClaims,
  readSignedNote,
  readWitnessKey,
  signedBytes,
  splitVerifierKey
};
