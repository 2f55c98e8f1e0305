import { artifactNames } from "./deliver-upload-artifact.mjs";
import { untilCancelled } from "./run-sign-signing-result.mjs";
import { downloadArtifact } from "./fetch-download-artifact.mjs";
import "./fetch-archive-directory.mjs";
import { describeClientError, openArtifactClient } from "./services-github-artifact-client.mjs";
import "./node-safe-file-name.mjs";
import { pathBelow, maxBundleLength } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./node-links.mjs";
import { NotRegularFile, readRegularFile } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { join, resolve } from "node:path";
var maxArtifacts = 16;
function uploadedEarlier(wanted, places, world) {
  const root = resolve(places.bundleDirectory ?? places.workspace);
  const remedy = "Run the job again.";
  let folders;
  return async ({ path }) => {
    const below = pathBelow(root, path);
    if (below === void 0) return [];
    const unpack2 = () => unpackAll(wanted, world);
    folders ??= untilCancelled(unpack2, "downloading the bundles of an earlier attempt", remedy, world.cancellation);
    const texts = await Promise.all((await folders).map((folder) => textOf(join(folder, below), world)));
    return texts.flatMap((text) => text ?? []);
  };
}
async function unpackAll(wanted, world) {
  const client = await openArtifactClient();
  const isWanted = wanted.name === void 0 ? artifactNames(wanted.job) : (name) => name === wanted.name;
  const newest = (await list(client)).filter(({ name }) => isWanted(name)).sort((one, other) => other.id - one.id);
  const folders = [];
  for (const one of newest.slice(0, maxArtifacts)) folders.push(...await unpack(one, client, wanted, world));
  return folders;
}
async function list(client) {
  try {
    return (await client.listArtifacts()).artifacts;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message)) return [];
    return fail(
      "SERVICE_UNAVAILABLE",
      `the workflow artifacts of this run cannot be listed: ${describeClientError(message)}`,
      { cause, remedy: "Check githubstatus.com, and run the job again." }
    );
  }
}
async function unpack({ id, name }, client, { temporaryDirectory }, { files }) {
  const folder = await files.mkdtemp(join(temporaryDirectory, "countersign-earlier-"));
  const request = { artifact: { name, id }, input: "artifact-name", missing: "BUNDLE_MISSING", folder };
  try {
    return [(await downloadArtifact(request, files, async () => client)).directory];
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "SERVICE_UNAVAILABLE") throw error;
    return [];
  }
}
async function textOf(path, { files }) {
  try {
    return Buffer.from(await readRegularFile(files, path, maxBundleLength)).toString("utf8");
  } catch (error) {
    const isAbsent = systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR";
    if (isAbsent || error instanceof NotRegularFile || error instanceof CountersignError) return void 0;
    throw error;
  }
}
export {
  uploadedEarlier
};
