import { holdsStatement, signBundle, demandOwnClaims, demandOwnRepository, demandOwnRun } from "./identity-providers-github-actions.mjs";
import { attestationPaths } from "./deliver-bundle-paths.mjs";
import { deliverFile, demandConfined } from "./deliver-disk.mjs";
import { digestFile, digestFileWith } from "./subject-digest-file.mjs";
import { compareStatement, verify, artifactOfDigest, maxSubjects, readStatement, writeStatement } from "./core-certificate-path.mjs";
import { concurrently } from "./node-concurrency.mjs";
import { readCertificate } from "./core-certificate-certificate.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { NotRegularFile, readRegularFile, formatDigest, isHash } from "./node-regular-file.mjs";
import { CountersignError, attempt, fail, systemCode } from "./core-errors-codes.mjs";
import { dirname } from "node:path";
async function examineExisting(path2, signing, { files, clock }, read = readBundle) {
  await demandConfined(files, dirname(path2), signing.places);
  let json;
  try {
    json = await readRegularFile(files, path2, maxBundleLength);
  } catch (cause) {
    if (systemCode(cause) === "ENOENT" || systemCode(cause) === "ENOTDIR") return { kind: "nothing" };
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    return { kind: "foreign", reason: isFolder ? "is a folder" : "cannot be read as a bundle", isFolder };
  }
  const bundle = attempt(() => read(json));
  if (bundle === void 0) return { kind: "foreign", reason: "is not a bundle", isFolder: false };
  return examineBundle(bundle, signing, clock());
}
async function examineBundle(bundle, { trust, policy, timestampOnlyPolicy, token }, now) {
  try {
    const { statement, digest } = contentOf(bundle.content);
    const verdict = await verify(bundle, artifactOfDigest(digest), trust, timestampOnlyPolicy, now);
    const isUnlogged = verdict.logEntries.length < policy.thresholds.logEntries;
    const certificate = certificateOf(bundle);
    demandOwnRepository(certificate, token.certificateClaims);
    const holds = (demand) => attempt(() => {
      demand(certificate, token.certificateClaims);
      return true;
    }) ?? false;
    const isOwnRun = holds(demandOwnRun);
    const signedIn = isOwnRun && holds(demandOwnClaims) ? "this attempt" : isOwnRun ? "an earlier attempt" : "another run";
    return { kind: "own", content: bundle.content, digest, statement, verdict, isUnlogged, signedIn };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: "foreign", reason: "is a bundle of a different signer", isFolder: false };
  }
}
function contentOf(content) {
  const statement = content.kind === "dsse-envelope" ? readStatement(content.payload) : void 0;
  const digest = content.kind === "dsse-envelope" ? statement?.subjects.flatMap(({ digests }) => digests.filter(isHash))[0] : content.messageDigest;
  return { statement, digest: digest ?? fail("BUNDLE_INVALID", "the bundle contains no digest of its subject") };
}
function certificateOf({ signer }) {
  return signer.kind === "certificate" ? readCertificate(signer.certificate) : fail("IDENTITY_MISMATCH", "the bundle was signed with a long-lived key");
}
var maxShown = 5;
function demandNoObstacles(all, overwrite) {
  const obstacles = all.filter(({ isFolder }) => isFolder || !overwrite);
  if (obstacles.length === 0) return;
  const shown = obstacles.slice(0, maxShown).map(({ path: path2, reason }) => `${path2} ${reason}`);
  const more = obstacles.length > maxShown ? `; and ${obstacles.length - maxShown} more` : "";
  fail("USAGE", `nothing was signed, because bundles would overwrite other files: ${shown.join("; ")}${more}`, {
    remedy: obstacles.some(({ isFolder }) => !isFolder) ? "Move these files away, specify a different folder with `bundle-dir`, or set `overwrite: true` to replace them." : "Move these folders away, or specify a different folder with `bundle-dir`."
  });
}
async function restoreEarlier(wanted, isSame, { earlier = [], signing }, world) {
  for (const find of earlier) {
    for (const text of await find(wanted)) {
      const bundle = attempt(() => readBundle(text));
      if (bundle === void 0) continue;
      const found = await examineBundle(bundle, signing, world.clock());
      if (found.kind !== "own" || found.isUnlogged || found.signedIn === "another run" || !isSame(found)) continue;
      await deliverFile(world.files, world.random, wanted.path, text, signing.places);
      return found;
    }
  }
  return void 0;
}
function statementAbout(hashed, { predicate, predicateType }) {
  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  return writeStatement({ subjects, predicateType, predicate });
}
var hashedAtOnce = 2;
async function* attestAll(plan, attestation, world) {
  const hashed = [];
  let failed = 0;
  const algorithms = [...new Set(attestation.attestations.flatMap((one) => one.algorithms ?? []))];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (one) => hashSubject(one, algorithms, world))) {
    if ("error" in result) {
      failed++;
      yield result;
    } else hashed.push(result);
  }
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  hashed.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  const batches = await prepareBatches(hashed, plan, attestation, world);
  await plan.beforeSigning(failed + batches.reduce((sum, batch) => sum + batch.hashed.length, 0));
  for (const batch of batches) yield* attestBatch(batch, plan, world);
}
async function prepareBatches(hashed, plan, attestation, world) {
  for (const { claim, demand } of attestation.attestations) {
    demand?.(hashed);
    await demandConsistent(claim, plan.signing.token);
  }
  const parts = attestation.attestations.flatMap(
    (one) => inParts(hashed.filter(one.isAbout ?? (() => true))).map((part) => ({ part, attestation: one }))
  );
  if (attestation.bundlePath !== void 0 && parts.length > 1)
    fail("USAGE", `\`bundle\` specifies one file, but ${parts.length} bundles are required`, {
      remedy: "Specify a folder for the bundles with `bundle-dir`."
    });
  const batches = [];
  const obstacles = [];
  for (const { part, attestation: one } of parts) {
    const statement = one.statement ?? statementAbout(part, one.claim);
    demandReadable(statement, plan.signing);
    const taken = new Set(batches.map(({ path: path2 }) => path2));
    const place = await placeFor({ statement, name: one.name, hashed: part }, taken, plan, attestation, world);
    if ("reason" in place) obstacles.push(place);
    else batches.push({ hashed: part, statement, ...place });
  }
  demandNoObstacles(obstacles, plan.overwrite);
  return batches;
}
var maxLoggedLength = 1e7;
function demandReadable(statement, { services, fallback }) {
  readStatement(statement);
  const logs = [...services.transparencyLogs, ...fallback?.kind === "second-log" ? [fallback.log] : []];
  if (!logs.some(({ majorApiVersion }) => majorApiVersion === 1)) return;
  const length = Math.ceil(statement.length / 3) * 4;
  if (length > maxLoggedLength)
    fail(
      "LIMIT_EXCEEDED",
      `the attestation has ${length} bytes; a transparency log with API version 1 takes ${maxLoggedLength}`,
      {
        remedy: "Set `log-version: 2`, or shorten the document."
      }
    );
}
async function demandConsistent(claim, { certificateClaims }) {
  const known = Object.entries(certificateClaims).filter(([, value]) => typeof value === "string");
  try {
    await compareStatement({ subjects: [], ...claim }, Object.fromEntries(known));
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    fail(error.code, `nothing was signed, because ${error.message}`, {
      cause: error,
      remedy: "Correct the document, or sign it in the job that it describes."
    });
  }
}
function inParts(hashed) {
  return Array.from(
    { length: Math.ceil(hashed.length / maxSubjects) },
    (_, number) => hashed.slice(number * maxSubjects, (number + 1) * maxSubjects)
  );
}
async function placeFor({ statement, name, hashed }, taken, { subjects, signing, overwrite, earlier }, { bundlePath, places }, world) {
  const isSame = holdsStatement(statement);
  for (const path3 of bundlePath === void 0 ? attestationPaths(subjects, places, name) : [bundlePath]) {
    if (taken.has(path3)) continue;
    const existing = await examineExisting(path3, signing, world);
    if (existing.kind === "nothing") {
      const wanted = {
        path: path3,
        subjects: hashed.map(({ subject }) => subject),
        digests: hashed.map(({ digest }) => digest)
      };
      const says = (found) => isSame(found.content) || isProvenanceOf(found, readStatement(statement), name);
      const restored = await restoreEarlier(wanted, says, { earlier, signing }, world);
      return { path: path3, existing: restored?.verdict };
    }
    if (existing.kind === "foreign") {
      return overwrite && !existing.isFolder ? { path: path3, existing: void 0 } : { ...existing, path: path3 };
    }
    if (existing.signedIn !== "another run" && isSame(existing.content))
      return { path: path3, existing: existing.isUnlogged ? void 0 : existing.verdict };
    if (mayReplace(existing, readStatement(statement), name)) return { path: path3, existing: void 0 };
  }
  const path2 = bundlePath ?? "";
  if (overwrite) return { path: path2, existing: void 0 };
  return { path: path2, reason: "is a bundle of this run for a different subject", isFolder: false };
}
function mayReplace({ signedIn, statement }, wanted, name) {
  if (signedIn !== "this attempt") return true;
  return isProvenanceOf({ statement }, wanted, name);
}
function isProvenanceOf({ statement }, wanted, name) {
  if (name !== void 0) return false;
  return statement?.predicateType === wanted.predicateType && subjectsOf(statement) === subjectsOf(wanted);
}
function subjectsOf({ subjects }) {
  return JSON.stringify(subjects.map(({ name, digests }) => [name, ...digests.map(formatDigest)]).sort());
}
async function hashSubject(subject, algorithms, { files }) {
  if (subject.kind !== "file") return { subject, digest: subject.digest };
  try {
    const others = algorithms.filter((one) => one !== "sha256");
    if (others.length === 0) return { subject, digest: await digestFile(files, subject, "sha256") };
    const [digest, ...rest] = await digestFileWith(files, subject, ["sha256", ...others]);
    return { subject, digest: digest ?? fail("SUBJECT_UNREADABLE", `${subject.name} has no digest`), others: rest };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}
async function* attestBatch({ hashed, statement, path: path2, existing }, { signing }, world) {
  try {
    const written = existing === void 0 ? await signStatementAt(path2, statement, hashed, signing, world) : { verdict: existing, outages: [] };
    const resumed = existing !== void 0;
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath: path2, ...written, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}
function signStatementAt(path2, statement, hashed, signing, world) {
  const { digest, others = [] } = hashed[0] ?? fail("SUBJECT_MISSING", "no subjects to attest");
  const artifact = artifactOfDigest(digest, ...others);
  const sign = () => signing.session.signStatement(statement);
  return signBundle({ path: path2, artifact, isSame: holdsStatement(statement), sign }, signing, world);
}
var dsseBeginning = Buffer.from("DSSEv1 ");
var SigningInputScanner = class {
  #beginning = [];
  #document = new SimpleSigningScanner();
  update(bytes) {
    for (const byte2 of bytes.subarray(0, dsseBeginning.length - this.#beginning.length)) this.#beginning.push(byte2);
    this.#document.update(bytes);
  }
  /** Returns the format whose signing input was read so far; `undefined` for a file that is only a file. */
  get format() {
    if (dsseBeginning.equals(Buffer.from(this.#beginning))) return "dsse";
    return this.#document.isFound ? "simple-signing" : void 0;
  }
};
var path = ["critical", "image", "docker-manifest-digest"];
var maxNameLength = 256;
var byte = {
  quote: 34,
  backslash: 92,
  colon: 58,
  comma: 44,
  openObject: 123,
  closeObject: 125,
  openList: 91,
  closeList: 93
};
var skipped = /* @__PURE__ */ new Set([32, 9, 10, 13, 239, 187, 191]);
var SimpleSigningScanner = class {
  isFound = false;
  #state = "before";
  #depth = 0;
  /** The number of names of the path that lead to the innermost object. */
  #matched = 0;
  /** True if the next value is the one of the next name of the path. */
  #isNext = false;
  #string = [];
  update(bytes) {
    for (const one of bytes) {
      if (this.#state === "done") return;
      this.#take(one);
    }
  }
  #take(one) {
    switch (this.#state) {
      case "before":
        if (skipped.has(one)) return;
        this.#state = one === byte.openObject ? "outside" : "done";
        this.#depth = 1;
        return;
      case "string":
        if (one === byte.quote) this.#state = "outside";
        else {
          if (one === byte.backslash) this.#state = "escape";
          this.#keep(one);
        }
        return;
      case "escape":
        this.#state = "string";
        this.#keep(one);
        return;
      default:
        this.#takeOutside(one);
    }
  }
  #takeOutside(one) {
    if (one === byte.quote) {
      this.#state = "string";
      this.#string = [];
    } else if (one === byte.colon) {
      this.#isNext = this.#depth === this.#matched + 1 && this.#isName(path[this.#matched]);
      if (this.#isNext && this.#matched === path.length - 1) this.#find();
    } else if (one === byte.openObject || one === byte.openList) {
      this.#depth++;
      if (this.#isNext && one === byte.openObject) this.#matched++;
      this.#isNext = false;
    } else if (one === byte.closeObject || one === byte.closeList) {
      this.#depth--;
      this.#matched = Math.min(this.#matched, this.#depth - 1);
      if (this.#depth === 0) this.#state = "done";
    } else if (one === byte.comma) this.#isNext = false;
  }
  #find() {
    this.isFound = true;
    this.#state = "done";
  }
  #keep(one) {
    if (this.#string.length <= maxNameLength) this.#string.push(one);
  }
  #isName(wanted) {
    if (this.#string.length > maxNameLength) return false;
    try {
      const name = JSON.parse(`"${Buffer.from(this.#string).toString("utf8")}"`);
      return typeof name === "string" && name.toUpperCase().toLowerCase() === wanted;
    } catch {
      return false;
    }
  }
};
async function digestToSign(files, file, observe) {
  const scanner = new SigningInputScanner();
  const digest = await digestFile(files, file, "sha256", (bytes, size) => {
    scanner.update(bytes);
    observe?.(bytes, size);
  });
  return scanner.format === void 0 ? digest : refuse(file.name, scanner.format);
}
var problems = {
  dsse: "starts like the input of a DSSE signature, so its signature could be misused as an attestation",
  "simple-signing": "is a simple signing document, so its signature could be misused as the signature of a container image"
};
var remedies = {
  dsse: "Find out which step wrote the file. To sign it anyway, put it into an archive, or set `bundle-format: attestation`.",
  "simple-signing": "To sign the image, specify it with `images`. To sign the file anyway, put it into an archive, or set `bundle-format: attestation`."
};
function refuse(name, format) {
  return fail("SUBJECT_AMBIGUOUS", `${name} ${problems[format]}`, { remedy: remedies[format] });
}
export {
  attestAll,
  demandConsistent,
  demandNoObstacles,
  demandReadable,
  digestToSign,
  examineExisting,
  hashSubject,
  hashedAtOnce,
  restoreEarlier,
  statementAbout
};
