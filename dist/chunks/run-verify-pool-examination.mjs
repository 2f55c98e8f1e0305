import { examineUnderRoots } from "./run-policy-load-policy.mjs";
import { maxWholeLength, aboutOthers, isAboutOthers, isWorse, namedAlgorithms } from "./run-verify-bundle-pool.mjs";
import { notExamined, unreadBundle } from "./report-verification-report.mjs";
import { neededDigests, needsBytes } from "./core-verify-needed-digests.mjs";
import { examiner } from "./core-certificate-path.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
var fewArtifacts = 100;
var maxKeptLength = 32 * 1024 * 1024;
var maxLooseUnread = 100;
function looseUnread({ unread }, names, max) {
  const loose = [];
  for (const one of unread) {
    if (one.stem !== void 0 && names.has(one.stem)) continue;
    if (loose.length < max) loose.push(one);
    else if (isWorse(one, loose)) loose[max - 1] = one;
  }
  return loose;
}
var PoolExamination = class {
  pool;
  #roots;
  #isBrief;
  /** The unreadable bundles that may be any artifact's. */
  #looseUnread;
  #aboutOthers = /* @__PURE__ */ new Map();
  /** In the order of their last use. */
  #begun = /* @__PURE__ */ new Map();
  #keptLength = 0;
  #needs;
  /**
   * @param artifacts the number of artifacts
   * @param names their names, after which bundles may be named
   */
  constructor(pool, roots, artifacts, names) {
    this.pool = pool;
    this.#roots = roots;
    this.#isBrief = artifacts > fewArtifacts;
    this.#looseUnread = looseUnread(pool, names, this.#isBrief ? 1 : maxLooseUnread);
  }
  /** The digests of an artifact that the bundles need, and whether they need its bytes. */
  get needs() {
    this.#needs ??= this.#findNeeds();
    return this.#needs;
  }
  /** Examines one of the bundles for an artifact. */
  async examine(found, artifact, kind, now) {
    const isOther = isAboutOthers(found, artifact.digests);
    if (this.#isBrief && isOther) return notExamined(this.#failureOfOther(found));
    const begun = this.#begin(found, now);
    const [digest] = artifact.digests;
    if (kind !== "digest" || digest === void 0 || isOther) return this.#examine(begun, artifact, kind);
    const key = formatDigest(digest);
    const examination = begun.byDigest.get(key) ?? this.#examine(begun, artifact, kind);
    begun.byDigest.set(key, examination);
    return examination;
  }
  /**
   * Returns what is reported for an artifact that none of the chosen bundles verifies: that none is about it, and the bundles that
   * cannot be read, any of which may be the one that it lacks.
   */
  unfound(chosen, digests) {
    const unread = this.#looseUnread.filter((one) => !chosen.includes(one));
    const isNoneAbout = chosen.length === 0 && (this.pool.bundles.length > 0 || unread.length === 0);
    return [
      ...isNoneAbout ? [{ bundle: void 0, ...notExamined(aboutOthers(this.pool, digests)) }] : [],
      ...unread.map(({ path, failure }) => ({ bundle: path, ...unreadBundle(failure) }))
    ];
  }
  /** Returns the same failure for all artifacts. */
  #failureOfOther(found) {
    const known = this.#aboutOthers.get(found);
    if (known !== void 0) return known;
    const failure = new CountersignError("ARTIFACT_MISMATCH", "the bundle is for other artifacts", {
      remedy: "Check that the artifact was not changed after signing, and that its bundle is among the specified bundles."
    });
    this.#aboutOthers.set(found, failure);
    return failure;
  }
  async #examine({ bundle, under }, artifact, kind) {
    const examined = await examineUnderRoots(under, (examine) => examine(artifact));
    const examination = await explained(examined, bundle, this.#roots);
    const isTooLong = kind !== "digest" && this.#roots.some(({ policy }) => failsByLength(examination, bundle, artifact, policy));
    return isTooLong ? notExamined(tooLong()) : examination;
  }
  #begin(found, now) {
    const known = this.#begun.get(found);
    if (known !== void 0) {
      this.#begun.delete(found);
      this.#begun.set(found, known);
      return known;
    }
    const { bundle } = found;
    const { content } = bundle;
    const length = 1024 + (content.kind === "dsse-envelope" ? content.payload.length : 0);
    const under = this.#roots.map(({ choice, policy }) => examiner(bundle, choice.trust, policy, now));
    const begun = { bundle, length, under, byDigest: /* @__PURE__ */ new Map() };
    for (const [oldest, { length: freed }] of this.#begun) {
      if (this.#keptLength + length <= maxKeptLength) break;
      this.#begun.delete(oldest);
      this.#keptLength -= freed;
    }
    this.#begun.set(found, begun);
    this.#keptLength += length;
    return begun;
  }
  #findNeeds() {
    const algorithms = /* @__PURE__ */ new Set(["sha256", ...namedAlgorithms(this.pool)]);
    let whole = false;
    for (const found of this.pool.bundles) {
      if (found.content === "dsse-envelope") continue;
      const { bundle } = found;
      for (const { policy } of this.#roots) {
        for (const algorithm of neededDigests(bundle, policy)) algorithms.add(algorithm);
        whole ||= needsBytes(bundle, policy);
      }
    }
    return { algorithms: [...algorithms], whole };
  }
};
function failsByLength({ failure }, bundle, { bytes }, policy) {
  return failure?.code === "SIGNATURE_INVALID" && bytes === void 0 && needsBytes(bundle, policy);
}
function tooLong() {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    "LIMIT_EXCEEDED",
    `the signature may be a pure Ed25519 signature, which requires the whole artifact in memory; the limit is ${megabytes} MiB`,
    { remedy: "Sign larger files with Ed25519ph, or with a different type of key." }
  );
}
var otherInstance = /* @__PURE__ */ new Set([
  "TIMESTAMP_UNTRUSTED",
  "TIMESTAMP_MISSING",
  "CERTIFICATE_UNTRUSTED",
  "SCT_MISSING",
  "LOG_ENTRY_MISSING"
]);
var otherCase = /* @__PURE__ */ new Set([
  "ISSUER_MISMATCH",
  "IDENTITY_MISMATCH",
  "CLAIM_MISMATCH"
]);
async function explained(examination, bundle, roots) {
  const { failure } = examination;
  if (failure === void 0) return examination;
  if (otherCase.has(failure.code)) {
    const letters = await import("./run-verify-letter-case.mjs");
    const policies = roots.map(({ policy }) => policy);
    return letters.withLetterCase(examination, bundle, policies);
  }
  const chosen = roots.some(({ choice }) => choice.instance === "github");
  if (chosen || !otherInstance.has(failure.code)) return examination;
  const other = await import("./run-verify-letter-case.mjs");
  return other.withInstance(examination, bundle);
}
export {
  PoolExamination,
  explained
};
