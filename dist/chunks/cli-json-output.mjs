import { failureJson } from "./options-shared.mjs";
import { bug, errorInFlags } from "./cli-option-names.mjs";
import { plainJson } from "./options-row.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
function printJson(value) {
  process.stdout.write(`${plainJson(JSON.stringify(value))}
`);
}
async function orFailureJson(json, members, work) {
  try {
    return await work();
  } catch (error) {
    if (json) printJson(failureDocument(error, members));
    throw error;
  }
}
function failureDocument(error, members = {}) {
  return { version: 1, ...members, ...failureMembers(error) };
}
function failureMembers(error) {
  if (!(error instanceof CountersignError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { exitCode: bug, failure: { code: null, kind: "bug", message, remedy: null } };
  }
  return { exitCode: error.exitCode, failure: failureJson(errorInFlags(error)) };
}
export {
  failureDocument,
  orFailureJson,
  printJson
};
