import { exampleJob, startSandbox } from "./sandbox-github-github-service.mjs";
import { verifyFile } from "./run-verify-verify-file.mjs";
import "./noble-curves-abstract-edwards.mjs";
import "./core-log-ml-dsa.mjs";
import { require_dist } from "./yaml-dist-parse-lexer.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import { pathArgument } from "./report-shell.mjs";
import { openArtifactClient } from "./services-github-artifact-client.mjs";
import { reportError } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-shared.mjs";
import { plainLine } from "./options-row.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import { makeFolder } from "./node-make-folder.mjs";
import "./report-retry-text.mjs";
import "./core-verify-needed-digests.mjs";
import "./options-policy.mjs";
import "./subject-digest-file.mjs";
import "./node-links.mjs";
import { readTrustedRoot } from "./core-trust-trusted-root.mjs";
import { systemWorld, require_node_util } from "./run-world-world.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import { exactIdentity } from "./core-certificate-certificate.mjs";
import "./core-bundle-read-bundle.mjs";
import { parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { require_node_fs, CountersignError, fail, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import * as files from "node:fs/promises";
import { copyFile as copyFile2, mkdtemp, readFile as readFile2, rm, writeFile as writeFile2 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import { basename as basename2, join as join7, relative, resolve as resolve2 } from "node:path";
import { basename, resolve } from "node:path";
import { arch, platform } from "node:os";
import { dirname, join as join2 } from "node:path";
import { join } from "node:path";
import { dirname as dirname2, join as join5 } from "node:path";
import { randomUUID } from "node:crypto";
import { join as join3 } from "node:path";
import { execFile, spawn } from "node:child_process";
import { Socket } from "node:net";
import { constants as osConstants, tmpdir } from "node:os";
import { join as join4 } from "node:path";
import { readdir } from "node:fs/promises";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir as readdir2, readFile, stat, writeFile } from "node:fs/promises";
import { join as join6 } from "node:path";
import { gunzipSync, gzip } from "node:zlib";
function parseActionReference(uses, self) {
  if (uses.startsWith("./") || uses === ".") return { kind: "local", uses, path: uses };
  if (uses.startsWith("$/")) {
    if (uses.includes("@")) fail("USAGE", `A reference to the same repository has no ref: ${uses}`);
    if (self === void 0) fail("USAGE", `Unable to resolve self-reference '${uses}'`);
    const path2 = uses.slice(2);
    return { kind: "remote", uses, repository: self.repository, path: path2, ref: self.sha };
  }
  const [, repository, path = "", ref] = /^([^./@][^/@]*\/[^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses) ?? [];
  if (repository === void 0 || ref === void 0) {
    fail("USAGE", `This runner supports ./path, owner/repository@ref and $/path, not ${uses}`);
  }
  if (`${path}/${ref}`.split("/").includes("..")) fail("USAGE", `${uses} points outside of its repository`);
  return { kind: "remote", uses, repository, path, ref };
}
var CaselessMap = class extends Map {
  set(name, value) {
    return super.set(this.#spelling(name), value);
  }
  get(name) {
    return super.get(this.#spelling(name));
  }
  has(name) {
    return super.has(this.#spelling(name));
  }
  delete(name) {
    return super.delete(this.#spelling(name));
  }
  #spelling(name) {
    if (super.has(name)) return name;
    for (const known of this.keys()) if (known.toLowerCase() === name.toLowerCase()) return known;
    return name;
  }
};
var import_node_fs = __toESM(require_node_fs(), 1);
var import_yaml = __toESM(require_dist(), 1);
var manifestNames = ["action.yml", "action.yaml"];
var runsKeys = /* @__PURE__ */ new Set(["using", "main", "pre", "pre-if", "post", "post-if"]);
function readManifest(actionDirectory) {
  for (const name of manifestNames) {
    const path = join(actionDirectory, name);
    if ((0, import_node_fs.statSync)(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest((0, import_node_fs.readFileSync)(path, "utf8"));
  }
  return fail("USAGE", `No ${manifestNames.join(" or ")} in ${actionDirectory}`);
}
function parseManifest(text) {
  const document = (0, import_yaml.parseDocument)(text);
  const [problem] = document.errors;
  if (problem !== void 0) fail("USAGE", `The action manifest is not valid YAML: ${problem.message}`);
  const root = asMap(document.contents, "The action manifest");
  const runs = asMap(member(root, "runs"), "The action manifest's runs");
  const using = runtime(scalarText(member(runs, "using"), "runs.using"));
  for (const key of keys(runs)) {
    if (!runsKeys.has(key)) fail("USAGE", `runs in the action manifest has an unknown key: ${key}`);
  }
  const main = scalarText(member(runs, "main"), "runs.main");
  if (main === void 0 || main === "") fail("USAGE", "runs in the action manifest has no main");
  return {
    name: scalarText(member(root, "name"), "name"),
    inputs: readInputs(member(root, "inputs")),
    outputs: (0, import_yaml.isMap)(member(root, "outputs")) ? keys(asMap(member(root, "outputs"), "outputs")) : [],
    using,
    main,
    pre: readStage(runs, "pre"),
    post: readStage(runs, "post")
  };
}
function readStage(runs, stage) {
  const script = scalarText(member(runs, stage), `runs.${stage}`);
  if (script === void 0 || script === "") return void 0;
  return { script, condition: scalarText(member(runs, `${stage}-if`), `runs.${stage}-if`) || "always()" };
}
function runtime(using) {
  const name = using?.toLowerCase();
  if (name === "node20" || name === "node24") return name;
  return fail("USAGE", `The action runs using ${using ?? "nothing"}; this runner supports node20 and node24`);
}
function readInputs(node) {
  if (node === void 0 || (0, import_yaml.isScalar)(node) && node.value === null) return [];
  const inputs = asMap(node, "The action manifest's inputs");
  return keys(inputs).map((name) => {
    const value = member(inputs, name);
    if (!(0, import_yaml.isMap)(value)) return { name, default: void 0, deprecationMessage: void 0 };
    return {
      name,
      default: scalarText(member(value, "default"), `inputs.${name}.default`),
      deprecationMessage: scalarText(
        member(value, "deprecationMessage"),
        `inputs.${name}.deprecationMessage`
      )
    };
  });
}
function asMap(node, what) {
  return (0, import_yaml.isMap)(node) ? node : fail("USAGE", `${what} is not a mapping`);
}
function keys(map) {
  return map.items.map(({ key }) => (0, import_yaml.isScalar)(key) ? String(key.value) : String(key));
}
function member(map, name) {
  const value = map.get(name, true);
  return value === null || value === void 0 ? void 0 : value;
}
function scalarText(node, what) {
  if (node === void 0) return void 0;
  if (!(0, import_yaml.isScalar)(node)) return fail("USAGE", `The action manifest's ${what} is not a scalar`);
  return node.value === null ? "" : String(node.value);
}
function resolveInputs(manifest, given, context) {
  const values = new Map(Object.entries(given));
  const namesGiven = new Set([...values.keys()].map((name) => name.toLowerCase()));
  const declared = new Set(manifest.inputs.map(({ name }) => name.toLowerCase()));
  const warnings = [];
  for (const input of manifest.inputs) {
    if (!namesGiven.has(input.name.toLowerCase())) {
      values.set(input.name, evaluateDefault(input.name, input.default ?? "", context));
    } else if (input.deprecationMessage !== void 0) {
      warnings.push(`Input '${input.name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
  }
  const unexpected = Object.keys(given).filter((name) => !declared.has(name.toLowerCase()));
  if (unexpected.length > 0) {
    const valid = manifest.inputs.map(({ name }) => `'${name}'`).join(", ");
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are [${valid}]`);
  }
  return { values, warnings };
}
function evaluateDefault(input, text, context) {
  return text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression) => {
    const [, name] = /^\s*github\.([a-z_][a-z0-9_-]*)\s*$/i.exec(expression) ?? [];
    if (name === void 0 || name.toLowerCase() === "event") {
      fail(
        "USAGE",
        `The default of the input ${input} is the expression \${{${expression}}}; this runner evaluates github.NAME alone`
      );
    }
    return context.get(name.toLowerCase()) ?? "";
  });
}
function inputVariable(name) {
  return `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`;
}
function repositoryContext(given = {}) {
  return { ...pushToMain(given), ...given };
}
function pushToMain({
  repository = "octo-org/octo-repo",
  ref = "refs/heads/main",
  sha = "0123456789abcdef0123456789abcdef01234567",
  actor = "octocat"
}) {
  return {
    // For an action of the repository itself, the runner sets both to the empty string.
    action_ref: "",
    action_repository: "",
    actor,
    actor_id: "583231",
    // Clients take any other server for an enterprise server, and refuse to work with it; only the service URLs may be redirected.
    api_url: "https://api.github.com",
    base_ref: "",
    event_name: "push",
    graphql_url: "https://api.github.com/graphql",
    head_ref: "",
    job: "sandbox",
    ref,
    ref_name: ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    ref_protected: "false",
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository,
    repository_id: "1296269",
    repository_owner: repository.split("/")[0] ?? "",
    repository_owner_id: "9919",
    retention_days: "90",
    run_attempt: "1",
    run_id: "1",
    run_number: "1",
    server_url: "https://github.com",
    sha,
    triggering_actor: actor,
    workflow: "sandbox",
    workflow_ref: `${repository}/.github/workflows/sandbox.yml@${ref}`,
    workflow_sha: sha
  };
}
function defaultEvent(context) {
  const [owner = "", name = ""] = (context.repository ?? "").split("/");
  return {
    ref: context.ref,
    after: context.sha,
    repository: {
      id: Number(context.repository_id),
      name,
      full_name: context.repository,
      owner: { login: owner, id: Number(context.repository_owner_id) },
      private: false,
      visibility: "public"
    },
    sender: { login: context.actor, id: Number(context.actor_id) }
  };
}
function runnerContext(workspace, temporaryDirectory) {
  const systems = { linux: "Linux", darwin: "macOS", win32: "Windows" };
  const architectures = { x64: "X64", arm64: "ARM64", arm: "ARM", ia32: "X86" };
  return {
    os: systems[platform()] ?? platform(),
    arch: architectures[arch()] ?? arch(),
    name: "sandbox",
    environment: "github-hosted",
    tool_cache: join2(temporaryDirectory, "_tool"),
    workspace: dirname(workspace),
    temp: temporaryDirectory
  };
}
function buildEnvironment(layers) {
  const { windows: windows3, idToken } = layers;
  const variables = windows3 ? new CaselessMap() : /* @__PURE__ */ new Map();
  const setAll = (entries, prefix = "") => {
    for (const [name, value] of entries) if (value !== void 0) variables.set(prefix + name, value);
  };
  const upper = (values) => Object.entries(values).map(([name, value]) => [name.toUpperCase(), value]);
  setAll(Object.entries(layers.service));
  setAll(Object.entries(layers.env));
  setAll(layers.state, "STATE_");
  setAll([...layers.inputs].map(([name, value]) => [inputVariable(name), value]));
  if (layers.pathAdditions.length > 0) {
    const path = [...layers.pathAdditions.toReversed(), variables.get("PATH") ?? ""];
    variables.set("PATH", path.filter((part) => part !== "").join(windows3 ? ";" : ":"));
  }
  setAll(upper(layers.github), "GITHUB_");
  setAll(upper(layers.runner), "RUNNER_");
  if (layers.debug) variables.set("RUNNER_DEBUG", "1");
  setAll(Object.entries(layers.actions));
  if (idToken !== void 0) {
    variables.set("ACTIONS_ID_TOKEN_REQUEST_URL", idToken.requestUrl);
    variables.set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", idToken.requestToken);
  }
  variables.delete("NODE_ICU_DATA");
  variables.set("GITHUB_ACTIONS", "true");
  if (variables.get("CI") === void 0) variables.set("CI", "true");
  return Object.fromEntries(variables);
}
var inherited = {
  posix: ["PATH", "HOME"],
  windows: [
    "PATH",
    "PATHEXT",
    "SystemRoot",
    "SystemDrive",
    "windir",
    "ComSpec",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "ProgramFiles",
    "ProgramFiles(x86)"
  ]
};
function serviceEnvironment(own, windows3) {
  return Object.fromEntries(inherited[windows3 ? "windows" : "posix"].map((name) => [name, own[name]]));
}
var utf8 = new TextEncoder();
var SecretMasker = class {
  #values = /* @__PURE__ */ new Set();
  #forms = /* @__PURE__ */ new Set();
  constructor(secrets = []) {
    for (const secret of secrets) this.addWithLines(secret);
  }
  /** Returns the secrets as they were added, without their encoded forms. */
  get values() {
    return [...this.#values];
  }
  add(secret) {
    if (secret === "" || this.#values.has(secret)) return;
    this.#values.add(secret);
    for (const form of encodedForms(secret)) this.#forms.add(form);
  }
  /** Adds a secret and each of its lines, since output is masked line by line. */
  addWithLines(secret) {
    this.add(secret);
    for (const line of secret.split(/[\r\n]/)) this.add(line.trim());
  }
  /** Replaces every secret in a text. Secrets that overlap or touch are replaced together. */
  mask(text) {
    const ranges = this.#occurrences(text).sort((a, b) => a.start - b.start);
    let masked = "";
    let end = 0;
    for (const range of ranges) {
      if (range.start > end || masked === "") masked += `${text.slice(end, range.start)}***`;
      end = Math.max(end, range.end);
    }
    return masked + text.slice(end);
  }
  #occurrences(text) {
    const found = [];
    for (const form of this.#forms) {
      for (let start2 = text.indexOf(form); start2 >= 0; start2 = text.indexOf(form, start2 + 1)) {
        found.push({ start: start2, end: start2 + form.length });
      }
    }
    return found;
  }
};
function encodedForms(secret) {
  const bytes = utf8.encode(secret);
  return [
    secret,
    // Base64 encodes groups of three bytes: a prefix of unknown length shifts the secret by zero, one or two bytes.
    ...[0, 1, 2].map((shift) => Buffer.from(bytes.length > shift ? bytes.subarray(shift) : bytes).toString("base64")),
    secret.replaceAll('"', '\\"'),
    secret.replaceAll("'", "''"),
    jsonForm(secret),
    uriForm(bytes),
    xmlForm(secret),
    withoutQuotes(secret),
    ...powershellForms(secret)
  ].filter((form) => form !== "");
}
function jsonForm(secret) {
  return JSON.stringify(secret).slice(1, -1).replace(/[\u0085\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function uriForm(bytes) {
  let text = "";
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    text += /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}
var xmlEntities = /* @__PURE__ */ new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
  ["&", "&amp;"]
]);
function xmlForm(secret) {
  return secret.replace(/[<>"'&]/g, (char) => xmlEntities.get(char) ?? char);
}
function withoutQuotes(secret) {
  return secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? secret.slice(1, -1) : "";
}
function powershellForms(secret) {
  const last = secret.lastIndexOf("&");
  if (last < 0) return [];
  const joined = secret.indexOf("&+");
  const parts = joined >= 0 ? [secret.slice(0, joined + 2), secret.slice(joined + 3)] : [secret.slice(0, last + 1), secret.slice(last + 1)];
  return parts.filter((part) => part.length >= 6);
}
var import_node_fs5 = __toESM(require_node_fs(), 1);
var import_node_fs2 = __toESM(require_node_fs(), 1);
var LineReader = class {
  #partial = "";
  #afterCarriageReturn = false;
  /** Adds a piece, and returns the lines that it completes. */
  push(piece) {
    if (piece.length === 0) return [];
    const text = this.#afterCarriageReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    this.#afterCarriageReturn = piece.endsWith("\r");
    const lines = (this.#partial + text).split(/\r\n|\r|\n/);
    this.#partial = lines.pop() ?? "";
    return lines;
  }
  /** Returns the last line, if the stream did not end with a line end. */
  end() {
    const last = this.#partial;
    this.#partial = "";
    return last === "" ? [] : [last];
  }
};
function splitLines(text) {
  const reader = new LineReader();
  return [...reader.push(text), ...reader.end()];
}
var fileCommands = {
  path: "add_path_",
  env: "set_env_",
  step_summary: "step_summary_",
  state: "save_state_",
  output: "set_output_",
  // A runner without the feature has these two variables, too: it ignores the first file, and the second one is empty.
  artifacts: "artifacts_",
  artifacts_list: "artifacts_list_"
};
var summaryLimit = 1024 * 1024;
function decodeFileCommand(bytes) {
  const [first, second] = bytes;
  const encoding = first === 255 && second === 254 ? "utf-16le" : first === 254 && second === 255 ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
function* parseNameValuePairs(text, windows3) {
  const lines = new FileLines(text, windows3);
  for (let line = lines.next(); line !== void 0; line = lines.next()) {
    if (line.text === "") continue;
    const equals = line.text.indexOf("=");
    const heredoc = line.text.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.text.slice(0, equals), line.text.slice(equals + 1)];
    } else if (heredoc >= 0) {
      yield readHeredoc(line.text, heredoc, lines);
    } else {
      fail("USAGE", `Invalid format '${line.text}'`);
    }
  }
}
function readHeredoc(line, at, lines) {
  const name = line.slice(0, at);
  const delimiter = line.slice(at + 2);
  if (name === "" || delimiter === "") {
    fail("USAGE", `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const start2 = lines.position;
  let end = start2;
  for (; ; ) {
    const next = lines.next() ?? fail("USAGE", `Invalid value. Matching delimiter not found '${delimiter}'`);
    if (next.text === delimiter) return [name, lines.text.slice(start2, end)];
    if (next.lineEnd === "") fail("USAGE", "Invalid value. EOF marker missing new line.");
    end = lines.position - next.lineEnd.length;
  }
}
var FileLines = class {
  text;
  #windows;
  #position = 0;
  constructor(text, windows3) {
    this.text = text;
    this.#windows = windows3;
  }
  get position() {
    return this.#position;
  }
  next() {
    const start2 = this.#position;
    if (start2 >= this.text.length) return void 0;
    const lineFeed = this.text.indexOf("\n", start2);
    if (lineFeed < 0) {
      this.#position = this.text.length;
      return { text: this.text.slice(start2), lineEnd: "" };
    }
    this.#position = lineFeed + 1;
    const carriageReturn = this.#windows && lineFeed > start2 && this.text[lineFeed - 1] === "\r";
    return carriageReturn ? { text: this.text.slice(start2, lineFeed - 1), lineEnd: "\r\n" } : { text: this.text.slice(start2, lineFeed), lineEnd: "\n" };
  }
};
function parsePathAdditions(text) {
  const paths = /* @__PURE__ */ new Set();
  for (const line of splitLines(text)) {
    if (line === "") continue;
    paths.delete(line);
    paths.add(line);
  }
  return [...paths];
}
function createCommandFiles(temporaryDirectory, artifacts) {
  const directory = join3(temporaryDirectory, "_runner_file_commands");
  (0, import_node_fs2.mkdirSync)(directory, { recursive: true });
  const suffix = randomUUID();
  const files2 = Object.entries(fileCommands).map(([command, prefix]) => [command, join3(directory, prefix + suffix)]);
  const contents = { artifacts_list: artifacts?.toJson() };
  for (const [command = "", path = ""] of files2) (0, import_node_fs2.writeFileSync)(path, contents[command] ?? "", { flag: "wx" });
  return Object.fromEntries(files2);
}
function readCommandFiles(files2, reader) {
  const { recorder, masker, workspace, artifacts, windows: windows3 } = reader;
  const environment = /* @__PURE__ */ new Map();
  let pathAdditions = [];
  let summary = "";
  let rawSummary = "";
  const handle = (command, act) => {
    try {
      const bytes = readIfThere(files2[command]);
      if (bytes !== void 0) act(bytes);
    } catch (cause) {
      recorder.fail(`Unable to process file command '${command}' successfully.`, cause);
    }
  };
  const pairs = (bytes) => parseNameValuePairs(decodeFileCommand(bytes), windows3);
  handle("path", (bytes) => {
    pathAdditions = parsePathAdditions(decodeFileCommand(bytes));
  });
  handle("env", (bytes) => {
    for (const [name, value] of pairs(bytes)) {
      if (name.toUpperCase() === "NODE_OPTIONS") {
        recorder.annotate("error", "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
      } else {
        environment.set(name, value);
      }
    }
  });
  handle("step_summary", (bytes) => {
    rawSummary = decodeFileCommand(bytes);
    if (bytes.length > summaryLimit) {
      const size = (length) => `${Math.floor(length / 1024)}k`;
      recorder.annotate(
        "error",
        `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${size(summaryLimit)}, got ${size(bytes.length)}.`
      );
      return;
    }
    summary = splitLines(rawSummary).map((line) => `${masker.mask(line)}
`).join("");
  });
  handle("state", (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.state.set(name, value);
  });
  handle("output", (bytes) => {
    for (const [name, value] of pairs(bytes)) recorder.setOutput(name, value);
  });
  handle("artifacts", (bytes) => {
    const added = artifacts?.declare(bytes, workspace) ?? 0;
    if (added > 0) {
      recorder.output(`Captured ${added} artifact subject(s) from this step (job total: ${artifacts?.size}).`);
    }
  });
  return { environment, pathAdditions, summary, rawSummary };
}
function readIfThere(path) {
  return (0, import_node_fs2.statSync)(path, { throwIfNoEntry: false }) === void 0 ? void 0 : (0, import_node_fs2.readFileSync)(path);
}
var import_node_fs4 = __toESM(require_node_fs(), 1);
var import_node_fs3 = __toESM(require_node_fs(), 1);
var import_node_util = __toESM(require_node_util(), 1);
var cancellationSchedule = {
  interrupt: 7500,
  terminate: 2500,
  drain: 5e3,
  minute: 6e4
};
var windows = process.platform === "win32";
async function runStepProcess(request) {
  const running = await start(request);
  const { child, exited } = running;
  let failure;
  const read = (name, stream) => readLines(stream, (line) => {
    if (failure !== void 0) return;
    try {
      request.onLine(name, line);
    } catch (cause) {
      failure = { cause };
      killTree(child);
    }
  });
  const drained = Promise.all([read("stdout", running.stdout), read("stderr", running.stderr)]);
  let over = false;
  let cancellation;
  const cancel = () => {
    if (!over) cancellation ??= stop(child, exited, request.schedule);
  };
  request.cancellation?.addEventListener("abort", cancel, { once: true });
  if (request.cancellation?.aborted === true) cancel();
  try {
    const end = await exited;
    over = true;
    if (!await settles(drained, request.schedule.drain)) {
      killTree(child);
      running.stdout.destroy();
      running.stderr.destroy();
      await drained;
    }
    await cancellation;
    if (failure !== void 0) throw failure.cause;
    return { ...end, cancelled: cancellation !== void 0 };
  } finally {
    request.cancellation?.removeEventListener("abort", cancel);
  }
}
async function start(request) {
  const pipes = windows ? void 0 : await openPipes();
  try {
    const child = spawn(request.command, request.arguments, {
      cwd: request.directory,
      env: request.environment,
      stdio: ["pipe", pipes?.stdout.write ?? "pipe", pipes?.stderr.write ?? "pipe"],
      // A process group of its own, so that its descendants can be killed with it. Signals before that go to it alone.
      detached: !windows,
      windowsHide: true
    });
    const exited = new Promise((resolve3, reject) => {
      child.once("error", reject);
      child.once(
        "exit",
        (code, signal) => resolve3({
          exitCode: code ?? 128 + (signal === null ? 0 : osConstants.signals[signal]),
          signal: signal ?? void 0
        })
      );
    });
    exited.catch(() => void 0);
    child.stdin?.on("error", () => void 0).end();
    await spawned(child);
    const stdout = pipes === void 0 ? child.stdout : readingEnd(pipes.stdout);
    const stderr = pipes === void 0 ? child.stderr : readingEnd(pipes.stderr);
    if (stdout === null || stderr === null) throw new Error("the process has no output to read");
    return { child, stdout, stderr, exited };
  } catch (cause) {
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) (0, import_node_fs3.closeSync)(pipe.read);
    throw cause;
  } finally {
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) (0, import_node_fs3.closeSync)(pipe.write);
  }
}
function spawned(child) {
  return new Promise((resolve3, reject) => {
    child.once("spawn", resolve3);
    child.once("error", reject);
  });
}
async function openPipes() {
  const folder2 = (0, import_node_fs3.mkdtempSync)(join4(tmpdir(), "countersign-runner-"));
  try {
    const paths = [join4(folder2, "stdout"), join4(folder2, "stderr")];
    await (0, import_node_util.promisify)(execFile)("mkfifo", ["-m", "600", ...paths]);
    return { stdout: openPipe(paths[0]), stderr: openPipe(paths[1]) };
  } finally {
    (0, import_node_fs3.rmSync)(folder2, { recursive: true });
  }
}
function openPipe(path) {
  const read = (0, import_node_fs3.openSync)(path, import_node_fs3.constants.O_RDONLY | import_node_fs3.constants.O_NONBLOCK);
  return { read, write: (0, import_node_fs3.openSync)(path, import_node_fs3.constants.O_WRONLY) };
}
function readingEnd(pipe) {
  return new Socket({ fd: pipe.read, readable: true, writable: false });
}
function readLines(stream, onLine) {
  return new Promise((resolve3) => {
    const decoder = new TextDecoder();
    const lines = new LineReader();
    const deliver = (completed) => {
      for (const line of completed) onLine(line);
    };
    stream.on("data", (bytes) => deliver(lines.push(decoder.decode(bytes, { stream: true }))));
    stream.on("error", () => void 0);
    stream.once("close", () => {
      deliver([...lines.push(decoder.decode()), ...lines.end()]);
      resolve3();
    });
  });
}
async function stop(child, exited, schedule) {
  child.kill("SIGINT");
  if (await settles(exited, schedule.interrupt)) return;
  child.kill("SIGTERM");
  if (await settles(exited, schedule.terminate)) return;
  killTree(child);
}
function settles(promise, milliseconds) {
  return new Promise((resolve3) => {
    const timer = setTimeout(() => resolve3(false), milliseconds);
    const settled = () => {
      clearTimeout(timer);
      resolve3(true);
    };
    promise.then(settled, settled);
  });
}
function killTree(child) {
  if (child.pid === void 0) return;
  if (windows) {
    execFile("taskkill", ["/T", "/F", "/PID", String(child.pid)], () => void 0);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
  }
}
var notStarted = { exitCode: void 0, signal: void 0, cancelled: false, timedOut: false };
async function runScript(recorder, host, run, environment) {
  var _stack = [];
  try {
    const cancelled = () => run.signal?.aborted === true;
    if (cancelled()) {
      recorder.annotate("error", "The operation was canceled.");
      return { ...notStarted, cancelled: true };
    }
    const target = joinUnchanged(run.actionDirectory, run.script);
    if ((0, import_node_fs4.statSync)(target, { throwIfNoEntry: false })?.isFile() !== true) {
      recorder.fail("The script of the action is missing.", `File not found: '${target}'`);
      return notStarted;
    }
    const schedule = { ...cancellationSchedule, ...host.schedule };
    const timeout = __using(_stack, new Timeout(run.timeoutMinutes * schedule.minute));
    const command = host.nodeBinaries[run.manifest.using] ?? process.execPath;
    try {
      const end = await runStepProcess({
        command,
        arguments: [target],
        directory: host.workspace,
        environment,
        cancellation: AbortSignal.any([timeout.signal, ...run.signal === void 0 ? [] : [run.signal]]),
        schedule,
        onLine: (stream, line) => recorder.line(stream, line)
      });
      const timedOut = end.cancelled && !cancelled();
      if (timedOut) {
        const minutes = run.timeoutMinutes;
        recorder.annotate("error", `The action '${run.displayName}' has timed out after ${minutes} minutes.`);
      } else if (end.cancelled) recorder.annotate("error", "The operation was canceled.");
      else recorder.debug(`Node Action run completed with exit code ${end.exitCode}`);
      return { ...end, cancelled: end.cancelled && !timedOut, timedOut };
    } catch (cause) {
      const { code, syscall } = cause;
      if (syscall === void 0 || !syscall.startsWith("spawn")) throw cause;
      if (code === "ENOENT") fail("USAGE", `Node was not found at ${command}`, { cause });
      recorder.fail("The process could not be started.", cause);
      return notStarted;
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
var Timeout = class {
  #controller = new AbortController();
  #timer;
  constructor(milliseconds) {
    this.#timer = milliseconds > 0 ? setTimeout(() => this.#controller.abort(), milliseconds) : void 0;
  }
  get signal() {
    return this.#controller.signal;
  }
  [Symbol.dispose]() {
    clearTimeout(this.#timer);
  }
};
function joinUnchanged(directory, path) {
  return /[\\/]$/.test(directory) ? `${directory}${path}` : `${directory}/${path}`;
}
var annotationsPerLevel = 10;
var annotationMessageLimit = 4096;
function annotationPlace(command, workspace) {
  const properties = new Map(command.properties);
  const text = (name) => properties.get(name);
  const whole = (name) => parseWhole(text(name));
  const drop = (...names) => {
    for (const name of names) properties.delete(name);
  };
  const given = {
    line: whole("line"),
    endLine: whole("endline"),
    column: whole("col"),
    endColumn: whole("endcolumn")
  };
  const hasColumn = given.column !== void 0 || given.endColumn !== void 0;
  const copy = (from, to) => void properties.set(to, text(from) ?? "");
  if (given.endLine !== void 0 && given.line === void 0) copy("endline", "line");
  if (given.endColumn !== void 0 && given.column === void 0) copy("endcolumn", "col");
  if (given.line === void 0 && given.endLine === void 0 && hasColumn) drop("col", "endcolumn");
  if (given.endLine !== void 0 && text("line") !== text("endline") && hasColumn) drop("col", "endcolumn");
  if (isBefore(given.endLine, given.line)) drop("line", "endline");
  if (isBefore(given.endColumn, given.column)) drop("col", "endcolumn");
  const title = text("title");
  const file = text("file");
  return {
    ...title === void 0 ? {} : { title },
    ...file === void 0 ? {} : { file: relativeFile(file, workspace) },
    ...present("line", whole("line")),
    ...present("endLine", whole("endline")),
    ...present("column", whole("col")),
    ...present("endColumn", whole("endcolumn"))
  };
}
function present(name, value) {
  return value === void 0 ? {} : { [name]: value };
}
function isBefore(end, start2) {
  return end !== void 0 && start2 !== void 0 && end < start2;
}
function parseWhole(text) {
  return text !== void 0 && /^\s*[+-]?\d{1,9}\s*$/.test(text) ? Number(text) : void 0;
}
function relativeFile(file, workspace) {
  const folder2 = workspace.replace(/[\\/]+$/, "");
  const inside = file.startsWith(`${folder2}/`) || file.startsWith(`${folder2}\\`);
  return inside && file.length > folder2.length + 1 ? file.slice(folder2.length + 1).replaceAll("\\", "/") : file;
}
var dataEscapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%25", "%"]
];
var propertyEscapes = [
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%3A", ":"],
  ["%2C", ","],
  ["%25", "%"]
];
var legacyEscapes = [
  ["%3B", ";"],
  ["%0D", "\r"],
  ["%0A", "\n"],
  ["%5D", "]"],
  ["%25", "%"]
];
function parseWorkflowCommand(line, known) {
  return parseCommand(line, known) ?? parseLegacyCommand(line, known);
}
var leadingBlanks = /^(?:(?!\uFEFF)\s|\u0085)+/;
function parseCommand(line, known) {
  const text = line.replace(leadingBlanks, "");
  if (!text.startsWith("::")) return void 0;
  const end = text.indexOf("::", 2);
  if (end < 0) return void 0;
  const [name, properties] = splitHead(text.slice(2, end));
  if (!known.has(name)) return void 0;
  return {
    name,
    properties: parseProperties(properties.trim().split(","), propertyEscapes),
    data: decode(text.slice(end + 2), dataEscapes)
  };
}
function parseLegacyCommand(line, known) {
  const start2 = line.indexOf("##[");
  if (start2 < 0) return void 0;
  const end = line.indexOf("]", start2);
  if (end < 0) return void 0;
  const [name, properties] = splitHead(line.slice(start2 + 3, end));
  if (!known.has(name)) return void 0;
  return {
    name,
    properties: parseProperties(properties.split(";"), legacyEscapes),
    data: decode(line.slice(end + 1), legacyEscapes)
  };
}
function splitHead(head) {
  const space = head.indexOf(" ");
  return space < 0 ? [head.toLowerCase(), ""] : [head.slice(0, space).toLowerCase(), head.slice(space + 1)];
}
function parseProperties(parts, escapes) {
  const properties = /* @__PURE__ */ new Map();
  for (const part of parts) {
    const [, name, value] = /^=*([^=]+)=+([\s\S]+)$/.exec(part) ?? [];
    if (name !== void 0 && value !== void 0) properties.set(name.toLowerCase(), decode(value, escapes));
  }
  return properties;
}
function decode(text, escapes) {
  return escapes.reduce((decoded, [escaped, char]) => decoded.replaceAll(escaped, char), text);
}
var unechoed = /* @__PURE__ */ new Set(["add-mask", "debug", "error", "warning", "notice"]);
var commands = [
  ...unechoed,
  ...["group", "endgroup", "echo", "add-matcher", "remove-matcher", "set-output", "save-state", "set-env", "add-path"],
  "stop-commands"
];
var StepRecorder = class {
  outputs = new CaselessMap();
  state;
  annotations = [];
  log = [];
  rawLog = [];
  /**
   * The lines in which a secret is a leak. Commands that mask a value are not among them, and in debug messages, the values that the step
   * had masked are masked: GitHub's own clients repeat them there.
   */
  printed = [];
  #maskedByStep = new SecretMasker();
  #options;
  #known = new Set(commands);
  #stopToken;
  #echo;
  #failed = false;
  constructor(options) {
    this.#options = options;
    this.#echo = options.debug;
    this.state = options.state ?? new CaselessMap();
  }
  /** Returns the values that the step asked the runner to mask. */
  get maskedByStep() {
    return this.#maskedByStep.values;
  }
  /** Reports whether a command or a file command failed. The step then fails whatever its exit code is. */
  get failed() {
    return this.#failed;
  }
  /** Handles a line that the process printed. */
  line(stream, text) {
    this.rawLog.push({ stream, text });
    const command = parseWorkflowCommand(text, this.#known);
    if (command !== void 0 && this.#command(command, text)) {
      if (command.name === "debug") this.printed.push({ stream, text: this.#maskedByStep.mask(text) });
      else if (command.name !== "add-mask") this.printed.push({ stream, text });
      return;
    }
    this.printed.push({ stream, text });
    this.output(text.replaceAll("##[start-action", "##[\\start-action").replaceAll("##[end-action", "##[\\end-action"));
  }
  /** Writes a masked text to the log. */
  output(text) {
    for (const line of this.#options.masker.mask(text).split("\n")) {
      this.log.push(line);
      this.#options.onOutput?.(line);
    }
  }
  debug(text) {
    if (!this.#options.debug) return;
    for (const line of text.replaceAll("\r\n", "\n").split("\n")) this.output(`##[debug]${line}`);
  }
  /** Adds an annotation, and its line in the log. */
  annotate(level, text, place = {}) {
    const message = this.#options.masker.mask(text).slice(0, annotationMessageLimit);
    if (this.annotations.filter((other) => other.level === level).length < annotationsPerLevel) {
      this.annotations.push({ level, message, ...place });
    }
    if (message !== "") this.output(`##[${level}]${message}`);
  }
  /** Reports an error of the runner itself, which fails the step. */
  fail(what, cause) {
    this.annotate("error", what);
    this.annotate("error", cause instanceof Error ? cause.message : String(cause));
    this.#failed = true;
  }
  setOutput(name, value) {
    if (name === "") fail("USAGE", "The name of an output must not be empty");
    this.outputs.set(name, value);
    this.debug(`Set output ${name} = ${value}`);
  }
  /** Acts on a command. Returns false if commands are stopped, so that it is ordinary output. */
  #command(command, text) {
    if (this.#stopToken !== void 0) {
      if (command.name !== this.#stopToken) return false;
      this.#known.delete(this.#stopToken);
      this.#stopToken = void 0;
      this.output(text);
      return true;
    }
    if (command.name === "stop-commands") {
      this.#stop(command, text);
      return true;
    }
    const omitEcho = unechoed.has(command.name);
    if (this.#echo && !omitEcho) this.output(text);
    try {
      this.#process(command);
    } catch (cause) {
      if (!(cause instanceof CountersignError)) throw cause;
      this.fail(`Unable to process command '${omitEcho ? command.name : text}' successfully.`, cause);
    }
    return true;
  }
  #stop(command, text) {
    const token = command.data.toLowerCase();
    if (token === "" || token === "pause-logging" || this.#known.has(token)) {
      this.fail(
        "Unable to process command 'stop-commands' successfully.",
        "The token must not be empty, the string 'pause-logging', or another workflow command."
      );
      return;
    }
    this.#stopToken = token;
    this.#known.add(token);
    if (command.data.length > 6) this.#options.masker.add(command.data);
    this.output(text);
  }
  #process(command) {
    const { name, data } = command;
    switch (name) {
      case "add-mask":
        if (data.trim() === "") {
          this.annotate("warning", "Can't add secret mask for empty string in ##[add-mask] command.");
          return;
        }
        if (this.#echo) this.output("::add-mask::***");
        this.#options.masker.addWithLines(data);
        this.#maskedByStep.addWithLines(data);
        return;
      case "debug":
        this.debug(data);
        return;
      case "error":
      case "warning":
      case "notice":
        this.annotate(name, data, annotationPlace(command, this.#options.workspace));
        return;
      case "group":
        this.output(`##[group]${data}`);
        return;
      case "endgroup":
        this.output("##[endgroup]");
        return;
      case "echo":
        this.#setEcho(data);
        return;
      case "set-output":
        this.#deprecated(name);
        this.setOutput(requiredName(command), data);
        return;
      case "save-state":
        this.#deprecated(name);
        this.state.set(requiredName(command), data);
        return;
      case "set-env":
      case "add-path":
        fail("USAGE", `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`);
        break;
      default:
        this.debug(`${name} is accepted and has no effect in the sandbox`);
    }
  }
  #setEcho(data) {
    const value = data.trim().toLowerCase();
    if (value !== "on" && value !== "off") {
      fail("USAGE", `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${data}'.`);
    }
    this.#echo = value === "on";
  }
  #deprecated(name) {
    this.annotate(
      "warning",
      `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`
    );
  }
};
function requiredName(command) {
  return command.properties.get("name") ?? fail("USAGE", `Required field 'name' is missing in ##[${command.name}] command.`);
}
var windows2 = process.platform === "win32";
async function runStage(host, run) {
  const files2 = createCommandFiles(host.temporaryDirectory, host.artifacts);
  const github = stageContext(host, run, files2);
  const inputs = resolveInputs(
    run.manifest,
    run.inputs,
    new Map([...Object.entries(github), ["token", host.token ?? ""]])
  );
  writeEvent(host.event, github);
  const recorder = new StepRecorder({
    masker: host.masker,
    workspace: host.workspace,
    debug: host.debug,
    state: run.state,
    ...host.onOutput === void 0 ? {} : { onOutput: host.onOutput }
  });
  for (const warning of [...run.warnings, ...inputs.warnings]) recorder.annotate("warning", warning);
  writeHeader(recorder, run, inputs.values);
  const endWatch = host.watch?.();
  const environment = buildEnvironment({
    service: serviceEnvironment(process.env, windows2),
    env: run.env,
    state: new Map(run.state),
    inputs: inputs.values,
    pathAdditions: run.pathAdditions,
    github,
    runner: host.runner,
    debug: host.debug,
    actions: host.actionsVariables,
    idToken: host.idToken,
    windows: windows2
  });
  const end = await runScript(recorder, host, run, environment);
  const { masker, workspace, artifacts } = host;
  const written = readCommandFiles(files2, { recorder, masker, workspace, artifacts, windows: windows2 });
  const { printed, outputs, state, annotations, maskedByStep: masked } = recorder;
  const { rawSummary: summary, ...added } = written;
  const leaks = endWatch?.({ ...added, printed, summary, outputs, state, annotations, masked }) ?? [];
  return stageResult(host, run, { recorder, written, end, leaks });
}
function stageResult(host, run, { recorder, written, end, leaks }) {
  const nameless = run.stepId.startsWith("__") || run.stage !== "main";
  const leaked = host.failOnLeak && leaks.length > 0;
  const failed = recorder.failed || leaked || end.timedOut;
  return {
    conclusion: end.cancelled && !leaked ? "cancelled" : failed || end.exitCode !== 0 ? "failure" : "success",
    exitCode: end.exitCode,
    signal: end.signal,
    outputs: nameless ? /* @__PURE__ */ new Map() : recorder.outputs,
    exportedEnvironment: written.environment,
    pathAdditions: written.pathAdditions,
    state: new Map(recorder.state),
    summary: written.summary,
    annotations: recorder.annotations,
    log: recorder.log,
    rawLog: recorder.rawLog,
    masks: host.masker.values,
    leaks
  };
}
function folder(path, what) {
  if ((0, import_node_fs5.statSync)(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail("USAGE", `The ${what} is not a folder: ${path}`);
  }
  return path;
}
function stageContext(host, run, files2) {
  return {
    ...host.github,
    ...run.source === void 0 ? {} : { action_repository: run.source.repository, action_ref: run.source.ref },
    action: run.stepId,
    ...files2,
    workspace: host.workspace,
    event_path: join5(host.temporaryDirectory, "_github_workflow", "event.json")
  };
}
function writeEvent(event, github) {
  const path = github.event_path ?? fail("USAGE", "The event has no path");
  (0, import_node_fs5.mkdirSync)(dirname2(path), { recursive: true });
  (0, import_node_fs5.writeFileSync)(path, JSON.stringify(event));
}
function writeHeader(recorder, run, inputs) {
  if (run.stage === "post") {
    recorder.output("Post job cleanup.");
    return;
  }
  recorder.output(`##[group]Run ${run.uses}`);
  const given = [...inputs].filter(([, value]) => value !== "");
  if (given.length > 0) recorder.output("with:");
  for (const [name, value] of given) recorder.output(`  ${name}: ${value}`);
  const env = Object.entries(run.env);
  if (env.length > 0) recorder.output("env:");
  for (const [name, value] of env) recorder.output(`  ${name}: ${value}`);
  recorder.output("##[endgroup]");
}
async function runAction(run) {
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(resolve(run.workspace), "workspace");
  const temporaryDirectory = folder(resolve(run.temporaryDirectory), "temporary folder");
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest(actionDirectory);
  for (const stage of ["pre", "post"]) {
    if (manifest[stage] !== void 0)
      fail("USAGE", `The action declares runs.${stage}, which this runner supports only in jobs`);
  }
  const uses = run.uses ?? `./${basename(actionDirectory)}`;
  const reference = parseActionReference(uses);
  const github = repositoryContext(run.github);
  const { nodeBinary, token = "", idToken, actionsVariables } = run;
  const secrets = [
    ...run.secrets ?? [],
    token,
    idToken?.requestToken ?? "",
    actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? ""
  ];
  return runStage(
    {
      workspace,
      temporaryDirectory,
      github,
      event: run.event ?? defaultEvent(github),
      token: run.token,
      runner: { ...runnerContext(workspace, temporaryDirectory), ...run.runner, temp: temporaryDirectory },
      idToken: run.idToken,
      actionsVariables: run.actionsVariables ?? {},
      masker: new SecretMasker(secrets),
      artifacts: void 0,
      watch: run.watch,
      failOnLeak: run.failOnLeak ?? true,
      debug: run.debug ?? false,
      nodeBinaries: nodeBinary === void 0 ? {} : { node20: nodeBinary, node24: nodeBinary },
      schedule: run.schedule ?? {},
      onOutput: run.onOutput
    },
    {
      stage: "main",
      actionDirectory,
      manifest,
      script: manifest.main,
      uses,
      displayName: `Run ${uses}`,
      stepId: run.stepId ?? "step",
      source: reference.kind === "remote" ? reference : void 0,
      inputs: run.inputs ?? {},
      env: run.env ?? {},
      pathAdditions: run.pathAdditions ?? [],
      state: new CaselessMap(),
      warnings: [],
      signal: run.signal,
      timeoutMinutes: run.timeoutMinutes ?? 0
    }
  );
}
function checkActionsVariables(variables) {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith("ACTIONS_")) fail("USAGE", `${name} is not an ACTIONS_ variable; set it in env`);
    if (name.startsWith("ACTIONS_ID_TOKEN_")) fail("USAGE", `${name} can only be set by the permission idToken`);
  }
}
async function downloadArtifact({ artifactService }, folder2, workspace) {
  Object.assign(process.env, {
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKSPACE: workspace
  });
  const artifact = await quietly(async () => {
    const client = await openArtifactClient();
    const [newest] = (await client.listArtifacts()).artifacts;
    if (newest === void 0) fail("DELIVERY_FAILED", "the action uploaded no artifact");
    const { digestMismatch } = await client.downloadArtifact(newest.id, {
      path: folder2,
      ...newest.digest !== void 0 && { expectedHash: newest.digest }
    });
    if (digestMismatch) fail("DELIVERY_FAILED", "the artifact is not what was uploaded");
    return newest;
  });
  const entries = await readdir(folder2, { recursive: true, withFileTypes: true });
  return {
    name: artifact.name,
    digest: artifact.digest ?? "no digest",
    files: entries.filter((entry) => entry.isFile()).length
  };
}
async function quietly(work) {
  const { write } = process.stdout;
  process.noDeprecation = true;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
var import_node_util2 = __toESM(require_node_util(), 1);
async function fillWorkspace(packageRoot, workspace) {
  const copied = ["README.md", "LICENSE"];
  await Promise.all(copied.map((name2) => copyFile(join6(packageRoot, name2), join6(workspace, name2))));
  const { name, version, files: files2 } = JSON.parse(await readFile(join6(packageRoot, "package.json"), "utf8"));
  const tarball = `${name}-${version}.tgz`;
  const packed = await pack(packageRoot, ["package.json", ...files2]);
  await writeFile(join6(workspace, tarball), packed);
  await writeImageLayout(join6(workspace, "image"), packed);
  return { files: [...copied, tarball], image: "image" };
}
async function pack(root, names) {
  const paths = (await Promise.all(names.map((name) => filesBelow(root, name)))).flat().sort();
  const entries = await Promise.all(
    paths.map(async (path) => tarEntry(`package/${path}`, await readFile(join6(root, path))))
  );
  return (0, import_node_util2.promisify)(gzip)(Buffer.concat([...entries, Buffer.alloc(1024)]), { level: 1 });
}
async function filesBelow(root, path) {
  if ((await stat(join6(root, path))).isFile()) return [path];
  const names = await readdir2(join6(root, path));
  return (await Promise.all(names.map((name) => filesBelow(root, `${path}/${name}`)))).flat();
}
function tarEntry(path, content) {
  const slash = path.length > 100 ? path.indexOf("/", path.length - 101) : -1;
  const header = Buffer.alloc(512);
  header.write(path.slice(slash + 1), 0);
  header.write("0000644\0".padEnd(24, "0000000\0"), 100);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(`${"0".repeat(11)}\0${" ".repeat(8)}0`, 136);
  header.write("ustar\x0000", 257);
  header.write(path.slice(0, Math.max(0, slash)), 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0`, 148);
  return Buffer.concat([header, content, Buffer.alloc(-content.length & 511)]);
}
async function writeImageLayout(folder2, layer) {
  const blobs = join6(folder2, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const write = async (mediaType, bytes) => {
    const digest = sha256(bytes);
    await writeFile(join6(blobs, digest), bytes);
    return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const json = (value) => Buffer.from(JSON.stringify(value));
  const config = {
    architecture: "amd64",
    os: "linux",
    config: { Cmd: ["node", "/package/dist/cli.mjs"] },
    rootfs: { type: "layers", diff_ids: [`sha256:${sha256(gunzipSync(layer))}`] }
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: await write("application/vnd.oci.image.config.v1+json", json(config)),
    layers: [await write("application/vnd.oci.image.layer.v1.tar+gzip", layer)]
  };
  const descriptor = await write(manifest.mediaType, json(manifest));
  await writeFile(join6(folder2, "index.json"), json({ schemaVersion: 2, manifests: [descriptor] }));
  await writeFile(join6(folder2, "oci-layout"), json({ imageLayoutVersion: "1.0.0" }));
}
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
function demoCommand(options) {
  return untilInterrupted(async ({ cancellation, takeOver }) => {
    takeOver();
    const { folder: folder2 } = options;
    const output = folder2 === void 0 ? await mkdtemp(join7(tmpdir2(), "countersign-demo-")) : resolve2(folder2);
    try {
      await demo(output, { ...options, cancellation });
    } catch (error) {
      if (!cancellation.aborted) throw error;
      if (folder2 === void 0) await rm(output, { recursive: true, force: true });
      reportError(error);
    }
  });
}
async function demo(output, { packageRoot, verbose, colour, print, cancellation }) {
  var _stack = [];
  try {
    const paint = (text, code) => colour ? `\x1B[${code}m${text}\x1B[0m` : text;
    const workspace = join7(output, "workspace");
    for (const path of [workspace, join7(output, "runner-temp")]) await makeFolder(files, path);
    const [input, started] = await Promise.all([fillWorkspace(packageRoot, workspace), startSandbox()]);
    const sandbox = __using(_stack, started, true);
    const stage = { cancellation, sandbox, output, workspace, trustedRoot: join7(output, "trusted_root.json") };
    print("Signing 3 files and an image with the action, in a simulated workflow run \u2026");
    const signed = await runSignAction(stage, packageRoot, input, verbose ? print : void 0);
    const downloaded = join7(output, "downloaded");
    const artifact = await downloadArtifact(sandbox, downloaded, workspace);
    print(`
Verifying with the bundles in the artifact ${artifact.name} \u2026`);
    const inArtifact = ({ bundle }) => join7(downloaded, relative(workspace, bundle));
    for (const subject of signed) {
      const { name, digest } = subject;
      const isFile = input.files.includes(name);
      const verdict = await verify(stage, isFile ? join7(workspace, name) : parseDigest(digest), inArtifact(subject));
      if (subject === signed[0]) for (const line of signerLines(verdict)) print(plainLine(line));
      const shown = isFile ? name : `${name} (OCI layout)`;
      print(`  ${paint("verified", 32)}    ${plainLine(`${shown.padEnd(22)} ${describe(verdict)}`)}`);
    }
    const [original] = signed;
    if (original === void 0) return;
    print(`
Verifying ${original.name} with one byte changed \u2026`);
    const changed = await changeByte(join7(workspace, original.name), join7(output, `changed-${basename2(original.name)}`));
    const refusal = await refusalOf(verify(stage, changed, inArtifact(original)));
    print(`  ${paint("refused", 31)}     ${plainLine(`${refusal.code}: ${refusal.message}`)}`);
    print(`
Try next (all files are in ${plainLine(output)}):`);
    for (const line of nextCommands(stage, packageRoot, original)) print(`  ${line}`);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
var cancellationSchedule2 = { interrupt: 2500, terminate: 500 };
function demandRunning(cancellation) {
  if (cancellation.aborted) fail("CANCELLED", "the demonstration was interrupted");
}
async function runSignAction({ sandbox, output, workspace, trustedRoot, cancellation }, packageRoot, input, print) {
  const signingConfig = join7(output, "signing_config.json");
  await writeFile2(trustedRoot, JSON.stringify(sandbox.trustedRoot));
  await writeFile2(signingConfig, JSON.stringify(sandbox.signingConfig));
  const { jobTokens, artifactService } = sandbox;
  const { repository, workflow_ref, ref, sha } = exampleJob;
  const log = [];
  const result = await runAction({
    actionDirectory: packageRoot,
    workspace,
    temporaryDirectory: join7(output, "runner-temp"),
    stepId: "sign",
    github: { repository, workflow_ref, ref, sha },
    idToken: { requestUrl: jobTokens.requestUrl, requestToken: jobTokens.requestToken },
    actionsVariables: {
      ACTIONS_RESULTS_URL: artifactService.resultsUrl,
      ACTIONS_RUNTIME_TOKEN: artifactService.job.token
    },
    inputs: {
      files: input.files.join("\n"),
      images: `./${input.image}`,
      instance: "sandbox",
      "trusted-root": trustedRoot,
      "signing-config": signingConfig,
      // Bundles of an earlier demonstration in this folder.
      overwrite: "true"
    },
    signal: cancellation,
    schedule: cancellationSchedule2,
    onOutput: (line) => {
      const shown = `  | ${plainLine(line.replace(/^##\[(\w+)\]/, "$1: "))}`;
      log.push(shown);
      print?.(shown);
    }
  });
  demandRunning(cancellation);
  if (result.conclusion !== "success") {
    if (print === void 0) process.stderr.write(log.map((line) => `${line}
`).join(""));
    fail("USAGE", `the signing step failed (exit code ${result.exitCode})`, { remedy: "See its log above." });
  }
  await writeFile2(join7(output, "summary.md"), result.summary);
  const signed = JSON.parse(result.outputs.get("subjects") ?? "[]");
  const expected = input.files.length + 1;
  if (signed.length !== expected) fail("SUBJECT_MISSING", `${signed.length} of ${expected} subjects were signed`);
  return signed;
}
async function verify({ sandbox, trustedRoot, cancellation }, artifact, bundle) {
  var _stack = [];
  try {
    demandRunning(cancellation);
    const world = __using(_stack, systemWorld());
    const trust = readTrustedRoot(await readFile2(trustedRoot));
    const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
    const policy = exactIdentity(identity, sandbox.urls.jobIssuer, { sandbox: "accept" });
    return verifyFile(artifact, bundle, trust, policy, world);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
function signerLines({ signer, logEntries }) {
  if (signer.kind !== "identity") return [];
  const { subjectAlternativeName, issuer, claims } = signer.identity;
  const workflow = claims.buildConfigUri?.replace(`${claims.sourceRepositoryUri}/`, "");
  return [
    `  identity    ${subjectAlternativeName}`,
    `  repository  ${claims.sourceRepositoryUri}`,
    `  workflow    ${workflow}, started by ${claims.buildTrigger}`,
    `  logged in   ${logEntries.map(({ log }) => log.baseUrl).join(", ")} (OIDC issuer ${issuer})`
  ];
}
function describe({ times, logEntries }) {
  const when = times.map(({ time }) => `${time.toISOString().slice(0, 19)}Z`).join(", ");
  return `${when}, log index ${logEntries.map(({ logIndex }) => logIndex).join(", ")}`;
}
async function changeByte(path, copy) {
  await copyFile2(path, copy);
  const bytes = await readFile2(copy);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile2(copy, bytes);
  return copy;
}
async function refusalOf(verification) {
  const verdict = await verification.catch((error) => {
    if (error instanceof CountersignError) return error;
    throw error;
  });
  if (verdict instanceof CountersignError) return verdict;
  throw new Error("the verifier accepted a changed file");
}
function nextCommands({ sandbox, output, workspace, trustedRoot }, packageRoot, { name }) {
  const script = join7(packageRoot, "dist", "cli.mjs");
  const command = `node ${pathArgument(resolve2("dist", "cli.mjs") === script ? join7("dist", "cli.mjs") : script)}`;
  return [
    `${command} verify ${pathArgument(join7(workspace, name))} \\`,
    `  --trusted-root ${pathArgument(trustedRoot)} \\`,
    `  --instance sandbox --repo ${exampleJob.repository} \\`,
    `  --certificate-oidc-issuer ${sandbox.urls.jobIssuer}`,
    `${command} sandbox --state ${pathArgument(join7(output, "sandbox"))}`
  ];
}
export {
  demoCommand
};
