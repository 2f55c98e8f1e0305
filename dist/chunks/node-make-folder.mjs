function isSafeUrl({ protocol, hostname }) {
  return protocol === "https:" || protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

import { systemCode } from "./core-errors-codes.mjs";

import { dirname } from "node:path";
async function makeFolder(files, path) {
  try {
    await files.mkdir(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT" && dirname(path) !== path) {
      await makeFolder(files, dirname(path));
      await makeMissing(files, path);
    } else if (!await isFolder(files, path)) throw cause;
  }
}
async function makeMissing(files, path) {
  try {
    await files.mkdir(path);
  } catch (cause) {
    if (!await isFolder(files, path)) throw cause;
  }
}
async function isFolder(files, path) {
  return files.stat(path).then(
    (found) => found.isDirectory(),
    () => false
  );
}

async function namesIn(folder, files) {
  try {
    return await files.readdir(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}
export {
  isSafeUrl,
  makeFolder,
  namesIn
};
