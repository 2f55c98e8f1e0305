import { CompactRange, certificateLogClient, logClientV1, rootOfRange, tilesOfCertificateLog, tilesOfRekor, verifyHead } from "./monitor-readers-proof-reader.mjs";
import { logUrl } from "./run-policy-chosen-logs.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { removeUnfinished, syncFolder, writeAtomically } from "./node-atomic-write.mjs";
import { readSignedNote } from "./core-log-cosignature.mjs";
import { inTurns } from "./node-concurrency.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import { ProtoField, encodeBase64, encodeHex } from "./core-encoding-der.mjs";
import { decodeUtf8, equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
var maxHistory = 1e3;
var maxSuspicions = 100;
var maxProven = 1e3;
var schema = "countersign-audit-log/1";
var maxLogStateLength = 8 * 1024 * 1024;
function logStateJson(state, { protocol, baseUrl, keyId }) {
  const { verified, cursor, baseline, history, suspicions, proven, endedAt } = state;
  const { head, range, at, since } = verified;
  const document = {
    schema,
    origin: head.origin,
    keyId: encodeBase64(keyId),
    protocol,
    baseUrl,
    verified: {
      size: head.size,
      root: encodeBase64(head.root),
      range: hashesJson(range),
      note: encodeBase64(head.note),
      at: at.toISOString(),
      since: since.toISOString()
    },
    cursor: { size: cursor.size, range: hashesJson(cursor) },
    baseline: { size: baseline.size, at: baseline.at.toISOString(), from: baseline.from },
    history: history.map((entry) => ({
      size: entry.range.size,
      root: encodeBase64(rootOfRange(entry.range)),
      range: hashesJson(entry.range),
      at: entry.at.toISOString()
    })),
    // More than can be read again would make the state invalid, and a log could cause that.
    suspicions: suspicions.slice(0, maxSuspicions).map(({ code, what, since: from }) => ({ code, what, since: from.toISOString() })),
    proven: proven.slice(0, maxProven).map(({ id, code, message, at: found }) => ({ id, code, message, at: found.toISOString() })),
    ...endedAt !== void 0 && { endedAt }
  };
  return `${JSON.stringify(document)}
`;
}
function hashesJson({ hashes }) {
  return hashes.map(encodeBase64);
}
async function readLogState(bytes, log) {
  const file = ProtoField.parse(bytes, "STATE_INVALID", "state", { maxLength: maxLogStateLength });
  if (file.field("schema").text() !== schema) file.field("schema").fail(`is not ${schema}`);
  if (!equalBytes(file.field("keyId").data(), log.keyId)) file.field("keyId").fail("is the key of another log");
  const verified = await readVerified(file.field("verified"), log);
  const cursor = readRange(file.field("cursor"));
  const { size } = verified.head;
  const baseline = readBaseline(file.field("baseline"));
  if (cursor.size > size) file.field("cursor").fail(`is after the ${size} entries of the verified tree`);
  if (cursor.size === size && !equalBytes(rootOfRange(cursor), verified.head.root))
    file.field("cursor").fail("does not lead to the verified root");
  if (baseline.size > size || baseline.from > cursor.size)
    file.field("baseline").fail("is after the entries that were verified");
  const history = file.field("history").list(maxHistory).map(readHistoryEntry);
  checkHistory(file, history, [{ range: verified.range, at: verified.at }], cursor);
  return {
    verified,
    cursor,
    baseline,
    history,
    suspicions: file.field("suspicions").list(maxSuspicions).map(readSuspicion),
    proven: file.field("proven").list(maxProven).map(readProven),
    endedAt: file.field("endedAt").present ? readInteger(file.field("endedAt")) : void 0
  };
}
async function readVerified(field, log) {
  const note = decodeUtf8(field.field("note").data()) ?? field.field("note").fail("is not valid UTF-8");
  const head = await verifyHead(log, note);
  const range = readRange(field);
  if (range.size !== head.size) field.field("size").fail("is not the size that the log signed");
  if (!equalBytes(rootOfRange(range), head.root))
    field.field("range").fail("does not lead to the root that the log signed");
  return { head, range, at: readTime(field.field("at")), since: readTime(field.field("since")) };
}
function readRange(field) {
  const range = CompactRange.of(
    readInteger(field.field("size")),
    field.field("range").list(64).map((hash) => hash.data())
  );
  const root = field.field("root");
  if (root.present && !equalBytes(root.data(), rootOfRange(range))) root.fail("is not the root of the range");
  return range;
}
function readHistoryEntry(field) {
  return { range: readRange(field), at: readTime(field.field("at")) };
}
function checkHistory(file, history, end, cursor) {
  const all = [...history, ...end];
  for (const [index, { range }] of all.entries()) {
    const previous = all[index - 1];
    if (previous !== void 0 && previous.range.size >= range.size) file.field("history").fail("is not in order");
    if (range.size === cursor.size && !equalBytes(rootOfRange(range), rootOfRange(cursor)))
      file.field("cursor").fail("does not lead to the root of its size in the history");
  }
}
function readBaseline(field) {
  return {
    size: readInteger(field.field("size")),
    at: readTime(field.field("at")),
    from: readInteger(field.field("from"))
  };
}
function readSuspicion(field) {
  return {
    code: readCode(field.field("code")),
    what: field.field("what").string(),
    since: readTime(field.field("since"))
  };
}
function readProven(field) {
  return {
    id: field.field("id").text(),
    code: readCode(field.field("code")),
    message: field.field("message").string(),
    at: readTime(field.field("at"))
  };
}
var codes = {
  CHECKPOINT_INVALID: 1,
  CHECKPOINT_ORIGIN: 2,
  LOG_STALLED: 3,
  LOG_FORKED: 4,
  LOG_ROLLED_BACK: 5,
  ENTRY_ALTERED: 6,
  TILES_INCONSISTENT: 7,
  ENTRIES_WITHHELD: 8,
  SPLIT_VIEW: 9,
  PROMISE_BROKEN: 10,
  LOG_THAWED: 11,
  WITNESS_QUORUM: 12,
  LOG_REMOVED: 13,
  WATCH_BLIND: 14
};
function readCode(field) {
  return field.enum(codes) ?? field.fail("is not the code of a finding");
}
function readInteger(field) {
  return field.present ? field.safeInteger() : field.fail("is missing");
}
function readTime(field) {
  return field.time() ?? field.fail("is missing");
}
var schema2 = "countersign-audit/1";
var listName = "audit.json";
var logsName = "logs";
var maxLength = 8 * 1024 * 1024;
var maxLogs = 1024;
function logId({ keyId, baseUrl, names }) {
  const text = [encodeHex(keyId), baseUrl, ...names].join("\n");
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
var StateFolder = class _StateFolder {
  path;
  /** True if nothing was audited with this folder before. */
  isNew;
  /** The problem with the list of logs, if it was lost or cannot be read. */
  problem;
  #system;
  #logs;
  #inTurn = inTurns(1);
  constructor(path, system, found, logs) {
    this.path = path;
    this.isNew = found.isNew;
    this.problem = found.problem;
    this.#system = system;
    this.#logs = logs;
  }
  /**
   * Opens a folder, which need not exist.
   *
   * @throws the system's error; `USAGE` if the path is not a folder
   */
  static async open(path, system) {
    const listPath = join(path, listName);
    try {
      for (const folder of [path, join(path, logsName)]) await removeUnfinished(system.files, folder);
      const bytes = await readRegularFile(system.files, listPath, maxLength);
      return new _StateFolder(path, system, { isNew: false, problem: void 0 }, readList(bytes));
    } catch (error) {
      if (systemCode(error) === "ENOTDIR")
        fail("USAGE", `the state ${path} is not a folder`, { remedy: "Specify a folder with `state`.", cause: error });
      if (systemCode(error) === "ENOENT") {
        const isNew = !await pathExists(join(path, logsName), system.files);
        const message = `the list of logs ${listPath} is missing, although the folder contains the state of an audit`;
        return new _StateFolder(
          path,
          system,
          { isNew, problem: isNew ? void 0 : { cause: "state-missing", message } },
          /* @__PURE__ */ new Map()
        );
      }
      if (!(error instanceof CountersignError)) throw error;
      const problem = {
        cause: "state-invalid",
        message: `the list of logs ${listPath} is invalid: ${error.message}`
      };
      return new _StateFolder(path, system, { isNew: false, problem }, /* @__PURE__ */ new Map());
    }
  }
  /** The logs that were known at the last run, by their ids. */
  get logs() {
    return this.#logs;
  }
  /**
   * Reports whether a log was added to the trusted root, or a shard to a log, since the last run. A log that was known then, and not
   * audited, was not added.
   */
  isAdded(log) {
    if (this.isNew || this.problem !== void 0 || this.#logs.has(logId(log))) return false;
    const others = [...this.#logs.values()].filter((other) => isOneLog(other, log));
    return others.length === 0 || others.some(({ latest }) => latest !== void 0);
  }
  /** Returns the path of the file of a log. */
  pathOf(log) {
    return join(this.path, logsName, `${logId(log)}.json`);
  }
  /**
   * Reads the state of a log. A state that is older than the list says was put there, or restored from a backup.
   *
   * @throws the system's error
   */
  async read(log) {
    const path = this.pathOf(log);
    const latest = this.#logs.get(logId(log))?.latest;
    let state;
    try {
      state = await readLogState(await readRegularFile(this.#system.files, path, maxLength), log);
    } catch (error) {
      if (systemCode(error) === "ENOENT") {
        if (latest === void 0) return { kind: "none" };
        const message = `its state ${path} is missing; the log was audited up to ${latest.size} entries`;
        return { kind: "blind", cause: "state-missing", message };
      }
      if (!(error instanceof CountersignError)) throw error;
      return { kind: "blind", cause: "state-invalid", message: `its state ${path} is invalid: ${error.message}` };
    }
    if (latest === void 0) return { kind: "found", state };
    const { head } = state.verified;
    const older = (what) => ({
      kind: "blind",
      cause: "state-older",
      message: `its state ${path} ${what}`
    });
    if (head.size < latest.size || state.cursor.size < latest.cursor)
      return older(
        `is older than the last one: it ends at ${head.size} entries, of which ${state.cursor.size} were read; the last one ended at ${latest.size} and ${latest.cursor}`
      );
    const known = [...state.history.map(({ range }) => range), state.verified.range].find(
      ({ size }) => size === latest.size
    );
    if (known !== void 0 && !equalBytes(rootOfRange(known), latest.root))
      return older(`has another root at ${latest.size} entries than the last one`);
    return { kind: "found", state };
  }
  /** Writes the state of a log. */
  async write(log, state) {
    const { files, random } = this.#system;
    const path = this.pathOf(log);
    await writeAtomically(files, random, path, logStateJson(state, log));
    await syncFolder(files, dirname(path));
  }
  /**
   * Records logs in the list, with the latest state of each: after its own file, so that the list is never ahead of it.
   *
   * @param failingSince of the log, if this run could not read it
   */
  async record(logs) {
    for (const { log, state, failingSince } of logs) {
      const id = logId(log);
      const latest = state === void 0 ? this.#logs.get(id)?.latest : { size: state.verified.head.size, root: state.verified.head.root, cursor: state.cursor.size };
      this.#logs.set(id, { baseUrl: log.baseUrl, keyId: log.keyId, latest, failingSince });
    }
    await this.#writeList();
  }
  /**
   * Records the logs that a run could not read, and those that it could read again. Of several such runs in a row, the time of the first
   * is kept.
   */
  async recordOutages({ failing, over }, now) {
    let hasChanged = false;
    const change = (id, failingSince) => {
      const listed = this.#logs.get(id);
      const since = failingSince(listed?.failingSince);
      if (listed === void 0 || since === listed.failingSince) return;
      this.#logs.set(id, { ...listed, failingSince: since });
      hasChanged = true;
    };
    for (const id of failing) change(id, (earlier) => earlier ?? now);
    for (const id of over) change(id, () => void 0);
    if (hasChanged) await this.#writeList();
  }
  #writeList() {
    return this.#inTurn(async () => {
      const { files, random } = this.#system;
      await writeAtomically(files, random, join(this.path, listName), listJson(this.#logs));
      await syncFolder(files, this.path);
    });
  }
};
function isOneLog(a, b) {
  return a.baseUrl === b.baseUrl && equalBytes(a.keyId, b.keyId);
}
function listJson(logs) {
  const document = {
    schema: schema2,
    logs: [...logs].map(([id, { baseUrl, keyId, latest, failingSince }]) => ({
      id,
      baseUrl,
      keyId: encodeBase64(keyId),
      ...latest && { latest: { size: latest.size, root: encodeBase64(latest.root), cursor: latest.cursor } },
      ...failingSince && { failingSince: failingSince.toISOString() }
    }))
  };
  return `${JSON.stringify(document, void 0, 2)}
`;
}
function readList(bytes) {
  const file = ProtoField.parse(bytes, "STATE_INVALID", "list", { maxLength });
  if (file.field("schema").text() !== schema2) file.field("schema").fail(`is not ${schema2}`);
  return new Map(
    file.field("logs").list(maxLogs).map((field) => [field.field("id").text(), readListed(field)])
  );
}
function readListed(field) {
  const latest = field.field("latest");
  return {
    baseUrl: field.field("baseUrl").text(),
    keyId: field.field("keyId").data(),
    latest: latest.present ? readLatest(latest) : void 0,
    failingSince: field.field("failingSince").time()
  };
}
function readLatest(field) {
  const [size, cursor] = [readInteger(field.field("size")), readInteger(field.field("cursor"))];
  if (cursor > size) field.field("cursor").fail(`is after the ${size} entries of the tree`);
  const root = field.field("root").data();
  if (root.length !== 32) field.field("root").fail("is not a hash");
  return { size, root, cursor };
}
async function logsOf(trust, options) {
  const { transparencyLogs, certificateTransparencyLogs } = trust;
  const found = await Promise.all([
    ...transparencyLogs.map((log) => attempt(log, () => rekorLogs(log, transparencyLogs, options))),
    ...certificateTransparencyLogs.map((log) => attempt(log, () => certificateLogs(log, options)))
  ]);
  return {
    logs: found.flatMap(({ logs }) => logs),
    unreadable: found.flatMap(({ unreadable }) => unreadable)
  };
}
async function attempt(log, find) {
  try {
    demandHttpUrl(log);
    return { logs: await find(), unreadable: [] };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    const { keyId, validFor } = log;
    return { logs: [], unreadable: [{ baseUrl: logUrl(log.baseUrl), keyId, validFor, error }] };
  }
}
function demandHttpUrl({ baseUrl }) {
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl))
    fail("TRUSTED_ROOT_INVALID", `${JSON.stringify(baseUrl)} in the trusted root is not the HTTP URL of a log`);
}
async function rekorLogs(log, all, { http, signingConfig }) {
  const baseUrl = logUrl(log.baseUrl);
  const stated = signingConfig?.transparencyLogs.find(({ url }) => logUrl(url) === baseUrl)?.majorApiVersion;
  const { names } = log.checkpointKey;
  const isV2 = stated === void 0 ? await answers(() => tilesOfRekor(http, baseUrl).checkpoint()) : stated === 2;
  if (isV2) return [monitored(log, "rekor-v2", names)];
  const keys = all.filter((one) => logUrl(one.baseUrl) === baseUrl);
  const shards = await logClientV1(http, baseUrl).shards();
  return shards.filter((shard) => signerOf(shard, keys) === log).map(({ treeId, isActive }) => {
    const origins = names.map((name) => `${name} - ${treeId}`);
    return { ...monitored(log, "rekor-v1", origins), ...!isActive && { isEnded: true } };
  });
}
function signerOf({ checkpoint }, logs) {
  if (logs.length < 2) return logs[0];
  const { signatures } = readSignedNote(checkpoint);
  const signer = logs.find(({ keyId }) => signatures.some(({ keyHint }) => equalBytes(keyHint, keyId.subarray(0, 4))));
  return signer ?? logs[0];
}
async function certificateLogs(log, { http }) {
  const baseUrl = logUrl(log.baseUrl);
  const names = [baseUrl.replace(/^https?:\/\//, "")];
  if (await answers(() => certificateLogClient(http, baseUrl).treeHead())) return [monitored(log, "rfc6962", names)];
  await tilesOfCertificateLog(http, baseUrl).checkpoint();
  return [monitored(log, "static-ct", names)];
}
async function answers(request) {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "SERVICE_REFUSED") return false;
    throw error;
  }
}
function monitored({ baseUrl, publicKey, keyId, validFor }, protocol, names) {
  return { protocol, baseUrl: logUrl(baseUrl), publicKey, keyId, names: [...new Set(names)], validFor };
}
export {
  StateFolder,
  isOneLog,
  logId,
  logsOf,
  maxHistory,
  maxLogStateLength
};
