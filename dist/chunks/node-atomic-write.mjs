import { systemCode } from "./core-errors-reference.mjs";
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

import { encodeHex } from "./core-encoding-json.mjs";

import { require_node_fs } from "./core-errors-reference.mjs";

import { __toESM } from "./core-errors-reference.mjs";

import { dirname as dirname2, join, sep } from "node:path";
var import_node_fs = __toESM(require_node_fs(), 1);
async function writeAtomically(files, random, path, content) {
  const temporary = join(dirname2(path), `.${encodeHex(random(8))}.tmp`);
  try {
    const handle = await openNew(files, temporary);
    try {
      for await (const piece of typeof content === "string" ? [content] : content) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, path);
  } catch (cause) {
    await files.rm(temporary, { force: true }).catch(() => void 0);
    throw cause;
  }
}
async function openNew(files, path) {
  try {
    return await files.open(path, "wx", 420);
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw cause;
    await makeFolder(files, dirname2(path));
    return files.open(path, "wx", 420);
  }
}
async function demandWritable(files, folder) {
  const mode = import_node_fs.constants.W_OK | import_node_fs.constants.X_OK;
  try {
    await files.access(`${folder}${sep}.`, mode);
  } catch {
    await makeFolder(files, folder);
    await files.access(folder, mode);
  }
}
export {
  demandWritable,
  makeFolder,
  writeAtomically
};
