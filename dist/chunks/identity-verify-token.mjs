import { createLocalJWKSet, jwtVerify } from "./jose-dist-webapi-lib-asn1.mjs";
import { forgejoServer, gitlabServer, requiredClaim, scalarClaim, sigstoreAudience } from "./identity-providers-github-actions.mjs";
import { fail } from "./core-errors-codes.mjs";
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

import { isSafeUrl } from "./node-make-folder.mjs";

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
export {
  provenanceClaim,
  provenancePredicateType
};
