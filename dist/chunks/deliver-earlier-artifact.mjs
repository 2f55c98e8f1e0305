import { readManifest } from "./deliver-manifest.mjs";
import { downloadArtifact } from "./fetch-download-artifact.mjs";
import { openArtifactClient } from "./services-github-artifact-client.mjs";
import { digestFile } from "./subject-digest-file.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { join, relative, resolve, sep } from "node:path";
async function findEarlier(name, client, { files, temporaryDirectory }) {
  const { artifacts } = await client.listArtifacts();
  const listed = artifacts.find((one) => one.name === name);
  if (listed === void 0) return void 0;
  const { id, digest } = listed;
  const folder = await files.mkdtemp(join(temporaryDirectory, "countersign-earlier-"));
  try {
    const request = { artifact: { name, id }, input: "artifact-name", missing: "BUNDLE_MISSING", folder };
    const { directory, names } = await downloadArtifact(request, files, async () => client);
    const contents = /* @__PURE__ */ new Map();
    for (const one of names) contents.set(one, await hashOf(join(directory, one), files));
    return { id, digest, contents, subjects: await subjectsIn(directory, names, files) };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { id, digest, contents: void 0, subjects: void 0 };
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}
var manifestName = /^(?:countersign-)?manifest(?:-\d+)?\.json$/;
async function hashOf(path, files) {
  return formatDigest(await digestFile(files, { path }, "sha256"));
}
async function subjectsIn(directory, names, files) {
  const [manifest, ...others] = names.filter((name) => manifestName.test(name));
  if (manifest === void 0 || others.length > 0) return void 0;
  const entries = await readManifest(join(directory, manifest), files);
  return entries && new Set(entries.map(({ name, digest }) => keyOf(name, digest)));
}
function keyOf(name, digest) {
  return `${digest} ${name}`;
}
function holdsSubjects({ subjects }, wanted) {
  const keys = new Set(wanted.map(({ name, digest }) => keyOf(name, formatDigest(digest))));
  return subjects !== void 0 && keys.size === subjects.size && [...keys].every((key) => subjects.has(key));
}
async function holdsFiles({ contents }, paths, root, files) {
  if (contents?.size !== paths.length) return false;
  for (const path of paths) {
    const name = relative(root, path).split(sep).join("/");
    if (contents.get(name) !== await hashOf(resolve(path), files)) return false;
  }
  return true;
}
async function demandNameFree(name, subjects, unpacking, open = openArtifactClient) {
  const earlier = await findEarlier(name, await open(), unpacking).catch(() => void 0);
  if (earlier === void 0) return;
  if (earlier.subjects !== void 0) {
    const named = [];
    for (const subject of subjects) named.push(await withDigest(subject, unpacking));
    if (holdsSubjects(earlier, named)) return;
  }
  fail(
    "USAGE",
    `nothing was signed: this run already has an artifact named ${JSON.stringify(name)} with bundles of other subjects`,
    {
      remedy: "Omit `artifact-name`, or use a different name in each job, step and matrix leg."
    }
  );
}
async function withDigest(subject, { files }) {
  const { name } = subject;
  return { name, digest: subject.kind === "file" ? await digestFile(files, subject, "sha256") : subject.digest };
}

import "./deliver-manifest.mjs";

import "./fetch-archive-directory.mjs";

import "./node-safe-file-name.mjs";

import "./node-links.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./core-errors-codes.mjs";
export {
  demandNameFree,
  demandNameFree as demandNameFree_2,
  findEarlier,
  holdsFiles,
  holdsSubjects
};
