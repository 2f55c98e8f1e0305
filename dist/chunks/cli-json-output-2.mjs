import { failureDocument, orFailureJson, printJson } from "./cli-json-output.mjs";
import "./options-shared.mjs";
import "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./options-policy.mjs";
import "./core-errors-codes.mjs";
import { beginsLikeImage, looksLikeImage } from "./node-safe-file-name.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
async function namesImage(name, { files }) {
  if (name.startsWith("oci://")) return true;
  return (looksLikeImage(name) || beginsLikeImage(name)) && !await pathExists(name, files);
}
export {
  failureDocument,
  namesImage,
  orFailureJson,
  printJson
};
