import { submitEntry } from "./services-rekor-rekor-v1.mjs";
import { ServiceOutage, usefulUntil } from "./services-http-retry.mjs";
import { covers, countKeys, encodeP256PublicKey, readPublicKey, shownUrl } from "./core-certificate-certificate.mjs";
import { CountersignError, fail, reading, systemCode } from "./core-errors-codes.mjs";
function demandVerifiable(services, { trust, thresholds }, now) {
  const { transparencyLogs: logs, timestampAuthorities: authorities } = services;
  const sameInstance = `Use the newest trusted root and signing config of the same Sigstore instance. If they are current, check the clock of this machine; it shows ${now.toISOString()}.`;
  const isValid = ({ validFor }) => covers(validFor, now);
  if (logs.length < thresholds.logEntries)
    fail(
      "SIGNING_CONFIG_INVALID",
      `${tooFew(logs.length, "transparency log")}; each signature requires ${thresholds.logEntries}`,
      {
        remedy: "Add a log to the signing config (`rekorTlogUrls`, `rekorTlogConfig`). If your Sigstore instance has no log, set `insecure-ignore-tlog`."
      }
    );
  const known = countKeys(trust.transparencyLogs.filter(isValid).map(({ publicKey }) => publicKey));
  if (known < logs.length)
    fail(
      "LOG_UNKNOWN",
      `the signing config has ${logs.length} transparency logs, but only ${known} in the trusted root are valid now`,
      {
        remedy: sameInstance
      }
    );
  const ended = logs.find(({ url }) => {
    const listed = trust.transparencyLogs.filter(({ baseUrl }) => withoutSlash(baseUrl) === withoutSlash(url));
    return listed.length > 0 && !listed.some(isValid);
  });
  if (ended !== void 0)
    fail("LOG_UNKNOWN", `the transparency log ${shownUrl(ended.url)} is not valid now according to the trusted root`, {
      remedy: sameInstance
    });
  const times = authorities.length + logs.filter(signsTime).length;
  if (times < thresholds.timestamps)
    fail(
      "SIGNING_CONFIG_INVALID",
      `${tooFew(authorities.length, "timestamp authority")}, so there is no trusted time for signatures`,
      {
        remedy: "Add a timestamp authority to the signing config (`tsaUrls`, `tsaConfig`). Only Rekor v1 logs provide a trusted time."
      }
    );
  if (authorities.length > 0 && !trust.timestampAuthorities.some(isValid))
    fail(
      "TIMESTAMP_UNTRUSTED",
      "the signing config has a timestamp authority, but the trusted root has none that is valid now",
      {
        remedy: sameInstance
      }
    );
}
function signsTime({ majorApiVersion }) {
  return majorApiVersion === 1;
}
function tooFew(count, what) {
  return count === 0 ? `the signing config has no ${what}` : `the signing config selects only ${count} ${what}`;
}
function withoutSlash(url) {
  return url.replace(/\/+$/, "");
}

import { decodeJwt } from "./jose-dist-webapi-lib-asn1.mjs";

import { readSecretAnswer } from "./services-http-back-off.mjs";

import { describeAnswer, expectStatus } from "./services-http-answer.mjs";

import { Secret } from "./node-secret.mjs";

import { claimName, readFulcioClaims, readOlderFulcioClaims } from "./core-log-cosignature.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { goUrl } from "./core-encoding-der-writer.mjs";

var runClaims = ["sourceRepositoryUri", "sourceRepositoryDigest", "runInvocationUri"];
function demandOwnClaims(certificate, own) {
  demandEqual(shownClaims(certificate), own, (_, value) => value);
}
function demandOwnRun(certificate, own) {
  const shown = shownClaims(certificate);
  const hidden = runClaims.find((claim) => own[claim] !== void 0 && shown[claim] === void 0);
  if (hidden !== void 0) fail("CLAIM_MISMATCH", `the certificate has no claim ${claimName(hidden)}`);
  demandEqual(
    shown,
    own,
    (claim, value) => claim === "runInvocationUri" ? value.replace(/\/attempts\/\d+$/, "") : value
  );
}
function demandOwnRepository(certificate, { sourceRepositoryUri }) {
  const shown = shownClaims(certificate).sourceRepositoryUri;
  if (shown === sourceRepositoryUri) return;
  if (shown !== void 0 && sourceRepositoryUri !== void 0 && writtenForms(sourceRepositoryUri).includes(shown))
    return;
  fail(
    "CLAIM_MISMATCH",
    `the certificate claim source-repository-uri is ${shown === void 0 ? "missing" : JSON.stringify(shown)}, not this repository`
  );
}
function shownClaims(certificate) {
  const { issuer: _, ...claims } = readFulcioClaims(certificate);
  return { ...claims, ...readOlderFulcioClaims(certificate) };
}
function demandEqual(shown, own, compared) {
  for (const [claim, value] of Object.entries(shown)) {
    const expected = own[claim];
    const forms = expected === void 0 ? [] : writtenForms(expected);
    if (forms.some((form) => compared(claim, form) === compared(claim, value))) continue;
    const other = expected === void 0 ? "has no such claim" : `has ${JSON.stringify(expected)}`;
    fail(
      "CLAIM_MISMATCH",
      `the certificate claim ${claimName(claim)} is ${JSON.stringify(value)}, but the identity token ${other}`
    );
  }
}
function writtenForms(value) {
  return [value].flat().flatMap((one) => {
    const written = goUrl(one);
    return written === void 0 || written === one ? [one] : [one, written];
  });
}
function presentClaims(all) {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== void 0));
}
function textClaim(claims, name) {
  const value = claims[name];
  return typeof value === "string" && value !== "" ? value : void 0;
}
function scalarClaim(claims, name) {
  const value = claims[name];
  return Number.isSafeInteger(value) || typeof value === "boolean" ? String(value) : textClaim(claims, name);
}
function requiredClaim(claims, name, use) {
  return scalarClaim(claims, name) ?? fail("TOKEN_INVALID", `the identity token has no claim ${name}, ${use}`, {
    remedy: `Request a token that contains the claim ${name}. If the CI system lets you choose the claims, add it.`
  });
}
var sigstoreAudience = "sigstore";
var githubTokens = {
  name: "github",
  title: "GitHub Actions",
  kinds: ["github"],
  detect({ environment }) {
    const { FORGEJO_ACTIONS: forgejo, GITEA_ACTIONS: gitea } = environment;
    if (forgejo === "true" || gitea === "true") return "absent";
    if (environment.ACTIONS_ID_TOKEN_REQUEST_URL) return "ready";
    return environment.GITHUB_ACTIONS === "true" ? "without a token" : "absent";
  },
  open: ({ environment }, { http }) => async () => requestToken(http, tokenEndpoint(environment))
};
var issuerHost = /^https:\/\/token\.actions\.(?:githubusercontent\.com|[a-z0-9-]+\.ghe\.com)(?:\/|$)/;
var githubJobs = {
  name: "github",
  holder: "a job of GitHub Actions",
  recognizes: (claims) => ["job_workflow_ref", "repository"].some((name) => textClaim(claims, name) !== void 0) || issuerHost.test(textClaim(claims, "iss") ?? ""),
  certificateIdentity(claims, serverUrl) {
    const workflow = textClaim(claims, "job_workflow_ref") ?? fail("TOKEN_INVALID", "the identity token contains neither a workflow nor an email address", {
      remedy: "Request the token in a job of GitHub Actions."
    });
    const uri = `${serverUrl}/${workflow}`;
    return goUrl(uri) ?? uri;
  },
  certificateClaims(claims, serverUrl) {
    const claim = (name) => textClaim(claims, name);
    const url = (path) => path && `${serverUrl}/${path}`;
    const [repository, run, attempt] = ["repository", "run_id", "run_attempt"].map(claim);
    return presentClaims({
      buildSignerUri: url(claim("job_workflow_ref")),
      buildSignerDigest: claim("job_workflow_sha"),
      runnerEnvironment: claim("runner_environment"),
      sourceRepositoryUri: url(repository),
      sourceRepositoryDigest: claim("sha"),
      sourceRepositoryRef: claim("ref"),
      sourceRepositoryIdentifier: claim("repository_id"),
      sourceRepositoryOwnerUri: url(claim("repository_owner")),
      sourceRepositoryOwnerIdentifier: claim("repository_owner_id"),
      buildConfigUri: url(claim("workflow_ref")),
      buildConfigDigest: claim("workflow_sha"),
      buildTrigger: claim("event_name"),
      runInvocationUri: url(repository && run && attempt && `${repository}/actions/runs/${run}/attempts/${attempt}`),
      sourceRepositoryVisibility: claim("repository_visibility"),
      deploymentEnvironment: claim("environment"),
      githubWorkflowTrigger: claim("event_name"),
      githubWorkflowSha: claim("sha"),
      githubWorkflowName: claim("workflow"),
      githubWorkflowRepository: repository,
      githubWorkflowRef: claim("ref")
    });
  },
  risk: dangerousTrigger,
  visibility: (claims) => textClaim(claims, "repository_visibility"),
  publishedClaims: [
    "repository",
    "repository_owner",
    "workflow_ref",
    "job_workflow_ref",
    "ref",
    "sha",
    "event_name",
    "run_id",
    "environment",
    "sub"
  ]
};
var dangerousTriggers = /* @__PURE__ */ new Set(["pull_request_target", "workflow_run", "issue_comment"]);
function dangerousTrigger(claims) {
  const event = textClaim(claims, "event_name");
  if (event === void 0 || !dangerousTriggers.has(event)) return void 0;
  return `was triggered by ${event}, which anyone can trigger`;
}
var elsewhere = "Forgejo issues identity tokens since version 15, to workflows with `enable-openid-connect: true`. Gitea does not issue any. Sign with a token of another provider: `countersign sign --identity-token`.";
function tokenEndpoint(environment) {
  const url = environment.ACTIONS_ID_TOKEN_REQUEST_URL;
  const requestToken2 = environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !requestToken2) {
    const { GITEA_ACTIONS: gitea, FORGEJO_ACTIONS: forgejo } = environment;
    fail("TOKEN_PERMISSION_MISSING", "this job is not allowed to request an identity token", {
      remedy: gitea === "true" || forgejo === "true" ? elsewhere : "Add these two lines to the job:\n  permissions:\n    id-token: write\nA pull request from a fork never has this permission."
    });
  }
  if (!URL.canParse(url)) fail("TOKEN_PERMISSION_MISSING", "ACTIONS_ID_TOKEN_REQUEST_URL is not a URL");
  return { url, requestToken: new Secret(requestToken2) };
}
async function requestToken(http, endpoint, service = "GitHub's identity provider") {
  const url = new URL(endpoint.url);
  url.searchParams.set("audience", sigstoreAudience);
  const request = {
    method: "GET",
    url,
    headers: { authorization: `Bearer ${endpoint.requestToken.reveal()}`, accept: "application/json" },
    service,
    timeoutMilliseconds: 1e4,
    maxBodyLength: 1024 * 1024
  };
  const { body } = expectToken(request, await http(request));
  const what = `the response of ${service} (${url.origin})`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what));
  return new Secret(answer.field("value").text());
}
function expectToken(request, response) {
  if (response.status !== 401 && response.status !== 403) return expectStatus(request, response, 200);
  return fail("SERVICE_REFUSED", describeAnswer(request, response), {
    remedy: "The job is no longer allowed to request identity tokens. A job can request them only while it runs, with the permission `id-token: write`. Run it again."
  });
}
function inForgejo({ FORGEJO_ACTIONS: forgejo, GITEA_ACTIONS: gitea }) {
  return forgejo === "true" || gitea === "true";
}
var forgejoTokens = {
  name: "forgejo",
  title: "Forgejo Actions",
  kinds: ["forgejo"],
  detect({ environment }) {
    if (!inForgejo(environment)) return "absent";
    return environment.ACTIONS_ID_TOKEN_REQUEST_URL ? "ready" : "without a token";
  },
  open: ({ environment }, { http }) => () => requestToken(http, tokenEndpoint(environment), "Forgejo's identity provider"),
  issuer: ({ GITHUB_SERVER_URL: server2 }) => server2 ? `${server2.replace(/\/+$/, "")}${issuerPath}` : void 0
};
var issuerPath = "/api/actions";
var forgejoJobs = {
  name: "forgejo",
  holder: "a job of Forgejo Actions",
  recognizes: (claims) => textClaim(claims, "repository") !== void 0 && (textClaim(claims, "iss")?.endsWith(issuerPath) ?? false),
  certificateIdentity(claims) {
    const workflow = workflowAddress(claims);
    return goUrl(workflow) ?? workflow;
  },
  certificateClaims(claims) {
    const claim = (name) => scalarClaim(claims, name);
    const server2 = forgejoServer(claims);
    const [repository, run] = ["repository", "run_number"].map(claim);
    return presentClaims({
      buildSignerUri: workflowAddress(claims),
      sourceRepositoryUri: repository && `${server2}/${repository}`,
      sourceRepositoryDigest: claim("sha"),
      sourceRepositoryRef: claim("ref"),
      sourceRepositoryIdentifier: claim("repository_id"),
      sourceRepositoryOwnerUri: claim("repository_owner") && `${server2}/${claim("repository_owner")}`,
      sourceRepositoryOwnerIdentifier: claim("repository_owner_id"),
      buildConfigUri: workflowAddress(claims),
      buildTrigger: claim("event_name"),
      runInvocationUri: repository && run && `${server2}/${repository}/actions/runs/${run}`
    });
  },
  risk: dangerousTrigger,
  publishedClaims: ["repository", "repository_owner", "workflow_ref", "ref", "sha", "event_name", "run_number", "sub"]
};
function forgejoServer(claims) {
  return requiredClaim(claims, "iss", "which names the server").slice(0, -issuerPath.length);
}
function workflowAddress(claims) {
  return `${forgejoServer(claims)}/${requiredClaim(claims, "workflow_ref", "which the certificate names")}`;
}
function tokenVariable({ SIGSTORE_ID_TOKEN: token }) {
  return token?.trim() || void 0;
}
function inGitlab(environment) {
  return environment.GITLAB_CI === "true";
}
var gitlabTokens = {
  name: "gitlab",
  title: "GitLab CI/CD",
  kinds: ["gitlab"],
  detect({ environment }) {
    if (!inGitlab(environment)) return "absent";
    return tokenVariable(environment) === void 0 ? "without a token" : "ready";
  },
  open: ({ environment }) => {
    const token = tokenVariable(environment);
    return async () => token === void 0 ? fail("TOKEN_PERMISSION_MISSING", "this job of GitLab CI/CD has no SIGSTORE_ID_TOKEN", {
      remedy: "Add these lines to the job:\n  id_tokens:\n    SIGSTORE_ID_TOKEN:\n      aud: sigstore"
    }) : new Secret(token);
  },
  issuer: ({ CI_SERVER_URL: url }) => url || void 0
};
var defaultServer = "https://gitlab.com";
var gitlabJobs = {
  name: "gitlab",
  holder: "a job of GitLab CI/CD",
  recognizes: (claims) => textClaim(claims, "ci_config_ref_uri") !== void 0 || textClaim(claims, "project_path") !== void 0 && textClaim(claims, "namespace_path") !== void 0,
  certificateIdentity: configAddress,
  certificateClaims(claims) {
    const claim = (name) => scalarClaim(claims, name);
    const [project, namespace, job, ref] = ["project_path", "namespace_path", "job_id", "ref"].map(claim);
    const servers = [.../* @__PURE__ */ new Set([gitlabServer(claims), defaultServer])];
    const url = (path) => path === void 0 ? void 0 : servers.map((server2) => `${server2}/${path}`);
    const config = `https://${requiredClaim(claims, "ci_config_ref_uri", needed)}`;
    return presentClaims({
      buildSignerUri: config,
      buildSignerDigest: claim("ci_config_sha"),
      runnerEnvironment: claim("runner_environment"),
      sourceRepositoryUri: url(project),
      sourceRepositoryDigest: claim("sha"),
      sourceRepositoryRef: ref && `refs/${claim("ref_type") === "branch" ? "heads" : "tags"}/${ref}`,
      sourceRepositoryIdentifier: claim("project_id"),
      sourceRepositoryOwnerUri: url(namespace),
      sourceRepositoryOwnerIdentifier: claim("namespace_id"),
      buildConfigUri: config,
      buildConfigDigest: claim("ci_config_sha"),
      buildTrigger: claim("pipeline_source"),
      runInvocationUri: url(project && job && `${project}/-/jobs/${job}`),
      sourceRepositoryVisibility: claim("project_visibility"),
      deploymentEnvironment: claim("environment")
    });
  },
  risk: (claims) => {
    const [project, target] = ["project_id", "job_project_id"].map((name) => scalarClaim(claims, name));
    return target !== void 0 && project !== target ? "runs for a merge request of a fork" : void 0;
  },
  visibility: (claims) => textClaim(claims, "project_visibility"),
  publishedClaims: [
    "project_path",
    "namespace_path",
    "ci_config_ref_uri",
    "ref",
    "sha",
    "pipeline_source",
    "job_id",
    "environment",
    "sub"
  ]
};
var needed = "which the certificate names";
function configAddress(claims) {
  const address = `https://${requiredClaim(claims, "ci_config_ref_uri", needed)}`;
  return goUrl(address) ?? address;
}
function gitlabServer(claims) {
  const [config = "", project] = ["ci_config_ref_uri", "project_path"].map((name) => textClaim(claims, name));
  const end = project === void 0 ? -1 : config.indexOf(`/${project}//`);
  return end > 0 ? `https://${config.slice(0, end)}` : textClaim(claims, "iss") ?? defaultServer;
}

import { p256 } from "./noble-curves-abstract-weierstrass.mjs";

import { bundleMediaType, writeBundle } from "./core-bundle-write-bundle.mjs";

import { selectServices } from "./core-trust-signing-config.mjs";

import { checkNotInFuture, matchIdentity, verify, verifyCertificate, verifySCTs } from "./core-certificate-path.mjs";

import { preAuthenticationEncoding } from "./core-encoding-der-writer.mjs";

import { exactIdentity } from "./core-certificate-certificate.mjs";

import { encodeHashAlgorithm, readTimestampResponse } from "./core-certificate-path.mjs";

import { statementPayloadType } from "./core-certificate-path.mjs";

import { readCertificate, rememberSignaturesOf } from "./core-certificate-certificate.mjs";

import { decodePem, der, encodePem } from "./core-encoding-der-writer.mjs";

import { utf8Text } from "./node-regular-file.mjs";

import { readToEnd } from "./node-regular-file.mjs";

import { encodeBase64 } from "./core-encoding-der.mjs";

import { digest, equalDigests } from "./node-regular-file.mjs";

import { readDer } from "./core-encoding-der.mjs";

import { exactly } from "./core-certificate-certificate.mjs";

import { decodeUtf8, equalBytes, utf8 } from "./core-encoding-json.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

var longestMargin = 6e4;
function marginOf({ expiresAt }, requestedAt) {
  return Math.min(longestMargin, (expiresAt.getTime() - requestedAt.getTime()) / 4);
}
function cachedTokens(request, clock) {
  let open2 = request;
  let current;
  let margin = 0;
  const returned = [];
  const dispose = () => {
    open2 = void 0;
    current = void 0;
    for (const secret of returned.splice(0)) secret[Symbol.dispose]();
  };
  const next = async (requestNext) => {
    const token = await requestNext();
    returned.push(token.token);
    margin = marginOf(token, clock());
    if (open2 !== void 0) return token;
    dispose();
    return failDisposed();
  };
  const tokens = async () => {
    const held = current;
    const token = await held?.catch(() => void 0);
    if (open2 === void 0) return failDisposed();
    if (token !== void 0 && token.expiresAt.getTime() - clock().getTime() > margin) return token;
    if (current === held || current === void 0) current = next(open2);
    return current;
  };
  return Object.assign(tokens, { [Symbol.dispose]: dispose });
}
function failDisposed() {
  fail("KEY_DISPOSED", "the signing session is closed; open a new one to sign");
}
var emailAddresses = {
  name: "email",
  holder: "the owner of an email address",
  recognizes: (claims) => textClaim(claims, "email") !== void 0,
  certificateIdentity(claims) {
    const { email_verified: verified } = claims;
    if (verified !== void 0 && !/^true$/i.test(String(verified)))
      fail("TOKEN_INVALID", "the email address in the identity token is not verified (email_verified)", {
        remedy: "Verify the email address in the account at the identity provider, and log in again."
      });
    return textClaim(claims, "email") ?? "";
  },
  publishedClaims: ["email", "sub"]
};
var webAddresses = {
  name: "uri",
  holder: "the owner of a URI",
  recognizes: (claims) => /^https?:\/\//.test(textClaim(claims, "sub") ?? ""),
  certificateIdentity(claims) {
    const uri = textClaim(claims, "sub") ?? "";
    return goUrl(uri) ?? uri;
  },
  publishedClaims: ["sub"]
};
var userNames = {
  name: "username",
  holder: "a user without an email address",
  // Fulcio refuses names with these characters.
  recognizes: (claims) => /^[^!@]+$/.test(textClaim(claims, "sub") ?? ""),
  certificateIdentity: (claims) => textClaim(claims, "sub") ?? "",
  publishedClaims: ["sub"]
};
var timeoutMilliseconds = 3e4;
var maxOutputLength = 64 * 1024;
async function printedToken(run, command) {
  const { program, arguments: given, remedy } = command;
  const refuse = (problem) => fail("TOKEN_PERMISSION_MISSING", `no identity token: ${program} ${problem}`, { remedy });
  const ended = await run({ program, arguments: given, input: "", timeoutMilliseconds, maxOutputLength });
  if (ended.kind === "failed") return refuse(ended.problem);
  if (ended.exitCode !== 0) return refuse(`exited with code ${ended.exitCode}`);
  return new Secret(decodeUtf8(ended.output)?.trim() || refuse("printed no token"));
}
var buildkiteTokens = {
  name: "buildkite",
  title: "Buildkite",
  kinds: ["buildkite"],
  detect: ({ environment }) => environment.BUILDKITE === "true" ? "ready" : "absent",
  open: (_, { run }) => () => printedToken(run, {
    program: "buildkite-agent",
    arguments: ["oidc", "request-token", "--audience", sigstoreAudience],
    remedy: "Run Countersign on the agent, with `buildkite-agent` in PATH. In a container, mount the agent and its environment (`mount-buildkite-agent: true` of the Docker plugin)."
  })
};
var server = "https://buildkite.com";
var buildkiteJobs = {
  name: "buildkite",
  holder: "a job of Buildkite",
  recognizes: (claims) => textClaim(claims, "organization_slug") !== void 0 && textClaim(claims, "pipeline_slug") !== void 0,
  certificateIdentity(claims) {
    const pipeline = pipelineAddress(claims);
    return goUrl(pipeline) ?? pipeline;
  },
  certificateClaims(claims) {
    const [build, job] = ["build_number", "job_id"].map((name) => scalarClaim(claims, name));
    return presentClaims({
      runnerEnvironment: scalarClaim(claims, "runner_environment"),
      sourceRepositoryDigest: scalarClaim(claims, "build_commit"),
      buildTrigger: scalarClaim(claims, "build_source"),
      runInvocationUri: build && job && `${pipelineAddress(claims)}/builds/${build}#${job}`
    });
  },
  // Git refuses colons in branch names. Buildkite writes one after the owner of a fork.
  risk: (claims) => textClaim(claims, "build_branch")?.includes(":") ? "builds a pull request of a fork" : void 0,
  publishedClaims: [
    "organization_slug",
    "pipeline_slug",
    "build_number",
    "build_commit",
    "build_source",
    "job_id",
    "sub"
  ]
};
function pipelineAddress(claims) {
  const [organization, pipeline] = ["organization_slug", "pipeline_slug"].map(
    (name) => requiredClaim(claims, name, "which the certificate names")
  );
  return `${server}/${organization}/${pipeline}`;
}
var circleciTokens = {
  name: "circleci",
  title: "CircleCI",
  kinds: ["circleci"],
  detect: ({ environment }) => environment.CIRCLECI === "true" ? "ready" : "absent",
  open: (_, { run }) => () => printedToken(run, {
    program: "circleci",
    // Of the two issuers that CircleCI has, this is the one that does not contain the organization's ID.
    arguments: ["run", "oidc", "get", "--claims", JSON.stringify({ aud: sigstoreAudience }), "--root-issuer"],
    remedy: "Run Countersign in a job of CircleCI that uses a context. $CIRCLE_OIDC_TOKEN_V2 cannot be used, because its audience is the organization."
  })
};
var claimOf = (name) => `oidc.circleci.com/${name}`;
var api = "https://circleci.com/api/v2";
var platform = "https://app.circleci.com/";
var circleciJobs = {
  name: "circleci",
  holder: "a job of CircleCI",
  recognizes: (claims) => scalarClaim(claims, claimOf("project-id")) !== void 0,
  certificateIdentity(claims) {
    const definition = definitionAddress(claims);
    return goUrl(definition) ?? definition;
  },
  certificateClaims(claims) {
    const claim = (name) => scalarClaim(claims, claimOf(name));
    const [pipeline, workflow, job] = ["pipeline-id", "workflow-id", "job-id"].map(claim);
    return presentClaims({
      buildSignerUri: definitionAddress(claims),
      // Fulcio's template writes two quotation marks for a job that is not a rerun with SSH.
      runnerEnvironment: claim("ssh-rerun") === "true" ? "ssh-rerun" : '""',
      sourceRepositoryUri: claim("vcs-origin"),
      sourceRepositoryRef: claim("vcs-ref"),
      buildConfigUri: pipeline && `${api}/pipeline/${pipeline}/config`,
      runInvocationUri: workflow && job && `${platform}/workflow/${workflow}/job/${job}`
    });
  },
  risk(claims) {
    if (scalarClaim(claims, claimOf("ssh-rerun")) === "true") return "is a rerun with SSH, in which people can log in";
    const ref = scalarClaim(claims, claimOf("vcs-ref")) ?? "";
    return /^refs\/(?:heads\/)?pull\//.test(ref) ? "builds a pull request of a fork" : void 0;
  },
  publishedClaims: [
    "vcs-origin",
    "vcs-ref",
    "project-id",
    "pipeline-definition-id",
    "pipeline-id",
    "workflow-id",
    "job-id"
  ].map(claimOf).concat("sub")
};
function definitionAddress(claims) {
  const [project, definition] = ["project-id", "pipeline-definition-id"].map(
    (name) => requiredClaim(claims, claimOf(name), "which the certificate names")
  );
  return `${api}/projects/${project}/pipeline-definitions/${definition}`;
}
var maxLength = 64 * 1024;
async function readTokenFile(path, what, files) {
  const refuse = (cause) => fail("TOKEN_INVALID", `${what} cannot be read: ${systemCode(cause) ?? "unknown"}`, {
    remedy: "Check the path and the permissions of the file."
  });
  const isFile = (await files.stat(path).catch(refuse)).isFile();
  const bytes = await readToEnd(files, path, maxLength).catch(refuse) ?? fail("TOKEN_INVALID", `${what} is too large: the limit is ${maxLength} bytes`, {
    remedy: "Write only the token to the file."
  });
  return { token: new Secret(utf8Text(bytes, "TOKEN_INVALID", what).trim()), isFile };
}
var projected = "/var/run/sigstore/cosign/oidc-token";
var kubernetesTokens = {
  name: "kubernetes",
  title: "Kubernetes",
  kinds: ["kubernetes"],
  async detect(_, { files }) {
    const found = await files.stat(projected).catch(() => void 0);
    return found?.isFile() ? "ready" : "absent";
  },
  open({ file = projected }, { files }) {
    return async () => (await readTokenFile(file, "the projected token of the service account", files)).token;
  }
};
var kubernetesAccounts = {
  name: "kubernetes",
  holder: "a Kubernetes service account",
  recognizes: (claims) => typeof claims["kubernetes.io"] === "object" && claims["kubernetes.io"] !== null,
  certificateIdentity(claims) {
    const members = claims["kubernetes.io"];
    const account = members.serviceaccount;
    const use = "which the certificate names";
    const namespace = requiredClaim(members, "namespace", use);
    const uri = `https://kubernetes.io/namespaces/${namespace}/serviceaccounts/${requiredClaim(account ?? {}, "name", use)}`;
    return goUrl(uri) ?? uri;
  },
  publishedClaims: ["sub"]
};
var spiffeTokens = {
  name: "spiffe",
  title: "SPIFFE",
  kinds: ["spiffe"],
  detect: () => "absent",
  open({ file }, { files }) {
    const path = file ?? fail("USAGE", "`identity-provider: spiffe` requires the path of a file with a JWT-SVID", {
      remedy: 'Specify it with `identity-token`. spiffe-helper writes such a file, if `jwt_svids` sets the audience "sigstore".'
    });
    return async () => (await readTokenFile(path, "the file with the JWT-SVID", files)).token;
  }
};
var spiffeWorkloads = {
  name: "spiffe",
  holder: "a SPIFFE workload",
  recognizes: (claims) => textClaim(claims, "sub")?.startsWith("spiffe://") ?? false,
  certificateIdentity: (claims) => requiredClaim(claims, "sub", "which the certificate names"),
  publishedClaims: ["sub"]
};
var kinds = [
  emailAddresses,
  forgejoJobs,
  githubJobs,
  gitlabJobs,
  buildkiteJobs,
  circleciJobs,
  kubernetesAccounts,
  spiffeWorkloads,
  webAddresses,
  userNames
];
function findKind(claims) {
  return kinds.find((kind) => kind.recognizes(claims));
}
function kindOf(claims) {
  return findKind(claims) ?? fail("TOKEN_INVALID", "the identity token contains neither a workflow nor an email address", {
    remedy: "Use a token of a supported CI system. For a person or a service account, request a token with the claim email (scope `openid email`)."
  });
}
function checkTrigger(claims, allowed) {
  const risk = allowed ? void 0 : findKind(claims)?.risk?.(claims);
  if (risk === void 0) return;
  fail("TRIGGER_REFUSED", `this job ${risk}`, {
    remedy: "Sign in a separate workflow that is triggered by a push, a tag or a release. To sign anyway, set `allow-dangerous-triggers: true`."
  });
}
var githubInstances = {
  "public-good": /^github\.com$/,
  staging: /^github\.com$/,
  github: /^github\.com$|\.ghe\.com$/
};
function checkServer(serverUrl, instance) {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
  if (githubInstances[instance]?.test(host) !== false) return;
  fail("USAGE", `the Sigstore instance ${instance} does not issue certificates to jobs of ${host}`, {
    remedy: "Set `instance: custom` and use a Sigstore instance that accepts identities of this server: set `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`."
  });
}
function checkIssuer({ kind, claims, issuer }, instance) {
  if (kind.name === "forgejo") checkServer(forgejoServer(claims), instance);
  if (kind.name === "github" && issuer.endsWith("/_services/token")) checkServer(issuer, instance);
  if (instance !== "github" || kind.name === "github") return;
  fail("USAGE", `the Sigstore instance github does not issue certificates to ${kind.holder}`, {
    remedy: "Use `instance: public-good`, or `instance: custom` with a Sigstore instance of your own."
  });
}
function checkPrivacy(claims, allowed) {
  const visibility = findKind(claims)?.visibility?.(claims);
  if (allowed || visibility === void 0 || visibility === "public") return;
  const listed = publishedClaims(claims).map(({ name, value }) => `  ${name}: ${value}`);
  fail(
    "PUBLIC_LOG_REFUSED",
    `this repository is ${visibility}, and signing would permanently publish these claims in a public log:
${listed.join("\n")}`,
    {
      remedy: "To publish them, set `public-log: allow`. Otherwise use an instance without a public log, such as `instance: github` or `instance: custom`."
    }
  );
}
function hidesVisibility({ kind }) {
  return kind.risk !== void 0 && kind.visibility === void 0;
}
function publishedClaims(claims) {
  const names = findKind(claims)?.publishedClaims ?? [];
  return names.flatMap((name) => {
    const value = scalarClaim(claims, name);
    return value === void 0 ? [] : [{ name, value }];
  });
}
var maxLength2 = 16 * 1024;
var clockSkewSeconds = 60;
var minimumLifetimeSeconds = 30;
var newToken = "Request a new token from the identity provider.";
var checkClock = "check the clock of this machine.";
function readIdentityToken(text, now, serverUrl, audience = sigstoreAudience) {
  const claims = readClaims(text);
  const { iss: issuer, aud, exp, nbf } = claims;
  if (typeof issuer !== "string" || issuer === "") {
    fail("TOKEN_INVALID", "the identity token has no issuer (iss)", { remedy: newToken });
  }
  if (![aud].flat().includes(audience)) {
    fail("TOKEN_INVALID", `the audience of the identity token is not "${audience}"`, {
      remedy: `Request a token with the audience "${audience}".`
    });
  }
  const seconds = now.getTime() / 1e3;
  if (typeof exp !== "number" || Math.abs(exp) > 864e10)
    fail("TOKEN_INVALID", "the identity token has no valid expiration time (exp)", { remedy: newToken });
  if (exp < seconds + minimumLifetimeSeconds) {
    fail("TOKEN_EXPIRED", `the identity token expires at ${isoTime(exp)}, and it is ${now.toISOString()} now`, {
      remedy: `Request a new token right before signing. If the token is new, ${checkClock}`
    });
  }
  if (typeof nbf === "number" && nbf > seconds + clockSkewSeconds) {
    fail(
      "TOKEN_INVALID",
      `the identity token is not valid before ${isoTime(nbf)}, and it is ${now.toISOString()} now`,
      {
        remedy: `If the token is new, ${checkClock}`
      }
    );
  }
  return {
    token: new Secret(text),
    issuer,
    expiresAt: new Date(exp * 1e3),
    claims,
    certificateIssuer: certificateIssuer(claims, issuer),
    ...identityOf(claims, serverUrl)
  };
}
var compactShape = /^[\w-]+\.[\w-]+\.[\w-]*$/;
function readClaims(text) {
  if (text.length > maxLength2)
    fail("TOKEN_INVALID", `the identity token has ${text.length} bytes; the limit is ${maxLength2}`, {
      remedy: "Reduce the claims in the token. On GitHub, remove custom properties of the repository from its OIDC claims."
    });
  if (!compactShape.test(text)) {
    fail("TOKEN_INVALID", "the identity token is not a JSON Web Token", { remedy: newToken });
  }
  try {
    return decodeJwt(text);
  } catch {
    return fail("TOKEN_INVALID", "the identity token is not a JSON Web Token", { remedy: newToken });
  }
}
function identityOf(claims, serverUrl) {
  const subject = textClaim(claims, "sub");
  const email = textClaim(claims, "email");
  const challenge = email ?? subject ?? fail("TOKEN_INVALID", "the identity token has no subject (sub)", { remedy: newToken });
  const kind = kindOf(claims);
  return {
    kind,
    challenge,
    certificateIdentity: kind.certificateIdentity(claims, serverUrl),
    certificateClaims: {
      ...kind.certificateClaims?.(claims, serverUrl),
      ...subject !== void 0 && { tokenSubject: subject }
    }
  };
}
function certificateIssuer(claims, issuer) {
  const { federated_claims: federated } = claims;
  if (typeof federated !== "object" || federated === null) return issuer;
  const connector = textClaim(federated, "connector_id");
  return connector !== void 0 && /^https:\/\//.test(connector) ? connector : issuer;
}
function isoTime(seconds) {
  const time = new Date(seconds * 1e3);
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString();
}
function encodeTimestampRequest(imprint, nonce) {
  return der.sequence(
    der.integer(1),
    der.sequence(encodeHashAlgorithm(imprint.algorithm), der.octetString(imprint.bytes)),
    der.unsigned(nonce)
    // No certReq: the trusted root pins the chain, and a copy would only make each bundle longer.
    // FALSE is the default, which DER omits.
  );
}
var nonceLength = 16;
async function requestTimestamp(http, url, signature, random) {
  const imprint = digest("sha256", signature);
  const query = encodeTimestampRequest(imprint, random(nonceLength));
  const request = {
    method: "POST",
    url: new URL(url),
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    body: query,
    service: "the timestamp authority",
    quotes: "message",
    timeoutMilliseconds: 15e3,
    maxBodyLength: 64 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200, 201);
  const where = `the timestamp authority (${request.url.origin})`;
  const token = reading("TIMESTAMP_INVALID", where, () => readTimestampResponse(body));
  if (token.nonce === void 0 || !equalBytes(token.nonce, requestNonce(query))) {
    fail("TIMESTAMP_MISMATCH", `${where} returned a timestamp for a different request`);
  }
  if (!equalDigests(token.imprint, imprint)) {
    fail("TIMESTAMP_MISMATCH", `${where} returned a timestamp for a different signature`);
  }
  return body;
}
function requestNonce(query) {
  return readDer(query, (der2) => {
    const request = der2.sequence();
    request.unsigned();
    request.any();
    return request.integerBytes();
  });
}
var seedLength = 48;
var EphemeralKey = class _EphemeralKey {
  publicKey;
  #secret;
  #random;
  #disposed = false;
  constructor(secret, random) {
    this.#secret = secret;
    this.#random = random;
    this.publicKey = readPublicKey(encodeP256PublicKey(p256.getPublicKey(secret, false)));
  }
  static generate(random) {
    const seed = random(seedLength);
    try {
      return new _EphemeralKey(p256.utils.randomSecretKey(seed), random);
    } finally {
      seed.fill(0);
    }
  }
  /** Takes over a secret that the caller holds: the same array is overwritten on disposal. */
  static fromSecret(secret, random) {
    return new _EphemeralKey(secret, random);
  }
  /**
   * Signs a digest. Two signatures of one digest differ (RFC 6979, section 3.6: fresh entropy is mixed into the nonce),
   * so that a log never sees a repeated submission as a duplicate.
   *
   * @returns the signature in DER, with low s
   * @throws CountersignError `KEY_DISPOSED`
   */
  sign(digest2) {
    if (this.#disposed) fail("KEY_DISPOSED", "the signing key was already disposed of; open a new session to sign");
    return p256.sign(digest2.bytes, this.#secret, { prehash: false, format: "der", extraEntropy: this.#random(32) });
  }
  /** Overwrites the secret. */
  [Symbol.dispose]() {
    this.#disposed = true;
    this.#secret.fill(0);
  }
};
var maxChainLength = 8;
async function requestCertificate(http, baseUrl, wanted) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/signingCert`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      credentials: { oidcIdentityToken: wanted.identityToken },
      publicKeyRequest: {
        publicKey: { algorithm: "ECDSA", content: encodePem("PUBLIC KEY", wanted.publicKey) },
        proofOfPossession: encodeBase64(wanted.proofOfPossession)
      }
    }),
    service: "the certificate authority",
    quotes: "code",
    timeoutMilliseconds: 3e4,
    maxBodyLength: 1024 * 1024
  };
  const { body } = expectCertificate(request, await http(request));
  const what = `the response of the certificate authority (${request.url.origin})`;
  const answer = readSecretAnswer(what, () => ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what));
  const embedded = answer.field("signedCertificateEmbeddedSct");
  const certificate = embedded.present ? embedded : answer.field("signedCertificateDetachedSct");
  const [leaf] = certificate.field("chain").field("certificates").list(maxChainLength);
  if (leaf === void 0) return answer.fail("has no certificate");
  const [der2] = reading("SERVICE_RESPONSE_INVALID", leaf.path, () => decodePem("CERTIFICATE", leaf.text()));
  return der2;
}
var remedies = {
  400: 'The certificate authority rejected the identity token. Check that it accepts tokens of this issuer and that the token has the audience "sigstore".',
  401: 'The certificate authority rejected the identity token. Check that it accepts tokens of this issuer and that the token has the audience "sigstore".',
  403: "The certificate authority does not issue certificates for this identity. Check which identities it is configured to accept.",
  404: "Check the URL of the certificate authority in the signing config."
};
function expectCertificate(request, response) {
  const remedy = remedies[response.status];
  if (remedy === void 0) return expectStatus(request, response, 200, 201);
  return fail("SERVICE_REFUSED", describeAnswer(request, response), { remedy });
}
var clockSkewMilliseconds = 6e4;
async function certifyKey(options) {
  const requested = options.tokens();
  requested.catch(() => void 0);
  const key = EphemeralKey.generate(options.random);
  try {
    const token = await requested;
    const certificate = await requestCertificate(options.http, options.certificateAuthority, {
      identityToken: token.token.reveal(),
      publicKey: key.publicKey.spki,
      proofOfPossession: key.sign(digest("sha256", utf8(token.challenge)))
    });
    const checked = await checkCertificate(certificate, key, token, options);
    return { key, certificate, ...checked, [Symbol.dispose]: () => key[Symbol.dispose]() };
  } catch (error) {
    key[Symbol.dispose]();
    throw error;
  }
}
async function checkCertificate(der2, key, token, { trust, requirements, clock }) {
  const { publicKey, notBefore, notAfter } = readCertificate(der2, "the issued certificate");
  if (!equalBytes(publicKey.spki, key.publicKey.spki)) {
    fail("CERTIFICATE_UNTRUSTED", "the issued certificate is for a different key");
  }
  const now = clock();
  const present = presentTime(now, notBefore);
  if (present < notBefore || present > notAfter)
    fail(
      "CERTIFICATE_OUTSIDE_VALIDITY",
      `the new certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, but the clock of this machine shows ${now.toISOString()}`,
      { remedy: "Check the clock of this machine." }
    );
  const verified = await verifyCertificate(der2, trust, [present], requirements.sandbox);
  checkNotInFuture(await verifySCTs(verified, trust, requirements.thresholds.signedCertificateTimestamps), now);
  const { certificate } = verified;
  const identity = matchToken(certificate, token);
  demandOwnClaims(certificate, token.certificateClaims);
  return { identity, notBefore: certificate.notBefore, notAfter: certificate.notAfter };
}
function matchToken(certificate, token) {
  const [identity, issuer] = [exactly(token.certificateIdentity), exactly(token.certificateIssuer)];
  try {
    return matchIdentity(certificate, { kind: "identity", identity, issuer, claims: [] });
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "IDENTITY_MISMATCH") throw error;
    return fail(error.code, error.message, {
      cause: error,
      remedy: `Nothing was signed. The certificate authority identifies this job by a different server or repository than the identity token. If you operate this Fulcio, set the default \`url\` of its CI provider for ${shownUrl(token.issuer)} to the URL of this server. Otherwise use a different \`instance\`.`
    });
  }
}
function presentTime(now, notBefore) {
  const ahead = notBefore.getTime() - now.getTime();
  return ahead > 0 && ahead <= clockSkewMilliseconds ? notBefore : now;
}
var marginMilliseconds = 6e4;
var KeyRotation = class {
  #request;
  #clock;
  #current;
  #held = /* @__PURE__ */ new Set();
  #disposed = false;
  constructor(request, clock) {
    this.#request = request;
    this.#clock = clock;
  }
  /** Lends the current key. It is not overwritten before it is returned. */
  async lend() {
    const held = await this.#usable();
    return held.lend();
  }
  /** Reports whether a certificate expires too soon to sign with its key. */
  ends(certifiedKey) {
    return certifiedKey.notAfter.getTime() - this.#clock().getTime() <= marginMilliseconds;
  }
  /** Overwrites every key immediately, lent or not. */
  [Symbol.dispose]() {
    this.#disposed = true;
    for (const held of this.#held) held.destroy();
  }
  async #usable() {
    for (; ; ) {
      if (this.#disposed) fail("KEY_DISPOSED", "the signing session is closed; open a new one to sign");
      const before = this.#current;
      const held = await before;
      if (held !== void 0 && !this.ends(held.certifiedKey)) return held;
      if (this.#current === before) {
        held?.retire();
        this.#current = this.#renew();
        return this.#current;
      }
    }
  }
  async #renew() {
    const held = new Held(await this.#request());
    this.#held.add(held);
    if (this.#disposed) held.destroy();
    return held;
  }
};
var Held = class {
  certifiedKey;
  #loans = 0;
  #retired = false;
  constructor(certifiedKey) {
    this.certifiedKey = certifiedKey;
  }
  lend() {
    this.#loans++;
    return { ...this.certifiedKey, [Symbol.dispose]: () => this.#giveBack() };
  }
  /** Overwrites the key when the last loan is returned. */
  retire() {
    this.#retired = true;
    if (this.#loans === 0) this.destroy();
  }
  destroy() {
    this.certifiedKey[Symbol.dispose]();
  }
  #giveBack() {
    this.#loans--;
    if (this.#retired && this.#loans === 0) this.destroy();
  }
};
var Logging = class {
  #logs;
  #fallback;
  /** The outages, by the URL of the log. */
  #outages = /* @__PURE__ */ new Map();
  /** @param fallback if absent, an outage is a failure */
  constructor(logs, fallback) {
    this.#logs = logs;
    this.#fallback = fallback;
  }
  /**
   * Adds a signature to the logs.
   *
   * @throws CountersignError those of the logs; an outage only if there is no fallback, or if the second log is down too
   */
  async add(http, submission) {
    const added = await Promise.all(this.#logs.map((log) => this.#addTo(log, http, submission)));
    return {
      logEntries: added.flatMap(({ entry }) => entry ?? []),
      outages: added.flatMap(({ outage }) => outage ?? [])
    };
  }
  async #addTo(log, http, submission) {
    if (!this.#outages.has(log.url)) {
      try {
        return { entry: await submitEntry(http, log, submission) };
      } catch (error) {
        if (this.#fallback === void 0 || !(error instanceof ServiceOutage)) throw error;
        this.#outages.set(log.url, outageOf(log, error, this.#fallback));
      }
    }
    const outage = this.#outages.get(log.url);
    const entry = this.#fallback?.kind === "second-log" ? await submitEntry(http, this.#fallback.log, submission) : void 0;
    return { entry, ...outage && { outage } };
  }
};
function outageOf({ url }, { message }, fallback) {
  return {
    log: shownUrl(url),
    reason: message,
    fallback: fallback.kind,
    ...fallback.kind === "second-log" && { instead: shownUrl(fallback.log.url) }
  };
}
function openSession(options) {
  const certificateAuthority = options.services.certificateAuthority.url;
  const rotation = new KeyRotation(() => certifyKey({ ...options, certificateAuthority }), options.clock);
  const logging = new Logging(options.services.transparencyLogs, options.fallback);
  return {
    signArtifact: (artifact) => signContent(
      { digest: artifact, bundled: (signature) => messageSignature(artifact, signature) },
      rotation,
      logging,
      options
    ),
    signStatement: (statement) => signContent(
      {
        digest: digest("sha256", preAuthenticationEncoding(statementPayloadType, statement)),
        bundled: (signature) => envelope(statement, signature)
      },
      rotation,
      logging,
      options
    ),
    [Symbol.dispose]: () => {
      rotation[Symbol.dispose]();
      options.tokens[Symbol.dispose]();
    }
  };
}
function messageSignature(messageDigest, signature) {
  return { kind: "message-signature", messageDigest, signature };
}
function envelope(payload, signature) {
  return { kind: "dsse-envelope", payloadType: statementPayloadType, payload, signature };
}
async function signContent(content, rotation, logging, options) {
  let duplicates = 0;
  for (; ; ) {
    var _stack = [];
    try {
      const certifiedKey = __using(_stack, await rotation.lend());
      try {
        const { notBefore, notAfter } = certifiedKey;
        return {
          ...await signWith(certifiedKey, content, logging, options),
          certificateValidity: { notBefore, notAfter }
        };
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        const duplicate = error.code === "LOG_ENTRY_DUPLICATE" && ++duplicates < 3;
        const outlasted = error.code === "SERVICE_UNAVAILABLE" && rotation.ends(certifiedKey);
        if (!duplicate && !outlasted) throw error;
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  }
}
async function signWith({ key, certificate, notAfter }, content, logging, { services, http, random }) {
  const signature = key.sign(content.digest);
  const bundled = content.bundled(signature);
  const submission = bundled.kind === "dsse-envelope" ? { ...bundled, certificate } : { kind: bundled.kind, digest: content.digest, signature, certificate };
  const inTime = usefulUntil(http, notAfter);
  const [timestamps, { logEntries, outages }] = await Promise.all([
    Promise.all(services.timestampAuthorities.map(({ url }) => requestTimestamp(inTime, url, signature, random))),
    logging.add(inTime, submission)
  ]);
  return {
    bundle: {
      mediaType: bundleMediaType,
      version: "0.3",
      signer: { kind: "certificate", certificate },
      logEntries,
      timestamps,
      content: bundled
    },
    outages
  };
}
async function openSigning(request, world) {
  try {
    return await open(request, world);
  } catch (error) {
    request.tokens[Symbol.dispose]();
    throw error;
  }
}
async function open(request, world) {
  const { logVersion } = request;
  await demandAllowed(request, world);
  const first = await request.tokens();
  checkTrigger(first.claims, request.allowDangerousTriggers);
  const instance = await request.instance(first);
  checkIssuer(first, instance.name);
  demandLogVersion(instance, logVersion);
  const services = selectServices(instance.signingConfig, world.clock(), logVersion);
  demandVerifiable(services, instance, world.clock());
  const fallback = await fallbackOf(request, services, instance, world);
  if (instance.publicLog) {
    checkPrivacy(first.claims, request.allowPublicLog);
    if (hidesVisibility(first) && !request.allowPublicLog) request.onPublication?.(publishedClaims(first.claims));
  }
  const tokens = await completeTokens(request.tokens, first, services.certificateAuthority.url, world);
  const token = await tokens();
  const { trust, thresholds, sandbox } = instance;
  for (const { publicKey } of [...trust.certificateTransparencyLogs, ...trust.transparencyLogs])
    rememberSignaturesOf(publicKey);
  const policy = exactIdentity(token.certificateIdentity, token.certificateIssuer, { thresholds, sandbox });
  const session = openSession({ ...world, tokens, services, fallback, trust, requirements: policy });
  return {
    session,
    instance,
    services,
    fallback,
    token,
    trust,
    policy,
    timestampOnlyPolicy: { ...policy, timestampOnly: "accept" },
    places: request.places,
    [Symbol.dispose]: () => session[Symbol.dispose]()
  };
}
async function demandAllowed(request, world) {
  const { onOutage = "fail", policy } = request;
  if (onOutage === "fail" && policy === void 0) return;
  const { demandAllowedOnOutage } = await import("./run-sign-on-outage.mjs");
  await demandAllowedOnOutage(onOutage, policy, world);
}
async function fallbackOf({ onOutage = "fail" }, services, instance, { clock }) {
  if (onOutage === "fail") return void 0;
  const { selectFallback } = await import("./run-sign-on-outage.mjs");
  return selectFallback(onOutage, services, instance, clock());
}
async function completeTokens(tokens, first, certificateAuthority, { http }) {
  if (first.kind.name !== "username") return tokens;
  const { withDomain } = await import("./core-verify-release.mjs");
  return withDomain(tokens, first, http, certificateAuthority);
}
function demandLogVersion(instance, logVersion) {
  const versions = instance.signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion);
  if (logVersion === void 0 || versions.includes(logVersion)) return;
  fail("USAGE", `the instance ${instance.name} has no transparency log with API version ${logVersion}`, {
    remedy: "Omit `log-version`."
  });
}

import { deliverFile, demandDeliverable } from "./deliver-disk.mjs";

import { readBundle } from "./core-bundle-read-bundle.mjs";

import { dirname } from "node:path";
async function signBundle({ path, ...request }, signing, world) {
  const { places } = signing;
  await demandDeliverable(world.files, dirname(path), places);
  const { text, ...made } = await makeBundle(request, signing, world);
  await deliverFile(world.files, world.random, path, text, places);
  return made;
}
async function makeBundle({ artifact, withBytes, isSame, sign }, { trust, policy, timestampOnlyPolicy }, { clock }) {
  const { bundle: signed, outages } = await sign();
  const text = writeBundle(signed);
  const bundle = readBundle(text);
  const isUnlogged = outages.some(({ fallback }) => fallback === "timestamp-only");
  const required = isUnlogged ? timestampOnlyPolicy : policy;
  const verdict = await verifyFast(artifact, withBytes, (one) => verify(bundle, one, trust, required, clock()));
  if (!isSame(bundle.content)) fail("ARTIFACT_MISMATCH", "the new bundle is for a different subject");
  return { text: `${text}
`, verdict, outages };
}
async function verifyFast(artifact, withBytes, verifyOne) {
  const verdict = await withBytes?.(async (bytes) => {
    if (bytes === void 0) return void 0;
    return verifyOne({ ...artifact, bytes }).catch((error) => {
      if (error instanceof CountersignError) return void 0;
      throw error;
    });
  });
  return verdict ?? verifyOne(artifact);
}
function holdsStatement(statement) {
  return (content) => content.kind === "dsse-envelope" && equalBytes(content.payload, statement);
}
export {
  buildkiteTokens,
  cachedTokens,
  checkServer,
  circleciTokens,
  demandOwnClaims,
  demandOwnRepository,
  demandOwnRun,
  demandVerifiable,
  forgejoServer,
  forgejoTokens,
  githubTokens,
  gitlabServer,
  gitlabTokens,
  holdsStatement,
  inForgejo,
  inGitlab,
  kubernetesTokens,
  makeBundle,
  openSigning,
  readIdentityToken,
  readTokenFile,
  requiredClaim,
  scalarClaim,
  signBundle,
  sigstoreAudience,
  spiffeTokens,
  tokenVariable
};
