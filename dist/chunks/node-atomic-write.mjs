import { makeFolder, namesIn } from "./node-make-folder.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { require_node_fs, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { dirname, join, sep } from "node:path";
var import_node_fs = __toESM(require_node_fs(), 1);
async function writeAtomically(files, random, path, content) {
  const temporary = join(dirname(path), `.${encodeHex(random(8))}.tmp`);
  try {
    const handle = await openNew(files, temporary);
    try {
      const isWhole = typeof content === "string" || content instanceof Uint8Array;
      for await (const piece of isWhole ? [content] : content) await handle.writeFile(piece);
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
async function removeUnfinished(files, folder) {
  for (const name of await namesIn(folder, files))
    if (/^\.[0-9a-f]{16}\.tmp$/.test(name)) await files.rm(join(folder, name), { force: true });
}
async function syncFolder(files, folder) {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await files.open(folder, import_node_fs.constants.O_RDONLY), true);
      await handle.sync();
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  } catch (cause) {
    if (!unsupportedSync.has(systemCode(cause) ?? "")) throw cause;
  }
}
var unsupportedSync = /* @__PURE__ */ new Set(["EPERM", "EISDIR", "EINVAL", "ENOTSUP", "EACCES"]);
async function openNew(files, path) {
  try {
    return await files.open(path, "wx", 420);
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw cause;
    await makeFolder(files, dirname(path));
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
  removeUnfinished,
  syncFolder,
  writeAtomically
};
