import { openReleases } from "./services-github-open-releases.mjs";
import { sleep } from "./services-http-sleep.mjs";
import { backOff } from "./services-http-back-off.mjs";
import { asFailure, unreadable, readArtifact, joinPools, readBundles, readingBudget } from "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import "./report-verification-report.mjs";
import { concurrently } from "./node-concurrency.mjs";
import { openAttestationReader } from "./services-github-attestation-reader.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var maxTries = 6;
function openGitHubStore({ from, policy, token, apiUrl }, world, wait = sleep) {
  const place = placeOf(from, policy);
  const options = { http: world.http, clock: world.clock, ...accessTo(policy, token, apiUrl) };
  return new GitHubStore(openAttestationReader(options), place, policy, world, openReleases(options), wait);
}
var GitHubStore = class {
  #reader;
  #place;
  #policy;
  #world;
  #releases;
  #wait;
  #digests = /* @__PURE__ */ new Map();
  #budget = readingBudget();
  #numbers = /* @__PURE__ */ new Map();
  /** The pools, by the numbers of the bundles in them: an attestation of many artifacts is read once. */
  #pools = /* @__PURE__ */ new Map();
  #served = /* @__PURE__ */ new Map();
  /** False for a release that GitHub does not attest; `undefined` if that was not asked. */
  #isAttested;
  constructor(reader, place, policy, world, releases, wait) {
    this.#reader = reader;
    this.#place = place;
    this.#policy = policy;
    this.#world = world;
    this.#releases = releases;
    this.#wait = wait;
  }
  async prepare(artifacts, concurrency) {
    const local = artifacts.filter((artifact) => artifact.kind !== "image");
    for await (const [artifact, digest] of concurrently(local, concurrency, async (artifact2) => {
      const found = await this.#digestOf(artifact2).catch(asFailure);
      return [artifact2, found];
    }))
      this.#digests.set(artifact, digest);
    const digests = [...new Set(this.#digests.values())].filter((digest) => typeof digest === "string");
    if (digests.length === 0) return;
    this.#served = await this.#reader.bundles(this.#place, digests, this.#type);
    if (this.#served.size === 0) await this.#awaitRelease(digests);
  }
  /** Asks again for a while if the release is immutable: GitHub attests it some time after its publication. */
  async #awaitRelease(digests) {
    const { release: expected } = this.#policy.content;
    if (expected === void 0) return;
    const release = await this.#releases.findByTag(expected.repository, expected.tag);
    this.#isAttested = release?.isImmutable;
    const { random, cancellation } = this.#world;
    for (let tries = 1; tries < maxTries && this.#isAttested === true && this.#served.size === 0; tries++) {
      await this.#wait(backOff(tries, random), cancellation).catch(
        () => fail("CANCELLED", `cancelled while waiting for the attestation of the release ${JSON.stringify(expected.tag)}`)
      );
      this.#served = await this.#reader.bundles(this.#place, digests, this.#type);
    }
  }
  bundlesOf(artifact) {
    const digest = this.#digests.get(artifact) ?? fail("USAGE", `no bundles of ${artifact.name} were requested`);
    if (digest instanceof CountersignError) throw digest;
    return this.#pool(digest, this.#served) ?? this.#failMissing(digest);
  }
  imageOf(image) {
    const resolve = async () => {
      const known = await image.resolve();
      const find = async (digest) => this.#pool(digest, await this.#reader.bundles(this.#place, [digest], this.#type));
      return {
        ...known,
        attached: async () => {
          const digest = formatDigest(known.digest);
          return await find(digest) ?? this.#failMissing(digest);
        },
        attachedTo: async (digest) => await find(formatDigest(digest)) ?? joinPools([])
      };
    };
    return { ...image, resolve };
  }
  /** The attestations of releases are GitHub's own. */
  get #type() {
    return this.#policy.content.release && "release";
  }
  async #digestOf(artifact) {
    if (artifact.kind === "release") return `sha1:${await this.#commit()}`;
    if (artifact.kind === "stream")
      fail("USAGE", "`from` and standard input cannot be combined", {
        remedy: "Save it to a file, or specify its digest (sha256:\u2026)."
      });
    const { digests } = await readArtifact(artifact, ["sha256"], false, this.#world);
    const [digest] = digests;
    return digest?.algorithm === "sha256" ? formatDigest(digest) : fail("USAGE", `GitHub's attestation store finds bundles by SHA-256 digests, and ${artifact.name} is another`, {
      remedy: "Specify a digest of the form sha256:\u2026."
    });
  }
  async #commit() {
    const { release } = this.#policy.content;
    const { repository, tag } = release ?? fail("USAGE", "the policy names no release");
    return await this.#releases.commitOfTag(repository, tag) ?? fail(
      "BUNDLE_MISSING",
      `the repository ${repository} has no tag ${JSON.stringify(tag)}, or is hidden from the token`,
      {
        remedy: "Check the name of the release. For a private repository, provide a token (GITHUB_TOKEN)."
      }
    );
  }
  #pool(digest, served) {
    const bundles = served.get(digest);
    if (bundles === void 0) return void 0;
    const key = bundles.map((bundle) => this.#numberOf(bundle)).join();
    const pool = this.#pools.get(key) ?? this.#read(bundles);
    this.#pools.set(key, pool);
    return pool;
  }
  #numberOf(bundle) {
    const number = this.#numbers.get(bundle) ?? this.#numbers.size;
    this.#numbers.set(bundle, number);
    return number;
  }
  #read(bundles) {
    const read = (one, at) => {
      const path = `${describePlace(this.#place)} (${at + 1} of ${bundles.length})`;
      if ("failure" in one) return unreadable(path, one.failure, void 0);
      return readBundles(one.text, path, void 0, this.#budget);
    };
    return joinPools(bundles.map(read));
  }
  #failMissing(digest) {
    const where = `${describePlace(this.#place)} (${this.#reader.origin})`;
    if (this.#isAttested === false)
      fail("BUNDLE_MISSING", `the release is not immutable, and GitHub attests immutable releases only: ${where}`, {
        remedy: "Verify its assets by their own bundles (`release-assets`), or make the releases of the repository immutable before the next one."
      });
    return fail("BUNDLE_MISSING", `the attestation store of ${where} has no bundle for ${digest}`, {
      remedy: "Check the artifact and the repository. For a private repository, provide a token (GITHUB_TOKEN) with `attestations: read`. Attestations can be deleted, so that a missing one proves nothing."
    });
  }
};
function describePlace({ name }) {
  return `github:${name}`;
}
function placeOf(from, policy) {
  const [, , given] = /^github(:(.*))?$/.exec(from) ?? failPlace(from);
  if (given === void 0) return placeOfPolicy(policy) ?? failUnnamed();
  if (/^[\w.-]+$/.test(given)) return { kind: "owner", name: given };
  return /^[\w.-]+\/[\w.-]+$/.test(given) ? { kind: "repository", name: given } : failPlace(from);
}
function failPlace(from) {
  return fail("USAGE", `\`from\` is ${JSON.stringify(from)}, which is not a place to find bundles`, {
    remedy: "Set it to github, github:owner/name or github:owner."
  });
}
function failUnnamed() {
  return fail("USAGE", "`from` is github, and the policy names no repository or owner there", {
    remedy: "Set `repo`, or name the repository: `from` github:owner/name."
  });
}
function placeOfPolicy({ signer, content }) {
  if (content.release !== void 0) return { kind: "repository", name: content.release.repository };
  if (signer.kind !== "identity") return void 0;
  for (const [claim, kind] of [
    ["sourceRepositoryUri", "repository"],
    ["sourceRepositoryOwnerUri", "owner"]
  ]) {
    const one = signer.claims?.find((each) => each.claim === claim);
    const name = one?.expected.length === 1 ? nameIn(one.expected[0]) : void 0;
    if (name !== void 0 && kind === "repository" === name.includes("/")) return { kind, name };
  }
  return void 0;
}
function nameIn(expectation) {
  if (expectation?.kind !== "exact" || !URL.canParse(expectation.value)) return void 0;
  return new URL(expectation.value).pathname.slice(1) || void 0;
}
function accessTo({ source: { options } }, token, apiUrl) {
  const here = apiUrl || publicApi;
  const url = options.hostname === void 0 ? here : apiAt(options.hostname);
  return { apiUrl: url, token: url === here ? token : void 0 };
}
var publicApi = "https://api.github.com";
function apiAt(hostname) {
  if (hostname === "github.com") return publicApi;
  return hostname.endsWith(".ghe.com") ? `https://api.${hostname}` : `https://${hostname}/api/v3`;
}
export {
  openGitHubStore
};
