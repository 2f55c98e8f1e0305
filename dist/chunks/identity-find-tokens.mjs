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

import { buildkiteTokens, circleciTokens, kubernetesTokens, readIdentityToken, readTokenFile, spiffeTokens } from "./identity-providers-github-actions.mjs";

import { forgejoTokens, githubTokens, gitlabTokens, inForgejo, inGitlab, sigstoreAudience, tokenVariable } from "./identity-providers-github-actions.mjs";

import { readSecretAnswer } from "./services-http-back-off.mjs";

import { expectStatus } from "./services-http-answer.mjs";

import { Secret } from "./node-secret.mjs";

import { shownUrl } from "./core-certificate-certificate.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

import { fail } from "./core-errors-codes.mjs";

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
export {
  findTokens,
  inCi,
  jobTokens
};
