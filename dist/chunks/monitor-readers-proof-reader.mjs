import { isCertificateLog } from "./run-policy-chosen-logs.mjs";
import { sleep } from "./services-http-sleep.mjs";
import { isSafeUrl } from "./node-make-folder.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { leafHash, nodeHash, readCheckpoint, verifyCheckpoint, verifyInclusion } from "./core-certificate-signed-certificate-timestamp.mjs";
import { inOrder } from "./node-concurrency.mjs";
import { verifySignature } from "./core-certificate-certificate.mjs";
import { ProtoField, decodeBase64, encodeBase64, decodeHex, encodeHex } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, concatBytes, decodeUtf8, equalBytes, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { sha256 } from "./node-regular-file.mjs";
import { require_node_util } from "./run-world-world.mjs";
import { CountersignError, fail, reading, systemCode, __toESM } from "./core-errors-codes.mjs";
var import_node_util = __toESM(require_node_util(), 1);
var overhead = 1024;
function acceptGzip(maxLength) {
  return { headers: { "accept-encoding": "gzip, identity" }, maxBodyLength: maxLength + overhead };
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
  const ask = async (name, query, maxLength) => {
    const { headers, ...accepted } = acceptGzip(maxLength);
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
  const parse = async ({ request, response }, maxLength = maxOtherLength) => {
    const json = await uncompressed(request, expectStatus(request, response, 200));
    const what = `the response of ${service} (${request.url.origin})`;
    return ProtoField.parse(json, "SERVICE_RESPONSE_INVALID", what, { maxLength });
  };
  return {
    treeHead: async () => {
      const head = await parse(await ask("get-sth", {}, maxOtherLength));
      return {
        size: integer(head.field("tree_size")),
        milliseconds: integer(head.field("timestamp")),
        root: hash(head.field("sha256_root_hash")),
        signature: head.field("tree_head_signature").data()
      };
    },
    consistencyProof: async (first, second) => {
      const proof = await parse(await ask("get-sth-consistency", { first, second }, maxOtherLength));
      return proof.field("consistency").list(maxProofHashes).map(hash);
    },
    inclusionProof: async (leafHash2, treeSize) => {
      const query = { hash: encodeBase64(leafHash2), tree_size: treeSize };
      const answered = await ask("get-proof-by-hash", query, maxOtherLength);
      if (answered.response.status === 404) return void 0;
      const proof = await parse(answered);
      const hashes = proof.field("audit_path").list(maxProofHashes).map(hash);
      return { index: integer(proof.field("leaf_index")), hashes };
    },
    entries: async (start, end) => {
      const answer = await parse(await ask("get-entries", { start, end }, maxEntriesLength), maxEntriesLength);
      return answer.field("entries").list(maxEntries).map((entry) => entry.field("leaf_input").data());
    }
  };
}
function integer(field) {
  const value = Number(field.uint64());
  return Number.isSafeInteger(value) ? value : field.fail("is not a safe integer");
}
function hash(field) {
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
  const ask = async (path, maxLength, body) => {
    const { headers, ...accepted } = acceptGzip(maxLength);
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
  const read = async (path, maxLength, body) => {
    const { request, response } = await ask(path, maxLength, body);
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
    return hashes.map((hash2) => hashIn(asText(hash2) ?? "", what));
  };
  return {
    shards: async () => {
      const state = ProtoField.parse(await read("", maxStateLength), "SERVICE_RESPONSE_INVALID", what);
      let offset = 0;
      return [...state.field("inactiveShards").list(maxShards), state].map((field) => {
        const shard = { ...readShard(field), offset, isActive: field === state };
        offset += shard.size;
        return shard;
      });
    },
    consistencyProof: async (treeId, first, last) => {
      const path = `/proof?firstSize=${first}&lastSize=${last}&treeID=${treeId}`;
      return hashesIn(asObject(parse(await read(path, maxStateLength)))?.hashes);
    },
    bodies: async (indices) => {
      const query = JSON.stringify({ logIndexes: indices });
      const answers = asList(parse(await read("/entries/retrieve", maxEntriesLength2, query))) ?? invalid("is not a list");
      return new Map(answers.map(entryIn).map((entry) => [integer2(entry.logIndex, "logIndex"), bodyOf(entry)]));
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
  const hash2 = reading("SERVICE_RESPONSE_INVALID", what, () => decodeHex(hex));
  return hash2.length === 32 ? hash2 : fail("SERVICE_RESPONSE_INVALID", `${what} has a hash of ${hash2.length} bytes, not 32`);
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
    if (hashes.length !== onesOf(size) || hashes.some((hash2) => hash2.length !== 32))
      fail("CHECKPOINT_INVALID", `a compact range of ${size} entries has ${onesOf(size)} hashes of 32 bytes`);
    return new _CompactRange(size, hashes);
  }
  /** Returns the range with further entries after it. */
  with(leafHashes) {
    const hashes = [...this.hashes];
    let size = this.size;
    for (const leaf of leafHashes) {
      let hash2 = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash2 = nodeHash(hashes.pop() ?? hash2, hash2);
      hashes.push(hash2);
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
    let hash2 = root;
    for (let rest = this.size / width; rest % 2 === 1; rest = (rest - 1) / 2)
      hash2 = nodeHash(hashes.pop() ?? hash2, hash2);
    return new _CompactRange(this.size + width, [...hashes, hash2]);
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
    const start = at + 2;
    const end = start + 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0);
    if (end > bundle.length)
      fail("SERVICE_RESPONSE_INVALID", `the entry bundle ends within entry ${entries.length} of ${count}`);
    entries.push(bundle.subarray(start, end));
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
  const read = async (path, maxLength, headers = {}) => {
    const accepted = acceptGzip(maxLength);
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
      const bytes = await read("checkpoint", maxCheckpointLength, fresh);
      return decodeUtf8(bytes ?? new Uint8Array()) ?? wrong("checkpoint", "that is not UTF-8");
    },
    tile: async ({ level, index, width }, { refresh = false } = {}) => {
      const path = tilePath(level, index, width);
      const hashes = await read(path, width * 32, refresh ? fresh : {});
      if (hashes !== void 0 && hashes.length !== width * 32)
        wrong(path, `of ${hashes.length} bytes, not ${width * 32}`);
      return hashes;
    },
    bundle: (index, width, { refresh = false } = {}) => read(tilePath(bundles, index, width), maxBundleLengths[bundles], refresh ? fresh : {})
  };
}
var fresh = { "cache-control": "no-cache" };
var signatureType = 5;
var latestTime = 8640000000000000n;
function treeHeadNote(name, logId, head) {
  const signature = concatBytes(keyHintOf(name, logId), uintBytes(head.milliseconds, 8), head.signature);
  return `${name}
${head.size}
${encodeBase64(head.root)}

\u2014 ${name} ${encodeBase64(signature)}
`;
}
async function verifyTreeHead(checkpoint, { logId, publicKey }) {
  const { origin, size, rootHash, note } = checkpoint;
  if (note.text.split("\n").length !== 4)
    fail("CHECKPOINT_INVALID", `the checkpoint of ${origin} has extension lines, which its signature does not cover`);
  const hint = keyHintOf(origin, logId);
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
function keyHintOf(name, logId) {
  return sha256(concatBytes(utf8(`${name}
`), new Uint8Array([signatureType]), logId)).subarray(0, 4);
}
function signatureIn(signed, { kind }) {
  const [hash2, algorithm, high = 0, low = 0] = signed;
  const signature = signed.subarray(4);
  const expected = kind === "rsa" ? 1 : 3;
  return hash2 === 4 && algorithm === expected && signature.length === 256 * high + low ? signature : void 0;
}
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
function certificateLogSource(client, name, logId) {
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
    head: async () => treeHeadNote(name, logId, await client.treeHead()),
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
    find: (hash2, treeSize) => client.inclusionProof(hash2, treeSize),
    entries
  };
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
  if (proof.length !== ranges.length || proof.some((hash2) => hash2.length !== 32)) {
    fail(
      "CONSISTENCY_UNPROVEN",
      `the consistency proof from size ${first} to ${second} has ${proof.length} hashes; it must have ${ranges.length} hashes of 32 bytes`
    );
  }
  if (first === 0) return { from: emptyRoot, to: root };
  if (first === second) return { from: known, to: known };
  const [start] = ranges;
  let [from, to] = [known, known];
  for (const [at, range] of ranges.entries()) {
    const hash2 = proof[at] ?? known;
    if (range === start && range.to === first) [from, to] = [hash2, hash2];
    else if (range.from < first) [from, to] = [nodeHash(hash2, from), nodeHash(hash2, to)];
    else to = nodeHash(to, hash2);
  }
  return { from, to };
}
function isPowerOfTwo(size) {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
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
  async #again(read, index, isFound = () => true) {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      const result = await read();
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
  const start = reader.offset;
  reader.skip(8);
  const type = reader.number(2);
  if (type !== certificate && type !== precertificate)
    fail("SERVICE_RESPONSE_INVALID", `entry ${index} of the data tile has the unknown type ${type}`);
  if (type === precertificate) reader.skip(32);
  reader.skip(reader.number(3));
  const extensions = reader.take(reader.number(2));
  const entry = reader.since(start);
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
    const start = this.offset;
    this.skip(length);
    return this.since(start);
  }
  skip(length) {
    if (this.offset + length > this.#bytes.length)
      fail("SERVICE_RESPONSE_INVALID", "the data tile ends within an entry");
    this.offset += length;
  }
  since(start) {
    return this.#bytes.subarray(start, this.offset);
  }
};
var spoiled = /* @__PURE__ */ new Set(["TILES_INCONSISTENT", "ENTRY_ALTERED", "SERVICE_RESPONSE_INVALID"]);
async function withRefresh(read) {
  try {
    return await read(false);
  } catch (error) {
    if (!(error instanceof CountersignError) || !spoiled.has(error.code)) throw error;
    return read(true);
  }
}
var maxKept = 64;
var TileCache = class {
  #tiles = /* @__PURE__ */ new Map();
  /** Returns the tile with this root, and reads it if it is not kept. What cannot be read is not kept. */
  get(root, read) {
    const key = encodeHex(root);
    const kept = this.#tiles.get(key);
    this.#tiles.delete(key);
    const tile = kept ?? read();
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
    const begin = await tree.rangeAt(from.size);
    if (!equalBytes(rootOfRange(begin), rootOfRange(from)))
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
export {
  AlteredEntry,
  CompactRange,
  acceptGzip,
  certificateLogClient,
  logClientV1,
  openReader,
  rootOfRange,
  splitOrigin,
  tilesOfCertificateLog,
  tilesOfRekor,
  uncompressed,
  verifyConsistency,
  verifyHead,
  verifyTreeHead,
  withinRate
};
