import { archiveLimits, isArchive, unpackArchive } from "./fetch-archive-directory.mjs";
import { demandArtifactName, describeClientError, openArtifactClient } from "./services-github-artifact-client.mjs";
import { digestFile } from "./subject-digest-file.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
import { join } from "node:path";
async function downloadArtifact(request, files, open = openArtifactClient) {
  const { artifact, input, folder, maxBytes = archiveLimits.bytes } = request;
  if (artifact.name !== void 0) demandArtifactName(artifact.name, input);
  const downloads = join(folder, "download");
  const directory = join(folder, "files");
  for (const path2 of [downloads, directory]) await files.mkdir(path2);
  const client = await open();
  const listed = await find(request, client);
  await asked(request, () => client.downloadArtifact(listed.id, { path: downloads, skipDecompress: true }));
  const [file, ...more] = await files.readdir(downloads);
  if (file === void 0 || more.length > 0) failed(request, "the client did not write exactly one file", void 0);
  const path = join(downloads, file);
  await demandDigest(request, listed, path, files);
  const names = await (await beginsAsArchive(path, files) ? unpackArchive(path, directory, files, maxBytes) : keep(path, listed.name, input, directory, files));
  await files.rm(downloads, { recursive: true });
  return { directory, names };
}
async function find(request, client) {
  const { artifact, input, maxBytes = archiveLimits.bytes } = request;
  const listed = artifact.id === void 0 ? (await asked(request, () => client.getArtifact(artifact.name))).artifact : listedAs(artifact.id, request, (await asked(request, () => client.listArtifacts())).artifacts);
  if (artifact.name === void 0) demandArtifactName(listed.name, input);
  else if (artifact.id === void 0 && listed.name !== artifact.name)
    failed(request, "the artifact service returned a different artifact", void 0);
  if (artifact.id !== void 0 && artifact.digest === void 0 && listed.digest === void 0)
    fail("SERVICE_RESPONSE_INVALID", `the artifact service did not return a digest of ${shown(request)}`, {
      remedy: `Set \`${digestInput(request)}\` to the output \`artifact-digest\` of the step that uploads the artifact.`
    });
  if (listed.size > maxBytes)
    fail("LIMIT_EXCEEDED", `${shown(request)} has ${listed.size} bytes; the limit is ${maxBytes}`, {
      remedy: "Download the artifact with actions/download-artifact, and specify the files in its folder."
    });
  return listed;
}
function listedAs(id, request, all) {
  const { artifact, input, missing } = request;
  const listed = all.find((one) => one.id === id);
  if (listed !== void 0) {
    if (artifact.name === void 0 || listed.name === artifact.name) return listed;
    fail(
      "USAGE",
      `the workflow artifact with the ID ${id} has the name ${JSON.stringify(listed.name)}, not ${JSON.stringify(artifact.name)}`,
      {
        remedy: `Omit \`${input}\`, or set \`${input}-id\` to the ID of the artifact with this name.`
      }
    );
  }
  const successor = all.find(({ name }) => name === artifact.name);
  if (successor === void 0)
    fail(missing, `this run has no workflow artifact with the ID ${id}`, {
      remedy: "Make this job depend on the job that uploads the artifact (`needs`), and check that no job deletes it. Artifacts of other runs are not searched."
    });
  return fail(
    "SUBJECT_CHANGED",
    `the workflow artifact ${JSON.stringify(artifact.name)} with the ID ${id} was replaced by one with the ID ${successor.id}`,
    { remedy: replaced }
  );
}
var replaced = "Do not use this artifact. Find the job of this run that replaced it.";
async function demandDigest(request, listed, path, files) {
  const { artifact } = request;
  const found = formatDigest(await digestFile(files, { path }, "sha256"));
  if (artifact.digest !== void 0 && found !== formatDigest(artifact.digest))
    fail(
      "SUBJECT_CHANGED",
      `the digest of ${shown(request)} is ${found}, but \`${digestInput(request)}\` is ${formatDigest(artifact.digest)}`,
      { remedy: replaced }
    );
  if (listed.digest !== void 0 && found !== listed.digest)
    fail("ARCHIVE_INVALID", `the content of ${shown(request)} does not match its digest`);
}
function digestInput({ input, digestInput: named = `${input}-digest` }) {
  return named;
}
async function asked(request, ask) {
  try {
    return await ask();
  } catch (cause) {
    return failed(request, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
async function beginsAsArchive(path, files) {
  const handle = await files.open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return isArchive(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
async function keep(path, name, input, directory, files) {
  if (name === "." || name === "..") fail("USAGE", `\`${input}\` is ${JSON.stringify(name)}, which is not a file name`);
  await files.rename(path, join(directory, name));
  return [name];
}
function shown({ artifact: { name, id } }) {
  return `the workflow artifact ${name === void 0 ? `with the ID ${id}` : JSON.stringify(name)}`;
}
function failed(request, message, cause) {
  const { input, missing } = request;
  const details = cause === void 0 ? {} : { cause };
  if (/Artifact not found|No artifacts found for ID/.test(message))
    fail(missing, `this run has no ${shown(request).replace("the ", "")}`, {
      ...details,
      remedy: "Make this job depend on the job that uploads the artifact (`needs`). Artifacts of other runs are not searched."
    });
  if (/not currently supported on GHES/.test(message))
    fail("USAGE", "GitHub Enterprise Server does not provide this artifact service", {
      ...details,
      remedy: "Download the artifact with a version of actions/download-artifact that supports this server, and specify the files in its folder."
    });
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    fail("USAGE", `\`${input}\` requires the artifact service, which this runner does not provide to this step`, {
      ...details,
      remedy: "Use it in a GitHub Actions job. Elsewhere, specify files and folders."
    });
  return fail("SERVICE_UNAVAILABLE", `${shown(request)} was not downloaded: ${describeClientError(message)}`, {
    ...details,
    remedy: "Check githubstatus.com, and run the job again."
  });
}

function distinctSubjects(signed) {
  const byKey = /* @__PURE__ */ new Map();
  for (const subject of signed) {
    const key = JSON.stringify([subject.name, formatDigest(subject.digest), subject.platform ?? null]);
    if (!byKey.has(key)) byKey.set(key, subject);
  }
  return [...byKey.values()];
}
export {
  distinctSubjects,
  downloadArtifact
};
