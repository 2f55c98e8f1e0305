import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  demandBytes,
  lieNames,
  misbehaviourOf,
  readMisbehaviourNames,
  serviceNames,
  startSandbox,
  transportFaults,
  verifierKey
} from "./chunk-JQU3RLIY.mjs";
import "./chunk-GWBD5HXH.mjs";
import "./chunk-22HLDQSG.mjs";
import "./chunk-N3YVTKBA.mjs";
import "./chunk-DTGJNXJU.mjs";
import "./chunk-3B3H6NZJ.mjs";
import "./chunk-HQS2C6LB.mjs";
import "./chunk-Y54HXCFX.mjs";
import "./chunk-4Z2FOAEY.mjs";
import {
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/cli/sandbox-command.ts
import { join as join2, resolve } from "node:path";

// src/sandbox/storage/disk-storage.ts
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// src/sandbox/storage/disk-file.ts
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
var DiskFile = class {
  #descriptor;
  #length;
  constructor(path) {
    this.#descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 384);
    this.#length = fstatSync(this.#descriptor).size;
  }
  get length() {
    return this.#length;
  }
  append(bytes) {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, this.#length + written);
    }
    this.#length += bytes.length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (count === 0) throw new RangeError("the file was cut by another");
      done += count;
    }
    return bytes;
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.#length = length;
    ftruncateSync(this.#descriptor, length);
  }
  close() {
    const descriptor = this.#descriptor;
    this.#descriptor = -1;
    closeSync(descriptor);
  }
};

// src/sandbox/storage/disk-storage.ts
var unfinished = ".unfinished";
var DiskStorage = class _DiskStorage {
  #path;
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  /** Makes the folder if it is not there. One process at a time may have it open. */
  constructor(path) {
    mkdirSync(path, { recursive: true, mode: 448 });
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
      return new Uint8Array(readFileSync(join(this.#path, name)));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return void 0;
      throw error;
    }
  }
  write(name, bytes) {
    const path = join(this.#path, name);
    writeFileSync(path + unfinished, bytes, { mode: 384 });
    renameSync(path + unfinished, path);
  }
  create(name, bytes) {
    const path = join(this.#path, name);
    const own = `${path}.${process.pid}${unfinished}`;
    writeFileSync(own, bytes, { mode: 384 });
    try {
      linkSync(own, path);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(own);
    }
  }
  names() {
    return readdirSync(this.#path, { withFileTypes: true }).filter((entry2) => entry2.isFile() && !entry2.name.endsWith(unfinished) && !this.#appendFiles.has(entry2.name)).map((entry2) => entry2.name).sort();
  }
  /** Closes every file in it and in the folders of it that were opened. */
  [Symbol.dispose]() {
    for (const file of this.#appendFiles.values()) file.close();
    this.#appendFiles.clear();
    for (const folder of this.#folders.values()) folder[Symbol.dispose]();
    this.#folders.clear();
  }
};
function codeOf(error) {
  return typeof error === "object" && error !== null && "code" in error ? error.code : void 0;
}

// src/cli/misbehaviour-list.ts
function misbehaviourList() {
  const lies = lieNames.map((name) => entry(name, misbehaviourOf(name).about));
  const faults = Object.entries(transportFaults).map(([name, { about }]) => entry(`SERVICE:${name}`, about));
  return [...lies, "\nSERVICE is one of ", `${serviceNames.join(", ")}:
`, ...faults].join("");
}
function entry(name, about) {
  return `${name}
    ${about}
`;
}

// src/cli/sandbox-command.ts
async function sandboxCommand({ state, port, ...options }) {
  var _stack = [];
  try {
    if (options.listMisbehaviours) {
      process.stdout.write(misbehaviourList());
      return;
    }
    if (state === void 0) fail("USAGE", "--state says in which folder its keys and logs are");
    const misbehaviours = readMisbehaviourNames(options.misbehave);
    if (port !== void 0 && (!Number.isInteger(port) || port < 1 || port > 65e3)) {
      fail("USAGE", "the port is not a number from 1 to 65000");
    }
    const folder = resolve(state);
    const storage = __using(_stack, openStorage(folder));
    const settings = { storage, misbehaviours, recordRequests: false };
    const sandbox = __using(_stack, await startSandbox({ ...settings, ...port === void 0 ? {} : { port } }), true);
    writeTrust(storage.folder("trust"), sandbox);
    storage.write("stack.env", utf8(shellExports(sandbox, join2(folder, "trust"))));
    process.stdout.write(
      [
        "A sandbox: a Sigstore for trying things out, on this machine alone. Nothing it signs is to be relied on.",
        ...Object.entries(sandbox.urls).map(([name, url]) => `  ${name.padEnd(16)}${url}`),
        `  trust           ${join2(folder, "trust")}`,
        `Settings for a shell: . ${join2(folder, "stack.env")}`,
        "Its keys and logs are in that folder: started there again, it goes on. Interrupt it (Ctrl-C) to stop it.",
        ...misbehaving(sandbox),
        ""
      ].join("\n")
    );
    await interrupted();
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function misbehaving({ misbehaviours }) {
  if (misbehaviours.length === 0) return [];
  const list = misbehaviours.map((name) => entry(name, misbehaviourOf(name).about)).join("");
  return ["It misbehaves, as it was told to; what it keeps is right:", list.trimEnd()];
}
function openStorage(folder) {
  try {
    return new DiskStorage(folder);
  } catch (cause) {
    return fail("USAGE", `the state folder cannot be made: ${String(cause)}`, { cause });
  }
}
function writeTrust(folder, sandbox) {
  const write = (name, json) => folder.write(name, utf8(`${JSON.stringify(json, void 0, 1)}
`));
  write("trusted_root.json", sandbox.trustedRoot);
  folder.write("tuf_root.json", utf8(sandbox.tuf.rootJson));
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
function shellExports({ urls, jobTokens, artifactService }, trust) {
  const variables = {
    ACTIONS_ID_TOKEN_REQUEST_URL: jobTokens.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobTokens.requestToken,
    ACTIONS_RESULTS_URL: artifactService.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: artifactService.job.token,
    OIDC_GHA: urls.jobIssuer,
    OIDC_GITLAB: urls.gitlabIssuer,
    OIDC_BUILDKITE: urls.buildkiteIssuer,
    OIDC_EMAIL: urls.personIssuer,
    FULCIO_URL: urls.fulcio,
    CT_URL: urls.certificateLog,
    REKOR1_URL: urls.rekorV1,
    REKOR2_URL: urls.rekor,
    TSA_URL: urls.timestamp,
    TUF_URL: urls.tuf,
    TRUST: trust
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'
`
  );
  return lines.join("");
}
function interrupted() {
  return new Promise((resolve2) => {
    process.once("SIGINT", resolve2);
    process.once("SIGTERM", resolve2);
  });
}
export {
  sandboxCommand
};
