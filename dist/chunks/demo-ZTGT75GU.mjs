import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  verifyDigest,
  verifyFile
} from "./chunk-BFNVCADF.mjs";
import {
  require_dist
} from "./chunk-7PSLGEO4.mjs";
import {
  exampleJob,
  startSandbox
} from "./chunk-JQU3RLIY.mjs";
import "./chunk-GWBD5HXH.mjs";
import "./chunk-STMR72KD.mjs";
import {
  systemWorld
} from "./chunk-JCQVHCZD.mjs";
import "./chunk-4NIE3LUV.mjs";
import "./chunk-22HLDQSG.mjs";
import {
  plainLine,
  plainLines
} from "./chunk-N3LXJ7GI.mjs";
import "./chunk-BLZUZC4M.mjs";
import "./chunk-N3YVTKBA.mjs";
import "./chunk-DTGJNXJU.mjs";
import {
  exactIdentity,
  parseDigest,
  readTrustedRoot
} from "./chunk-UYWXTOMP.mjs";
import "./chunk-3B3H6NZJ.mjs";
import "./chunk-WXJWSKLB.mjs";
import "./chunk-RCED7V4C.mjs";
import "./chunk-HQS2C6LB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __toESM,
  __using
} from "./chunk-ON453OIK.mjs";

// src/cli/demo.ts
import { mkdir as mkdir2, mkdtemp, readFile as readFile2, writeFile as writeFile2 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import { join as join7, resolve as resolve2 } from "node:path";

// src/sandbox/runner/run-action.ts
import { basename, resolve } from "node:path";

// src/sandbox/runner/action-reference.ts
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
    fail("USAGE", `This runner runs ./path, owner/repository@ref and $/path, not ${uses}`);
  }
  if (`${path}/${ref}`.split("/").includes("..")) fail("USAGE", `${uses} leads out of its repository`);
  return { kind: "remote", uses, repository, path, ref };
}

// src/sandbox/runner/environment.ts
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";

// src/sandbox/runner/manifest.ts
var import_yaml = __toESM(require_dist(), 1);

// src/sandbox/runner/status-condition.ts
var succeeded = (status) => status === "success";
var functions = {
  always: () => true,
  success: succeeded,
  failure: (status) => status === "failure",
  cancelled: (status) => status === "cancelled"
};
function parseCondition(text) {
  const source = text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1").trim();
  if (source === "") return succeeded;
  const parser = new ConditionParser(source);
  const condition = parser.parse();
  return parser.callsStatus ? condition : (status) => succeeded(status) && condition(status);
}
var ConditionParser = class {
  #source;
  #rest;
  callsStatus = false;
  constructor(source) {
    this.#source = source;
    this.#rest = source;
  }
  parse() {
    const condition = this.#either();
    if (this.#rest.trim() !== "") this.#refuse();
    return condition;
  }
  #either() {
    let left = this.#both();
    while (this.#take(/^\|\|/) !== void 0) {
      const [first, second] = [left, this.#both()];
      left = (status) => first(status) || second(status);
    }
    return left;
  }
  #both() {
    let left = this.#single();
    while (this.#take(/^&&/) !== void 0) {
      const [first, second] = [left, this.#single()];
      left = (status) => first(status) && second(status);
    }
    return left;
  }
  #single() {
    if (this.#take(/^!/) !== void 0) {
      const negated = this.#single();
      return (status) => !negated(status);
    }
    if (this.#take(/^\(/) !== void 0) {
      const inner = this.#either();
      if (this.#take(/^\)/) === void 0) this.#refuse();
      return inner;
    }
    const literal = this.#take(/^(?:true|false)\b/i);
    if (literal !== void 0) return () => literal.toLowerCase() === "true";
    const call = this.#take(/^[a-z]+\s*\(\s*\)/i) ?? this.#refuse();
    const name = call.replace(/[\s()]/g, "").toLowerCase();
    this.callsStatus = true;
    return (Object.hasOwn(functions, name) ? functions[name] : void 0) ?? this.#refuse();
  }
  #take(pattern) {
    this.#rest = this.#rest.trimStart();
    const [found] = pattern.exec(this.#rest) ?? [];
    if (found !== void 0) this.#rest = this.#rest.slice(found.length);
    return found;
  }
  #refuse() {
    fail("USAGE", `The condition ${this.#source} is not made of always(), success(), failure() and cancelled() alone`);
  }
};

// src/sandbox/runner/manifest.ts
var manifestNames = ["action.yml", "action.yaml"];
var runsKeys = /* @__PURE__ */ new Set(["using", "main", "pre", "pre-if", "post", "post-if"]);
function parseManifest(text) {
  const document = (0, import_yaml.parseDocument)(text);
  const [problem] = document.errors;
  if (problem !== void 0) fail("USAGE", `The action manifest is not YAML: ${problem.message}`);
  const root = asMap(document.contents, "The action manifest");
  const runs = asMap(member(root, "runs"), "The action manifest's runs");
  const using = runtime(scalarText(member(runs, "using"), "runs.using"));
  for (const key of keys(runs)) {
    if (!runsKeys.has(key)) fail("USAGE", `The action manifest's runs has a key that is not known: ${key}`);
  }
  const main = scalarText(member(runs, "main"), "runs.main");
  if (main === void 0 || main === "") fail("USAGE", "The action manifest's runs has no main");
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
  const condition = scalarText(member(runs, `${stage}-if`), `runs.${stage}-if`);
  return { script, condition: parseCondition(condition || "always()") };
}
function runtime(using) {
  const name = using?.toLowerCase();
  if (name === "node20" || name === "node24") return name;
  return fail("USAGE", `The action runs using ${using ?? "nothing"}; this runner runs node20 and node24`);
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

// src/sandbox/runner/environment.ts
function repositoryContext(given = {}) {
  const repository = given.repository ?? "octo-org/octo-repo";
  const ref = given.ref ?? "refs/heads/main";
  const sha = given.sha ?? "0123456789abcdef0123456789abcdef01234567";
  const actor = given.actor ?? "octocat";
  const actorId = given.actor_id ?? "583231";
  return {
    // Both are there, and empty, for an action of the repository itself.
    action_ref: "",
    action_repository: "",
    actor,
    actor_id: actorId,
    // Clients take any other server for an enterprise server, and refuse to work with it: only these may be redirected.
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
    workflow_sha: sha,
    ...given
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
    tool_cache: join(temporaryDirectory, "_tool"),
    workspace: dirname(workspace),
    temp: temporaryDirectory
  };
}
function buildEnvironment(layers) {
  const variables = new Variables(layers.windows);
  variables.setAll(Object.entries(layers.service));
  variables.setAll(Object.entries(layers.env));
  for (const [name, value] of layers.state) variables.set(`STATE_${name}`, value);
  for (const [name, value] of layers.inputs) variables.set(inputVariable(name), value);
  if (layers.pathAdditions.length > 0) {
    const separator = layers.windows ? ";" : ":";
    const path = [...layers.pathAdditions.toReversed(), variables.get("PATH") ?? ""];
    variables.set("PATH", path.filter((part) => part !== "").join(separator));
  }
  for (const [name, value] of Object.entries(layers.github)) variables.set(`GITHUB_${name.toUpperCase()}`, value);
  for (const [name, value] of Object.entries(layers.runner)) variables.set(`RUNNER_${name.toUpperCase()}`, value);
  if (layers.debug) variables.set("RUNNER_DEBUG", "1");
  variables.setAll(Object.entries(layers.actions));
  if (layers.idToken !== void 0) {
    variables.set("ACTIONS_ID_TOKEN_REQUEST_URL", layers.idToken.requestUrl);
    variables.set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", layers.idToken.requestToken);
  }
  variables.delete("NODE_ICU_DATA");
  variables.set("GITHUB_ACTIONS", "true");
  if (variables.get("CI") === void 0) variables.set("CI", "true");
  return variables.record();
}
var Variables = class {
  #entries = /* @__PURE__ */ new Map();
  #windows;
  constructor(windows3) {
    this.#windows = windows3;
  }
  setAll(entries) {
    for (const [name, value] of entries) if (value !== void 0) this.set(name, value);
  }
  set(name, value) {
    const key = this.#key(name);
    this.#entries.set(key, [this.#entries.get(key)?.[0] ?? name, value]);
  }
  get(name) {
    return this.#entries.get(this.#key(name))?.[1];
  }
  delete(name) {
    this.#entries.delete(this.#key(name));
  }
  record() {
    return Object.fromEntries(this.#entries.values());
  }
  #key(name) {
    return this.#windows ? name.toUpperCase() : name;
  }
};
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

// src/sandbox/runner/masks.ts
var utf8 = new TextEncoder();
var SecretMasker = class {
  #values = /* @__PURE__ */ new Set();
  #forms = /* @__PURE__ */ new Set();
  constructor(secrets = []) {
    for (const secret of secrets) this.addWithLines(secret);
  }
  /** The secrets as they were added, without their encoded forms. */
  get values() {
    return [...this.#values];
  }
  add(secret) {
    if (secret === "" || this.#values.has(secret)) return;
    this.#values.add(secret);
    for (const form of encodedForms(secret)) this.#forms.add(form);
  }
  /** Adds a secret and each of its lines: output is masked line by line, where a secret of many never occurs whole. */
  addWithLines(secret) {
    this.add(secret);
    for (const line of secret.split(/[\r\n]/)) this.add(line.trim());
  }
  /** The text with every secret replaced; secrets that overlap or touch become one replacement. */
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
    // Base64 regroups bits in threes of bytes: a prefix of unknown length shifts the secret by nought, one or two.
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

// src/sandbox/runner/stages.ts
import { mkdirSync as mkdirSync2, readFileSync as readFileSync2, statSync as statSync3, writeFileSync as writeFileSync2 } from "node:fs";
import { dirname as dirname2, join as join5 } from "node:path";

// src/sandbox/runner/command-files.ts
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join as join2 } from "node:path";

// src/sandbox/runner/lines.ts
var LineReader = class {
  #partial = "";
  #afterCarriageReturn = false;
  /** The lines that this piece completes. */
  push(piece) {
    if (piece.length === 0) return [];
    const text = this.#afterCarriageReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    this.#afterCarriageReturn = piece.endsWith("\r");
    const lines = (this.#partial + text).split(/\r\n|\r|\n/);
    this.#partial = lines.pop() ?? "";
    return lines;
  }
  /** The last line, if the stream did not end with a line end. */
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

// src/sandbox/runner/file-commands.ts
var fileCommands = {
  path: "add_path_",
  env: "set_env_",
  step_summary: "step_summary_",
  state: "save_state_",
  output: "set_output_",
  // A runner without the feature still has these two variables: what is written to the first is ignored, the second is empty.
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

// src/sandbox/runner/command-files.ts
function createCommandFiles(temporaryDirectory, artifacts) {
  const directory = join2(temporaryDirectory, "_runner_file_commands");
  mkdirSync(directory, { recursive: true });
  const suffix = randomUUID();
  const create = (prefix, content = "") => {
    const path = join2(directory, prefix + suffix);
    writeFileSync(path, content, { flag: "wx" });
    return path;
  };
  return {
    path: create(fileCommands.path),
    env: create(fileCommands.env),
    step_summary: create(fileCommands.step_summary),
    state: create(fileCommands.state),
    output: create(fileCommands.output),
    artifacts: create(fileCommands.artifacts),
    artifacts_list: create(fileCommands.artifacts_list, artifacts?.toJson())
  };
}
function readCommandFiles(files, reader) {
  const { recorder, masker, workspace, artifacts, windows: windows3 } = reader;
  const environment = /* @__PURE__ */ new Map();
  let pathAdditions = [];
  let summary = "";
  let rawSummary = "";
  const handle = (command, act) => {
    try {
      const bytes = readIfThere(files[command]);
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
  return statSync(path, { throwIfNoEntry: false }) === void 0 ? void 0 : readFileSync(path);
}

// src/sandbox/runner/zip-entries.ts
import { inflateRawSync } from "node:zlib";
var endSignature = 101010256;
var entrySignature = 33639248;
function zipEntries(archive) {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) fail("USAGE", "The archive has no directory");
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== entrySignature) fail("USAGE", "The directory of the archive is malformed");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const nameEnd = at + 46 + (nameLength ?? 0);
    entries.push({ name: bytes.toString("utf8", at + 46, nameEnd), bytes: entryBytes(bytes, at) });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}
function entryBytes(bytes, at) {
  const method = bytes.readUInt16LE(at + 10);
  const length = bytes.readUInt32LE(at + 20);
  const header = bytes.readUInt32LE(at + 42);
  const start2 = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const content = bytes.subarray(start2, start2 + length);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content);
  return fail("USAGE", `The archive has an entry of the method ${method}`);
}

// src/sandbox/runner/leaks.ts
var shapes = [
  { name: "a JSON Web Token", pattern: /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, services: ["fulcio"] },
  { name: "the signature of a signed URL", pattern: /[?&]sig=(?!\*\*\*)[^&\s"]+/g, services: ["blobs"] }
];
var shortestMasked = 8;
function findLeaks(secrets, traces) {
  const known = secrets.map((secret) => ({ ...secret, forms: formsOf(secret.value) }));
  const masked = traces.masked.filter((value) => value.length >= shortestMasked && !secrets.some((secret) => secret.value === value)).map((value) => ({ name: "a value that the step masked", forms: formsOf(value) }));
  const leaks = /* @__PURE__ */ new Map();
  const add = (secret, place, detail) => {
    leaks.set(JSON.stringify([secret, place, detail]), { secret, place, detail });
  };
  const search = (text, place, detail) => {
    let rest = text;
    for (const { name, forms } of [...known, ...masked]) {
      if (!forms.some((form) => text.includes(form))) continue;
      add(name, place, detail);
      for (const form of forms) rest = rest.replaceAll(form, "");
    }
    for (const { name, pattern } of shapes) if (rest.search(pattern) >= 0) add(name, place, detail);
  };
  const searchAll = (texts, place) => {
    for (const [name, value] of texts) search(`${name}=${value}`, place, name);
  };
  for (const [index, { stream, text }] of traces.printed.entries()) search(text, "log", `${stream}, line ${index + 1}`);
  for (const stream of ["stdout", "stderr"]) {
    const lines = traces.printed.filter((line) => line.stream === stream).map(({ text }) => text);
    const whole = lines.join("\n");
    for (const { name, value } of known) {
      if (value.includes("\n") && whole.includes(value.trim())) add(name, "log", `${stream}, several lines`);
    }
  }
  search(traces.summary, "summary", "");
  searchAll(traces.outputs, "output");
  searchAll(traces.environment, "exported environment");
  for (const path of traces.pathAdditions) search(path, "path addition", "");
  searchAll(traces.state, "state");
  for (const { level, title = "", file = "" } of traces.annotations) search(`${title}
${file}`, "annotation", level);
  for (const { name, path, text } of traces.artifacts.flatMap(artifactTexts))
    search(text, "artifact", join3(name, path));
  for (const request of traces.requests) {
    const detail = `${request.method} ${request.path} at ${request.service ?? "no service"}`;
    for (const name of foreignSecrets(request, known)) add(name, "foreign host", detail);
  }
  return [...leaks.values()];
}
function join3(name, path) {
  return path === "" ? name : `${name}: ${path}`;
}
function foreignSecrets(request, known) {
  const content = request.content() ?? fail("USAGE", "The stage made more requests than are kept; nobody can say what was in them");
  let text = latin1(content);
  const found = [];
  for (const { name, forms, services } of known) {
    if (!forms.some((form) => text.includes(latin1(Buffer.from(form))))) continue;
    if (!isOneOf(services, request.service)) found.push(name);
    for (const form of forms) text = text.replaceAll(latin1(Buffer.from(form)), "");
  }
  for (const { name, pattern, services } of shapes) {
    if (text.search(pattern) >= 0 && !isOneOf(services, request.service)) found.push(name);
  }
  return found;
}
function isOneOf(services, service) {
  return service !== void 0 && services.includes(service);
}
function latin1(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
function artifactTexts({ name, mimeType, bytes }) {
  const text = (content) => Buffer.from(content).toString("utf8");
  if (mimeType !== "application/zip") return [{ name, path: "", text: text(bytes) }];
  return zipEntries(bytes).map((entry) => ({ name, path: entry.name, text: `${entry.name}
${text(entry.bytes)}` }));
}
function formsOf(value) {
  const lines = value.includes("\n") ? value.split(/[\r\n]+/).map((line) => line.trim()) : [];
  return [value, ...lines.filter((line) => line.length >= shortestMasked)].filter((text) => text !== "").flatMap(encodedForms);
}

// src/sandbox/runner/stage-script.ts
import { statSync as statSync2 } from "node:fs";

// src/sandbox/runner/step-process.ts
import { execFile, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { constants as osConstants, tmpdir } from "node:os";
import { join as join4 } from "node:path";
import { promisify } from "node:util";
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
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync(pipe.read);
    throw cause;
  } finally {
    if (pipes !== void 0) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync(pipe.write);
  }
}
function spawned(child) {
  return new Promise((resolve3, reject) => {
    child.once("spawn", resolve3);
    child.once("error", reject);
  });
}
async function openPipes() {
  const folder2 = mkdtempSync(join4(tmpdir(), "countersign-runner-"));
  try {
    const paths = [join4(folder2, "stdout"), join4(folder2, "stderr")];
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
    return { stdout: openPipe(paths[0]), stderr: openPipe(paths[1]) };
  } finally {
    rmSync(folder2, { recursive: true });
  }
}
function openPipe(path) {
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { read, write: openSync(path, constants.O_WRONLY) };
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

// src/sandbox/runner/stage-script.ts
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
    if (statSync2(target, { throwIfNoEntry: false })?.isFile() !== true) {
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
      if (code === "ENOENT") fail("USAGE", `There is no Node at ${command}`, { cause });
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

// src/sandbox/runner/annotations.ts
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

// src/sandbox/runner/workflow-commands.ts
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

// src/sandbox/runner/step-recorder.ts
var commands = /* @__PURE__ */ new Map([
  ["add-mask", { omitEcho: true }],
  ["debug", { omitEcho: true }],
  ["error", { omitEcho: true }],
  ["warning", { omitEcho: true }],
  ["notice", { omitEcho: true }],
  ["group", { omitEcho: false }],
  ["endgroup", { omitEcho: false }],
  ["echo", { omitEcho: false }],
  ["add-matcher", { omitEcho: false }],
  ["remove-matcher", { omitEcho: false }],
  ["set-output", { omitEcho: false }],
  ["save-state", { omitEcho: false }],
  ["set-env", { omitEcho: false }],
  ["add-path", { omitEcho: false }]
]);
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
  #spelling(name) {
    if (super.has(name)) return name;
    for (const known of this.keys()) if (known.toLowerCase() === name.toLowerCase()) return known;
    return name;
  }
};
var StepRecorder = class {
  outputs = new CaselessMap();
  state;
  annotations = [];
  log = [];
  rawLog = [];
  /**
   * The lines in which a secret is a leak. A secret has to be named once to be masked; and what the step itself had
   * masked, GitHub's own clients repeat in debug messages, where it is masked whenever they are shown.
   */
  printed = [];
  #maskedByStep = new SecretMasker();
  #options;
  #known = /* @__PURE__ */ new Set([...commands.keys(), "stop-commands"]);
  #stopToken;
  #echo;
  #failed = false;
  constructor(options) {
    this.#options = options;
    this.#echo = options.debug;
    this.state = options.state ?? new CaselessMap();
  }
  /** What the step asked the runner to mask. */
  get maskedByStep() {
    return this.#maskedByStep.values;
  }
  /** Whether a command or a file command failed: the step then fails whatever its exit code is. */
  get failed() {
    return this.#failed;
  }
  /** A line that the process printed. */
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
  /** Writes to the log. */
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
  /** An annotation, and its line in the log. */
  annotate(level, text, place = {}) {
    const message = this.#options.masker.mask(text).slice(0, annotationMessageLimit);
    if (this.annotations.filter((other) => other.level === level).length < annotationsPerLevel) {
      this.annotations.push({ level, message, ...place });
    }
    if (message !== "") this.output(`##[${level}]${message}`);
  }
  /** An error of the runner's own that fails the step. */
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
  /** Acts on a command; false if it is ordinary output, because commands are stopped. */
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
    const omitEcho = commands.get(command.name)?.omitEcho ?? false;
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

// src/sandbox/runner/stages.ts
var windows2 = process.platform === "win32";
async function runStage(host, run) {
  const files = createCommandFiles(host.temporaryDirectory, host.artifacts);
  const github = stageContext(host, run, files);
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
  const requestsBefore = host.watch.requests?.length ?? 0;
  const artifactsBefore = new Set(host.watch.artifacts?.().map(({ id }) => id));
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
  const written = readCommandFiles(files, { recorder, masker, workspace, artifacts, windows: windows2 });
  const leaks = findLeaks(host.secrets, {
    printed: recorder.printed,
    summary: written.rawSummary,
    outputs: recorder.outputs,
    environment: written.environment,
    pathAdditions: written.pathAdditions,
    state: recorder.state,
    annotations: recorder.annotations,
    artifacts: (host.watch.artifacts?.() ?? []).filter(({ id }) => !artifactsBefore.has(id)),
    requests: host.watch.requests?.slice(requestsBefore) ?? [],
    masked: recorder.maskedByStep
  });
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
  if (statSync3(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    fail("USAGE", `The ${what} is not a folder: ${path}`);
  }
  return path;
}
function readManifest(actionDirectory) {
  for (const name of manifestNames) {
    const path = join5(actionDirectory, name);
    if (statSync3(path, { throwIfNoEntry: false })?.isFile() === true) return parseManifest(readFileSync2(path, "utf8"));
  }
  return fail("USAGE", `No ${manifestNames.join(" or ")} in ${actionDirectory}`);
}
function stageContext(host, run, files) {
  return {
    ...host.github,
    ...run.source === void 0 ? {} : { action_repository: run.source.repository, action_ref: run.source.ref },
    action: run.stepId,
    ...files,
    workspace: host.workspace,
    event_path: join5(host.temporaryDirectory, "_github_workflow", "event.json")
  };
}
function writeEvent(event, github) {
  const path = github.event_path ?? fail("USAGE", "The event has no path");
  mkdirSync2(dirname2(path), { recursive: true });
  writeFileSync2(path, JSON.stringify(event));
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

// src/sandbox/runner/run-action.ts
async function runAction(run) {
  const actionDirectory = resolve(run.actionDirectory);
  const workspace = folder(resolve(run.workspace), "workspace");
  const temporaryDirectory = folder(resolve(run.temporaryDirectory), "temporary folder");
  checkActionsVariables(run.actionsVariables ?? {});
  const manifest = readManifest(actionDirectory);
  for (const stage of ["pre", "post"]) {
    if (manifest[stage] !== void 0) fail("USAGE", `The action declares runs.${stage}; it takes a job to run it`);
  }
  const uses = run.uses ?? `./${basename(actionDirectory)}`;
  const reference = parseActionReference(uses);
  const github = repositoryContext(run.github);
  const secrets = secretsOf(run);
  const { nodeBinary } = run;
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
      masker: new SecretMasker(secrets.map(({ value }) => value)),
      secrets,
      artifacts: void 0,
      watch: run.watch ?? {},
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
    if (!name.startsWith("ACTIONS_")) fail("USAGE", `${name} is not an ACTIONS_ variable; it belongs in env`);
    if (name.startsWith("ACTIONS_ID_TOKEN_")) fail("USAGE", `${name} is set by the permission idToken alone`);
  }
}
function secretsOf(run) {
  const secrets = [
    ...(run.secrets ?? []).map((value, index) => ({ name: `secret ${index + 1}`, value, services: [] })),
    { name: "GITHUB_TOKEN", value: run.token ?? "", services: [] },
    { name: "ACTIONS_ID_TOKEN_REQUEST_TOKEN", value: run.idToken?.requestToken ?? "", services: ["oidc"] },
    {
      name: "ACTIONS_RUNTIME_TOKEN",
      value: run.actionsVariables?.ACTIONS_RUNTIME_TOKEN ?? "",
      services: ["artifacts"]
    }
  ];
  return secrets.filter(({ value }) => value !== "");
}

// src/cli/demo-artifact.ts
import { readdir } from "node:fs/promises";
async function downloadArtifact({ artifactService }, folder2, workspace) {
  Object.assign(process.env, {
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKSPACE: workspace
  });
  const artifact = await quietly(async () => {
    const { DefaultArtifactClient } = await import("./artifact-RNKWCEHC.mjs");
    const client = new DefaultArtifactClient();
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

// src/cli/demo-workspace.ts
import { execFile as execFile2 } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir as readdir2, readFile, stat, writeFile } from "node:fs/promises";
import { basename as basename2, join as join6, relative } from "node:path";
import { promisify as promisify2 } from "node:util";
import { gunzipSync } from "node:zlib";
var distFiles = 20;
async function fillWorkspace(packageRoot, workspace) {
  const tarball = await pack(packageRoot, workspace);
  await takeDistFiles(packageRoot, workspace);
  await writeChecksums(packageRoot, workspace, ["LICENSE", "README.md", "action.yml"]);
  const digest = await writeImageLayout(join6(workspace, "image"), await readFile(tarball));
  return { image: `localhost/countersign@${digest}` };
}
async function pack(packageRoot, workspace) {
  const npm = process.env.npm_execpath;
  const args = ["pack", "--ignore-scripts", "--silent", "--offline", "--pack-destination", workspace];
  const [command, ...prefix] = npm === void 0 ? ["npm"] : [process.execPath, npm];
  await promisify2(execFile2)(command ?? "npm", [...prefix, ...args], { cwd: packageRoot });
  const tarball = (await readdir2(workspace)).find((name) => name.endsWith(".tgz"));
  return join6(workspace, tarball ?? fail("SUBJECT_MISSING", "npm pack made no tarball"));
}
async function takeDistFiles(packageRoot, workspace) {
  const dist = join6(packageRoot, "dist");
  const entries = await readdir2(dist, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => {
      const path = join6(entry.parentPath, entry.name);
      return { path, size: (await stat(path)).size };
    })
  );
  const chosen = files.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1)).slice(0, distFiles);
  for (const { path } of chosen) await cp(path, join6(workspace, "dist", relative(dist, path)));
}
async function writeChecksums(packageRoot, workspace, names) {
  const lines = await Promise.all(
    names.map(async (name) => `${sha256(await readFile(join6(packageRoot, name)))}  ${basename2(name)}
`)
  );
  await writeFile(join6(workspace, "SHA256SUMS"), lines.join(""));
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
  return descriptor.digest;
}
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

// src/cli/demo.ts
async function demo({ folder: folder2, packageRoot, print }) {
  var _stack = [];
  try {
    const output = folder2 === void 0 ? await mkdtemp(join7(tmpdir2(), "countersign-demo-")) : resolve2(folder2);
    const workspace = join7(output, "workspace");
    for (const path of [workspace, join7(output, "runner-temp")]) await mkdir2(path, { recursive: true });
    print("Packing this package, taking files of dist/, writing SHA256SUMS and an OCI image layout \u2026");
    const { image } = await fillWorkspace(packageRoot, workspace);
    const sandbox = __using(_stack, await startSandbox(), true);
    print(`A Sigstore is running in this process, on loopback: ${Object.values(sandbox.urls).join(" ")}`);
    await writeFile2(join7(output, "trusted_root.json"), JSON.stringify(sandbox.trustedRoot));
    await writeFile2(join7(output, "signing_config.json"), JSON.stringify(sandbox.signingConfig));
    const stage = { sandbox, packageRoot, output, workspace, print };
    const subjects = { files: "*.tgz\ndist/**", checksums: "SHA256SUMS", digests: image };
    print("\nSigning a bundle each, as a step of a workflow \u2026");
    const each = await runSignAction(stage, { ...subjects, "bundle-format": "per-file", "bundle-dir": "bundles" });
    print("\nSigning one attestation about all of them, with the provenance of the build \u2026");
    const together = await runSignAction(stage, {
      ...subjects,
      "bundle-format": "attestation",
      "bundle-dir": "attestations",
      "upload-artifact": "false"
    });
    print("\nDownloading the workflow artifact, as another job would \u2026");
    const downloaded = await downloadArtifact(sandbox, join7(output, "downloaded"), workspace);
    print(`  ${downloaded.name}: ${downloaded.files} files, ${downloaded.digest}`);
    print("\nVerifying each against its bundle from the artifact, with nothing but the trusted root \u2026");
    const fromArtifact = each.map((signed) => ({
      ...signed,
      bundle: join7(output, "downloaded", signed.bundle.slice(join7(workspace, "bundles").length))
    }));
    await verifyAll(stage, fromArtifact);
    print("\nVerifying each against the attestation \u2026");
    await verifyAll(stage, together);
    const identity = `https://github.com/${exampleJob.job_workflow_ref}`;
    print(`
All were signed by
  ${identity}
  as ${sandbox.urls.jobIssuer} vouches`);
    print(`
The files are in ${workspace}`);
    print(`The bundles are in ${join7(workspace, "bundles")}, the attestation in ${join7(workspace, "attestations")}`);
    print(`The trusted root is ${join7(output, "trusted_root.json")}, the job summary ${join7(output, "summary.md")}`);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function runSignAction({ sandbox, packageRoot, output, workspace, print }, inputs) {
  const { jobTokens, artifactService } = sandbox;
  const { repository, workflow_ref, ref, sha } = exampleJob;
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
      instance: "sandbox",
      "trusted-root": join7(output, "trusted_root.json"),
      "signing-config": join7(output, "signing_config.json"),
      ...inputs
    },
    onOutput: (line) => print(`  | ${plainLine(line.replace(/^##\[(\w+)\]/, "$1: "))}`)
  });
  if (result.conclusion !== "success") {
    fail("USAGE", `the action ended with ${result.conclusion} (exit code ${result.exitCode})`);
  }
  await writeFile2(join7(output, "summary.md"), result.summary, { flag: "a" });
  const signed = JSON.parse(result.outputs.get("subjects") ?? "[]");
  const expected = 1 + distFiles + 3 + 1;
  if (signed.length !== expected) fail("SUBJECT_MISSING", `${signed.length} subjects; ${expected} were expected`);
  return signed;
}
async function verifyAll(stage, signed) {
  var _stack = [];
  try {
    const world = __using(_stack, systemWorld());
    const trust = readTrustedRoot(await readFile2(join7(stage.output, "trusted_root.json")));
    for (const subject of signed) {
      stage.print(plainLines(describe(subject.name, await verify(stage, subject, trust, world))));
    }
    stage.print(`  ${signed.length} of ${signed.length} verified`);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function verify({ workspace, sandbox }, { name, digest, bundle }, trust, world) {
  const policy = exactIdentity(`https://github.com/${exampleJob.job_workflow_ref}`, sandbox.urls.jobIssuer, {
    sandbox: "accept"
  });
  const path = join7(workspace, name);
  const isFile = await world.files.stat(path).then(
    (found) => found.isFile(),
    () => false
  );
  return isFile ? verifyFile(path, bundle, trust, policy, world) : verifyDigest(parseDigest(digest), bundle, trust, policy, world);
}
function describe(name, { times, logEntries }) {
  const when = times.map(({ time }) => time.toISOString()).join(", ");
  const where = logEntries.map(({ log, logIndex, treeSize }) => `${log.baseUrl} at index ${logIndex} of ${treeSize}`).join(", ");
  return `  verified ${name}: signed ${when}, logged by ${where}`;
}
export {
  demo
};
