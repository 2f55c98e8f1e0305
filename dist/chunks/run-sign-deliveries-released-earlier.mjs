import { CountersignError, fail } from "./core-errors-codes.mjs";
function assetNameOf(name) {
  return name.replace(/[^A-Za-z0-9._-]+/g, ".").replace(/\.{2,}/g, ".").replace(/^\.|\.$/g, "");
}
function nameAssets(files) {
  const taken = /* @__PURE__ */ new Map();
  return files.map((file) => {
    const name = assetNameOf(file.name);
    if (name === "")
      fail("RELEASE_ASSET_UNFIT", `${JSON.stringify(file.name)} cannot be the name of a release asset`, {
        remedy: "Rename the file. Names of assets consist of letters, digits, `.`, `_` and `-`."
      });
    const other = taken.get(name);
    if (other !== void 0)
      fail(
        "RELEASE_ASSET_UNFIT",
        `the files ${JSON.stringify(other.path)} and ${JSON.stringify(file.path)} would both become the release asset ${name}`,
        { remedy: "Rename one of them. GitHub replaces characters other than letters, digits, `.`, `_` and `-`." }
      );
    taken.set(name, file);
    return { file, name, label: name === file.name ? void 0 : file.name };
  });
}

import { gitHubOptions } from "./deliver-github-attestations.mjs";

import { openReleases } from "./services-github-open-releases.mjs";

import "./deliver-github-attestations.mjs";

import "./node-concurrency.mjs";

import "./services-github-api.mjs";

import "./services-github-api.mjs";

import "./services-http-public-address.mjs";

import "./services-http-answer.mjs";

import { maxBundleLength } from "./core-bundle-read-bundle.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import { basename } from "node:path";
function releasedEarlier(access, target, world) {
  const releases = openReleases(gitHubOptions(access, world));
  let listed;
  return async ({ path }) => {
    listed ??= list(releases, access.repository, target);
    const found = await listed;
    const name = assetNameOf(basename(path));
    const asset = found?.assets.find((one) => one.name === name && one.state === "uploaded");
    if (found === void 0 || asset === void 0 || asset.size > maxBundleLength) return [];
    return [await textOf(releases, found.release, asset)];
  };
}
async function list(releases, repository, target) {
  try {
    const release = await find(releases, repository, target);
    return release && { release, assets: await releases.assetsOf(release) };
  } catch (error) {
    const isHidden = error instanceof CountersignError && (error.code === "PERMISSION_MISSING" || error.code === "SERVICE_REFUSED");
    if (isHidden) return void 0;
    throw error;
  }
}
async function find(releases, repository, target) {
  if (target.kind === "id") return releases.findById(repository, target.id);
  const [draft] = await releases.draftsOf(repository, target.tag);
  return draft ?? releases.findByTag(repository, target.tag);
}
async function textOf(releases, release, asset) {
  const pieces = [];
  await releases.download(release, asset, {
    begin: () => void pieces.splice(0),
    take: (bytes) => void pieces.push(Buffer.from(bytes))
  });
  return Buffer.concat(pieces).toString("utf8");
}
export {
  nameAssets,
  releasedEarlier
};
