import { readDiskImage, manifestsOf } from "./subject-image-image-index.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { formatPlatform } from "./services-registry-manifest.mjs";
import { byName, formatImage, mapConcurrently } from "./node-concurrency.mjs";
import { resolveImage, readImageName } from "./subject-image-name.mjs";
import { isWithin, pathBelow } from "./core-bundle-read-bundle.mjs";
import { orUnreadable } from "./node-links.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { basename, isAbsolute, resolve } from "node:path";
async function collectImages(lines, options, workspace, registries, files) {
  const written = lines.map((line) => line.trim());
  const read = await mapConcurrently(written, async (line) => ({
    line,
    image: await readLine(line, workspace, files)
  }));
  const found = await mapConcurrently(
    read,
    ({ line, image }) => image.kind === "path" ? subjectsOnDisk(image.path, line, options, workspace, files) : subjectsInRegistry(image.reference, line, options, registries)
  );
  return merge(found.flat()).sort(byName);
}
async function readLine(line, workspace, files) {
  if (line === "") {
    fail("USAGE", "an image name is empty", { remedy: "Check that the variable with the image name is set." });
  }
  try {
    return readImageName(line);
  } catch (cause) {
    const isThere = await pathExists(resolve(workspace, line), files);
    if (!(cause instanceof CountersignError) || !isThere) throw cause;
    return fail("USAGE", `${JSON.stringify(line)} is not a valid image name; it is a path, which must start with ./`, {
      cause,
      remedy: `Use ./${line} to specify the image at this path.`
    });
  }
}
async function subjectsInRegistry(reference, line, { recursive }, registries) {
  const { subject, manifest } = await resolveImage(reference, line, registries);
  if (!recursive) return [subject];
  const { repository } = reference;
  const below = await manifestsOf(manifest, (digest) => registries(repository).getManifest(digest), line);
  const stored = ({ mediaType, bytes }) => ({
    repository,
    tags: [],
    mediaType,
    size: bytes.length
  });
  return [
    subject,
    ...below.map(
      ({ manifest: each, platform }) => ({ ...subject, digest: each.digest, ...named(platform), stored: stored(each) })
    )
  ];
}
async function subjectsOnDisk(path, line, { recursive }, workspace, files) {
  const absolute = resolve(workspace, path);
  await demandInside(path, absolute, workspace, files);
  const { images, getManifest } = await readDiskImage(absolute, files);
  const found = [];
  for (const { name = nameOfPath(absolute, workspace), digest } of images) {
    const subject = { kind: "image", name, digest, origin: line, stored: void 0 };
    found.push(subject);
    const manifest = recursive ? await getManifest(digest) : void 0;
    if (manifest === void 0) continue;
    const below = await manifestsOf(manifest, getManifest, line);
    found.push(
      ...below.map(({ manifest: each, platform }) => ({ ...subject, digest: each.digest, ...named(platform) }))
    );
  }
  return found;
}
function named(platform) {
  return platform === void 0 ? {} : { platform: formatPlatform(platform) };
}
async function demandInside(path, absolute, workspace, files) {
  if (isAbsolute(path)) return;
  const [root, real] = await orUnreadable(
    absolute,
    () => Promise.all([files.realpath(workspace), files.realpath(absolute)])
  );
  if (!isWithin(root, real)) {
    fail("USAGE", `the image path ${path} points to ${real}, which is outside of the workspace`, {
      remedy: "Save the image in the workspace, or specify its absolute path."
    });
  }
}
function nameOfPath(absolute, workspace) {
  return pathBelow(workspace, absolute) || basename(absolute);
}
function merge(subjects) {
  const merged = /* @__PURE__ */ new Map();
  for (const subject of subjects) {
    const key = formatImage(subject);
    const known = merged.get(key);
    merged.set(key, known === void 0 ? subject : { ...known, stored: mergeStored(known.stored, subject.stored) });
  }
  return [...merged.values()];
}
function mergeStored(a, b) {
  if (a === void 0 || b === void 0) return a ?? b;
  return { ...a, tags: [.../* @__PURE__ */ new Set([...a.tags, ...b.tags])] };
}
export {
  collectImages
};
