import { formatDigest } from "./node-regular-file.mjs";
function distinctSubjects(signed) {
  const byKey = /* @__PURE__ */ new Map();
  for (const subject of signed) {
    const key = JSON.stringify([subject.name, formatDigest(subject.digest), subject.platform ?? null]);
    if (!byKey.has(key)) byKey.set(key, subject);
  }
  return [...byKey.values()];
}

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}

import { fail } from "./core-errors-codes.mjs";

async function loadImages(request, world) {
  const registries = await loadRegistries(request, world);
  if (registries === void 0) {
    if (request.platform !== void 0)
      fail("USAGE", "`platform` is set, but there is no image", { remedy: "Remove `platform`, or specify an image." });
    return [];
  }
  const { verifiableImages } = await import("./run-verify-verify-image.mjs");
  return verifiableImages(request.images, registries, world.files, request.platform);
}
async function openStore(request, world) {
  const { from } = request;
  if (from === void 0) return void 0;
  const { openGitHubStore } = await import("./run-verify-github-bundles.mjs");
  return openGitHubStore({ ...request, from }, world);
}

async function withFilesBeside(report, artifacts, bundlePaths, world) {
  const { leftBeside, withLeftOut } = await import("./run-verify-select-verifiables-2.mjs");
  return withLeftOut(report, await leftBeside(artifacts, bundlePaths, world), true);
}
export {
  distinctSubjects,
  loadImages,
  loadRegistries,
  openStore,
  withFilesBeside
};
