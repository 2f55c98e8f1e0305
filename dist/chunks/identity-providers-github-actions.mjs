import { createLocalJWKSet, decodeJwt, jwtVerify } from "./jose-dist-webapi-lib-asn1.mjs";
import { attestationPaths, bundlePaths, distinctPath, placesOfBundles } from "./deliver-bundle-paths.mjs";
import { selectServices } from "./core-trust-signing-config.mjs";
import { usefulUntil } from "./services-http-retry.mjs";
import { deliveredKind } from "./deliver-manifest.mjs";
import { p256 } from "./noble-curves-abstract-weierstrass.mjs";
import { deliverFile, demandConfined, demandDeliverable } from "./deliver-disk.mjs";
import { collectSubjects, namesNothing } from "./subject-glob.mjs";
import { digestFile, hashObserver, withBytesOf } from "./subject-digest-file.mjs";
import { fetchEntryV1, isUuid, maxAnswerLength, readAnswerV1, bundleMediaType, writeBundle } from "./core-bundle-write-bundle.mjs";
import { isSafeUrl } from "./node-atomic-write.mjs";
import { readSecretAnswer, describeAnswer, expectStatus } from "./services-http-answer.mjs";
import { artifactOfDigest, checkNotInFuture, hashedRekordV1, matchIdentity, verifierPem, verify, verifyCertificate, verifySCTs, encodeHashAlgorithm, readTimestampResponse, maxSubjects, readStatement, statementPayloadType, writeStatement } from "./core-certificate-path.mjs";
import { preAuthenticationEncoding, canonicalJson, goUrl } from "./core-encoding-go-url.mjs";
import { covers, exactIdentity, exactly, readCertificate, rememberSignaturesOf, countKeys, encodeP256PublicKey, readPublicKey, shownUrl } from "./core-certificate-certificate.mjs";
import { Secret, bundleStem, concurrently, inTurns, mapConcurrently, isWithin } from "./node-concurrency.mjs";
import { claimName, readFulcioClaims, readOlderFulcioClaims, maxBundleLength, readBundle, readLogEntry } from "./core-bundle-read-bundle.mjs";
import { decodePem, der, encodePem, readDer, ProtoField } from "./core-encoding-der.mjs";
import { utf8Text, NotRegularFile, readRegularFile, readToEnd, digest, equalDigests, formatDigest, toDigest } from "./node-regular-file.mjs";
import { encodeBase64, decodeUtf8, equalBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading, systemCode, __callDispose, __using } from "./core-errors-codes.mjs";
import { dirname } from "node:path";
import { dirname as dirname2 } from "node:path";
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
    const url = (path2) => path2 && `${serverUrl}/${path2}`;
    const [repository, run, attempt2] = ["repository", "run_id", "run_attempt"].map(claim);
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
      runInvocationUri: url(repository && run && attempt2 && `${repository}/actions/runs/${run}/attempts/${attempt2}`),
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
  const refuse2 = (problem) => fail("TOKEN_PERMISSION_MISSING", `no identity token: ${program} ${problem}`, { remedy });
  const ended = await run({ program, arguments: given, input: "", timeoutMilliseconds, maxOutputLength });
  if (ended.kind === "failed") return refuse2(ended.problem);
  if (ended.exitCode !== 0) return refuse2(`exited with code ${ended.exitCode}`);
  return new Secret(decodeUtf8(ended.output)?.trim() || refuse2("printed no token"));
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
    const url = (path2) => path2 === void 0 ? void 0 : servers.map((server2) => `${server2}/${path2}`);
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
var maxLength = 64 * 1024;
async function readTokenFile(path2, what, files) {
  const refuse2 = (cause) => fail("TOKEN_INVALID", `${what} cannot be read: ${systemCode(cause) ?? "unknown"}`, {
    remedy: "Check the path and the permissions of the file."
  });
  const isFile = (await files.stat(path2).catch(refuse2)).isFile();
  const bytes = await readToEnd(files, path2, maxLength).catch(refuse2) ?? fail("TOKEN_INVALID", `${what} is too large: the limit is ${maxLength} bytes`, {
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
    const path2 = file ?? fail("USAGE", "`identity-provider: spiffe` requires the path of a file with a JWT-SVID", {
      remedy: 'Specify it with `identity-token`. spiffe-helper writes such a file, if `jwt_svids` sets the audience "sigstore".'
    });
    return async () => (await readTokenFile(path2, "the file with the JWT-SVID", files)).token;
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
  const server2 = forgejoServer(claims);
  const repository = `${server2}/${claim("repository")}`;
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
      builder: { id: `${server2}/${claim("workflow_ref")}` },
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
async function examineExisting(path2, { trust, policy, token, places }, { files, clock }) {
  await demandConfined(files, dirname(path2), places);
  let json;
  try {
    json = await readRegularFile(files, path2, maxBundleLength);
  } catch (cause) {
    if (systemCode(cause) === "ENOENT" || systemCode(cause) === "ENOTDIR") return { kind: "nothing" };
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    return { kind: "foreign", reason: isFolder ? "is a folder" : "cannot be read as a bundle", isFolder };
  }
  const bundle = attempt(() => readBundle(json));
  if (bundle === void 0) return { kind: "foreign", reason: "is not a bundle", isFolder: false };
  try {
    const { statement, digest: digest2 } = contentOf(bundle.content);
    const verdict = await verify(bundle, artifactOfDigest(digest2), trust, policy, clock());
    const certificate = certificateOf(bundle);
    demandOwnRepository(certificate, token.certificateClaims);
    const holds = (demand) => attempt(() => {
      demand(certificate, token.certificateClaims);
      return true;
    }) ?? false;
    const isOwnRun = holds(demandOwnRun);
    const signedIn = isOwnRun && holds(demandOwnClaims) ? "this attempt" : isOwnRun ? "an earlier attempt" : "another run";
    return { kind: "own", content: bundle.content, digest: digest2, statement, verdict, signedIn };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: "foreign", reason: "is a bundle of a different signer", isFolder: false };
  }
}
function contentOf(content) {
  const statement = content.kind === "dsse-envelope" ? readStatement(content.payload) : void 0;
  const digest2 = content.kind === "dsse-envelope" ? statement?.subjects.flatMap(({ digests }) => digests)[0] : content.messageDigest;
  return { statement, digest: digest2 ?? fail("BUNDLE_INVALID", "the bundle contains no digest of its subject") };
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
async function signBundle({ path: path2, artifact, withBytes, isSame, sign }, { trust, policy, places }, world) {
  await demandDeliverable(world.files, dirname2(path2), places);
  const signed = await sign();
  const text = writeBundle(signed.bundle);
  const bundle = readBundle(text);
  const verdict = await verifyFast(artifact, withBytes, (one) => verify(bundle, one, trust, policy, world.clock()));
  if (!isSame(bundle.content)) fail("ARTIFACT_MISMATCH", "the new bundle is for a different subject");
  await deliverFile(world.files, world.random, path2, `${text}
`, places);
  return verdict;
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
function statementAbout(hashed, { predicate, predicateType }) {
  const subjects = hashed.map(({ subject, digest: digest2 }) => ({ name: subject.name, digests: [digest2] }));
  return writeStatement({ subjects, predicateType, predicate });
}
var hashedAtOnce = 2;
async function* attestAll(plan, attestation, world) {
  const hashed = [];
  for await (const result of concurrently(plan.subjects, hashedAtOnce, (subject) => hash(subject, world))) {
    if ("error" in result) yield result;
    else hashed.push(result);
  }
  const order = new Map(plan.subjects.map((subject, index) => [subject, index]));
  hashed.sort((a, b) => (order.get(a.subject) ?? 0) - (order.get(b.subject) ?? 0));
  const batches = await prepareBatches(hashed, plan, attestation, world);
  await plan.beforeSigning();
  for (const batch of batches) yield* attestBatch(batch, plan, world);
}
async function prepareBatches(hashed, plan, attestation, world) {
  const parts = attestation.attestations.flatMap(
    ({ claim, isAbout = () => true }) => inParts(hashed.filter(isAbout)).map((part) => ({ part, claim }))
  );
  if (attestation.bundlePath !== void 0 && parts.length > 1)
    fail("USAGE", `\`bundle\` specifies one file, but ${parts.length} bundles are required`, {
      remedy: "Specify a folder for the bundles with `bundle-dir`."
    });
  const batches = [];
  const obstacles = [];
  for (const { part, claim } of parts) {
    const statement = statementAbout(part, claim);
    const taken = new Set(batches.map(({ path: path2 }) => path2));
    const place = await placeFor(statement, taken, plan, attestation, world);
    if ("reason" in place) obstacles.push(place);
    else batches.push({ hashed: part, statement, ...place });
  }
  demandNoObstacles(obstacles, plan.overwrite);
  return batches;
}
function inParts(hashed) {
  return Array.from(
    { length: Math.ceil(hashed.length / maxSubjects) },
    (_, number) => hashed.slice(number * maxSubjects, (number + 1) * maxSubjects)
  );
}
async function placeFor(statement, taken, { subjects, signing, overwrite }, { bundlePath, places }, world) {
  const isSame = holdsStatement(statement);
  for (const path3 of bundlePath === void 0 ? attestationPaths(subjects, places) : [bundlePath]) {
    if (taken.has(path3)) continue;
    const existing = await examineExisting(path3, signing, world);
    if (existing.kind === "nothing") return { path: path3, existing: void 0 };
    if (existing.kind === "foreign") {
      return overwrite && !existing.isFolder ? { path: path3, existing: void 0 } : { ...existing, path: path3 };
    }
    if (existing.signedIn !== "another run" && isSame(existing.content)) return { path: path3, existing: existing.verdict };
    if (mayReplace(existing, readStatement(statement))) return { path: path3, existing: void 0 };
  }
  const path2 = bundlePath ?? "";
  if (overwrite) return { path: path2, existing: void 0 };
  return { path: path2, reason: "is a bundle of this run for a different subject", isFolder: false };
}
function mayReplace({ signedIn, statement }, wanted) {
  if (signedIn !== "this attempt") return true;
  return statement?.predicateType === wanted.predicateType && subjectsOf(statement) === subjectsOf(wanted);
}
function subjectsOf({ subjects }) {
  return JSON.stringify(subjects.map(({ name, digests }) => [name, ...digests.map(formatDigest)]).sort());
}
async function hash(subject, { files }) {
  try {
    return { subject, digest: subject.kind === "file" ? await digestFile(files, subject, "sha256") : subject.digest };
  } catch (error) {
    if (error instanceof CountersignError) return { subject, error };
    throw error;
  }
}
async function* attestBatch({ hashed, statement, path: path2, existing }, { signing }, world) {
  try {
    const verdict = existing ?? await signStatementAt(path2, statement, hashed, signing, world);
    const resumed = existing !== void 0;
    for (const { subject, digest: digest2 } of hashed) yield { subject, digest: digest2, bundlePath: path2, verdict, resumed };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    for (const { subject } of hashed) yield { subject, error };
  }
}
function signStatementAt(path2, statement, hashed, signing, world) {
  const artifact = artifactOfDigest(hashed[0]?.digest ?? fail("SUBJECT_MISSING", "no subjects to attest"));
  const sign = () => signing.session.signStatement(statement);
  return signBundle({ path: path2, artifact, isSame: holdsStatement(statement), sign }, signing, world);
}
var timeoutMilliseconds2 = 3e4;
var maxEnvelopeLength = 1e7;
async function submitToRekorV1(http, baseUrl, submission) {
  const url = new URL(`${baseUrl.replace(/\/$/, "")}/api/v1/log/entries`);
  const request = {
    method: "POST",
    url,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(proposedEntry(submission)),
    service: "the transparency log",
    quotes: "message",
    timeoutMilliseconds: timeoutMilliseconds2,
    maxBodyLength: maxAnswerLength
  };
  const response = await http(request);
  if (response.status === 409)
    return (await fetchEntryV1(http, baseUrl, uuidOfEquivalent(request, response), [404])).entry;
  const { body } = expectStatus(request, response, 200, 201);
  return readAnswerV1(body, url).entry;
}
function proposedEntry(submission) {
  const verifier = verifierPem(submission.certificate);
  if (submission.kind === "message-signature") return hashedRekordV1({ ...submission, verifier });
  return {
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      proposedContent: { envelope: envelopeJson(submission), verifiers: [encodeBase64(utf8(verifier))] }
    }
  };
}
function envelopeJson({ payload, payloadType, signature }) {
  const envelope2 = canonicalJson({
    payload: encodeBase64(payload),
    payloadType,
    signatures: [{ sig: encodeBase64(signature) }]
  });
  if (envelope2.length > maxEnvelopeLength) {
    fail("LIMIT_EXCEEDED", `the envelope has ${envelope2.length} bytes; the limit for Rekor v1 is 10 MB`, {
      remedy: "Use a Rekor v2 log, which receives only the digest, or sign a smaller statement."
    });
  }
  return envelope2;
}
function uuidOfEquivalent(request, response) {
  const said = describeAnswer(request, response);
  const { location } = response.headers;
  const candidates = [
    // Only the last segment is used: where a server points is no reason to go there.
    typeof location === "string" ? location.split("/").at(-1) : void 0,
    /\bUUID ([0-9a-f]+)\b/.exec(said)?.[1]
  ];
  const found = candidates.find((candidate) => candidate !== void 0 && isUuid(candidate));
  return found ?? fail("LOG_ENTRY_DUPLICATE", `${said}, without the UUID of the existing entry`, {
    remedy: "Sign again. A new signature creates a new entry."
  });
}
var timeoutMilliseconds3 = 3e4;
async function submitToRekorV2(http, baseUrl, submission) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v2/log/entries`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(requestBody(submission)),
    service: "the transparency log",
    quotes: "message",
    timeoutMilliseconds: timeoutMilliseconds3,
    maxBodyLength: 10 * 1024 * 1024
  };
  const response = await http(request);
  if (response.status === 409) {
    fail("LOG_ENTRY_DUPLICATE", describeAnswer(request, response), {
      remedy: "Sign again. A new signature creates a new entry."
    });
  }
  if (response.status === 405) {
    fail("SERVICE_REFUSED", describeAnswer(request, response), {
      remedy: "This log no longer accepts entries, so the signing config is out of date. Update the signing config or Countersign."
    });
  }
  const { body } = expectStatus(request, response, 200, 201);
  const what = `the response of the transparency log (${request.url.origin})`;
  const answer = ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", what);
  const entry = readLogEntry(answer);
  if (entry.inclusionProof === void 0) answer.field("inclusionProof").fail("is missing");
  return entry;
}
function requestBody(submission) {
  const signed = submission.kind === "message-signature" ? submission.digest : digest("sha256", preAuthenticationEncoding(submission.payloadType, submission.payload));
  return {
    hashedRekordRequestV002: {
      digest: encodeBase64(signed.bytes),
      signature: {
        content: encodeBase64(submission.signature),
        verifier: {
          x509Certificate: { rawBytes: encodeBase64(submission.certificate) },
          // The ephemeral key is on P-256.
          keyDetails: "PKIX_ECDSA_P256_SHA_256"
        }
      }
    }
  };
}
async function submitEntry(http, log, submission) {
  switch (log.majorApiVersion) {
    case 1:
      return submitToRekorV1(http, log.url, submission);
    case 2:
      return submitToRekorV2(http, log.url, submission);
    default:
      return fail(
        "NO_SERVICE",
        `version ${log.majorApiVersion} of the API of the transparency log (${shownUrl(log.url)}) is not supported`
      );
  }
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
function openSession(options) {
  const certificateAuthority = options.services.certificateAuthority.url;
  const rotation = new KeyRotation(() => certifyKey({ ...options, certificateAuthority }), options.clock);
  return {
    signArtifact: (artifact) => signContent(
      { digest: artifact, bundled: (signature) => messageSignature(artifact, signature) },
      rotation,
      options
    ),
    signStatement: (statement) => signContent(
      {
        digest: digest("sha256", preAuthenticationEncoding(statementPayloadType, statement)),
        bundled: (signature) => envelope(statement, signature)
      },
      rotation,
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
async function signContent(content, rotation, options) {
  let duplicates = 0;
  for (; ; ) {
    var _stack = [];
    try {
      const certifiedKey = __using(_stack, await rotation.lend());
      try {
        const { notBefore, notAfter } = certifiedKey;
        return { bundle: await signWith(certifiedKey, content, options), certificateValidity: { notBefore, notAfter } };
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
async function signWith({ key, certificate, notAfter }, content, { services, http, random }) {
  const signature = key.sign(content.digest);
  const bundled = content.bundled(signature);
  const submission = bundled.kind === "dsse-envelope" ? { ...bundled, certificate } : { kind: bundled.kind, digest: content.digest, signature, certificate };
  const inTime = usefulUntil(http, notAfter);
  const [timestamps, logEntries] = await Promise.all([
    Promise.all(services.timestampAuthorities.map(({ url }) => requestTimestamp(inTime, url, signature, random))),
    Promise.all(services.transparencyLogs.map((log) => submitEntry(inTime, log, submission)))
  ]);
  return {
    mediaType: bundleMediaType,
    version: "0.3",
    signer: { kind: "certificate", certificate },
    logEntries,
    timestamps,
    content: bundled
  };
}
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
  const first = await request.tokens();
  checkTrigger(first.claims, request.allowDangerousTriggers);
  const instance = await request.instance();
  checkIssuer(first, instance.name);
  demandLogVersion(instance, logVersion);
  const services = selectServices(instance.signingConfig, world.clock(), logVersion);
  demandVerifiable(services, instance, world.clock());
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
  const session = openSession({ ...world, tokens, services, trust, requirements: policy });
  return {
    session,
    instance,
    token,
    trust,
    policy,
    places: request.places,
    [Symbol.dispose]: () => session[Symbol.dispose]()
  };
}
async function completeTokens(tokens, first, certificateAuthority, { http }) {
  if (first.kind.name !== "username") return tokens;
  const { withDomain } = await import("./run-sign-user-name.mjs");
  return withDomain(tokens, first, http, certificateAuthority);
}
function demandLogVersion(instance, logVersion) {
  const versions = instance.signingConfig.transparencyLogs.map(({ majorApiVersion }) => majorApiVersion);
  if (logVersion === void 0 || versions.includes(logVersion)) return;
  fail("USAGE", `the instance ${instance.name} has no transparency log with API version ${logVersion}`, {
    remedy: "Omit `log-version`."
  });
}
async function selectSubjects(request, places, { files }, signBundles = false) {
  const found = await collectSubjects(request, places.workspace, files);
  const kinds2 = await mapConcurrently(found, (one) => kindOf2(one, files));
  const plain = found.filter((_, index) => kinds2[index] === "other");
  const isPlace = placesOfBundles(plain, places);
  const paths = new Set(plain.flatMap((one) => one.kind === "file" ? [one.path] : []));
  const subjects = [];
  const leftOut = [];
  const refused = [];
  for (const [index, one] of found.entries()) {
    const kind = kinds2[index];
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
async function kindOf2(subject, files) {
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
  const digest2 = await digestFile(files, file, "sha256", (bytes, size) => {
    scanner.update(bytes);
    observe?.(bytes, size);
  });
  return scanner.format === void 0 ? digest2 : refuse(file.name, scanner.format);
}
var problems = {
  dsse: "starts like the input of a DSSE signature, so its signature could be misused as an attestation",
  "simple-signing": "is a simple signing document, so its signature could be misused as the signature of a container image"
};
var remedies2 = {
  dsse: "Find out which step wrote the file. To sign it anyway, put it into an archive, or set `bundle-format: attestation`.",
  "simple-signing": "To sign the image, specify it with `images`. To sign the file anyway, put it into an archive, or set `bundle-format: attestation`."
};
function refuse(name, format) {
  return fail("SUBJECT_AMBIGUOUS", `${name} ${problems[format]}`, { remedy: remedies2[format] });
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
  await plan.beforeSigning();
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
      const digest2 = await digestOf(subject, world);
      if (isSignedAlready(existing, subject, digest2)) {
        return { ...prepared, existing: { digest: digest2, verdict: existing.verdict } };
      }
      if (mayReplace2(existing, subject, digest2, bundlePath, plan)) return prepared;
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
function isSignedAlready(existing, subject, digest2) {
  return existing.signedIn !== "another run" && equalDigests(existing.digest, digest2) && isOf(subject)(existing.content);
}
function mayReplace2(existing, subject, digest2, path2, { signing: { places }, isPathGiven }) {
  if (existing.signedIn !== "this attempt") return true;
  if (subject.kind !== "file" || isPathGiven || existing.content.kind !== "message-signature") return false;
  return !equalDigests(existing.digest, digest2) && isWithin(places.workspace, path2);
}
function isOf(subject) {
  if (subject.kind !== "image") return ({ kind }) => kind === "message-signature";
  return holdsStatement(statementAbout([{ subject, digest: subject.digest }], imageSignature));
}
async function signOne({ subject, bundlePath, existing }, { signing }, hashing, world) {
  if (existing !== void 0) return { subject, bundlePath, ...existing, resumed: true };
  const { session } = signing;
  const digest2 = await hashing(() => digestOf(subject, world));
  const sign = subject.kind === "image" ? () => session.signStatement(statementAbout([{ subject, digest: digest2 }], imageSignature)) : () => session.signArtifact(sha256Of(digest2, subject));
  const withBytes = subject.kind === "file" ? (use) => hashing(() => withBytesOf(world.files, subject, use)) : void 0;
  const request = { path: bundlePath, artifact: artifactOfDigest(digest2), withBytes, isSame: isOf(subject), sign };
  return { subject, digest: digest2, bundlePath, verdict: await signBundle(request, signing, world), resumed: false };
}
async function digestOf(subject, { files, onHash }) {
  if (subject.kind === "file") return digestToSign(files, subject, hashObserver(subject.name, onHash));
  return subject.kind === "image" ? subject.digest : sha256Of(subject.digest, subject);
}
function sha256Of(digest2, subject) {
  if (digest2.algorithm === "sha256") return toDigest("sha256", digest2.bytes);
  const origin = subject.kind === "file" ? subject.name : subject.origin;
  return fail(
    "USAGE",
    `${origin}: ${formatDigest(digest2)} cannot be signed without a statement; only SHA-256 digests can`,
    {
      remedy: "Set `bundle-format: attestation`. Statements support all digest algorithms."
    }
  );
}
async function signRun(request, world) {
  var _stack = [];
  try {
    const { subjects, leftOut } = await findSubjects(request, world);
    const pace = new Pace(request.concurrency);
    const signing = __using(_stack, await openSigning(request, { ...world, http: pace.watch(world.http) }));
    const { format, concurrency, overwrite, beforeSigning = async () => void 0 } = request;
    const plan = { subjects, signing, concurrency, overwrite, beforeSigning: () => beforeSigning(subjects) };
    const results = format === "per-file" ? signEach({ ...planForEach(plan, request), pace }, world) : await attestSubjects(plan, request, world);
    const collected = await collectResults(results, subjects, request.onSubject);
    return { instance: signing.instance, format, leftOut, ...collected };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function findSubjects(request, world) {
  const local = await findLocal(request, world);
  const { images } = request;
  if (images === void 0) return local;
  const { withImages } = await import("./run-sign-images.mjs");
  return { ...local, subjects: await withImages(local.subjects, images, world) };
}
async function findLocal({ subjects, images, places, signBundles }, world) {
  if ("found" in subjects) return { subjects: subjects.found, leftOut: [] };
  if (images !== void 0 && namesNothing(subjects)) return { subjects: [], leftOut: [] };
  return selectSubjects(subjects, places, world, signBundles);
}
function planForEach(plan, { bundlePath, places }) {
  const [only, ...others] = plan.subjects;
  if (bundlePath === void 0 || only === void 0)
    return { ...plan, bundlePaths: bundlePaths(plan.subjects, places), isPathGiven: false };
  if (others.length === 0) return { ...plan, bundlePaths: /* @__PURE__ */ new Map([[only, bundlePath]]), isPathGiven: true };
  return fail("USAGE", `\`bundle\` specifies one file for ${plan.subjects.length} subjects`, {
    remedy: "Specify a folder with `bundle-dir`, or set `bundle-format: attestation` to create one bundle for all subjects."
  });
}
async function attestSubjects(plan, { attestations: sources = [{ kind: "provenance" }], serverUrl, places, bundlePath }, world) {
  const attestations = await Promise.all(
    sources.map((source) => source.kind === "claim" ? source : provenance(plan.signing, serverUrl, world))
  );
  return attestAll(plan, { attestations, places, bundlePath }, world);
}
async function provenance({ token }, serverUrl, world) {
  const build = provenanceOf(token.kind);
  const predicate = build(await verifyTokenClaims(world.http, token, world.clock()), serverUrl);
  return { claim: { predicateType: provenancePredicateType, predicate } };
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
  const kept = signed.length === 0 ? "" : `The bundles of the other ${signed.length} subjects were written. Run again to sign only the missing ones.`;
  const reason = listed ? "" : `; ${subjectName(subject)}: ${error.message}`;
  const remedy = [listed ? "" : error.remedy ?? "", kept].filter((text) => text !== "").join(" ");
  return new CountersignError(
    error.code,
    `${unsigned.length} of ${signed.length + unsigned.length} subjects were not signed${reason}`,
    { cause: error, ...remedy !== "" && { remedy } }
  );
}
export {
  buildkiteTokens,
  cachedTokens,
  checkServer,
  circleciTokens,
  demandComplete,
  forgejoTokens,
  githubTokens,
  gitlabTokens,
  holdsStatement,
  imageSignature,
  inForgejo,
  inGitlab,
  incompleteness,
  kubernetesTokens,
  openSigning,
  readIdentityToken,
  readTokenFile,
  signBundle,
  signRun,
  signedAt,
  signedBy,
  sigstoreAudience,
  spiffeTokens,
  tokenVariable
};
