import { sleep } from "./services-http-sleep.mjs";
import { pathExists } from "./cli-in-world.mjs";
import { isSafeUrl, removeUnfinished, syncFolder, writeAtomically } from "./node-atomic-write.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { namesIn } from "./node-make-folder.mjs";
import { leafHash, nodeHash, readCheckpoint, readSignedNote, verifyCheckpoint, verifyInclusion, fulcioExtensionArcs, olderFulcioExtensionArcs, hashAlgorithmNames } from "./core-certificate-signed-certificate-timestamp.mjs";
import { verifySignature } from "./core-certificate-certificate.mjs";
import { inOrder, inTurns, mapConcurrently } from "./node-concurrency.mjs";
import { NotRegularFile, openRegularFile, readExactly, readRegularFile, digestLengths, isHashAlgorithm, sha256 } from "./node-regular-file.mjs";
import { contextTag, tags, decodeHex, encodeHex, ProtoField, decodeBase64, encodeBase64 } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, concatBytes, decodeUtf8, equalBytes, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { require_node_util } from "./run-world-world.mjs";
import { hash } from "node:crypto";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { dirname, join as join2 } from "node:path";
import { hash as hash3 } from "node:crypto";
import { hash as hash4 } from "node:crypto";
import { hash as hash5 } from "node:crypto";
import { join as join3 } from "node:path";
function logUrl(url) {
  return url.replace(/\/$/, "");
}
function isCertificateLog(protocol) {
  return protocol === "rfc6962" || protocol === "static-ct";
}
var CompactRange = class _CompactRange {
  /** The number of entries. */
  size;
  /** The roots of the perfect subtrees, the largest (and first) one first, 32 bytes each. */
  hashes;
  static empty = new _CompactRange(0, []);
  constructor(size, hashes) {
    this.size = size;
    this.hashes = hashes;
  }
  /**
   * Returns the range of these hashes.
   *
   * @throws CountersignError `CHECKPOINT_INVALID` for a size that is not a safe integer, or another number of hashes than it has bits
   */
  static of(size, hashes) {
    if (!Number.isSafeInteger(size) || size < 0) fail("CHECKPOINT_INVALID", `the tree size ${size} is not supported`);
    if (hashes.length !== onesOf(size) || hashes.some((hash6) => hash6.length !== 32))
      fail("CHECKPOINT_INVALID", `a compact range of ${size} entries has ${onesOf(size)} hashes of 32 bytes`);
    return new _CompactRange(size, hashes);
  }
  /** Returns the range with further entries after it. */
  with(leafHashes) {
    const hashes = [...this.hashes];
    let size = this.size;
    for (const leaf of leafHashes) {
      let hash6 = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash6 = nodeHash(hashes.pop() ?? hash6, hash6);
      hashes.push(hash6);
      size += 1;
    }
    return new _CompactRange(size, hashes);
  }
  /** Returns the range with a perfect subtree of 2^height further entries after it. The size must be a multiple of 2^height. */
  withSubtree(height, root) {
    const width = 2 ** height;
    if (this.size % width !== 0)
      throw new RangeError(`a subtree of ${width} entries cannot begin at entry ${this.size}`);
    const hashes = [...this.hashes];
    let hash6 = root;
    for (let rest = this.size / width; rest % 2 === 1; rest = (rest - 1) / 2)
      hash6 = nodeHash(hashes.pop() ?? hash6, hash6);
    return new _CompactRange(this.size + width, [...hashes, hash6]);
  }
  /** Returns the root of the tree; `undefined` if there are no entries, whose root is a hash of nothing (RFC 6962, section 2.1). */
  root() {
    return this.hashes.length === 0 ? void 0 : this.hashes.reduceRight((right, left) => nodeHash(left, right));
  }
};
function onesOf(size) {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
function inclusionRanges(index, size) {
  return siblingsOf({ from: index, to: index + 1 }, size).siblings;
}
function consistencyRanges(first, second) {
  if (first === 0 || first === second) return [];
  const { reached, siblings } = siblingsOf({ from: first - 1, to: first }, second, (range) => range.to === first);
  return reached.from === 0 ? siblings : [reached, ...siblings];
}
function siblingsOf(leaf, size, stops = (range) => range.to - range.from === 1) {
  const siblings = [];
  let range = { from: 0, to: size };
  while (!stops(range)) {
    const middle = range.from + largestPowerBelow(range.to - range.from);
    const [left, right] = [
      { from: range.from, to: middle },
      { from: middle, to: range.to }
    ];
    const isLeft = leaf.from < middle;
    siblings.push(isLeft ? right : left);
    range = isLeft ? left : right;
  }
  return { reached: range, siblings: siblings.reverse() };
}
function largestPowerBelow(count) {
  let power = 1;
  while (2 * power < count) power *= 2;
  return power;
}
function subtreesOf({ from, to }) {
  const subtrees = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (2 * width) === 0 && at + 2 * width <= to) {
      level += 1;
      width *= 2;
    }
    subtrees.push({ level, position: at / width });
    at += width;
  }
  return subtrees;
}
var emptyRoot = sha256(new Uint8Array());
function rootOfRange(range) {
  return range.root() ?? emptyRoot;
}
function verifyConsistency(earlier, later, proof) {
  const { from, to } = rootsOf(earlier.size, later, proof, earlier.root);
  if (!equalBytes(to, later.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not lead to the root at size ${later.size}`);
  if (!equalBytes(from, earlier.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not start from the root at size ${earlier.size}`);
}
function earlierRoot(size, later, proof) {
  if (size > 0 && size < later.size && isPowerOfTwo(size)) return void 0;
  const { from, to } = rootsOf(size, later, proof, size === 0 ? emptyRoot : later.root);
  if (!equalBytes(to, later.root))
    fail("CONSISTENCY_UNPROVEN", `the consistency proof does not lead to the root at size ${later.size}`);
  return from;
}
function rootsOf(first, { size: second, root }, proof, known) {
  if (first > second)
    fail("CONSISTENCY_UNPROVEN", `a tree of size ${second} cannot begin with a tree of size ${first}`);
  const ranges = consistencyRanges(first, second);
  if (proof.length !== ranges.length || proof.some((hash6) => hash6.length !== 32)) {
    fail(
      "CONSISTENCY_UNPROVEN",
      `the consistency proof from size ${first} to ${second} has ${proof.length} hashes; it must have ${ranges.length} hashes of 32 bytes`
    );
  }
  if (first === 0) return { from: emptyRoot, to: root };
  if (first === second) return { from: known, to: known };
  const [start2] = ranges;
  let [from, to] = [known, known];
  for (const [at, range] of ranges.entries()) {
    const hash6 = proof[at] ?? known;
    if (range === start2 && range.to === first) [from, to] = [hash6, hash6];
    else if (range.from < first) [from, to] = [nodeHash(hash6, from), nodeHash(hash6, to)];
    else to = nodeHash(to, hash6);
  }
  return { from, to };
}
function isPowerOfTwo(size) {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
var signatureType = 5;
var latestTime = 8640000000000000n;
function treeHeadNote(name, logId2, head) {
  const signature = concatBytes(keyHintOf(name, logId2), uintBytes(head.milliseconds, 8), head.signature);
  return `${name}
${head.size}
${encodeBase64(head.root)}

\u2014 ${name} ${encodeBase64(signature)}
`;
}
async function verifyTreeHead(checkpoint, { logId: logId2, publicKey }) {
  const { origin, size, rootHash, note } = checkpoint;
  if (note.text.split("\n").length !== 4)
    fail("CHECKPOINT_INVALID", `the checkpoint of ${origin} has extension lines, which its signature does not cover`);
  const hint = keyHintOf(origin, logId2);
  const lines = note.signatures.filter((line) => line.name === origin && equalBytes(line.keyHint, hint));
  let time = -1n;
  for (const { signature } of lines) {
    const milliseconds = readUint(signature.subarray(0, 8));
    const signed = concatBytes(
      new Uint8Array([0, 1]),
      // version 1, tree_hash
      uintBytes(milliseconds, 8),
      uintBytes(size, 8),
      rootHash
    );
    const bytes = signatureIn(signature.subarray(8), publicKey);
    if (bytes === void 0 || !await verifySignature(publicKey, bytes, signed, "sha256", ["pkcs1"]))
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${origin} is invalid`);
    if (milliseconds > latestTime)
      fail("CHECKPOINT_INVALID", `the time of the checkpoint of ${origin} is out of range`);
    if (milliseconds > time) time = milliseconds;
  }
  if (time === -1n) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${origin}`);
  return new Date(Number(time));
}
function keyHintOf(name, logId2) {
  return sha256(concatBytes(utf8(`${name}
`), new Uint8Array([signatureType]), logId2)).subarray(0, 4);
}
function signatureIn(signed, { kind }) {
  const [hash6, algorithm, high = 0, low = 0] = signed;
  const signature = signed.subarray(4);
  const expected = kind === "rsa" ? 1 : 3;
  return hash6 === 4 && algorithm === expected && signature.length === 256 * high + low ? signature : void 0;
}
async function verifyHead(log, note, cosignedAt) {
  const checkpoint = readCheckpoint(note);
  const { origin, rootHash: root } = checkpoint;
  if (!log.names.includes(origin)) {
    const expected = log.names.map((name) => JSON.stringify(name)).join(" or ");
    fail("CHECKPOINT_ORIGIN", `the origin of the checkpoint is ${JSON.stringify(origin)}; expected ${expected}`);
  }
  const size = Number(checkpoint.size);
  if (!Number.isSafeInteger(size)) fail("CHECKPOINT_INVALID", `the tree size ${checkpoint.size} is not supported`);
  const { publicKey, keyId } = log;
  const signsTreeHeads = isCertificateLog(log.protocol);
  if (!signsTreeHeads)
    await verifyCheckpoint(checkpoint, { names: log.names.map((name) => splitOrigin(name).host), keyId, publicKey });
  const time = signsTreeHeads ? await verifyTreeHead(checkpoint, { logId: keyId, publicKey }) : await cosignedAt?.(checkpoint);
  return { origin, size, root, note: utf8(note), time, frozen: log.protocol === "rekor-v2" && isFrozen(checkpoint) };
}
function splitOrigin(origin) {
  const [, host, treeId] = /^(.*) - (\d+)$/.exec(origin) ?? [];
  return { host: host ?? origin, treeId };
}
function isFrozen({ note }) {
  return note.text.split("\n").slice(3).some((line) => line.startsWith("Log frozen \u2014 "));
}
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
    field.field("range").list(64).map((hash6) => hash6.data())
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
function logName({ origin, keyId }) {
  return `${encodeHex(keyId)} ${origin}`;
}
function logFolder(folder, log) {
  return join(folder, hash("sha256", logName(log)));
}
function indexFolder(state) {
  return join(state, "index");
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
    const listPath = join2(path, listName);
    try {
      for (const folder of [path, join2(path, logsName)]) await removeUnfinished(system.files, folder);
      const bytes = await readRegularFile(system.files, listPath, maxLength);
      return new _StateFolder(path, system, { isNew: false, problem: void 0 }, readList(bytes));
    } catch (error) {
      if (systemCode(error) === "ENOTDIR")
        fail("USAGE", `the state ${path} is not a folder`, { remedy: "Specify a folder with `state`.", cause: error });
      if (systemCode(error) === "ENOENT") {
        const isNew = !await pathExists(join2(path, logsName), system.files);
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
    const others = [...this.#logs.values()].filter((other2) => isOneLog(other2, log));
    return others.length === 0 || others.some(({ latest }) => latest !== void 0);
  }
  /** Returns the path of the file of a log. */
  pathOf(log) {
    return join2(this.path, logsName, `${logId(log)}.json`);
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
      await writeAtomically(files, random, join2(this.path, listName), listJson(this.#logs));
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
var import_node_util = __toESM(require_node_util(), 1);
var overhead = 1024;
function acceptGzip(maxLength2) {
  return { headers: { "accept-encoding": "gzip, identity" }, maxBodyLength: maxLength2 + overhead };
}
async function uncompressed({ service: service3, url, maxBodyLength }, { headers, body }) {
  const { "content-encoding": encoding = "identity" } = headers;
  if (encoding === "identity") return body;
  const where = `${service3} (${url.origin})`;
  if (encoding !== "gzip") fail("SERVICE_RESPONSE_INVALID", `${where} sent content in an encoding other than gzip`);
  const { gunzip } = await import("node:zlib");
  try {
    return await (0, import_node_util.promisify)(gunzip)(body, { maxOutputLength: maxBodyLength });
  } catch (cause) {
    if (systemCode(cause) === "ERR_BUFFER_TOO_LARGE")
      fail("SERVICE_RESPONSE_INVALID", `${where} sent more than ${maxBodyLength} bytes`, { cause });
    return fail("SERVICE_RESPONSE_INVALID", `${where} sent invalid gzip`, { cause });
  }
}
var service = "the certificate transparency log";
var maxProofHashes = 64;
var maxEntriesLength = 64 * 1024 * 1024;
var maxEntries = 1e4;
var maxOtherLength = 1024 * 1024;
var timeoutMilliseconds = 6e4;
function certificateLogClient(http, baseUrl) {
  const ask = async (name, query, maxLength2) => {
    const { headers, ...accepted } = acceptGzip(maxLength2);
    const url = new URL(`${baseUrl}/ct/v1/${name}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const request = {
      ...accepted,
      method: "GET",
      url,
      headers: { ...headers, accept: "application/json" },
      service,
      quotes: "message",
      timeoutMilliseconds
    };
    return { request, response: await http(request) };
  };
  const parse = async ({ request, response }, maxLength2 = maxOtherLength) => {
    const json = await uncompressed(request, expectStatus(request, response, 200));
    const what = `the response of ${service} (${request.url.origin})`;
    return ProtoField.parse(json, "SERVICE_RESPONSE_INVALID", what, { maxLength: maxLength2 });
  };
  return {
    treeHead: async () => {
      const head = await parse(await ask("get-sth", {}, maxOtherLength));
      return {
        size: integer(head.field("tree_size")),
        milliseconds: integer(head.field("timestamp")),
        root: hash2(head.field("sha256_root_hash")),
        signature: head.field("tree_head_signature").data()
      };
    },
    consistencyProof: async (first, second) => {
      const proof = await parse(await ask("get-sth-consistency", { first, second }, maxOtherLength));
      return proof.field("consistency").list(maxProofHashes).map(hash2);
    },
    inclusionProof: async (leafHash2, treeSize) => {
      const query = { hash: encodeBase64(leafHash2), tree_size: treeSize };
      const answered = await ask("get-proof-by-hash", query, maxOtherLength);
      if (answered.response.status === 404) return void 0;
      const proof = await parse(answered);
      const hashes = proof.field("audit_path").list(maxProofHashes).map(hash2);
      return { index: integer(proof.field("leaf_index")), hashes };
    },
    entries: async (start2, end) => {
      const answer = await parse(await ask("get-entries", { start: start2, end }, maxEntriesLength), maxEntriesLength);
      return answer.field("entries").list(maxEntries).map((entry) => entry.field("leaf_input").data());
    }
  };
}
function integer(field) {
  const value = Number(field.uint64());
  return Number.isSafeInteger(value) ? value : field.fail("is not a safe integer");
}
function hash2(field) {
  const bytes = field.data();
  return bytes.length === 32 ? bytes : field.fail(`has ${bytes.length} bytes, not 32`);
}
function atMost(perSecond, http, clock, sleep2) {
  let next = 0;
  const now = () => clock().getTime();
  return async (request) => {
    for (let wait = next - now(); wait > 0; wait = next - now()) await sleep2(wait);
    next = now() + 1e3 / perSecond;
    return http({
      ...request,
      onOutage: (askedToWait) => {
        next = Math.max(next, now() + askedToWait);
        request.onOutage?.(askedToWait);
      }
    });
  };
}
var maxRetrieved = 10;
var service2 = "the transparency log";
var maxShards = 100;
var maxProofHashes2 = 64;
var maxEntriesLength2 = 64 * 1024 * 1024;
var maxStateLength = 1024 * 1024;
var timeoutMilliseconds2 = 6e4;
function logClientV1(http, baseUrl) {
  const ask = async (path, maxLength2, body) => {
    const { headers, ...accepted } = acceptGzip(maxLength2);
    const request = {
      ...accepted,
      method: body === void 0 ? "GET" : "POST",
      url: new URL(`${baseUrl}/api/v1/log${path}`),
      headers: {
        ...headers,
        accept: "application/json",
        ...body !== void 0 && { "content-type": "application/json" }
      },
      service: service2,
      quotes: "message",
      timeoutMilliseconds: timeoutMilliseconds2,
      ...body !== void 0 && { body }
    };
    return { request, response: await http(request) };
  };
  const read2 = async (path, maxLength2, body) => {
    const { request, response } = await ask(path, maxLength2, body);
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const what = `the response of ${service2} (${new URL(baseUrl).origin})`;
  const invalid = (problem) => fail("SERVICE_RESPONSE_INVALID", `${what} ${problem}`);
  const parse = (json) => reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(json, { maxLength: maxEntriesLength2 }));
  const entryIn = (answer) => {
    const entries = Object.values(asObject(answer) ?? {});
    const entry = entries.length === 1 ? asObject(entries[0]) : void 0;
    return entry ?? invalid("does not contain one entry under its UUID");
  };
  const bodyOf = ({ body }) => reading(
    "SERVICE_RESPONSE_INVALID",
    `${what}: the body of an entry`,
    () => decodeBase64(asText(body) ?? invalid("contains an entry without body"))
  );
  const integer2 = (value, name) => Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : invalid(`has an invalid ${name}`);
  const hashesIn = (value) => {
    const hashes = asList(value) ?? invalid("has no list of hashes");
    if (hashes.length > maxProofHashes2) invalid(`has a proof of ${hashes.length} hashes`);
    return hashes.map((hash6) => hashIn(asText(hash6) ?? "", what));
  };
  return {
    shards: async () => {
      const state = ProtoField.parse(await read2("", maxStateLength), "SERVICE_RESPONSE_INVALID", what);
      let offset = 0;
      return [...state.field("inactiveShards").list(maxShards), state].map((field) => {
        const shard = { ...readShard(field), offset, isActive: field === state };
        offset += shard.size;
        return shard;
      });
    },
    consistencyProof: async (treeId, first, last) => {
      const path = `/proof?firstSize=${first}&lastSize=${last}&treeID=${treeId}`;
      return hashesIn(asObject(parse(await read2(path, maxStateLength)))?.hashes);
    },
    bodies: async (indices) => {
      const query = JSON.stringify({ logIndexes: indices });
      const answers2 = asList(parse(await read2("/entries/retrieve", maxEntriesLength2, query))) ?? invalid("is not a list");
      return new Map(answers2.map(entryIn).map((entry) => [integer2(entry.logIndex, "logIndex"), bodyOf(entry)]));
    },
    entry: async (index) => {
      const { request, response } = await ask(`/entries?logIndex=${index}`, maxEntriesLength2);
      if (response.status === 404) return void 0;
      const entry = entryIn(parse(await uncompressed(request, expectStatus(request, response, 200))));
      const proof = asObject(asObject(entry.verification)?.inclusionProof) ?? invalid("has no inclusion proof");
      return {
        body: bodyOf(entry),
        treeSize: integer2(proof.treeSize, "treeSize"),
        hashes: hashesIn(proof.hashes)
      };
    }
  };
}
function readShard(field) {
  const treeId = field.field("treeID").text();
  if (!/^[1-9]\d{0,18}$/.test(treeId)) field.field("treeID").fail("is not the id of a tree");
  const size = Number(field.field("treeSize").uint64());
  if (!Number.isSafeInteger(size)) field.field("treeSize").fail("is not a supported size");
  const root = hashIn(field.field("rootHash").text(), field.path);
  return { treeId, size, root, checkpoint: field.field("signedTreeHead").text() };
}
function hashIn(hex, what) {
  const hash6 = reading("SERVICE_RESPONSE_INVALID", what, () => decodeHex(hex));
  return hash6.length === 32 ? hash6 : fail("SERVICE_RESPONSE_INVALID", `${what} has a hash of ${hash6.length} bytes, not 32`);
}
var tileWidth = 256;
var tileHeight = 8;
var hashLength = 32;
function tilePath(level, index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => at === groups.length - 1 ? group : `x${group}`).join("/");
  return `tile/${level}/${name}${width === tileWidth ? "" : `.p/${width}`}`;
}
function hashesAt(level, size) {
  return Math.floor(size / tileWidth ** level);
}
function edgeTiles(size) {
  const tiles = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % tileWidth;
    if (width > 0) tiles.unshift({ level, index: Math.floor(hashesAt(level, size) / tileWidth), width });
  }
  return tiles;
}
function rangeOfEdge(size, tiles) {
  const hashes = edgeTiles(size).flatMap(({ width }, at) => {
    const tile = tiles[at] ?? new Uint8Array();
    return subtreesOf({ from: 0, to: width }).map(
      ({ level, position }) => subtreeRoot(tile, position * 2 ** level, 2 ** level)
    );
  });
  return CompactRange.of(size, hashes);
}
function hashIn2(tile, at) {
  return tile.subarray(at * hashLength, (at + 1) * hashLength);
}
function subtreeRoot(tile, first = 0, count = tile.length / hashLength) {
  return rootOf(Array.from({ length: count }, (_, at) => hashIn2(tile, first + at)));
}
function rootOf(hashes) {
  let level = hashes;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      above.push(nodeHash(level[at], level[at + 1]));
    level = above;
  }
  return level[0] ?? fail("TILES_INCONSISTENT", "a tile has no hashes");
}
function splitBundle(bundle, count) {
  const entries = [];
  let at = 0;
  while (entries.length < count) {
    const start2 = at + 2;
    const end = start2 + 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0);
    if (end > bundle.length)
      fail("SERVICE_RESPONSE_INVALID", `the entry bundle ends within entry ${entries.length} of ${count}`);
    entries.push(bundle.subarray(start2, end));
    at = end;
  }
  if (at !== bundle.length)
    fail("SERVICE_RESPONSE_INVALID", `the entry bundle has ${bundle.length - at} bytes after entry ${count}`);
  return entries;
}
var maxCheckpointLength = 1024 * 1024;
var maxBundleLengths = { entries: tileWidth * (2 + 65535), data: 64 * 1024 * 1024 };
var timeoutMilliseconds3 = 6e4;
function tileClient(http, { prefix, bundles, service: service3 }) {
  const read2 = async (path, maxLength2, headers = {}) => {
    const accepted = acceptGzip(maxLength2);
    const request = {
      ...accepted,
      method: "GET",
      url: new URL(`${prefix}/${path}`),
      headers: { ...accepted.headers, ...headers },
      service: service3,
      quotes: "message",
      timeoutMilliseconds: timeoutMilliseconds3
    };
    const response = await http(request);
    if (response.status === 404 && path !== "checkpoint") return void 0;
    return uncompressed(request, expectStatus(request, response, 200));
  };
  const wrong = (path, problem) => fail("SERVICE_RESPONSE_INVALID", `${service3} (${new URL(prefix).origin}) sent a ${path} ${problem}`);
  return {
    checkpoint: async () => {
      const bytes = await read2("checkpoint", maxCheckpointLength, fresh);
      return decodeUtf8(bytes ?? new Uint8Array()) ?? wrong("checkpoint", "that is not UTF-8");
    },
    tile: async ({ level, index, width }, { refresh = false } = {}) => {
      const path = tilePath(level, index, width);
      const hashes = await read2(path, width * 32, refresh ? fresh : {});
      if (hashes !== void 0 && hashes.length !== width * 32)
        wrong(path, `of ${hashes.length} bytes, not ${width * 32}`);
      return hashes;
    },
    bundle: (index, width, { refresh = false } = {}) => read2(tilePath(bundles, index, width), maxBundleLengths[bundles], refresh ? fresh : {})
  };
}
var fresh = { "cache-control": "no-cache" };
var AlteredEntry = class {
  /** The first entry that differs; `undefined` if the bundle cannot be split into entries. */
  entry;
  /** `undefined` for a log that serves entries one by one. */
  bundle;
  constructor(served) {
    this.entry = served.entry;
    this.bundle = served.bundle;
  }
};
function certificateLogSource(client, name, logId2) {
  const entries = async (from, to) => {
    try {
      return await client.entries(from, to - 1);
    } catch (error) {
      const isSingle = to - from === 1;
      if (isSingle || !(error instanceof CountersignError) || error.code !== "SERVICE_RESPONSE_INVALID") throw error;
      return entries(from, from + Math.floor((to - from) / 2));
    }
  };
  return {
    // Logs of trillian end an answer at a multiple of 1,000.
    requestLength: 1e3,
    requestsAtOnce: 4,
    batchLength: 1e3,
    head: async () => treeHeadNote(name, logId2, await client.treeHead()),
    consistencyProof: (first, second) => client.consistencyProof(first, second),
    entry: async (index, treeSize) => {
      const [bytes] = await entries(index, index + 1);
      if (bytes === void 0) return void 0;
      const proof = await client.inclusionProof(leafHash(bytes), treeSize);
      if (proof?.index !== index)
        fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, {
          cause: new AlteredEntry({ entry: { index, bytes, expected: void 0 } })
        });
      return { bytes, treeSize, hashes: proof.hashes };
    },
    find: (hash6, treeSize) => client.inclusionProof(hash6, treeSize),
    entries
  };
}
function demandEntry(index, head) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= head.size)
    throw new RangeError(`a tree of size ${head.size} has no entry ${index}`);
}
function demandCovered(size, head) {
  if (!Number.isSafeInteger(size) || size < 0 || size > head.size)
    throw new RangeError(`a tree of size ${head.size} has no part of size ${size}`);
}
var ProofReader = class {
  log;
  #source;
  #cosignedAt;
  find;
  constructor(log, source, cosignedAt) {
    this.log = log;
    this.find = source.find && ((leaf, head) => this.#find(leaf, head));
    this.#source = source;
    this.#cosignedAt = cosignedAt;
  }
  async head() {
    return verifyHead(this.log, await this.#source.head(), this.#cosignedAt);
  }
  async rangeOf({ size, root }) {
    const range = size === 0 ? CompactRange.empty : await this.#rangeTo(size);
    if (!equalBytes(rootOfRange(range), root))
      fail("TILES_INCONSISTENT", `the proofs of the log do not lead to the root of its tree of size ${size}`);
    return range;
  }
  async compare(earlier, head) {
    demandCovered(earlier.size, head);
    try {
      const proof = await this.#consistencyProof(earlier.size, head);
      if (isConsistent(earlier, head, proof)) return { kind: "consistent" };
      return { kind: "forked", rootInstead: await this.#earlierRoot(earlier.size, head, proof), proof };
    } catch (error) {
      if (!(error instanceof CountersignError) || !unproven.has(error.code)) throw error;
      return { kind: "unproven", reason: error.message };
    }
  }
  async consistencyProof(size, head) {
    demandCovered(size, head);
    const proof = await this.#consistencyProof(size, head);
    return { root: await this.#earlierRoot(size, head, proof), proof };
  }
  async *entries(from, head) {
    demandCovered(from.size, head);
    const { requestLength, requestsAtOnce, batchLength } = this.#source;
    let range = from;
    let waiting = [];
    for await (const entries of inOrder(
      requests(from.size, head.size, requestLength),
      requestsAtOnce,
      (request) => this.#read(request)
    )) {
      waiting = [...waiting, ...entries];
      if (waiting.length < batchLength && range.size + waiting.length < head.size) continue;
      const batch = await this.#proven(range, waiting, head);
      range = batch.range;
      waiting = [];
      yield batch;
    }
  }
  async entry(index, head) {
    demandEntry(index, head);
    const { bytes, hashes } = await this.#path(index, head.size);
    const ranges = inclusionRanges(index, head.size);
    const edge = ranges.every((range) => hashes.has(keyOf(range))) ? void 0 : await this.rangeOf(head);
    const proof = ranges.map((range) => hashes.get(keyOf(range)) ?? hashOfEnd(range.from, edge));
    try {
      verifyInclusion(leafHash(bytes), { index: BigInt(index), size: BigInt(head.size), hashes: proof }, head.root);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      fail("ENTRY_ALTERED", `the log does not prove that the entry ${index} that it served is in its tree`, {
        cause: new AlteredEntry({ entry: { index, bytes, expected: void 0 } })
      });
    }
    return { bytes, proof };
  }
  async #find(leaf, { size, root }) {
    const found = await this.#source.find?.(leaf, size);
    if (found === void 0) return void 0;
    const { index, hashes } = found;
    try {
      verifyInclusion(leaf, { index: BigInt(index), size: BigInt(size), hashes }, root);
    } catch (cause) {
      fail("TILES_INCONSISTENT", `the log does not prove that its tree contains the leaf at index ${index}`, { cause });
    }
    return index;
  }
  /** Returns the entries as a batch, if the log proves that its tree contains them. */
  async #proven(range, entries, head) {
    const after = range.with(entries.map(leafHash));
    const comparison = await this.compare(stateOf(after), head);
    if (comparison.kind === "consistent") return { first: range.size, entries, range: after };
    await this.#demandConsistent(range, head);
    if (comparison.kind === "unproven") fail("CONSISTENCY_UNPROVEN", comparison.reason);
    return this.#failAltered(range, entries, head);
  }
  async #demandConsistent(range, head) {
    const comparison = await this.compare(stateOf(range), head);
    if (comparison.kind !== "consistent")
      fail("CONSISTENCY_UNPROVEN", `the log does not begin with the ${range.size} entries that were read before`);
  }
  /** Finds the first entry that is not in the tree, of which one of these is not. */
  async #failAltered(range, entries, head) {
    let [right, wrong] = [0, entries.length];
    while (wrong - right > 1) {
      const middle = Math.floor((right + wrong) / 2);
      const state = stateOf(range.with(entries.slice(0, middle).map(leafHash)));
      if (isConsistent(state, head, await this.#consistencyProof(state.size, head))) right = middle;
      else wrong = middle;
    }
    const index = range.size + right;
    return fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, {
      cause: new AlteredEntry({ entry: { index, bytes: entries[right] ?? new Uint8Array(), expected: void 0 } })
    });
  }
  async #read({ from, to }) {
    const entries = [];
    while (entries.length < to - from) {
      const next = from + entries.length;
      const more = await this.#again(
        () => this.#source.entries(next, to),
        next,
        ({ length }) => length > 0
      );
      entries.push(...more.slice(0, to - next));
    }
    return entries;
  }
  /** Reads an entry, and once more after the head, by which a front end of the log that is behind has caught up. */
  async #again(read2, index, isFound = () => true) {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      const result = await read2();
      if (result !== void 0 && result !== null && isFound(result)) return result;
    }
    return fail(
      "ENTRIES_WITHHELD",
      `the log ${this.log.baseUrl} does not serve entry ${index}, which its tree contains`
    );
  }
  #consistencyProof(size, head) {
    return size === 0 || size === head.size ? Promise.resolve([]) : this.#source.consistencyProof(size, head.size);
  }
  /** Returns the root at an earlier size, which is verified against the head. */
  async #earlierRoot(size, head, proof) {
    const root = earlierRoot(size, head, proof);
    if (root !== void 0) return root;
    const candidate = rootOfRange((await this.#path(size, head.size)).before);
    verifyConsistency({ size, root: candidate }, head, proof);
    return candidate;
  }
  /** Returns the range of the first entries, as the proof of the last of them has it. */
  async #rangeTo(size) {
    const { bytes, before } = await this.#path(size - 1, size);
    return before.with([leafHash(bytes)]);
  }
  async #path(index, size) {
    const { bytes, treeSize, hashes } = await this.#again(() => this.#source.entry(index, size), index);
    if (treeSize < size)
      fail(
        "CONSISTENCY_UNPROVEN",
        `the log served a proof for a tree of size ${treeSize}, smaller than its tree of size ${size}`
      );
    const ranges = inclusionRanges(index, treeSize);
    if (hashes.length !== ranges.length) {
      fail(
        "CONSISTENCY_UNPROVEN",
        `the inclusion proof of entry ${index} in a tree of size ${treeSize} has ${hashes.length} hashes, not ${ranges.length}`
      );
    }
    const byRange = new Map(ranges.map((range, at) => [keyOf(range), hashes[at] ?? emptyRoot]));
    const left = ranges.filter(({ to }) => to <= index).reverse();
    const before = CompactRange.of(
      index,
      left.map((range) => byRange.get(keyOf(range)) ?? emptyRoot)
    );
    return { bytes, hashes: byRange, before };
  }
};
var unproven = /* @__PURE__ */ new Set(["CONSISTENCY_UNPROVEN", "ENTRY_ALTERED"]);
function isConsistent(earlier, head, proof) {
  try {
    verifyConsistency(earlier, head, proof);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}
function stateOf(range) {
  return { size: range.size, root: rootOfRange(range) };
}
function hashOfEnd(from, edge = CompactRange.empty) {
  const subtrees = subtreesOf({ from: 0, to: edge.size });
  const hashes = edge.hashes.filter((_, at) => {
    const { level, position } = subtrees[at] ?? { level: 0, position: 0 };
    return position * 2 ** level >= from;
  });
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right));
}
function keyOf({ from, to }) {
  return `${from}-${to}`;
}
function* requests(from, to, length) {
  for (let at = from; at < to; ) {
    const end = Math.min(to, at - at % length + length);
    yield { from: at, to: end };
    at = end;
  }
}
function rekorV1Source(client, treeId) {
  const shard = async () => (await client.shards()).find((one) => one.treeId === treeId) ?? fail("CHECKPOINT_ORIGIN", `the log does not have the shard ${treeId} any more`);
  let known;
  const offset = async () => {
    known ??= shard();
    known.catch(() => {
      known = void 0;
    });
    return (await known).offset;
  };
  return {
    requestLength: maxRetrieved,
    requestsAtOnce: 4,
    batchLength: 500,
    head: async () => (await shard()).checkpoint,
    consistencyProof: (first, second) => client.consistencyProof(treeId, first, second),
    entry: async (index) => {
      const entry = await client.entry(await offset() + index);
      return entry && { bytes: entry.body, treeSize: entry.treeSize, hashes: entry.hashes };
    },
    entries: async (from, to) => {
      const first = await offset() + from;
      const bodies = await client.bodies(Array.from({ length: to - from }, (_, at) => first + at));
      const entries = [];
      for (let body = bodies.get(first); body !== void 0; body = bodies.get(first + entries.length))
        entries.push(body);
      return entries;
    }
  };
}
var leafHeader = new Uint8Array([0, 0]);
var certificate = 0;
var precertificate = 1;
var leafIndex = 0;
function splitDataTile(tile, first, count) {
  const reader = new VectorReader(tile);
  const leaves = Array.from({ length: count }, (_, at) => readLeaf(reader, first + at));
  if (reader.offset !== tile.length)
    fail("SERVICE_RESPONSE_INVALID", `the data tile has ${tile.length - reader.offset} bytes after entry ${count}`);
  return leaves;
}
function readLeaf(reader, index) {
  const start2 = reader.offset;
  reader.skip(8);
  const type = reader.number(2);
  if (type !== certificate && type !== precertificate)
    fail("SERVICE_RESPONSE_INVALID", `entry ${index} of the data tile has the unknown type ${type}`);
  if (type === precertificate) reader.skip(32);
  reader.skip(reader.number(3));
  const extensions = reader.take(reader.number(2));
  const entry = reader.since(start2);
  if (type === precertificate) reader.skip(reader.number(3));
  const fingerprints = reader.number(2);
  if (fingerprints % 32 !== 0)
    fail("SERVICE_RESPONSE_INVALID", `entry ${index} of the data tile has a malformed list of issuers`);
  reader.skip(fingerprints);
  const said = indexIn(extensions);
  if (said !== index)
    fail("ENTRY_ALTERED", `entry ${index} of the log has ${said === void 0 ? "no index" : `the index ${said}`}`);
  return concatBytes(leafHeader, entry);
}
function indexIn(extensions) {
  const reader = new VectorReader(extensions);
  let index;
  while (reader.offset < extensions.length) {
    const type = reader.number(1);
    const data = reader.take(reader.number(2));
    if (type !== leafIndex) continue;
    if (data.length !== 5 || index !== void 0) return void 0;
    index = new VectorReader(data).number(5);
  }
  return index;
}
var VectorReader = class {
  #bytes;
  offset = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  number(width) {
    return this.take(width).reduce((value, byte) => 256 * value + byte, 0);
  }
  take(length) {
    const start2 = this.offset;
    this.skip(length);
    return this.since(start2);
  }
  skip(length) {
    if (this.offset + length > this.#bytes.length)
      fail("SERVICE_RESPONSE_INVALID", "the data tile ends within an entry");
    this.offset += length;
  }
  since(start2) {
    return this.#bytes.subarray(start2, this.offset);
  }
};
var spoiled = /* @__PURE__ */ new Set(["TILES_INCONSISTENT", "ENTRY_ALTERED", "SERVICE_RESPONSE_INVALID"]);
async function withRefresh(read2) {
  try {
    return await read2(false);
  } catch (error) {
    if (!(error instanceof CountersignError) || !spoiled.has(error.code)) throw error;
    return read2(true);
  }
}
var maxKept = 64;
var TileCache = class {
  #tiles = /* @__PURE__ */ new Map();
  /** Returns the tile with this root, and reads it if it is not kept. What cannot be read is not kept. */
  get(root, read2) {
    const key = encodeHex(root);
    const kept = this.#tiles.get(key);
    this.#tiles.delete(key);
    const tile = kept ?? read2();
    this.#tiles.set(key, tile);
    if (kept === void 0)
      tile.catch(() => {
        if (this.#tiles.get(key) === tile) this.#tiles.delete(key);
      });
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > maxKept && oldest !== void 0) this.#tiles.delete(oldest);
    return tile;
  }
};
var ProvenTree = class _ProvenTree {
  #size;
  /** The partial tiles, by their levels. */
  #edge;
  #fetch;
  #cache;
  /** All entries of the tree. */
  range;
  constructor(range, edge, fetch, cache) {
    this.#size = range.size;
    this.range = range;
    this.#edge = edge;
    this.#fetch = fetch;
    this.#cache = cache;
  }
  /**
   * Reads the right edge of a tree: at most one tile for each level of tiles.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if it does not lead to the root
   */
  static async open(head, fetch, cache) {
    const { size, root } = head;
    const tiles = edgeTiles(size);
    return withRefresh(async (refresh) => {
      const edge = await Promise.all(tiles.map((tile) => fetch(tile, refresh)));
      const range = rangeOfEdge(size, edge);
      if (!equalBytes(rootOfRange(range), root))
        fail("TILES_INCONSISTENT", `the tiles of the log do not lead to the root of its checkpoint of size ${size}`);
      return new _ProvenTree(range, new Map(tiles.map(({ level }, at) => [level, edge[at] ?? root])), fetch, cache);
    });
  }
  /**
   * Returns the hash at a position of a level of tiles: the root of 256^level entries.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if the tile that contains it does not match the tree
   */
  async hash(level, position) {
    return hashIn2(await this.#tile(level, Math.floor(position / tileWidth)), position % tileWidth);
  }
  /** Returns the hash of a range of entries whose subtree is a part of the tree. */
  async rangeHash(range) {
    const hashes = await Promise.all(subtreesOf(range).map(({ level, position }) => this.#node(level, position)));
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }
  /** Returns the range of the first entries. */
  async rangeAt(size) {
    const subtrees = subtreesOf({ from: 0, to: size });
    return CompactRange.of(size, await Promise.all(subtrees.map(({ level, position }) => this.#node(level, position))));
  }
  async #node(level, position) {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const first = position * count;
    const tile = await this.#tile(tileLevel, Math.floor(first / tileWidth));
    return subtreeRoot(tile, first % tileWidth, count);
  }
  async #tile(level, index) {
    const edge = this.#edge.get(level);
    if (edge !== void 0 && index === Math.floor(hashesAt(level, this.#size) / tileWidth)) return edge;
    const root = await this.hash(level + 1, index);
    return this.#cache.get(
      root,
      () => withRefresh(async (refresh) => {
        const tile = await this.#fetch({ level, index, width: tileWidth }, refresh);
        if (!equalBytes(subtreeRoot(tile), root))
          fail("TILES_INCONSISTENT", `tile ${index} of level ${level} is not the tile in the tree of the log`);
        return tile;
      })
    );
  }
};
var bundlesAtOnce = 8;
var maxTrees = 4;
var TileReader = class {
  log;
  #client;
  #cosignedAt;
  #cache = new TileCache();
  /** The trees of the latest heads, by size and root. */
  #trees = /* @__PURE__ */ new Map();
  constructor(log, client, cosignedAt) {
    this.log = log;
    this.#client = client;
    this.#cosignedAt = cosignedAt;
  }
  async head() {
    return verifyHead(this.log, await this.#client.checkpoint(), this.#cosignedAt);
  }
  async rangeOf(head) {
    return (await this.#tree(head)).range;
  }
  async compare(earlier, head) {
    const { root, proof } = await this.consistencyProof(earlier.size, head);
    return equalBytes(root, earlier.root) ? { kind: "consistent" } : { kind: "forked", rootInstead: root, proof };
  }
  async consistencyProof(size, head) {
    demandCovered(size, head);
    const tree = await this.#tree(head);
    const [range, proof] = await Promise.all([
      tree.rangeAt(size),
      Promise.all(consistencyRanges(size, head.size).map((one) => tree.rangeHash(one)))
    ]);
    return { root: rootOfRange(range), proof };
  }
  async *entries(from, head) {
    demandCovered(from.size, head);
    const tree = await this.#tree(head);
    const begin2 = await tree.rangeAt(from.size);
    if (!equalBytes(rootOfRange(begin2), rootOfRange(from)))
      fail("CONSISTENCY_UNPROVEN", `the log does not begin with the ${from.size} entries that were read before`);
    let range = from;
    for await (const bundle of inOrder(
      bundleIndices(from.size, head.size),
      bundlesAtOnce,
      (index) => this.#bundle(index, head.size, tree)
    )) {
      const first = range.size;
      const skipped = first % tileWidth;
      const isWhole = skipped === 0 && bundle.root !== void 0;
      range = isWhole ? range.withSubtree(tileHeight, bundle.root) : range.with(bundle.leafHashes.slice(skipped));
      yield { first, entries: bundle.entries.slice(skipped), range };
    }
  }
  async entry(index, head) {
    demandEntry(index, head);
    const tree = await this.#tree(head);
    const [{ entries }, proof] = await Promise.all([
      this.#bundle(Math.floor(index / tileWidth), head.size, tree),
      Promise.all(inclusionRanges(index, head.size).map((range) => tree.rangeHash(range)))
    ]);
    return { bytes: entries[index % tileWidth], proof };
  }
  #tree(head) {
    const key = `${head.size} ${encodeHex(head.root)}`;
    const kept = this.#trees.get(key);
    if (kept !== void 0) return kept;
    const tree = ProvenTree.open(head, (tile, refresh) => this.#tile(tile, refresh), this.#cache);
    this.#trees.set(key, tree);
    tree.catch(() => this.#trees.delete(key));
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > maxTrees && oldest !== void 0) this.#trees.delete(oldest);
    return tree;
  }
  async #tile(tile, refresh) {
    const { bytes } = await this.#fetch(
      tilePath(tile.level, tile.index, tile.width),
      tile.width,
      refresh,
      (width, how) => this.#client.tile({ ...tile, width }, how)
    );
    return bytes.subarray(0, tile.width * 32);
  }
  async #bundle(index, size, tree) {
    const first = index * tileWidth;
    const width = Math.min(tileWidth, size - first);
    const expected = width === tileWidth ? await tree.hash(1, index) : void 0;
    return withRefresh(async (refresh) => {
      const sent = await this.#fetch(
        `entry bundle ${index}`,
        width,
        refresh,
        (count, how) => this.#client.bundle(index, count, how)
      );
      const served = async () => {
        const hashes = await Promise.all(Array.from({ length: width }, (_, at) => tree.hash(0, first + at)));
        return { first, bytes: sent.bytes, hashes };
      };
      const entries = (await this.#split(sent, first, served)).slice(0, width);
      const leafHashes = entries.map(leafHash);
      const root = expected === void 0 ? void 0 : rootOf(leafHashes);
      if (root === void 0 || expected === void 0 || !equalBytes(root, expected))
        demandLeaves(entries, leafHashes, await served());
      return { entries, leafHashes, root };
    });
  }
  /** Splits a bundle. An entry of the Static CT API states its index, so that one in another place is noticed here. */
  async #split({ bytes, width }, first, served) {
    if (this.log.protocol !== "static-ct") return splitBundle(bytes, width);
    try {
      return splitDataTile(bytes, first, width);
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== "ENTRY_ALTERED") throw error;
      return fail("ENTRY_ALTERED", error.message, { cause: new AlteredEntry({ bundle: await served() }) });
    }
  }
  /**
   * Fetches a file of `width` hashes or entries. Logs remove partial files once the full one exists, which begins with the same.
   *
   * @throws CountersignError `ENTRIES_WITHHELD` if the log has neither, also after its current checkpoint was read
   */
  async #fetch(what, width, refresh, get) {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      for (const each of /* @__PURE__ */ new Set([width, tileWidth])) {
        const bytes = await get(each, { refresh: refresh || isSecond });
        if (bytes !== void 0) return { bytes, width: each };
      }
    }
    return fail("ENTRIES_WITHHELD", `the log ${this.log.baseUrl} does not serve ${what}, which its checkpoint covers`);
  }
};
function demandLeaves(entries, leafHashes, bundle) {
  for (const [at, leaf] of leafHashes.entries()) {
    const expected = bundle.hashes[at];
    if (expected !== void 0 && equalBytes(leaf, expected)) continue;
    const index = bundle.first + at;
    const cause = new AlteredEntry({ entry: { index, bytes: entries[at] ?? new Uint8Array(), expected }, bundle });
    fail("ENTRY_ALTERED", `the log served an entry ${index} other than the one in its tree`, { cause });
  }
}
function* bundleIndices(from, to) {
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) yield index;
}
var publicRate = 5;
function openReader(log, options) {
  const { http, cosignedAt } = options;
  const { baseUrl, names, keyId } = log;
  switch (log.protocol) {
    case "rekor-v2":
      return new TileReader(log, tilesOfRekor(http, baseUrl), cosignedAt);
    case "static-ct":
      return new TileReader(log, tilesOfCertificateLog(http, baseUrl));
    case "rfc6962":
      return new ProofReader(log, certificateLogSource(certificateLogClient(http, baseUrl), names[0] ?? "", keyId));
    case "rekor-v1": {
      const { treeId } = splitOrigin(names[0] ?? "");
      if (treeId === void 0) fail("USAGE", `the log ${baseUrl} of Rekor v1 has no id of a shard in its name`);
      return new ProofReader(
        log,
        rekorV1Source(logClientV1(withinRate(baseUrl, options), baseUrl), treeId),
        cosignedAt
      );
    }
  }
}
function tilesOfRekor(http, baseUrl) {
  return tileClient(http, { prefix: `${baseUrl}/api/v2`, bundles: "entries", service: "the transparency log" });
}
function tilesOfCertificateLog(http, baseUrl) {
  return tileClient(http, { prefix: baseUrl, bundles: "data", service: "the certificate transparency log" });
}
var limitedClients = /* @__PURE__ */ new WeakMap();
function withinRate(baseUrl, options) {
  const { http, requestsPerSecond, clock = () => /* @__PURE__ */ new Date(), sleep: sleep2 = sleep } = options;
  const url = new URL(baseUrl);
  const isLocal = url.protocol === "http:" && isSafeUrl(url);
  const rate = requestsPerSecond ?? (isLocal ? void 0 : publicRate);
  if (rate === void 0) return http;
  const clients = limitedClients.get(http) ?? /* @__PURE__ */ new Map();
  limitedClients.set(http, clients);
  const client = clients.get(url.origin) ?? atMost(rate, http, clock, sleep2);
  clients.set(url.origin, client);
  return client;
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
function chosenLogs(urls, roots) {
  const known = roots.flatMap(({ trust }) => [...trust.transparencyLogs, ...trust.certificateTransparencyLogs]).map(({ baseUrl }) => logUrl(baseUrl));
  const chosen = new Set(urls.map(logUrl));
  const unknown2 = [...chosen].find((url) => !known.includes(url));
  if (unknown2 !== void 0)
    fail("USAGE", `the log ${JSON.stringify(unknown2)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(", ")}, or a trusted root that names the log.`
    });
  const isChosen = ({ baseUrl }) => chosen.size === 0 || chosen.has(logUrl(baseUrl));
  return (trust) => ({
    ...trust,
    transparencyLogs: trust.transparencyLogs.filter(isChosen),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter(isChosen)
  });
}
function certificatesOf(claims) {
  switch (claims.type) {
    case "certificate":
      return [claims.certificate];
    case "signature":
      return claims.signers.flatMap((signer) => signer.kind === "certificate" ? signer.certificate : []);
    case "unknown":
      return [];
  }
}
var entryLimits = {
  /** Bytes of a certificate. */
  certificate: 64 * 1024,
  extensions: 64,
  names: 64,
  /** UTF-16 code units of a claim or name. */
  text: 4096,
  /** Signatures of an envelope. */
  signatures: 64,
  /** Bytes of the text of a key: a certificate in PEM takes a third more than in DER. */
  key: 96 * 1024,
  problems: 32
};
var MalformedDer = class {
  reason;
  constructor(reason) {
    this.reason = reason;
  }
};
var DerCursor = class _DerCursor {
  bytes;
  at;
  end;
  /** The bounds of the contents of the latest element. */
  from = 0;
  to = 0;
  constructor(bytes, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }
  get done() {
    return this.at >= this.end;
  }
  /** Returns the tag of the next element; -1 at the end. */
  get tag() {
    return this.at < this.end ? this.bytes[this.at] ?? -1 : -1;
  }
  /** Reads the next element, which must have this tag. */
  read(tag) {
    if (this.tag !== tag) throw new MalformedDer(`no element with the tag 0x${tag.toString(16)}`);
    return this.any();
  }
  /** Reads the next element, with any tag. */
  any() {
    const { bytes, end } = this;
    let at = this.at + 1;
    if (at >= end) throw new MalformedDer("the data ends too early");
    let length = bytes[at++] ?? 0;
    if (length >= 128) {
      const width = length & 127;
      if (width === 0 || width > 4 || at + width > end) throw new MalformedDer("a length is invalid");
      length = bytes.readUIntBE(at, width);
      at += width;
    }
    if (length > end - at) throw new MalformedDer("a length exceeds the data");
    this.from = at;
    this.to = at + length;
    this.at = this.to;
    return this;
  }
  /** Reads the next element if it has this tag. */
  skip(tag) {
    if (this.tag !== tag) return false;
    this.any();
    return true;
  }
  /** Returns a cursor over the contents of the latest element. */
  inside() {
    return new _DerCursor(this.bytes, this.from, this.to);
  }
  /** Returns the contents of the latest element. */
  contents() {
    return this.bytes.subarray(this.from, this.to);
  }
};
var fulcioArc = Buffer.from("2b0601040183bf3001", "hex");
var subjectAlternativeName = Buffer.from("551d11", "hex");
var usernameOid = Buffer.from("2b0601040183bf300107", "hex");
var claimOfArc = new Map([
  ...byArc(fulcioExtensionArcs, true),
  ...byArc(olderFulcioExtensionArcs, false),
  ...byArc({ olderIssuer: 1 }, false)
]);
function byArc(arcs, isDer) {
  return Object.entries(arcs).map(([name, arc]) => [arc, { name, isDer }]);
}
var tagOf = {
  version: contextTag(0, "constructed"),
  issuerId: contextTag(1, "primitive"),
  subjectId: contextTag(2, "primitive"),
  extensions: contextTag(3, "constructed"),
  wrapped: contextTag(0, "constructed")
};
var nameKinds = /* @__PURE__ */ new Map([
  [contextTag(1, "primitive"), "email"],
  [contextTag(2, "primitive"), "dns"],
  [contextTag(6, "primitive"), "uri"]
]);
var addressTag = contextTag(7, "primitive");
function readCertificateClaims(der, part, problems) {
  const reading2 = start(der, hash3("sha256", der));
  return read(reading2, part, problems, () => {
    const certificate2 = new DerCursor(der);
    const body = certificate2.read(tags.sequence).inside();
    readBody(body.read(tags.sequence).inside(), reading2, part, problems);
    body.read(tags.sequence).read(tags.bitString);
    demandEnd(body);
    demandEnd(certificate2);
  });
}
function readTbsClaims(der, part, problems) {
  const reading2 = start(der, void 0);
  return read(reading2, part, problems, () => {
    const body = new DerCursor(der);
    readBody(body.read(tags.sequence).inside(), reading2, part, problems);
    demandEnd(body);
  });
}
function start(der, certificateHash) {
  return { der, certificateHash, keyHash: void 0, names: [], claims: {}, notBefore: void 0, notAfter: void 0 };
}
function read(reading2, part, problems, work) {
  if (reading2.der.length > entryLimits.certificate) {
    problems.add("LIMIT", part, `${reading2.der.length} bytes; the limit is ${entryLimits.certificate}`);
    return reading2;
  }
  attempt2(problems, part, work);
  const { issuer, olderIssuer } = reading2.claims;
  if (issuer === void 0 && olderIssuer !== void 0) reading2.claims.issuer = olderIssuer;
  else if (issuer !== olderIssuer && olderIssuer !== void 0)
    problems.add("AMBIGUOUS", part, "two different OIDC issuers");
  if (reading2.claims.issuer === olderIssuer) delete reading2.claims.olderIssuer;
  return reading2;
}
function attempt2(problems, part, work) {
  try {
    work();
  } catch (error) {
    if (!(error instanceof MalformedDer)) throw error;
    problems.add("MALFORMED", part, error.reason);
  }
}
function demandEnd(cursor) {
  if (!cursor.done) throw new MalformedDer("unexpected data after the end");
}
function readBody(body, reading2, part, problems) {
  body.skip(tagOf.version);
  body.read(tags.integer).read(tags.sequence).read(tags.sequence);
  const validity = body.read(tags.sequence).inside();
  reading2.notBefore = readTime2(validity);
  reading2.notAfter = readTime2(validity);
  if (reading2.notBefore === void 0 || reading2.notAfter === void 0)
    problems.add("MALFORMED", part, "a time is invalid");
  body.read(tags.sequence);
  const keyStart = body.at;
  body.read(tags.sequence);
  reading2.keyHash = hash3("sha256", body.bytes.subarray(keyStart, body.at));
  body.skip(tagOf.issuerId);
  body.skip(tagOf.subjectId);
  if (body.skip(tagOf.extensions)) {
    const wrapped = body.inside();
    readExtensions(wrapped.read(tags.sequence).inside(), reading2, part, problems);
    demandEnd(wrapped);
  }
  demandEnd(body);
}
function readExtensions(list, reading2, part, problems) {
  const { bytes } = list;
  let seen = 0;
  for (let count = 0; !list.done; count++) {
    if (count === entryLimits.extensions) {
      problems.add("LIMIT", part, `more than ${entryLimits.extensions} extensions`);
      return;
    }
    const extension = list.read(tags.sequence).inside();
    const { from: oid, to: oidEnd } = extension.read(tags.objectIdentifier);
    extension.skip(tags.boolean);
    const { from, to } = extension.read(tags.octetString);
    let number;
    if (oidEnd - oid === fulcioArc.length + 1 && startsWith(bytes, oid, fulcioArc)) {
      number = bytes[oidEnd - 1] ?? 0;
      const claim = claimOfArc.get(number);
      if (claim === void 0) continue;
      readClaim(new DerCursor(bytes, from, to), claim, reading2, part, problems);
    } else if (oidEnd - oid === subjectAlternativeName.length && startsWith(bytes, oid, subjectAlternativeName)) {
      number = 0;
      const where = `the subject alternative names of ${part}`;
      attempt2(problems, where, () => readNames(new DerCursor(bytes, from, to), reading2.names, where, problems));
    } else continue;
    const bit = 1 << number;
    if ((seen & bit) !== 0) problems.add("AMBIGUOUS", part, "an extension occurs twice");
    seen |= bit;
  }
}
function startsWith(bytes, at, start2) {
  for (let i = 0; i < start2.length; i++) if (bytes[at + i] !== start2[i]) return false;
  return true;
}
function readClaim(value, { name, isDer }, reading2, part, problems) {
  let { at: from, end: to } = value;
  if (isDer) {
    const where = `the claim ${name} of ${part}`;
    let isRead = false;
    attempt2(problems, where, () => {
      ({ from, to } = value.read(tags.utf8String));
      demandEnd(value);
      isRead = true;
    });
    if (!isRead) return;
  }
  reading2.claims[name] ??= textOf(value.bytes, from, to, `the claim ${name} of ${part}`, problems);
}
function readNames(value, names, part, problems) {
  const list = value.read(tags.sequence).inside();
  while (!list.done) {
    if (names.length === entryLimits.names) {
      problems.add("LIMIT", part, `more than ${entryLimits.names} names`);
      return;
    }
    const { tag } = list;
    const start2 = list.at;
    const { bytes, from, to, at } = list.any();
    const kind = nameKinds.get(tag);
    if (kind !== void 0) {
      const text = textOf(bytes, from, to, part, problems);
      if (!/^[\x20-\x7e]+$/.test(text)) problems.add("MALFORMED", part, "a name is not printable ASCII");
      names.push({ kind, value: text });
    } else if (tag === addressTag) names.push({ kind: "ip", value: addressText(bytes.subarray(from, to)) });
    else names.push(usernameOf(list.inside(), tag, part, problems) ?? other(bytes.subarray(start2, at), part, problems));
  }
  demandEnd(value);
}
function usernameOf(name, tag, part, problems) {
  if (tag !== tagOf.wrapped || name.tag !== tags.objectIdentifier) return void 0;
  const oid = name.any().contents();
  if (!oid.equals(usernameOid)) return void 0;
  const wrapped = name.read(tagOf.wrapped).inside();
  const { bytes, from, to } = wrapped.read(tags.utf8String);
  demandEnd(wrapped);
  demandEnd(name);
  return { kind: "username", value: textOf(bytes, from, to, part, problems) };
}
function other(der, part, problems) {
  const kept = der.subarray(0, entryLimits.text / 2);
  if (kept.length < der.length) problems.add("LIMIT", part, `a name of ${der.length} bytes`);
  return { kind: "other", value: kept.toString("hex") };
}
function addressText(bytes) {
  return bytes.length === 4 ? bytes.join(".") : bytes.subarray(0, 32).toString("hex");
}
function textOf(bytes, from, to, part, problems) {
  if (to - from > entryLimits.text) {
    problems.add("LIMIT", part, `a text of ${to - from} bytes; the limit is ${entryLimits.text}`);
    return `${bytes.toString("utf8", from, from + entryLimits.text - 4).slice(0, -1)}\u2026`;
  }
  const text = bytes.toString("utf8", from, to);
  if (text.includes("\uFFFD") && !Buffer.from(text).equals(bytes.subarray(from, to)))
    problems.add("MALFORMED", part, "a text is not valid UTF-8");
  return text;
}
function readTime2(validity) {
  const { tag } = validity;
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) throw new MalformedDer("a time is missing");
  const { bytes, from, to } = validity.any();
  const yearDigits = tag === tags.utcTime ? 2 : 4;
  if (to - from !== yearDigits + 11 || bytes[to - 1] !== 90) return void 0;
  const digits = (at, count) => {
    let value = 0;
    for (let i = at; i < at + count; i++) value = value * 10 + (bytes[i] ?? 0) - 48;
    return value;
  };
  for (let i = from; i < to - 1; i++) if ((bytes[i] ?? 0) < 48 || (bytes[i] ?? 0) > 57) return void 0;
  const written = digits(from, yearDigits);
  const year = yearDigits === 4 ? written : written < 50 ? 2e3 + written : 1900 + written;
  const rest = from + yearDigits;
  const [month, day, hour] = [digits(rest, 2) - 1, digits(rest + 2, 2), digits(rest + 4, 2)];
  const [minute, second] = [digits(rest + 6, 2), digits(rest + 8, 2)];
  const time = new Date(Date.UTC(year, month, day, hour, minute, second));
  const exists = time.getUTCFullYear() === year && time.getUTCDate() === day && time.getUTCMinutes() === minute;
  return exists ? time : void 0;
}
var timestampedEntry = 0;
var entryTypes = { certificate: 0, precertificate: 1 };
var issuerKeyHashLength = 32;
function readCertificateEntry(bytes, problems) {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== timestampedEntry) return malformed(problems);
  const time = new Date(bytes.readUInt32BE(2) * 2 ** 32 + bytes.readUInt32BE(6));
  const type = bytes.readUInt16BE(10);
  const isPrecertificate = type === entryTypes.precertificate;
  if (type !== entryTypes.certificate && !isPrecertificate) {
    problems.add("UNKNOWN_KIND", "the entry", `the type ${type}`);
    return void 0;
  }
  const keyHash2 = isPrecertificate ? bytes.subarray(12, 12 + issuerKeyHashLength) : void 0;
  const start2 = 12 + (isPrecertificate ? issuerKeyHashLength : 0);
  if (bytes.length < start2 + 3) return malformed(problems);
  const end = start2 + 3 + bytes.readUIntBE(start2, 3);
  if (end + 2 > bytes.length || end + 2 + bytes.readUInt16BE(end) !== bytes.length) return malformed(problems);
  const der = bytes.subarray(start2 + 3, end);
  const isTime = !Number.isNaN(time.getTime());
  if (!isTime) problems.add("MALFORMED", "the entry", "the time is invalid");
  return {
    type: "certificate",
    kind: isPrecertificate ? "precertificate" : "certificate",
    certificate: isPrecertificate ? readTbsClaims(der, "the precertificate", problems) : readCertificateClaims(der, "the certificate", problems),
    issuerKeyHash: keyHash2?.toString("hex"),
    loggedAt: isTime ? time : void 0
  };
}
function malformed(problems) {
  problems.add("MALFORMED", "the entry", "not a leaf of RFC 6962");
  return void 0;
}
function memberOf(value, name) {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? value[name] : void 0;
}
function memberAt(value, ...path) {
  return path.reduce(memberOf, value);
}
function textIn(value, name) {
  const member = memberOf(value, name);
  return typeof member === "string" ? member : void 0;
}
var none = [];
var Problems = class {
  #list;
  add(code, part, reason) {
    this.#list ??= [];
    if (this.#list.length < entryLimits.problems) this.#list.push({ code, part, reason });
  }
  /** Returns the problems. Only an entry that has any is hashed. */
  of(entry) {
    if (this.#list === void 0) return none;
    const hash6 = encodeHex(leafHash(entry));
    return this.#list.map((problem) => ({ ...problem, leafHash: hash6 }));
  }
};
function certificateSigner(der, part, problems) {
  return {
    kind: "certificate",
    certificate: readCertificateClaims(der, `the certificate of ${part}`, problems)
  };
}
function keySigner(spki, part, problems) {
  attempt2(problems, `the key of ${part}`, () => {
    if (!new DerCursor(spki).read(tags.sequence).done) throw new MalformedDer("unexpected data after the end");
  });
  return { kind: "public-key", keyHash: hash4("sha256", spki) };
}
function readVerifier(verifier, part, problems) {
  const certificate2 = base64In(memberOf(verifier, "x509Certificate"), "rawBytes", part, problems);
  const key = base64In(memberOf(verifier, "publicKey"), "rawBytes", part, problems);
  if (certificate2 !== void 0 && key !== void 0)
    problems.add("AMBIGUOUS", part, "both a certificate and a public key");
  if (certificate2 !== void 0) return certificateSigner(certificate2, part, problems);
  if (key !== void 0) return keySigner(key, part, problems);
  problems.add("MALFORMED", part, "neither a certificate nor a public key");
  return void 0;
}
function readKeyText(content, part, problems) {
  if (typeof content !== "string" || content === "") {
    problems.add("MALFORMED", part, "no key");
    return void 0;
  }
  if (content.length > entryLimits.key * (4 / 3)) {
    problems.add("LIMIT", part, `a key of ${content.length} characters`);
    return { kind: "other", format: "unknown", keyHash: hash4("sha256", content) };
  }
  const bytes = decoded(content, part, problems);
  const text = bytes.toString("latin1");
  const pem = firstBlock(text);
  if (pem?.label === "CERTIFICATE") return certificateSigner(decodedPem(pem.base64), part, problems);
  if (pem?.label === "PUBLIC KEY") return keySigner(decodedPem(pem.base64), part, problems);
  const format = formatOf(text, pem?.label);
  if (format === "unknown") problems.add("MALFORMED", part, "a key of an unknown format");
  return { kind: "other", format, keyHash: hash4("sha256", bytes) };
}
var begin = "-----BEGIN ";
var dashes = "-----";
function firstBlock(text) {
  const start2 = text.indexOf(begin);
  if (start2 === -1) return void 0;
  const labelEnd = text.indexOf(dashes, start2 + begin.length);
  if (labelEnd === -1) return void 0;
  const label = text.slice(start2 + begin.length, labelEnd);
  const end = text.indexOf(`${dashes}END ${label}${dashes}`, labelEnd);
  return end === -1 ? void 0 : { label, base64: text.slice(labelEnd + dashes.length, end) };
}
function decodedPem(base64) {
  return Buffer.from(base64, "base64");
}
function formatOf(text, label) {
  if (label?.startsWith("PGP ")) return "pgp";
  if (/^(?:ssh-|ecdsa-sha2-|sk-)/.test(text)) return "ssh";
  if (text.startsWith("untrusted comment:") || /^(?:Ed[\s\S]{40}|RW[A-Za-z0-9+/]{54})\s*$/.test(text))
    return "minisign";
  return "unknown";
}
function base64In(object, name, part, problems) {
  const text = textIn(object, name);
  return text === void 0 ? void 0 : decoded(text, part, problems);
}
function decoded(text, part, problems) {
  const bytes = Buffer.from(text, "base64");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  if (text.length % 4 !== 0 || text.length / 4 * 3 - padding !== bytes.length)
    problems.add("AMBIGUOUS", part, "the base64 is not canonical");
  return bytes;
}
var readersV1 = {
  "hashedrekord 0.0.1": (spec, problems) => ({
    signers: keyOf2(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "data", "hash"), "signed"])
  }),
  "dsse 0.0.1": (spec, problems) => ({
    signers: signersOf(
      memberOf(spec, "signatures"),
      problems,
      (one, part) => readKeyText(memberOf(one, "verifier"), part, problems)
    ),
    digests: digestsOf(
      problems,
      [memberOf(spec, "payloadHash"), "payload"],
      [memberOf(spec, "envelopeHash"), "envelope"]
    )
  }),
  "intoto 0.0.1": (spec, problems) => ({
    signers: keyOf2(memberOf(spec, "publicKey"), problems),
    digests: intotoDigests(spec, problems)
  }),
  "intoto 0.0.2": (spec, problems) => ({
    signers: signersOf(
      memberAt(spec, "content", "envelope", "signatures"),
      problems,
      (one, part) => readKeyText(memberOf(one, "publicKey"), part, problems)
    ),
    digests: intotoDigests(spec, problems)
  }),
  "rekord 0.0.1": (spec, problems) => ({
    signers: keyOf2(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "data", "hash"), "signed"])
  }),
  "alpine 0.0.1": packageReader("package"),
  "rpm 0.0.1": packageReader("package"),
  "helm 0.0.1": packageReader("chart"),
  "jar 0.0.1": (spec, problems) => ({
    signers: keyOf2(memberAt(spec, "signature", "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, "archive", "hash"), "signed"])
  }),
  "cose 0.0.1": (spec, problems) => ({
    signers: keyOf2(memberOf(spec, "publicKey"), problems),
    digests: digestsOf(
      problems,
      [memberAt(spec, "data", "payloadHash"), "payload"],
      [memberAt(spec, "data", "envelopeHash"), "envelope"]
    )
  }),
  "rfc3161 0.0.1": (spec, problems) => ({ signers: [], digests: timestampDigests(memberOf(spec, "tsr"), problems) }),
  "tuf 0.0.1": (spec) => ({ signers: tufSigners(memberAt(spec, "metadata", "content", "signatures")), digests: [] })
};
var readersV2 = {
  "hashedrekord 0.0.2": (whole, problems) => {
    const spec = memberOf(whole, "hashedRekordV002");
    return {
      signers: listOf(readVerifier(memberAt(spec, "signature", "verifier"), "the signature", problems)),
      digests: digestsV2(memberOf(spec, "data"), "signed", problems)
    };
  },
  "dsse 0.0.2": (whole, problems) => {
    const spec = memberOf(whole, "dsseV002");
    return {
      signers: signersOf(
        memberOf(spec, "signatures"),
        problems,
        (one, part) => readVerifier(memberOf(one, "verifier"), part, problems)
      ),
      digests: digestsV2(memberOf(spec, "payloadHash"), "payload", problems)
    };
  }
};
var readers = { "rekor-v1": readersV1, "rekor-v2": readersV2 };
function rekorReader(protocol, kind, version) {
  const table = readers[protocol];
  const name = `${kind} ${version}`;
  return Object.hasOwn(table, name) ? { kind, read: table[name] } : void 0;
}
function packageReader(member) {
  return (spec, problems) => ({
    signers: keyOf2(memberAt(spec, "publicKey", "content"), problems),
    digests: digestsOf(problems, [memberAt(spec, member, "hash"), "signed"])
  });
}
function listOf(item) {
  return item === void 0 ? [] : [item];
}
function keyOf2(content, problems) {
  return listOf(readKeyText(content, "the signature", problems));
}
function signersOf(list, problems, read2) {
  if (!Array.isArray(list) || list.length === 0) {
    problems.add("MALFORMED", "the entry", "no signatures");
    return [];
  }
  if (list.length > entryLimits.signatures)
    problems.add("LIMIT", "the entry", `${list.length} signatures; the limit is ${entryLimits.signatures}`);
  const signers = [];
  for (let i = 0; i < Math.min(list.length, entryLimits.signatures); i++) {
    const signer = read2(list[i], list.length === 1 ? "the signature" : `signature ${i + 1}`);
    if (signer !== void 0) signers.push(signer);
  }
  return signers;
}
function digestsOf(problems, ...hashes) {
  const digests = [];
  for (const [hash6, of] of hashes) {
    const [algorithm, value] = [textIn(hash6, "algorithm"), textIn(hash6, "value")];
    if (algorithm !== void 0 && value !== void 0 && /^[a-z0-9-]{1,32}$/.test(algorithm) && isHex(value)) {
      checkLength(algorithm, value.length / 2, of, problems);
      digests.push({ algorithm, value: value.toLowerCase(), of });
    } else if (hash6 !== void 0)
      problems.add("MALFORMED", `the ${of} digest`, "not an algorithm with hexadecimal digits");
  }
  if (digests.length === 0) problems.add("MALFORMED", "the entry", "no digest");
  return digests;
}
function isHex(text) {
  return text.length <= 256 && /^(?:[0-9a-fA-F]{2})+$/.test(text);
}
function intotoDigests(spec, problems) {
  return digestsOf(
    problems,
    [memberAt(spec, "content", "payloadHash"), "payload"],
    [memberAt(spec, "content", "hash"), "envelope"],
    // Rekor named the hash of the payload so in its first versions.
    [memberAt(spec, "content", "attestationHash"), "payload"]
  );
}
var algorithmsV2 = new Map(
  Object.entries(hashAlgorithmNames).map(([algorithm, name]) => [name, algorithm])
);
function digestsV2(hash6, of, problems) {
  const part = `the ${of} digest`;
  const algorithm = algorithmsV2.get(textIn(hash6, "algorithm") ?? "");
  const bytes = base64In(hash6, "digest", part, problems);
  if (algorithm === void 0 || bytes === void 0 || bytes.length > 128) {
    problems.add("MALFORMED", part, "not a known algorithm with a digest");
    return [];
  }
  checkLength(algorithm, bytes.length, of, problems);
  return [{ algorithm, value: bytes.toString("hex"), of }];
}
function checkLength(algorithm, length, of, problems) {
  if (isHashAlgorithm(algorithm) && digestLengths[algorithm] !== length)
    problems.add("MALFORMED", `the ${of} digest`, `${length} bytes, which is not the length of ${algorithm}`);
}
var imprintAlgorithms = /* @__PURE__ */ new Map([
  ["608648016503040201", "sha256"],
  ["608648016503040202", "sha384"],
  ["608648016503040203", "sha512"]
]);
function timestampDigests(response, problems) {
  const digests = [];
  const part = "the timestamp";
  const der = base64In(response, "content", part, problems) ?? Buffer.alloc(0);
  attempt2(problems, part, () => {
    const token = new DerCursor(der).read(tags.sequence).inside().read(tags.sequence).read(tags.sequence).inside();
    const signedData = token.read(tags.objectIdentifier).read(160).inside().read(tags.sequence).inside();
    const content = signedData.read(tags.integer).read(tags.set).read(tags.sequence).inside();
    const octets = content.read(tags.objectIdentifier).read(160).inside().read(tags.octetString).inside();
    const info = octets.read(tags.sequence).inside();
    const imprint = info.read(tags.integer).read(tags.objectIdentifier).read(tags.sequence).inside();
    const oid = imprint.read(tags.sequence).inside().read(tags.objectIdentifier).contents().toString("hex");
    const value = imprint.read(tags.octetString).contents().toString("hex");
    const algorithm = imprintAlgorithms.get(oid);
    if (algorithm === void 0 || !isHashAlgorithm(algorithm) || !isHex(value))
      problems.add("MALFORMED", part, "an unknown hash algorithm");
    else digests.push({ algorithm, value, of: "signed" });
  });
  return digests;
}
function tufSigners(signatures) {
  if (!Array.isArray(signatures)) return [];
  return signatures.slice(0, entryLimits.signatures).flatMap((one) => {
    const keyHash2 = textIn(one, "keyid");
    return keyHash2 !== void 0 && isHex(keyHash2) ? [{ kind: "other", format: "tuf", keyHash: keyHash2.toLowerCase() }] : [];
  });
}
function readEntry(protocol, bytes) {
  const entry = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problems = new Problems();
  if (protocol === "rekor-v1" || protocol === "rekor-v2") return readRekorEntry(protocol, entry, problems);
  const read2 = readCertificateEntry(entry, problems);
  return read2 === void 0 ? unknown(void 0, void 0, entry, problems) : { ...read2, problems: problems.of(entry) };
}
function readRekorEntry(protocol, entry, problems) {
  const text = entry.toString("utf8");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    problems.add("MALFORMED", "the entry", "not JSON");
    return unknown(void 0, void 0, entry, problems);
  }
  const [kind, version] = [textIn(body, "kind"), textIn(body, "apiVersion")];
  const reader = kind === void 0 || version === void 0 ? void 0 : rekorReader(protocol, kind, version);
  if (reader === void 0 || version === void 0) {
    problems.add("UNKNOWN_KIND", "the entry", "a kind or version that is not supported");
    return unknown(kind, version, entry, problems);
  }
  if (!isCanonical(body, text)) problems.add("AMBIGUOUS", "the entry", "not canonical JSON");
  const { signers, digests } = reader.read(memberOf(body, "spec"), problems);
  return { type: "signature", kind: reader.kind, version, signers, digests, problems: problems.of(entry) };
}
function isCanonical(body, text) {
  if (text.includes("\uFFFD")) return false;
  try {
    return JSON.stringify(body).length === text.length;
  } catch {
    return false;
  }
}
function unknown(kind, version, entry, problems) {
  const cut = (text) => text?.slice(0, entryLimits.text);
  return { type: "unknown", kind: cut(kind), version: cut(version), problems: problems.of(entry) };
}
var keyKinds = {
  /** `sha256:<hex>` */
  digest: 1,
  /** A subject alternative name. */
  name: 2,
  /** The OIDC issuer. */
  issuer: 3,
  /** SHA-256 of the SubjectPublicKeyInfo or other key, in hexadecimal. */
  key: 4,
  /** The URI of the source repository. */
  repository: 5,
  repositoryId: 6,
  ownerId: 7,
  /** SHA-256 of the certificate, in hexadecimal. */
  certificate: 8
};
var keyLength = 8;
function keyHash(kind, value) {
  return Buffer.from(keyHashHex(kind, value), "hex").subarray(0, keyLength);
}
function keyHashHex(kind, value) {
  return hash5("sha256", `${keyKinds[kind]} ${value.toLowerCase()}`);
}
function forEachKey(claims, add) {
  if (claims.type === "unknown") return;
  if (claims.type === "certificate") {
    addCertificate(claims.certificate, add);
    return;
  }
  for (const { algorithm, value } of claims.digests) add("digest", `${algorithm}:${value}`);
  for (const signer of claims.signers) {
    if (signer.kind === "certificate") addCertificate(signer.certificate, add);
    else add("key", signer.keyHash);
  }
}
function addCertificate(certificate2, add) {
  const { claims, keyHash: keyHash2, certificateHash } = certificate2;
  for (const { value } of certificate2.names) add("name", value);
  if (certificateHash !== void 0) add("certificate", certificateHash);
  if (keyHash2 !== void 0) add("key", keyHash2);
  if (claims.issuer !== void 0) add("issuer", claims.issuer);
  if (claims.olderIssuer !== void 0) add("issuer", claims.olderIssuer);
  const repository = repositoryOf(certificate2);
  if (repository !== void 0) add("repository", repository);
  if (claims.sourceRepositoryIdentifier !== void 0) add("repositoryId", claims.sourceRepositoryIdentifier);
  if (claims.sourceRepositoryOwnerIdentifier !== void 0) add("ownerId", claims.sourceRepositoryOwnerIdentifier);
}
function repositoryOf({ claims }) {
  if (claims.sourceRepositoryUri !== void 0) return claims.sourceRepositoryUri;
  return claims.githubWorkflowRepository === void 0 ? void 0 : `https://github.com/${claims.githubWorkflowRepository}`;
}
var magic = Buffer.from("CSINDEX1", "latin1");
var recordLength = keyLength + 4;
var maxEntries2 = 65536;
var maxRecords = 1048576;
var maxRecordsInFile = 2 * maxRecords;
var maxOriginLength = 1024;
var fixedLength = 62;
var maxHeaderLength = fixedLength + maxOriginLength;
function segmentName(first) {
  return `${String(first).padStart(16, "0")}.idx`;
}
function firstOf(name) {
  const digits = /^(\d{16})\.idx$/.exec(name)?.[1];
  const first = Number(digits);
  return digits !== void 0 && Number.isSafeInteger(first) ? first : void 0;
}
function writeHeader({ origin, first, count, records, withProblems, root }) {
  const name = Buffer.from(origin);
  if (name.length > maxOriginLength) throw new RangeError(`the origin has ${name.length} bytes`);
  const header = Buffer.alloc(fixedLength + name.length);
  magic.copy(header, 0);
  header.writeBigUInt64BE(BigInt(first), 8);
  header.writeUInt32BE(count, 16);
  header.writeUInt32BE(records, 20);
  header.writeUInt32BE(withProblems, 24);
  header.set(root, 28);
  header.writeUInt16BE(name.length, 60);
  name.copy(header, fixedLength);
  return header;
}
function readHeader(bytes, fileLength) {
  if (bytes.length < fixedLength || !bytes.subarray(0, magic.length).equals(magic)) return "it is not a segment";
  const first = Number(bytes.readBigUInt64BE(8));
  const [count, records, withProblems] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes.readUInt32BE(24)];
  const nameLength = bytes.readUInt16BE(60);
  const recordsAt = fixedLength + nameLength;
  if (!Number.isSafeInteger(first + maxEntries2)) return "the first index is too large";
  if (count === 0 || count > maxEntries2 || withProblems > count) return "the number of entries is invalid";
  if (records > maxRecordsInFile || nameLength > maxOriginLength) return "a length exceeds its limit";
  if (fileLength !== recordsAt + records * recordLength)
    return `it has ${fileLength} bytes, which is not the stated length`;
  return {
    header: {
      origin: bytes.toString("utf8", fixedLength, recordsAt),
      first,
      count,
      records,
      withProblems,
      root: Uint8Array.from(bytes.subarray(28, 60))
    },
    recordsAt
  };
}
var Damaged = class extends Error {
  name = "Damaged";
};
var recordsAtOnce = 2048;
async function listSegments(files, folder, origin) {
  const segments = [];
  const damaged = [];
  for (const name of (await namesIn(folder, files)).sort()) {
    const first = firstOf(name);
    if (first === void 0) continue;
    const path = join3(folder, name);
    try {
      segments.push(await openSegment(files, path, first, origin));
    } catch (error) {
      damaged.push({ path, reason: damageOf(error) });
    }
  }
  return { segments, damaged };
}
function damageOf(error) {
  if (error instanceof Damaged || error instanceof NotRegularFile) return error.message;
  throw error;
}
async function openSegment(files, path, first, origin) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, path), true);
    const length = Number(file.size);
    const bytes = await readExactly(file.handle, 0, Math.min(length, maxHeaderLength), ended);
    const read2 = readHeader(bytes, length);
    if (typeof read2 === "string") throw new Damaged(read2);
    if (read2.header.origin !== origin) throw new Damaged("it is about another log");
    if (read2.header.first !== first) throw new Damaged("it has the name of another segment");
    return { ...read2.header, recordsAt: read2.recordsAt, path };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function ended() {
  throw new Damaged("it ends too early");
}
async function readRecords(files, segment) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, segment.path), true);
    const records = await readExactly(file.handle, segment.recordsAt, segment.records * recordLength, ended);
    for (let at = 0; at < records.length; at += recordLength) {
      checkRecord(records, at, segment);
      if (at > 0 && compareKeys(records, at - recordLength, records, at) > 0)
        throw new Damaged("its records are not in order");
    }
    return records;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function findInSegment(files, segment, alternatives) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, segment.path), true);
    if (Number(file.size) !== segment.recordsAt + segment.records * recordLength)
      throw new Damaged("its length has changed");
    let found;
    for (const keys of alternatives) {
      const numbers = /* @__PURE__ */ new Set();
      for (const key of keys) {
        for (const number of await findKey(file.handle, segment, key))
          if (found?.has(number) ?? true) numbers.add(number);
      }
      found = numbers;
      if (found.size === 0) break;
    }
    return [...found ?? []];
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function findKey(handle, segment, key) {
  let [low, high] = [0, segment.records];
  const read2 = (at, count) => readExactly(handle, segment.recordsAt + at * recordLength, count * recordLength, ended);
  while (high - low > recordsAtOnce) {
    const middle = low + Math.floor((high - low) / 2);
    if (compareKeys(await read2(middle, 1), 0, key, 0) < 0) low = middle + 1;
    else high = middle;
  }
  const numbers = [];
  let previous;
  for (let at = low; at < segment.records; at += recordsAtOnce) {
    const records = await read2(at, Math.min(recordsAtOnce, segment.records - at));
    for (let offset = 0; offset < records.length; offset += recordLength) {
      if (previous !== void 0 && compareKeys(previous, 0, records, offset) > 0)
        throw new Damaged("its records are not in order");
      previous = records.subarray(offset, offset + recordLength);
      const order = compareKeys(records, offset, key, 0);
      if (order > 0) return numbers;
      if (order === 0) numbers.push(checkRecord(records, offset, segment));
    }
  }
  return numbers;
}
function checkRecord(records, at, { count }) {
  const number = records.readUInt16BE(at + keyLength);
  if (number >= count) throw new Damaged("a record is about an entry beyond its end");
  return number;
}
function compareKeys(a, aAt, b, bAt) {
  return a.compare(b, bAt, bAt + keyLength, aAt, aAt + keyLength);
}
var segmentsAtOnce = 8;
var SearchIndex = class _SearchIndex {
  #files;
  /** In ascending order. */
  #segments;
  #damaged;
  constructor(files, segments, damaged) {
    this.#files = files;
    this.#segments = segments;
    this.#damaged = damaged;
  }
  /**
   * Opens the index of a log. Without files, it is empty.
   *
   * @param folder the folder of all indexes
   */
  static async open(files, folder, log) {
    const { segments, damaged } = await listSegments(files, logFolder(folder, log), log.origin);
    return new _SearchIndex(files, segments, damaged);
  }
  /** The entries that can be found, in ascending order. A search that finds a damaged file shortens it. */
  get ranges() {
    return merge(this.#segments.map(rangeOf));
  }
  /** The files that are not used. */
  get damaged() {
    return this.#damaged;
  }
  /** The number of entries of which a part could not be read when they were indexed, so that some of their keys may be missing. */
  get withProblems() {
    return this.#segments.reduce((sum, segment) => sum + segment.withProblems, 0);
  }
  /** The log's tree after the latest entry of the index, by which a later head can be compared with it. */
  get state() {
    const latest = this.#segments.toSorted((a, b) => a.first + a.count - (b.first + b.count)).at(-1);
    return latest && { size: latest.first + latest.count, root: latest.root };
  }
  /** Returns the indices of the entries that may meet a query, the newest first. A file that is damaged is left out. */
  async *candidates(query) {
    const alternatives = query.map((keys) => keys.map(({ kind, value }) => keyHash(kind, value)));
    let searched = [];
    const segments = this.#segments.toReversed();
    for (let at = 0; at < segments.length; at += segmentsAtOnce) {
      const find = async (segment) => ({ segment, numbers: await this.#find(segment, alternatives) });
      for (const { segment, numbers } of await mapConcurrently(segments.slice(at, at + segmentsAtOnce), find)) {
        if (numbers === void 0) continue;
        const indices = numbers.map((number) => segment.first + number).sort((a, b) => b - a);
        for (const index of indices) if (!searched.some(({ from, to }) => from <= index && index < to)) yield index;
        searched = merge([...searched, rangeOf(segment)]);
      }
    }
  }
  async #find(segment, alternatives) {
    try {
      return await findInSegment(this.#files, segment, alternatives);
    } catch (error) {
      const reason = damageOf(error);
      this.#segments = this.#segments.filter((one) => one !== segment);
      this.#damaged = [...this.#damaged, { path: segment.path, reason }];
      return void 0;
    }
  }
};
function rangeOf({ first, count }) {
  return { from: first, to: first + count };
}
function merge(ranges) {
  const merged = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== void 0 && from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}
export {
  AlteredEntry,
  CompactRange,
  SearchIndex,
  StateFolder,
  acceptGzip,
  certificatesOf,
  chosenLogs,
  damageOf,
  forEachKey,
  indexFolder,
  isCertificateLog,
  isOneLog,
  keyHashHex,
  keyKinds,
  keyLength,
  listSegments,
  logFolder,
  logId,
  logName,
  logUrl,
  logsOf,
  maxEntries2 as maxEntries,
  maxHistory,
  maxLogStateLength,
  maxRecords,
  merge,
  openReader,
  rangeOf,
  readEntry,
  readRecords,
  recordLength,
  repositoryOf,
  rootOfRange,
  segmentName,
  splitOrigin,
  uncompressed,
  verifyConsistency,
  verifyHead,
  verifyTreeHead,
  withinRate,
  writeHeader
};
