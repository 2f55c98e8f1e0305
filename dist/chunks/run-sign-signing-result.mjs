import { CountersignError, fail } from "./core-errors-codes.mjs";
async function untilCancelled(work, what, remedy, cancellation) {
  const cancelled = () => fail("CANCELLED", `cancelled while ${what}`, { remedy });
  if (cancellation.aborted) cancelled();
  let abort = () => void 0;
  const end = new Promise((_, reject) => {
    abort = () => reject(cancellation.reason);
  });
  cancellation.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work(), end]);
  } catch (error) {
    if (cancellation.aborted) cancelled();
    throw error;
  } finally {
    cancellation.removeEventListener("abort", abort);
  }
}

var releaseId = /^[1-9]\d{0,14}$/;
var tagPrefix = "refs/tags/";
function readReleaseTarget(text, ref) {
  if (text === "draft") {
    if (ref === void 0 || !ref.startsWith(tagPrefix) || ref === tagPrefix)
      fail("USAGE", "`release: draft` names the draft of the tag that started the run, and no tag did", {
        remedy: "Specify the tag or the ID of the release with `release`, or run the workflow for a tag."
      });
    return { kind: "draft", tag: ref.slice(tagPrefix.length) };
  }
  if (releaseId.test(text)) return { kind: "id", id: Number(text) };
  const tag = text.startsWith(tagPrefix) ? text.slice(tagPrefix.length) : text;
  if (tag === "" || new RegExp("[\\s~^:?*[\\\\]|\\.\\.|\\p{Cc}", "u").test(tag))
    fail("USAGE", `\`release\` is ${JSON.stringify(text)}, which is not a tag`, {
      remedy: "Specify a tag, the ID of a release, or `draft`."
    });
  return { kind: "tag", tag };
}

import { subjectName } from "./node-concurrency.mjs";

function signedBy({
  signer
}) {
  if (signer.kind !== "identity") fail("IDENTITY_MISMATCH", "the bundle was signed with a long-lived key");
  const { issuer = "" } = signer.identity;
  return { ...signer, identity: { ...signer.identity, issuer } };
}
function signedAt({ times }) {
  return new Date(Math.min(...times.map(({ time }) => time.getTime())));
}
function demandComplete(result, options = {}) {
  const failure = incompleteness(result, options);
  if (failure !== void 0) throw failure;
}
function incompleteness({ signed, unsigned }, { listed = false }) {
  const [first] = unsigned;
  if (first === void 0) return void 0;
  const { error, subject } = first;
  const failed = new Set(unsigned.map((one) => one.subject));
  const others = new Set(signed.flatMap((one) => failed.has(one.subject) ? [] : [one.subject]));
  const kept = others.size === 0 ? "" : `The bundles of the other ${others.size} subjects were written. Run again to sign only the missing ones.`;
  const reason = listed ? "" : `; ${subjectName(subject)}: ${error.message}`;
  const remedy = [listed ? "" : error.remedy ?? "", kept].filter((text) => text !== "").join(" ");
  return new CountersignError(
    error.code,
    `${failed.size} of ${failed.size + others.size} subjects were not signed${reason}`,
    { cause: error, ...remedy !== "" && { remedy } }
  );
}
export {
  demandComplete,
  incompleteness,
  readReleaseTarget,
  signedAt,
  signedBy,
  untilCancelled
};
