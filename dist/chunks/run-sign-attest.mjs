import { holdsStatement, signBundle, demandOwnClaims, demandOwnRepository, demandOwnRun, forgejoServer, gitlabServer, requiredClaim, scalarClaim, sigstoreAudience } from "./identity-providers-github-actions.mjs";
import { createLocalJWKSet, jwtVerify } from "./jose-dist-webapi-lib-asn1.mjs";
import { attestationPaths, bundlePaths, distinctPath, placesOfBundles } from "./deliver-bundle-paths.mjs";
import { CountersignError, attempt, fail, systemCode } from "./core-errors-codes.mjs";
function provenanceClaims(claims) {
  return {
    claim: (name) => requiredClaim(claims, name, "which provenance requires"),
    present: (...names) => Object.fromEntries(
      names.flatMap((name) => {
        const value = scalarClaim(claims, name);
        return value === void 0 ? [] : [[name, value]];
      })
    )
  };
}
function githubProvenance(claims, serverUrl) {
  const { claim } = provenanceClaims(claims);
  const repository = `${serverUrl}/${claim("repository")}`;
  const workflow = readWorkflowRef(claim("workflow_ref"), claim("repository"));
  return {
    buildDefinition: {
      buildType: "https://actions.github.io/buildtypes/workflow/v1",
      externalParameters: { workflow: { ref: workflow.ref, repository, path: workflow.path } },
      internalParameters: {
        github: {
          event_name: claim("event_name"),
          repository_id: claim("repository_id"),
          repository_owner_id: claim("repository_owner_id"),
          runner_environment: claim("runner_environment")
        }
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim("ref")}`, digest: { gitCommit: claim("sha") } }]
    },
    runDetails: {
      builder: { id: `${serverUrl}/${claim("job_workflow_ref")}` },
      metadata: { invocationId: `${repository}/actions/runs/${claim("run_id")}/attempts/${claim("run_attempt")}` }
    }
  };
}
function readWorkflowRef(workflowRef, repository) {
  const relative = workflowRef.startsWith(`${repository}/`) ? workflowRef.slice(repository.length + 1) : workflowRef;
  const [, path2, ref] = /^(.+?\.ya?ml)@(.+)$/.exec(relative) ?? fail(
    "TOKEN_INVALID",
    `the workflow_ref of the identity token is ${JSON.stringify(workflowRef)}, which contains no workflow file`
  );
  return { path: path2 ?? "", ref: ref ?? "" };
}
var forgejoBuildType = "urn:countersign:build-type:forgejo-workflow:v1";
function forgejoProvenance(claims) {
  const { claim, present } = provenanceClaims(claims);
  const server = forgejoServer(claims);
  const repository = `${server}/${claim("repository")}`;
  const workflow = readWorkflowRef(claim("workflow_ref"), claim("repository"));
  return {
    buildDefinition: {
      buildType: forgejoBuildType,
      externalParameters: { workflow: { ref: workflow.ref, repository, path: workflow.path } },
      internalParameters: {
        forgejo: {
          event_name: claim("event_name"),
          run_id: claim("run_id"),
          run_attempt: claim("run_attempt"),
          // Forgejo 15 does not state these.
          ...present("repository_id", "repository_owner_id")
        }
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim("ref")}`, digest: { gitCommit: claim("sha") } }]
    },
    runDetails: {
      builder: { id: `${server}/${claim("workflow_ref")}` },
      metadata: { invocationId: `${repository}/actions/runs/${claim("run_number")}` }
    }
  };
}
var gitlabBuildType = "urn:countersign:build-type:gitlab-job:v1";
function gitlabProvenance(claims) {
  const { claim, present } = provenanceClaims(claims);
  const project = `${gitlabServer(claims)}/${claim("project_path")}`;
  const config = `https://${claim("ci_config_ref_uri")}`;
  const ref = `refs/${claim("ref_type") === "branch" ? "heads" : "tags"}/${claim("ref")}`;
  const { ci_config_sha: configCommit } = present("ci_config_sha");
  return {
    buildDefinition: {
      buildType: gitlabBuildType,
      externalParameters: { project, ref, config },
      internalParameters: {
        gitlab: {
          pipeline_source: claim("pipeline_source"),
          pipeline_id: claim("pipeline_id"),
          project_id: claim("project_id"),
          namespace_id: claim("namespace_id"),
          runner_environment: claim("runner_environment"),
          ...present("environment", "ref_protected")
        }
      },
      resolvedDependencies: [
        { uri: `git+${project}@${ref}`, digest: { gitCommit: claim("sha") } },
        ...configCommit === void 0 ? [] : [{ uri: config, digest: { gitCommit: configCommit } }]
      ]
    },
    runDetails: {
      builder: { id: config },
      metadata: { invocationId: `${project}/-/jobs/${claim("job_id")}` }
    }
  };
}
var provenancePredicateType = "https://slsa.dev/provenance/v1";
var builders = {
  github: githubProvenance,
  gitlab: gitlabProvenance,
  forgejo: forgejoProvenance
};
var gaps = {
  buildkite: "does not state the source repository",
  circleci: "does not state the commit that was built"
};
function provenanceOf({
  name,
  holder
}) {
  return builders[name] ?? fail("USAGE", `no provenance for ${holder}: the identity token ${gaps[name] ?? "does not describe a build"}`, {
    remedy: "Set `bundle-format: per-file` to sign without provenance."
  });
}

import { demandConfined } from "./deliver-disk.mjs";

import { digestFile, digestFileWith, hashObserver, withBytesOf } from "./subject-digest-file.mjs";

import { isSafeUrl } from "./node-atomic-write.mjs";

import { expectStatus } from "./services-http-answer.mjs";

import { artifactOfDigest, compareStatement, verify } from "./core-certificate-path.mjs";

import { readCertificate } from "./core-certificate-certificate.mjs";

import { maxSubjects, readStatement, writeStatement } from "./core-certificate-path.mjs";

import { concurrently, inTurns, mapConcurrently } from "./node-concurrency.mjs";

import { isWithin } from "./node-concurrency.mjs";

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { NotRegularFile, readRegularFile } from "./node-regular-file.mjs";

import { equalDigests, formatDigest, isHash, toDigest } from "./node-regular-file.mjs";

import { shownUrl } from "./core-certificate-certificate.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

import { dirname } from "node:path";
async function examineExisting(path2, { trust, policy, token, places }, { files, clock }, read = readBundle) {
  await demandConfined(files, dirname(path2), places);
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
  try {
    const { statement, digest } = contentOf(bundle.content);
    const verdict = await verify(bundle, artifactOfDigest(digest), trust, policy, clock());
    const certificate = certificateOf(bundle);
    demandOwnRepository(certificate, token.certificateClaims);
    const holds = (demand) => attempt(() => {
      demand(certificate, token.certificateClaims);
      return true;
    }) ?? false;
    const isOwnRun = holds(demandOwnRun);
    const signedIn = isOwnRun && holds(demandOwnClaims) ? "this attempt" : isOwnRun ? "an earlier attempt" : "another run";
    return { kind: "own", content: bundle.content, digest, statement, verdict, signedIn };
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
function statementAbout(hashed, { predicate, predicateType }) {
  const subjects = hashed.map(({ subject, digest }) => ({ name: subject.name, digests: [digest] }));
  return writeStatement({ subjects, predicateType, predicate });
}
var hashedAtOnce = 2;
async function* attestAll(plan, attestation, world) {
  const hashed = [];
  let failed = 0;
  const algorithms = [...new Set(attestation.attestations.flatMap((one) => one.algorithms ?? []))];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (one) => hash(one, algorithms, world))) {
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
    const place = await placeFor(statement, one.name, taken, plan, attestation, world);
    if ("reason" in place) obstacles.push(place);
    else batches.push({ hashed: part, statement, ...place });
  }
  demandNoObstacles(obstacles, plan.overwrite);
  return batches;
}
var maxLoggedLength = 1e7;
function demandReadable(statement, { services }) {
  readStatement(statement);
  if (!services.transparencyLogs.some(({ majorApiVersion }) => majorApiVersion === 1)) return;
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
async function placeFor(statement, name, taken, { subjects, signing, overwrite }, { bundlePath, places }, world) {
  const isSame = holdsStatement(statement);
  for (const path3 of bundlePath === void 0 ? attestationPaths(subjects, places, name) : [bundlePath]) {
    if (taken.has(path3)) continue;
    const existing = await examineExisting(path3, signing, world);
    if (existing.kind === "nothing") return { path: path3, existing: void 0 };
    if (existing.kind === "foreign") {
      return overwrite && !existing.isFolder ? { path: path3, existing: void 0 } : { ...existing, path: path3 };
    }
    if (existing.signedIn !== "another run" && isSame(existing.content)) return { path: path3, existing: existing.verdict };
    if (mayReplace(existing, readStatement(statement), name)) return { path: path3, existing: void 0 };
  }
  const path2 = bundlePath ?? "";
  if (overwrite) return { path: path2, existing: void 0 };
  return { path: path2, reason: "is a bundle of this run for a different subject", isFolder: false };
}
function mayReplace({ signedIn, statement }, wanted, name) {
  if (signedIn !== "this attempt") return true;
  if (name !== void 0) return false;
  return statement?.predicateType === wanted.predicateType && subjectsOf(statement) === subjectsOf(wanted);
}
function subjectsOf({ subjects }) {
  return JSON.stringify(subjects.map(({ name, digests }) => [name, ...digests.map(formatDigest)]).sort());
}
async function hash(subject, algorithms, { files }) {
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
    const verdict = existing ?? await signStatementAt(path2, statement, hashed, signing, world);
    const resumed = existing !== void 0;
    for (const { subject, digest } of hashed) yield { subject, digest, bundlePath: path2, verdict, resumed };
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
async function verifyTokenClaims(http, identity, now) {
  const keys = await fetchKeys(http, identity.issuer);
  try {
    const { payload } = await jwtVerify(identity.token.reveal(), createLocalJWKSet(keys), {
      issuer: identity.issuer,
      audience: sigstoreAudience,
      algorithms: ["RS256", "ES256"],
      currentDate: now,
      clockTolerance: 60
    });
    return payload;
  } catch {
    return fail(
      "TOKEN_INVALID",
      `the identity token is not signed with a key published by ${shownUrl(identity.issuer)}`,
      { remedy: "Request a new token from the identity provider. If the error persists, do not use the token." }
    );
  }
}
async function fetchKeys(http, issuer) {
  const discovery = ProtoField.parse(
    await fetchJson(http, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`),
    "SERVICE_RESPONSE_INVALID",
    "the identity provider's discovery document"
  );
  if (discovery.field("issuer").string() !== issuer) discovery.field("issuer").fail("is a different issuer");
  const keys = await fetchJson(http, discovery.field("jwks_uri").text());
  ProtoField.parse(keys, "SERVICE_RESPONSE_INVALID", "the identity provider's keys").field("keys").list(64);
  return JSON.parse(decodeUtf8(keys) ?? "");
}
async function fetchJson(http, address) {
  if (!URL.canParse(address))
    fail("SERVICE_RESPONSE_INVALID", "the discovery document of the identity provider contains a malformed URL");
  const url = new URL(address);
  if (!isSafeUrl(url)) {
    fail("SERVICE_RESPONSE_INVALID", `the identity provider uses ${url.origin}, which is not https`);
  }
  const request = {
    method: "GET",
    url,
    headers: { accept: "application/json" },
    service: "the identity provider",
    quotes: "message",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 256 * 1024
  };
  return expectStatus(request, await http(request), 200).body;
}
async function provenanceClaim({ token }, serverUrl, world) {
  const build = provenanceOf(token.kind);
  const predicate = build(await verifyTokenClaims(world.http, token, world.clock()), serverUrl);
  return { claim: { predicateType: provenancePredicateType, predicate } };
}
var imageSignature = { predicateType: "https://sigstore.dev/cosign/sign/v1", predicate: {} };
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
      if (existing.kind === "nothing") return prepared;
      if (existing.kind === "foreign" && plan.overwrite && !existing.isFolder) return prepared;
      if (existing.kind === "foreign") return { ...existing, path: bundlePath };
      const digest = await digestOf(subject, plan, world);
      if (isSignedAlready(existing, subject, digest, plan)) {
        return { ...prepared, existing: { digest, verdict: existing.verdict } };
      }
      if (mayReplace2(existing, subject, digest, bundlePath, plan)) return prepared;
    }
    if (plan.overwrite) return { subject, bundlePath: wanted };
    return { path: wanted, reason: "is a bundle of this run for a different subject", isFolder: false };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}
function* pathsFor(subject, wanted, { bundlePaths: bundlePaths2, isPathGiven }) {
  yield wanted;
  if (subject.kind !== "digest" || isPathGiven) return;
  const other = distinctPath(wanted, subject);
  if (![...bundlePaths2.values()].includes(other)) yield other;
}
function isSignedAlready(existing, subject, digest, plan) {
  return existing.signedIn !== "another run" && equalDigests(existing.digest, digest) && isOf(subject, plan)(existing.content);
}
function mayReplace2(existing, subject, digest, path2, { signing: { places }, isPathGiven, statements }) {
  if (existing.signedIn !== "this attempt") return true;
  const kind = statements?.has(subject) ? "dsse-envelope" : "message-signature";
  if (subject.kind !== "file" || isPathGiven || existing.content.kind !== kind) return false;
  return !equalDigests(existing.digest, digest) && isWithin(places.workspace, path2);
}
function isOf(subject, { statements }) {
  const own = statements?.get(subject);
  if (own !== void 0) return holdsStatement(own.statement);
  if (subject.kind !== "image") return ({ kind }) => kind === "message-signature";
  return holdsStatement(statementAbout([{ subject, digest: subject.digest }], imageSignature));
}
async function signOne({ subject, bundlePath, existing }, plan, hashing, world) {
  if (existing !== void 0) return { subject, bundlePath, ...existing, resumed: true };
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
  return { subject, digest, bundlePath, verdict: await signBundle(request, signing, world), resumed: false };
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
function demandComplete(receipt, options = {}) {
  const failure = incompleteness(receipt, options);
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

import { openSigning } from "./identity-providers-github-actions.mjs";

import { deliveredKind } from "./deliver-manifest.mjs";

import { collectSubjects, namesNothing } from "./subject-glob.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

function namesClaims({
  sbomPath,
  predicateType,
  predicate,
  predicatePath,
  statement,
  attest = []
}) {
  return (sbomPath ?? predicateType ?? predicate ?? predicatePath ?? statement) !== void 0 || attest.length > 0;
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
async function selectSubjects(request, places, { files }, signBundles = false) {
  const found = await collectSubjects(request, places.workspace, files);
  const kinds = await mapConcurrently(found, (one) => kindOf(one, files));
  const plain = found.filter((_, index) => kinds[index] === "other");
  const isPlace = placesOfBundles(plain, places);
  const paths = new Set(plain.flatMap((one) => one.kind === "file" ? [one.path] : []));
  const subjects = [];
  const leftOut = [];
  const refused = [];
  for (const [index, one] of found.entries()) {
    const kind = kinds[index];
    if (one.kind !== "file" || kind === "other") subjects.push(one);
    else if (one.isLiteral !== true) leftOut.push(one.name);
    else if (signBundles) {
      if (isPlace(one.path)) failAtPlace(one);
      subjects.push(one);
    } else if (isPlace(one.path) || paths.has(bundleStem(one.path) ?? "")) leftOut.push(one.name);
    else if (kind === "bundle") refused.push(one);
    else subjects.push(one);
  }
  if (refused.length > 0) failForBundles(refused);
  if (subjects.length === 0) {
    fail("SUBJECT_MISSING", "all specified files are bundles", {
      remedy: "Specify the files to sign. The files that these bundles belong to no longer exist."
    });
  }
  return { subjects, leftOut };
}
async function kindOf(subject, files) {
  if (subject.kind !== "file") return "other";
  try {
    return await deliveredKind(subject, files) ?? "other";
  } catch (failure) {
    if (failure instanceof CountersignError) return "other";
    throw failure;
  }
}
function failAtPlace({ name }) {
  fail("USAGE", `${JSON.stringify(name)} is a bundle at a path where this run writes its own bundle`, {
    remedy: "Do not specify the bundle, or copy it to a different folder and sign the copy."
  });
}
function failForBundles([first, ...others]) {
  const more = others.length === 0 ? "" : ` (and ${others.length} more of the specified files)`;
  fail("USAGE", `${JSON.stringify(first?.name)} is a bundle${more}, and bundles are not signed`, {
    remedy: "Specify the file that it belongs to. To skip all bundles, use a pattern, which a shell needs in quotes. To sign the bundle itself, set `sign-bundles`."
  });
}
async function signRun(given, world) {
  var _stack = [];
  try {
    const request = await withClaims(given, world);
    const packages = await openPackages(request, world);
    const { subjects, leftOut } = packages ?? await findSubjects(request, world);
    const pace = new Pace(request.concurrency);
    const watched = { ...world, http: pace.watch(world.http) };
    const signing = __using(_stack, await openSigning({ ...request, ...packages?.signing }, watched));
    const { format, concurrency, overwrite, beforeSigning = async () => void 0 } = request;
    const plan = {
      subjects,
      signing,
      concurrency,
      overwrite,
      beforeSigning: (results2) => beforeSigning(subjects, results2)
    };
    const results = packages !== void 0 ? await packages.sign({ ...plan, pace }) : format === "per-file" ? signEach({ ...plan, ...pathsOf(plan, request), pace }, world) : await attestSubjects(plan, request, world);
    const collected = await collectResults(results, subjects, request.onSubject);
    return { instance: signing.instance, format, leftOut, ...packages?.receipt, ...collected };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function openPackages(request, world) {
  if (request.package === void 0) return void 0;
  const { openPackageRun } = await import("./run-sign-package-run.mjs");
  return openPackageRun(request, request.package, () => findSubjects(request, world), world);
}
async function withClaims(request, world) {
  if (!namesClaims(request)) return request;
  if (request.format === "per-file")
    fail("USAGE", "`bundle-format: per-file` signs without statements, and documents can only be attested", {
      remedy: "Omit `bundle-format`, or set `bundle-format: attestation`."
    });
  const { loadClaims } = await import("./run-sign-load-claims.mjs");
  const { subjects, images, places } = request;
  const isAlone = images === void 0 && !("found" in subjects) && namesNothing(subjects);
  const { attestations, stated } = await loadClaims(request, { folder: places.workspace, isAlone }, world);
  return { ...request, attestations, ...stated && { subjects: { found: stated } } };
}
async function findSubjects(request, world) {
  const { images, format } = request;
  if (images?.attestations && format === "attestation")
    fail("USAGE", "`sign-attestations` and `bundle-format: attestation` cannot be combined", {
      remedy: "Sign the attestation manifests in a step of its own. They need a bundle each, and contain provenance already."
    });
  const local = await findLocal(request, images !== void 0, world);
  if (images === void 0) return local;
  const { withImages } = await import("./run-sign-images.mjs");
  return { ...local, subjects: await withImages(local.subjects, images, world) };
}
async function findLocal({ subjects, places, signBundles }, hasImages, world) {
  if ("found" in subjects) return { subjects: subjects.found, leftOut: [] };
  if (hasImages && namesNothing(subjects)) return { subjects: [], leftOut: [] };
  return selectSubjects(subjects, places, world, signBundles);
}
function pathsOf({ subjects }, request) {
  return pathsForEach(subjects, request, {
    noun: "subjects",
    remedy: "Specify a folder with `bundle-dir`, or set `bundle-format: attestation` to create one bundle for all subjects."
  });
}
async function attestSubjects(plan, { attestations: sources = [{ kind: "provenance" }], serverUrl, places, bundlePath }, world) {
  const attestations = await Promise.all(
    sources.map((source) => source.kind === "claim" ? source : provenanceClaim(plan.signing, serverUrl, world))
  );
  return attestAll(plan, { attestations, places, bundlePath }, world);
}
async function collectResults(results, subjects, onSubject) {
  const signed = [];
  const unsigned = [];
  for await (const result of results) {
    if ("error" in result) unsigned.push(result);
    else signed.push(result);
    onSubject?.(result);
  }
  const order = new Map(subjects.map((subject, index) => [subject, index]));
  const byOrder = (a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0);
  return { signed: signed.sort(byOrder), unsigned: unsigned.sort(byOrder) };
}
export {
  demandComplete,
  demandNoObstacles,
  examineExisting,
  findLocal,
  hashedAtOnce,
  imageSignature,
  incompleteness,
  namesClaims,
  pathsForEach,
  provenanceClaim,
  provenancePredicateType,
  signEach,
  signRun,
  signedAt,
  signedBy
};
