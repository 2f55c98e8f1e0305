import { expectStatus } from "./services-http-answer.mjs";
import { ProtoField, decodeHex } from "./core-encoding-der.mjs";
import { parseJson, asObject } from "./core-encoding-json.mjs";
import { attempt, fail, reading } from "./core-errors-codes.mjs";
var maxAnswerLength = 16 * 1024 * 1024;
var maxProofHashes = 64;
var uuidShape = /^(?:[0-9a-f]{16})?[0-9a-f]{64}$/;
function isUuid(text) {
  return uuidShape.test(text);
}
function readAnswerV1(body, { origin }) {
  const what = `the response of the transparency log (${origin})`;
  const answer = reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(body, { maxLength: maxAnswerLength }));
  const uuids = Object.keys(asObject(answer) ?? {});
  const [uuid = ""] = uuids;
  if (uuids.length !== 1 || !isUuid(uuid)) {
    fail("SERVICE_RESPONSE_INVALID", `${what} does not contain exactly one entry with its UUID`);
  }
  const entry = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what, { maxLength: maxAnswerLength }).field(uuid);
  const stored = entry.field("attestation").field("data");
  return { uuid, entry: toLogEntry(entry), attestation: stored.present ? attempt(() => stored.bytes()) : void 0 };
}
function toLogEntry(entry) {
  const canonicalizedBody = entry.field("body").data();
  const verification = entry.field("verification");
  const proof = verification.field("inclusionProof");
  return {
    // Over all shards: it is what the promise is about. The proof has an index of its own, in its shard.
    logIndex: entry.field("logIndex").uint64(),
    logKeyId: hexadecimal(entry.field("logID")),
    ...kindVersion(canonicalizedBody, entry.field("body").path),
    integratedTime: entry.field("integratedTime").uint64(),
    signedEntryTimestamp: verification.field("signedEntryTimestamp").data(),
    inclusionProof: {
      logIndex: proof.field("logIndex").uint64(),
      rootHash: hexadecimal(proof.field("rootHash")),
      treeSize: proof.field("treeSize").uint64(),
      hashes: proof.field("hashes").list(maxProofHashes).map(hexadecimal),
      checkpoint: proof.field("checkpoint").text()
    },
    canonicalizedBody
  };
}
function kindVersion(body, path) {
  const fields = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", path);
  return { kind: fields.field("kind").text(), version: fields.field("apiVersion").text() };
}
function hexadecimal(field) {
  return reading("SERVICE_RESPONSE_INVALID", field.path, () => decodeHex(field.text()));
}
var timeoutMilliseconds = 3e4;
async function fetchEntryV1(http, baseUrl, wanted, notYet = []) {
  const request = {
    method: "GET",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v1/log/entries/${wanted}`),
    headers: { accept: "application/json" },
    service: "the transparency log",
    quotes: "message",
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength,
    notYet
  };
  const { body } = expectStatus(request, await http(request), 200);
  const answer = readAnswerV1(body, request.url);
  const { uuid } = answer;
  if (uuid.slice(-64) !== wanted.slice(-64)) {
    fail(
      "SERVICE_RESPONSE_INVALID",
      `the transparency log (${request.url.origin}) returned the entry ${uuid} instead of ${wanted}`
    );
  }
  return answer;
}
export {
  fetchEntryV1,
  isUuid,
  maxAnswerLength,
  readAnswerV1
};
