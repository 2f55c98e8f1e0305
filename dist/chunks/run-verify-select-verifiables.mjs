import { Workspace, collectSubjects, namesNothing } from "./subject-glob.mjs";
import { isBundleFile } from "./deliver-manifest.mjs";
import { notExamined } from "./report-verification-report.mjs";
import { bundleStem } from "./node-concurrency.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { join as join2, resolve } from "node:path";
import { basename, dirname, join } from "node:path";
async function filesBeside(paths, files) {
  const found = [];
  const named = /* @__PURE__ */ new Map();
  for (const path of paths) named.set(dirname(path), (named.get(dirname(path)) ?? /* @__PURE__ */ new Set()).add(basename(path)));
  for (const [folder, names] of named) {
    const listed = await entriesOf(folder, files);
    if (listed === void 0) found.push({ name: folder, why: "unreadable" });
    for (const [name, kind] of listed ?? []) {
      if (kind === "folder" || kind === "git" || names.has(name)) continue;
      found.push({ name: join(folder, name), why: kind === "file" ? "unnamed" : kind });
    }
  }
  return found;
}
async function entriesOf(folder, files) {
  try {
    const read = await (await Workspace.open(folder, files)).folder("");
    return read?.problem === void 0 ? read?.entries : void 0;
  } catch (cause) {
    if (cause instanceof CountersignError) return void 0;
    throw cause;
  }
}
async function selectVerifiables(request, workspace, { files }) {
  if (namesNothing(request))
    fail("SUBJECT_MISSING", "nothing to verify: no files, checksums, digests or images specified", {
      remedy: "Specify `files`, `checksums`, `digests`, `images` or `files-artifact`."
    });
  let leftOut = [];
  const found = await collectSubjects(request, workspace, files, (some) => {
    leftOut = some;
  });
  return {
    ...await withoutBundles(found, files),
    leftOut: await bundlesTakenOut(leftOut, workspace, files)
  };
}
async function bundlesTakenOut(leftOut, folder, files) {
  const kept = [];
  for (const one of leftOut) {
    const mayBe = one.why === "hidden" || one.why === "unnamed";
    const file = { kind: "file", name: one.name, path: resolve(folder, one.name) };
    if (!mayBe || !await isReadableBundle(file, files)) kept.push(one);
  }
  return kept;
}
function isReadableBundle(file, files) {
  return isBundle(file, files).catch((failure) => {
    if (failure instanceof CountersignError) return false;
    throw failure;
  });
}
async function selectFromArtifact({ directory, names }, { files }) {
  const found = names.toSorted().map((name) => ({ kind: "file", name, path: join2(directory, name) }));
  return withoutBundles(found, files);
}
async function withoutBundles(found, files) {
  const artifacts = [];
  const skipped = [];
  for (const one of found) {
    if (one.isLiteral === true || !await isBundle(one, files)) artifacts.push(one);
    else skipped.push(one.name);
  }
  if (found.length > 0 && artifacts.length === 0)
    fail("SUBJECT_MISSING", "all specified files are bundles", {
      remedy: "Specify the files that these bundles belong to."
    });
  return { artifacts, skipped };
}
async function isBundle(one, files) {
  return one.kind === "file" && bundleStem(one.name) !== void 0 && await isBundleFile(one, files);
}
var reasons = {
  hidden: "its name or the name of a parent folder starts with a dot",
  unnamed: "no pattern matches it",
  unreadable: "the folder is not readable or is outside of the workspace",
  loop: "it is a link to one of its parent folders",
  special: "it is not a regular file",
  nowhere: "it is a broken link",
  git: "it belongs to Git"
};
var maxNames = 5;
var maxResults = 100;
function withLeftOut(report, leftOut, strictFolder) {
  if (leftOut.length === 0) return report;
  return strictFolder ? { ...report, results: [...report.results, ...resultsOf(leftOut)] } : { ...report, warnings: [...report.warnings, warningOf(leftOut)] };
}
async function leftBeside(artifacts, bundlePaths, { files }) {
  const paths = artifacts.flatMap((artifact) => artifact.kind === "file" ? [artifact.path] : []);
  const bundles = new Set(bundlePaths.map((path) => resolve(path)));
  const beside = (await filesBeside(paths, files)).filter(({ name }) => !bundles.has(resolve(name)));
  return bundlesTakenOut(beside, ".", files);
}
function warningOf(leftOut) {
  const shown = leftOut.slice(0, maxNames).map(({ name, why }) => `${JSON.stringify(name)} (${reasons[why]})`);
  const more = leftOut.length > maxNames ? `, and ${leftOut.length - maxNames} more` : "";
  return `not verified, although in the same folder as verified files: ${shown.join(", ")}${more}. Specify these files, or exclude them with \`!\`. With \`strict-folder\`, this is an error.`;
}
function resultsOf(leftOut) {
  return leftOut.slice(0, maxResults).map(({ name, why }, index) => {
    const more = index === maxResults - 1 ? leftOut.length - maxResults : 0;
    const others = more > 0 ? `; ${more} more are not shown` : "";
    const failure = new CountersignError("SUBJECT_LEFT_OUT", `it is not verified: ${reasons[why]}${others}`, {
      remedy: "Remove it, specify it so that it is verified too, or exclude it with a pattern that starts with `!`."
    });
    return { artifact: name, digest: void 0, bundle: void 0, ...notExamined(failure) };
  });
}
export {
  bundlesTakenOut,
  isReadableBundle,
  leftBeside,
  selectFromArtifact,
  selectVerifiables,
  withLeftOut
};
