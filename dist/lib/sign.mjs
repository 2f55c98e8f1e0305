import { attachToRelease } from "../chunks/deliver-release-attach-to-release.mjs";
import "../chunks/run-sign-deliveries-released-earlier.mjs";
import { openAttestationWriter } from "../chunks/services-github-attestation-writer.mjs";
import { openReleases } from "../chunks/services-github-open-releases.mjs";
import { attachBundle } from "../chunks/deliver-attach-bundle.mjs";
import { readReleaseTarget, signedAt } from "../chunks/run-sign-signing-result.mjs";
import { findTokens, inCi } from "../chunks/identity-find-tokens.mjs";
import { cachedTokens, openSigning, readIdentityToken, holdsStatement, makeBundle } from "../chunks/identity-providers-github-actions.mjs";
import "../chunks/services-rekor-rekor-v1.mjs";
import "../chunks/services-http-retry.mjs";
import { demandAttestations, storeAttestations } from "../chunks/deliver-github-attestations.mjs";
import { provenanceClaim } from "../chunks/identity-verify-token.mjs";
import { demandConsistent, demandReadable, digestToSign, hashSubject, hashedAtOnce, statementAbout } from "../chunks/run-sign-attest.mjs";
import { imageSignature } from "../chunks/report-retry-text.mjs";
import "../chunks/jose-dist-webapi-lib-asn1.mjs";
import "../chunks/deliver-bundle-paths.mjs";
import "../chunks/noble-curves-abstract-weierstrass.mjs";
import "../chunks/noble-curves-abstract-modular.mjs";
import { deliverFile } from "../chunks/deliver-disk.mjs";
import { sleep } from "../chunks/services-http-sleep.mjs";
import "../chunks/services-registry-manifest.mjs";
import "../chunks/services-rekor-answer-v1.mjs";
import "../chunks/services-http-explain-failure.mjs";
import { programsOf } from "../chunks/node-run-program.mjs";
import "../chunks/services-http-back-off.mjs";
import "../chunks/core-bundle-write-bundle.mjs";
import { formatImage, mapConcurrently } from "../chunks/node-concurrency.mjs";
import "../chunks/node-atomic-write.mjs";
import "../chunks/node-make-folder.mjs";
import "../chunks/node-safe-file-name.mjs";
import { gitHubOf, inWords, inWorld, openWorld, registriesOf, resolveSubject, signingInstance } from "../chunks/library-instance.mjs";
import "../chunks/services-github-attestation-reader.mjs";
import "../chunks/subject-image-name.mjs";
import "../chunks/run-world-choose-instance.mjs";
import "../chunks/core-trust-signing-config.mjs";
import "../chunks/report-shown-path.mjs";
import "../chunks/node-links.mjs";
import { readBundle } from "../chunks/core-bundle-read-bundle.mjs";
import { withBytesOf } from "../chunks/subject-digest-file.mjs";
import "../chunks/services-github-api.mjs";
import "../chunks/services-http-public-address.mjs";
import "../chunks/services-registry-image-reference.mjs";
import "../chunks/services-http-answer.mjs";
import "../chunks/run-policy-load-trust.mjs";
import "../chunks/core-trust-trusted-root.mjs";
import "../chunks/run-world-read-input.mjs";
import "../chunks/run-world-world.mjs";
import "../chunks/node-secret.mjs";
import { artifactOfDigest, maxSubjects, readStatement } from "../chunks/core-certificate-path.mjs";
import "../chunks/core-encoding-der-writer.mjs";
import "../chunks/core-certificate-signed-certificate-timestamp.mjs";
import "../chunks/core-log-cosignature.mjs";
import "../chunks/core-certificate-certificate.mjs";
import { equalDigests, parseDigest, toDigest } from "../chunks/node-regular-file.mjs";
import "../chunks/core-encoding-der.mjs";
import { utf8 } from "../chunks/core-encoding-json.mjs";
import { CountersignError, fail, inContext, isCountersignError, reading, __callDispose, __using } from "../chunks/core-errors-codes.mjs";
import { basename, resolve } from "node:path";
import { basename as basename2, dirname, resolve as resolve2 } from "node:path";
async function makeAttestation({ subjects, claim, serverUrl }, signing, world) {
  if (subjects.length === 0) fail("SUBJECT_MISSING", "no subjects to attest", { remedy: "Name at least one subject." });
  if (subjects.length > maxSubjects)
    fail("LIMIT_EXCEEDED", `a statement can have ${maxSubjects} subjects, not ${subjects.length}`, {
      remedy: "Attest them in several statements."
    });
  const [source, ...more] = claim === "provenance" ? [{ kind: claim }] : await readClaim(claim, world);
  if (source === void 0 || more.length > 0) fail("STATEMENT_INVALID", "there is not exactly one document");
  const attestation = source.kind === "claim" ? source : await provenanceClaim(signing, serverUrl, world);
  const hashed = await mapConcurrently(subjects, (one) => hashOne(one, attestation, world), hashedAtOnce);
  attestation.demand?.(hashed);
  await demandConsistent(attestation.claim, signing.token);
  const about = hashed.filter(attestation.isAbout ?? (() => true));
  const statement = statementAbout(about, attestation.claim);
  demandReadable(statement, signing);
  const { digest, others = [] } = about[0] ?? fail("SUBJECT_MISSING", "no subjects to attest");
  return makeBundle(
    {
      artifact: artifactOfDigest(digest, ...others),
      isSame: holdsStatement(statement),
      sign: () => signing.session.signStatement(statement)
    },
    signing,
    world
  );
}
async function readClaim(claim, world) {
  const { loadClaims } = await import("../chunks/run-sign-load-claims.mjs");
  return (await loadClaims(claim, { folder: ".", isAlone: false }, world)).attestations;
}
async function hashOne(subject, { algorithms = [] }, world) {
  const hashed = await hashSubject(subject, algorithms, world);
  if ("error" in hashed) throw hashed.error;
  return hashed;
}
async function openSession(options = {}) {
  const world = openWorld(options);
  try {
    return new OpenSession(await inWords(world, () => openFor(options, world)), options, world);
  } catch (error) {
    world[Symbol.dispose]();
    throw error;
  }
}
async function inSession(options, work) {
  var _stack = [];
  try {
    const session = __using(_stack, await openSession(options), true);
    return await work(session);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function openFor(options, world) {
  const { environment = process.env, allowDangerousTriggers = false, allowPublicLog = false } = options;
  return openSigning(
    {
      instance: () => signingInstance(options, world),
      logVersion: void 0,
      tokens: await tokensOf(options, world),
      // Outside of CI, a person has started the program; the check is for jobs that a trigger starts.
      allowDangerousTriggers: allowDangerousTriggers || !inCi(environment),
      allowPublicLog,
      places: { workspace: process.cwd(), bundleDirectory: void 0 }
    },
    world
  );
}
async function tokensOf(options, world) {
  const { token, identityProvider: provider, environment = process.env } = options;
  const serverUrl = serverOf(options);
  if (token !== void 0) {
    if (provider !== void 0)
      fail("USAGE", "`identity-provider` and `identity-token` contradict each other", { remedy: "Omit one of them." });
    const request = async () => readIdentityToken(typeof token === "string" ? token : await token(), world.clock(), serverUrl);
    return cachedTokens(request, world.clock);
  }
  const run = programsOf(environment, world.cancellation);
  const found = await findTokens({ file: void 0, provider, environment }, { ...world, run });
  return cachedTokens(async () => found.read(await found.request(), world.clock(), serverUrl), world.clock);
}
function serverOf({ environment = process.env }) {
  return environment.GITHUB_SERVER_URL || "https://github.com";
}
var OpenSession = class {
  #signing;
  #options;
  #world;
  /** The signatures that are under way. */
  #pending = /* @__PURE__ */ new Set();
  #isOpen = true;
  constructor(signing, options, world) {
    this.#signing = signing;
    this.#options = options;
    this.#world = world;
  }
  get identity() {
    return this.#signing.token.certificateIdentity;
  }
  get issuer() {
    return this.#signing.token.certificateIssuer;
  }
  signFile(path) {
    return this.#run(async (_, world) => {
      const file = { kind: "file", name: path, path: resolve(path) };
      const digest = await digestToSign(world.files, file);
      return this.#sign(digest, (use) => withBytesOf(world.files, file, use));
    });
  }
  signDigest(digest) {
    return this.#run(() => this.#sign(readSha256(digest)));
  }
  signImage(name, options = {}) {
    return this.#run(async (signing, world) => {
      const subject = await resolveSubject(name, { ...this.#options, ...options }, world);
      const statement = statementAbout([{ subject, digest: subject.digest }], imageSignature);
      const made = await makeBundle(
        {
          artifact: artifactOfDigest(subject.digest),
          isSame: holdsStatement(statement),
          sign: () => signing.session.signStatement(statement)
        },
        signing,
        world
      );
      return { ...signedOf(made), image: formatImage(subject) };
    });
  }
  attest(subjects, claim) {
    return this.#run(async (signing, world) => {
      const made = await makeAttestation(
        {
          subjects: subjects.map(subjectOf),
          claim: claim === "provenance" ? claim : textOf(claim),
          serverUrl: serverOf(this.#options)
        },
        signing,
        world
      );
      return signedOf(made);
    });
  }
  async close() {
    this.#isOpen = false;
    await Promise.allSettled(this.#pending);
    this.#signing[Symbol.dispose]();
    this.#world[Symbol.dispose]();
  }
  [Symbol.asyncDispose]() {
    return this.close();
  }
  /** Runs a signature, which {@link close} waits for. */
  async #run(work) {
    if (!this.#isOpen) fail("KEY_DISPOSED", "the signing session is closed; open a new one to sign");
    const running = inWords(this.#world, () => work(this.#signing, this.#world));
    this.#pending.add(running);
    try {
      return await running;
    } finally {
      this.#pending.delete(running);
    }
  }
  async #sign(digest, withBytes) {
    const { session } = this.#signing;
    const request = {
      artifact: artifactOfDigest(digest),
      withBytes,
      isSame: ({ kind }) => kind === "message-signature",
      sign: () => session.signArtifact(digest)
    };
    return signedOf(await makeBundle(request, this.#signing, this.#world));
  }
};
function signedOf({ text, verdict }) {
  return { bundle: readBundle(text), text, verdict };
}
function readSha256(given) {
  return reading("DIGEST_INVALID", "the digest to sign", () => {
    const { algorithm, bytes } = typeof given === "string" ? parseDigest(given) : toDigest("sha256", given);
    if (algorithm === "sha256") return toDigest(algorithm, bytes);
    return fail("DIGEST_UNAVAILABLE", `it is a ${algorithm} digest, and only SHA-256 digests can be signed`, {
      remedy: "Compute the SHA-256 digest of the artifact."
    });
  });
}
function subjectOf(subject, index) {
  if (typeof subject === "string") return { kind: "file", name: basename(subject), path: resolve(subject) };
  const { name, digest } = subject;
  const origin = `subject ${index + 1}`;
  return { kind: "digest", name, digest: reading("DIGEST_INVALID", origin, () => parseDigest(digest)), origin };
}
function textOf({ predicateType, predicate, allowSecrets }) {
  const text = typeof predicate === "string" ? predicate : JSON.stringify(predicate);
  return { predicateType, predicate: text, allowSecrets };
}
function writeBundle(path, { text }, options = {}) {
  const file = resolve2(path);
  const places = { workspace: dirname(file), bundleDirectory: void 0 };
  return inWorld(options, ({ files, random }) => deliverFile(files, random, file, text, places));
}
function attachToImage(name, signed, options = {}) {
  return inWorld(options, async (world) => {
    const subject = await resolveSubject(name, options, world);
    const { content } = readBundle(signed.text);
    if (content.kind !== "dsse-envelope")
      fail("DELIVERY_FAILED", "the bundle of an image must contain a statement", {
        remedy: "Sign the image with `signImage` or `attest`."
      });
    const { subjects, predicateType } = readStatement(content.payload);
    const image = formatImage(subject);
    const isAbout = subjects.some(({ digests }) => digests.some((one) => equalDigests(one, subject.digest)));
    if (!isAbout)
      fail("ARTIFACT_MISMATCH", `the statement in the bundle is not about the image ${image}`, {
        remedy: "Name the image by the digest that was signed."
      });
    const client = (await registriesOf(name, options, world)).attachmentsOf(subject.stored.repository);
    const { manifest } = await attachBundle(client, {
      image: subject,
      stored: subject.stored,
      bundle: utf8(signed.text),
      predicateType,
      signedAt: signedAt(signed.verdict)
    });
    return { image, manifest: formatImage({ name: client.name, digest: manifest }) };
  });
}
function attachToRelease2(options) {
  return inWorld(options, async (world) => {
    const { files, publish = false, commit } = options;
    const target = readReleaseTarget(options.release, void 0);
    const { repository, ...api } = gitHubOf(options, world);
    const { release, outcomes, publication } = await attachToRelease(
      files.map((path) => ({
        path: resolve2(path),
        name: basename2(path),
        ...path.endsWith(".json") && { contentType: "application/json" }
      })),
      { repository, target, publish, ...commit !== void 0 && { commit } },
      { releases: openReleases(api), files: world.files, sleep, cancellation: world.cancellation }
    );
    for (const one of outcomes)
      if (one.kind === "failed") throw inContext(one.error.code, `${one.file.name} was not attached`, one.error);
    if (publication.kind === "failed")
      throw inContext(publication.error.code, "the release was not published", publication.error);
    return {
      tag: release.tag,
      url: release.url,
      isPublished: publication.kind === "published",
      uploaded: outcomes.flatMap(({ kind, file }) => kind === "uploaded" ? [file.path] : [])
    };
  });
}
function storeAttestation({ text, bundle: { content } }, options = {}) {
  return inWorld(options, async (world) => {
    demandAttestations(content.kind);
    const { environment = process.env } = options;
    const { repository, ...api } = gitHubOf(options, world);
    const { stored, failures } = await storeAttestations(
      [{ bundlePath: "the bundle", read: async () => utf8(text), isFresh: true }],
      {
        writer: openAttestationWriter(api),
        repository,
        serverUrl: environment.GITHUB_SERVER_URL || "https://github.com"
      }
    );
    const [failure] = failures;
    if (failure !== void 0) throw failure.error;
    const [{ id, url } = fail("DELIVERY_FAILED", "GitHub stored nothing")] = stored;
    return { id, url };
  });
}
function signFile(path, options = {}) {
  return inSession(options, (session) => session.signFile(path));
}
function signDigest(digest, options = {}) {
  return inSession(options, (session) => session.signDigest(digest));
}
function signImage(name, options = {}) {
  return inSession(options, (session) => session.signImage(name, options));
}
function attest(subjects, claim, options = {}) {
  return inSession(options, (session) => session.attest(subjects, claim));
}
export {
  CountersignError,
  attachToImage,
  attachToRelease2 as attachToRelease,
  attest,
  isCountersignError,
  openSession,
  signDigest,
  signFile,
  signImage,
  storeAttestation,
  writeBundle
};
