import { isQueued } from "./report-verification-json.mjs";
import { isWithin, pathBelow } from "./core-bundle-read-bundle.mjs";
import { openRegularFile, readExactly, readRegularFile } from "./node-regular-file.mjs";
import { parseJson, asObject, asText, memberAt } from "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { require_node_util } from "./run-world-world.mjs";
import { dirname as dirname3, join as join4, sep as sep2 } from "node:path";
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
import { join as join2 } from "node:path";
import { inflate } from "node:zlib";
import { dirname as dirname2, join as join3, parse, resolve, sep } from "node:path";
function readObjectId(text) {
  return typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : void 0;
}
function objectIdOf(kind, content, like) {
  const hash = createHash(like.length === 40 ? "sha1" : "sha256");
  return hash.update(`${kind} ${content.length}\0`).update(content).digest("hex");
}
async function checkoutsAround(folder, workspace, files) {
  const found = [];
  for (let root = folder; ; root = dirname(root)) {
    const git = await files.lstat(join(root, ".git")).catch((cause) => {
      return systemCode(cause) === "ENOENT" ? void 0 : { isDirectory: () => false };
    });
    if (git !== void 0) found.push({ root, isWhole: git.isDirectory() });
    if (root === workspace || root === dirname(root)) return found;
  }
}
async function headOf({ root }, files) {
  const text = async (name, maxLength3) => (await readRegularFile(files, join(root, ".git", name), maxLength3).catch(() => "")).toString();
  const head = (await text("HEAD", 4096)).trimEnd();
  const [, ref] = /^ref: (refs\/[^\s~^:?*[\\]+)$/.exec(head) ?? [];
  if (ref === void 0) return readObjectId(head);
  if (ref.split("/").some((part) => part === "" || part.startsWith("."))) return void 0;
  const loose = (await text(ref, 4096)).trimEnd();
  if (loose !== "") return readObjectId(loose);
  const packed = (await text("packed-refs", 64 * 1024 * 1024)).split("\n").filter((line) => line.endsWith(` ${ref}`));
  return packed.length === 1 ? readObjectId(packed[0]?.slice(0, -ref.length - 1)) : void 0;
}
async function originOf({ root }, files) {
  const text = await readRegularFile(files, join(root, ".git", "config"), 1024 * 1024).catch(() => void 0);
  const addresses = [];
  let section = "";
  for (const line of text?.toString().split("\n") ?? []) {
    const [, name] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
    const [, key = "", value = ""] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== void 0) section = name;
    else if (/^\s*\[/.test(line) || /\\\s*$/.test(line)) return void 0;
    if (/^url\b/i.test(section)) return void 0;
    if (!/^remote\b/i.test(section)) continue;
    if (section !== 'remote "origin"') return void 0;
    if (/^(?:push)?url$/i.test(key)) addresses.push(value);
  }
  return addresses.length === 1 ? addresses[0] : void 0;
}
function repositoryAt(address, server) {
  const [, name = "", path = ""] = /^(?:https|ssh):\/\/(?:[\w-]+@)?([\w.-]+)\/(.*)$/.exec(address) ?? /^[\w-]+@([\w.-]+):(.*)$/.exec(address) ?? [];
  if (!URL.canParse(server) || name.toLowerCase() !== new URL(server).host) return void 0;
  const [, repository] = /^([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path) ?? [];
  return repository?.toLowerCase();
}
var maxLength = 64 * 1024 * 1024;
var pullRequestEvents = /* @__PURE__ */ new Set([
  "pull_request",
  "pull_request_target",
  "pull_request_review",
  "pull_request_review_comment"
]);
var ownRuns = /* @__PURE__ */ new Set(["push", "schedule", "workflow_dispatch"]);
async function readEvent(job, files) {
  const payload = await readPayload(job, files);
  const commits = acceptedCommits(payload, job);
  const proposed = proposedCommits(payload, job);
  return {
    accepted: new Map(
      commits.flatMap(([commit, expression]) => {
        const id = readObjectId(commit);
        return id === void 0 || proposed.has(id) ? [] : [[id, expression]];
      })
    ),
    proposed,
    proposers: proposers(payload, job)
  };
}
function acceptedCommits(payload, job) {
  const { eventName = "", sha } = job;
  const accepted = [];
  if (pullRequestEvents.has(eventName))
    accepted.push([memberAt(payload, "pull_request", "base", "sha"), "github.event.pull_request.base.sha"]);
  if (eventName === "merge_group")
    accepted.push([memberAt(payload, "merge_group", "base_sha"), "github.event.merge_group.base_sha"]);
  if (isOfAcceptedRef(payload, job)) accepted.push([sha, "github.sha"]);
  if (isOwnRun(payload, job))
    accepted.push([memberAt(payload, "workflow_run", "head_sha"), "github.event.workflow_run.head_sha"]);
  return accepted;
}
function isOfAcceptedRef(payload, { eventName, ref = "" }) {
  if (isQueued(ref)) return false;
  if (isBranch(ref, memberAt(payload, "repository", "default_branch"))) return true;
  if (eventName === "pull_request_target") return isBranch(ref, memberAt(payload, "pull_request", "base", "ref"));
  return eventName === "workflow_dispatch" && /^refs\/(?:heads|tags)\/./.test(ref) && memberAt(payload, "ref") === ref;
}
function isBranch(ref, branch) {
  return typeof branch === "string" && branch !== "" && ref === `refs/heads/${branch}`;
}
function isOwnRun(payload, { eventName, repository }) {
  if (eventName !== "workflow_run" || repository === void 0) return false;
  const run = memberAt(payload, "workflow_run");
  const branch = memberAt(payload, "repository", "default_branch");
  return ownRuns.has(String(memberAt(run, "event"))) && memberAt(run, "head_repository", "full_name") === repository && typeof branch === "string" && memberAt(run, "head_branch") === branch;
}
function proposedCommits(payload, job) {
  const pullRequest = memberAt(payload, "pull_request");
  const commits = [
    // After the merge they are commits of the base.
    ...memberAt(pullRequest, "merged") === true ? [] : [memberAt(pullRequest, "head", "sha"), memberAt(pullRequest, "merge_commit_sha")],
    memberAt(payload, "merge_group", "head_sha"),
    ...isOwnRun(payload, job) ? [] : [memberAt(payload, "workflow_run", "head_sha")]
  ];
  return new Set(commits.map(readObjectId).filter((id) => id !== void 0));
}
function proposers(payload, { eventName = "" }) {
  if (eventName === "merge_group") return /* @__PURE__ */ new Set();
  const name = pullRequestEvents.has(eventName) ? memberAt(payload, "pull_request", "head", "repo", "full_name") : eventName === "workflow_run" ? memberAt(payload, "workflow_run", "head_repository", "full_name") : void 0;
  const text = asText(name);
  return text === void 0 ? void 0 : /* @__PURE__ */ new Set([text.toLowerCase()]);
}
async function readPayload({ eventPath }, files) {
  if (!eventPath) return unreadable("the variable is not set");
  const bytes = await readRegularFile(files, eventPath, maxLength).catch(
    (cause) => unreadable(cause instanceof Error ? cause.message : String(cause))
  );
  return asObject(readJson(bytes)) ?? unreadable("it is not a JSON object");
}
function readJson(bytes) {
  try {
    return parseJson(bytes, { maxLength });
  } catch (cause) {
    if (cause instanceof CountersignError) return unreadable(cause.message);
    throw cause;
  }
}
function unreadable(reason) {
  return fail("POLICY_INVALID", `the event payload (GITHUB_EVENT_PATH) cannot be read: ${reason}`, {
    remedy: "Without the payload, the base commit is unknown. Set the policy with inputs in the workflow."
  });
}
var import_node_util = __toESM(require_node_util(), 1);
var maxLength2 = 16 * 1024 * 1024;
var maxDeltas = 256;
var maxPacks = 1e4;
var maxTotal = 256 * 1024 * 1024;
var Malformed = class extends Error {
};
var ObjectStore = class {
  #folder;
  #files;
  #left = maxTotal;
  /** @param gitFolder the path of `.git` */
  constructor(gitFolder, files) {
    this.#folder = join2(gitFolder, "objects");
    this.#files = files;
  }
  /** Returns the content of an object; `undefined` if no readable object has this name and kind. */
  async read(id, kind) {
    const found = await this.#tried(() => this.#loose(id)) ?? await this.#packed(id);
    return found?.kind === kind && objectIdOf(kind, found.content, id) === id ? found.content : void 0;
  }
  /** Treats what cannot be read as missing: either way, nothing is proven. */
  async #tried(read) {
    try {
      return await read();
    } catch (cause) {
      const isUnreadable = cause instanceof Malformed || cause instanceof CountersignError || systemCode(cause) !== void 0;
      if (isUnreadable) return void 0;
      throw cause;
    }
  }
  async #loose(id) {
    const path = join2(this.#folder, id.slice(0, 2), id.slice(2));
    const bytes = await readRegularFile(this.#files, path, maxLength2);
    const whole = await this.#inflated(bytes, maxLength2);
    const end = whole.indexOf(0);
    const [, kind, length] = /^(commit|tree|blob) (\d{1,9})$/.exec(whole.toString("latin1", 0, end)) ?? [];
    const content = whole.subarray(end + 1);
    if (content.length !== Number(length)) return void 0;
    return { kind, content };
  }
  async #packed(id) {
    const folder = join2(this.#folder, "pack");
    const names = await this.#tried(() => this.#files.readdir(folder)) ?? [];
    for (const name of names.filter((one) => one.endsWith(".idx")).slice(0, maxPacks)) {
      const stem = join2(folder, name.slice(0, -".idx".length));
      const found = await this.#tried(() => this.#fromPack(id, stem));
      if (found !== void 0) return found;
    }
    return void 0;
  }
  async #fromPack(id, stem) {
    var _stack = [];
    try {
      const index = __using(_stack, await openRegularFile(this.#files, `${stem}.idx`), true);
      const offset = await offsetIn(index, id);
      const pack = __using(_stack, await openRegularFile(this.#files, `${stem}.pack`), true);
      return await this.#entry({ pack, offset }, index, id);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  }
  /** Reads an entry, and the entries whose deltas it is made by (gitformat-pack). */
  async #entry({ pack, offset }, index, like) {
    const deltas = [];
    for (let at = offset; deltas.length <= maxDeltas; ) {
      const head = await readAt(pack, at, 64);
      const { type, size, length } = readHead(head);
      if (type === 6) {
        const back = readBack(head, length);
        deltas.push(await this.#data(pack, at + back.end, size));
        at -= back.distance;
      } else if (type === 7) {
        const end = length + like.length / 2;
        const base = head.toString("hex", length, end);
        deltas.push(await this.#data(pack, at + end, size));
        at = await offsetIn(index, base);
      } else {
        const content = await this.#data(pack, at + length, size);
        return {
          kind: kinds.get(type),
          content: deltas.reduceRight((base, delta) => this.#applied(base, delta), content)
        };
      }
    }
    return malformed();
  }
  async #data(pack, offset, size) {
    return this.#inflated(await readAt(pack, offset, size + (size >> 6) + 1024), size);
  }
  async #inflated(bytes, length) {
    const content = await (0, import_node_util.promisify)(inflate)(bytes, {
      maxOutputLength: Math.max(length, 1)
    });
    this.#count(content.length);
    return content;
  }
  #applied(base, delta) {
    const reader = new DeltaReader(delta);
    if (reader.number() !== base.length) malformed();
    const length = reader.number();
    this.#count(length);
    const result = Buffer.alloc(length);
    let filled = 0;
    while (!reader.done) filled += reader.piece(base).copy(result, filled);
    return result;
  }
  #count(length) {
    this.#left -= length;
    if (this.#left < 0) malformed();
  }
};
var kinds = /* @__PURE__ */ new Map([
  [1, "commit"],
  [2, "tree"],
  [3, "blob"]
]);
var DeltaReader = class {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get done() {
    return this.#at >= this.#bytes.length;
  }
  number() {
    let value = 0;
    for (let factor = 1; factor < 2 ** 42; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return malformed();
  }
  piece(base) {
    const instruction = this.#byte();
    if (instruction < 128) {
      const start = this.#at;
      this.#at += instruction;
      return this.#bytes.subarray(start, this.#at);
    }
    let offset = 0;
    let size = 0;
    for (let bit = 0; bit < 4; bit++) if (instruction & 1 << bit) offset += this.#byte() * 256 ** bit;
    for (let bit = 0; bit < 3; bit++) if (instruction & 16 << bit) size += this.#byte() * 256 ** bit;
    return base.subarray(offset, offset + (size || 65536));
  }
  #byte() {
    return this.#bytes.readUInt8(this.#at++);
  }
};
async function offsetIn(index, id) {
  const width = id.length / 2;
  const head = await readAt(index, 0, 8 + 1024);
  if (head.toString("hex", 0, 8) !== "ff744f6300000002") malformed();
  const fanout = (byte) => byte < 0 ? 0 : head.readUInt32BE(8 + 4 * byte);
  const first = Number.parseInt(id.slice(0, 2), 16);
  const [from, to, total] = [fanout(first - 1), fanout(first), fanout(255)];
  if ((to - from) * width > maxLength2) malformed();
  const names = 8 + 1024;
  const some = await readAt(index, names + from * width, (to - from) * width);
  const place = find(some, Buffer.from(id, "hex"));
  const offsets = names + total * (width + 4);
  const offset = (await readAt(index, offsets + 4 * (from + place), 4)).readUInt32BE();
  if (offset < 2 ** 31) return offset;
  const large = await readAt(index, offsets + 4 * total + 8 * (offset - 2 ** 31), 8);
  return Number(large.readBigUInt64BE());
}
function find(names, name) {
  let [from, to] = [0, names.length / name.length];
  while (from < to) {
    const middle = from + to >>> 1;
    const order = names.compare(name, 0, name.length, middle * name.length, (middle + 1) * name.length);
    if (order === 0) return middle;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return malformed();
}
function readHead(bytes) {
  const first = bytes.readUInt8();
  let size = first & 15;
  let length = 1;
  for (let factor = 16, byte = first; byte >= 128; factor *= 128, length++) {
    byte = bytes.readUInt8(length);
    size += (byte & 127) * factor;
    if (size > maxLength2) malformed();
  }
  return { type: first >> 4 & 7, size, length };
}
function readBack(bytes, start) {
  let end = start;
  let byte = bytes.readUInt8(end++);
  let distance = byte & 127;
  while (byte >= 128) {
    byte = bytes.readUInt8(end++);
    distance = (distance + 1) * 128 + (byte & 127);
  }
  return { distance, end };
}
async function readAt({ handle, size }, offset, length) {
  const available = Number(size) - offset;
  return readExactly(handle, offset, Math.min(length, available), malformed);
}
function malformed() {
  throw new Malformed("not as Git writes it");
}
var kinds2 = /* @__PURE__ */ new Map([
  ["100644", "file"],
  ["100755", "file"],
  ["120000", "link"],
  ["40000", "folder"]
]);
async function entryAt(path, commit, store) {
  const tree = treeOf(await store.read(commit, "commit"));
  if (tree === void 0) return { kind: "unreadable" };
  let found = { kind: "folder", id: tree };
  for (const name of path.split("/")) {
    if (found.kind !== "folder") return { kind: "nothing" };
    const content = await store.read(found.id, "tree");
    if (content === void 0) return { kind: "unreadable" };
    found = entryOf(name, content, commit);
    if (!("id" in found)) return found;
  }
  return found;
}
function treeOf(commit) {
  const [, name] = /^tree ([0-9a-f]+)\n/.exec(commit?.toString("latin1", 0, 80) ?? "") ?? [];
  return readObjectId(name);
}
function entryOf(name, tree, like) {
  const width = like.length / 2;
  const wanted = Buffer.from(name);
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(32, at);
    const zero = tree.indexOf(0, at);
    if (space < 0 || zero < space) return { kind: "unreadable" };
    const end = zero + 1 + width;
    if (tree.subarray(space + 1, zero).equals(wanted)) {
      const id = readObjectId(tree.toString("hex", zero + 1, end));
      return id === void 0 ? { kind: "unreadable" } : { kind: kinds2.get(tree.toString("latin1", at, space)) ?? "other", id };
    }
    at = end;
  }
  return { kind: "nothing" };
}
var separators = sep === "\\" ? /[\\/]/ : sep;
var maxLinks = 40;
async function wayTo(path, files) {
  const links = [];
  const absolute = resolve(path);
  let at = parse(absolute).root;
  const names = absolute.slice(at.length).split(sep);
  for (let name = names.shift(); name !== void 0; name = names.shift()) {
    if (name === "" || name === ".") continue;
    const next = name === ".." ? dirname2(at) : join3(at, name);
    if (name === ".." || !(await files.lstat(next)).isSymbolicLink()) {
      at = next;
      continue;
    }
    if (links.length === maxLinks) throw new Error(`the path ${absolute} contains more than ${maxLinks} links`);
    const target = await files.readlink(next, "buffer");
    links.push({ path: join3(await files.realpath(at), name), target });
    const text = target.toString();
    const { root } = parse(text);
    if (root !== "") at = root;
    names.unshift(...text.slice(root.length).split(separators));
  }
  return { end: await files.realpath(at), links };
}
var AcceptedFiles = class _AcceptedFiles {
  #job;
  #event;
  #workspace;
  #files;
  constructor(job, event, workspace, files) {
    this.#job = job;
    this.#event = event;
    this.#workspace = workspace;
    this.#files = files;
  }
  /**
   * Reads the event of a job.
   *
   * @throws CountersignError `POLICY_INVALID` if the payload cannot be read
   */
  static async of(job, files) {
    return new _AcceptedFiles(job, await readEvent(job, files), await files.realpath(job.workspace), files);
  }
  /**
   * Demands that a file is one that the repository has accepted, one of another repository, or one outside of the workspace, where no
   * checkout writes.
   *
   * @param what the kind of the file, for errors: `trusted root`
   * @param content what was read from the path
   * @throws CountersignError `POLICY_INVALID`
   */
  async demand(path, what, content) {
    const { end, links } = await wayTo(path, this.#files).catch(
      (cause) => fail("POLICY_INVALID", `the path of the ${what} ${this.#shown(path)} cannot be resolved`, { cause })
    );
    const placed = [
      ...links.map((link) => ({ path: link.path, kind: "link", content: link.target })),
      { path: end, kind: "file", content }
    ];
    for (const one of placed) {
      const problem = isWithin(this.#workspace, one.path) ? await this.#problem(one) : void 0;
      if (problem !== void 0) this.#refuse(`the ${what} ${this.#shown(path)}`, one, problem);
    }
  }
  /** Returns the reason why a file is not proven to be accepted; `undefined` if it is. */
  async #problem(placed) {
    const [checkout, ...around] = await checkoutsAround(dirname3(placed.path), this.#workspace, this.#files);
    if (checkout === void 0) return "is not in a Git checkout";
    if (!checkout.isWhole) return "is in a submodule or a linked worktree";
    const head = await headOf(checkout, this.#files);
    if (head === void 0) return "is in a checkout whose current commit cannot be determined";
    const problem = this.#event.accepted.has(head) ? void 0 : await this.#problemOfOrigin(checkout, head);
    return problem ?? await this.#problemAround(checkout, around) ?? await this.#problemOfContent(placed, checkout, head);
  }
  /** Returns the reason why a checkout is not proven to be of a repository without the proposed changes. */
  async #problemOfOrigin(checkout, head) {
    const { proposed, proposers: proposers2 } = this.#event;
    const { repository = "", serverUrl = "", sha } = this.#job;
    const address = await originOf(checkout, this.#files);
    const origin = address === void 0 ? void 0 : repositoryAt(address, serverUrl);
    const own = repository.toLowerCase();
    const place = `is in a checkout of the commit ${head}, which is not known to be accepted`;
    if (own === "" || origin === void 0 || origin === own) return place;
    if (head === sha || proposed.has(head)) return place;
    const isKnownToBeOther = (
      // If the event does not name the author of the proposed change, only repositories of the same owner are trusted.
      proposers2 === void 0 ? ownerOf(origin) === ownerOf(own) : !proposers2.has(origin)
    );
    return isKnownToBeOther ? void 0 : `is in a checkout of ${origin}, from which the proposed change may come`;
  }
  /** A checkout inside another one must not stand in for a folder of that: `.git` can be put into any folder. */
  async #problemAround(checkout, around) {
    for (const outer of around) {
      const head = outer.isWhole ? await headOf(outer, this.#files) : void 0;
      const below = pathBelow(outer.root, checkout.root) ?? "";
      const found = head && await entryAt(below, head, new ObjectStore(join4(outer.root, ".git"), this.#files));
      if (found?.kind !== "nothing")
        return `is in a checkout in the folder ${JSON.stringify(below)} of another checkout, which may contain the same folder`;
    }
    return void 0;
  }
  async #problemOfContent({ path, kind, content }, { root }, head) {
    const name = pathBelow(root, path) ?? "";
    const found = await entryAt(name, head, new ObjectStore(join4(root, ".git"), this.#files));
    if (found.kind === "unreadable") return `is in a checkout whose commit ${head} cannot be read`;
    if (found.kind !== kind) return `is not part of the checked-out commit ${head}`;
    const isSame = [content, withoutCarriageReturns(content)].some((one) => objectIdOf("blob", one, head) === found.id);
    return isSame ? void 0 : `differs from the checked-out commit ${head}`;
  }
  #refuse(file, { path, kind }, problem) {
    const { eventName = "" } = this.#job;
    const subject = kind === "link" ? `the link ${this.#shown(path)} in its path` : "it";
    fail(
      "POLICY_INVALID",
      `${file} may come from the proposed change that triggered this ${JSON.stringify(eventName)} job: ${subject} ${problem}`,
      { remedy: this.#remedy() }
    );
  }
  #remedy() {
    const [[commit, expression] = []] = this.#event.accepted;
    const base = commit === void 0 ? "Read the file from a checkout of another repository" : `Check out the base commit in a separate folder with \`ref: \${{ ${expression} }}\` (${commit}), and read the unchanged file from there`;
    return `${base}, or set the policy with inputs in the workflow.`;
  }
  #shown(path) {
    return (pathBelow(this.#workspace, path) ?? pathBelow(this.#job.workspace, path) ?? path).split(sep2).join("/");
  }
};
function ownerOf(repository) {
  return repository.slice(0, repository.indexOf("/"));
}
function withoutCarriageReturns(content) {
  return Buffer.from(Buffer.from(content).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
export {
  AcceptedFiles
};
