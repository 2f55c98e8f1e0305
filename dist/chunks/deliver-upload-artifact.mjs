import { buildkiteTokens, circleciTokens, forgejoTokens, githubTokens, gitlabTokens, inForgejo, inGitlab, kubernetesTokens, readIdentityToken, readTokenFile, sigstoreAudience, spiffeTokens, tokenVariable } from "./identity-providers-github-actions.mjs";
import { collectionPaths } from "./deliver-bundle-paths.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
var variables = [
  "CI",
  "GITHUB_ACTIONS",
  "FORGEJO_ACTIONS",
  "GITEA_ACTIONS",
  "GITLAB_CI",
  "BUILDKITE",
  "CIRCLECI",
  "BITBUCKET_BUILD_NUMBER",
  "DRONE",
  "JENKINS_URL",
  "TEAMCITY_VERSION",
  "TF_BUILD",
  "TRAVIS"
];
function inCi(environment) {
  return variables.some((name) => !/^(?:|0|false)$/i.test(environment[name] ?? ""));
}
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

import { readManifest } from "./deliver-manifest.mjs";

import { signedAt, signedBy } from "./identity-providers-github-actions.mjs";

import { deliverFile } from "./deliver-disk.mjs";

import { readSecretAnswer } from "./services-http-answer.mjs";

import { expectStatus } from "./services-http-answer.mjs";

import { count, shownPath, shownText } from "./node-concurrency.mjs";

import { failureJson } from "./options-shared.mjs";

import { Secret } from "./node-concurrency.mjs";

import { demandArtifactName, describeClientError, forbiddenInPaths, openArtifactClient } from "./services-github-artifact-client.mjs";

import { safeFileName } from "./node-concurrency.mjs";

import { shownUrl } from "./core-certificate-certificate.mjs";

import { formatImage, subjectName } from "./node-concurrency.mjs";

import { pathBelow } from "./node-concurrency.mjs";

import { maxBundleLength } from "./core-bundle-read-bundle.mjs";

import { readRegularFile } from "./node-regular-file.mjs";

import { formatDigest, toDigest } from "./node-regular-file.mjs";

import { encodeHex } from "./core-encoding-json.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

import { access, constants } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { createHash } from "node:crypto";
import { dirname, relative as relative2, resolve as resolve2, sep } from "node:path";
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
    const { GCE_METADATA_HOST: host, GOOGLE_SERVICE_ACCOUNT_NAME: account } = environment;
    return host || account || await isGoogleMachine(world) ? "ready" : "absent";
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
  const access2 = metadataRequest(environment, "token", { scopes: "https://www.googleapis.com/auth/cloud-platform" });
  const accessToken = member(access2, expectStatus(access2, await http(access2), 200).body, "access_token");
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
var loginTokens = {
  name: "login",
  title: "a login",
  detect: () => "absent",
  open: ({ login }) => login?.request ?? fail("LOGIN_UNAVAILABLE", "a login is not possible here", {
    remedy: "Log in with `countersign sign` in a terminal."
  }),
  audience: ({ login }) => login?.clientId,
  kinds: ["email"]
};
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
  spiffeTokens,
  loginTokens
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
  if (chosen !== void 0) return found(chosen, true, settings, world);
  const mayLogIn = settings.login !== void 0 && !inCi(settings.environment);
  return mayLogIn ? found(loginTokens, false, settings, world) : nothing;
}
function jobTokens(environment, world) {
  const provider = inForgejo(environment) ? forgejoTokens : githubTokens;
  return found(provider, true, { file: void 0, environment }, world);
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
      const token = readIdentityToken(secret.reveal(), now, serverUrl, provider.audience?.(settings));
      demandProvided(token, provider, expected);
      return token;
    }
  };
}
function demandProvided({ kind, issuer }, { kinds, title }, expected) {
  if (kinds?.includes("email") && kind.name === "username")
    fail("TOKEN_INVALID", `the identity token of ${title} has no email address`, {
      remedy: "Request a token that contains the claim email (scope `openid email`)."
    });
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
function subjectsJson({ identity, signed }) {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(",")}]`;
}
function signingJson(report, failure) {
  const { identity, signed, unsigned, warnings, notices } = report;
  return {
    version: 1,
    signed: failure === void 0 && signed.length > 0,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    subjects: signed.map((subject) => subjectJson(subject, identity)),
    unsigned: unsigned.map(({ remedy, ...rest }) => ({ ...rest, remedy: remedy ?? null })),
    warnings,
    notices
  };
}
function imageLines({ signed }) {
  return signed.filter(({ inRegistry }) => inRegistry).map(formatImage).join("\n");
}
function subjectJson({ name, digest, platform, bundlePath, attachedAs, logs, signedAt: signedAt2, resumed, certificateValidity }, identity) {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // Only for images.
    ...platform !== void 0 && { platform },
    ...attachedAs !== void 0 && { attached: attachedAs },
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    certificate: {
      notBefore: certificateValidity.notBefore.toISOString(),
      notAfter: certificateValidity.notAfter.toISOString()
    },
    signedAt: signedAt2.toISOString(),
    resumed
  };
}
var maxLines = 10;
var maxLineLength = 400;
function signingText(report) {
  const { identity, signed, unsigned, warnings, notices, artifact, manifestPath, workspace } = report;
  const resumed = signed.filter((subject) => subject.resumed).length;
  const fresh = count(signed.length - resumed, "subject");
  const lines = [
    `Signed ${fresh}${resumed === 0 ? "" : `; an earlier run had already signed ${resumed}`}`,
    ...identity === void 0 ? [] : [`  identity  ${identity.subjectAlternativeName}`, `  issuer    ${identity.issuer}`],
    ...some(signed, (subject) => [`  ${subjectLine(subject, workspace)}`]),
    ...unsigned.length === 0 ? [] : [`Not signed: ${count(unsigned.length, "subject")}`],
    ...warnings.slice(0, maxLines).map((warning) => `Warning: ${warning}`),
    ...notices.map((notice) => `Note: ${notice}`),
    ...artifact === void 0 ? [] : [`Uploaded ${artifact.name}: ${artifact.url}`],
    ...manifestPath === void 0 ? [] : [`Manifest ${shownPath(manifestPath, workspace)}`]
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function unsignedText({ unsigned }) {
  return some(unsigned, failureLines).map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function leftOutText(names) {
  const shown = names.slice(0, maxLines).map((name) => shownText(name, 150));
  const more = names.length > maxLines ? `, and ${names.length - maxLines} more` : "";
  return `skipped bundles and manifests: ${shown.join(", ")}${more}`;
}
function subjectLine({ kind, name, digest, bundlePath, attachedAs, logs }, workspace) {
  const where = logs.length === 0 ? "not logged" : `log index ${logs.map(({ index }) => index).join(", ")}`;
  const [shownName, shownBundle] = [name, shownPath(bundlePath, workspace)].map((text) => shownText(text, 150));
  const image = kind === "image" ? `@${formatDigest(digest)}` : "";
  return `${shownName}${image} -> ${shownBundle}${attachedAs === void 0 ? "" : ", attached"} (${where})`;
}
function failureLines({ name, code, message, remedy }) {
  const line = `${shownText(name, 200)}: ${code}: ${message}`;
  return [line, ...(remedy?.split("\n") ?? []).map((text) => `  ${text}`)];
}
function some(items, describe) {
  const more = items.length - maxLines;
  return [...items.slice(0, maxLines).flatMap(describe), ...more > 0 ? [`  and ${more} more`] : []];
}
var maxJobLength = 100;
function artifactName(job, contents) {
  const digits = encodeHex(contents.bytes).slice(0, 12);
  return job === "" ? `countersign-${digits}` : `countersign-${safeFileName(job, maxJobLength)}-${digits}`;
}
async function uploadArtifact(request, { serverUrl, repository, runId }, open = openArtifactClient) {
  const { files, rootDirectory } = request;
  demandArtifactName(request.name);
  const root = resolve(rootDirectory);
  const paths = [...new Set(files.map((file) => resolve(file)))];
  for (const path of paths) demandInside(path, root);
  const sent = paths.filter((path) => !forbiddenInPaths.test(relative(root, path)));
  for (const path of sent) await demandReadable(path, root);
  if (sent.length === 0) failed(request.name, root, "GitHub accepts none of the file names", void 0);
  const { name, id, digest } = await upload(await open(), request, sent, root);
  if (id === void 0 || digest === void 0)
    failed(name, root, "the artifact service returned no artifact ID", void 0);
  return {
    id,
    name,
    digest: `sha256:${digest}`,
    url: `${serverUrl}/${repository}/actions/runs/${runId}/artifacts/${id}`,
    leftOut: paths.filter((path) => !sent.includes(path))
  };
}
var nameTaken = /\(409\)|already exists/;
var maxNames = 9;
async function upload(client, request, files, root) {
  const names = Array.from(
    { length: request.isNameFree === true ? maxNames : 1 },
    (_, index) => index === 0 ? request.name : `${request.name}-${index + 1}`
  );
  let taken;
  for (const name of names) {
    try {
      return { name, ...await client.uploadArtifact(name, [...files], root) };
    } catch (cause) {
      if (!nameTaken.test(messageOf(cause))) failed(name, root, messageOf(cause), cause);
      taken = cause;
    }
    const again = await uploadAgain(client, { ...request, name }, files, root);
    if (again !== void 0) return again;
  }
  return failed(request.name, root, messageOf(taken), taken);
}
async function uploadAgain(client, { name, earlier }, files, root) {
  if (earlier === void 0) return void 0;
  const { findEarlier, holdsFiles, holdsSubjects } = await import("./deliver-earlier-artifact.mjs");
  try {
    const found2 = await findEarlier(name, client, earlier);
    if (found2 === void 0) return void 0;
    if (found2.digest !== void 0 && await holdsFiles(found2, files, root, earlier.files))
      return { name, id: found2.id, digest: found2.digest.replace(/^sha256:/, "") };
    if (!holdsSubjects(found2, earlier.subjects)) return void 0;
    await client.deleteArtifact(name);
    return { name, ...await client.uploadArtifact(name, [...files], root) };
  } catch (cause) {
    return failed(name, root, messageOf(cause), cause);
  }
}
function messageOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
function demandInside(path, root) {
  if (pathBelow(root, path)) return;
  fail("USAGE", `${path} is outside of ${root} and cannot be part of the artifact`, {
    remedy: "Set `bundle-dir` to a folder in the workspace."
  });
}
async function demandReadable(path, root) {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    fail("DELIVERY_FAILED", `${path} cannot be read for the upload; the other bundles are still in ${root}`, {
      cause,
      remedy: "Make sure that nothing else changes the bundle folder during signing, and run again."
    });
  }
}
var refusals = [
  {
    sign: /storage quota has been hit|insufficient usage/,
    reason: "the artifact storage quota of the account is used up",
    remedy: "Delete old artifacts, or increase the storage limit of the account. GitHub recalculates the usage within 12 hours."
  },
  {
    sign: nameTaken,
    reason: "this run already has an artifact with this name",
    remedy: "Leave `artifact-name` out, or make it different in each job, step and leg of the matrix."
  },
  {
    sign: /not currently supported on GHES/,
    reason: "GitHub Enterprise Server does not provide this artifact service",
    remedy: "Set `upload-artifact: false`, and use the bundles in the folder in a later step."
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|self[- ]signed certificate|unable to (?:get (?:local )?issuer|verify)/i,
    reason: "Node.js does not trust the CA that issued the certificate of the artifact service",
    remedy: "Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, such as the CA of the company."
  },
  {
    sign: /ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/,
    reason: "the runner does not provide the artifact service to this step",
    remedy: "Use the action, since `run` steps have no token for the artifact service. On other runners, set `upload-artifact: false`."
  }
];
function failed(name, root, message, cause) {
  const known = refusals.find(({ sign }) => sign.test(message));
  const reason = known?.reason ?? describeClientError(message);
  fail("DELIVERY_FAILED", `the artifact ${name} was not uploaded: ${reason}. The bundles are still in ${root}`, {
    ...cause !== void 0 && { cause },
    remedy: known?.remedy ?? "Check githubstatus.com, and run the job again. Files that are already signed are not signed again."
  });
}
var batchLength = 64 * 1024;
async function writeCollection(files, random, { candidates, places, identity, issuer, subjects }) {
  const paths = await choosePaths(files, candidates, subjects);
  const sorted = subjects.toSorted(bySubject);
  const digests = /* @__PURE__ */ new Map();
  await deliverFile(files, random, paths.bundles, batched(bundleLines(files, sorted, digests)), places);
  const hash = createHash("sha256");
  const lines = manifestLines(paths.manifest, identity, issuer, sorted, digests);
  await deliverFile(files, random, paths.manifest, hashed(batched(lines), hash), places);
  const manifestDigest = toDigest("sha256", new Uint8Array(hash.digest()));
  return { bundlesPath: paths.bundles, manifestPath: paths.manifest, manifestDigest };
}
async function choosePaths(files, candidates, subjects) {
  const own = new Set(subjects.map(({ bundlePath }) => resolve2(bundlePath)));
  for (const paths of candidates) {
    const listed = await readManifest(paths.manifest, files);
    const isFree = !await isThere(paths.manifest, files) && !await isThere(paths.bundles, files);
    if (isFree || listed?.every(({ bundle }) => own.has(resolve2(dirname(paths.manifest), bundle)))) return paths;
  }
  return fail("DELIVERY_FAILED", "all candidate paths for the file with all bundles are taken");
}
async function isThere(path, files) {
  return files.lstat(path).then(
    () => true,
    (cause) => systemCode(cause) !== "ENOENT" && systemCode(cause) !== "ENOTDIR"
  );
}
async function* bundleLines(files, subjects, digests) {
  for (const { bundlePath } of subjects) {
    if (digests.has(bundlePath)) continue;
    const bytes = await read(files, bundlePath);
    digests.set(bundlePath, createHash("sha256").update(bytes).digest("hex"));
    yield `${bytes.toString("utf8").trim().replace(/\s*[\r\n]\s*/g, "")}
`;
  }
}
async function read(files, path) {
  try {
    return await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    return fail("DELIVERY_FAILED", `the bundle ${path} cannot be read back: ${String(cause)}`, {
      cause,
      remedy: "Make sure that nothing else changes the bundle folder during signing, and run again."
    });
  }
}
async function* manifestLines(path, identity, issuer, subjects, digests) {
  yield `{"version":1,"identity":${JSON.stringify(identity)},"issuer":${JSON.stringify(issuer)},"subjects":[`;
  const folder = dirname(path);
  let separator = "\n";
  for (const { name, digest, bundlePath, logs, signedAt: signedAt2 } of subjects) {
    const subject = {
      name,
      digest: formatDigest(digest),
      bundle: relative2(folder, bundlePath).split(sep).join("/"),
      bundleDigest: `sha256:${digests.get(bundlePath)}`,
      logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
      signedAt: signedAt2.toISOString()
    };
    yield `${separator}${JSON.stringify(subject)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
async function* batched(texts) {
  let batch = "";
  for await (const text of texts) {
    batch += text;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = "";
  }
  yield batch;
}
async function* hashed(texts, hash) {
  for await (const text of texts) {
    hash.update(text);
    yield text;
  }
}
function bySubject(a, b) {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return formatDigest(a.digest) < formatDigest(b.digest) ? -1 : 1;
}
async function deliverRun(receipt, request, world) {
  const failures = [];
  const [{ collection, artifact }, images] = await Promise.all([
    deliverCollection(receipt, request, failures, world),
    deliverImages(receipt, request, world)
  ]);
  return { collection, artifact, attached: images.attached, failures: [...failures, ...images.failures] };
}
async function deliverImages({ signed }, { images }, world) {
  if (images === void 0) return { attached: /* @__PURE__ */ new Map(), failures: [] };
  const { attachImages } = await import("./run-sign-images.mjs");
  return attachImages(signed, images, world);
}
async function attempt(deliver, failures) {
  try {
    return await deliver();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    failures.push(error);
    return void 0;
  }
}
async function deliverCollection({ signed }, { places, collect, artifact: wanted }, failures, world) {
  const [first] = signed;
  if (!collect || first === void 0) return { collection: void 0, artifact: void 0 };
  const { subjectAlternativeName, issuer } = signedBy(first.verdict).identity;
  const subjects = signed.map(delivered);
  const write = () => writeCollection(world.files, world.random, {
    candidates: collectionPaths(
      signed.map(({ subject }) => subject),
      places
    ),
    places,
    identity: subjectAlternativeName,
    issuer,
    subjects
  });
  const collection = await attempt(write, failures);
  if (collection === void 0 || wanted === void 0) return { collection, artifact: void 0 };
  const rootDirectory = places.bundleDirectory ?? places.workspace;
  const upload2 = () => uploadArtifact(
    {
      name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
      isNameFree: wanted.name === void 0,
      earlier: { subjects, files: world.files, temporaryDirectory: wanted.temporaryDirectory },
      files: [
        ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
        collection.bundlesPath,
        collection.manifestPath
      ],
      rootDirectory
    },
    wanted
  );
  const remedy = `The bundles are still in ${rootDirectory}.`;
  const uploaded = () => untilCancelled(upload2, "uploading the workflow artifact", remedy, world.cancellation);
  return { collection, artifact: await attempt(uploaded, failures) };
}
function delivered({ subject, digest, bundlePath, verdict }) {
  return {
    name: subject.name,
    digest,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex
    })),
    signedAt: signedAt(verdict)
  };
}
function signingReport(receipt, deliveries, workspace) {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, attached, failures } = deliveries;
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    certificateLogged: first === void 0 || first.signedCertificateTimestamps.length > 0,
    predicateType: first?.content.kind === "dsse-envelope" ? first.content.statement.predicateType : void 0,
    signed: receipt.signed.map((signed) => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      platform: signed.subject.kind === "image" ? signed.subject.platform : void 0,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      attachedAs: attached.get(signed),
      inRegistry: signed.subject.kind === "image" && signed.subject.stored !== void 0,
      resumed: signed.resumed
    })),
    unsigned: receipt.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy
    })),
    artifact,
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...failures.map(({ message, remedy }) => remedy === void 0 ? message : `${message}. ${remedy}`),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} was not uploaded: GitHub artifacts do not allow a character in its name`
      )
    ],
    notices: adviceOn(receipt),
    workspace
  };
}
var fewEntries = 50;
function adviceOn({ instance, format, signed }) {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const [first] = fresh;
  const { sourceRepositoryUri: source, sourceRepositoryDigest: commit } = first === void 0 ? {} : signedBy(first.verdict).identity.claims;
  const hasProvenance = source !== void 0 && commit !== void 0;
  if (!hasProvenance || !instance.publicLog || format === "attestation" || fresh.length <= fewEntries) return [];
  return [
    `this run created ${fresh.length} entries in a public log. To create a single entry for all subjects, set \`bundle-format: attestation\``
  ];
}
export {
  deliverRun,
  findTokens,
  imageLines,
  inCi,
  jobTokens,
  leftOutText,
  signingJson,
  signingReport,
  signingText,
  subjectsJson,
  unsignedText,
  untilCancelled
};
