import { loadImages, openStore, demandVerified, verifyRun } from "../chunks/run-verify-verify-run.mjs";
import { loadPolicy, policyOfFile } from "../chunks/run-policy-load-policy.mjs";
import { releaseOf } from "../chunks/run-verify-bundle-pool.mjs";
import "../chunks/run-verify-pool-examination.mjs";
import "../chunks/subject-read-file.mjs";
import "../chunks/core-statement-slsa-result.mjs";
import "../chunks/report-verification-report.mjs";
import "../chunks/core-verify-needed-digests.mjs";
import "../chunks/run-policy-request.mjs";
import "../chunks/node-concurrency.mjs";
import "../chunks/options-policy.mjs";
import "../chunks/options-row.mjs";
import { accountOf, gitHubOf, inWorld, trustOf, trustedRootOf } from "../chunks/library-instance.mjs";
import { openAttestationReader } from "../chunks/services-github-attestation-reader.mjs";
import "../chunks/subject-image-name.mjs";
import "../chunks/run-world-choose-instance.mjs";
import "../chunks/core-trust-signing-config.mjs";
import "../chunks/report-shown-path.mjs";
import "../chunks/node-links.mjs";
import { readBundle } from "../chunks/core-bundle-read-bundle.mjs";
import "../chunks/subject-digest-file.mjs";
import "../chunks/services-github-api.mjs";
import "../chunks/services-http-public-address.mjs";
import "../chunks/services-registry-image-reference.mjs";
import "../chunks/node-make-folder.mjs";
import "../chunks/services-http-answer.mjs";
import "../chunks/run-policy-load-trust.mjs";
import "../chunks/core-trust-trusted-root.mjs";
import "../chunks/run-world-read-input.mjs";
import "../chunks/run-world-world.mjs";
import { Secret } from "../chunks/node-secret.mjs";
import "../chunks/core-certificate-path.mjs";
import "../chunks/core-encoding-der-writer.mjs";
import "../chunks/core-certificate-signed-certificate-timestamp.mjs";
import "../chunks/core-log-cosignature.mjs";
import { exactIdentity, managedKey, policyFor, exactly, matching, pathWithin } from "../chunks/core-certificate-certificate.mjs";
import { formatDigest, parseDigest } from "../chunks/node-regular-file.mjs";
import "../chunks/core-encoding-der.mjs";
import "../chunks/core-encoding-json.mjs";
import { CountersignError, fail, isCountersignError, reading } from "../chunks/core-errors-codes.mjs";
import { resolve } from "node:path";
var server = "https://github.com";
var issuer = "https://token.actions.githubusercontent.com";
function repository(name, { refs, ...options } = {}) {
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(name))
    fail("POLICY_INVALID", `the repository ${JSON.stringify(name)} does not have the form owner/name`, {
      remedy: "Use the form `owner/name`."
    });
  const address = `${server}/${name}`;
  return policyFor(
    {
      kind: "identity",
      identity: pathWithin(address),
      issuer: exactly(issuer),
      claims: [
        { claim: "sourceRepositoryUri", expected: [exactly(address)] },
        ...refs === void 0 ? [] : [{ claim: "sourceRepositoryRef", expected: refs.map(matching) }]
      ]
    },
    options
  );
}
var policies = /* @__PURE__ */ new WeakMap();
function policyOf(policy) {
  if (!("kind" in policy)) return { ...policy, warnings: [], source: { options: {}, file: void 0 } };
  return policies.get(policy) ?? fail("POLICY_INVALID", "the policy is not one that `readPolicy` of this library has returned", {
    remedy: "Pass on its result unchanged."
  });
}
function policyFile(policy) {
  const file = { kind: "policy-file", warnings: policy.warnings };
  policies.set(file, policy);
  return file;
}
function readPolicy(text, { path = "policy.yml" } = {}) {
  return inWorld({}, async (world) => policyFile(await policyOfFile(text, path, {}, world)));
}
function verifyFile(path, options) {
  return inWorld(options, (world) => verifyOne({ kind: "file", name: path, path: resolve(path) }, options, world));
}
function verifyDigest(digest, options) {
  return inWorld(options, (world) => {
    const parsed = reading("DIGEST_INVALID", JSON.stringify(digest), () => parseDigest(digest));
    return verifyOne({ kind: "digest", name: digest, digest: parsed }, options, world);
  });
}
function verifyImage(name, options) {
  return inWorld(options, async (world) => {
    const { platform, environment = process.env } = options;
    const account = accountOf(options);
    const [image] = await loadImages({ images: [name], platform, account, environment }, world);
    return verifyOne(image ?? fail("USAGE", "no image was named"), options, world);
  });
}
function verifyRelease(release, options = {}) {
  return inWorld(options, async (world) => {
    const policy = await loadPolicy({ release }, world);
    const { file, bundles } = options;
    const artifact = file === void 0 ? releaseOf(policy) ?? fail("USAGE", "no release was named") : { kind: "file", name: file, path: resolve(file) };
    return verifyUnder(policy, artifact, { ...options, ...bundles === void 0 && { from: "github" } }, world);
  });
}
function verifyOne(artifact, { policy, ...options }, world) {
  return verifyUnder(policyOf(policy), artifact, options, world);
}
async function verifyUnder(policy, artifact, options, world) {
  const { bundles = [], from, githubToken, environment = process.env } = options;
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = environment;
  const token = githubToken ?? (GITHUB_TOKEN || GH_TOKEN);
  const { roots, warnings } = await trustOf(options, policy, world);
  const store = await openStore({ from, policy, token: token ? new Secret(token) : void 0, apiUrl }, world);
  const report = await verifyRun(
    {
      artifacts: [artifact],
      bundles: { workspace: process.cwd(), paths: bundles.map((path) => resolve(path)), directory: void 0 },
      store,
      policy,
      trust: { roots, warnings },
      concurrency: 1
    },
    world
  );
  demandVerified(report);
  const proven = report.results.filter(({ verdict }) => verdict !== void 0);
  const [first, ...others] = proven.flatMap(({ verdict }) => verdict ?? []);
  return {
    digest: proven[0]?.digest,
    reference: proven[0]?.image?.reference,
    verdicts: [first ?? fail("BUNDLE_MISSING", "nothing was verified"), ...others],
    warnings: report.warnings
  };
}
function loadTrustedRoot(options = {}) {
  return inWorld(options, (world) => trustedRootOf(options, world));
}
function fetchAttestations(digest, options = {}) {
  return inWorld(options, async (world) => {
    const key = formatDigest(reading("DIGEST_INVALID", JSON.stringify(digest), () => parseDigest(digest)));
    const { repository: repository2, ...api } = gitHubOf(options, world);
    const served = await openAttestationReader(api).bundles({ kind: "repository", name: repository2 }, [key]);
    return (served.get(key) ?? []).map((one) => {
      if ("failure" in one) throw one.failure;
      return readBundle(one.text);
    });
  });
}
export {
  CountersignError,
  exactIdentity,
  fetchAttestations,
  isCountersignError,
  loadTrustedRoot,
  managedKey,
  policyFor,
  readPolicy,
  repository,
  verifyDigest,
  verifyFile,
  verifyImage,
  verifyRelease
};
