import { demandNoObstacles, digestToSign, examineExisting, hashedAtOnce, restoreEarlier, statementAbout } from "./run-sign-attest.mjs";
import { imageSignature } from "./report-retry-text.mjs";
import { holdsStatement, signBundle } from "./identity-providers-github-actions.mjs";
import { bundlePaths, distinctPath } from "./deliver-bundle-paths.mjs";
import { isWithin } from "./core-bundle-read-bundle.mjs";
import { hashObserver, withBytesOf } from "./subject-digest-file.mjs";
import { artifactOfDigest } from "./core-certificate-path.mjs";
import { concurrently, inTurns } from "./node-concurrency.mjs";
import { equalDigests, formatDigest, toDigest } from "./node-regular-file.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
function pathsForEach(subjects, { bundlePath, places }, { noun, remedy }) {
  const [only, ...others] = subjects;
  if (bundlePath === void 0 || only === void 0)
    return { bundlePaths: bundlePaths(subjects, places), isPathGiven: false };
  if (others.length === 0) return { bundlePaths: /* @__PURE__ */ new Map([[only, bundlePath]]), isPathGiven: true };
  return fail("USAGE", `\`bundle\` specifies one file for ${subjects.length} ${noun}`, { remedy });
}
async function* signEach(plan, world) {
  const prepared = [];
  const obstacles = [];
  for await (const result of concurrently(plan.subjects, plan.concurrency, (one) => prepare(one, plan, world))) {
    if ("error" in result) yield result;
    else if ("reason" in result) obstacles.push(result);
    else prepared.push(result);
  }
  demandNoObstacles(obstacles, plan.overwrite);
  await plan.beforeSigning(plan.subjects.length);
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  prepared.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  let outage;
  const hashing = inTurns(hashedAtOnce);
  yield* concurrently(prepared, plan.pace.limit, async (one) => {
    const { subject } = one;
    if (outage !== void 0) return { subject, error: outage };
    try {
      return await plan.pace.take(() => signOne(one, plan, hashing, world));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (stopsRun(error)) outage = error;
      return { subject, error };
    }
  });
}
function stopsRun({ kind, code, cause }) {
  return kind === "unavailable" || code === "NETWORK_UNAVAILABLE" || /^(?:ENOSPC|EDQUOT)$/.test(systemCode(cause) ?? "");
}
async function prepare(subject, plan, world) {
  const { bundlePaths: bundlePaths2, signing } = plan;
  const wanted = bundlePaths2.get(subject) ?? fail("DELIVERY_FAILED", `there is no path for the bundle of ${subject.name}`);
  try {
    for (const bundlePath of pathsFor(subject, wanted, plan)) {
      const existing = await examineExisting(bundlePath, signing, world);
      const prepared = { subject, bundlePath };
      if (existing.kind === "nothing") return restored(prepared, plan, world);
      if (existing.kind === "foreign" && plan.overwrite && !existing.isFolder) return prepared;
      if (existing.kind === "foreign") return { ...existing, path: bundlePath };
      const digest = await digestOf(subject, plan, world);
      if (isSignedAlready(existing, subject, digest, plan)) {
        return { ...prepared, existing: { digest, verdict: existing.verdict } };
      }
      if (mayReplace(existing, subject, digest, bundlePath, plan)) return prepared;
    }
    if (plan.overwrite) return { subject, bundlePath: wanted };
    return { path: wanted, reason: "is a bundle of this run for a different subject", isFolder: false };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}
async function restored(prepared, plan, world) {
  if (plan.earlier === void 0) return prepared;
  const { subject, bundlePath } = prepared;
  const digest = await digestOf(subject, plan, world);
  const wanted = { path: bundlePath, subjects: [subject], digests: [digest] };
  const found = await restoreEarlier(wanted, (one) => isSignedAlready(one, subject, digest, plan), plan, world);
  return found === void 0 ? prepared : { ...prepared, existing: { digest, verdict: found.verdict } };
}
function* pathsFor(subject, wanted, { bundlePaths: bundlePaths2, isPathGiven }) {
  yield wanted;
  if (subject.kind !== "digest" || isPathGiven) return;
  const other = distinctPath(wanted, subject);
  if (![...bundlePaths2.values()].includes(other)) yield other;
}
function isSignedAlready(existing, subject, digest, plan) {
  return !existing.isUnlogged && existing.signedIn !== "another run" && equalDigests(existing.digest, digest) && isOf(subject, plan)(existing.content);
}
function mayReplace(existing, subject, digest, path, plan) {
  const { places } = plan.signing;
  const { isPathGiven, statements } = plan;
  if (existing.signedIn !== "this attempt") return true;
  if (existing.isUnlogged && equalDigests(existing.digest, digest) && isOf(subject, plan)(existing.content))
    return true;
  const kind = statements?.has(subject) ? "dsse-envelope" : "message-signature";
  if (subject.kind !== "file" || isPathGiven || existing.content.kind !== kind) return false;
  return !equalDigests(existing.digest, digest) && isWithin(places.workspace, path);
}
function isOf(subject, { statements }) {
  const own = statements?.get(subject);
  if (own !== void 0) return holdsStatement(own.statement);
  if (subject.kind !== "image") return ({ kind }) => kind === "message-signature";
  return holdsStatement(statementAbout([{ subject, digest: subject.digest }], imageSignature));
}
async function signOne({ subject, bundlePath, existing }, plan, hashing, world) {
  if (existing !== void 0) return { subject, bundlePath, ...existing, outages: [], resumed: true };
  const { signing, statements } = plan;
  const { session } = signing;
  const digest = await hashing(() => digestOf(subject, plan, world));
  const own = statements?.get(subject);
  const sign = own !== void 0 ? () => session.signStatement(own.statement) : subject.kind === "image" ? () => session.signStatement(statementAbout([{ subject, digest }], imageSignature)) : () => session.signArtifact(sha256Of(digest, subject));
  const withBytes = subject.kind === "file" && own === void 0 ? (use) => hashing(() => withBytesOf(world.files, subject, use)) : void 0;
  const request = {
    path: bundlePath,
    artifact: artifactOfDigest(digest),
    withBytes,
    isSame: isOf(subject, plan),
    sign
  };
  return { subject, digest, bundlePath, ...await signBundle(request, signing, world), resumed: false };
}
async function digestOf(subject, { statements }, { files, onHash }) {
  const own = statements?.get(subject);
  if (own !== void 0) return own.digest;
  if (subject.kind === "file") return digestToSign(files, subject, hashObserver(subject.name, onHash));
  return subject.kind === "image" ? subject.digest : sha256Of(subject.digest, subject);
}
function sha256Of(digest, subject) {
  if (digest.algorithm === "sha256") return toDigest("sha256", digest.bytes);
  const origin = subject.kind === "file" ? subject.name : subject.origin;
  return fail(
    "USAGE",
    `${origin}: ${formatDigest(digest)} cannot be signed without a statement; only SHA-256 digests can`,
    {
      remedy: "Set `bundle-format: attestation`. Statements support all digest algorithms."
    }
  );
}

var initialLimit = 50;
var Pace = class {
  #ceiling;
  #limit;
  /** The number of times that the limit was halved. What began before says nothing about the current limit. */
  #halvings = 0;
  /** The number of things that are done since the limit changed, without those that began before it was halved. */
  #done = 0;
  /** The number of requests that were told to wait and have not been answered yet. */
  #held = 0;
  /** @param ceiling the highest limit */
  constructor(ceiling) {
    this.#ceiling = ceiling;
    this.#limit = Math.min(initialLimit, ceiling);
  }
  /** The number of things that may be under way now; 0 if nothing may begin. */
  limit = () => this.#held > 0 ? 0 : this.#limit;
  /** Returns a client whose requests report complaints. */
  watch(http) {
    return async (request) => {
      let halvings = this.#halvings;
      let isHeld = false;
      try {
        return await http({
          ...request,
          onOutage: (askedToWait) => {
            if (halvings === this.#halvings) this.#halve();
            halvings = this.#halvings;
            if (askedToWait > 0 && !isHeld) {
              isHeld = true;
              this.#held++;
            }
            request.onOutage?.(askedToWait);
          }
        });
      } finally {
        if (isHeld) this.#held--;
      }
    };
  }
  /** Does one of the things that are counted. */
  async take(work) {
    const halvings = this.#halvings;
    try {
      return await work();
    } finally {
      if (halvings === this.#halvings && ++this.#done >= this.#limit) this.#change(this.#limit * 2);
    }
  }
  #halve() {
    this.#halvings++;
    this.#change(Math.floor(this.#limit / 2));
  }
  #change(limit) {
    this.#limit = Math.max(1, Math.min(this.#ceiling, limit));
    this.#done = 0;
  }
};
export {
  Pace,
  pathsForEach,
  signEach,
  stopsRun
};
