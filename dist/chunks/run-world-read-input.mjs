import { utf8Bytes, NotRegularFile, readRegularFile } from "./node-regular-file.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
var maxLength = 32 * 1024 * 1024;
var encodingCodes = {
  policy: "POLICY_INVALID",
  "public key": "KEY_INVALID",
  "trusted root": "TRUSTED_ROOT_INVALID",
  "signing config": "SIGNING_CONFIG_INVALID",
  "TUF root": "TRUSTED_ROOT_INVALID"
};
async function readInput(path, what, world) {
  const bytes = await readInputFile(path, what, world.files, maxLength);
  await world.demandAccepted?.(path, what, bytes);
  return utf8Bytes(bytes, encodingCodes[what], `the ${what} ${path}`);
}
function readInputFile(path, what, files, maxLength2) {
  return readRegularFile(files, path, maxLength2).catch((cause) => {
    const code = systemCode(cause);
    if (code === void 0) throw cause;
    const reason = cause instanceof NotRegularFile ? "it is not a regular file" : code;
    return fail("USAGE", `the ${what} ${path} cannot be read: ${reason}`, { cause, remedy: "Check the path." });
  });
}
async function parseInput(path, what, world, parse) {
  const bytes = await readInput(path, what, world);
  try {
    return parse(bytes);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const { explainInput } = await import("./run-policy-release.mjs");
    throw explainInput(bytes, what, path, error);
  }
}
export {
  parseInput,
  readInput,
  readInputFile
};
