import { createLocalJWKSet, jwtVerify } from "./jose-dist-webapi-lib-asn1.mjs";
import { forgejoServer, gitlabServer, requiredClaim, scalarClaim, sigstoreAudience } from "./identity-providers-github-actions.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
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
  const [, path, ref] = /^(.+?\.ya?ml)@(.+)$/.exec(relative) ?? fail(
    "TOKEN_INVALID",
    `the workflow_ref of the identity token is ${JSON.stringify(workflowRef)}, which contains no workflow file`
  );
  return { path: path ?? "", ref: ref ?? "" };
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

import { isSafeUrl } from "./node-atomic-write.mjs";

import { expectStatus } from "./services-http-answer.mjs";

import { shownUrl } from "./core-certificate-certificate.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

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

import { Pace } from "./run-sign-attest.mjs";

import { openSigning } from "./identity-providers-github-actions.mjs";

import { attestAll, pathsForEach, signEach } from "./run-sign-attest.mjs";

import { placesOfBundles } from "./deliver-bundle-paths.mjs";

import { deliveredKind } from "./deliver-manifest.mjs";

import { collectSubjects, namesNothing } from "./subject-glob.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import { mapConcurrently } from "./node-concurrency.mjs";

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
    if (request.package !== void 0 && (request.onOutage ?? "fail") !== "fail")
      fail(
        "USAGE",
        "`on-outage` and `package` cannot be combined: a package registry requires an entry of a certain log",
        {
          remedy: "Omit `on-outage`."
        }
      );
    const packages = await openPackages(request, world);
    const { subjects, leftOut } = packages ?? await findSubjects(request, world);
    const pace = new Pace(request.concurrency);
    const watched = { ...world, http: pace.watch(world.http) };
    const signing = __using(_stack, await openSigning({ ...request, ...packages?.signing }, watched));
    const { format, concurrency, overwrite, earlier, beforeSigning = async () => void 0 } = request;
    const plan = {
      subjects,
      signing,
      concurrency,
      overwrite,
      ...earlier !== void 0 && { earlier },
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
  findLocal,
  namesClaims,
  provenanceClaim,
  provenancePredicateType,
  signRun
};
