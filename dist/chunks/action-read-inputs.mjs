import { keepYoungGenerationSmall } from "./node-young-generation.mjs";
import { getInput, setFailed, setSecret, summary, warning } from "./actions-http-client-lib-index.mjs";
import { plainLine, plainLines, inputsOf } from "./options-row.mjs";
import { Secret } from "./node-secret.mjs";
import { toDigest } from "./node-regular-file.mjs";
import { decodeHex } from "./core-encoding-der.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
async function runStep(work) {
  keepYoungGenerationSmall();
  try {
    await work();
  } catch (error) {
    setFailed(plainLines(describe(error)));
  }
}
function describe(error) {
  if (!(error instanceof CountersignError))
    return error instanceof Error ? error.stack ?? error.message : String(error);
  return [`${error.code}: ${error.message}`, ...error.remedy === void 0 ? [] : [error.remedy]].join("\n");
}
async function writeSummary(markdown) {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  try {
    await summary.addRaw(markdown).write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warning(plainLine(`the job summary could not be written: ${reason}. The other results are complete.`), {
      title: "Countersign"
    });
  }
}
function readInputs(table, action, workspace) {
  const values = inputsOf(table, action).map(({ key, name, form, default: none }) => [
    key,
    readInput(name, form, none, workspace)
  ]);
  return Object.fromEntries(values);
}
function readInput(name, form, none, workspace) {
  const given = getInput(name) || (none.startsWith("${{") ? "" : none);
  switch (form.type) {
    case "text":
      return given || void 0;
    case "path":
      return given === "" ? void 0 : resolve(workspace, given);
    case "list":
      return split(given, form.separator);
    case "paths":
      return split(given, /\n/).map((path) => resolve(workspace, path));
    case "switch":
      return choose(name, given, { true: true, false: false });
    case "choice":
      return choose(name, given, form.values);
    case "duration":
      return readDuration(name, given);
    case "count":
      return readCount(name, given, form.max);
    case "secret":
      return readSecret(given);
    case "job-count":
      return given === "" ? void 0 : readCount(name, given, form.max);
    case "artifact-id":
      return given === "" ? void 0 : readArtifactId(name, given);
    case "artifact-digest":
      return given === "" ? void 0 : readArtifactDigest(name, given);
  }
}
function split(given, separator) {
  return given.split(separator).map((line) => line.trim()).filter((line) => line !== "");
}
function choose(name, given, values) {
  if (Object.hasOwn(values, given)) return values[given];
  const allowed = Object.keys(values).filter((value) => value !== "");
  return refuse(name, given, `Set it to ${allowed.join(", ").replace(/, (?=[^,]*$)/, " or ")}.`);
}
var unitMilliseconds = { "": 1e3, s: 1e3, m: 6e4, h: 36e5 };
function readDuration(name, given) {
  const [, digits, unit = ""] = /^(\d{1,6})\s*([smh]?)$/.exec(given) ?? refuse(name, given, "Use a duration such as 90s, 5m or 1h.");
  return Number(digits) * unitMilliseconds[unit];
}
function readCount(name, given, max) {
  const count = /^\d{1,10}$/.test(given) ? Number(given) : 0;
  return count >= 1 && count <= max ? count : refuse(name, given, `Set it to a number from 1 to ${max}.`);
}
function readSecret(given) {
  if (given === "") return void 0;
  setSecret(given);
  return new Secret(given);
}
function readArtifactId(name, given) {
  const id = /^[1-9]\d{0,15}$/.test(given) ? Number(given) : Number.NaN;
  if (Number.isSafeInteger(id)) return id;
  return refuse(name, given, "Set it to a positive whole number: the output `artifact-id` of actions/upload-artifact.");
}
function readArtifactDigest(name, given) {
  const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(given) ?? [];
  if (hex !== void 0) return toDigest("sha256", decodeHex(hex.toLowerCase()));
  return refuse(
    name,
    given,
    "Set it to a SHA-256 digest, `sha256:\u2026` or its 64 hexadecimal digits: the output `artifact-digest` of actions/upload-artifact."
  );
}
function refuse(name, given, remedy) {
  return fail("USAGE", `the input \`${name}\` is ${JSON.stringify(given)}, which is not valid`, { remedy });
}

import { demandArtifactName, describeClientError, openArtifactClient } from "./services-github-artifact-client.mjs";

import { join } from "node:path";
async function uploadFolder({ name, folder, what }, files, open = openArtifactClient) {
  demandArtifactName(name);
  const entries = await files.readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const client = await open();
  try {
    const { id, digest } = await client.uploadArtifact(name, paths.sort(), folder);
    if (id === void 0 || digest === void 0)
      return failed(what, "the artifact service returned no artifact ID", void 0);
    return { id, digest: `sha256:${digest}` };
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    return failed(what, describeClientError(cause instanceof Error ? cause.message : String(cause)), cause);
  }
}
function failed(what, reason, cause) {
  return fail("DELIVERY_FAILED", `${what} was not uploaded: ${reason}`, {
    ...cause !== void 0 && { cause },
    remedy: "Check githubstatus.com and the artifact storage of the account, and run the job again."
  });
}
export {
  readInputs,
  runStep,
  uploadFolder,
  writeSummary
};
