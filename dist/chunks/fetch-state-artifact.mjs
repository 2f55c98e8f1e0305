import { unpackArchive } from "./fetch-archive-directory.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
import { join } from "node:path";
var trustedEvents = ["schedule", "workflow_dispatch", "push", "repository_dispatch"];
var maxRuns = 30;
function stateArtifactName(name, attempt) {
  return attempt === 1 ? name : `${name}-attempt-${attempt}`;
}
async function restoreState(source, client, { folder, temporary }, files) {
  const refused = [];
  let problem;
  for (const run of await runsOf(source, client)) {
    const artifact = await latestArtifact(source, run, client);
    const reason = refusal(source, run, artifact);
    if (reason !== void 0) {
      if (artifact !== void 0) refused.push(`the state of the run ${run.id} is not used: ${reason}`);
      continue;
    }
    if (artifact === void 0 || artifact.isExpired) {
      const what = artifact === void 0 ? "has no state" : "has a state that has expired";
      if (artifact !== void 0 || run.conclusion === "success") problem ??= `the run ${run.id} ${what}`;
      continue;
    }
    try {
      await unpack(await client.downloadArtifact(source.repository, artifact), folder, temporary, files);
      return { run: run.id, problem, refused };
    } catch (error) {
      if (!(error instanceof CountersignError) || error.kind !== "invalid") throw error;
      problem ??= `the state of the run ${run.id} is damaged: ${error.message}`;
      await files.rm(folder, { recursive: true, force: true });
      await files.mkdir(folder);
    }
  }
  return { run: void 0, problem, refused };
}
async function runsOf({ repository, repositoryId, workflow, defaultBranch, run }, client) {
  const file = workflow.replace(/^.*\//, "");
  const query = { workflow: file, branch: defaultBranch, status: "completed" };
  const runs = (await client.workflowRuns(repository, query)).filter(({ id }) => id !== run.id).slice(0, maxRuns);
  if (run.attempt === 1) return runs;
  const earlier = { ...run, attempt: run.attempt - 1, path: workflow, conclusion: void 0 };
  return [{ ...earlier, headRepositoryId: repositoryId }, ...runs];
}
async function latestArtifact({ repository, artifact }, run, client) {
  for (let attempt = run.attempt; attempt >= 1; attempt--) {
    const found = await client.artifactsOfRun(repository, run.id, stateArtifactName(artifact, attempt));
    if (found[0] !== void 0) return found[0];
  }
  return void 0;
}
function refusal(source, run, artifact) {
  const { repositoryId, workflow, defaultBranch } = source;
  if (run.path !== workflow) return `the run is of the workflow ${run.path}`;
  if (!trustedEvents.includes(run.event)) return `the run was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return "the run is not of the default branch";
  if (run.headRepositoryId !== repositoryId) return "the run is of a fork";
  if (artifact === void 0) return void 0;
  const { run: of } = artifact;
  if (of === void 0 || of.repositoryId !== repositoryId || of.headRepositoryId !== repositoryId)
    return "the artifact is of a fork";
  if (of.headBranch !== defaultBranch) return "the artifact is not of the default branch";
  return void 0;
}
async function unpack(archive, folder, temporary, files) {
  const path = join(temporary, "countersign-state.zip");
  await files.writeFile(path, archive);
  try {
    await unpackArchive(path, folder, files);
  } finally {
    await files.rm(path, { force: true });
  }
}
export {
  restoreState,
  stateArtifactName
};
