import { notice, setOutput, setSecret, warning } from "./actions-http-client-lib-index.mjs";
var shortestPart = 16;
function maskToken(token) {
  if (token === void 0 || token === "") return;
  setSecret(token);
  const [, ...parts] = token.split(".");
  for (const part of parts) if (part.length >= shortestPart) setSecret(part);
}

import { distinctSubjects } from "./fetch-download-artifact.mjs";

import { downloadArtifact } from "./fetch-download-artifact.mjs";

import { count, shownText } from "./report-shorten.mjs";

import { plainLine } from "./options-row.mjs";

import { deliverFile } from "./deliver-disk.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import { encodeHex } from "./core-encoding-der.mjs";

import { CountersignError, fail } from "./core-errors-codes.mjs";

import { join } from "node:path";
import { join as join2 } from "node:path";
var missing = { files: "SUBJECT_MISSING", bundles: "BUNDLE_MISSING" };
async function fetchArtifact({ artifact, input, holds, temporaryDirectory }, files) {
  const folder = await files.mkdtemp(join(temporaryDirectory, "countersign-"));
  const downloaded = await downloadArtifact({ artifact, input, missing: missing[holds], folder }, files);
  const { names } = downloaded;
  const found = holds === "files" ? names : names.filter((path) => bundleStem(path) !== void 0);
  if (found.length === 0)
    fail(missing[holds], `the workflow artifact ${JSON.stringify(artifact.name ?? artifact.id)} contains no ${holds}`);
  return downloaded;
}
var consequences = {
  sign: "so this run could sign files that were not built by the expected job",
  verify: "for example with files of an older release, which satisfy the same policy"
};
function artifactWarnings({ name, id, digest }, purpose) {
  if (id !== void 0 || digest !== void 0) return [];
  return [
    `the workflow artifact ${JSON.stringify(name)} was identified only by its name. Until it is downloaded, any other job of this run can replace it, ${consequences[purpose]}. Set \`files-artifact-id\` and \`files-artifact-digest\` to the outputs \`artifact-id\` and \`artifact-digest\` of actions/upload-artifact, passed on as outputs of the job that uploads it`
  ];
}
var maxAnnotations = 10;
var maxMessageLength = 4096;
var maxTitleLength = 200;
function annotationsFor({ unsigned, warnings, notices, signed }) {
  const total = unsigned.length + distinctSubjects(signed).length;
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
  const path = join2(folder, `countersign-${name}-${encodeHex(random(8))}.${/^[[{]/.test(value) ? "json" : "txt"}`);
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
export {
  annotation,
  annotationsFor,
  artifactWarnings,
  fetchArtifact,
  limited,
  maskToken,
  readSharedInputs,
  setLongOutput,
  truncated
};
