import { legArtifactPrefix_2, legDigestsFile_2, legLimits_2, readLegDigests_2 } from "./subject-leg-digests.mjs";
import { downloadArtifact } from "./fetch-download-artifact.mjs";
import { describeClientError, openArtifactClient } from "./services-github-artifact-client.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
import { join } from "node:path";
async function listLegArtifacts(open = openArtifactClient) {
  const client = await open();
  const { artifacts } = await client.listArtifacts().catch(
    (cause) => fail("SERVICE_UNAVAILABLE", `the workflow artifacts were not listed: ${describeClientError(String(cause))}`, {
      cause,
      remedy: "Check githubstatus.com, and run the job again."
    })
  );
  const found = artifacts.filter(({ name }) => name.startsWith(legArtifactPrefix_2));
  return found.map(({ id, name }) => ({ id, name })).sort((a, b) => a.id - b.id);
}
async function fetchLegDigests(artifact, { files, temporaryDirectory }, open = openArtifactClient) {
  const folder = await files.mkdtemp(join(temporaryDirectory, "countersign-leg-"));
  try {
    const limits = { digestInput: "collected", maxBytes: legLimits_2.bytes };
    const request = { artifact, input: "collected", missing: "SUBJECT_MISSING", folder, ...limits };
    const { directory, names } = await downloadArtifact(request, files, open);
    const what = `the workflow artifact ${JSON.stringify(artifact.name ?? artifact.id)}`;
    if (names.length !== 1 || names[0] !== legDigestsFile_2)
      fail("ARCHIVE_INVALID", `${what} does not contain the file ${legDigestsFile_2}, and nothing else`, {
        remedy: "Set `collected` to the outputs `collected` of steps with `mode: collect`."
      });
    return readLegDigests_2(await readRegularFile(files, join(directory, legDigestsFile_2), legLimits_2.bytes), what);
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}
export {
  fetchLegDigests,
  listLegArtifacts
};
