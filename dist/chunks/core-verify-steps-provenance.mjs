import { statedList } from "./core-certificate-path.mjs";
import { asObject, asText, memberAt } from "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
function compareProvenance(provenance, claims) {
  const compared = readerOf(provenance)(provenance, claims).flatMap(({ what, stated, certified }) => {
    const known = certified.filter((value) => value !== void 0);
    return stated === void 0 || stated === "" || known.length === 0 ? [] : [{ what, stated, known }];
  });
  const differences = compared.flatMap(
    ({ what, stated, known }) => known.includes(stated) ? [] : [`the ${what} ${JSON.stringify(stated.slice(0, 300))}, and the certificate ${JSON.stringify(known[0])}`]
  );
  if (differences.length > 0)
    fail("PROVENANCE_MISMATCH", `the provenance contradicts the certificate: it states ${differences.join("; ")}`, {
      remedy: "Do not use the artifact. Ask the publisher how the statement was made."
    });
  return [...new Set(compared.map(({ what }) => what))];
}
var readers = [
  [
    /^https:\/\/(?:actions\.github\.io\/buildtypes|slsa-framework\.github\.io\/github-actions-buildtypes)\/workflow\/v1$/,
    "v1",
    workflowJob
  ],
  [/^urn:countersign:build-type:forgejo-workflow:v1$/, "v1", workflowJob],
  [/^urn:countersign:build-type:gitlab-job:v1$/, "v1", gitlabJob],
  [/^https:\/\/docs\.gitlab\.com\/.*\/slsa\/provenance_v1$/, "v1", gitlabRunner],
  [/^https:\/\/gitlab\.com\/gitlab-org\/gitlab-runner\/-\/blob\/[^/]+\/PROVENANCE\.md$/, "v1", gitlabRunner],
  [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, "v1", generator],
  [/^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\//, "v0.2", generatorV0],
  [/^https:\/\/github\.com\/npm\/cli\/gha[@/]/, "v0.2", environmentV0],
  [/^https:\/\/github\.com\/npm\/cli\/gitlab[@/]/, "v0.2", npmOnGitlab]
];
function readerOf({ buildType = "", version }) {
  const known = readers.find(([type, of]) => of === version && type.test(buildType));
  if (known !== void 0) return known[2];
  return version === "v1" ? workflowOf : () => [];
}
function workflowOf({ predicate }, claims) {
  const workflow = memberAt(predicate, "buildDefinition", "externalParameters", "workflow");
  const config = configOf(claims);
  return [
    repository(textAt(workflow, "repository"), claims),
    // npm states the ref of the workflow file, and GitHub the ref that was built.
    ref(textAt(workflow, "ref"), claims, config?.ref),
    { what: "workflow", stated: textAt(workflow, "path"), certified: [config?.path] }
  ];
}
function workflowJob(provenance, claims) {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "internalParameters");
  const job = memberAt(parameters, "github") ?? memberAt(parameters, "forgejo");
  return [
    ...workflowOf(provenance, claims),
    ...source(firstDependency(predicate), claims),
    ...ids(job, ["repository_id", "repository_owner_id", "event_name", "runner_environment"], claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function gitlabJob(provenance, claims) {
  const { predicate, builderId } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "externalParameters");
  const job = memberAt(predicate, "buildDefinition", "internalParameters", "gitlab");
  return [
    repository(textAt(parameters, "project"), claims),
    ref(textAt(parameters, "ref"), claims),
    { what: "workflow", stated: textAt(parameters, "config"), certified: [claims.buildConfigUri] },
    ...source(firstDependency(predicate), claims),
    ...ids(job, ["project_id", "namespace_id", "pipeline_source", "runner_environment"], claims),
    { what: "builder", stated: builderId, certified: [claims.buildSignerUri] },
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function gitlabRunner(provenance, claims) {
  const { predicate } = provenance;
  const definition = memberAt(predicate, "buildDefinition");
  return [
    repository(textAt(definition, "externalParameters", "source"), claims),
    ...source(firstDependency(predicate), claims),
    ...runnerOf(provenance, claims),
    ...run(textAt(definition, "internalParameters", "job"), claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function generator(provenance, claims) {
  const { predicate } = provenance;
  const parameters = memberAt(predicate, "buildDefinition", "externalParameters");
  const stated = memberAt(parameters, "source");
  const cloned = statedList(predicate, "buildDefinition", "resolvedDependencies").find(
    (one) => textAt(one, "uri")?.startsWith("git+")
  );
  return [
    ...workflowOf(provenance, claims),
    ...source(memberAt(stated, "artifact") ?? stated, claims),
    ...source(cloned, claims),
    workflowFile(valueAt(parameters, "workflowPath"), claims),
    ...environment(memberAt(predicate, "buildDefinition", "internalParameters"), claims),
    ...workflowBuilder(provenance, claims),
    ...run(textAt(predicate, "runDetails", "metadata", "invocationId"), claims)
  ];
}
function generatorV0(provenance, claims) {
  return [...environmentV0(provenance, claims), ...workflowBuilder(provenance, claims)];
}
function environmentV0(provenance, claims) {
  const { predicate } = provenance;
  const config = memberAt(predicate, "invocation", "configSource");
  return [
    ...source(config, claims),
    ...source(statedList(predicate, "materials")[0], claims),
    workflowFile(textAt(config, "entryPoint"), claims),
    ...environment(memberAt(predicate, "invocation", "environment"), claims),
    ...runner(provenance, claims),
    ...invocation(predicate, claims)
  ];
}
function npmOnGitlab(provenance, claims) {
  const { predicate } = provenance;
  const variables = memberAt(predicate, "invocation", "parameters");
  return [
    ...source(memberAt(predicate, "invocation", "configSource"), claims),
    ...source(statedList(predicate, "materials")[0], claims),
    commit(textAt(variables, "CI_COMMIT_SHA"), claims),
    repository(textAt(variables, "CI_PROJECT_URL"), claims),
    {
      what: "repository ID",
      stated: textAt(variables, "CI_PROJECT_ID"),
      certified: [claims.sourceRepositoryIdentifier]
    },
    { what: "trigger", stated: textAt(variables, "CI_PIPELINE_SOURCE"), certified: [claims.buildTrigger] },
    ...runnerOf(provenance, claims),
    ...invocation(predicate, claims)
  ];
}
function environment(variables, claims) {
  const variable = (name) => valueAt(variables, `GITHUB_${name}`) ?? valueAt(variables, `github_${name.toLowerCase()}`);
  const [id, attempt] = [variable("RUN_ID"), variable("RUN_ATTEMPT")];
  return [
    { ...repository(variable("REPOSITORY"), claims), certified: [pathOf(claims.sourceRepositoryUri)?.toLowerCase()] },
    ref(variable("REF"), claims),
    commit(variable("SHA"), claims),
    commit(variable("SHA1"), claims),
    { what: "repository ID", stated: variable("REPOSITORY_ID"), certified: [claims.sourceRepositoryIdentifier] },
    { what: "owner ID", stated: variable("REPOSITORY_OWNER_ID"), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: "trigger", stated: variable("EVENT_NAME"), certified: [claims.buildTrigger] },
    { what: "workflow", stated: variable("WORKFLOW_REF"), certified: [pathOf(claims.buildConfigUri)] },
    { what: "workflow commit", stated: variable("WORKFLOW_SHA"), certified: [claims.buildConfigDigest] },
    ...run(id === void 0 || attempt === void 0 ? id : `${id}-${attempt}`, claims)
  ];
}
function source(artifact, claims) {
  const uri = textAt(artifact, "uri") ?? "";
  const [, address, at] = /^(?:git\+)?(https?:\/\/[^@#]+)(?:[@#](.*))?$/.exec(uri) ?? [];
  const isCommit = at !== void 0 && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(at);
  return [
    repository(address ?? (uri === "" ? void 0 : uri), claims),
    isCommit ? commit(at, claims) : ref(at, claims),
    // GitLab's runner states a commit as a SHA-256.
    ...["gitCommit", "sha1", "sha256"].map((algorithm) => commit(textAt(artifact, "digest", algorithm), claims))
  ];
}
function firstDependency(predicate) {
  return statedList(predicate, "buildDefinition", "resolvedDependencies")[0];
}
function repository(stated, { sourceRepositoryUri }) {
  const plain = (address) => address?.replace(/^git\+/, "").replace(/\.git$/, "").toLowerCase();
  return { what: "repository", stated: plain(stated), certified: [plain(sourceRepositoryUri)] };
}
function ref(stated, { sourceRepositoryRef }, other) {
  const certified = sourceRepositoryRef === void 0 ? [] : [sourceRepositoryRef, other];
  return { what: "ref", stated, certified };
}
function workflowFile(stated, claims) {
  const path = stated !== void 0 && /\.ya?ml$/.test(stated) ? stated : void 0;
  return { what: "workflow", stated: path, certified: [configOf(claims)?.path] };
}
function commit(stated, { sourceRepositoryDigest }) {
  return { what: "commit", stated, certified: [sourceRepositoryDigest] };
}
function ids(job, [repositoryId, ownerId, trigger, environment2], claims) {
  return [
    { what: "repository ID", stated: textAt(job, repositoryId), certified: [claims.sourceRepositoryIdentifier] },
    { what: "owner ID", stated: textAt(job, ownerId), certified: [claims.sourceRepositoryOwnerIdentifier] },
    { what: "trigger", stated: textAt(job, trigger), certified: [claims.buildTrigger] },
    { what: "runner", stated: textAt(job, environment2), certified: [claims.runnerEnvironment] }
  ];
}
function workflowBuilder(provenance, claims) {
  const { builderId = "" } = provenance;
  const { buildSignerUri } = claims;
  const isRunner = /^https:\/\/github\.com\/actions\/runner(?:\/|$)/.test(builderId);
  if (isRunner || buildSignerUri !== void 0 && delegator.test(buildSignerUri)) return runner(provenance, claims);
  return [{ what: "builder", stated: builderId, certified: [buildSignerUri] }];
}
var delegator = /^https:\/\/github\.com\/slsa-framework\/slsa-github-generator\/\.github\/workflows\/delegator_[\w-]+\.yml@/;
function runner({ builderId = "" }, { runnerEnvironment }) {
  const [, kind] = /^https:\/\/github\.com\/actions\/runner\/(.+)$/.exec(builderId) ?? [];
  return [{ what: "runner", stated: kind, certified: [runnerEnvironment] }];
}
function runnerOf({ builderId = "" }, claims) {
  const [, project] = /^(.+)\/-\/runners\/\d+$/.exec(builderId) ?? [];
  return [repository(project, claims)];
}
function invocation(predicate, claims) {
  return ["buildInvocationId", "buildInvocationID"].flatMap((name) => run(textAt(predicate, "metadata", name), claims));
}
function run(stated, { runInvocationUri }) {
  if (runInvocationUri === void 0) return [];
  const [, id, attempt] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(runInvocationUri) ?? [];
  const [, job] = /\/-\/jobs\/(\d+)$/.exec(runInvocationUri) ?? [];
  const isAddress = stated?.includes("/") ?? false;
  const numbers = id === void 0 ? job : stated?.includes("-") ? `${id}-${attempt}` : id;
  return [{ what: "run", stated, certified: [isAddress ? runInvocationUri : numbers] }];
}
function configOf(claims) {
  const { buildConfigUri = "", sourceRepositoryUri } = claims;
  const isOwn = sourceRepositoryUri !== void 0 && buildConfigUri.startsWith(`${sourceRepositoryUri}/`);
  const relative = isOwn ? buildConfigUri.slice(sourceRepositoryUri.length + 1) : pathOf(buildConfigUri);
  const [, path, ref2] = /^(.+?\.ya?ml)@(.+)$/.exec(relative ?? "") ?? [];
  return path === void 0 || ref2 === void 0 ? void 0 : { path, ref: ref2 };
}
function pathOf(address) {
  return address === void 0 ? void 0 : /^https?:\/\/[^/]+\/(.+)$/.exec(address)?.[1];
}
function textAt(value, ...path) {
  const found = memberAt(value, ...path) ?? void 0;
  if (found === void 0) return void 0;
  if (typeof found === "number") return String(found);
  return asText(found) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a text`);
}
function valueAt(value, name) {
  const found = memberAt(value, name);
  return asObject(found) === void 0 ? textAt(value, name) : textAt(found, "value");
}
export {
  compareProvenance
};
