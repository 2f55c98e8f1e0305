import { Progress } from "./cli-watch.mjs";
import { readAccount, instanceRequest } from "./cli-read-account.mjs";
import { orFailureJson_2, printJson_2, errorInFlags, reportError, reportInFlags } from "./cli-json-output.mjs";
import { programsOf } from "./node-run-program.mjs";
import { deliverRun, leftOutText, signingJson, signingReport, signingText, unsignedText } from "./deliver-upload-artifact.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import { buildkiteTokens, cachedTokens, circleciTokens, forgejoTokens, githubTokens, gitlabTokens, inGitlab, kubernetesTokens, readIdentityToken, readTokenFile, signRun, sigstoreAudience, spiffeTokens, tokenVariable, incompleteness } from "./deliver-bundle-paths.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./core-trust-signing-config.mjs";
import { readSecretAnswer, expectStatus } from "./services-http-answer.mjs";
import "./services-http-explain-failure.mjs";
import { retryText } from "./node-safe-file-name.mjs";
import { loadRegistries, loadInstance, Secret, isWithin, pathBelow } from "./node-concurrency.mjs";
import "./subject-glob.mjs";
import { systemWorld } from "./node-regular-file.mjs";
import { shownUrl } from "./core-bundle-read-bundle.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import "./options-shared.mjs";
import "./node-atomic-write.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { fail, __callDispose, __using } from "./core-errors-reference.mjs";
import "./core-bundle-write-bundle.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import { resolve as resolve2 } from "node:path";
import { dirname, resolve, sep } from "node:path";
var environmentTokens = {
  name: "environment",
  title: "the environment variable SIGSTORE_ID_TOKEN",
  detect: ({ environment }) => tokenVariable(environment) === void 0 || inGitlab(environment) ? "absent" : "ready",
  open: ({ environment }) => {
    const token = tokenVariable(environment) ?? fail("TOKEN_INVALID", "the environment variable SIGSTORE_ID_TOKEN is not set", {
      remedy: 'Set it to an OIDC token for the audience "sigstore".'
    });
    return async () => new Secret(token);
  }
};
var fileTokens = {
  name: "file",
  title: "a token file",
  mayHang: true,
  detect: ({ file }) => file === void 0 ? "absent" : "ready",
  open({ file: path }, { files }) {
    if (path === void 0)
      fail("USAGE", "`identity-provider: file` requires the path of a token file", {
        remedy: "Specify it with `identity-token`."
      });
    if (/eyJ[\w-]+\.|^\s*bearer\s/i.test(path)) {
      fail("USAGE", "the value of `identity-token` is a token, and every user of this machine can read command lines", {
        remedy: "Write the token to a file and specify the path of the file, or set SIGSTORE_ID_TOKEN."
      });
    }
    let fromPipe;
    return async () => {
      if (fromPipe !== void 0) return fromPipe;
      const { token, isFile } = await readTokenFile(path, "the file of `identity-token`", files);
      if (!isFile) fromPipe = token;
      return token;
    };
  }
};
var productFile = "/sys/class/dmi/id/product_name";
var products = ["Google", "Google Compute Engine"];
var googleTokens = {
  name: "google",
  title: "Google Cloud",
  kinds: ["email"],
  async detect({ environment }, world) {
    if (environment.NO_GCE_CHECK === "true") return "absent";
    const { GCE_METADATA_HOST: host, GOOGLE_SERVICE_ACCOUNT_NAME: account, K_SERVICE: service } = environment;
    return host || account || service || await isGoogleMachine(world) ? "ready" : "absent";
  },
  open({ environment }, { http }) {
    const account = environment.GOOGLE_SERVICE_ACCOUNT_NAME;
    return () => account ? tokenOfAccount(http, environment, account) : tokenOfMachine(http, environment);
  }
};
async function isGoogleMachine({ files }) {
  const product = await files.readFile(productFile, "utf8").catch(() => "");
  return products.includes(product.trim());
}
async function tokenOfMachine(http, environment) {
  const request = metadataRequest(environment, "identity", { audience: sigstoreAudience, format: "full" });
  const { body } = expectStatus(request, await http(request), 200);
  return new Secret(
    decodeUtf8(body)?.trim() || fail("SERVICE_RESPONSE_INVALID", `${serviceOf(request)} sent no identity token`)
  );
}
async function tokenOfAccount(http, environment, account) {
  if (!/^[\w.-]+@[\w.-]+$/.test(account))
    fail("USAGE", "GOOGLE_SERVICE_ACCOUNT_NAME is not the email address of a service account", {
      remedy: "Set it to an address such as `NAME@PROJECT.iam.gserviceaccount.com`, or unset it."
    });
  const access = metadataRequest(environment, "token", { scopes: "https://www.googleapis.com/auth/cloud-platform" });
  const accessToken = member(access, expectStatus(access, await http(access), 200).body, "access_token");
  const request = {
    method: "POST",
    url: new URL(`https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateIdToken`),
    headers: {
      authorization: `Bearer ${accessToken.reveal()}`,
      "content-type": "application/json",
      accept: "application/json"
    },
    body: JSON.stringify({ audience: sigstoreAudience, includeEmail: true }),
    service: "Google's service account API",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 256 * 1024
  };
  const response = await http(request);
  if (response.status === 403)
    fail("SERVICE_REFUSED", `${serviceOf(request)} responded with 403`, {
      remedy: `Grant the service account of this machine the role \`roles/iam.serviceAccountOpenIdTokenCreator\` on ${account}.`
    });
  return member(request, expectStatus(request, response, 200).body, "token");
}
var metadataHost = "169.254.169.254";
function metadataRequest({ GCE_METADATA_HOST: host }, what, query) {
  const address = `http://${host || metadataHost}/computeMetadata/v1/instance/service-accounts/default/${what}`;
  if (!URL.canParse(address))
    fail("USAGE", "GCE_METADATA_HOST is not a host", { remedy: "Unset it, or set it to HOST or HOST:PORT." });
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return {
    method: "GET",
    url,
    headers: { "metadata-flavor": "Google" },
    service: "Google's metadata server",
    timeoutMilliseconds: 5e3,
    maxBodyLength: 256 * 1024
  };
}
function member(request, body, name) {
  const what = `the response of ${serviceOf(request)}`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what));
  return new Secret(answer.field(name).text());
}
function serviceOf({ service, url }) {
  return `${service} (${url.origin})`;
}
var providers = [
  fileTokens,
  environmentTokens,
  githubTokens,
  gitlabTokens,
  buildkiteTokens,
  circleciTokens,
  googleTokens,
  forgejoTokens,
  kubernetesTokens,
  spiffeTokens
];
async function findTokens(settings, world) {
  const named = namedProvider(settings);
  if (named !== void 0) return found(named, false, settings, world);
  const states = await Promise.all(
    providers.map(async (provider) => ({ provider, state: await provider.detect(settings, world) }))
  );
  const inState = (wanted) => states.filter(({ state }) => state === wanted).map(({ provider }) => provider);
  const [ready, ...others] = inState("ready");
  if (ready !== void 0 && others.length > 0) ambiguous([ready, ...others]);
  const chosen = ready ?? inState("without a token")[0];
  return chosen === void 0 ? nothing : found(chosen, true, settings, world);
}
function namedProvider({ provider: name, file }) {
  if (name === void 0) return file === void 0 ? void 0 : fileTokens;
  const provider = providers.find((one) => one.name === name);
  if (file !== void 0 && !readsFile.has(name))
    fail("USAGE", `\`identity-provider: ${name}\` and \`identity-token\` contradict each other`, {
      remedy: "Omit one of them."
    });
  return provider;
}
var readsFile = /* @__PURE__ */ new Set(["file", "kubernetes", "spiffe"]);
function ambiguous(candidates) {
  const [last, ...others] = candidates.map(({ title }) => title).reverse();
  return fail("USAGE", `there are identity tokens of ${others.reverse().join(", ")} and ${last}`, {
    remedy: `Choose one with ${candidates.map(({ name }) => `\`identity-provider: ${name}\``).join(" or ")}.`
  });
}
var nothing = {
  title: void 0,
  isDetected: true,
  mayHang: false,
  read: (token, now, serverUrl) => readIdentityToken(token.reveal(), now, serverUrl),
  request: async () => fail("TOKEN_INVALID", "no identity token found", {
    remedy: "Set `identity-token` to a file with an OIDC token, set SIGSTORE_ID_TOKEN, or run in a CI job that can request identity tokens."
  })
};
function found(provider, isDetected, settings, world) {
  const { title, mayHang = false } = provider;
  const expected = provider.issuer?.(settings.environment);
  return {
    title,
    isDetected,
    mayHang,
    request: provider.open(settings, world),
    read(secret, now, serverUrl) {
      const token = readIdentityToken(secret.reveal(), now, serverUrl);
      demandProvided(token, provider, expected);
      return token;
    }
  };
}
function demandProvided({ kind, issuer }, { kinds, title }, expected) {
  if (kinds !== void 0 && !kinds.includes(kind.name))
    fail(
      "TOKEN_INVALID",
      `the identity token is that of ${kind.holder}, issued by ${shownUrl(issuer)}, not of ${title}`,
      {
        remedy: "Specify the provider of this token with `identity-provider`, or the token with `identity-token`."
      }
    );
  if (expected === void 0 || withoutSlash(expected) === withoutSlash(issuer)) return;
  fail("TOKEN_INVALID", `the identity token was issued by ${shownUrl(issuer)}, not by ${shownUrl(expected)}`, {
    remedy: "Use a token of this job. To use another token, specify it with `identity-token`."
  });
}
function withoutSlash(url) {
  return url.replace(/\/+$/, "");
}
var variables = [
  "CI",
  "GITHUB_ACTIONS",
  "FORGEJO_ACTIONS",
  "GITEA_ACTIONS",
  "GITLAB_CI",
  "BUILDKITE",
  "CIRCLECI"
];
function inCi(environment) {
  return variables.some((name) => environment[name] === "true");
}
function signingFolder({ files, checksums }, current) {
  const folders = files.filter((file) => !isExclusion(file)).map((file) => folderOf(file, current));
  const isBelow = folders.every((folder2) => isWithin(current, folder2));
  const folder = isBelow ? current : folders.reduce(common);
  if (!isBelow && dirname(folder) === folder)
    fail("USAGE", `the files have no folder in common other than ${folder}`, {
      remedy: "Run the command once for each folder."
    });
  const absolute = (file) => isExclusion(file) ? `!${resolve(current, file.slice(1))}` : resolve(current, file);
  return {
    folder,
    files: isBelow ? files : files.map(absolute),
    checksums: checksums.map((path) => pathBelow(folder, resolve(current, path)) ?? resolve(current, path))
  };
}
function isExclusion(file) {
  return file.startsWith("!");
}
function folderOf(file, current) {
  const parts = resolve(current, file).split(sep);
  const wild = parts.findIndex((part) => /[*?[\](){}\\]/.test(part));
  return parts.slice(0, wild === -1 ? -1 : wild).join(sep) || sep;
}
function common(one, other) {
  return isWithin(one, other) ? one : common(dirname(one), other);
}
function signCommand(files, options) {
  return untilInterrupted(async (interruption) => {
    var _stack = [];
    try {
      const { cancellation, takeOver } = interruption;
      const progress = new Progress(process.stderr);
      const world = __using(_stack, systemWorld({
        cancellation,
        retryBudgetMilliseconds: options.retryBudget,
        onRequest: takeOver,
        onRetry: (notice) => progress.line(retryText(notice))
      }));
      cancellation.addEventListener(
        "abort",
        () => progress.line("Interrupted. Finishing signatures in progress; a second signal stops immediately.")
      );
      try {
        await signAndReport(files, options, { world, progress, interruption });
      } catch (error) {
        progress.end();
        if (!cancellation.aborted) throw error;
        reportError(error);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  });
}
async function signAndReport(files, options, surroundings) {
  const { json } = options;
  const nothing2 = { signed: false, subjects: [], unsigned: [], warnings: [], notices: [] };
  const { report, failure, listed } = await orFailureJson_2(json, nothing2, () => sign(files, options, surroundings));
  if (json) printJson_2(signingJson(report, failure && errorInFlags(failure)));
  else process.stdout.write(signingText(report));
  if (listed) process.stderr.write(unsignedText(report));
  if (failure !== void 0) throw failure;
}
async function sign(files, options, { world, progress, interruption }) {
  const current = process.cwd();
  const { folder: workspace, ...subjects } = signingFolder({ files, checksums: options.checksums }, current);
  const serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
  const { insecureIgnoreSct = false, insecureIgnoreTlog = false } = options;
  const places = {
    workspace,
    bundleDirectory: options.bundleDir === void 0 ? void 0 : resolve2(options.bundleDir)
  };
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: options.images, account, environment: process.env }, world);
  const { recursive = false, pushToRegistry: push } = options;
  const images = registries && { named: options.images, recursive, workspace: current, registries, push };
  const tokens = await tokenSource(options, { world, progress, interruption }, serverUrl);
  const receipt = await signRun(
    {
      ...options,
      subjects: { ...subjects, digests: options.digests },
      images,
      places,
      ...options.bundle !== void 0 && { bundlePath: resolve2(options.bundle) },
      format: options.bundleFormat === "auto" ? "per-file" : options.bundleFormat,
      overwrite: options.overwrite ?? false,
      instance: async () => loadInstance({ ...await instanceRequest(options, "sign"), insecureIgnoreSct, insecureIgnoreTlog }, world),
      logVersion: options.logVersion,
      tokens: cachedTokens(tokens, world.clock),
      serverUrl,
      // A person who runs the command has chosen to sign; the check is for jobs that a trigger starts.
      allowDangerousTriggers: options.allowDangerousTriggers || !inCi(process.env),
      allowPublicLog: options.publicLog ?? false,
      onSubject: (subject) => progress.subject(subject)
    },
    world
  );
  progress.end();
  if (receipt.leftOut.length > 0) progress.line(leftOutText(receipt.leftOut));
  const collect = receipt.signed.length > 1;
  const deliveries = await deliverRun(receipt, { places, collect, artifact: void 0, images }, world);
  const report = reportInFlags(signingReport(receipt, deliveries, current));
  const listed = receipt.unsigned.length > 1;
  return { report, failure: incompleteness(receipt, { listed }) ?? deliveries.failures[0], listed };
}
async function tokenSource({ identityToken: file, identityProvider: provider }, { world, progress, interruption }, serverUrl) {
  const environment = process.env;
  const run = programsOf(environment, world.cancellation);
  const found2 = await findTokens({ file, provider, environment }, { ...world, run });
  if (found2.isDetected && found2.title !== void 0) progress.line(`Identity token: ${found2.title}`);
  return async () => {
    if (!found2.mayHang) interruption.takeOver();
    const secret = await found2.request();
    interruption.takeOver();
    return found2.read(secret, world.clock(), serverUrl);
  };
}
export {
  signCommand
};
