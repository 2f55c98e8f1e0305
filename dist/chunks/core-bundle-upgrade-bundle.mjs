import { fetchAnswer } from "./run-search-query.mjs";
import { bundleMediaType, writeBundle } from "./core-bundle-write-bundle.mjs";
import { examine } from "./core-certificate-path.mjs";
import { leafHash } from "./core-certificate-signed-certificate-timestamp.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { equalDigests, isHash } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
function upgradeBundle({ signer, logEntries, timestamps, content }, digest) {
  if (logEntries.some(({ inclusionProof }) => inclusionProof === void 0))
    fail("BUNDLE_UNSUPPORTED", "a log entry has no inclusion proof, which bundles of version 0.3 require");
  return {
    mediaType: bundleMediaType,
    version: "0.3",
    signer: signer.kind === "certificate" ? { kind: "certificate", certificate: signer.certificate } : signer,
    logEntries,
    timestamps,
    content: content.kind === "message-signature" ? { ...content, messageDigest: content.messageDigest ?? digest } : content
  };
}
function differentPart(older, newer) {
  if (!isSameSigner(older, newer)) return "the certificate or key";
  if (!isSameContent(older.content, newer.content)) return "the signature or its content";
  if (!isEach(older.timestamps, newer.timestamps, equalBytes)) return "the timestamps";
  if (!isEach(older.logEntries, newer.logEntries, isSameEntry)) return "the log entries";
  return void 0;
}
function isSameSigner({ signer: older }, { signer: newer }) {
  if (older.kind === "certificate")
    return newer.kind === "certificate" && equalBytes(older.certificate, newer.certificate);
  return newer.kind === "public-key" && older.hint === newer.hint;
}
function isSameContent(older, newer) {
  if (!equalBytes(older.signature, newer.signature)) return false;
  if (older.kind === "message-signature") {
    const { messageDigest } = older;
    if (newer.kind !== "message-signature") return false;
    if (messageDigest === void 0) return true;
    return newer.messageDigest !== void 0 && equalDigests(messageDigest, newer.messageDigest);
  }
  if (newer.kind !== "dsse-envelope") return false;
  return older.payloadType === newer.payloadType && equalBytes(older.payload, newer.payload);
}
function isSameEntry(older, newer) {
  const isSame = older.logIndex === newer.logIndex && older.integratedTime === newer.integratedTime && older.kind === newer.kind && older.version === newer.version && equalBytes(older.logKeyId, newer.logKeyId) && equalBytes(older.canonicalizedBody, newer.canonicalizedBody) && isSameOrAbsent(older.signedEntryTimestamp, newer.signedEntryTimestamp, equalBytes);
  if (!isSame) return false;
  return older.inclusionProof === void 0 || isSameOrAbsent(older.inclusionProof, newer.inclusionProof, isSameProof);
}
function isSameProof(older, newer) {
  return older.logIndex === newer.logIndex && older.treeSize === newer.treeSize && older.checkpoint === newer.checkpoint && equalBytes(older.rootHash, newer.rootHash) && isEach(older.hashes, newer.hashes, equalBytes);
}
function isSameOrAbsent(older, newer, isSame) {
  if (older === void 0 || newer === void 0) return older === newer;
  return isSame(older, newer);
}
function isEach(older, newer, isSame) {
  if (older.length !== newer.length) return false;
  return older.every((one, index) => {
    const other = newer[index];
    return other !== void 0 && isSame(one, other);
  });
}
async function withProofs(entries, trust, http) {
  return Promise.all(
    entries.map((entry) => entry.inclusionProof === void 0 ? withProof(entry, trust, http) : entry)
  );
}
async function withProof(entry, { transparencyLogs }, http) {
  const logs = transparencyLogs.filter(({ keyId }) => equalBytes(keyId, entry.logKeyId));
  const [log] = logs;
  if (log === void 0) fail("LOG_UNKNOWN", "the trusted root does not contain the transparency log of the entry");
  const leaf = encodeHex(leafHash(entry.canonicalizedBody));
  const { entry: answered } = await fetchAnswer(http, log.baseUrl, logs, leaf).catch(
    (failure) => failWithoutProof(failure, log.baseUrl)
  );
  if (answered.logIndex !== entry.logIndex || answered.integratedTime !== entry.integratedTime)
    fail(
      "LOG_ENTRY_MISMATCH",
      `the log ${log.baseUrl} returned the entry ${answered.logIndex} instead of ${entry.logIndex}`,
      {
        remedy: "Sign the artifact again."
      }
    );
  return { ...entry, inclusionProof: answered.inclusionProof };
}
function failWithoutProof(cause, url) {
  if (!(cause instanceof CountersignError)) throw cause;
  const { code, message } = cause;
  const isNetwork = code === "NETWORK_UNAVAILABLE" || code === "SERVICE_UNAVAILABLE";
  fail(
    code,
    `the signature has a promise of the log ${url} but no inclusion proof, and the proof cannot be fetched: ${message}`,
    {
      cause,
      remedy: isNetwork ? "Run again with a connection to the log." : "Check that the trusted root has the current URL of the log. If the log no longer serves its entries, sign the artifact again."
    }
  );
}
async function upgradeSignature(old, artifact, roots, { http, clock }) {
  const { root, verdict } = await verifyUnderOne(old, artifact, roots, clock());
  if (old.version === "0.3") return { kind: "current" };
  const logEntries = await withProofs(old.logEntries, root.choice.trust, http);
  const { digest } = verdict.content;
  const text = writeBundle(
    upgradeBundle({ ...old, logEntries }, digest !== void 0 && isHash(digest) ? digest : void 0)
  );
  const bundle = readBundle(text);
  const verified = await verifyUnderOne(bundle, artifact, [root], clock());
  const difference = differentPart(old, bundle);
  if (difference !== void 0) fail("BUNDLE_INVALID", `the new bundle would not have ${difference} of the old one`);
  return { kind: "upgraded", text, bundle, verdict: verified.verdict };
}
async function verifyUnderOne(bundle, artifact, roots, now) {
  let best;
  for (const root of roots) {
    const examination = await examine(bundle, artifact, root.choice.trust, root.policy, now);
    if (examination.verdict !== void 0) return { root, verdict: examination.verdict };
    if (best === void 0 || passes(examination) > passes(best)) best = examination;
  }
  throw best?.failure ?? fail("TRUSTED_ROOT_MISSING", "no trusted root specified");
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}
export {
  differentPart,
  upgradeSignature
};
