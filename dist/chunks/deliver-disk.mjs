import { demandWritable, writeAtomically } from "./node-atomic-write.mjs";
import { followLinks, leadsOutOf } from "./node-links.mjs";
import { isWithin } from "./core-bundle-read-bundle.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { dirname } from "node:path";
async function deliverFile(files, random, path, content, places) {
  await demandConfined(files, dirname(path), places);
  try {
    await writeAtomically(files, random, path, content);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    fail("WRITE_FAILED", `${path} cannot be written: ${messageOf(cause)}`, { cause, remedy: remedy(cause) });
  }
}
async function demandDeliverable(files, folder, places) {
  await demandConfined(files, folder, places);
  try {
    await demandWritable(files, folder);
  } catch (cause) {
    fail("WRITE_FAILED", `the folder ${folder} is not writable: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause)
    });
  }
}
async function demandConfined(files, folder, places) {
  const checks = underWay.get(files) ?? /* @__PURE__ */ new Map();
  underWay.set(files, checks);
  const key = JSON.stringify([folder, places.workspace, places.bundleDirectory, places.confinedTo]);
  const known = checks.get(key);
  if (known !== void 0) return known;
  const check = checkConfined(resolvingOnce(files), folder, places);
  checks.set(key, check);
  try {
    await check;
  } finally {
    checks.delete(key);
  }
}
function resolvingOnce(files) {
  const resolved = /* @__PURE__ */ new Map();
  const realpath = (path) => {
    const known = resolved.get(path) ?? files.realpath(path);
    resolved.set(path, known);
    return known;
  };
  return { realpath, readlink: (path) => files.readlink(path) };
}
var underWay = /* @__PURE__ */ new WeakMap();
async function checkConfined(files, folder, { workspace, bundleDirectory, confinedTo = workspace }) {
  try {
    await demandWithin(files, folder, confinedTo);
    if (bundleDirectory === void 0) return;
    const [root, real] = [await followLinks(files, confinedTo), await followLinks(files, bundleDirectory)];
    if (!isWithin(root, real)) await demandWithin(files, folder, bundleDirectory);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    fail("WRITE_FAILED", `the folder ${folder} is not writable: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause)
    });
  }
}
async function demandWithin(files, folder, root) {
  const real = await leadsOutOf(files, root, folder);
  if (real === void 0) return;
  fail("USAGE", `${folder} is a link to ${real}, which is outside of ${root}`, {
    remedy: "Remove the link, or specify the folder that it points to."
  });
}
function messageOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
var missing = "The folder cannot be created there. Specify a different folder with `bundle-dir`.";
var fullDisk = "Free space on this disk and run again. Files that are already signed are not signed again.";
var forbidden = "Grant this user write access, or specify a different folder with `bundle-dir`.";
var occupied = "Move the file or folder with this name away, or specify a different folder with `bundle-dir`.";
var remedies = {
  ENOSPC: fullDisk,
  EDQUOT: fullDisk,
  ENOENT: missing,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  EISDIR: occupied,
  ENOTDIR: occupied,
  ENOTEMPTY: occupied,
  EEXIST: occupied,
  ENAMETOOLONG: "Use a shorter file name, or specify a folder with a shorter path with `bundle-dir`."
};
function remedy(cause) {
  return remedies[systemCode(cause) ?? ""] ?? "Run again. Files that are already signed are not signed again.";
}
export {
  deliverFile,
  demandConfined,
  demandDeliverable
};
