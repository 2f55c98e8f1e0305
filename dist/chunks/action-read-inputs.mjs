import { deliverFile } from "./deliver-disk.mjs";
import { keepYoungGenerationSmall } from "./node-young-generation.mjs";
import { count, shownText, Secret } from "./node-concurrency.mjs";
import { inputsOf } from "./options-shared.mjs";
import { plainLine, plainLines, CountersignError, fail } from "./core-errors-reference.mjs";
import { getInput, notice, setFailed, setOutput, setSecret, summary, warning } from "./actions-http-client-lib-index.mjs";
import { toDigest } from "./node-regular-file.mjs";
import { decodeHex, encodeHex } from "./core-encoding-json.mjs";
import { join } from "node:path";
import { resolve } from "node:path";
var maxAnnotations = 10;
var maxMessageLength = 4096;
var maxTitleLength = 200;
function annotationsFor({ unsigned, warnings, notices, signed }) {
  const total = unsigned.length + signed.length;
  return [
    ...limited(
      unsigned,
      (failure) => annotation("error", failure.code, describe(failure)),
      (more) => annotation(
        "error",
        `${more} more`,
        `${count(more, "more subject")} of ${total} were not signed. See the job summary.`
      )
    ),
    ...limited(
      warnings,
      (warning2) => annotation("warning", "Countersign", warning2),
      (more) => annotation("warning", `${more} more`, `${count(more, "more warning")}. See the job summary.`)
    ),
    ...notices.map((notice2) => annotation("notice", "Countersign", notice2))
  ];
}
function describe({ name, message, remedy }) {
  const parts = [shownText(name, 500), ": ", shownText(message, 2e3)];
  return [...parts, ...remedy === void 0 ? [] : [". ", shownText(remedy.replaceAll("\n", " "), 1e3)]].join("");
}
function limited(items, one, rest) {
  if (items.length <= maxAnnotations) return items.map(one);
  const shown = items.slice(0, maxAnnotations - 1);
  return [...shown.map(one), rest(items.length - shown.length)];
}
function annotation(level, title, message) {
  return {
    level,
    title: shownText(title, maxTitleLength),
    message: shownText(message, maxMessageLength)
  };
}
var maxBytes = 127 * 1024;
async function setLongOutput(name, fileName, { value, instead }, folder, { files, random }) {
  const length = Buffer.byteLength(value);
  if (length <= maxBytes) {
    setOutput(name, value);
    setOutput(fileName, "");
    return;
  }
  const path = join(folder, `countersign-${name}-${encodeHex(random(8))}.${/^[[{]/.test(value) ? "json" : "txt"}`);
  const tooLong = `the output \`${name}\` has ${length} bytes, more than an environment variable can hold (128 KiB)`;
  const title = "Countersign";
  let written = path;
  try {
    await deliverFile(files, random, path, `${value}
`, { workspace: folder, bundleDirectory: void 0 });
    notice(plainLine(`${tooLong}. The complete value is in ${path} (output \`${fileName}\`)`), { title });
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    written = null;
    warning(plainLine(`${tooLong}. The file with the complete value could not be written: ${error.message}`), {
      title
    });
  }
  setOutput(name, instead(written));
  setOutput(fileName, written ?? "");
}
function truncated(count2, places) {
  return (file) => JSON.stringify({ truncated: true, count: count2, ...places, file });
}
async function runStep(work) {
  keepYoungGenerationSmall();
  try {
    await work();
  } catch (error) {
    setFailed(plainLines(describe2(error)));
  }
}
function describe2(error) {
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
  const given = getInput(name) || none;
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
  const count2 = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  return count2 >= 1 && count2 <= max ? count2 : refuse(name, given, `Set it to a number from 1 to ${max}.`);
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
function readSharedInputs(input, verb, asImage = false) {
  const {
    files,
    checksums,
    digests,
    subjectPath,
    subjectChecksums,
    subjectName,
    subjectDigest,
    filesArtifact,
    filesArtifactId,
    filesArtifactDigest,
    registry,
    registryUsername,
    registryPassword,
    ...others
  } = input;
  const attestDigest = readAttestDigest(input);
  const subjects = {
    files: [...files, ...subjectPath],
    checksums: [...checksums, ...subjectChecksums],
    digests: [...digests, ...asImage ? [] : attestDigest]
  };
  return {
    others,
    subjects,
    account: readAccount(input),
    filesArtifact: readArtifact(input, subjects, verb),
    // As actions/attest does: owners on GitHub may have capitals, names in registries may not.
    attested: asImage ? attestDigest.map((image) => image.toLowerCase()) : [],
    likeAttest: subjectPath.length > 0 || attestDigest.length > 0 || subjectChecksums.length > 0
  };
}
function readArtifact({ filesArtifact: name, filesArtifactId: id, filesArtifactDigest: digest }, { files, checksums, digests }, verb) {
  if ((name ?? id ?? digest) !== void 0 && files.length + checksums.length + digests.length > 0)
    fail("USAGE", "`files-artifact` cannot be combined with `files`, `checksums` or `digests`", {
      remedy: `${verb} them in separate steps.`
    });
  if (id !== void 0) return { name, id, digest };
  if (name !== void 0) return { name, digest };
  if (digest === void 0) return void 0;
  return fail("USAGE", "`files-artifact-digest` is set, but no artifact is specified", {
    remedy: "Set `files-artifact` or `files-artifact-id` as well."
  });
}
function readAttestDigest({ subjectName: name, subjectDigest: digest }) {
  if (digest === void 0 && name !== void 0)
    fail("USAGE", "the input `subject-name` is set, but `subject-digest` is not", { remedy: "Set `subject-digest`." });
  if (digest === void 0) return [];
  if (name === void 0)
    fail("USAGE", "the input `subject-digest` is set, but `subject-name` is not", { remedy: "Set `subject-name`." });
  return [`${name}@${digest}`];
}
function readAccount(input) {
  const { registry, registryUsername: user, registryPassword: password } = input;
  if (password !== void 0) setSecret(Buffer.from(`${user ?? ""}:${password.reveal()}`).toString("base64"));
  if (user === void 0 && password === void 0) return void 0;
  if (user === void 0 || password === void 0)
    return fail("USAGE", "`registry-username` and `registry-password` must be set together; one of them is empty", {
      remedy: "Set both. A secret is empty if the job has no access to it."
    });
  return { registry, user, password };
}

var acceptingEvents = /* @__PURE__ */ new Set(["push", "schedule", "release"]);
function canCheckOutProposal({ eventName = "", ref = "" }) {
  return !acceptingEvents.has(eventName) || isQueued(ref);
}
function isQueued(ref) {
  return ref.startsWith("refs/heads/gh-readonly-queue/");
}
export {
  annotation,
  annotationsFor,
  canCheckOutProposal,
  isQueued,
  limited,
  readInputs,
  readSharedInputs,
  runStep,
  setLongOutput,
  truncated,
  writeSummary
};
