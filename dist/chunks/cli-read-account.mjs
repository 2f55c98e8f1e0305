import { Secret } from "./node-secret.mjs";
import { utf8Text, readToEnd } from "./node-regular-file.mjs";
import { fail, systemCode } from "./core-errors-codes.mjs";
import * as files from "node:fs/promises";
var maxPasswordLength = 64 * 1024;
async function readAccount(options) {
  const { registry, registryUsername: user, registryPassword: path } = options;
  if (user === void 0 && path === void 0) return void 0;
  if (user === void 0 || path === void 0)
    return fail("USAGE", "`registry-username` and `registry-password` must be given together");
  const bytes = await readToEnd(files, path, maxPasswordLength).catch(
    (cause) => (
      // Without the path, which could be the password itself.
      fail("USAGE", `the file given as \`registry-password\` cannot be read: ${systemCode(cause) ?? "unknown error"}`, {
        remedy: "Check the path."
      })
    )
  ) ?? fail("USAGE", `the file given as \`registry-password\` is larger than ${maxPasswordLength} bytes`);
  const text = utf8Text(bytes, "USAGE", "the file given as `registry-password`");
  const password = text.replace(/\r?\n$/, "");
  if (password === "") fail("USAGE", "the file given as `registry-password` contains no password");
  return { registry, user, password: new Secret(password) };
}
export {
  readAccount
};
