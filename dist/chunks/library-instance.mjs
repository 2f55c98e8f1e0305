import { resolveImage, readImageName } from "./subject-image-name.mjs";
import { tenantOf } from "./run-world-choose-instance.mjs";
import { readSigningConfig } from "./core-trust-signing-config.mjs";
import { loadRegistries } from "./report-shown-path.mjs";
import { loadTrust, thresholdsUnder } from "./run-policy-load-trust.mjs";
import { readTrustedRoots } from "./core-trust-trusted-root.mjs";
import { systemWorld, loadInstance } from "./run-world-world.mjs";
import { Secret } from "./node-secret.mjs";
import { defaultThresholds } from "./core-certificate-certificate.mjs";
import { utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { homedir } from "node:os";
import { join } from "node:path";
async function signingInstance(options, world) {
  const { instance = "public-good" } = options;
  if (typeof instance === "string" || "tufUrl" in instance)
    return loadInstance(requestOf(instance, "sign", options), world);
  const { trustedRoot, signingConfig, thresholds, sandbox = false } = instance;
  const [trust, ...others] = readTrustedRoots(bytesOf(trustedRoot));
  if (trust === void 0 || others.length > 0)
    fail("USAGE", "signing requires exactly one trusted root", { remedy: "Set `trusted-root` to one of them." });
  if (signingConfig === void 0)
    fail("USAGE", "signing requires the addresses of the services", {
      remedy: "Set `signing-config` next to `trusted-root`."
    });
  return {
    name: sandbox ? "sandbox" : "custom",
    trust,
    signingConfig: readSigningConfig(bytesOf(signingConfig)),
    thresholds: { ...defaultThresholds, ...thresholds },
    sandbox: sandbox ? "accept" : "refuse",
    publicLog: false,
    trustedRootPath: void 0,
    warnings: []
  };
}
async function trustOf(options, policy, world) {
  const { instance = "public-good" } = options;
  if (typeof instance === "string" || "tufUrl" in instance)
    return loadTrust(requestOf(instance, "verify", options), world, policy);
  const { trustedRoot, thresholds, sandbox = false } = instance;
  const isRelease = policy?.content.release !== void 0;
  const roots = readTrustedRoots(bytesOf(trustedRoot)).map(
    (trust) => ({
      instance: sandbox ? "sandbox" : "custom",
      trust,
      thresholds: { ...thresholdsUnder(trust, isRelease), ...thresholds },
      sandbox: sandbox ? "accept" : "refuse"
    })
  );
  return { roots, warnings: [] };
}
async function trustedRootOf(options, world) {
  const { roots } = await trustOf(options, void 0, world);
  const [root, ...others] = roots;
  if (root === void 0 || others.length > 0)
    fail("USAGE", "the instance has several trusted roots", { remedy: "Read them with `readTrustedRoots`." });
  return root.trust;
}
function requestOf(instance, purpose, { environment = process.env, cacheDirectory, offline = false }) {
  const { GITHUB_SERVER_URL: serverUrl = "", TRUST: folder = "", XDG_CACHE_HOME: cache } = environment;
  const kept = cacheDirectory ?? join(cache || join(homedir(), ".cache"), "countersign", "tuf");
  const request = {
    purpose,
    mode: offline ? "offline" : "online",
    cacheDirectory: kept === false ? void 0 : kept
  };
  if (typeof instance !== "string") return { ...request, name: "custom", ...instance };
  if (instance === "sandbox") return { ...request, ...sandboxFiles(folder, purpose) };
  return { ...request, name: instance, tenant: purpose === "sign" ? tenantOf(serverUrl) : void 0 };
}
function sandboxFiles(folder, purpose) {
  if (folder === "")
    fail("USAGE", "the address of the sandbox is unknown: the environment variable TRUST is not set", {
      remedy: "Run the program with `countersign sandbox -- COMMAND`, or set `instance` to the `trustedRoot` and `signingConfig` of a sandbox that it has started."
    });
  return {
    name: "sandbox",
    trustedRoot: join(folder, "trusted_root.json"),
    ...purpose === "sign" && { signingConfig: join(folder, "signing_config.json") }
  };
}
function bytesOf(document) {
  if (document instanceof Uint8Array) return document;
  return utf8(typeof document === "string" ? document : JSON.stringify(document));
}
var members = {
  "identity-token": "token",
  "public-log: allow": "allowPublicLog: true",
  "registry-username": "account",
  "registry-password": "account",
  bundle: "bundles"
};
var same = /* @__PURE__ */ new Set([
  "allow-dangerous-triggers",
  "allow-secrets",
  "identity-provider",
  "instance",
  "platform",
  "predicate",
  "retry-budget",
  "signing-config",
  "trusted-root",
  "tuf-root",
  "tuf-url"
]);
function inMembers(text) {
  return text.replace(/`([a-z][a-z-]*)(?:: ([\w-]+))?`/g, (whole, name, value) => {
    const other = members[whole.slice(1, -1)] ?? members[name];
    if (other !== void 0) return `\`${other}\``;
    if (!same.has(name)) return whole;
    const member = name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    if (value === void 0) return `\`${member}\``;
    return `\`${member}: ${value === "true" ? value : `'${value}'`}\``;
  });
}
function errorInMembers(error) {
  const [message, remedy] = [inMembers(error.message), error.remedy && inMembers(error.remedy)];
  if (message === error.message && remedy === error.remedy) return error;
  const { code, cause = error } = error;
  return new CountersignError(code, message, { cause, ...remedy !== void 0 && { remedy } });
}
var defaultRetryBudget = 6e4;
function openWorld({ signal, retryBudget = defaultRetryBudget }) {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const world = systemWorld({ cancellation: controller.signal, retryBudgetMilliseconds: retryBudget });
  return {
    ...world,
    [Symbol.dispose]: () => {
      signal?.removeEventListener("abort", abort);
      world[Symbol.dispose]();
    }
  };
}
async function inWorld(options, work) {
  var _stack = [];
  try {
    const world = __using(_stack, openWorld(options));
    return inWords(world, () => work(world));
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function inWords({ cancellation }, work) {
  if (cancellation.aborted) fail("CANCELLED", "cancelled before anything was done", { remedy: "Call it again." });
  try {
    return await work();
  } catch (error) {
    throw error instanceof CountersignError ? errorInMembers(error) : error;
  }
}
function gitHubOf({ repository, githubToken, environment = process.env }, { http, clock }) {
  const { GITHUB_REPOSITORY = "", GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = environment;
  const token = githubToken ?? (GITHUB_TOKEN || GH_TOKEN);
  const name = repository ?? GITHUB_REPOSITORY;
  if (name === "") fail("USAGE", "no repository specified", { remedy: "Set `repository` to `owner/name`." });
  return { repository: name, http, clock, apiUrl, token: token ? new Secret(token) : void 0 };
}
async function registriesOf(name, options, world) {
  const { environment = process.env } = options;
  const registries = await loadRegistries({ images: [name], account: accountOf(options), environment }, world);
  return registries ?? fail("USAGE", "no image was named");
}
function accountOf({ account }) {
  if (account === void 0) return void 0;
  return { registry: void 0, user: account.username, password: new Secret(account.password) };
}
async function resolveSubject(name, options, world) {
  const read = readImageName(name);
  if (read.kind === "path")
    fail("USAGE", `${JSON.stringify(name)} is the path of an image on disk, which has no registry`, {
      remedy: "Name the image as its registry knows it: `registry/name:tag` or `registry/name@sha256:\u2026`."
    });
  const registries = await registriesOf(name, options, world);
  return (await resolveImage(read.reference, name, registries)).subject;
}
export {
  accountOf,
  gitHubOf,
  inWords,
  inWorld,
  openWorld,
  registriesOf,
  resolveSubject,
  signingInstance,
  trustOf,
  trustedRootOf
};
