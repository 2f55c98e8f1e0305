import { __commonJS, __require } from "./core-errors-codes.mjs";
var require_node_http = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:http");
  }
});

var require_node_https = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:https");
  }
});

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

var harmless = /^[A-Za-z0-9_@%+=:,./-]+$/;
var unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u;
function shellQuoted(argument) {
  if (harmless.test(argument)) return argument;
  if (!unprintable.test(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(argument.replaceAll("##[", "##\0"), escaped).join("")}'`;
}
function pathArgument(path) {
  return shellQuoted(path.startsWith("-") ? `./${path}` : path);
}
function escaped(character) {
  if (character === "\0") return "\\x5b";
  if (character === "'" || character === "\\") return `\\${character}`;
  if (!unprintable.test(character)) return character;
  return Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
export {
  makeFolder,
  pathArgument,
  require_node_http,
  require_node_https,
  shellQuoted
};
