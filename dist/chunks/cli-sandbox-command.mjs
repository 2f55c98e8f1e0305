import { demandBytes, exampleJob, lieNames, misbehaviourOf, readMisbehaviourNames, registryLieNames, serviceNames, startSandbox, transportFaults, verifierKey } from "./sandbox-github-github-service.mjs";
import "./noble-curves-abstract-edwards.mjs";
import "./core-log-ml-dsa.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import { pathArgument } from "./report-shell.mjs";
import { plainLine } from "./options-row.mjs";
import "./jose-dist-webapi-lib-asn1.mjs";
import "./noble-curves-abstract-weierstrass.mjs";
import "./noble-curves-abstract-modular.mjs";
import "./report-retry-text.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-encoding-der.mjs";
import { utf8 } from "./core-encoding-json.mjs";
import { require_node_fs, fail, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join3, resolve } from "node:path";
import { join } from "node:path";
import { join as join2 } from "node:path";
import { spawn } from "node:child_process";
import { constants as constants2 } from "node:os";
function addExampleRun(github) {
  const { repository, repository_id, repository_owner_id, run_id, run_attempt, event_name, sha } = exampleJob;
  const added = github.addRepository(repository, { id: Number(repository_id), ownerId: Number(repository_owner_id) });
  added.addCommit(sha, "identical");
  added.addRun({
    id: Number(run_id),
    attempt: Number(run_attempt),
    workflow: "release.yml",
    event: event_name,
    headSha: sha,
    headBranch: added.defaultBranch,
    jobs: [{ name: "release", status: "completed", conclusion: "success" }]
  });
}
var fs = __toESM(require_node_fs(), 1);
var unfinished = ".unfinished";
var DiskStorage = class _DiskStorage {
  #path;
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  /** Creates the folder if it does not exist. Only one process at a time may have it open. */
  constructor(path) {
    fs.mkdirSync(path, { recursive: true, mode: 448 });
    this.#path = path;
  }
  folder(name) {
    const folder = this.#folders.get(name) ?? new _DiskStorage(join(this.#path, name));
    this.#folders.set(name, folder);
    return folder;
  }
  appendFile(name) {
    const file = this.#appendFiles.get(name) ?? new DiskFile(join(this.#path, name));
    this.#appendFiles.set(name, file);
    return file;
  }
  read(name) {
    try {
      return new Uint8Array(fs.readFileSync(join(this.#path, name)));
    } catch (error) {
      if (systemCode(error) === "ENOENT") return void 0;
      throw error;
    }
  }
  write(name, bytes) {
    const path = join(this.#path, name);
    fs.writeFileSync(path + unfinished, bytes, { mode: 384 });
    fs.renameSync(path + unfinished, path);
  }
  create(name, bytes) {
    const path = join(this.#path, name);
    const own = `${path}.${process.pid}${unfinished}`;
    fs.writeFileSync(own, bytes, { mode: 384 });
    try {
      fs.linkSync(own, path);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      throw error;
    } finally {
      fs.rmSync(own);
    }
  }
  names() {
    return fs.readdirSync(this.#path, { withFileTypes: true }).filter((entry2) => entry2.isFile() && !entry2.name.endsWith(unfinished) && !this.#appendFiles.has(entry2.name)).map((entry2) => entry2.name).sort();
  }
  /** Closes all files that were opened in the folder and below it. */
  [Symbol.dispose]() {
    for (const file of this.#appendFiles.values()) file.close();
    this.#appendFiles.clear();
    for (const folder of this.#folders.values()) folder[Symbol.dispose]();
    this.#folders.clear();
  }
};
var DiskFile = class {
  #descriptor;
  length;
  constructor(path) {
    this.#descriptor = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 384);
    this.length = fs.fstatSync(this.#descriptor).size;
  }
  append(bytes) {
    let written = 0;
    while (written < bytes.length) {
      written += fs.writeSync(this.#descriptor, bytes, written, bytes.length - written, this.length + written);
    }
    this.length += bytes.length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (count === 0) throw new RangeError("the file was cut by another");
      done += count;
    }
    return bytes;
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.length = length;
    fs.ftruncateSync(this.#descriptor, length);
  }
  close() {
    const descriptor = this.#descriptor;
    this.#descriptor = -1;
    fs.closeSync(descriptor);
  }
};
function listMisbehaviours() {
  const lies = [...lieNames, ...registryLieNames].map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies, "\nFaults of all services. SERVICE is one of ", `${serviceNames.join(", ")}.
`, ...faults].join("");
}
function describeMisbehaviours(names) {
  const list = names.map((name) => entry(name, misbehaviourOf(name).about)).join("");
  return `Injected faults (responses are wrong; the stored data is correct):
${list.trimEnd()}`;
}
function entry(name, about) {
  return `${name}
    ${about}
`;
}
function writeSettings(storage, path, sandbox) {
  writeTrust(storage.folder("trust"), sandbox);
  storage.write("stack.env", utf8(shellExports(sandboxVariables(sandbox, join2(path, "trust")))));
}
function writeTrust(folder, sandbox) {
  const write = (name, json) => folder.write(name, utf8(`${JSON.stringify(json, void 0, 1)}
`));
  write("trusted_root.json", sandbox.trustedRoot);
  folder.write("tuf_root.json", utf8(sandbox.tuf.rootJson));
  folder.write("witness_policy.txt", utf8(witnessPolicy(sandbox)));
  folder.write("witnesses.txt", utf8(sandbox.witnesses.map((witness) => `${verifierKey(witness)}
`).join("")));
  for (const [suffix, signingConfig] of [
    ["", sandbox.signingConfig],
    [".rekor1tsa", sandbox.signingConfigRekorV1]
  ]) {
    write(`signing_config${suffix}.json`, signingConfig);
    write(`trust_config${suffix}.json`, {
      mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
      trustedRoot: sandbox.trustedRoot,
      signingConfig
    });
  }
}
function witnessPolicy({ rekorShards, witnesses, urls }) {
  const names = witnesses.map((_, at) => `witness-${at + 1}`);
  return [
    ...rekorShards.map(({ log, url }) => `log ${verifierKey(log.signer)} ${url}`),
    ...witnesses.map((one, at) => {
      const prefix = one.name === witnesses[0]?.name ? urls.witness1 : urls.witness2;
      return `witness ${names[at]} ${verifierKey(one)} ${prefix}`;
    }),
    `group all all ${names.join(" ")}`,
    "quorum all"
  ].map((line) => `${line}
`).join("");
}
function sandboxVariables({ urls, jobTokens, artifactService }, trust) {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    OIDC_GHA: urls.jobIssuer,
    OIDC_GITLAB: urls.gitlabIssuer,
    OIDC_BUILDKITE: urls.buildkiteIssuer,
    OIDC_CIRCLECI: urls.circleciIssuer,
    OIDC_FORGEJO: urls.forgejoIssuer,
    OIDC_KUBERNETES: urls.kubernetesIssuer,
    OIDC_SPIFFE: urls.spiffeIssuer,
    OIDC_USERNAME: urls.usernameIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    CT_URL: urls.certificateLog,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    WITNESS_URL: urls.witness1,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    GITHUB_API_URL: urls.github,
    // The host alone, as image names begin with it.
    REGISTRY: new URL(urls.registry).host,
    REGISTRY_NOREF: new URL(urls.registryWithoutReferrers).host,
    TRUST: trust
  };
}
function shellExports(variables) {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'
`
  );
  return lines.join("");
}
var forwarded = ["SIGINT", "SIGTERM", "SIGHUP"];
async function withCommand(command, work) {
  let child;
  let early;
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const forward = (signal) => {
    if (child === void 0) early ??= signal;
    else if (signal !== "SIGINT" || !isAtTerminal) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  try {
    return await work(async (settings) => {
      if (early !== void 0) return statusOf(early);
      child = start(command, settings);
      return ended(child, command);
    });
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
  }
}
function start([program = "", ...args], settings) {
  const { SIGSTORE_ID_TOKEN: _, ...environment } = process.env;
  return spawn(program, args, { env: { ...environment, ...settings }, stdio: "inherit" });
}
async function ended(child, [program = ""]) {
  try {
    return await new Promise((resolve2, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve2(code ?? (signal === null ? 0 : statusOf(signal))));
    });
  } catch (cause) {
    return fail("USAGE", `the command ${JSON.stringify(program)} cannot be started: ${systemCode(cause)}`, {
      cause,
      remedy: "Check its name, and that its folder is in PATH."
    });
  }
}
function statusOf(signal) {
  return 128 + constants2.signals[signal];
}
async function sandboxCommand(command, options) {
  if (options.listMisbehaviours) {
    process.stdout.write(listMisbehaviours());
    return;
  }
  if (command.length > 0) {
    process.exitCode = await runCommand(command, options);
    return;
  }
  await untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    return runUntil(cancellation, options);
  });
}
function runCommand(command, options) {
  return withCommand(command, async (run) => {
    const folder = options.state ?? await mkdtemp(join3(tmpdir(), "countersign-sandbox-"));
    try {
      return await withSandbox(folder, options, (sandbox, { trust, faults }) => {
        if (faults !== void 0) process.stderr.write(`${faults}
`);
        return run(sandboxVariables(sandbox, trust));
      });
    } finally {
      if (options.state === void 0) await rm(folder, { recursive: true, force: true });
    }
  });
}
function runUntil(cancellation, options) {
  const { state } = options;
  if (state === void 0)
    fail("USAGE", "the option --state is required", {
      remedy: "Set it to a folder for the keys and logs of the sandbox. Only `countersign sandbox -- COMMAND` works without it."
    });
  return withSandbox(state, options, (sandbox, { folder, trust, faults }) => {
    process.stdout.write(
      [
        "The sandbox, a local Sigstore for testing, is running (loopback only). Do not trust its signatures.",
        ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(26)}${url}`),
        `  ${"trust".padEnd(26)}${plainLine(trust)}`,
        `To use it in a shell: . ${pathArgument(join3(folder, "stack.env"))}`,
        "Then sign and verify with the option --instance sandbox.",
        `Keys and logs are kept in ${plainLine(folder)} for the next start. Press Ctrl-C to stop.`,
        ...faults === void 0 ? [] : [faults],
        ""
      ].join("\n")
    );
    return aborted(cancellation);
  });
}
async function withSandbox(state, { port, misbehave = [] }, use) {
  var _stack = [];
  try {
    const misbehaviours = readMisbehaviourNames(misbehave);
    if (port !== void 0 && (!Number.isInteger(port) || port < 1 || port > 65e3)) {
      fail("USAGE", "the value of --port is not a number from 1 to 65000");
    }
    const folder = resolve(state);
    const storage = __using(_stack, openStorage(folder));
    const settings = { storage, misbehaviours, recordRequests: false };
    const sandbox = __using(_stack, await startSandbox({ ...settings, ...port === void 0 ? {} : { port } }), true);
    addExampleRun(sandbox.github);
    writeSettings(storage, folder, sandbox);
    const faults = misbehaviours.length === 0 ? void 0 : describeMisbehaviours(misbehaviours);
    return await use(sandbox, { folder, trust: join3(folder, "trust"), faults });
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function openStorage(folder) {
  try {
    return new DiskStorage(folder);
  } catch (cause) {
    return fail("USAGE", `the state folder cannot be created: ${String(cause)}`, { cause });
  }
}
function aborted(cancellation) {
  return new Promise((resolve2) => {
    if (cancellation.aborted) resolve2();
    cancellation.addEventListener("abort", () => resolve2(), { once: true });
  });
}
export {
  sandboxCommand
};
