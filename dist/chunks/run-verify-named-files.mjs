import { isReadableBundle, selectVerifiables } from "./run-verify-select-verifiables.mjs";
import { unlikePath } from "./subject-glob.mjs";
import "./node-safe-file-name.mjs";
import "./deliver-manifest.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import "./subject-checksums.mjs";
import { coversSeveral } from "./deliver-bundle-paths.mjs";
import { bundleStem } from "./node-concurrency.mjs";
import { pathsBeside } from "./run-verify-bundle-pool.mjs";
import "./report-verification-report.mjs";
import "./node-links.mjs";
import { isWithin } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./core-certificate-path.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
import { dirname, resolve } from "node:path";
async function readNamedFiles(named, patterns, places, world) {
  for (const pattern of patterns) demandPattern(pattern);
  const request = { files: patterns, checksums: [], digests: [] };
  const none = { artifacts: [], skipped: [] };
  const matched = patterns.length === 0 ? none : await selectVerifiables(request, places.workspace, world);
  const files = await bundlesOf(named.filter(isFile), places, world.files);
  const bundles = new Set(files);
  const others = [...named.filter((one) => !bundles.has(one)), ...matched.artifacts];
  const belongs = belongingTo(others.filter(isFile));
  const skipped = new Set(files.filter(belongs));
  if (others.length === 0 && places.paths.length === 0 && places.directory === void 0) failForBundles(files);
  return {
    artifacts: [...named.filter((one) => !skipped.has(one)), ...matched.artifacts],
    skipped: [...[...skipped].map(({ name }) => name), ...matched.skipped]
  };
}
function demandPattern(text) {
  const unlike = /[*?[{]/.test(text) ? void 0 : unlikePath(text);
  if (unlike !== void 0)
    fail("USAGE", `${JSON.stringify(text)} is ${unlike.what}, not the path of a file`, { remedy: unlike.remedy });
}
function isFile(one) {
  return one.kind === "file";
}
async function bundlesOf(named, places, files) {
  const found = [];
  for (const one of named) {
    if (bundleStem(one.name) === void 0 || await hasOne(pathsBeside(one, places), files)) continue;
    if (await isReadableBundle(one, files)) found.push(one);
  }
  return found;
}
async function hasOne(paths, files) {
  const found = await Promise.all(paths.map((path) => pathExists(path, files)));
  return found.includes(true);
}
function belongingTo(files) {
  const paths = new Set(files.map(({ path }) => resolve(path)));
  const folders = [...new Set([...paths].map((path) => dirname(path)))];
  return ({ path }) => {
    const absolute = resolve(path);
    if (paths.has(bundleStem(absolute) ?? "")) return true;
    const folder = dirname(absolute);
    return coversSeveral(absolute) && folders.some((one) => isWithin(folder, one));
  };
}
function failForBundles(bundles) {
  const [name = ""] = bundles.map((bundle) => bundle.name);
  const example = coversSeveral(name) ? void 0 : bundleStem(name);
  const elsewhere = "If a bundle is at a different path than its file, specify it with `bundle`.";
  if (bundles.length > 1)
    fail("SUBJECT_MISSING", "all specified files are bundles", {
      remedy: `Specify the files that they belong to${example === void 0 ? "" : `, such as ${example}`}. ${elsewhere}`
    });
  return fail("SUBJECT_MISSING", `${JSON.stringify(name)} is a bundle`, {
    remedy: `Specify the file that it belongs to${example === void 0 ? "" : `: ${example}`}. ${elsewhere}`
  });
}
export {
  readNamedFiles
};
