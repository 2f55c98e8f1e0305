import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  SignJWT,
  createLocalJWKSet,
  decodeJwt,
  errors_exports,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  jwtVerify
} from "./chunk-GWBD5HXH.mjs";
import {
  canonicalJson,
  preAuthenticationEncoding
} from "./chunk-22HLDQSG.mjs";
import {
  ed25519,
  eddsa
} from "./chunk-N3YVTKBA.mjs";
import {
  p256,
  p384,
  p521
} from "./chunk-DTGJNXJU.mjs";
import {
  decodeHex,
  decodePem,
  der,
  encodeHex,
  encodePem
} from "./chunk-3B3H6NZJ.mjs";
import {
  contextTag,
  readDer,
  readSequence,
  sha512,
  tags
} from "./chunk-HQS2C6LB.mjs";
import {
  ProtoField,
  decodeBase64,
  encodeBase64
} from "./chunk-Y54HXCFX.mjs";
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  concatBytes,
  decodeUtf8,
  equalBytes,
  readUint,
  uintBytes,
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/sandbox/pki/signing-key.ts
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

// src/sandbox/storage/storage.ts
function demandBytes(file, offset, length) {
  const within = offset >= 0 && length >= 0 && offset + length <= file.length;
  if (!within) throw new RangeError(`no bytes ${offset} to ${offset + length} in a file of ${file.length}`);
}
function keep(storage, name, make) {
  const kept = storage.read(name);
  if (kept !== void 0) return kept;
  const made = make();
  storage.write(name, made);
  return made;
}

// src/sandbox/pki/signing-key.ts
var defaultHashes = {
  "P-256": "sha256",
  "P-384": "sha384",
  "P-521": "sha512",
  Ed25519: "sha512"
};
var ecdsaWith = {
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4"
};
function generateSigningKey(kind) {
  return signingKey(kind, generatePrivateKey(kind));
}
function keptSigningKey(storage, name, kind) {
  let made;
  const pem = keep(storage, `${name}.key`, () => {
    made = generatePrivateKey(kind);
    return utf8(String(made.export({ type: "pkcs8", format: "pem" })));
  });
  return signingKey(kind, made ?? createPrivateKey(Buffer.from(pem)));
}
function generatePrivateKey(kind) {
  const { privateKey } = kind === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: kind });
  return privateKey;
}
function signingKey(kind, privateKey) {
  const spki = subjectPublicKeyInfo(createPublicKey(privateKey));
  const defaultHash = defaultHashes[kind];
  return {
    kind,
    publicKey: spki,
    keyIdentifier: keyIdentifierOf(spki),
    defaultHash,
    sign: (message, hash = defaultHash) => new Uint8Array(sign(kind === "Ed25519" ? null : hash, message, privateKey))
  };
}
function signatureAlgorithm(key, hash = key.defaultHash) {
  return der.sequence(der.oid(key.kind === "Ed25519" ? "1.3.101.112" : ecdsaWith[hash]));
}
function subjectPublicKeyInfo(key) {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}
function keyIdentifierOf(publicKey) {
  const bits = readSequence(publicKey, (key) => {
    key.sequence();
    return key.bitString();
  });
  return hashOf("sha1", bits);
}
function hashOf(hash, ...parts) {
  const running = createHash(hash);
  for (const part of parts) running.update(part);
  return new Uint8Array(running.digest());
}

// src/sandbox/log/note.ts
var ed25519Type = 1;
var cosignatureType = 4;
function noteSigner(name, key) {
  const keyHash = key.kind === "Ed25519" ? namedKeyHash(name, ed25519Type, rawKey(key)) : hashOf("sha256", key.publicKey);
  return { name, key, keyHash, sign: (text2) => key.sign(text2) };
}
function witness(name, key, clock) {
  const sign2 = (text2) => {
    const time = Math.floor(clock().getTime() / 1e3);
    return concatBytes(uintBytes(time, 8), key.sign(concatBytes(utf8(`cosignature/v1
time ${time}
`), text2)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType, rawKey(key)), sign: sign2 };
}
function verifierKey({ name, keyHash, key }) {
  const raw = rawKey(key);
  const type = [ed25519Type, cosignatureType].find(
    (one) => encodeBase64(namedKeyHash(name, one, raw)) === encodeBase64(keyHash)
  );
  const id = Buffer.from(keyHash.subarray(0, 4)).toString("hex");
  return `${name}+${id}+${encodeBase64(concatBytes(new Uint8Array([type ?? ed25519Type]), raw))}`;
}
function namedKeyHash(name, type, key) {
  return hashOf("sha256", utf8(`${name}
`), new Uint8Array([type]), key);
}
function signNote(text2, signers) {
  return `${text2}
${signers.map((signer) => signatureLine(signer, signer.sign(utf8(text2)))).join("")}`;
}
function signatureLine({ name, keyHash }, signature) {
  return `\u2014 ${name} ${encodeBase64(concatBytes(keyHash.subarray(0, 4), signature))}
`;
}
function checkpointText({ origin, size, root, extensionLines }) {
  return [origin, String(size), encodeBase64(root), ...extensionLines].map((line) => `${line}
`).join("");
}
function rawKey(key) {
  return readSequence(key.publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
}

// src/sandbox/oidc/job-provider.ts
function text(claims2, name) {
  const value = claims2[name];
  return value === void 0 ? "" : String(value);
}

// src/sandbox/oidc/github.ts
var commit = "0123456789abcdef0123456789abcdef01234567";
var workflowFile = "example-org/example-repo/.github/workflows/release.yml@refs/heads/main";
var exampleJob = {
  actor: "example-user",
  actor_id: "700000003",
  base_ref: "",
  check_run_id: "9000000001",
  event_name: "push",
  head_ref: "",
  job_workflow_ref: workflowFile,
  job_workflow_sha: commit,
  ref: "refs/heads/main",
  ref_protected: "true",
  ref_type: "branch",
  repository: "example-org/example-repo",
  repository_id: "700000001",
  repository_owner: "example-org",
  repository_owner_id: "700000002",
  repository_visibility: "public",
  run_attempt: "1",
  run_id: "8000000001",
  run_number: "17",
  runner_environment: "github-hosted",
  sha: commit,
  workflow: "release",
  workflow_ref: workflowFile,
  workflow_sha: commit
};
function jobSubject(claims2, form) {
  const [, name = ""] = claims2.repository.split("/");
  const repository = form === "classic" ? claims2.repository : `${claims2.repository_owner}@${claims2.repository_owner_id}/${name}@${claims2.repository_id}`;
  return `repo:${escapeColons(repository)}:${jobContext(claims2)}`;
}
function jobContext({ environment, event_name, ref }) {
  if (environment) return `environment:${escapeColons(environment)}`;
  return event_name === "pull_request" ? "pull_request" : `ref:${escapeColons(ref)}`;
}
function escapeColons(value) {
  return value.replaceAll(":", "%3A");
}
var github = {
  example: { ...exampleJob },
  occasional: ["environment", "environment_node_id", "enterprise", "enterprise_id"],
  keySetPath: ".well-known/jwks",
  numbered: true,
  lifetimeSeconds: 300,
  leewaySeconds: 600,
  subject(claims2, form) {
    const texts = Object.fromEntries(Object.keys(claims2).map((name) => [name, text(claims2, name)]));
    return jobSubject({ ...exampleJob, ...texts }, form);
  },
  audience: (claims2) => `https://github.com/${claims2.repository_owner}`
};

// src/sandbox/merkle/hash.ts
import { createHash as createHash2 } from "node:crypto";
var leafPrefix = new Uint8Array([0]);
var nodePrefix = new Uint8Array([1]);
function leafHash(entry) {
  return new Uint8Array(createHash2("sha256").update(leafPrefix).update(entry).digest());
}
function nodeHash(left, right) {
  return new Uint8Array(createHash2("sha256").update(nodePrefix).update(left).update(right).digest());
}
function emptyRoot() {
  return new Uint8Array(createHash2("sha256").digest());
}

// src/sandbox/storage/memory-file.ts
var MemoryFile = class {
  #bytes = new Uint8Array(1024);
  #length = 0;
  get length() {
    return this.#length;
  }
  append(bytes2) {
    const length = this.#length + bytes2.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes2, this.#length);
    this.#length = length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    return this.#bytes.slice(offset, offset + length);
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.#length = length;
  }
};

// src/sandbox/storage/memory-storage.ts
var MemoryStorage = class _MemoryStorage {
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  #files = /* @__PURE__ */ new Map();
  folder(name) {
    const folder = this.#folders.get(name) ?? new _MemoryStorage();
    this.#folders.set(name, folder);
    return folder;
  }
  appendFile(name) {
    const file = this.#appendFiles.get(name) ?? new MemoryFile();
    this.#appendFiles.set(name, file);
    return file;
  }
  read(name) {
    return this.#files.get(name)?.slice();
  }
  write(name, bytes2) {
    this.#files.set(name, bytes2.slice());
  }
  create(name, bytes2) {
    if (this.#files.has(name)) return false;
    this.#files.set(name, bytes2.slice());
    return true;
  }
  names() {
    return [...this.#files.keys()].sort();
  }
};

// src/sandbox/merkle/tree.ts
var hashLength = 32;
function treeLength(size) {
  return hashLength * nodeCount(size);
}
var MerkleTree = class {
  #nodes;
  #size;
  /** A tree of the first so many leaves that are in a file of hashes; by default an empty one, in memory. */
  constructor(nodes = new MemoryStorage().appendFile("nodes"), size = 0) {
    if (nodes.length < treeLength(size))
      throw new RangeError(`the hashes of a tree of ${size} leaves are not all there`);
    if (nodes.length > treeLength(size)) nodes.truncate(treeLength(size));
    this.#nodes = nodes;
    this.#size = size;
  }
  get size() {
    return this.#size;
  }
  /** Appends a leaf by its hash, and says at which index. */
  append(leaf) {
    const index = this.#size;
    const completed = [leaf];
    let hash = leaf;
    for (let level = 0, position = index; position % 2 === 1; level++, position = (position - 1) / 2) {
      hash = nodeHash(this.node(level, position - 1), hash);
      completed.push(hash);
    }
    this.#nodes.append(concatBytes(...completed));
    this.#size += 1;
    return index;
  }
  /** Takes back all leaves from this size on: they were never told to anybody. */
  truncate(size) {
    this.#size = size;
    this.#nodes.truncate(treeLength(size));
  }
  /** The root of the perfect subtree at this level and position, which must be complete. */
  node(level, position) {
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    const lastLeaf = (position + 1) * 2 ** level - 1;
    return this.#nodes.read(hashLength * (nodeCount(lastLeaf) + level), hashLength);
  }
  /** How many perfect subtrees there are at this level. */
  width(level) {
    return Math.floor(this.size / 2 ** level);
  }
  root(size = this.size) {
    this.#demandSize(size);
    return size === 0 ? emptyRoot() : this.#range(0, size);
  }
  /** The audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
  inclusionProof(index, size = this.size) {
    this.#demandSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    }
    const path = [];
    let from = 0;
    let to = size;
    while (to - from > 1) {
      const middle = from + split(to - from);
      if (index < middle) {
        path.unshift(this.#range(middle, to));
        to = middle;
      } else {
        path.unshift(this.#range(from, middle));
        from = middle;
      }
    }
    return path;
  }
  /** That the tree of the first size is a prefix of the second (RFC 9162, section 2.1.4.1). */
  consistencyProof(first, second = this.size) {
    this.#demandSize(second);
    if (!Number.isSafeInteger(first) || first < 0 || first > second) {
      throw new RangeError(`no proof from ${first} to ${second}`);
    }
    if (first === 0 || first === second) return [];
    const proof = [];
    let from = 0;
    let to = second;
    while (to > first) {
      const middle = from + split(to - from);
      if (first <= middle) {
        proof.unshift(this.#range(middle, to));
        to = middle;
      } else {
        proof.unshift(this.#range(from, middle));
        from = middle;
      }
    }
    if (from > 0) proof.unshift(this.#range(from, to));
    return proof;
  }
  /** The root over the leaves [from, to), where `from` is a multiple of a power of two that is not less than their number. */
  #range(from, to) {
    const rest = [];
    let start = from;
    while (start < to) {
      const level = Math.floor(Math.log2(to - start));
      rest.push(this.node(level, start / 2 ** level));
      start += 2 ** level;
    }
    return rest.reduceRight((right, left) => nodeHash(left, right));
  }
  #demandSize(size) {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the tree never had the size ${size}`);
    }
  }
};
function split(n) {
  return 2 ** Math.floor(Math.log2(n - 1));
}
function nodeCount(size) {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return 2 * size - ones;
}

// src/sandbox/log/key-index.ts
var keyLength = 16;
var recordLength = keyLength + 8;
var recordsAtOnce = 65536;
var KeyIndex = class {
  #file;
  #table;
  /** The first so many records of a file; what follows them is cut off. */
  constructor(file, count = 0) {
    file.truncate(count * recordLength);
    this.#file = file;
    this.#table = new RecordTable(count);
    for (let start = 0; start < count; start += recordsAtOnce) {
      const records = Math.min(recordsAtOnce, count - start);
      const bytes2 = file.read(start * recordLength, records * recordLength);
      const view = new DataView(bytes2.buffer, bytes2.byteOffset);
      for (let at = 0; at < bytes2.length; at += recordLength) this.#table.add(view, at);
    }
  }
  /** How many records there are. */
  get count() {
    return this.#table.count;
  }
  /** Adds an entry under each of these keys, which are hashes of 16 bytes or more. */
  add(keys, entry) {
    const kept = keys.map((key) => key.subarray(0, keyLength));
    this.#file.append(concatBytes(...kept.flatMap((key) => [key, uintBytes(entry, 8)])));
    for (const key of kept) this.#table.add(viewOf(key));
  }
  /** The entries under a key, the earliest first. */
  find(key) {
    const wanted = key.subarray(0, keyLength);
    const records = this.#table.find(viewOf(wanted)).map((record) => this.#file.read(record * recordLength, recordLength)).filter((record) => equalBytes(record.subarray(0, keyLength), wanted));
    return records.map((record) => Number(viewOf(record).getBigUint64(keyLength)));
  }
  /** Takes back the records from this number on. */
  truncate(count) {
    this.#table.truncate(count);
    this.#file.truncate(count * recordLength);
  }
};
function viewOf(bytes2) {
  return new DataView(bytes2.buffer, bytes2.byteOffset, bytes2.length);
}
var tableCount = 256;
var RecordTable = class {
  #count = 0;
  /** The tables, by the last of the 8 bytes. In each are the latest records of its keys, plus one; 0 is nothing. */
  #tables;
  /** How many keys each table has: half as many as it has slots, at most. */
  #keys = new Uint32Array(tableCount);
  /** Of each record: bytes 0 to 4 and 4 to 8 of its key, and the record before it of the same key, plus one. */
  #first;
  #second;
  #before;
  /** With room for so many records; for more, it grows. */
  constructor(count) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(4 * tableCount, count)));
    this.#tables = Array.from({ length: tableCount }, () => new Uint32Array(2 * room / tableCount));
    this.#first = new Uint32Array(room);
    this.#second = new Uint32Array(room);
    this.#before = new Uint32Array(room);
  }
  get count() {
    return this.#count;
  }
  /** Adds a record of the key that stands here. */
  add(view, at = 0) {
    if (this.#count === this.#first.length) this.#grow();
    const record = this.#count;
    const first = view.getUint32(at);
    const second = view.getUint32(at + 4);
    this.#first[record] = first;
    this.#second[record] = second;
    const table = this.#table(second);
    const slot = this.#slotOf(table, first, second);
    const before = table[slot] ?? 0;
    this.#before[record] = before;
    table[slot] = record + 1;
    this.#count += 1;
    if (before === 0) this.#countKey(second, table);
  }
  /** In the order in which they were added. */
  find(key) {
    const [first, second] = [key.getUint32(0), key.getUint32(4)];
    const table = this.#table(second);
    const found = [];
    let next = table[this.#slotOf(table, first, second)] ?? 0;
    for (; next > 0; next = this.#before[next - 1] ?? 0) found.push(next - 1);
    return found.reverse();
  }
  /** Takes back the records from this number on, of which there are few. */
  truncate(count) {
    for (let record = this.#count - 1; record >= count; record--) {
      const [first, second] = [this.#first[record] ?? 0, this.#second[record] ?? 0];
      const table = this.#table(second);
      const slot = this.#slotOf(table, first, second);
      table[slot] = this.#before[record] ?? 0;
      if (table[slot] === 0) this.#rehash(second, table.length);
    }
    this.#count = count;
  }
  #table(second) {
    return this.#tables[second % tableCount];
  }
  /** The slot of a key, or the empty one where it belongs. */
  #slotOf(table, first, second) {
    const mask = table.length - 1;
    for (let slot = first & mask; ; slot = slot + 1 & mask) {
      const record = table[slot] ?? 0;
      if (record === 0) return slot;
      if (this.#first[record - 1] === first && this.#second[record - 1] === second) return slot;
    }
  }
  #countKey(second, table) {
    const keys = (this.#keys[second % tableCount] ?? 0) + 1;
    this.#keys[second % tableCount] = keys;
    if (2 * keys > table.length) this.#rehash(second, 2 * table.length);
  }
  /** Puts the keys of a table into another of so many slots. */
  #rehash(second, length) {
    const table = new Uint32Array(length);
    let keys = 0;
    for (const record of this.#table(second)) {
      if (record === 0) continue;
      table[this.#slotOf(table, this.#first[record - 1] ?? 0, this.#second[record - 1] ?? 0)] = record;
      keys += 1;
    }
    this.#tables[second % tableCount] = table;
    this.#keys[second % tableCount] = keys;
  }
  #grow() {
    const larger = (array) => {
      const grown = new Uint32Array(2 * array.length);
      grown.set(array);
      return grown;
    };
    this.#first = larger(this.#first);
    this.#second = larger(this.#second);
    this.#before = larger(this.#before);
  }
};

// src/sandbox/log/log-store.ts
var recordLength2 = 24;
var LogStore = class {
  tree;
  #entries;
  #keys;
  #index;
  /**
   * @param hashOf the leaf's hash of an entry; by default that of its bytes. A certificate log hashes a part of them
   * @throws CountersignError `USAGE` if what is stored is damaged, which no end of a process can do
   */
  constructor(storage = new MemoryStorage(), hashOf2 = leafHash) {
    this.#entries = storage.appendFile("entries");
    this.#index = storage.appendFile("index");
    const nodes = storage.appendFile("nodes");
    const size = Math.floor(this.#index.length / recordLength2);
    try {
      if (nodes.length > treeLength(size + 1)) throw new RangeError("there are hashes of entries that are not");
      const end = this.#record(size - 1);
      this.tree = new MerkleTree(nodes, size);
      this.#demandLast(hashOf2);
      this.#keys = new KeyIndex(storage.appendFile("keys"), end.keys);
      this.#entries.truncate(end.entries);
      this.#index.truncate(size * recordLength2);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      fail("USAGE", `a log of the sandbox is damaged: ${cause.message}`, {
        cause,
        remedy: "Take another state folder: a log that has lost entries cannot go on."
      });
    }
  }
  get size() {
    return this.tree.size;
  }
  /** Appends an entry, and says at which index. */
  append({ bytes: bytes2, leafHash: leafHash2, time, keys = [] }) {
    const index = this.size;
    const before = this.#record(index - 1);
    try {
      this.#entries.append(bytes2);
      this.#keys.add([leafHash2, ...keys], index);
      this.tree.append(leafHash2);
      this.#index.append(encodeRecord(this.#entries.length, this.#keys.count, time));
    } catch (cause) {
      try {
        this.#entries.truncate(before.entries);
      } finally {
        try {
          this.#keys.truncate(before.keys);
        } finally {
          this.tree.truncate(index);
        }
      }
      throw cause;
    }
    return index;
  }
  /** @throws RangeError if there is none */
  entry(index) {
    const [bytes2] = this.entries(index, 1);
    return bytes2 ?? absent(index);
  }
  /** So many entries from this one on. */
  entries(index, count) {
    if (index < 0 || index + count > this.size) absent(index + count - 1);
    const start = this.#record(index - 1).entries;
    const records = this.#index.read(index * recordLength2, count * recordLength2);
    const ends = Array.from({ length: count }, (_, at) => decodeRecord(records, at * recordLength2).entries);
    const bytes2 = this.#entries.read(start, (ends.at(-1) ?? start) - start);
    return ends.map((end, at) => bytes2.subarray((ends[at - 1] ?? start) - start, end - start));
  }
  /** When an entry was appended. */
  time(index) {
    return index >= 0 && index < this.size ? this.#record(index).time : absent(index);
  }
  leafHash(index) {
    return this.tree.node(0, index);
  }
  /** The entries under a key, the earliest first. */
  find(key) {
    return this.#keys.find(key);
  }
  /** The first entry whose leaf has this hash. */
  findLeaf(hash) {
    return this.find(hash).find((index) => equalBytes(this.leafHash(index), hash));
  }
  /** @throws RangeError unless the last entry is that of the last leaf: what is cut off must not be anything else's */
  #demandLast(hashOf2) {
    const last = this.size - 1;
    if (last >= 0 && !equalBytes(hashOf2(this.entry(last)), this.leafHash(last))) {
      throw new RangeError(`entry ${last} is not that of its leaf`);
    }
  }
  #record(index) {
    if (index < 0) return { entries: 0, keys: 0, time: /* @__PURE__ */ new Date(0) };
    return decodeRecord(this.#index.read(index * recordLength2, recordLength2), 0);
  }
};
function encodeRecord(entries, keys, time) {
  const record = new Uint8Array(recordLength2);
  record.set(uintBytes(entries, 8), 0);
  record.set(uintBytes(keys, 8), 8);
  record.set(uintBytes(time.getTime(), 8), 16);
  return record;
}
function decodeRecord(bytes2, at) {
  const view = new DataView(bytes2.buffer, bytes2.byteOffset + at, recordLength2);
  const uint = (offset) => Number(view.getBigUint64(offset));
  return { entries: uint(0), keys: uint(8), time: new Date(uint(16)) };
}
function absent(index) {
  throw new RangeError(`no entry ${index}`);
}

// src/sandbox/certificate-log/encoding.ts
function timestampedEntry(time, entry, extensions) {
  const logged = entry.kind === "x509" ? [uintBytes(0, 2), withLength(entry.certificate, 3)] : [uintBytes(1, 2), entry.issuerKeyHash, withLength(entry.tbsCertificate, 3)];
  return concatBytes(uintBytes(time.getTime(), 8), ...logged, withLength(extensions, 2));
}
function merkleTreeLeaf(entry) {
  return concatBytes(uintBytes(0, 2), entry);
}
function tileLeaf(entry, precertificate, issuers) {
  return concatBytes(
    entry,
    ...precertificate === void 0 ? [] : [withLength(precertificate, 3)],
    withLength(concatBytes(...issuers), 2)
  );
}
function readTileLeaf(leaf) {
  let at = 0;
  const take = (length) => {
    at += length;
    return leaf.subarray(at - length, at);
  };
  const vector = (width) => take(number(take(width)));
  const time = new Date(number(take(8)));
  const kind = number(take(2)) === 0 ? "x509" : "precertificate";
  if (kind === "precertificate") take(32);
  const signed = vector(3);
  const extensions = vector(2);
  const entry = leaf.subarray(0, at);
  const certificate = kind === "x509" ? signed : vector(3);
  const fingerprints = vector(2);
  const issuers = Array.from(
    { length: fingerprints.length / 32 },
    (_, one) => fingerprints.subarray(one * 32, one * 32 + 32)
  );
  return { entry, time, kind, certificate, extensions, issuers };
}
function leafIndexExtension(index) {
  return concatBytes(uintBytes(0, 1), withLength(uintBytes(index, 5), 2));
}
function digitallySigned(signature) {
  const [sha2562, ecdsa2] = [4, 3];
  return concatBytes(new Uint8Array([sha2562, ecdsa2]), withLength(signature, 2));
}
function treeHead(time, size, root) {
  return concatBytes(new Uint8Array([0, 1]), uintBytes(time.getTime(), 8), uintBytes(size, 8), root);
}
function withLength(bytes2, width) {
  return concatBytes(uintBytes(bytes2.length, width), bytes2);
}
function number(bytes2) {
  return bytes2.reduce((value, byte) => value * 256 + byte, 0);
}

// src/sandbox/certificate-log/certificate-log.ts
var treeHeadType = 5;
var CertificateLog = class _CertificateLog {
  origin;
  key;
  /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
  logId;
  store;
  #storage;
  #issuers;
  #clock;
  constructor(clock, { origin = "ct.countersign.sandbox", storage = new MemoryStorage(), store } = {}) {
    this.origin = origin;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.logId = hashOf("sha256", this.key.publicKey);
    this.store = store ?? new LogStore(storage, (leaf) => leafHash(merkleTreeLeaf(readTileLeaf(leaf).entry)));
    this.#storage = storage;
    this.#issuers = storage.folder("issuers");
    this.#clock = clock;
  }
  /** Takes in a precertificate. The answer is a SignedCertificateTimestamp (RFC 6962, section 3.2) in its TLS encoding. */
  submit(precertificate, overrides = {}) {
    const { tbsCertificate, issuerKeyHash, certificate = new Uint8Array(), issuers = [] } = precertificate;
    return this.#add({ kind: "precertificate", tbsCertificate, issuerKeyHash }, { certificate, issuers }, overrides);
  }
  /** Takes in a certificate, likewise. */
  submitFinal(final) {
    return this.#add({ kind: "x509", certificate: final.certificate }, final, {});
  }
  /** The SCT of a certificate or precertificate, DER, that is in the log already. */
  find(certificate) {
    const [index] = this.store.find(hashOf("sha256", certificate));
    if (index === void 0) return void 0;
    const { entry, time, extensions } = this.entry(index);
    return this.#sct(entry, time, extensions, {});
  }
  /** The log of this name and key, as it is when it shows other things than it has. */
  showing(store) {
    return new _CertificateLog(this.#clock, { origin: this.origin, storage: this.#storage, store });
  }
  entry(index) {
    return readTileLeaf(this.store.entry(index));
  }
  /** A certificate above one that was logged, by its SHA-256, hexadecimal. */
  issuer(fingerprint) {
    return this.#issuers.read(fingerprint);
  }
  /** A signed tree head (RFC 6962, section 3.5): its time, and a DigitallySigned. */
  treeHead(size = this.store.size, root = this.store.tree.root(size)) {
    const time = this.#clock();
    return { time, signature: digitallySigned(this.key.sign(treeHead(time, size, root), "sha256")) };
  }
  /** A checkpoint, whose signature is a tree head. */
  checkpoint(size = this.store.size, root = this.store.tree.root(size)) {
    return signNote(checkpointText({ origin: this.origin, size, root, extensionLines: [] }), [this.signer]);
  }
  /** The key as one that signs notes. */
  get signer() {
    const sign2 = (text2) => {
      const [, size, root = ""] = (decodeUtf8(text2) ?? "").split("\n");
      const { time, signature } = this.treeHead(Number(size), decodeBase64(root));
      return concatBytes(uintBytes(time.getTime(), 8), signature);
    };
    return { name: this.origin, key: this.key, keyHash: namedKeyHash(this.origin, treeHeadType, this.logId), sign: sign2 };
  }
  #add(signed, { certificate, issuers }, overrides) {
    const time = overrides.timestamp ?? this.#clock();
    const extensions = overrides.extensions ?? leafIndexExtension(this.store.size);
    const entry = timestampedEntry(time, signed, extensions);
    const fingerprints = issuers.map((issuer) => this.#keepIssuer(issuer));
    const precertificate = signed.kind === "precertificate" ? certificate : void 0;
    this.store.append({
      bytes: tileLeaf(entry, precertificate, fingerprints),
      leafHash: leafHash(merkleTreeLeaf(entry)),
      time,
      keys: [hashOf("sha256", certificate)]
    });
    return this.#sct(entry, time, extensions, overrides);
  }
  #sct(entry, time, extensions, overrides) {
    const key = overrides.signingKey ?? this.key;
    const signature = overrides.signature ?? key.sign(merkleTreeLeaf(entry), "sha256");
    return concatBytes(
      uintBytes(overrides.version ?? 0, 1),
      overrides.logId ?? this.logId,
      uintBytes(time.getTime(), 8),
      withLength(extensions, 2),
      digitallySigned(signature)
    );
  }
  #keepIssuer(issuer) {
    const fingerprint = hashOf("sha256", issuer);
    const name = encodeHex(fingerprint);
    if (this.#issuers.read(name) === void 0) this.#issuers.write(name, issuer);
    return fingerprint;
  }
};
function encodeSctList(scts) {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}

// src/sandbox/fulcio/ci-provider.ts
var ciProviders = {
  "github-workflow": {
    defaults: { url: "https://github.com", environment: "" },
    subjectAlternativeName: "{{ .url }}/{{ .job_workflow_ref }}",
    extensions: [
      [2, "GithubWorkflowTrigger", "event_name"],
      [3, "GithubWorkflowSHA", "sha"],
      [4, "GithubWorkflowName", "workflow"],
      [5, "GithubWorkflowRepository", "repository"],
      [6, "GithubWorkflowRef", "ref"],
      [9, "BuildSignerURI", "{{ .url }}/{{ .job_workflow_ref }}"],
      [10, "BuildSignerDigest", "job_workflow_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .repository }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", "ref"],
      [15, "SourceRepositoryIdentifier", "repository_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .repository_owner }}"],
      [17, "SourceRepositoryOwnerIdentifier", "repository_owner_id"],
      [18, "BuildConfigURI", "{{ .url }}/{{ .workflow_ref }}"],
      [19, "BuildConfigDigest", "workflow_sha"],
      [20, "BuildTrigger", "event_name"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "repository_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "gitlab-pipeline": {
    defaults: { url: "https://gitlab.com", environment: "" },
    subjectAlternativeName: "https://{{ .ci_config_ref_uri }}",
    extensions: [
      [9, "BuildSignerURI", "https://{{ .ci_config_ref_uri }}"],
      [10, "BuildSignerDigest", "ci_config_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .project_path }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", 'refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}'],
      [15, "SourceRepositoryIdentifier", "project_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .namespace_path }}"],
      [17, "SourceRepositoryOwnerIdentifier", "namespace_id"],
      [18, "BuildConfigURI", "https://{{ .ci_config_ref_uri }}"],
      [19, "BuildConfigDigest", "ci_config_sha"],
      [20, "BuildTrigger", "pipeline_source"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "project_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "buildkite-job": {
    defaults: { url: "https://buildkite.com" },
    subjectAlternativeName: "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}",
    extensions: [
      [11, "RunnerEnvironment", "runner_environment"],
      [13, "SourceRepositoryDigest", "build_commit"],
      [20, "BuildTrigger", "build_source"],
      [
        21,
        "RunInvocationURI",
        "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}/builds/{{.build_number}}#{{.job_id}}"
      ]
    ]
  }
};

// src/sandbox/fulcio/claim-text.ts
function claimText(value) {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const members = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return `map[${members.map(([name, member]) => `${name}:${claimText(member)}`).join(" ")}]`;
}

// src/sandbox/http/message.ts
function jsonResponse(status, value, headers = {}) {
  return { status, headers: { "content-type": "application/json", ...headers }, body: utf8(JSON.stringify(value)) };
}

// src/sandbox/http/failure.ts
var Refusal = class extends Error {
};
var grpcStatuses = {
  invalidArgument: { code: 3, http: 400 },
  notFound: { code: 5, http: 404 },
  alreadyExists: { code: 6, http: 409 },
  unimplemented: { code: 12, http: 501 },
  internal: { code: 13, http: 500 },
  unavailable: { code: 14, http: 503 }
};
var ServiceFailure = class extends Refusal {
  name = "ServiceFailure";
  status;
  headers;
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
  get httpStatus() {
    return grpcStatuses[this.status].http;
  }
  toJson() {
    return { code: grpcStatuses[this.status].code, message: this.message, details: [] };
  }
  toResponse() {
    return jsonResponse(this.httpStatus, this.toJson(), this.headers);
  }
};
function refuse(status, message, headers) {
  throw new ServiceFailure(status, message, headers);
}

// src/sandbox/fulcio/template.ts
var action = /\{\{ *(?:if eq \.(\w+) "([^"]*)" *\}\}([^{]*)\{\{ *else *\}\}([^{]*)\{\{ *end|\.(\w+)) *\}\}/g;
function renderTemplate(template, values, context) {
  if (!template.includes("{{")) return values.get(template) ?? refuse("invalidArgument", absent2(template, context));
  return template.replace(action, (all, tested, text2, then, otherwise, name, offset) => {
    const claim = tested ?? name;
    const value = values.get(claim);
    const column = offset + all.indexOf(`.${claim}`);
    if (value === void 0) refuse("invalidArgument", noEntry(claim, column));
    if (tested === void 0) return value;
    return value === text2 ? then : otherwise;
  });
}
function absent2(claim, context) {
  return `value <${claim}> not present in either claims or defaults. ${JSON.stringify(context, null, "	")}`;
}
function noEntry(claim, column) {
  return `template: :1:${column}: executing "" at <.${claim}>: map has no entry for key "${claim}"`;
}

// src/sandbox/fulcio/uri.ts
function uriForCertificate(text2) {
  const unreadable = (reason) => refuse("invalidArgument", `parse ${quoted(text2)}: ${reason}`);
  if (/[\x00-\x1f\x7f]/.test(text2)) unreadable("net/url: invalid control character in URL");
  const [wrong] = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text2) ?? [];
  if (wrong !== void 0) unreadable(`invalid URL escape ${quoted(wrong)}`);
  return text2.replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD").replace(/[^!#-;=?-[\]_a-z~]/gu, encodeURIComponent);
}
function quoted(text2) {
  return JSON.stringify(text2).replaceAll("\\u0007", "\\a").replaceAll("\\u000b", "\\v").replaceAll("\x7F", "\\x7f").replace(/\\u00(?=[01])/g, "\\x");
}

// src/sandbox/fulcio/identity.ts
var arc = "1.3.6.1.4.1.57264.1";
function fulcioExtension(number2, text2) {
  return { oid: `${arc}.${number2}`, critical: false, value: number2 < 8 ? utf8(text2) : der.utf8String(text2) };
}
function identityOf(kind, claims2) {
  return kind === "email" ? personIdentity(claims2) : jobIdentity(claims2, kind);
}
function jobIdentity(claims2, kind = "github-workflow") {
  const { defaults, subjectAlternativeName: subjectAlternativeName2, extensions } = ciProviders[kind];
  const values = new Map(Object.entries({ ...defaults, ...claims2 }).map(([name2, value]) => [name2, claimText(value)]));
  const issuer = textOf(claims2, "iss");
  const render = (template, name2) => renderTemplate(template, values, { ExtensionName: name2, Issuer: issuer });
  const name = uriForCertificate(render(subjectAlternativeName2, "SubjectAlternativeName"));
  const rendered = extensions.map(([number2, called, template]) => [number2, render(template, called)]);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "uniformResourceIdentifier", value: name }] },
    additionalExtensions: inOrder([...issuerAndSubject(claims2), ...rendered])
  };
}
function personIdentity(claims2) {
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "rfc822Name", value: textOf(claims2, "email") }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function issuerAndSubject(claims2) {
  return [
    [1, textOf(claims2, "iss")],
    [8, textOf(claims2, "iss")],
    [24, textOf(claims2, "sub")]
  ];
}
function inOrder(texts) {
  return texts.filter(([, text2]) => text2 !== "").sort(([one], [other]) => one - other).map(([number2, text2]) => fulcioExtension(number2, text2));
}
function textOf(claims2, name) {
  return typeof claims2[name] === "string" ? claims2[name] : "";
}

// src/sandbox/http/route.ts
var serviceNames = [
  "oidc",
  "fulcio",
  "ct",
  "timestamp",
  "rekor-v1",
  "rekor-v2",
  "tuf",
  "artifacts",
  "blobs"
];
var grpcStray = (_method, _path, methods) => methods.length === 0 ? new ServiceFailure("notFound", "Not Found") : new ServiceFailure("unimplemented", "Method Not Allowed");
function destinationOf(services, method, pathname) {
  for (const { name, routes } of services) {
    const there = routes.filter(({ path }) => matches(path, pathname));
    if (there.length > 0) {
      const route = there.find((candidate) => candidate.method === method);
      return { service: name, route, methods: there.map((candidate) => candidate.method) };
    }
  }
  return { service: void 0, route: void 0, methods: [] };
}
function matches(path, pathname) {
  return path.endsWith("/*") ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
}

// src/sandbox/misbehaviour/answers.ts
function asWith(routes, meant = () => true) {
  return (request, right) => {
    if (!meant(request)) return right();
    const { method, url } = request;
    const route = routes().find((one) => one.method === method && matches(one.path, url.pathname));
    return route?.handle(request) ?? right();
  };
}
function withBody(change, path = /^/) {
  return async ({ url }, right) => {
    const answer = await right();
    return isSuccess(answer) && path.test(url.pathname) ? { ...answer, body: change(answer.body) } : answer;
  };
}
function withJson(change) {
  return async (_, right) => {
    const answer = await right();
    if (!isSuccess(answer) || !answer.headers["content-type"]?.startsWith("application/json")) return answer;
    return { ...answer, body: utf8(JSON.stringify(await change(JSON.parse(decodeUtf8(answer.body) ?? "")))) };
  };
}
function isSuccess({ status }) {
  return status >= 200 && status < 300;
}
function withMembers(names, change) {
  const visit = (value) => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).flatMap(([name, member]) => {
      const changed = names.includes(name) ? change(member) : visit(member);
      return changed === void 0 ? [] : [[name, changed]];
    });
    return Object.fromEntries(members);
  };
  return withJson(visit);
}
function isPost({ method }) {
  return method === "POST";
}
var notFound = { status: 404, headers: {}, body: new Uint8Array() };
function flipped(bytes2, at) {
  const copy = bytes2.slice();
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}
function flippedBase64(text2, at) {
  return encodeBase64(flipped(decodeBase64(String(text2)), at));
}

// src/sandbox/certificate-log/chain.ts
import { X509Certificate } from "node:crypto";

// src/sandbox/pki/read-certificate.ts
function tbsCertificateOf(certificate) {
  return readSequence(certificate, (reader) => {
    const tbs = reader.any().der;
    reader.any();
    reader.any();
    return tbs;
  });
}
function serialNumberOf(certificate) {
  return readTbs(tbsCertificateOf(certificate)).serialNumber;
}
function extensionValue(certificate, oid) {
  return readTbs(tbsCertificateOf(certificate)).extensions.find((extension) => extension.oid === oid)?.value;
}
function withoutExtension(tbsCertificate, oid) {
  const { before, extensions } = readTbs(tbsCertificate);
  const left = extensions.filter((extension) => extension.oid !== oid).map((extension) => extension.der);
  return der.sequence(...before, ...left.length === 0 ? [] : [der.context(3, der.sequence(...left))]);
}
function alternativeNames(certificate) {
  const value = extensionValue(certificate, "2.5.29.17");
  if (value === void 0) return [];
  return readSequence(value, (names) => {
    const texts = [];
    while (!names.done) texts.push(...nameText(names.any()));
    return texts;
  });
}
var textTags = new Set([1, 2, 6].map((number2) => contextTag(number2, "primitive")));
function nameText({ tag, contents }) {
  if (textTags.has(tag)) return [decodeUtf8(contents) ?? ""];
  if (tag !== contextTag(0, "constructed")) return [];
  return readDer(concatBytes(contents), (reader) => {
    reader.oid();
    const wrapped = reader.element(contextTag(0, "constructed")).contents;
    return [readDer(wrapped, (inner) => inner.utf8String())];
  });
}
function readTbs(tbsCertificate) {
  return readSequence(tbsCertificate, (reader) => {
    const before = [reader.any().der];
    const serial = reader.any();
    before.push(serial.der);
    let extensions = [];
    while (!reader.done) {
      const element = reader.any();
      if (element.tag === contextTag(3, "constructed")) extensions = readSequence(element.contents, readExtensions);
      else before.push(element.der);
    }
    return {
      serialNumber: serial.contents[0] === 0 ? serial.contents.subarray(1) : serial.contents,
      before,
      extensions
    };
  });
}
function readExtensions(list2) {
  const found = [];
  while (!list2.done) {
    const element = list2.any();
    found.push(
      readSequence(element.der, (extension) => {
        const oid = extension.oid();
        if (extension.nextTag === 1) extension.boolean();
        return { oid, der: element.der, value: extension.octetString() };
      })
    );
  }
  return found;
}

// src/sandbox/certificate-log/chain.ts
var poisonOid = "1.3.6.1.4.1.11129.2.4.3";
var poisonValue = new Uint8Array([5, 0]);
function checkChain(chain, roots) {
  const [certificate, ...given] = chain;
  if (certificate === void 0) throw new RangeError("cert chain was empty");
  const last = chain.at(-1) ?? certificate;
  const above = roots.some((root) => isSame(root, last)) ? given : [...given, ...issuersOf(last, roots).slice(0, 1)];
  if (!roots.some((root) => isSame(root, above.at(-1))))
    throw new RangeError("x509: certificate signed by unknown authority");
  [certificate, ...above].reduce((issued, issuer2) => {
    if (!isIssuedBy(issued, issuer2)) throw new RangeError("x509: a certificate of the chain is not signed by the next");
    return issuer2;
  });
  const issuer = above[0] ?? certificate;
  const poison = extensionValue(certificate, poisonOid);
  if (poison !== void 0 && encodeHex(poison) !== encodeHex(poisonValue)) {
    throw new RangeError("CT poison ext is not a proper poison");
  }
  const precertificate = poison === void 0 ? void 0 : {
    certificate,
    issuers: above,
    tbsCertificate: withoutExtension(tbsCertificateOf(certificate), poisonOid),
    issuerKeyHash: hashOf("sha256", subjectPublicKeyInfo(new X509Certificate(issuer).publicKey))
  };
  return { certificate, issuers: above, precertificate };
}
function issuersOf(certificate, roots) {
  return roots.filter((root) => isIssuedBy(certificate, root));
}
function isIssuedBy(certificate, issuer) {
  try {
    const [issued, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    return issued.issuer === above.subject && issued.verify(above.publicKey);
  } catch {
    throw new RangeError("x509: malformed certificate");
  }
}
function isSame(root, certificate) {
  return certificate !== void 0 && encodeHex(root) === encodeHex(certificate);
}

// src/sandbox/pki/name.ts
function encodeName(name) {
  const attribute = (oid, value) => value === void 0 ? [] : [der.set(der.sequence(der.oid(oid), der.utf8String(value)))];
  return der.sequence(...attribute("2.5.4.10", name.organization), ...attribute("2.5.4.3", name.commonName));
}
function encodeGeneralName(name) {
  switch (name.kind) {
    case "otherName":
      return der.context(0, der.oid(name.typeId), der.context(0, name.value));
    case "rfc822Name":
      return der.contextPrimitive(1, utf8(name.value));
    case "dNSName":
      return der.contextPrimitive(2, utf8(name.value));
    case "directoryName":
      return der.context(4, encodeName(name.value));
    case "uniformResourceIdentifier":
      return der.contextPrimitive(6, utf8(name.value));
  }
}

// src/sandbox/pki/extension.ts
var keyUsages = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 };
var keyPurposes = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  anyExtendedKeyUsage: "2.5.29.37.0"
};
function basicConstraints({ authority: authority2, pathLength }) {
  const parts = [
    ...authority2 ? [der.boolean(true)] : [],
    ...pathLength === void 0 ? [] : [der.integer(pathLength)]
  ];
  return { oid: "2.5.29.19", critical: true, value: der.sequence(...parts) };
}
function keyUsage(usages) {
  return { oid: "2.5.29.15", critical: true, value: der.namedBits(...usages.map((usage) => keyUsages[usage])) };
}
function extendedKeyUsage({ critical, purposes }) {
  return { oid: "2.5.29.37", critical, value: der.sequence(...purposes.map((purpose) => der.oid(purpose))) };
}
function subjectKeyIdentifier(identifier) {
  return { oid: "2.5.29.14", critical: false, value: der.octetString(identifier) };
}
function authorityKeyIdentifier(identifier) {
  return { oid: "2.5.29.35", critical: false, value: der.sequence(der.contextPrimitive(0, identifier)) };
}
function subjectAlternativeName({ critical, names }) {
  return { oid: "2.5.29.17", critical, value: der.sequence(...names.map(encodeGeneralName)) };
}
function encodeExtension({ oid, critical, value }) {
  return der.sequence(der.oid(oid), ...critical ? [der.boolean(true)] : [], der.octetString(value));
}

// src/sandbox/pki/certificate.ts
function encodeTbsCertificate(profile, trailing = []) {
  const extensions = [...extensionsOf(profile), ...trailing];
  return der.sequence(
    der.context(0, der.integer(2)),
    der.unsigned(profile.serialNumber),
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    encodeName(profile.issuer),
    der.sequence(der.time(profile.notBefore), der.time(profile.notAfter)),
    encodeName(profile.subject),
    profile.publicKey,
    ...extensions.length === 0 ? [] : [der.context(3, der.sequence(...extensions.map(encodeExtension)))]
  );
}
function signCertificate(profile, trailing = []) {
  const tbsCertificate = encodeTbsCertificate(profile, trailing);
  return der.sequence(
    tbsCertificate,
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    der.bitString(profile.signingKey.sign(tbsCertificate, profile.signatureHash))
  );
}
function extensionsOf(profile) {
  const made = (value, make) => value === void 0 ? [] : [make(value)];
  return [
    ...made(profile.keyUsage, keyUsage),
    ...made(profile.extendedKeyUsage, extendedKeyUsage),
    ...made(profile.basicConstraints, basicConstraints),
    ...made(profile.subjectKeyIdentifier, subjectKeyIdentifier),
    ...made(profile.authorityKeyIdentifier, authorityKeyIdentifier),
    ...made(profile.subjectAlternativeNames, subjectAlternativeName),
    ...profile.additionalExtensions
  ];
}
function freshSerialNumber(random) {
  const serial = new Uint8Array(random(20));
  serial[0] = (serial[0] ?? 0) & 63 | 64;
  return serial;
}

// src/sandbox/pki/marker.ts
var sandboxMarkerOid = "2.999.305821105.408246119";
var sandboxMarkerText = "countersign sandbox: not for production";
var sandboxMarker = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String(sandboxMarkerText)
};

// src/sandbox/pki/certified-key.ts
var authorityUsages = { keyUsage: ["keyCertSign", "cRLSign"] };
function certifyAuthority(options, world) {
  const { pathLength, codeSigning, marked } = options;
  return certify(
    options,
    {
      ...authorityUsages,
      basicConstraints: { authority: true, pathLength },
      extendedKeyUsage: codeSigning ? { critical: false, purposes: [keyPurposes.codeSigning] } : void 0,
      additionalExtensions: marked ? [sandboxMarker] : []
    },
    world
  );
}
function certifyTimestampSigner(options, world) {
  return certify(
    options,
    {
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: true, purposes: [keyPurposes.timeStamping] },
      basicConstraints: void 0,
      additionalExtensions: []
    },
    world
  );
}
function certify(options, usages, world) {
  const { storage = new MemoryStorage(), name = "certified" } = options;
  const key = keptSigningKey(storage, name, options.kind);
  const profile = {
    ...usages,
    serialNumber: freshSerialNumber(world.random),
    issuer: options.issuer?.profile.subject ?? options.subject,
    subject: options.subject,
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: options.issuer?.key.keyIdentifier,
    subjectAlternativeNames: void 0,
    signingKey: options.issuer?.key ?? key,
    signatureHash: void 0,
    ...options.overrides
  };
  const pem = keep(storage, `${name}.pem`, () => utf8(encodePem("CERTIFICATE", signCertificate(profile))));
  const [certificate = new Uint8Array()] = decodePem("CERTIFICATE", decodeUtf8(pem) ?? "");
  return { certificate, profile: { ...profile, serialNumber: serialNumberOf(certificate) }, key };
}

// src/sandbox/world.ts
import { randomBytes } from "node:crypto";
var systemWorld = { clock: () => /* @__PURE__ */ new Date(), random: (length) => new Uint8Array(randomBytes(length)) };
function secondsAfter(time, seconds) {
  return new Date(time.getTime() + seconds * 1e3);
}
function wholeSecond(time) {
  return new Date(Math.floor(time.getTime() / 1e3) * 1e3);
}

// src/sandbox/fulcio/certificate-authority.ts
var sctListOid = "1.3.6.1.4.1.11129.2.4.2";
var tenMinutes = 600;
var tenYears = 10 * 365 * 24 * 3600;
var CertificateAuthority = class {
  root;
  intermediate;
  log;
  #world;
  constructor({
    world,
    log,
    organization = "countersign-sandbox",
    marked = true,
    ...options
  }) {
    const notBefore = wholeSecond(options.notBefore ?? secondsAfter(world.clock(), -3600));
    const notAfter = secondsAfter(notBefore, tenYears);
    const { name = encodeHex(world.random(4)), storage = new MemoryStorage() } = options;
    const common = { kind: "P-384", notBefore, notAfter, marked, storage };
    this.#world = world;
    this.log = log;
    this.root = certifyAuthority(
      {
        ...common,
        name: "fulcio-root",
        subject: { organization, commonName: `sandbox-root-${name}` },
        pathLength: 1,
        codeSigning: false,
        overrides: options.root ?? {}
      },
      world
    );
    this.intermediate = certifyAuthority(
      {
        ...common,
        name: "fulcio-intermediate",
        subject: { organization, commonName: `sandbox-intermediate-${name}` },
        issuer: this.root,
        pathLength: 0,
        codeSigning: true,
        overrides: options.intermediate ?? {}
      },
      world
    );
  }
  /** The certificates of the authority, DER, the root last, as a trusted root lists them. */
  get chain() {
    return [this.intermediate.certificate, this.root.certificate];
  }
  /** Issues a leaf, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
  issue(request) {
    const profile = this.#profile(request);
    const poison = { oid: poisonOid, critical: true, value: poisonValue };
    const scts = profile.signedCertificateTimestamps({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf("sha256", this.intermediate.key.publicKey),
      certificate: signCertificate(profile, [poison]),
      issuers: this.chain
    });
    const sctExtension = { oid: sctListOid, critical: false, value: der.octetString(encodeSctList(scts)) };
    return signCertificate(profile, [...scts.length === 0 ? [] : [sctExtension], ...profile.trailingExtensions]);
  }
  #profile(request) {
    const notBefore = wholeSecond(request.notBefore ?? this.#world.clock());
    return {
      serialNumber: freshSerialNumber(this.#world.random),
      issuer: this.intermediate.profile.subject,
      subject: {},
      notBefore,
      notAfter: secondsAfter(notBefore, tenMinutes),
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: void 0,
      subjectKeyIdentifier: keyIdentifierOf(request.publicKey),
      authorityKeyIdentifier: this.intermediate.key.keyIdentifier,
      signingKey: this.intermediate.key,
      signatureHash: void 0,
      signedCertificateTimestamps: (precertificate) => [this.log.submit(precertificate)],
      trailingExtensions: [],
      ...request
    };
  }
};

// src/sandbox/misbehaviour/fulcio.ts
var oneDay = 24 * 3600;
var tenMinutes2 = 600;
var fulcioMisbehaviours = {
  "fulcio:another-identity": certifying(
    "The certificate is for another repository\u2019s workflow, with the asker\u2019s key: a client must notice that it is not its own identity.",
    ({ tokenIssuers: [issuer] }) => jobIdentity(strangersJob(issuer?.url ?? ""))
  ),
  "fulcio:another-key": certifying(
    "The certificate is for the asker\u2019s identity, with another key: a client must notice before it signs.",
    () => ({ publicKey: generateSigningKey("P-256").publicKey })
  ),
  "fulcio:another-issuer": certifying(
    "The certificate says that another issuer vouches for the identity: a client must notice.",
    () => ({ additionalExtensions }) => ({ additionalExtensions: additionalExtensions.map(withAnotherIssuer) })
  ),
  "fulcio:expired-certificate": certifying(
    "The certificate ended a day ago: a client must not sign with it.",
    ({ world }) => validFrom(secondsAfter(world.clock(), -oneDay))
  ),
  "fulcio:future-certificate": certifying(
    "The certificate begins in a day: a client must not sign with it yet.",
    ({ world }) => validFrom(secondsAfter(world.clock(), oneDay))
  ),
  "fulcio:certificate-without-usage": certifying(
    "The certificate is for nothing in particular: a client must not take it for one that signs code.",
    () => ({ extendedKeyUsage: void 0 })
  ),
  "fulcio:certificate-of-wrong-usage": certifying(
    "The certificate is for TLS servers: a client must not take it for one that signs code.",
    () => ({ extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] } })
  ),
  "fulcio:authority-certificate": certifying(
    "The certificate is an authority\u2019s, which could certify others: a client must not take it for a signer\u2019s.",
    () => ({ basicConstraints: { authority: true }, keyUsage: ["digitalSignature", "keyCertSign"] })
  ),
  "fulcio:without-sct": certifying(
    "No certificate log has promised anything: a client must not use a certificate that nobody can see.",
    () => ({ signedCertificateTimestamps: () => [] })
  ),
  "fulcio:sct-of-unknown-log": certifying(
    "The SCT is of a log that nobody knows: a client must not count it.",
    ({ world }) => ({
      signedCertificateTimestamps: (precertificate) => [new CertificateLog(world.clock).submit(precertificate)]
    })
  ),
  "fulcio:sct-by-another-key": certifying(
    "The SCT names the log and is signed by another key: a client must refuse its signature.",
    ({ certificateLog: { log } }) => ({
      signedCertificateTimestamps: (precertificate) => [
        log.submit(precertificate, { signingKey: generateSigningKey("P-256") })
      ]
    })
  ),
  "fulcio:sct-of-another-certificate": {
    about: "The SCT is the log\u2019s, for another certificate of the same asker: a client must refuse its signature.",
    begin: (parts) => {
      const { log } = parts.certificateLog;
      let other = new Uint8Array();
      const first = certified(parts, () => ({
        signedCertificateTimestamps: (precertificate) => {
          other = log.submit(precertificate);
          return [other];
        }
      }));
      const second = certified(parts, () => ({ signedCertificateTimestamps: () => [other] }));
      return {
        fulcio: async (request, right) => {
          await first(request, right);
          return second(request, right);
        }
      };
    }
  },
  "fulcio:another-authority": {
    about: "The certificate, its chain and its SCT are of an authority and a log that nobody knows: a client must trust neither.",
    begin: (parts) => {
      const { world } = parts;
      const log = new CertificateLog(world.clock);
      const stranger = new CertificateAuthority({ world, log });
      const { certificate, key, profile } = stranger.intermediate;
      const issuerKeyHash = hashOf("sha256", key.publicKey);
      const fromStranger = certified(parts, () => ({
        issuer: profile.subject,
        signingKey: key,
        authorityKeyIdentifier: key.keyIdentifier,
        signedCertificateTimestamps: (precertificate) => [log.submit({ ...precertificate, issuerKeyHash })]
      }));
      const chain = [certificate, stranger.root.certificate].map((one) => encodePem("CERTIFICATE", one));
      const withChain = withMembers(["certificates"], (right) => [
        ...right.slice(0, 1),
        ...chain
      ]);
      return {
        fulcio: (request, right) => isPost(request) ? withChain(request, async () => fromStranger(request, right)) : right()
      };
    }
  }
};
function certifying(about, changes2) {
  return { about, begin: (parts) => ({ fulcio: certified(parts, () => changes2(parts)) }) };
}
function certified({ fulcio }, changes2) {
  return async (request, right) => isPost(request) ? jsonResponse(200, await fulcio.certify(request.body, bearer(request), changes2())) : right();
}
function validFrom(notBefore) {
  return { notBefore, notAfter: secondsAfter(notBefore, tenMinutes2) };
}
function strangersJob(issuer) {
  const strange = (text2) => text2.replaceAll("example-", "strange-");
  const claims2 = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims2, iss: issuer, sub: "repo:strange-org/strange-repo:ref:refs/heads/main" };
}
function withAnotherIssuer(extension) {
  const number2 = [1, 8].find((one) => fulcioExtension(one, "").oid === extension.oid);
  return number2 === void 0 ? extension : fulcioExtension(number2, "https://another-issuer.invalid");
}
function bearer({ headers }) {
  return String(headers.authorization ?? "").replace(/^Bearer /, "");
}

// src/sandbox/misbehaviour/lying-store.ts
var LyingStore = class extends LogStore {
  tree;
  #behind;
  #lie;
  #other;
  constructor(behind, lie) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = lie.first === void 0 ? void 0 : { ...lie.first, index: 0 };
    this.tree = new LyingTree(behind.tree, lie, () => this.#other);
  }
  append(entry) {
    const index = this.size;
    if (!this.#lie.forgets) return this.#behind.append(entry);
    this.#other = { ...entry, index };
    return index;
  }
  entries(index, count) {
    if (index < 0 || index + count > this.size) throw new RangeError(`no entry ${index + count - 1}`);
    const other = this.#other;
    const kept = this.#behind.entries(index, Math.max(0, Math.min(count, this.#behind.size - index)));
    const shown = Array.from({ length: count }, (_, at) => kept[at] ?? new Uint8Array());
    if (other !== void 0 && other.index >= index && other.index < index + count)
      shown[other.index - index] = other.bytes;
    return shown.map((entry) => this.#lie.spoil?.entry?.(entry) ?? entry);
  }
  time(index) {
    return index === this.#other?.index ? this.#other.time : this.#behind.time(index);
  }
  find(key) {
    const other = this.#other;
    const kept = this.#behind.find(key).filter((index) => index < this.size && index !== other?.index);
    if (other === void 0 || !equalBytes(other.leafHash, key)) return kept;
    return [...kept, other.index].sort((a, b) => a - b);
  }
};
var LyingTree = class extends MerkleTree {
  #behind;
  #lie;
  #other;
  constructor(behind, lie, other) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = other;
  }
  get size() {
    if (this.#lie.forgets) return Math.max(this.#behind.size, (this.#other()?.index ?? -1) + 1);
    return this.#lie.size ?? this.#behind.size;
  }
  node(level, position) {
    const other = this.#other();
    if (other === void 0 || Math.floor(other.index / 2 ** level) !== position) {
      return this.#behind.node(level, position);
    }
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    if (level === 0) return other.leafHash;
    return nodeHash(this.node(level - 1, 2 * position), this.node(level - 1, 2 * position + 1));
  }
  root(size) {
    const right = super.root(size);
    return this.#lie.spoil?.root?.(right) ?? right;
  }
  inclusionProof(index, size) {
    const right = super.inclusionProof(index, size);
    return this.#lie.spoil?.inclusionProof?.(right) ?? right;
  }
  consistencyProof(first, second) {
    const right = super.consistencyProof(first, second);
    return this.#lie.spoil?.consistencyProof?.(right) ?? right;
  }
};

// src/sandbox/misbehaviour/log.ts
var abouts = {
  "forked-tree": "The log shows, signed and in itself consistent, a tree whose first entry is another than before: a monitor must notice that what it knew is no part of it.",
  "rolled-back-checkpoint": "The log says, signed, that it is one entry smaller than it was: a monitor must notice that it has shrunk.",
  "stale-checkpoint": "The log shows its checkpoint of the first time it is asked, for ever, whatever is added: a monitor must notice that time stands still.",
  "missing-entry": "The log acknowledges entries as it should, in a tree that it never shows again, and keeps none: a monitor must notice that they are not there.",
  "altered-entry": "One byte of each entry is another: a client or a monitor must notice that it is not the leaf of the tree.",
  "wrong-root-hash": "The log signs roots that its entries do not lead to: a client or a monitor must notice.",
  "wrong-inclusion-proof": "The last hash of an inclusion proof is wrong: a client must refuse the proof."
};
function logMisbehaviours(service, logOf) {
  const begin = (fault2) => (parts) => {
    const log = logOf(parts);
    const beside = fault2 === "missing-entry" ? log.besideForgetting : {};
    return { ...beside, [service]: answers[fault2](log) };
  };
  const family = Object.entries(abouts).map(([fault2, about]) => [
    `${service}:${fault2}`,
    { about, begin: begin(fault2) }
  ]);
  return Object.fromEntries(family);
}
var answers = {
  "forked-tree": (log) => throughout(log, { first: firstOf(log.strange()) }),
  "rolled-back-checkpoint": (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  "stale-checkpoint": ({ head }) => remembering(head),
  "missing-entry": ({ store, showing, submits: submits2 = isPost }) => asWith(() => showing(new LyingStore(store, { forgets: true })), submits2),
  "altered-entry": (log) => throughout(log, { spoil: { entry: log.spoilEntry } }),
  "wrong-root-hash": (log) => throughout(log, { spoil: { root: (root) => hashOf("sha256", root) } }),
  "wrong-inclusion-proof": (log) => throughout(log, { spoil: { inclusionProof: withLastWrong } })
};
function throughout({ store, showing }, lie) {
  const routes = showing(new LyingStore(store, lie));
  return asWith(() => routes);
}
function whenRead({ store, showing, submits: submits2 = isPost }, lie) {
  const routes = showing(new LyingStore(store, lie));
  return asWith(
    () => routes,
    (request) => !submits2(request)
  );
}
function firstOf(store) {
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0) };
}
function withLastWrong(hashes) {
  return hashes.map((hash, at) => at === hashes.length - 1 ? flipped(hash, 0) : hash);
}
function remembering(paths) {
  const remembered = /* @__PURE__ */ new Map();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}

// src/sandbox/misbehaviour/certificate-log.ts
var certificateLogMisbehaviours = {
  ...logMisbehaviours("ct", servedLog),
  "ct:wrong-consistency-proof": {
    about: "The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.",
    begin: (parts) => ({ ct: throughout(servedLog(parts), { spoil: { consistencyProof: withLastWrong } }) })
  },
  "ct:altered-tile": {
    about: "One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.",
    begin: () => ({ ct: withBody((body) => flipped(body, 0), /\/tile\/\d/) })
  },
  "ct:wrong-tree-head-signature": {
    about: "The signature of a tree head has one bit that is another: a monitor must refuse it.",
    begin: () => ({ ct: withMembers(["tree_head_signature"], (signature) => flippedBase64(signature, -1)) })
  }
};
function servedLog(parts) {
  const { certificateLog, certificateLogPath: path } = parts;
  const { log } = certificateLog;
  const showing = (store) => certificateLog.over(log.showing(store)).routes(path);
  return {
    store: log.store,
    showing,
    strange: () => strangeEntry(parts),
    // A byte of the time.
    spoilEntry: (entry) => flipped(entry, 7),
    head: /\/ct\/v1\/get-sth$|\/checkpoint$/,
    besideForgetting: {
      fulcio: certified(parts, () => ({
        signedCertificateTimestamps: (precertificate) => [
          log.showing(new LyingStore(log.store, { forgets: true })).submit(precertificate)
        ]
      }))
    }
  };
}
function strangeEntry({ storage, world, fulcio }) {
  const log = new CertificateLog(world.clock, { storage: storage.folder("ct") });
  if (log.store.size > 0) return log.store;
  fulcio.authority.issue({
    publicKey: generateSigningKey("P-256").publicKey,
    ...jobIdentity({ ...exampleJob }),
    signedCertificateTimestamps: (precertificate) => [log.submit(precertificate)]
  });
  return log.store;
}

// src/sandbox/oidc/token-issuer.ts
import { createPublicKey as createPublicKey2 } from "node:crypto";
var tokenAlgorithm = "RS256";
function createTokenIssuer(url, { storage = new MemoryStorage(), name = "issuer" } = {}) {
  let made;
  const key = () => {
    made ??= issuerKey(storage, `${name}.key`);
    return made;
  };
  return {
    url,
    keySet: async () => {
      const { publicKey, keyId } = await key();
      return { keys: [{ ...publicKey, alg: tokenAlgorithm, use: "sig", kid: keyId }] };
    },
    sign: async (claims2) => {
      const { privateKey, keyId } = await key();
      const header = { typ: "JWT", alg: tokenAlgorithm, kid: keyId };
      return new SignJWT({ ...claims2 }).setProtectedHeader(header).sign(privateKey);
    }
  };
}
async function issuerKey(storage, name) {
  const pem = await keptKey(storage, name);
  const privateKey = await importPKCS8(pem, tokenAlgorithm);
  const keyObject = createPublicKey2(pem);
  const keyId = encodeHex(hashOf("sha1", subjectPublicKeyInfo(keyObject))).toUpperCase();
  return { privateKey, publicKey: await exportJWK(keyObject), keyId };
}
async function keptKey(storage, name) {
  const kept = storage.read(name);
  if (kept !== void 0) return decodeUtf8(kept) ?? "";
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  storage.write(name, utf8(pem));
  return pem;
}
function tokenTimes(now, lifetimeSeconds2, leewaySeconds = 600) {
  const seconds = (time) => Math.floor(time.getTime() / 1e3);
  const issued = lifetimeSeconds2 >= 0 ? now : secondsAfter(now, lifetimeSeconds2 - 300);
  return {
    exp: seconds(secondsAfter(now, lifetimeSeconds2)),
    iat: seconds(issued),
    nbf: seconds(issued) - leewaySeconds
  };
}
function discoveryRoutes(issuer, claimsSupported, { keySetPath = ".well-known/jwks", metadata = {} } = {}) {
  const { pathname } = new URL(issuer.url);
  const document = {
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/${keySetPath}`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    claims_supported: claimsSupported,
    id_token_signing_alg_values_supported: [tokenAlgorithm],
    scopes_supported: ["openid"],
    ...metadata
  };
  const get = (path, answer) => ({
    method: "GET",
    path: `${pathname}/${path}`,
    handle: async () => jsonResponse(200, await answer())
  });
  return [
    get(".well-known/openid-configuration", () => document),
    // A key set is JSON by nature; jose's type of it only does not say so.
    get(keySetPath, async () => await issuer.keySet())
  ];
}

// src/sandbox/oidc/token-query.ts
var BadQuery = class extends Refusal {
  name = "BadQuery";
  toResponse() {
    return jsonResponse(400, { message: this.message });
  }
};
function readTokenQuery({ searchParams }, example = {}) {
  const audience2 = searchParams.get("audience");
  const ttl = searchParams.get("ttl");
  const claims2 = [...searchParams].flatMap(([name, value]) => {
    const claim = name.startsWith("claim.") ? name.slice("claim.".length) : "";
    return claim === "" ? [] : [[claim, typeof example[claim] === "number" ? wholeNumber(name, value) : value]];
  });
  return {
    claims: Object.fromEntries(claims2),
    ...audience2 === null ? {} : { audience: audience2 },
    ...ttl === null ? {} : { lifetimeSeconds: wholeNumber("ttl", ttl) }
  };
}
function wholeNumber(name, value) {
  if (!/^-?\d{1,9}$/.test(value)) throw new BadQuery(`${name} is not a whole number.`);
  return Number(value);
}

// src/sandbox/oidc/person-tokens.ts
var PersonTokens = class {
  issuer;
  #world;
  constructor(issuer, world) {
    this.issuer = issuer;
    this.#world = world;
  }
  /** A token for a person, for Fulcio unless `overrides` say another audience; they replace or add any claim. */
  token(email, overrides = {}) {
    return this.issuer.sign({
      iss: this.issuer.url,
      aud: "sigstore",
      sub: `person-${email}`,
      email,
      email_verified: true,
      ...tokenTimes(this.#world.clock(), personTokenLifetimeSeconds),
      ...overrides
    });
  }
  /**
   * `GET token?email=E&audience=A`, for scripts: a token with no page, no questions. `verified=false` is an address
   * that nobody has verified; for the rest see {@link readTokenQuery}.
   */
  routes() {
    const { pathname } = new URL(this.issuer.url);
    return [{ method: "GET", path: `${pathname}/token`, handle: (request) => this.#answer(request) }];
  }
  async #answer({ url }) {
    const { audience: audience2 = "sigstore", claims: claims2, lifetimeSeconds: lifetimeSeconds2 = personTokenLifetimeSeconds } = readTokenQuery(url);
    const value = await this.token(url.searchParams.get("email") ?? "signer@example.com", {
      aud: audience2,
      email_verified: url.searchParams.get("verified") !== "false",
      ...tokenTimes(this.#world.clock(), lifetimeSeconds2),
      ...claims2
    });
    return jsonResponse(200, { value });
  }
};
var personTokenLifetimeSeconds = 300;

// src/sandbox/oauth/html.ts
var Html = class {
  markup;
  constructor(markup) {
    this.markup = markup;
  }
};
var entities = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function html(parts, ...values) {
  const inserted = [...values.map(markupOf), ""];
  return new Html(parts.map((part, index) => part + inserted[index]).join(""));
}
function markupOf(value) {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return value instanceof Html ? value.markup : value.map(markupOf).join("");
}

// src/sandbox/oauth/pages.ts
var style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --ground: #eef1f4; --line: #868e97;
  --accent: #0b5cad; --on-accent: #fff; --warn: #7a4d00; --warn-ground: #fff4d6; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1d2126; --ground: #121518;
  --line: #7d8590; --accent: #8ab8f5; --on-accent: #10202f; --warn: #ffd98a; --warn-ground: #352a10; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; border-radius: .75rem; background: var(--paper);
  box-shadow: 0 1px 3px rgb(0 0 0 / .2); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
.notice { margin: 0 0 1.5rem; padding: .75rem 1rem; border-left: .25rem solid var(--warn); background: var(--warn-ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .25rem 0 1rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  background: transparent; color: inherit; font: inherit; }
.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: .05em; overflow-wrap: anywhere; user-select: all; }
.error { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
.actions { display: flex; gap: .75rem; }
button { padding: .6rem 1.25rem; border: 1px solid var(--accent); border-radius: .4rem; background: transparent;
  color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
var styleHash = Buffer.from(hashOf("sha256", utf8(style))).toString("base64");
function page({ title, content, status = 200, formTarget = "" }) {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Countersign sandbox</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ];
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "x-content-type-options": "nosniff",
      // Not 'no-referrer': a browser would then send the form with the origin `null`, and it could not be told from a stranger's.
      "referrer-policy": "same-origin",
      "cache-control": "no-store"
    },
    body: utf8(document.markup)
  };
}
var notice = html`<p class="notice"><strong>This is a sandbox.</strong> It asks for no password and believes any address
you type. Nothing that is signed with it is to be relied on.</p>`;
var emailField = ({ email, error }) => html`
<label for="email">E-mail address to sign in as</label>
<input id="email" name="email" type="email" value="${email}" autocomplete="email" required${marks(error)}>
${problem(error)}
<div class="actions">
<button class="primary" name="decision" value="approve">Sign in</button>
<button name="decision" value="deny" formnovalidate>Cancel</button>
</div>`;
var marks = (error) => error === void 0 ? html` autofocus` : html` autofocus aria-invalid="true" aria-describedby="problem"`;
var problem = (error) => error === void 0 ? html`` : html`<p class="error" id="problem" role="alert">${error}</p>`;
function loginPage({ action: action2, ticket, clientId: clientId2, redirectUri, formTarget, ...state }) {
  const next = redirectUri ?? "This page, which will show a code to copy";
  return page({
    title: "Sign in to the sandbox",
    status: state.error === void 0 ? 200 : 400,
    formTarget,
    content: html`${notice}
<dl>
<dt>Asked by</dt><dd>${clientId2}</dd>
<dt>Then goes to</dt><dd>${next}</dd>
</dl>
<form method="post" action="${action2}">
<input type="hidden" name="login" value="${ticket}">
${emailField(state)}
</form>`
  });
}
function devicePage({ action: action2, clientId: clientId2, userCode, ...state }) {
  return page({
    title: "Sign in on another device",
    status: state.error === void 0 ? 200 : 400,
    content: html`${notice}
<p>Go on only if you started this yourself, and the program that waits for you shows the same code.</p>
<dl><dt>Asked by</dt><dd>${clientId2}</dd></dl>
<form method="post" action="${action2}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" class="code" value="${userCode}" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
${emailField(state)}
</form>`
  });
}
function codePage(code) {
  return page({
    title: "Signed in",
    content: html`${notice}
<p>Copy this code into the program that asks for it. It is good for two minutes, once.</p>
<p class="code" id="code">${code}</p>`
  });
}
function messagePage(title, message) {
  return page({ title, content: html`${notice}<p>${message}</p>` });
}
function errorPage(status, message) {
  return page({ title: "This does not work", status, content: html`${notice}<p role="alert">${message}</p>` });
}

// src/sandbox/oauth/failure.ts
var noStore = { "cache-control": "no-store", pragma: "no-cache" };
var OAuthFailure = class extends Refusal {
  name = "OAuthFailure";
  code;
  constructor(code, description) {
    super(description);
    this.code = code;
  }
  toResponse() {
    const unauthorized = this.code === "invalid_client";
    return jsonResponse(
      unauthorized ? 401 : 400,
      { error: this.code, error_description: this.message },
      { ...noStore, ...unauthorized ? { "www-authenticate": 'Basic realm="sandbox"' } : {} }
    );
  }
};
var PageFailure = class extends Refusal {
  name = "PageFailure";
  status;
  constructor(message, status = 400) {
    super(message);
    this.status = status;
  }
  toResponse() {
    return errorPage(this.status, this.message);
  }
};
function refuseClient(code, description) {
  throw new OAuthFailure(code, description);
}
function refusePerson(message, status) {
  throw new PageFailure(message, status);
}

// src/sandbox/oauth/parameters.ts
function parametersOf(source) {
  const names = [...source.keys()];
  return {
    get: (name) => source.get(name) || void 0,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index))
  };
}
function formOf({ headers, body }) {
  const [type = ""] = String(headers["content-type"] ?? "").split(";");
  const text2 = decodeUtf8(body);
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded" || text2 === void 0) return void 0;
  return parametersOf(new URLSearchParams(text2));
}

// src/sandbox/oauth/client.ts
var clientId = "sigstore";
function formOfClient(request) {
  const form = formOf(request) ?? refuseClient("invalid_request", "The request is not a form.");
  const [repeated] = form.repeated;
  if (repeated !== void 0) refuseClient("invalid_request", "A parameter is there more than once.");
  const named = basicCredentials(request) ?? { id: form.get("client_id"), secret: form.get("client_secret") ?? "" };
  if (named.id !== clientId || named.secret !== "") refuseClient("invalid_client", "There is no such client.");
  if ((form.get("client_id") ?? clientId) !== clientId) {
    refuseClient("invalid_request", "The client calls itself two names.");
  }
  return form;
}
function basicCredentials({ headers }) {
  const { authorization } = headers;
  if (authorization === void 0) return void 0;
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(String(authorization)) ?? [];
  const [, id, secret = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return { id, secret };
}

// src/sandbox/oidc/email-address.ts
var dotAtom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
var label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
var address = new RegExp(`^${dotAtom}@${label}(?:\\.${label})*$`);
function isEmailAddress(text2) {
  return text2.length <= 254 && address.test(text2);
}

// src/sandbox/oauth/form-origin.ts
function formOfPerson(request, issuerUrl) {
  const { origin } = new URL(issuerUrl);
  if ((request.headers.origin ?? origin) !== origin) {
    refusePerson(`This form does not come from a page of the sandbox. Its pages are at ${origin}.`, 403);
  }
  return formOf(request) ?? refusePerson("This is not a form of the sandbox.");
}

// src/sandbox/oauth/pkce.ts
function isChallenge(text2) {
  return /^[A-Za-z0-9_-]{43}$/.test(text2);
}
function answers2(challenge, verifier) {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return Buffer.from(hashOf("sha256", Buffer.from(verifier))).toString("base64url") === challenge;
}

// src/sandbox/oauth/redirect-uri.ts
var outOfBand = "urn:ietf:wg:oauth:2.0:oob";
function loopbackAddress(text2) {
  if (!URL.canParse(text2)) return void 0;
  const url = new URL(text2);
  const loopback2 = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const plain = url.username === "" && url.password === "" && !text2.includes("#");
  return url.protocol === "http:" && loopback2 && plain ? url : void 0;
}
function policySource({ hostname, origin }) {
  return hostname.startsWith("[") ? "http:" : origin;
}

// src/sandbox/oauth/scopes.ts
var scopes = ["openid", "email"];
function missingScopes(parameters) {
  const asked = (parameters.get("scope") ?? "").split(" ");
  const missing = scopes.filter((scope) => !asked.includes(scope));
  return missing.length === 0 ? void 0 : `The scope lacks ${missing.join(" and ")}.`;
}

// src/sandbox/oauth/tickets.ts
var maxHeld = 1e3;
var Tickets = class {
  #world;
  #lifetimeSeconds;
  #held = /* @__PURE__ */ new Map();
  constructor(world, lifetimeSeconds2) {
    this.#world = world;
    this.#lifetimeSeconds = lifetimeSeconds2;
  }
  issue(value) {
    const name = Buffer.from(this.#world.random(32)).toString("base64url");
    this.#held.set(name, { value, expires: secondsAfter(this.#world.clock(), this.#lifetimeSeconds) });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
    return name;
  }
  /** Gives what was held, and holds it no longer. */
  take(name) {
    const held = this.#held.get(name);
    this.#held.delete(name);
    return held !== void 0 && this.#world.clock() < held.expires ? held.value : void 0;
  }
};

// src/sandbox/oauth/code-flow.ts
var loginLifetimeSeconds = 600;
var codeLifetimeSeconds = 120;
var CodeFlow = class {
  endpoint;
  #issuerUrl;
  #logins;
  #codes;
  constructor(issuerUrl, world) {
    this.endpoint = `${issuerUrl}/authorize`;
    this.#issuerUrl = issuerUrl;
    this.#logins = new Tickets(world, loginLifetimeSeconds);
    this.#codes = new Tickets(world, codeLifetimeSeconds);
  }
  routes() {
    const path = new URL(this.endpoint).pathname;
    return [
      { method: "GET", path, handle: ({ url }) => this.#begin(parametersOf(url.searchParams)) },
      { method: "POST", path, handle: (request) => this.#finish(request) }
    ];
  }
  /** Takes a code in (RFC 6749, section 4.1.3). It is spent by the first try, so that nobody can guess at the rest. */
  redeem(form) {
    const [code, redirectUri, verifier] = ["code", "redirect_uri", "code_verifier"].map(
      (name) => form.get(name) ?? refuseClient("invalid_request", `The parameter ${name} is missing.`)
    );
    const authorization = this.#codes.take(code ?? "");
    if (authorization === void 0) {
      return refuseClient("invalid_grant", "The code is not valid, was used already, or has expired.");
    }
    if (authorization.redirectUri !== redirectUri) {
      refuseClient("invalid_grant", "The code was issued for another redirect_uri.");
    }
    if (!answers2(authorization.challenge, verifier ?? "")) {
      refuseClient("invalid_grant", "The code_verifier does not belong to the code_challenge.");
    }
    return authorization;
  }
  #begin(parameters) {
    const back = returnAddress(parameters);
    const request = readRequest(parameters, back);
    if ("error" in request) return this.#answer(back, { error: request.error, error_description: request.problem });
    return this.#loginPage(request, { email: parameters.get("login_hint") ?? "" });
  }
  #finish(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const asked = this.#logins.take(form.get("login") ?? "");
    if (asked === void 0) {
      return refusePerson("This form was sent already, or is too old. Start again in the program that opened it.");
    }
    const email = form.get("email") ?? "";
    if (form.get("decision") === "deny") {
      return this.#answer(asked, { error: "access_denied", error_description: "The person did not want to sign in." });
    }
    if (!isEmailAddress(email)) {
      return this.#loginPage(asked, { email, error: "This is not an e-mail address that a certificate can name." });
    }
    return this.#answer(asked, { code: this.#codes.issue({ ...asked, email }) });
  }
  #loginPage(asked, state) {
    const address2 = loopbackAddress(asked.redirectUri);
    return loginPage({
      action: new URL(this.endpoint).pathname,
      ticket: this.#logins.issue(asked),
      clientId,
      redirectUri: address2?.href,
      formTarget: address2 === void 0 ? "" : policySource(address2),
      ...state
    });
  }
  /** Sends the browser back with the answer (RFC 6749, section 4.1.2), and with the issuer's name (RFC 9207). */
  #answer({ redirectUri, state }, answer) {
    const address2 = loopbackAddress(redirectUri);
    if (address2 === void 0)
      return "code" in answer ? codePage(answer.code) : errorPage(400, answer.error_description);
    const parts = { ...answer, ...state === void 0 ? {} : { state }, iss: this.#issuerUrl };
    for (const [name, value] of Object.entries(parts)) address2.searchParams.set(name, value);
    return { status: 303, headers: { ...noStore, location: address2.href }, body: new Uint8Array() };
  }
};
function returnAddress(parameters) {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (parameters.get("client_id") !== clientId || parameters.repeated.has("client_id")) {
    refusePerson(`The program that sent you here is not known: its client_id is not "${clientId}".`);
  }
  const known = redirectUri === outOfBand || loopbackAddress(redirectUri) !== void 0;
  if (!known || parameters.repeated.has("redirect_uri")) {
    refusePerson(
      `The sandbox sends people back to programs on this machine alone: the redirect_uri must be an http address of localhost, 127.0.0.1 or [::1], or ${outOfBand}.`
    );
  }
  return { redirectUri, state: parameters.get("state") };
}
function readRequest(parameters, back) {
  const refused = (error, problem2) => ({ error, problem: problem2 });
  const challenge = parameters.get("code_challenge") ?? "";
  if (parameters.repeated.size > 0) return refused("invalid_request", "A parameter is there more than once.");
  if (parameters.get("response_type") !== "code") {
    return refused("unsupported_response_type", "The response_type must be code.");
  }
  if (!isChallenge(challenge)) return refused("invalid_request", "A code_challenge is required (RFC 7636).");
  if (parameters.get("code_challenge_method") !== "S256") {
    return refused("invalid_request", "The code_challenge_method must be S256.");
  }
  const missing = missingScopes(parameters);
  if (missing !== void 0) return refused("invalid_scope", missing);
  if (parameters.get("prompt") === "none") {
    return refused("login_required", "Somebody has to type an address; nobody is ever signed in already.");
  }
  return { ...back, challenge, nonce: parameters.get("nonce") };
}

// src/sandbox/oauth/device-flow.ts
var deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
var lifetimeSeconds = 600;
var intervalSeconds = 1;
var slowDownSeconds = 5;
var maxHeld2 = 100;
var letters = "BCDFGHJKLMNPQRSTVWXZ";
var DeviceFlow = class {
  endpoint;
  verificationUri;
  #issuerUrl;
  #world;
  #held = /* @__PURE__ */ new Map();
  constructor(issuerUrl, world) {
    this.endpoint = `${issuerUrl}/device/code`;
    this.verificationUri = `${issuerUrl}/device`;
    this.#issuerUrl = issuerUrl;
    this.#world = world;
  }
  routes() {
    const page2 = new URL(this.verificationUri).pathname;
    return [
      { method: "POST", path: new URL(this.endpoint).pathname, handle: (request) => this.#begin(request) },
      {
        method: "GET",
        path: page2,
        handle: ({ url }) => this.#page({ userCode: url.searchParams.get("user_code") ?? "", email: "" })
      },
      { method: "POST", path: page2, handle: (request) => this.#decide(request) }
    ];
  }
  /** Whose token the program gets, if the person has decided (RFC 8628, sections 3.4 and 3.5). */
  redeem(form) {
    const code = form.get("device_code") ?? refuseClient("invalid_request", "The parameter device_code is missing.");
    const held = this.#held.get(code) ?? refuseClient("invalid_grant", "The device_code is not known.");
    const now = this.#world.clock();
    if (held.challenge !== void 0 && !answers2(held.challenge, form.get("code_verifier") ?? "")) {
      refuseClient("invalid_grant", "The code_verifier does not belong to the code_challenge.");
    }
    if (now >= held.expires) refuseClient("expired_token", "Nobody signed in in time.");
    const early = now < held.nextPoll;
    const interval = held.intervalSeconds + (early ? slowDownSeconds : 0);
    this.#held.set(code, { ...held, intervalSeconds: interval, nextPoll: secondsAfter(now, interval) });
    if (early) refuseClient("slow_down", `Ask every ${interval} seconds.`);
    if (held.decision.kind === "pending") refuseClient("authorization_pending", "Nobody has signed in yet.");
    this.#held.delete(code);
    if (held.decision.kind === "denied") refuseClient("access_denied", "The person did not want to sign in.");
    return held.decision;
  }
  #begin(request) {
    const form = formOfClient(request);
    const missing = missingScopes(form);
    if (missing !== void 0) refuseClient("invalid_scope", missing);
    const challenge = form.get("code_challenge");
    const method = form.get("code_challenge_method");
    if (challenge !== void 0 && (!isChallenge(challenge) || method !== "S256")) {
      refuseClient("invalid_request", "The code_challenge_method must be S256.");
    }
    const now = this.#world.clock();
    const held = {
      deviceCode: Buffer.from(this.#world.random(32)).toString("base64url"),
      userCode: this.#freshUserCode(),
      challenge,
      expires: secondsAfter(now, lifetimeSeconds),
      nextPoll: now,
      intervalSeconds,
      decision: { kind: "pending" }
    };
    this.#hold(held);
    return jsonResponse(
      200,
      {
        device_code: held.deviceCode,
        user_code: held.userCode,
        verification_uri: this.verificationUri,
        verification_uri_complete: `${this.verificationUri}?user_code=${held.userCode}`,
        expires_in: lifetimeSeconds,
        interval: intervalSeconds
      },
      noStore
    );
  }
  #decide(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const userCode = form.get("user_code") ?? "";
    const email = form.get("email") ?? "";
    const held = this.#waitingFor(userCode);
    if (held === void 0) return this.#page({ userCode, email, error: "No program waits for this code any more." });
    if (form.get("decision") === "deny") {
      this.#hold({ ...held, decision: { kind: "denied" } });
      return messagePage(
        "Not signed in",
        "The program has been told that you did not want to. You can close this page."
      );
    }
    if (!isEmailAddress(email)) {
      return this.#page({ userCode, email, error: "This is not an e-mail address that a certificate can name." });
    }
    this.#hold({ ...held, decision: { kind: "approved", email } });
    return messagePage("Signed in", "The program that was waiting goes on by itself. You can close this page.");
  }
  #page(state) {
    return devicePage({ action: new URL(this.verificationUri).pathname, clientId, ...state });
  }
  /** However it was typed: small letters, no hyphen (RFC 8628, section 6.1). */
  #waitingFor(typed) {
    const plain = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");
    const now = this.#world.clock();
    return [...this.#held.values()].find(
      ({ userCode, decision, expires }) => plain(userCode) === plain(typed) && decision.kind === "pending" && now < expires
    );
  }
  #hold(held) {
    this.#held.set(held.deviceCode, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld2) break;
      this.#held.delete(oldest);
    }
  }
  #freshUserCode() {
    let code = "";
    while (code.length < 8) {
      for (const byte of this.#world.random(16)) if (byte < 240) code += letters[byte % letters.length];
    }
    return `${code.slice(0, 4)}-${code.slice(4, 8)}`;
  }
};

// src/sandbox/oauth/authorization-server.ts
var claims = ["sub", "aud", "exp", "iat", "iss", "nbf", "nonce", "at_hash", "email", "email_verified"];
var AuthorizationServer = class {
  #tokens;
  #codeFlow;
  #deviceFlow;
  constructor(tokens, world) {
    this.#tokens = tokens;
    this.#codeFlow = new CodeFlow(tokens.issuer.url, world);
    this.#deviceFlow = new DeviceFlow(tokens.issuer.url, world);
  }
  /** Discovery with the endpoints of RFC 8414, and the endpoints. */
  routes() {
    const { issuer } = this.#tokens;
    const tokenEndpoint = `${issuer.url}/token`;
    const metadata = {
      authorization_endpoint: this.#codeFlow.endpoint,
      token_endpoint: tokenEndpoint,
      device_authorization_endpoint: this.#deviceFlow.endpoint,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", deviceGrant],
      subject_types_supported: ["public"],
      scopes_supported: scopes,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true
    };
    return [
      ...discoveryRoutes(issuer, claims, { metadata }),
      ...this.#codeFlow.routes(),
      ...this.#deviceFlow.routes(),
      { method: "POST", path: new URL(tokenEndpoint).pathname, handle: (request) => this.#exchange(request) }
    ];
  }
  async #exchange(request) {
    const { email, nonce } = this.#redeem(formOfClient(request));
    const accessToken = await this.#tokens.token(email);
    const idToken = await this.#tokens.token(email, {
      aud: clientId,
      at_hash: accessTokenHash(accessToken),
      ...nonce === void 0 ? {} : { nonce }
    });
    const body = {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: personTokenLifetimeSeconds,
      scope: scopes.join(" "),
      id_token: idToken
    };
    return jsonResponse(200, body, noStore);
  }
  #redeem(form) {
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#codeFlow.redeem(form);
      case deviceGrant:
        return this.#deviceFlow.redeem(form);
      case void 0:
        return refuseClient("invalid_request", "The parameter grant_type is missing.");
      default:
        return refuseClient("unsupported_grant_type", "There are codes, and devices, and nothing else.");
    }
  }
};
function accessTokenHash(token) {
  return Buffer.from(hashOf("sha256", Buffer.from(token)).subarray(0, 16)).toString("base64url");
}

// src/sandbox/misbehaviour/oidc.ts
var oneHour = 3600;
var oidcMisbehaviours = {
  "oidc:expired-token": saying("Tokens ended ten seconds ago: a client must not present them.", (now) => ({
    exp: now - 10,
    iat: now - 310,
    nbf: now - 910
  })),
  "oidc:future-token": saying("Tokens are valid only in an hour: a client must not present them.", (now) => ({
    nbf: now + oneHour,
    iat: now + oneHour,
    exp: now + 2 * oneHour
  })),
  "oidc:another-audience": saying(
    "Tokens are for another audience: a client must not present them, and an authority must refuse them.",
    () => ({ aud: "another-audience" })
  ),
  "oidc:another-issuer": saying(
    "Tokens say that another issuer has issued them: an authority must not look for its keys.",
    () => ({ iss: "https://another-issuer.invalid" })
  ),
  "oidc:without-subject": saying(
    "Tokens are about nobody: a client must notice that it cannot prove anything.",
    () => ({
      sub: void 0,
      email: void 0
    })
  ),
  "oidc:without-email": saying(
    "Tokens of people name no e-mail address: a client must notice that it has no identity.",
    (_, claims2) => "email" in claims2 ? { email: void 0, email_verified: void 0 } : {}
  ),
  "oidc:unverified-email": saying(
    "Tokens of people name an e-mail address that nobody has verified: an authority must not certify it.",
    (_, claims2) => "email" in claims2 ? { email_verified: false } : {}
  ),
  "oidc:another-key": {
    about: "Tokens are signed by a key that their issuer does not publish: an authority must refuse them.",
    begin: (parts) => {
      const strangers = parts.tokenIssuers.map(({ url }) => createTokenIssuer(url));
      return {
        oidc: withTokens((claims2) => issuerOf(strangers, claims2).sign(claims2))
      };
    }
  }
};
function saying(about, changes2) {
  const begin = ({ tokenIssuers, world }) => ({
    oidc: withTokens((claims2) => {
      const said = { ...claims2, ...changes2(Math.floor(world.clock().getTime() / 1e3), claims2) };
      return issuerOf(tokenIssuers, claims2).sign(JSON.parse(JSON.stringify(said)));
    })
  });
  return { about, begin };
}
function issuerOf(issuers, { iss }) {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === void 0) throw new RangeError(`no issuer ${String(iss)}`);
  return issuer;
}
function withTokens(make) {
  return withJson(async (json) => {
    if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
    const members = { ...json };
    for (const name of ["value", "access_token", "id_token"]) {
      const claims2 = claimsOf(members[name]);
      if (claims2 === void 0) continue;
      const hash = "at_hash" in claims2 ? { at_hash: accessTokenHash(String(members.access_token)) } : {};
      members[name] = await make({ ...claims2, ...hash });
    }
    return members;
  });
}
function claimsOf(value) {
  return typeof value === "string" && value.split(".").length === 3 ? decodeJwt(value) : void 0;
}

// src/sandbox/log/transparency-log.ts
var maxEntryLength = 65535;
var TransparencyLog = class _TransparencyLog {
  origin;
  signer;
  store;
  #clock;
  #witnesses;
  #checkpoints;
  #seen;
  #frozen;
  constructor({ origin, kind = "Ed25519", key, signerName = origin, ...options }) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
    this.store = options.store ?? new LogStore();
    this.#clock = options.clock ?? systemWorld.clock;
    this.#witnesses = options.witnesses ?? [];
    this.#checkpoints = options.checkpoints ?? {};
    this.#seen = options.seen ?? ((size, root) => size <= this.size && equalBytes(root, this.root(size)));
  }
  get size() {
    return this.store.size;
  }
  /** What a trusted root calls the log by (`logId.keyId`). */
  get logId() {
    return this.signer.keyHash;
  }
  /** SubjectPublicKeyInfo, DER. */
  get publicKey() {
    return this.signer.key.publicKey;
  }
  /**
   * Appends an entry, and says at which index. At most 65535 bytes: the tiles have two for the length. It is found again by its
   * leaf's hash, and by each of these keys, hashes themselves.
   */
  append(body, keys = []) {
    if (this.#frozen !== void 0) throw new RangeError("the log is frozen");
    if (body.length > maxEntryLength) throw new RangeError(`an entry of ${body.length} bytes`);
    return this.store.append({ bytes: body, leafHash: leafHash(body), time: this.#clock(), keys });
  }
  body(index) {
    return this.store.entry(index);
  }
  root(size) {
    return this.store.tree.root(size);
  }
  inclusionProof(index, size) {
    return this.store.tree.inclusionProof(index, size);
  }
  consistencyProof(first, second) {
    return this.store.tree.consistencyProof(first, second);
  }
  /** When it was ended for good, if it was. */
  get frozen() {
    return this.#frozen;
  }
  /** Ends the log: it takes no more entries, and its last checkpoint says so. */
  freeze(time) {
    this.#frozen = time;
  }
  /** A signed checkpoint of the log as it is, or as it was at a `size` given. */
  checkpoint(changes2 = {}) {
    const overrides = { ...this.#checkpoints, ...changes2 };
    const {
      origin = this.origin,
      size = this.size,
      root = this.root(size),
      extensionLines = this.#extension(size)
    } = overrides;
    const isOwn = origin === this.origin && this.#seen(size, root);
    const { signers = [this.signer, ...isOwn ? this.#witnesses : []] } = overrides;
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
  }
  #extension(size) {
    return this.#frozen === void 0 || size < this.size ? [] : [frozenLine(this.#frozen)];
  }
  /**
   * The log of this name and key, as it is when it shows other things than it has. The witnesses have seen what it has: they cosign
   * that, as it is now, and nothing else.
   */
  showing({
    store = this.store,
    checkpoints = {}
  }) {
    const { name: signerName, key } = this.signer;
    const seen = (size, root) => size === this.size && equalBytes(root, this.root(size));
    const own = { origin: this.origin, signerName, key, clock: this.#clock, witnesses: this.#witnesses };
    return new _TransparencyLog({ ...own, store, checkpoints, seen });
  }
  /** An entry with the proof that it is in the tree of this size. */
  entry(index, size = this.size) {
    return {
      logIndex: String(index),
      logId: { keyId: encodeBase64(this.logId) },
      kindVersion: { kind: "hashedrekord", version: "0.0.2" },
      integratedTime: "0",
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: encodeBase64(this.root(size)),
        treeSize: String(size),
        hashes: this.inclusionProof(index, size).map(encodeBase64),
        checkpoint: { envelope: this.checkpoint({ size }) }
      },
      canonicalizedBody: encodeBase64(this.body(index))
    };
  }
};
function frozenLine(time) {
  const [day, date, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `Log frozen \u2014 ${day} ${month} ${String(Number(date)).padStart(2)} ${clock} UTC ${year}`;
}

// src/sandbox/rekor-v1/failure.ts
var RekorFailure = class extends Refusal {
  name = "RekorFailure";
  httpStatus;
  code;
  headers;
  constructor(httpStatus, message, { code = httpStatus, headers = {} } = {}) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
    this.headers = headers;
  }
  toResponse() {
    return jsonResponse(this.httpStatus, { code: this.code, message: this.message }, this.headers);
  }
};
var EntryNotFound = class extends Refusal {
  name = "EntryNotFound";
  toResponse() {
    return { status: 404, headers: {}, body: new Uint8Array() };
  }
};
function refuseEntry(reason) {
  throw new RekorFailure(400, `error processing entry: ${reason}`);
}
function refuseParameter(code, message) {
  throw new RekorFailure(422, message, { code });
}
var rekorStray = (method, path, methods) => methods.length === 0 ? new RekorFailure(404, `path ${path} was not found`) : new RekorFailure(405, `method ${method} is not allowed, but [${methods.join(",")}] are`);

// src/sandbox/rekor-v1/dsse.ts
import { verify } from "node:crypto";

// src/sandbox/rekor-v1/member.ts
function memberAt(value, ...path) {
  return path.reduce(
    (at, name) => typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, name) ? at[name] : void 0,
    value
  );
}
function textAt(value, ...path) {
  const text2 = memberAt(value, ...path);
  return typeof text2 === "string" && text2 !== "" ? text2 : void 0;
}

// src/sandbox/rekor-v1/verifier.ts
import { createPublicKey as createPublicKey3, X509Certificate as X509Certificate2 } from "node:crypto";
function readVerifier(base64) {
  const pem = Buffer.from(readBase64(base64, "public key content")).toString("latin1").trim();
  try {
    if (pem.startsWith("-----BEGIN CERTIFICATE-----")) {
      const certificate = new X509Certificate2(pem);
      const subjects = alternativeNames(new Uint8Array(certificate.raw));
      return { key: certificate.publicKey, ...canonicalPem("CERTIFICATE", certificate.raw), subjects };
    }
    if (pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
      const key = createPublicKey3(pem);
      return { key, ...canonicalPem("PUBLIC KEY", subjectPublicKeyInfo(key)), subjects: [] };
    }
  } catch {
  }
  return refuseEntry("invalid public key: failure decoding PEM");
}
function readBase64(text2, what) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuseEntry(`failed parsing base64 data for ${what}: illegal base64 data`);
  }
}
function canonicalPem(label2, bytes2) {
  const pem = utf8(encodePem(label2, new Uint8Array(bytes2)));
  return { canonical: encodeBase64(pem), hash: encodeHex(hashOf("sha256", pem)) };
}

// src/sandbox/rekor-v1/dsse.ts
function checkDsse(spec) {
  const text2 = textAt(spec, "proposedContent", "envelope") ?? refuseEntry("proposed content envelope is missing");
  const envelope = readEnvelope(text2);
  const payload = readBase64(textAt(envelope, "payload") ?? "", "payload");
  const signed = preAuthenticationEncoding(textAt(envelope, "payloadType") ?? "", payload);
  const signatures = list(memberAt(envelope, "signatures")).map((signature) => textAt(signature, "sig") ?? "");
  if (signatures.length === 0) refuseEntry("DSSE envelope must contain 1 or more signatures");
  const verifiers = list(memberAt(spec, "proposedContent", "verifiers")).map(
    (verifier) => readVerifier(typeof verifier === "string" ? verifier : "")
  );
  const [envelopeHash, payloadHash] = [sha256(utf8(text2)), sha256(payload)];
  const pairs = pair(signed, signatures, verifiers).sort((a, b) => a.signature < b.signature ? -1 : 1);
  return {
    spec: { envelopeHash, payloadHash, signatures: pairs },
    keys: [
      // Rekor writes the algorithm before the hash of the key here, and not elsewhere.
      ...verifiers.flatMap(({ hash, subjects }) => [`sha256:${hash}`, ...subjects]),
      ...[envelopeHash, payloadHash].map(({ algorithm, value }) => `${algorithm}:${value}`),
      ...textAt(envelope, "payloadType") === "application/vnd.in-toto+json" ? statementKeys(payload) : []
    ]
  };
}
function statementKeys(payload) {
  const statement = readJson(payload);
  const described = [...list(memberAt(statement, "subject")), ...list(memberAt(statement, "predicate", "materials"))];
  return described.flatMap(
    (one) => Object.entries(memberAt(one, "digest") ?? {}).flatMap(
      ([algorithm, value]) => typeof value === "string" ? [`${algorithm}:${value}`] : []
    )
  );
}
function readJson(bytes2) {
  try {
    return parseJson(bytes2);
  } catch {
    return void 0;
  }
}
function pair(signed, signatures, verifiers) {
  const left = new Set(signatures);
  const pairs = [];
  for (const { key, canonical } of verifiers) {
    if (left.size === 0) break;
    const made = [...left].filter((signature) => isSignature(key, signed, readBase64(signature, "signature")));
    if (made.length === 0)
      refuseEntry("could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1");
    for (const signature of made) {
      left.delete(signature);
      pairs.push({ signature, verifier: canonical });
    }
  }
  if (left.size > 0) refuseEntry("all signatures must have a key that verifies it");
  return pairs;
}
function isSignature(key, signed, signature) {
  return verify(key.asymmetricKeyType === "ed25519" ? null : "sha256", signed, key, signature);
}
function readEnvelope(text2) {
  try {
    return parseJson(text2);
  } catch {
    return refuseEntry("invalid character in envelope");
  }
}
function list(value) {
  return Array.isArray(value) ? value : [];
}
function sha256(bytes2) {
  return { algorithm: "sha256", value: encodeHex(hashOf("sha256", bytes2)) };
}

// src/sandbox/rekor/verifier-key.ts
import { constants, createPublicKey as createPublicKey5, publicDecrypt, X509Certificate as X509Certificate3 } from "node:crypto";

// src/sandbox/rekor/ecdsa-of-digest.ts
import { createECDH, createPublicKey as createPublicKey4, verify as verify2 } from "node:crypto";
var curves = {
  "P-256": { name: "prime256v1", hash: "sha256", noble: p256 },
  "P-384": { name: "secp384r1", hash: "sha384", noble: p384 },
  "P-521": { name: "secp521r1", hash: "sha512", noble: p521 }
};
var messages = [utf8("a message of our choice"), utf8("another")];
function verifyDigest(curve, key, signature, digest) {
  const { Point, Signature } = curve.noble;
  const { Fn } = Point;
  const { r } = Signature.fromBytes(signature, "der");
  const { x = "", y = "", ...jwk } = key.export({ format: "jwk" });
  const point = Point.fromAffine({ x: integer(Buffer.from(x, "base64url")), y: integer(Buffer.from(y, "base64url")) });
  for (const message of messages) {
    const chosen = hashOf(curve.hash, message);
    const shift = Fn.div(Fn.sub(Fn.create(integer(digest)), Fn.create(integer(chosen))), r);
    const moved = shift === 0n ? point : point.add(Point.fromBytes(multipleOfBase(curve, Fn.toBytes(shift))));
    if (moved.is0()) continue;
    const bytes2 = Buffer.from(moved.toBytes(false).subarray(1));
    const [left, right] = [bytes2.subarray(0, bytes2.length / 2), bytes2.subarray(bytes2.length / 2)];
    const movedJwk = { ...jwk, x: left.toString("base64url"), y: right.toString("base64url") };
    return verify2(curve.hash, message, createPublicKey4({ format: "jwk", key: movedJwk }), signature);
  }
  return false;
}
function multipleOfBase({ name }, factor) {
  const exchange = createECDH(name);
  exchange.setPrivateKey(factor);
  return new Uint8Array(exchange.getPublicKey());
}
function integer(bytes2) {
  return BigInt(`0x${Buffer.from(bytes2).toString("hex")}`);
}

// src/sandbox/rekor/verifier-key.ts
var acceptedKeyDetails = [
  ecdsa("PKIX_ECDSA_P256_SHA_256", 5, curves["P-256"]),
  ecdsa("PKIX_ECDSA_P384_SHA_384", 12, curves["P-384"]),
  ecdsa("PKIX_ECDSA_P521_SHA_512", 13, curves["P-521"]),
  rsa("PKIX_RSA_PKCS1V15_2048_SHA256", 9, 2048),
  rsa("PKIX_RSA_PKCS1V15_3072_SHA256", 10, 3072),
  rsa("PKIX_RSA_PKCS1V15_4096_SHA256", 11, 4096),
  {
    name: "PKIX_ED25519_PH",
    number: 8,
    hash: "sha512",
    matches: (key) => key.asymmetricKeyType === "ed25519",
    verifies: (key, signature, digest) => accepted(() => ed25519OfDigest.verify(signature, digest, rawKey2(key)))
  }
];
function readVerifierKey(kind, bytes2) {
  try {
    if (kind === "x509Certificate") return new X509Certificate3(bytes2).publicKey;
    return createPublicKey5({ key: Buffer.from(bytes2), format: "der", type: "spki" });
  } catch {
    return void 0;
  }
}
function ecdsa(name, number2, curve) {
  return {
    name,
    number: number2,
    hash: curve.hash,
    matches: (key) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === curve.name,
    verifies: (key, signature, digest) => accepted(() => verifyDigest(curve, key, signature, digest))
  };
}
function rsa(name, number2, modulusLength) {
  return {
    name,
    number: number2,
    hash: "sha256",
    matches: (key) => key.asymmetricKeyType === "rsa" && key.asymmetricKeyDetails?.modulusLength === modulusLength,
    verifies: (key, signature, digest) => accepted(() => {
      const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
      const sha2562 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"), der.null());
      return equalBytes(signed, der.sequence(sha2562, der.octetString(digest)));
    })
  };
}
var ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data) => concatBytes(utf8("SigEd25519 no Ed25519 collisions"), new Uint8Array([1, 0]), data)
});
function rawKey2(key) {
  return readSequence(subjectPublicKeyInfo(key), (info) => {
    info.sequence();
    return info.bitString();
  });
}
function accepted(verify5) {
  try {
    return verify5();
  } catch {
    return false;
  }
}

// src/sandbox/rekor-v1/hashed-rekord.ts
var digestLengths = { sha256: 32, sha384: 48, sha512: 64 };
function checkHashedRekord(spec) {
  const signatureText = textAt(spec, "signature", "content") ?? refuseEntry("missing signature");
  const keyText = textAt(spec, "signature", "publicKey", "content") ?? refuseEntry("missing public key");
  const value = textAt(spec, "data", "hash", "value") ?? refuseEntry("missing hash value");
  const algorithm = readAlgorithm(textAt(spec, "data", "hash", "algorithm"));
  const signature = readBase64(signatureText, "signature content");
  const verifier = readVerifier(keyText);
  const { key, canonical } = verifier;
  const digest = readDigest(value, algorithm);
  const details = acceptedKeyDetails.find(({ matches: matches2, hash }) => hash === algorithm && matches2(key));
  if (details === void 0) refuseEntry("entry algorithms are not allowed");
  if (!details.verifies(key, signature, digest)) refuseEntry("verifying signature: invalid signature");
  return {
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: encodeBase64(signature), publicKey: { content: canonical } }
    },
    keys: [verifier.hash, ...verifier.subjects, `${algorithm}:${value}`]
  };
}
function readAlgorithm(text2) {
  const known = Object.keys(digestLengths).find((name) => name === text2);
  return known ?? refuseEntry("validation failure list:\ndata.hash.algorithm in body should be one of [sha256 sha384 sha512]");
}
function readDigest(text2, algorithm) {
  if (text2.length !== digestLengths[algorithm] * 2) refuseEntry("invalid value for hash");
  try {
    return decodeHex(text2);
  } catch {
    return refuseEntry("encoding/hex: invalid byte");
  }
}

// src/sandbox/rekor-v1/proposed-entry.ts
var kinds = { hashedrekord: checkHashedRekord, dsse: checkDsse };
function readProposedEntry(request) {
  if (request.length === 0) refuseParameter(602, "proposedEntry in body is required");
  return checkProposedEntry(readProposal(request));
}
function checkProposedEntry(proposed) {
  const kind = textAt(proposed, "kind") ?? refuseProposal('invalid kind value: ""');
  const check2 = Object.hasOwn(kinds, kind) ? kinds[kind] : void 0;
  if (check2 === void 0) refuseProposal(`invalid kind value: ${JSON.stringify(kind)}`);
  const apiVersion = textAt(proposed, "apiVersion") ?? "";
  if (apiVersion !== "0.0.1") {
    const reason = `${kind} implementation for version '${apiVersion}' not found`;
    refuseEntry(`fetching ${kind} version implementation: ${reason}`);
  }
  const { spec, keys } = check2(memberAt(proposed, "spec") ?? {});
  const distinct = new Set(keys.map((key) => key.toLowerCase()));
  return { body: utf8(canonicalJson({ apiVersion, kind, spec })), keys: [...distinct] };
}
function readProposal(request) {
  try {
    return parseJson(request);
  } catch {
    return refuseProposal("invalid character looking for beginning of value");
  }
}
function refuseProposal(reason) {
  throw new RekorFailure(400, `parsing proposedEntry body from "" failed, because ${reason}`);
}

// src/sandbox/rekor-v1/queries.ts
var maxQueries = 10;
var uuidShape = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{80})$/;
var hashShape = /^(?:(?:sha512:)?[0-9a-fA-F]{128}|(?:sha256:)?[0-9a-fA-F]{64}|(?:sha1:)?[0-9a-fA-F]{40})$/;
var hashNames = { 40: "sha1", 64: "sha256", 128: "sha512" };
function readEntryQuery(request) {
  const query = readQuery(request, "entry");
  const uuids = listAt(query, "entryUUIDs").map(
    (uuid) => typeof uuid === "string" && uuidShape.test(uuid) ? uuid : refuseForm("entryUUIDs", "a UUID")
  );
  const indices = listAt(query, "logIndexes").map(
    (index) => typeof index === "number" && Number.isSafeInteger(index) && index >= 0 ? index : refuseForm("logIndexes", "an index")
  );
  const entries = listAt(query, "entries");
  if (uuids.length + indices.length + entries.length > maxQueries) {
    throw new RekorFailure(422, `more than max allowed ${maxQueries} entries in request`);
  }
  return { uuids, indices, bodies: entries.map((entry) => checkProposedEntry(entry).body) };
}
function readIndexQuery(request) {
  const query = readQuery(request, "query");
  const operator = textOf2(query, "operator") ?? "or";
  if (operator !== "and" && operator !== "or") refuseForm("operator", "one of [and or]");
  const hash = textOf2(query, "hash");
  if (hash !== void 0 && !hashShape.test(hash)) refuseForm("hash", "a hash");
  const subject = textOf2(query, "subject");
  if (subject !== void 0 && subject.length > 512) refuseForm("subject", "at most 512 chars long");
  const email = textOf2(query, "email");
  if (email !== void 0 && !/^[^@\s]+@[^@\s]+$/.test(email)) refuseForm("email", "of type email");
  const keys = [hash === void 0 ? void 0 : withAlgorithm(hash), publicKeyHash(query), email, subject];
  return { operator, keys: keys.flatMap((key) => key === void 0 ? [] : [key.toLowerCase()]) };
}
function withAlgorithm(hash) {
  return hash.includes(":") ? hash : `${hashNames[hash.length] ?? "sha256"}:${hash}`;
}
function publicKeyHash(query) {
  const key = memberAt(query, "publicKey");
  if (key === void 0) return void 0;
  const format2 = textOf2(key, "format");
  if (format2 !== "x509") refuseForm("publicKey.format", "x509: the sandbox knows no other");
  return readVerifier(textOf2(key, "content") ?? "").hash;
}
function readQuery(request, name) {
  if (request.length === 0) refuseParameter(602, `${name} in body is required`);
  try {
    return parseJson(request);
  } catch {
    throw new RekorFailure(400, `parsing ${name} body from "" failed, because invalid character`);
  }
}
function listAt(query, name) {
  const list2 = memberAt(query, name);
  if (list2 === void 0) return [];
  return Array.isArray(list2) && list2.length > 0 ? list2 : refuseForm(name, "a list of at least 1 item");
}
function textOf2(value, name) {
  const text2 = memberAt(value, name);
  if (text2 === void 0 || text2 === "") return void 0;
  return typeof text2 === "string" ? text2 : refuseForm(name, "of type string");
}
function refuseForm(name, form) {
  return refuseParameter(605, `${name} in body should be ${form}`);
}

// src/sandbox/rekor-v1/rekor-v1-service.ts
var entriesPath = "/api/v1/log/entries";
var uuidPattern = "^([0-9a-fA-F]{64}|[0-9a-fA-F]{80})$";
var RekorV1Service = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds an entry by the JSON of a ProposedEntry. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws RekorFailure 400, 422; 409 with the path of the first in `location`
   */
  add(request) {
    const { body, keys } = readProposedEntry(request);
    if (body.length > maxEntryLength)
      throw new RekorFailure(400, `error processing entry: it has ${body.length} bytes`);
    const existing = this.log.findActive(body);
    if (existing !== void 0) {
      const uuid = this.log.uuid(existing);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      throw new RekorFailure(409, message, { headers: { location: `${entriesPath}/${uuid}` } });
    }
    return this.log.answer(this.log.append(body, keys));
  }
  routes() {
    return [
      { method: "POST", path: entriesPath, handle: ({ body }) => this.#create(body) },
      {
        method: "POST",
        path: `${entriesPath}/retrieve`,
        handle: ({ body }) => jsonResponse(200, this.#retrieve(body))
      },
      { method: "POST", path: "/api/v1/index/retrieve", handle: ({ body }) => jsonResponse(200, this.#search(body)) },
      { method: "GET", path: entriesPath, handle: ({ url }) => this.#entryAt(url.searchParams.get("logIndex")) },
      {
        method: "GET",
        path: `${entriesPath}/*`,
        handle: ({ url }) => this.#entryOf(url.pathname.slice(entriesPath.length + 1))
      },
      { method: "GET", path: "/api/v1/log", handle: () => jsonResponse(200, this.#state()) },
      { method: "GET", path: "/api/v1/log/publicKey", handle: () => this.#publicKey() },
      { method: "GET", path: "/api/v1/log/proof", handle: (request) => jsonResponse(200, this.#proof(request)) }
    ];
  }
  #create(body) {
    const { uuid, entry } = this.add(body);
    const answer = { [uuid]: entry };
    return jsonResponse(201, answer, { etag: uuid, location: `${entriesPath}/${uuid}` });
  }
  #entryAt(parameter) {
    if (parameter === null) refuseParameter(602, "logIndex in query is required");
    const index = wholeNumber2(parameter, "logIndex");
    return this.#entry(index < this.log.size ? index : void 0);
  }
  #entryOf(uuid) {
    if (!new RegExp(uuidPattern).test(uuid)) refuseParameter(605, `entryUUID in path should match '${uuidPattern}'`);
    return this.#entry(this.log.find(uuid));
  }
  #entry(index) {
    if (index === void 0) throw new EntryNotFound();
    const { uuid, entry } = this.log.answer(index);
    const answer = { [uuid]: entry };
    return jsonResponse(200, answer);
  }
  /** Those entries that are there, each as by itself; what is not there is left out. */
  #retrieve(body) {
    const { uuids, bodies, indices } = readEntryQuery(body);
    const found = [
      ...uuids.map((uuid) => this.log.find(uuid)),
      ...bodies.map((one) => this.log.find(encodeHex(leafHash(one)))),
      ...indices.map((index) => index < this.log.size ? index : void 0)
    ];
    return found.flatMap((index) => {
      if (index === void 0) return [];
      const { uuid, entry } = this.log.answer(index);
      return [{ [uuid]: entry }];
    });
  }
  /** The UUIDs of the entries that any of the keys leads to, or all of them. Whoever relies on one must look at the entry. */
  #search(body) {
    const { keys, operator } = readIndexQuery(body);
    const found = keys.map((key) => new Set(this.log.search(key)));
    const [first = /* @__PURE__ */ new Set(), ...others] = found;
    const indices = operator === "or" ? new Set(found.flatMap((set) => [...set])) : [...first].filter((index) => others.every((other) => other.has(index)));
    return [...indices].sort((a, b) => a - b).map((index) => this.log.uuid(index));
  }
  #state() {
    const { active, shards } = this.log;
    return { ...shardState(active), inactiveShards: shards.filter((shard) => shard !== active).map(shardState) };
  }
  #publicKey() {
    const pem = encodePem("PUBLIC KEY", this.log.key.publicKey);
    return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: utf8(pem) };
  }
  #proof({ url: { searchParams } }) {
    const { log } = this.#shardOf(searchParams.get("treeID"));
    const first = wholeNumber2(searchParams.get("firstSize") ?? "1", "firstSize");
    const lastText = searchParams.get("lastSize") ?? refuseParameter(602, "lastSize in query is required");
    const last = wholeNumber2(lastText, "lastSize");
    if (first > last) throw new RekorFailure(400, `firstSize(${first}) must be less than lastSize(${last})`);
    if (last > log.size) {
      const observable = `what is currently observable(${log.size})`;
      throw new RekorFailure(400, `the tree size requested(${last}) was greater than ${observable}`);
    }
    const hashes = log.consistencyProof(first, last).map(encodeHex);
    return { rootHash: encodeHex(log.root()), hashes };
  }
  #shardOf(treeId) {
    if (treeId === null) return this.log.active;
    const shard = this.log.shards.find((candidate) => String(candidate.treeId) === treeId);
    if (shard === void 0) throw new RekorFailure(400, `could not find log range for treeID ${treeId}`);
    return shard;
  }
};
function shardState({ log, treeId }) {
  return {
    rootHash: encodeHex(log.root()),
    treeSize: log.size,
    signedTreeHead: log.checkpoint(),
    treeID: String(treeId)
  };
}
function wholeNumber2(text2, name) {
  const value = /^\d{1,15}$/.test(text2) ? Number(text2) : void 0;
  return value ?? refuseParameter(601, `${name} in query must be of type int64: ${JSON.stringify(text2)}`);
}

// src/sandbox/rekor-v1/sharded-log.ts
var ShardedLog = class _ShardedLog {
  host;
  key;
  #world;
  #storage;
  #witnesses;
  #answers;
  #shards;
  constructor({ host, world, storage = new MemoryStorage(), witnesses = [], ...options }) {
    this.host = host;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.#world = world;
    this.#storage = storage;
    this.#witnesses = witnesses;
    this.#answers = options.answers ?? {};
    this.#shards = [...options.shards ?? []];
    if (this.#shards.length > 0) return;
    for (const treeId of readTreeIds(storage)) this.#open(treeId);
    if (this.#shards.length === 0) this.newShard();
  }
  get shards() {
    return this.#shards;
  }
  /** The shard that takes entries. */
  get active() {
    return this.#shards.at(-1);
  }
  /** How many entries there are in all shards. */
  get size() {
    return this.active.offset + this.active.log.size;
  }
  /** Ends the active shard and begins another. */
  newShard() {
    const treeId = BigInt(`0x${encodeHex(this.#world.random(8))}`) >> 1n;
    const treeIds = [...this.#shards.map((shard) => shard.treeId), treeId];
    this.#storage.write(shardsName, utf8(treeIds.map((id) => `${id}
`).join("")));
    this.#open(treeId);
  }
  /** Appends an entry now, to be found by these keys too, and says at which index. */
  append(body, keys = []) {
    return this.active.offset + this.active.log.append(body, keys.map(hashOfKey));
  }
  /** The indices of the entries under a key, whatever shard they are in. */
  search(key) {
    return this.#shards.flatMap(({ log, offset }) => log.store.find(hashOfKey(key)).map((index) => offset + index));
  }
  /** The index of an entry by its UUID, with or without the id of its tree before the leaf's hash. */
  find(uuid) {
    const hash = decodeHex(uuid.slice(-64));
    const treeId = uuid.length > 64 ? BigInt(`0x${uuid.slice(0, -64)}`) : void 0;
    const shards = this.#shards.filter((shard) => treeId === void 0 || shard.treeId === treeId);
    return shards.map((shard) => indexOf(shard, hash)).findLast((index) => index !== void 0);
  }
  /** The index of an entry of the active shard by its body. What an earlier shard has may be added again. */
  findActive(body) {
    return indexOf(this.active, leafHash(body));
  }
  uuid(index) {
    const shard = this.#shardOf(index);
    return uuidOf(shard, shard.log.store.leafHash(index - shard.offset));
  }
  /** An entry with its promise and its proof, as things are now. */
  answer(index, changes2 = {}) {
    const overrides = { ...this.#answers, ...changes2 };
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const promised = {
      body: encodeBase64(overrides.body ?? log.body(local)),
      integratedTime: overrides.integratedTime ?? Math.floor(log.store.time(local).getTime() / 1e3),
      logID: encodeHex(log.logId),
      logIndex: overrides.logIndex ?? index
    };
    const promise = (overrides.signingKey ?? this.key).sign(utf8(canonicalJson(promised)));
    const inclusionProof = {
      checkpoint: log.checkpoint(overrides.checkpoint),
      hashes: log.inclusionProof(local).map(encodeHex),
      logIndex: local,
      rootHash: encodeHex(log.root()),
      treeSize: log.size
    };
    const verification = { inclusionProof, signedEntryTimestamp: encodeBase64(promise) };
    return { uuid: this.uuid(index), entry: { ...promised, verification } };
  }
  /** The log of this name and key, as it is when its active shard shows other things than it has, or its answers say others. */
  showing({
    answers: answers3 = {},
    ...shown
  }) {
    const shards = [...this.#shards.slice(0, -1), { ...this.active, log: this.active.log.showing(shown) }];
    return new _ShardedLog({ host: this.host, world: this.#world, storage: this.#storage, answers: answers3, shards });
  }
  #open(treeId) {
    const { host, key } = this;
    const store = new LogStore(this.#storage.folder(String(treeId)));
    const common = { signerName: host, key, store, clock: this.#world.clock, witnesses: this.#witnesses };
    const log = new TransparencyLog({ ...common, origin: `${host} - ${treeId}` });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }
  #shardOf(index) {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === void 0 || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
};
function uuidOf({ treeId }, hash) {
  return encodeHex(uintBytes(treeId, 8)) + encodeHex(hash);
}
function indexOf({ log, offset }, hash) {
  const index = log.store.findLeaf(hash);
  return index === void 0 ? void 0 : offset + index;
}
function hashOfKey(key) {
  return hashOf("sha256", utf8(key));
}
var shardsName = "shards";
function readTreeIds(storage) {
  const text2 = decodeUtf8(storage.read(shardsName) ?? new Uint8Array()) ?? "";
  return text2.split("\n").flatMap((line) => line === "" ? [] : [BigInt(line)]);
}

// src/sandbox/seed.ts
function signDigest(text2) {
  const message = utf8(text2);
  const key = generateSigningKey("P-256");
  return { publicKey: key.publicKey, digest: hashOf("sha256", message), signature: key.sign(message) };
}
function seedRequest(number2) {
  const { publicKey, digest, signature } = signDigest(`entry ${number2} of a countersign sandbox`);
  const verifier = { publicKey: { rawBytes: encodeBase64(publicKey) }, keyDetails: "PKIX_ECDSA_P256_SHA_256" };
  const rekord = { digest: encodeBase64(digest), signature: { content: encodeBase64(signature), verifier } };
  return utf8(JSON.stringify({ hashedRekordRequestV002: rekord }));
}
function seedProposal(number2) {
  const { publicKey, digest, signature } = signDigest(`entry ${number2} of a countersign sandbox`);
  const pem = utf8(encodePem("PUBLIC KEY", new Uint8Array(publicKey)));
  const spec = {
    data: { hash: { algorithm: "sha256", value: encodeHex(digest) } },
    signature: { content: encodeBase64(signature), publicKey: { content: encodeBase64(pem) } }
  };
  return utf8(JSON.stringify({ apiVersion: "0.0.1", kind: "hashedrekord", spec }));
}

// src/sandbox/misbehaviour/checkpoints.ts
var abouts2 = {
  "wrong-key-hint": "The signature of a checkpoint is right, under a key id that is not the key\u2019s: a client must not take it for the log\u2019s.",
  "checkpoint-by-another-key": "Checkpoints are signed by another key under the log\u2019s name and key id: a client must refuse the signature.",
  "wrong-origin": "Checkpoints are of a log of another name, by the right key: a client must not take one log for another."
};
function checkpointMisbehaviours(service, logOf) {
  const begin = (fault2) => (parts) => {
    const { signer, checkpoints } = logOf(parts);
    const routes = checkpoints(changes[fault2](signer));
    return { [service]: asWith(() => routes) };
  };
  const family = Object.entries(abouts2).map(([fault2, about]) => [
    `${service}:${fault2}`,
    { about, begin: begin(fault2) }
  ]);
  return Object.fromEntries(family);
}
var changes = {
  "wrong-key-hint": (signer) => ({ signers: [{ ...signer, keyHash: flipped(signer.keyHash, 0) }] }),
  "checkpoint-by-another-key": ({ name, key, keyHash }) => ({
    signers: [{ ...noteSigner(name, generateSigningKey(key.kind)), keyHash }]
  }),
  "wrong-origin": () => ({ origin: "another-log.invalid" })
};

// src/sandbox/misbehaviour/spoilt-json.ts
function withOtherCharacter(json) {
  const text2 = decodeUtf8(json) ?? "";
  const { 0: run = "", index = 0 } = /[0-9A-Za-z+/]{40,}/.exec(text2) ?? {};
  const at = index + run.search(/^[0-9a-f]+$/.test(run) ? /[0-8a-e]/ : /[0-8A-Ya-y]/);
  return utf8(text2.slice(0, at) + String.fromCharCode(text2.charCodeAt(at) + 1) + text2.slice(at + 1));
}

// src/sandbox/misbehaviour/rekor-v1.ts
var oneDay2 = 24 * 3600;
var rekorV1Misbehaviours = {
  ...logMisbehaviours("rekor-v1", servedLog2),
  ...checkpointMisbehaviours("rekor-v1", ({ rekorV1: { log } }) => ({
    signer: log.active.log.signer,
    checkpoints: (checkpoints) => new RekorV1Service(log.showing({ checkpoints })).routes()
  })),
  "rekor-v1:split-view": {
    about: "Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.",
    begin: (parts) => {
      const log = servedLog2(parts);
      return { "rekor-v1": whenRead(log, { first: firstOf(log.strange()) }) };
    }
  },
  "rekor-v1:wrong-consistency-proof": {
    about: "The last hash of a consistency proof is wrong: a monitor must not take the log for one that has only grown.",
    begin: (parts) => ({ "rekor-v1": throughout(servedLog2(parts), { spoil: { consistencyProof: withLastWrong } }) })
  },
  "rekor-v1:without-checkpoint": {
    about: "Entries and the state of the log come without a checkpoint: a client must not do without.",
    begin: () => ({ "rekor-v1": withMembers(["checkpoint", "signedTreeHead"], () => void 0) })
  },
  "rekor-v1:another-entry": {
    about: "The answer to an entry is an earlier one, and nothing is added: a client must notice that it is not its own.",
    begin: ({ rekorV1: { log } }) => ({
      "rekor-v1": (request, right) => {
        if (!submits(request)) return right();
        const { uuid, entry } = log.answer(log.active.offset);
        return jsonResponse(201, { [uuid]: entry });
      }
    })
  },
  "rekor-v1:promise-by-another-key": answering(
    "The promise (signed entry timestamp) is signed by another key: a client must refuse its signature, and the time with it.",
    () => ({ signingKey: generateSigningKey("P-256") })
  ),
  "rekor-v1:stale-integrated-time": answering(
    "Entries are said, signed, to have come a day ago: a client must notice that there was no certificate then.",
    ({ world }) => ({ integratedTime: unixTime(secondsAfter(world.clock(), -oneDay2)) })
  ),
  "rekor-v1:future-integrated-time": answering(
    "Entries are said, signed, to come in a day: a client must not believe a time that is not yet.",
    ({ world }) => ({ integratedTime: unixTime(secondsAfter(world.clock(), oneDay2)) })
  )
};
function answering(about, changes2) {
  return {
    about,
    begin: (parts) => ({
      "rekor-v1": asWith(() => new RekorV1Service(parts.rekorV1.log.showing({ answers: changes2(parts) })).routes())
    })
  };
}
function servedLog2({ rekorV1: { log }, storage, world }) {
  return {
    store: log.active.log.store,
    showing: (store) => new RekorV1Service(log.showing({ store })).routes(),
    strange: () => {
      const strange = new RekorV1Service(
        new ShardedLog({ host: log.host, world, storage: storage.folder("rekor-v1") })
      );
      if (strange.log.size === 0) strange.add(seedProposal(0));
      return strange.log.active.log.store;
    },
    spoilEntry: withOtherCharacter,
    submits,
    head: /^\/api\/v1\/log$/
  };
}
function submits(request) {
  return isPost(request) && request.url.pathname === "/api/v1/log/entries";
}
function unixTime(time) {
  return Math.floor(time.getTime() / 1e3);
}

// src/sandbox/log/tiles.ts
var tileWidth = 256;
var tileHeight = 8;
function hashTile({ tree }, level, index, width = tileWidth) {
  const treeLevel = level * tileHeight;
  const start = index * tileWidth;
  if (start + width > tree.width(treeLevel)) return void 0;
  return concatBytes(...Array.from({ length: width }, (_, offset) => tree.node(treeLevel, start + offset)));
}
function entryTile(store, index, width = tileWidth, encode) {
  const start = index * tileWidth;
  if (start + width > store.size) return void 0;
  return concatBytes(...store.entries(start, width).map(encode));
}

// src/sandbox/log/tile-path.ts
var shape = /^(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
function parseTilePath(path) {
  const [, level, groups = "", partial] = shape.exec(path) ?? [];
  if (level === void 0) return void 0;
  const width = partial === void 0 ? 256 : Number(partial);
  if (partial !== void 0 && width > 255) return void 0;
  if (groups.startsWith("x000")) return void 0;
  const index = Number(groups.replace(/[x/]/g, ""));
  return Number.isSafeInteger(index) ? { level: level === "entries" ? level : Number(level), index, width } : void 0;
}

// src/sandbox/rekor/hashed-rekord.ts
var hashAlgorithms = { sha256: "SHA2_256", sha384: "SHA2_384", sha512: "SHA2_512" };
var digestLengths2 = { sha256: 32, sha384: 48, sha512: 64 };
var scalar = {};
var unread = {};
var verifierShape = {
  publicKey: { rawBytes: scalar },
  x509Certificate: { rawBytes: scalar },
  keyDetails: scalar
};
var requestShape = {
  hashedRekordRequestV002: { digest: scalar, signature: { content: scalar, verifier: verifierShape } },
  dsseRequestV002: unread
};
function readHashedRekord(body) {
  try {
    refuseUnknown(parseJson(body), requestShape);
    return check(ProtoField.parse(body, "JSON_INVALID", "request"));
  } catch (error) {
    if (error instanceof CountersignError) refuse("invalidArgument", error.message);
    throw error;
  }
}
function encodeHashedRekord({ digest, signature, keyDetails: keyDetails2, verifier, rawBytes }) {
  return utf8(
    canonicalJson({
      apiVersion: "0.0.2",
      kind: "hashedrekord",
      spec: {
        hashedRekordV002: {
          data: { algorithm: hashAlgorithms[keyDetails2.hash], digest: encodeBase64(digest) },
          signature: {
            content: encodeBase64(signature),
            verifier: { keyDetails: keyDetails2.name, [verifier]: { rawBytes: encodeBase64(rawBytes) } }
          }
        }
      }
    })
  );
}
function check(request) {
  if (request.field("dsseRequestV002").present) refuse("invalidArgument", "invalid type, must be hashedrekord");
  const rekord = request.field("hashedRekordRequestV002");
  if (!rekord.present) refuse("invalidArgument", "invalid type, must be hashedrekord");
  const digest = rekord.field("digest").data();
  const signature = rekord.field("signature").field("content").data();
  const verifierField = rekord.field("signature").field("verifier");
  const verifier = verifierKind(verifierField);
  const rawBytes = verifierField.field(verifier).field("rawBytes").data();
  const keyDetails2 = readKeyDetails(verifierField.field("keyDetails"));
  const key = readVerifierKey(verifier, rawBytes) ?? reject("parsing public key or certificate failed");
  if (!keyDetails2.matches(key)) reject(`the key is not of the kind ${keyDetails2.name}`);
  if (digest.length !== digestLengths2[keyDetails2.hash]) {
    reject(`a digest of ${digest.length} bytes for ${keyDetails2.name}`);
  }
  if (!keyDetails2.verifies(key, signature, digest)) reject("verifying signature: invalid signature");
  return { digest, signature, keyDetails: keyDetails2, verifier, rawBytes };
}
function verifierKind(field) {
  const kinds2 = ["publicKey", "x509Certificate"].filter((kind2) => field.field(kind2).present);
  const [kind] = kinds2;
  if (kind === void 0 || kinds2.length > 1) reject("one of public key and certificate is needed");
  return kind;
}
function readKeyDetails(field) {
  const table = Object.fromEntries(acceptedKeyDetails.map(({ name: name2, number: number2 }) => [name2, number2]));
  const name = field.enum(table);
  return acceptedKeyDetails.find((details) => details.name === name) ?? reject("unsupported entry algorithm");
}
function reject(reason) {
  refuse("invalidArgument", "invalid hashedrekord request", { "x-sandbox-reason": reason });
}
function refuseUnknown(value, shape2) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const known = Object.hasOwn(shape2, camel) ? shape2[camel] : void 0;
    if (known === void 0) refuse("invalidArgument", `proto: unknown field ${JSON.stringify(name)}`);
    if (known !== unread) refuseUnknown(member, known);
  }
}

// src/sandbox/rekor/rekor-service.ts
var LogFrozen = class extends Refusal {
  name = "LogFrozen";
  toResponse() {
    const text2 = "This log has been frozen, please switch to the latest log.\n";
    return { status: 405, headers: { "content-type": "text/plain; charset=utf-8" }, body: utf8(text2) };
  }
};
var RekorService = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds an entry by the JSON of a CreateEntryRequest. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws ServiceFailure `invalidArgument`; `alreadyExists` with the index of the first in `x-log-index`; LogFrozen
   */
  add(request) {
    if (this.log.frozen !== void 0) throw new LogFrozen();
    const body = encodeHashedRekord(readHashedRekord(request));
    if (body.length > maxEntryLength) refuse("invalidArgument", "invalid hashedrekord request");
    const existing = this.log.store.findLeaf(leafHash(body));
    if (existing !== void 0) {
      const message = `an equivalent entry already exists in the transparency log with index ${existing}`;
      refuse("alreadyExists", message, { "x-log-index": String(existing) });
    }
    return this.log.entry(this.log.append(body));
  }
  routes() {
    return [
      { method: "POST", path: "/api/v2/log/entries", handle: ({ body }) => jsonResponse(201, this.add(body)) },
      { method: "GET", path: "/api/v2/checkpoint", handle: () => this.#checkpoint() },
      {
        method: "GET",
        path: "/api/v2/tile/*",
        handle: ({ url }) => this.#tile(url.pathname.slice("/api/v2/tile/".length))
      }
    ];
  }
  #checkpoint() {
    const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-cache" };
    return { status: 200, headers, body: utf8(this.log.checkpoint()) };
  }
  #tile(path) {
    const tile = parseTilePath(path) ?? refuse("notFound", "Not Found");
    const body = tile.level === "entries" ? entryTile(this.log.store, tile.index, tile.width, withLength2) : hashTile(this.log.store, tile.level, tile.index, tile.width);
    if (body === void 0) refuse("notFound", "Not Found");
    const headers = { "content-type": "application/octet-stream", "cache-control": "max-age=31536000, immutable" };
    return { status: 200, headers, body };
  }
};
function withLength2(entry) {
  return concatBytes(uintBytes(entry.length, 2), entry);
}

// src/sandbox/misbehaviour/rekor-v2.ts
var checkpointPath = /^\/api\/v2\/checkpoint$/;
var rekorV2Misbehaviours = {
  ...logMisbehaviours("rekor-v2", servedLog3),
  ...checkpointMisbehaviours("rekor-v2", ({ rekor: { log } }) => ({
    signer: log.signer,
    checkpoints: (checkpoints) => new RekorService(log.showing({ checkpoints })).routes()
  })),
  "rekor-v2:split-view": {
    about: "Who adds an entry is shown the log, and who reads it a fork of it: a monitor must compare what signers were shown with what it sees.",
    begin: (parts) => {
      const log = servedLog3(parts);
      return { "rekor-v2": whenRead(log, { first: firstOf(log.strange()) }) };
    }
  },
  "rekor-v2:altered-tile": {
    about: "One byte of each tile of hashes is another: a monitor must notice that the tiles do not lead to the root.",
    begin: () => ({ "rekor-v2": withBody((body) => flipped(body, 0), /^\/api\/v2\/tile\/\d/) })
  },
  "rekor-v2:without-checkpoint": {
    about: "Entries are acknowledged without a checkpoint, and none is published: a client must not do without.",
    begin: () => {
      const without = withMembers(["checkpoint"], () => void 0);
      return {
        "rekor-v2": (request, right) => checkpointPath.test(request.url.pathname) ? notFound : without(request, right)
      };
    }
  },
  "rekor-v2:another-entry": {
    about: "The answer to an entry is the first of the log, and nothing is added: a client must notice that it is not its own.",
    begin: ({ rekor: { log } }) => ({
      "rekor-v2": (request, right) => isPost(request) ? jsonResponse(201, log.entry(0)) : right()
    })
  }
};
function servedLog3({ rekor: { log }, storage }) {
  return {
    store: log.store,
    showing: (store) => new RekorService(log.showing({ store })).routes(),
    strange: () => {
      const store = new LogStore(storage.folder("rekor-v2"));
      const strange = new RekorService(new TransparencyLog({ origin: log.origin, store }));
      if (store.size === 0) strange.add(seedRequest(0));
      return store;
    },
    spoilEntry: withOtherCharacter,
    head: checkpointPath
  };
}

// src/sandbox/timestamp/query.ts
var hashOids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3"
};
var hashLengths = { sha256: 32, sha384: 48, sha512: 64 };
function readTimestampQuery(bytes2) {
  return readSequence(bytes2, (query) => {
    query.unsigned();
    const messageImprint = query.sequence();
    const hashOid = messageImprint.sequence().oid();
    const imprint = messageImprint.octetString();
    messageImprint.end();
    const policy = query.nextTag === tags.objectIdentifier ? query.oid() : void 0;
    const nonce = query.nextTag === tags.integer ? query.integerBytes() : void 0;
    const certificatesRequested = query.nextTag === tags.boolean ? query.boolean() : false;
    const hasExtensions = query.optional(contextTag(0, "constructed")) !== void 0;
    return { hashOid, imprint, policy, nonce, certificatesRequested, hasExtensions };
  });
}
function hashOfOid(oid) {
  return Object.keys(hashOids).find((hash) => hashOids[hash] === oid);
}

// src/sandbox/timestamp/token.ts
var oids = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47"
};
function encodeToken(profile) {
  const content = encodeTimestampInfo(profile);
  const signerInfo = encodeSignerInfo(profile, content);
  const { certificates } = profile;
  const signedData = der.sequence(
    der.integer(profile.signedDataVersion),
    der.set(hashAlgorithm(profile.digestHash)),
    der.sequence(der.oid(profile.contentType), der.context(0, der.octetString(content))),
    ...certificates === void 0 ? [] : [der.context(0, ...certificates)],
    der.set(...Array.from({ length: profile.signerInfos }, () => signerInfo))
  );
  return der.sequence(der.oid(oids.signedData), der.context(0, signedData));
}
function encodeTimestampInfo(profile) {
  const { accuracySeconds, nonce, authorityName } = profile;
  const hash = der.sequence(der.oid(hashOids[profile.imprintHash]), der.null());
  return der.sequence(
    der.integer(profile.version),
    der.oid(profile.policy),
    der.sequence(hash, der.octetString(profile.imprint)),
    der.unsigned(profile.serialNumber),
    generalizedTime(profile.genTime),
    ...accuracySeconds === void 0 ? [] : [der.sequence(der.integer(accuracySeconds))],
    ...nonce === void 0 ? [] : [der.element(tags.integer, nonce)],
    ...authorityName === void 0 ? [] : [der.context(0, encodeGeneralName({ kind: "directoryName", value: authorityName }))]
  );
}
function encodeSignerInfo(profile, content) {
  const attributes = profile.amendSignedAttributes?.(signedAttributes(profile, content));
  const attributeSet = attributes === void 0 ? void 0 : der.set(...attributes);
  const signature = profile.amendSignature(profile.signingKey.sign(attributeSet ?? content, profile.digestHash));
  return der.sequence(
    der.integer(1),
    der.sequence(encodeName(profile.signerIssuer), der.unsigned(profile.signerSerialNumber)),
    hashAlgorithm(profile.digestHash),
    ...attributeSet === void 0 ? [] : [retagged(attributeSet, 160)],
    signatureAlgorithm(profile.signingKey, profile.digestHash),
    der.octetString(signature)
  );
}
function signedAttributes(profile, content) {
  const { signingTime, messageDigest, signingCertificate } = profile;
  return [
    signedAttribute(oids.contentType, der.oid(profile.contentType)),
    ...signingTime === void 0 ? [] : [signedAttribute(oids.signingTime, der.time(signingTime))],
    signedAttribute(oids.messageDigest, der.octetString(messageDigest ?? hashOf(profile.digestHash, content))),
    ...signingCertificate === void 0 ? [] : [signingCertificateAttribute(profile, signingCertificate)]
  ];
}
function signedAttribute(oid, ...values) {
  return der.sequence(der.oid(oid), der.set(...values));
}
function signingCertificateAttribute(profile, certificate) {
  const issuer = encodeGeneralName({ kind: "directoryName", value: profile.signerIssuer });
  const issuerSerial = der.sequence(der.sequence(issuer), der.unsigned(profile.signerSerialNumber));
  const certificateId = der.sequence(der.octetString(hashOf("sha256", certificate)), issuerSerial);
  return signedAttribute(oids.signingCertificateV2, der.sequence(der.sequence(certificateId)));
}
function hashAlgorithm(hash) {
  return der.sequence(der.oid(hashOids[hash]));
}
function retagged(element, tag) {
  const copy = new Uint8Array(element);
  copy[0] = tag;
  return copy;
}
function generalizedTime(time) {
  const [, whole = "", fraction = ""] = /^(.{14})(\d*)Z$/.exec(time.toISOString().replace(/[-:T.]/g, "")) ?? [];
  const digits = fraction.replace(/0+$/, "");
  return der.element(tags.generalizedTime, utf8(`${whole}${digits === "" ? "" : `.${digits}`}Z`));
}

// src/sandbox/timestamp/timestamp-authority.ts
var failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 };
var policyOid = "1.3.6.1.4.1.57264.2";
var tenYears2 = 10 * 365 * 24 * 3600;
var granted = 0;
var rejection = 2;
var TimestampAuthority = class {
  root;
  signer;
  #world;
  #precision;
  constructor({
    world,
    organization = "countersign-sandbox",
    marked = true,
    kind = "P-384",
    ...options
  }) {
    const notBefore = wholeSecond(options.notBefore ?? secondsAfter(world.clock(), -3600));
    const notAfter = secondsAfter(notBefore, tenYears2);
    const { name = encodeHex(world.random(4)), storage = new MemoryStorage() } = options;
    this.#world = world;
    this.#precision = options.precision ?? "second";
    this.root = certifyAuthority(
      {
        storage,
        name: "timestamp-root",
        subject: { organization, commonName: `sandbox-timestamp-root-${name}` },
        kind: "P-384",
        notBefore,
        notAfter,
        pathLength: 0,
        codeSigning: false,
        marked,
        overrides: options.root ?? {}
      },
      world
    );
    this.signer = certifyTimestampSigner(
      {
        storage,
        name: "timestamp",
        subject: { organization, commonName: `sandbox-timestamp-${name}` },
        kind,
        issuer: this.root,
        notBefore,
        notAfter,
        overrides: options.signer ?? {}
      },
      world
    );
  }
  /** The signer's certificate and the root's, DER, as a trusted root lists them. */
  get chain() {
    return [this.signer.certificate, this.root.certificate];
  }
  /** A granted TimeStampResp over an imprint, DER: what a bundle holds as `signedTimestamp`. */
  timestamp(request) {
    const { signer } = this;
    const now = this.#world.clock();
    const genTime = request.genTime ?? (this.#precision === "second" ? wholeSecond(now) : now);
    const token = encodeToken({
      version: 1,
      policy: policyOid,
      imprintHash: "sha256",
      serialNumber: freshSerialNumber(this.#world.random),
      genTime,
      accuracySeconds: 1,
      nonce: void 0,
      authorityName: signer.profile.subject,
      signedDataVersion: 3,
      contentType: oids.timestampInfo,
      certificates: [],
      signerInfos: 1,
      signerIssuer: signer.profile.issuer,
      signerSerialNumber: signer.profile.serialNumber,
      digestHash: "sha256",
      signingTime: genTime,
      messageDigest: void 0,
      signingCertificate: signer.certificate,
      amendSignedAttributes: (attributes) => attributes,
      signingKey: signer.key,
      amendSignature: (signature) => signature,
      ...request
    });
    return timestampResponse(granted, token);
  }
  /**
   * Answers a TimeStampReq: a granted response, with whatever of the token is to be otherwise, or a rejection with its reason.
   *
   * @throws CountersignError `DER_INVALID` if it is not a TimeStampReq
   */
  respond(query, overrides = {}) {
    const request = readTimestampQuery(query);
    const imprintHash = hashOfOid(request.hashOid);
    const failure = this.#failureOf(request, imprintHash);
    if (imprintHash === void 0 || failure !== void 0) return rejectionOf(failure ?? "badAlg");
    return this.timestamp({
      imprint: request.imprint,
      imprintHash,
      nonce: request.nonce,
      certificates: request.certificatesRequested ? [this.signer.certificate] : [],
      ...overrides
    });
  }
  /** The endpoint at this path. What cannot be read is answered with HTTP 400, as timestamp-server does. */
  routes(path) {
    return [{ method: "POST", path, handle: ({ headers, body }) => this.#answer(headers["content-type"], body) }];
  }
  #answer(contentType, body) {
    if (contentType !== "application/timestamp-query") {
      return jsonResponse(415, { code: 415, message: `unsupported media type "${String(contentType)}"` });
    }
    try {
      return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body: this.respond(body) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return jsonResponse(400, { code: 400, message: `Error parsing timestamp request: ${error.message}` });
    }
  }
  #failureOf(request, hash) {
    if (hash === void 0) return "badAlg";
    if (request.imprint.length !== hashLengths[hash]) return "badDataFormat";
    if (request.policy !== void 0 && request.policy !== policyOid) return "unacceptedPolicy";
    return request.hasExtensions ? "unacceptedExtension" : void 0;
  }
};
function timestampResponse(status, token) {
  return der.sequence(der.sequence(der.integer(status)), ...token === void 0 ? [] : [token]);
}
function rejectionOf(failure) {
  const text2 = der.sequence(der.utf8String(failure));
  return der.sequence(der.sequence(der.integer(rejection), text2, der.namedBits(failures[failure])));
}

// src/sandbox/misbehaviour/timestamp.ts
var oneDay3 = 24 * 3600;
var rejection2 = 2;
var timestampMisbehaviours = {
  "timestamp:stale-time": stamping(
    "The time is a day ago: a client must notice that there was no certificate then.",
    ({ world }) => ({ genTime: secondsAfter(world.clock(), -oneDay3) })
  ),
  "timestamp:future-time": stamping(
    "The time is in a day: a client must not believe a time that is not yet.",
    ({ world }) => ({ genTime: secondsAfter(world.clock(), oneDay3) })
  ),
  "timestamp:another-nonce": stamping(
    "The nonce is another than that of the request: a client must notice that it is the answer to another.",
    () => ({ nonce: new Uint8Array([42]) })
  ),
  "timestamp:without-nonce": stamping(
    "There is no nonce: a client that sent one must not take the answer for its own.",
    () => ({ nonce: void 0 })
  ),
  "timestamp:another-imprint": stamping(
    "What is stamped is something else: a client must notice that it is not its signature.",
    () => ({ imprint: new Uint8Array(32).fill(42) })
  ),
  "timestamp:another-key": stamping(
    "The token names the authority\u2019s certificate and is signed by another key: a client must refuse the signature.",
    ({ timestampAuthority: { signer } }) => ({ signingKey: generateSigningKey(signer.key.kind) })
  ),
  "timestamp:certificate-without-usage": certified2(
    "The signer is certified by the same root, for nothing in particular: a client must not take it for a timestamp authority.",
    { extendedKeyUsage: void 0 }
  ),
  "timestamp:certificate-of-wrong-usage": certified2(
    "The signer is certified by the same root, to sign code: a client must not take it for a timestamp authority.",
    { extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] } }
  ),
  "timestamp:rejected": {
    about: "The answer is a rejection, with the status 200 of HTTP: a client must not take it for a timestamp.",
    begin: () => ({ timestamp: () => reply(timestampResponse(rejection2, void 0)) })
  }
};
function stamping(about, changes2) {
  return {
    about,
    begin: (parts) => ({
      timestamp: ({ body }) => reply(parts.timestampAuthority.respond(body, changes2(parts)))
    })
  };
}
function certified2(about, overrides) {
  return {
    about,
    begin: (parts) => {
      const signer = otherSigner(parts, overrides);
      const changes2 = {
        signingKey: signer.key,
        signerSerialNumber: signer.profile.serialNumber,
        signingCertificate: signer.certificate,
        certificates: [signer.certificate]
      };
      return { timestamp: ({ body }) => reply(parts.timestampAuthority.respond(body, changes2)) };
    }
  };
}
function otherSigner({ timestampAuthority: { root, signer }, world }, overrides) {
  const { subject, notBefore, notAfter } = signer.profile;
  return certifyTimestampSigner(
    { subject, kind: signer.key.kind, issuer: root, notBefore, notAfter, overrides },
    world
  );
}
function reply(body) {
  return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body };
}

// src/sandbox/http/fault.ts
import { setTimeout as delay } from "node:timers/promises";
var htmlPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";
var fault = {
  /** The connection is reset at once. */
  refuse: () => (exchange) => {
    exchange.request.socket.resetAndDestroy();
  },
  /** Any status; a page of HTML unless a body is given, for a failure is rarely the service's own JSON. */
  status: (status, { headers = {}, body = htmlPage } = {}) => inPlaceOf(() => ({
    status,
    headers: { "content-type": body === htmlPage ? "text/html" : "application/json", ...headers },
    body: typeof body === "string" ? utf8(body) : body
  })),
  /** The request is taken, and never answered. */
  stall: () => (exchange) => {
    exchange.read().catch(() => void 0);
  },
  /** The right answer, so many bytes at a time. */
  slow: ({ bytes: bytes2 = 1, everyMilliseconds = 20 } = {}) => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length) });
    exchange.response.flushHeaders();
    for (let at = 0; at < body.length && !exchange.response.destroyed; at += bytes2) {
      await delay(everyMilliseconds, void 0, { ref: false });
      exchange.response.write(body.subarray(at, at + bytes2));
    }
    exchange.response.end();
  },
  /** The first half of the right answer, under a length of more than the whole; then the connection ends. */
  truncated: () => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length + 1) });
    exchange.response.flushHeaders();
    exchange.response.write(body.subarray(0, body.length >> 1));
    exchange.request.socket.destroySoon();
  },
  /** Success, with bytes that are nothing one could expect. The work is not done. */
  garbage: (status = 200) => inPlaceOf(() => ({
    status,
    headers: { "content-type": "application/json" },
    body: new Uint8Array([255, 254, 123, 0, 34, 60, 128, 10])
  })),
  /** Success, with more bytes than anyone should take: 64 MiB. `declared` says so beforehand. */
  oversized: ({ bytes: bytes2 = 64 * 1024 * 1024, declared = false } = {}) => async (exchange) => {
    await exchange.answer(() => empty);
    exchange.head(200, {
      "content-type": "application/json",
      ...declared ? { "content-length": String(bytes2) } : {}
    });
    const chunk = utf8(" ".repeat(64 * 1024));
    for (let left = bytes2; left > 0 && !exchange.response.destroyed; left -= chunk.length) {
      if (!exchange.response.write(chunk.subarray(0, left))) await drained(exchange);
    }
    exchange.response.end();
  },
  /** The work is done, but the client does not learn of it: a status 500, or what another fault makes of it. */
  afterEffect: (then = fault.status(500)) => async (exchange) => {
    await exchange.answer();
    await then(exchange);
  },
  /** An answer other than the service's. The work is not done. */
  instead: (handle) => inPlaceOf(handle),
  /** The service's own answer, altered. */
  altered: (alter) => async (exchange) => exchange.send(alter(await exchange.answer()))
};
var empty = { status: 200, headers: {}, body: new Uint8Array() };
function inPlaceOf(handle) {
  return async (exchange) => exchange.send(await exchange.answer(handle));
}
function drained({ response }) {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

// src/sandbox/misbehaviour/transport.ts
var html2 = (status) => ({
  about: `Status ${status}, with a page of HTML: a client must try again within its budget, and say which service it was.`,
  fault: () => fault.status(status)
});
var transportFaults = {
  slow: {
    about: "The right answer, 128 bytes at a time: a client must wait, within its deadline.",
    fault: () => fault.slow({ bytes: 128, everyMilliseconds: 20 })
  },
  truncated: {
    about: "Half of the right answer, and the end of the connection: a client must notice that it is not whole.",
    fault: fault.truncated
  },
  reset: { about: "The connection is reset: a client must try again within its budget.", fault: fault.refuse },
  stalled: { about: "There is never an answer: a client must have a deadline.", fault: fault.stall },
  429: {
    about: "Status 429, with `retry-after: 1`: a client must wait for as long before it tries again.",
    fault: () => fault.status(429, { headers: { "retry-after": "1" } })
  },
  500: html2(500),
  502: html2(502),
  503: html2(503),
  504: html2(504),
  html: {
    about: "Success, with a page of HTML: a client must notice that it is no answer.",
    fault: () => fault.status(200)
  },
  garbage: { about: "Success, with bytes that are nothing: a client must notice.", fault: () => fault.garbage() },
  oversized: {
    about: "Success, with 64 MiB of spaces: a client must stop reading.",
    fault: () => fault.oversized()
  },
  redirect: {
    about: "Status 307 to another host: a client must not carry a token or a digest there.",
    fault: () => fault.status(307, { headers: { location: "http://another-host.invalid/" }, body: "" })
  }
};
var transportMisbehaviours = Object.fromEntries(
  serviceNames.flatMap(
    (service) => Object.entries(transportFaults).map(([name, misbehaviour]) => [`${service}:${name}`, misbehaviour])
  )
);

// src/sandbox/tuf/olpc-json.ts
function olpcJson(value) {
  if (typeof value === "string") return `"${value.replace(/["\\]/g, "\\$&")}"`;
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer`);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(olpcJson).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([name, member]) => `${olpcJson(name)}:${olpcJson(member)}`);
  return `{${members.join(",")}}`;
}

// src/sandbox/tuf/metadata.ts
var specificationVersion = "1.0.31";
function encodeMetadata(metadata, { amend, spoil, ...changes2 } = {}) {
  const { role, version, expires, content, signers } = { ...metadata, ...changes2 };
  const plain = {
    _type: role,
    spec_version: specificationVersion,
    version,
    expires: wholeSecond(expires).toISOString().replace(".000Z", "Z"),
    ...content
  };
  const file = signMetadata(amend?.(plain) ?? plain, signers);
  return spoil?.(file) ?? file;
}
function signMetadata(signed, signers) {
  const text2 = utf8(olpcJson(signed));
  const signatures = signers.map(({ id, key }) => ({ keyid: id, sig: encodeHex(key.sign(text2)) }));
  return utf8(JSON.stringify({ signatures, signed }, void 0, 1));
}
function rootContent(roles) {
  const keys = Object.values(roles).flatMap((role) => role.keys);
  return {
    consistent_snapshot: true,
    keys: Object.fromEntries(keys.map(({ id, listed }) => [id, listed])),
    roles: Object.fromEntries(
      Object.entries(roles).map(([name, role]) => [
        name,
        { keyids: role.keys.map(({ id }) => id), threshold: role.threshold }
      ])
    )
  };
}
function fileInfo(bytes2) {
  return { length: bytes2.length, hashes: { sha256: encodeHex(hashOf("sha256", bytes2)) } };
}

// src/sandbox/tuf/tuf-key.ts
function tufKey(key) {
  const listed = listedKey(key);
  return { id: encodeHex(hashOf("sha256", utf8(olpcJson(listed)))), key, listed };
}
function listedKey({ kind, publicKey }) {
  switch (kind) {
    case "P-256":
      return {
        keytype: "ecdsa",
        scheme: "ecdsa-sha2-nistp256",
        keyval: { public: encodePem("PUBLIC KEY", new Uint8Array(publicKey)) }
      };
    case "Ed25519":
      return { keytype: "ed25519", scheme: "ed25519", keyval: { public: encodeHex(publicKey.subarray(-32)) } };
    default:
      throw new RangeError(`TUF has no scheme for ${kind} that all clients know`);
  }
}

// src/sandbox/misbehaviour/tuf.ts
var oneDay4 = 24 * 3600;
var tufMisbehaviours = {
  "tuf:expired-timestamp": {
    about: "The timestamp role ended a day ago: a client must not take what it says for the newest.",
    begin: ({ tuf, world }) => {
      const expires = wholeSecond(secondsAfter(world.clock(), -oneDay4)).toISOString().replace(".000Z", "Z");
      return {
        tuf: timestamp(
          () => ({ expires }),
          () => tuf.keysOf("timestamp")
        )
      };
    }
  },
  "tuf:rolled-back-timestamp": {
    about: "The timestamp role is of version 1, signed: a client that has seen a later one must not go back.",
    begin: ({ tuf }) => ({
      tuf: timestamp(
        () => ({ version: 1 }),
        () => tuf.keysOf("timestamp")
      )
    })
  },
  "tuf:timestamp-by-another-key": {
    about: "The timestamp role is signed by a key that the root does not name for it: a client must refuse it.",
    begin: () => {
      const stranger = tufKey(generateSigningKey("P-256"));
      return {
        tuf: timestamp(
          () => ({}),
          () => [stranger]
        )
      };
    }
  },
  "tuf:altered-target": {
    about: "One byte of each target is another: a client must notice by its hash.",
    begin: () => ({ tuf: withBody((body) => flipped(body, -2), /\/targets\//) })
  }
};
function timestamp(changes2, signers) {
  return withBody((body) => {
    const { signed } = JSON.parse(decodeUtf8(body) ?? "");
    return signMetadata({ ...signed, ...changes2() }, signers());
  }, /\/timestamp\.json$/);
}

// src/sandbox/misbehaviour/catalogue.ts
var lies = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...tufMisbehaviours
};
var catalogue = {
  ...lies,
  ...transportMisbehaviours
};
var lieNames = Object.keys(lies);
var misbehaviourNames = Object.keys(catalogue);
var shortNames = [...lieNames, ...Object.keys(transportFaults).map((fault2) => `SERVICE:${fault2}`)];
function misbehaviourOf(name) {
  return catalogue[name];
}
function serviceOf(name) {
  return name.slice(0, name.indexOf(":"));
}
function readMisbehaviourNames(texts) {
  const names = texts.map(readMisbehaviourName);
  demandCompatible(names);
  return names;
}
function demandCompatible(names) {
  const faults = names.filter((name) => "fault" in misbehaviourOf(name));
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== void 0) fail("USAGE", `${name} and ${other} exclude each other: each is about the whole answer`);
  }
}
function readMisbehaviourName(text2) {
  const name = misbehaviourNames.find((candidate) => candidate === text2);
  if (name !== void 0) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text2.split(":")[0]);
  return fail("USAGE", `there is no misbehaviour ${JSON.stringify(text2)}`, {
    remedy: `There are ${(near.length > 0 ? near : shortNames).join(", ")}.`
  });
}

// src/sandbox/artifacts/failure.ts
var twirpStatuses = {
  invalid_argument: 400,
  malformed: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
  failed_precondition: 412
};
var TwirpFailure = class extends Refusal {
  name = "TwirpFailure";
  code;
  constructor(code, message) {
    super(message);
    this.code = code;
  }
  toResponse() {
    return jsonResponse(twirpStatuses[this.code], { code: this.code, msg: this.message });
  }
};
var azureStatuses = {
  AuthenticationFailed: 403,
  AuthorizationPermissionMismatch: 403,
  BlobImmutableDueToPolicy: 409,
  BlobNotFound: 404,
  InvalidBlobOrBlock: 400,
  InvalidBlockList: 400,
  InvalidQueryParameterValue: 400,
  InvalidXmlDocument: 400
};
var AzureFailure = class extends Refusal {
  name = "AzureFailure";
  code;
  constructor(code, message) {
    super(message);
    this.code = code;
  }
  toResponse() {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${this.code}</Code><Message>${this.message}</Message></Error>`;
    const headers = { "content-type": "application/xml", "x-ms-error-code": this.code };
    return { status: azureStatuses[this.code], headers, body: utf8(body) };
  }
};
function refuseTwirp(code, message) {
  throw new TwirpFailure(code, message);
}
function refuseBlob(code, message) {
  throw new AzureFailure(code, message);
}
var twirpStray = (method, path, methods) => methods.length === 0 ? new TwirpFailure("bad_route", `no handler for path ${path}`) : new TwirpFailure("bad_route", `unsupported method ${method} (only ${methods.join(", ")} is allowed)`);

// src/sandbox/artifacts/artifact-name.ts
var forbidden = ['"', ":", "<", ">", "|", "*", "?", "\r", "\n", "\\", "/"];
function demandArtifactName(name) {
  if (name === "") refuseTwirp("invalid_argument", "name is required");
  const found = forbidden.find((character) => name.includes(character));
  if (found !== void 0)
    refuseTwirp("invalid_argument", `name contains an invalid character: ${JSON.stringify(found)}`);
  return name;
}

// src/sandbox/artifacts/runtime-token.ts
var sixHours = 6 * 3600;
var RuntimeTokens = class {
  #world;
  #key;
  constructor(world) {
    this.#world = world;
    this.#key = world.random(32);
  }
  /** A job with its token; of a run of its own, unless it is one of another job's. */
  async issue(runId = this.#uuid(), lifetimeSeconds2 = sixHours) {
    const jobId = this.#uuid();
    const now = this.#world.clock();
    const token = await new SignJWT({
      scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runId}:${jobId}`,
      iss: "countersign-sandbox",
      nbf: Math.floor(now.getTime() / 1e3) - 300,
      exp: Math.floor(secondsAfter(now, lifetimeSeconds2).getTime() / 1e3)
    }).setProtectedHeader({ typ: "JWT", alg: "HS256" }).sign(this.#key);
    return { runId, jobId, token };
  }
  /**
   * The job whose token is in an `Authorization` header.
   *
   * @throws TwirpFailure `unauthenticated`
   */
  async authenticate(authorization) {
    const [, token] = /^bearer (\S+)$/i.exec(String(authorization ?? "")) ?? refuseTwirp("unauthenticated", "no token");
    const { payload } = await jwtVerify(token ?? "", this.#key, {
      algorithms: ["HS256"],
      currentDate: this.#world.clock()
    }).catch((error) => {
      if (error instanceof errors_exports.JOSEError) refuseTwirp("unauthenticated", "token is not valid");
      throw error;
    });
    const [, runId, jobId] = /(?:^| )Actions\.Results:([^ :]+):([^ :]+)(?: |$)/.exec(String(payload.scp)) ?? [];
    if (runId === void 0 || jobId === void 0)
      refuseTwirp("unauthenticated", "token has no Actions.Results scope");
    return { runId, jobId };
  }
  #uuid() {
    return encodeHex(this.#world.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};

// src/sandbox/artifacts/artifact-service.ts
var prefix = "/twirp/github.actions.results.api.v1.ArtifactService/";
var ninetyDays = 90 * 24 * 3600;
var ArtifactService = class _ArtifactService {
  /** The job that is there from the start. */
  job;
  /** `ACTIONS_RESULTS_URL`. */
  resultsUrl;
  #blobs;
  #world;
  #tokens;
  #jobs;
  #uploads = [];
  #lastId = 1e9;
  constructor({ origin, blobs, world }, tokens, job) {
    this.resultsUrl = `${origin}/`;
    this.#blobs = blobs;
    this.#world = world;
    this.#tokens = tokens;
    this.#jobs = [job];
    this.job = job;
  }
  static async create(options) {
    const tokens = new RuntimeTokens(options.world);
    return new _ArtifactService(options, tokens, await tokens.issue());
  }
  /** A job with its token, of the same run as another or of one of its own. A negative lifetime makes an expired token. */
  async newJob(runId, lifetimeSeconds2) {
    const job = await this.#tokens.issue(runId, lifetimeSeconds2);
    this.#jobs.push(job);
    return job;
  }
  /** What was finalized and has not been deleted, oldest first. */
  get artifacts() {
    return this.#uploads.flatMap(
      ({ finalized, path: _, ...upload }) => finalized ? [{ ...upload, ...finalized }] : []
    );
  }
  routes() {
    return [{ method: "POST", path: `${prefix}*`, handle: (request) => this.#answer(request) }];
  }
  #methods = {
    CreateArtifact: (request, job) => this.#create(request, job),
    FinalizeArtifact: (request, job) => this.#finalize(request, job),
    ListArtifacts: (request, job) => this.#list(request, job),
    GetSignedArtifactURL: (request, job) => this.#sign(request, job),
    DeleteArtifact: (request, job) => this.#delete(request, job)
  };
  async #answer({ url, headers, body }) {
    const job = await this.#tokens.authenticate(headers.authorization);
    const name = url.pathname.slice(prefix.length);
    const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : void 0;
    if (method === void 0) refuseTwirp("bad_route", `no handler for path ${url.pathname}`);
    if (!/^application\/json(?:;|$)/.test(String(headers["content-type"]))) {
      refuseTwirp("bad_route", `unexpected Content-Type: ${String(headers["content-type"])}`);
    }
    try {
      return jsonResponse(200, method(ProtoField.parse(body, "JSON_INVALID", "the request"), job));
    } catch (error) {
      if (error instanceof CountersignError) refuseTwirp("malformed", error.message);
      throw error;
    }
  }
  #create(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    if (this.#uploads.some((upload) => upload.runId === job.runId && upload.name === name)) {
      refuseTwirp("already_exists", "an artifact with this name already exists on the workflow run");
    }
    const mimeType = readMimeType(request);
    const now = this.#world.clock();
    this.#lastId += 1;
    const id = String(this.#lastId);
    const random = encodeHex(this.#world.random(32));
    const extension = mimeType === "application/zip" ? ".zip" : "";
    const path = `/actions-results/${job.runId}/workflow-job-run-${job.jobId}/artifacts/${random}${extension}`;
    const expiresAt = request.field("expiresAt").time() ?? secondsAfter(now, ninetyDays);
    const { runId, jobId } = job;
    this.#uploads.push({ runId, jobId, id, name, mimeType, path, createdAt: now, expiresAt, finalized: void 0 });
    return { ok: true, signed_upload_url: this.#blobs.uploadUrl(path) };
  }
  #finalize(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    const upload = this.#uploads.find((one) => one.runId === job.runId && one.jobId === job.jobId && one.name === name) ?? refuseTwirp("not_found", "artifact not found");
    if (upload.finalized) refuseTwirp("failed_precondition", "artifact is already finalized");
    const bytes2 = this.#blobs.bytes(upload.path) ?? refuseTwirp("not_found", "artifact has no committed upload");
    const digest = `sha256:${encodeHex(hashOf("sha256", bytes2))}`;
    const size = request.field("size").uint64();
    if (size !== BigInt(bytes2.length)) {
      refuseTwirp("invalid_argument", `size ${size} does not match the uploaded size ${bytes2.length}`);
    }
    const hash = request.field("hash").string();
    if (hash !== "" && hash !== digest) refuseTwirp("invalid_argument", "hash does not match the uploaded content");
    this.#blobs.seal(upload.path);
    upload.finalized = { bytes: bytes2, digest };
    return { ok: true, artifact_id: upload.id };
  }
  #list(request, job) {
    this.#demandOwnJob(request, job);
    const name = request.field("nameFilter").string();
    const id = request.field("idFilter");
    const found = this.#visible(job).filter(
      (artifact) => (name === "" || artifact.name === name) && (!id.present || artifact.id === String(id.uint64()))
    );
    return {
      artifacts: found.map((artifact) => ({
        workflow_run_backend_id: artifact.runId,
        workflow_job_run_backend_id: artifact.jobId,
        database_id: artifact.id,
        name: artifact.name,
        size: String(artifact.bytes.length),
        created_at: artifact.createdAt.toISOString(),
        digest: artifact.digest
      }))
    };
  }
  #sign(request, job) {
    const { name, mimeType, path } = this.#named(request, job);
    const fileName2 = mimeType === "application/zip" ? `${name}.zip` : name;
    return { name, signed_url: this.#blobs.downloadUrl(path, { contentType: mimeType, fileName: fileName2 }) };
  }
  #delete(request, job) {
    const { id, path } = this.#named(request, job);
    this.#uploads = this.#uploads.filter((upload) => upload.id !== id);
    this.#blobs.delete(path);
    return { ok: true, artifact_id: id };
  }
  /** Finalized artifacts of the job's run, of whichever job, that have not expired. */
  #visible({ runId }) {
    const now = this.#world.clock();
    return this.#uploads.flatMap(
      ({ finalized, ...upload }) => finalized && upload.runId === runId && upload.expiresAt > now ? [{ ...upload, ...finalized }] : []
    );
  }
  /** The artifact that a request names: of any job of the run, which the request names too. */
  #named(request, job) {
    const { runId, jobId } = readJob(request);
    if (runId !== job.runId) refuseTwirp("permission_denied", "the token is not one of this workflow run");
    if (!this.#jobs.some((known) => known.jobId === jobId)) refuseTwirp("not_found", "workflow job run not found");
    const name = request.field("name").string();
    return this.#visible(job).find((artifact) => artifact.name === name && [artifact.jobId, job.jobId].includes(jobId)) ?? refuseTwirp("not_found", "artifact not found");
  }
  #demandOwnJob(request, job) {
    const { runId, jobId } = readJob(request);
    if (runId !== job.runId) refuseTwirp("permission_denied", "the token is not one of this workflow run");
    if (!this.#jobs.some((known) => known.jobId === jobId)) refuseTwirp("not_found", "workflow job run not found");
    if (jobId !== job.jobId) refuseTwirp("permission_denied", "the token is not one of this job");
  }
};
function readJob(request) {
  return {
    runId: request.field("workflowRunBackendId").string(),
    jobId: request.field("workflowJobRunBackendId").string()
  };
}
function readMimeType(request) {
  const given = request.field("mimeType").string();
  const version = Number(request.field("version").uint64());
  if (version < 4) refuseTwirp("invalid_argument", "version is not supported");
  if (version < 7) return "application/zip";
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(given)) {
    refuseTwirp("invalid_argument", "mime_type a valid mime_type is required for this artifact version");
  }
  return given;
}

// src/sandbox/artifacts/signed-url.ts
import { createHmac, timingSafeEqual } from "node:crypto";
var UrlSigner = class {
  #world;
  #key;
  constructor(world) {
    this.#world = world;
    this.#key = world.random(32);
  }
  /** Signs a URL, with all of the query that is given it. Its signature has `+`, `/` and `=`, and so is percent-encoded. */
  sign(url, permissions, lifetimeSeconds2) {
    const signed = new URL(url);
    const expiry = wholeSecond(secondsAfter(this.#world.clock(), lifetimeSeconds2));
    signed.searchParams.set("se", expiry.toISOString().replace(".000Z", "Z"));
    signed.searchParams.set("sp", permissions);
    signed.searchParams.set("spr", "https,http");
    signed.searchParams.set("sr", "b");
    signed.searchParams.set("sv", "2026-04-06");
    signed.searchParams.set("sig", this.#signature(signed));
    return signed.href;
  }
  /** @throws AzureFailure `AuthenticationFailed`, `AuthorizationPermissionMismatch` */
  demand(url, permissions) {
    const given = Buffer.from(url.searchParams.get("sig") ?? "");
    const right = Buffer.from(this.#signature(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      refuseBlob("AuthenticationFailed", "Signature did not match.");
    }
    if (new Date(url.searchParams.get("se") ?? "") < this.#world.clock()) {
      refuseBlob("AuthenticationFailed", "Signature not valid in the specified time frame.");
    }
    if (url.searchParams.get("sp") !== permissions) {
      refuseBlob("AuthorizationPermissionMismatch", "This request is not authorized to perform this operation.");
    }
  }
  /** Over the path and those parameters that Azure's clients do not add themselves. */
  #signature({ pathname, searchParams }) {
    const parts = ["rscd", "rsct", "se", "sp", "spr", "sr", "sv"].map((name) => searchParams.get(name) ?? "");
    return createHmac("sha256", this.#key).update([pathname, ...parts].join("\n")).digest("base64");
  }
};

// src/sandbox/artifacts/blob-store.ts
var maxBlockLength = 64 * 1024 * 1024;
var BlobStore = class {
  /** Where it is served. */
  origin;
  #world;
  #signer;
  #blobs = /* @__PURE__ */ new Map();
  constructor(origin, world) {
    this.origin = origin;
    this.#world = world;
    this.#signer = new UrlSigner(world);
  }
  /** A URL to upload a blob by, for an hour unless said otherwise. */
  uploadUrl(path, lifetimeSeconds2 = 3600) {
    return this.#signer.sign(new URL(path, this.origin), "cw", lifetimeSeconds2);
  }
  /** A URL to download a blob by, for ten minutes unless said otherwise, with the headers that it is to be answered with. */
  downloadUrl(path, { contentType, fileName: fileName2, lifetimeSeconds: lifetimeSeconds2 = 600 } = {}) {
    const url = new URL(path, this.origin);
    if (fileName2 !== void 0)
      url.searchParams.set(
        "rscd",
        `attachment; filename="${asciiOf(fileName2)}"; filename*=UTF-8''${encodeURIComponent(fileName2)}`
      );
    if (contentType !== void 0) url.searchParams.set("rsct", contentType);
    return this.#signer.sign(url, "r", lifetimeSeconds2);
  }
  /** What a list of blocks has made of a blob; `undefined` if none has been committed. */
  bytes(path) {
    const committed = this.#blobs.get(path)?.committed;
    return committed && concatBytes(...committed.map(([, block]) => block));
  }
  /** Makes a blob what it is, for good. */
  seal(path) {
    this.#blob(path).sealed = true;
  }
  delete(path) {
    this.#blobs.delete(path);
  }
  routes() {
    return [
      { method: "PUT", path: "/*", handle: (request) => this.#put(request), maxBodyLength: maxBlockLength },
      { method: "GET", path: "/*", handle: (request) => this.#get(request) }
    ];
  }
  #put(request) {
    this.#authorize(request, "cw");
    const { url, body, headers } = request;
    const blob = this.#blob(url.pathname);
    if (blob.sealed)
      refuseBlob("BlobImmutableDueToPolicy", "This operation is not permitted as the blob is immutable.");
    switch (url.searchParams.get("comp")) {
      case "block":
        putBlock(blob, url.searchParams.get("blockid") ?? "", body);
        break;
      case "blocklist":
        commit2(blob, decodeUtf8(body) ?? "");
        blob.contentType = String(headers["x-ms-blob-content-type"] ?? "application/octet-stream");
        break;
      default:
        refuseBlob("InvalidQueryParameterValue", "The sandbox takes blobs in blocks only.");
    }
    const etag = `"0x${encodeHex(this.#world.random(8)).toUpperCase()}"`;
    return { status: 201, headers: { ...this.#headers(), etag, "last-modified": this.#now() }, body: new Uint8Array() };
  }
  #get(request) {
    this.#authorize(request, "r");
    const { pathname, searchParams } = request.url;
    const body = this.bytes(pathname) ?? refuseBlob("BlobNotFound", "The specified blob does not exist.");
    const disposition = searchParams.get("rscd");
    return {
      status: 200,
      headers: {
        ...this.#headers(),
        "content-type": searchParams.get("rsct") ?? this.#blob(pathname).contentType,
        ...disposition === null ? {} : { "content-disposition": disposition }
      },
      body
    };
  }
  /** The URL is the credential. A token beside it has strayed here from another host. */
  #authorize({ url, headers }, permissions) {
    if (headers.authorization !== void 0) {
      refuseBlob(
        "AuthenticationFailed",
        "Server failed to authenticate the request: an Authorization header came with a signed URL."
      );
    }
    this.#signer.demand(url, permissions);
  }
  #blob(path) {
    const blob = this.#blobs.get(path) ?? {
      uncommitted: /* @__PURE__ */ new Map(),
      committed: void 0,
      contentType: "application/octet-stream",
      sealed: false
    };
    this.#blobs.set(path, blob);
    return blob;
  }
  #headers() {
    return { "x-ms-request-id": encodeHex(this.#world.random(16)), "x-ms-version": "2026-04-06", date: this.#now() };
  }
  #now() {
    return this.#world.clock().toUTCString();
  }
};
function putBlock(blob, id, body) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id) || id.length % 4 !== 0 || id.length > 88) {
    refuseBlob(
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid."
    );
  }
  const [other = id] = blob.uncommitted.keys();
  if (other.length !== id.length) refuseBlob("InvalidBlobOrBlock", "The specified blob or block content is invalid.");
  blob.uncommitted.set(id, body);
}
var listShape = /^(?:\uFEFF)?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList>\s*((?:<(Latest|Uncommitted|Committed)>[A-Za-z0-9+/=]+<\/\2>\s*)*)<\/BlockList>\s*$/;
function commit2(blob, xml) {
  const [, items] = listShape.exec(xml) ?? refuseBlob("InvalidXmlDocument", "XML specified is not syntactically valid.");
  const before = new Map(blob.committed);
  const committed = [...(items ?? "").matchAll(/<(\w+)>([^<]+)</g)].map(([, from, id = ""]) => {
    const block = (from === "Committed" ? void 0 : blob.uncommitted.get(id)) ?? (from === "Uncommitted" ? void 0 : before.get(id)) ?? refuseBlob("InvalidBlockList", "The specified block list is invalid.");
    return [id, block];
  });
  blob.committed = committed;
  blob.uncommitted.clear();
}
function asciiOf(name) {
  return name.replace(/[^\x20-\x7e]|["\\]/g, "_");
}

// src/sandbox/certificate-log/certificate-log-service.ts
var maxEntries = 256;
var CertificateLogFailure = class extends Refusal {
  name = "CertificateLogFailure";
  httpStatus;
  constructor(httpStatus, reason) {
    super(reason);
    this.httpStatus = httpStatus;
  }
  toResponse() {
    const words = this.httpStatus === 400 ? "Bad Request" : "Not Found";
    const body = utf8(`${words}
${this.message}
`);
    return { status: this.httpStatus, headers: { "content-type": "text/plain; charset=utf-8" }, body };
  }
};
var CertificateLogService = class _CertificateLogService {
  log;
  #roots;
  /** The roots, DER, are those to which what is submitted must lead. */
  constructor(log, roots) {
    this.log = log;
    this.#roots = roots;
  }
  /** The same service in front of another log. */
  over(log) {
    return new _CertificateLogService(log, this.#roots);
  }
  /** The service's routes, under this path. */
  routes(path) {
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/ct/v1/${name}`,
      handle: ({ url }) => jsonResponse(200, answer(url.searchParams))
    });
    const file = (name, answer) => ({
      method: "GET",
      path: `${path}/${name}`,
      handle: ({ url }) => answer(url.pathname.slice(`${path}/${name}`.replace("*", "").length))
    });
    return [
      { method: "POST", path: `${path}/ct/v1/add-chain`, handle: (request) => this.#add(request, "x509") },
      {
        method: "POST",
        path: `${path}/ct/v1/add-pre-chain`,
        handle: (request) => this.#add(request, "precertificate")
      },
      get("get-roots", () => ({ certificates: this.#roots.map(encodeBase64) })),
      get("get-sth", () => this.#treeHead()),
      get("get-sth-consistency", (query) => this.#consistency(query)),
      get("get-proof-by-hash", (query) => this.#proof(query)),
      get("get-entries", (query) => this.#entries(query)),
      file("checkpoint", () => bytes(utf8(this.log.checkpoint()), "text/plain; charset=utf-8")),
      file("tile/*", (rest) => bytes(this.#tile(rest) ?? absent3())),
      file("issuer/*", (rest) => bytes(this.log.issuer(rest) ?? absent3(), "application/pkix-cert"))
    ];
  }
  #add({ body }, kind) {
    const { certificate, issuers, precertificate } = this.#chain(body);
    if (kind === "precertificate" && precertificate === void 0) refuse2("certificate is not a precertificate");
    if (kind === "x509" && precertificate !== void 0) refuse2("precertificate was sent to add-chain");
    const sct = this.log.find(certificate) ?? (precertificate === void 0 ? this.log.submitFinal({ certificate, issuers }) : this.log.submit(precertificate));
    return jsonResponse(200, sctJson(sct));
  }
  #chain(body) {
    const chain = readChain(body);
    try {
      return checkChain(chain, this.#roots);
    } catch (error) {
      if (error instanceof RangeError) refuse2(`failed to verify add-chain contents: ${error.message}`);
      throw error;
    }
  }
  #treeHead() {
    const { size, tree } = this.log.store;
    const { time, signature } = this.log.treeHead();
    return {
      tree_size: size,
      timestamp: time.getTime(),
      sha256_root_hash: encodeBase64(tree.root()),
      tree_head_signature: encodeBase64(signature)
    };
  }
  #consistency(query) {
    const [first, second] = [wholeNumber3(query, "first"), wholeNumber3(query, "second")];
    const { size, tree } = this.log.store;
    if (first > second || second > size) refuse2(`first and second must be in order, and at most ${size}`);
    return { consistency: tree.consistencyProof(first, second).map(encodeBase64) };
  }
  #proof(query) {
    const { store } = this.log;
    const size = wholeNumber3(query, "tree_size");
    if (size < 1 || size > store.size) refuse2(`tree_size must be from 1 to ${store.size}`);
    const index = store.find(readHash(query.get("hash") ?? "")).find((one) => one < size) ?? absent3();
    return { leaf_index: index, audit_path: store.tree.inclusionProof(index, size).map(encodeBase64) };
  }
  #entries(query) {
    const [start, end] = [wholeNumber3(query, "start"), wholeNumber3(query, "end")];
    const { size } = this.log.store;
    if (start > end || start >= size) refuse2(`start and end must be in order, and start less than ${size}`);
    const count = Math.min(end + 1, size, start + maxEntries) - start;
    return { entries: Array.from({ length: count }, (_, at) => this.#entry(start + at)) };
  }
  /** LeafInput and ExtraData (RFC 6962, section 4.6). */
  #entry(index) {
    const { entry, kind, certificate, issuers } = this.log.entry(index);
    const chain = issuers.map((fingerprint) => withLength(this.log.issuer(encodeHex(fingerprint)) ?? absent3(), 3));
    const above = withLength(Buffer.concat(chain), 3);
    const extra = kind === "x509" ? above : Buffer.concat([withLength(certificate, 3), above]);
    return { leaf_input: encodeBase64(merkleTreeLeaf(entry)), extra_data: encodeBase64(extra) };
  }
  /** `data/<N>` is what entry bundles are called here. */
  #tile(path) {
    const { store } = this.log;
    const data = path.startsWith("data/");
    const tile = path.startsWith("entries/") ? void 0 : parseTilePath(data ? path.replace("data", "entries") : path);
    if (tile === void 0) return void 0;
    if (tile.level === "entries") return entryTile(store, tile.index, tile.width, (leaf) => leaf);
    return hashTile(store, tile.level, tile.index, tile.width);
  }
};
function bytes(body, contentType = "application/octet-stream") {
  return { status: 200, headers: { "content-type": contentType }, body };
}
function sctJson(sct) {
  const extensions = 43 + Buffer.from(sct).readUInt16BE(41);
  return {
    sct_version: sct[0] ?? 0,
    id: encodeBase64(sct.subarray(1, 33)),
    timestamp: Number(Buffer.from(sct).readBigUInt64BE(33)),
    extensions: encodeBase64(sct.subarray(43, extensions)),
    signature: encodeBase64(sct.subarray(extensions))
  };
}
function readChain(body) {
  try {
    const { chain } = parseJson(body);
    if (!Array.isArray(chain)) throw new RangeError("cert chain was empty");
    return chain.map((certificate) => decodeBase64(String(certificate)));
  } catch (error) {
    return refuse2(`failed to parse add-chain body: ${error instanceof Error ? error.message : "nothing can be read"}`);
  }
}
function readHash(text2) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuse2("hash is not base64");
  }
}
function wholeNumber3(query, name) {
  const text2 = query.get(name) ?? "";
  return /^\d{1,15}$/.test(text2) ? Number(text2) : refuse2(`${name} is not a number`);
}
function refuse2(reason) {
  throw new CertificateLogFailure(400, reason);
}
function absent3() {
  throw new CertificateLogFailure(404, "it is not in the log");
}

// src/sandbox/fulcio/certificate-request.ts
import { createPublicKey as createPublicKey7, verify as verify4 } from "node:crypto";

// src/sandbox/fulcio/public-key.ts
import { createPublicKey as createPublicKey6, verify as verify3 } from "node:crypto";
var curveHashes = {
  prime256v1: "sha256",
  secp384r1: "sha384",
  secp521r1: "sha512"
};
var readableCurves = [...Object.keys(curveHashes), "secp224r1"];
var readableKinds = ["rsa", "ec", "ed25519", "x25519", "dsa"];
function readPublicKey(pem) {
  const [, label2 = ""] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (label2 !== "PUBLIC KEY" && label2 !== "RSA PUBLIC KEY") return void 0;
  try {
    const key = createPublicKey6(pem);
    return isReadable(key) ? key : void 0;
  } catch {
    return void 0;
  }
}
function isReadable({ asymmetricKeyType, asymmetricKeyDetails }) {
  if (asymmetricKeyType === "ec") return readableCurves.includes(asymmetricKeyDetails?.namedCurve ?? "");
  return readableKinds.includes(asymmetricKeyType ?? "");
}
function isAcceptable(key) {
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec") return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== "rsa") return key.asymmetricKeyType === "ed25519";
  return [2048, 3072, 4096].includes(Math.ceil(modulusLength / 8) * 8);
}
function hashOfKey2(key) {
  if (key.asymmetricKeyType === "ed25519") return null;
  return curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "sha256";
}
function provesPossession(key, challenge, signature) {
  return verify3(hashOfKey2(key), challenge, key, signature);
}

// src/sandbox/fulcio/certificate-request.ts
var signatureHashes = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.3.101.112": null
};
function readCertificateRequest(pem) {
  try {
    const text2 = decodeUtf8(pem) ?? "";
    const label2 = text2.includes("BEGIN NEW ") ? "NEW CERTIFICATE REQUEST" : "CERTIFICATE REQUEST";
    const [bytes2 = new Uint8Array()] = decodePem(label2, text2);
    const { info, algorithm, signature } = readSequence(bytes2, (request) => {
      const signed = request.any().der;
      const algorithmIdentifier = request.sequence();
      const oid = algorithmIdentifier.oid();
      return { info: signed, algorithm: oid, signature: request.bitString() };
    });
    const publicKey = readSequence(info, (reader) => {
      reader.unsigned();
      reader.sequence();
      const subjectPublicKeyInfo2 = reader.any().der;
      while (!reader.done) reader.any();
      return subjectPublicKeyInfo2;
    });
    const key = createPublicKey7({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ec" && !isReadable(key)) return void 0;
    const hash = signatureHashes[algorithm];
    return { key, hash, proven: hash !== void 0 && isAcceptable(key) && verify4(hash, info, key, signature) };
  } catch {
    return void 0;
  }
}

// src/sandbox/fulcio/configuration.ts
var audience = "sigstore";
function configuration(issuers) {
  return {
    issuers: issuers.map(({ issuer, kind }) => ({
      issuerUrl: issuer.url,
      audience,
      challengeClaim: kind === "email" ? "email" : "sub",
      spiffeTrustDomain: "",
      // Fulcio has one type for all CI systems whose certificates are made by templates, and does not say which they are.
      issuerType: kind === "email" ? "email" : "ci-provider",
      subjectDomain: "",
      skipEmailVerification: false
    }))
  };
}

// src/sandbox/fulcio/certification.ts
var maxTokenLength = 16 * 1024;
var notBeforeLeewaySeconds = 300;
var messages2 = {
  token: "There was an error processing the identity token",
  publicKey: "The public key supplied in the request could not be parsed",
  certificateRequest: "The certificate signing request could not be parsed",
  insecureKey: "The public key supplied in the request is insecure",
  signature: "The signature supplied in the request could not be verified"
};
var CertificationService = class {
  authority;
  #issuers;
  #clock;
  constructor(authority2, issuers, clock) {
    this.authority = authority2;
    this.#issuers = issuers;
    this.#clock = clock;
  }
  /**
   * Answers a CreateSigningCertificateRequest (fulcio.proto), with a key or a certification request. The token is in the request, or, as
   * sigstore-go sends it, in the HTTP header. The certificate can be made otherwise than it was asked for.
   *
   * @throws ServiceFailure `invalidArgument`, in Fulcio's words
   */
  async certify(body, headerToken = "", overrides = {}) {
    const request = readRequest2(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const identity = identityOf(principal.kind, principal.claims);
    const right = { publicKey: subjectPublicKeyInfo(key), ...identity };
    const leaf = this.authority.issue({
      ...right,
      ...typeof overrides === "function" ? overrides(right) : overrides
    });
    const certificates = [leaf, ...this.authority.chain].map((certificate) => encodePem("CERTIFICATE", certificate));
    return { signedCertificateEmbeddedSct: { chain: { certificates } } };
  }
  /** The service's routes, under this path. */
  routes(path) {
    const handle = async ({ body, headers }) => {
      const headerToken = String(headers.authorization ?? "").replace(/^Bearer /, "");
      return jsonResponse(200, await this.certify(body, headerToken));
    };
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/api/v2/${name}`,
      handle: () => jsonResponse(200, answer())
    });
    return [
      { method: "POST", path: `${path}/api/v2/signingCert`, handle },
      get("configuration", () => configuration(this.#issuers)),
      get("trustBundle", () => this.trustBundle())
    ];
  }
  /** `GET /api/v2/trustBundle`: the authority's own certificates, which nobody should trust for being told of them here. */
  trustBundle() {
    const certificates = this.authority.chain.map((certificate) => encodePem("CERTIFICATE", certificate));
    return { chains: [{ certificates }] };
  }
  async #authenticate(token) {
    if (token.length > maxTokenLength) refuse("invalidArgument", messages2.token);
    const { issuer, kind } = this.#issuerOf(token) ?? refuse("invalidArgument", messages2.token);
    const now = this.#clock();
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.keySet()), {
      issuer: issuer.url,
      audience,
      algorithms: [tokenAlgorithm],
      currentDate: now,
      clockTolerance: notBeforeLeewaySeconds
    }).catch(refuseToken);
    if ((payload.exp ?? 0) * 1e3 < now.getTime()) refuse("invalidArgument", messages2.token);
    const { sub = "", email, email_verified: verified } = payload;
    const claims2 = payload;
    if (kind !== "email") return { kind, claims: claims2, challenge: sub };
    const known = typeof email === "string" && isEmailAddress(email);
    if (!known || !/^[Tt]rue$/.test(String(verified))) refuse("invalidArgument", messages2.token);
    return { kind, claims: claims2, challenge: email };
  }
  #issuerOf(token) {
    try {
      const { iss } = decodeJwt(token);
      return this.#issuers.find(({ issuer }) => issuer.url === iss);
    } catch (error) {
      return refuseToken(error);
    }
  }
};
function readRequest2(body) {
  try {
    const request = ProtoField.parse(body, "JSON_INVALID", "the request");
    const publicKeyRequest = request.field("publicKeyRequest");
    return {
      token: request.field("credentials").field("oidcIdentityToken").string(),
      publicKeyContent: publicKeyRequest.field("publicKey").field("content").string(),
      proofOfPossession: publicKeyRequest.field("proofOfPossession").bytes(),
      certificateRequest: request.field("certificateSigningRequest").bytes()
    };
  } catch (error) {
    if (error instanceof CountersignError) refuse("invalidArgument", error.message);
    throw error;
  }
}
function provenKey(request, challenge) {
  const { certificateRequest, publicKeyContent, proofOfPossession } = request;
  const certification = certificateRequest.length === 0 ? void 0 : readCertificateRequest(certificateRequest) ?? refuse("invalidArgument", messages2.certificateRequest);
  const key = certification?.key ?? readPublicKey(publicKeyContent) ?? refuse("invalidArgument", messages2.publicKey);
  if (!isAcceptable(key)) refuse("invalidArgument", messages2.insecureKey);
  const proven = certification?.proven ?? provesPossession(key, utf8(challenge), proofOfPossession);
  if (!proven) refuse("invalidArgument", messages2.signature);
  if (certification !== void 0 && certification.hash !== hashOfKey2(key)) {
    refuse("invalidArgument", `signing algorithm not permitted: ${goType(key)}, ${goHash(certification.hash)}`);
  }
  return key;
}
function goType({ asymmetricKeyType }) {
  if (asymmetricKeyType === "ed25519") return "ed25519.PublicKey";
  return asymmetricKeyType === "ec" ? "*ecdsa.PublicKey" : "*rsa.PublicKey";
}
function goHash(hash) {
  return hash?.replace("sha", "SHA-") ?? "unknown hash value 0";
}
function refuseToken(error) {
  if (error instanceof errors_exports.JOSEError) refuse("invalidArgument", messages2.token);
  throw error;
}

// src/sandbox/http/traffic.ts
var ReceivedRequest = class {
  service;
  method;
  path;
  #received;
  #length;
  constructor(service, path, { method = "GET", url = "", rawHeaders }) {
    this.service = service;
    this.method = method;
    this.path = path;
    const head = Buffer.from(`${method} ${url}
${rawHeaders.join("\n")}

`, "latin1");
    this.#received = [head];
    this.#length = head.length;
  }
  get length() {
    return this.#length;
  }
  /** @returns how many bytes more are kept: none, if it was forgotten while it came in */
  add(chunk) {
    if (this.#received === void 0) return 0;
    this.#received.push(chunk);
    this.#length += chunk.length;
    return chunk.length;
  }
  forget() {
    this.#received = void 0;
    this.#length = 0;
  }
  content() {
    return this.#received && Buffer.concat(this.#received);
  }
};
var Faults = class {
  #faults = [];
  /** Sets a fault for the next requests to a service or to one of its endpoints, in place of an earlier one for the same. */
  set(target, fault2, times = Number.POSITIVE_INFINITY) {
    const endpoint = typeof target === "string" ? { service: target, matching: void 0 } : target;
    const count = typeof times === "number" ? { times } : times;
    this.#faults = this.#faults.filter(
      ({ service, matching }) => service !== endpoint.service || String(matching ?? "") !== String(endpoint.matching ?? "")
    );
    this.#faults.push({ ...endpoint, fault: fault2, skip: 0, times: Number.POSITIVE_INFINITY, ...count });
  }
  /** Makes a service right again, or all of them. */
  clear(service) {
    this.#faults = this.#faults.filter((one) => service !== void 0 && one.service !== service);
  }
  /** The fault for a request, if there is one, of which it is one time less. */
  take(service, line) {
    for (const one of this.#faults) {
      if (one.service !== service || one.times <= 0 || one.matching && line.search(one.matching) < 0) continue;
      if (one.skip > 0) {
        one.skip -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault;
    }
    return void 0;
  }
};
var keptLength = 64 * 1024 * 1024;
var Traffic = class {
  faults = new Faults();
  #requests = [];
  #length = 0;
  #forgotten = 0;
  #recorded;
  constructor(recorded = true) {
    this.#recorded = recorded;
  }
  get requests() {
    return this.#requests;
  }
  record(request) {
    if (!this.#recorded) return;
    this.#requests.push(request);
    this.#grow(request.length);
  }
  /** A piece of the body of a request that was recorded. */
  recordBody(request, chunk) {
    if (this.#recorded) this.#grow(request.add(chunk));
  }
  #grow(length) {
    this.#length += length;
    while (this.#length > keptLength) {
      const oldest = this.#requests[this.#forgotten];
      if (oldest === void 0) return;
      this.#forgotten += 1;
      this.#length -= oldest.length;
      oldest.forget();
    }
  }
};

// src/sandbox/misbehaviour/misbehaviours.ts
var Misbehaviours = class {
  #faults;
  #parts;
  #names = [];
  #answers = [];
  constructor(faults, parts) {
    this.#faults = faults;
    this.#parts = parts;
  }
  /** Those that are on, in the order in which they were begun. */
  get names() {
    return this.#names;
  }
  /** Begins one, before whatever others there are: of two that are about the same answer, the later has the last word. */
  begin(name, times = Number.POSITIVE_INFINITY) {
    demandCompatible([...this.#names, name]);
    const misbehaviour = misbehaviourOf(name);
    if ("fault" in misbehaviour) {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
    } else {
      const begun = Object.entries(misbehaviour.begin(this.#parts));
      this.#answers = [
        ...this.#answers,
        ...begun.map(([service, answer]) => [service, counted(answer, times)])
      ];
    }
    this.#names = [...this.#names, name];
  }
  /** Ends all, and all faults. */
  end() {
    this.#faults.clear();
    this.#answers = [];
    this.#names = [];
  }
  /** The routes of a service, which answer as it is told here. */
  over(service, routes) {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        const right = async () => route.handle(request);
        const answers3 = this.#answers.flatMap(([name, answer]) => name === service ? [answer] : []);
        return answers3.reduce(
          (before, answer) => async () => answer(request, before),
          right
        )();
      }
    }));
  }
};
function counted(answer, times) {
  const count = typeof times === "number" ? { times } : times;
  let { skip = 0, times: left = Number.POSITIVE_INFINITY } = count;
  return (request, right) => {
    if (skip > 0) {
      skip -= 1;
      return right();
    }
    if (left <= 0) return right();
    left -= 1;
    return answer(request, right);
  };
}

// src/sandbox/oidc/buildkite.ts
var exampleBuildkiteJob = {
  organization_slug: "example-org",
  organization_id: "01900000-0000-4000-8000-000000007001",
  pipeline_slug: "example-pipeline",
  pipeline_id: "01900000-0000-4000-8000-000000007002",
  build_number: 17,
  build_branch: "main",
  build_commit: "0123456789abcdef0123456789abcdef01234567",
  build_source: "webhook",
  step_key: "release",
  job_id: "01900000-0000-4000-8000-000000009001",
  agent_id: "01900000-0000-4000-8000-000000007003",
  runner_environment: "buildkite-hosted"
};
var buildkite = {
  example: exampleBuildkiteJob,
  occasional: ["build_tag", "cluster_id", "cluster_name", "queue_id", "queue_key"],
  keySetPath: ".well-known/jwks",
  numbered: false,
  lifetimeSeconds: 300,
  leewaySeconds: 0,
  subject(claims2) {
    const tag = text(claims2, "build_tag");
    const ref = tag ? `refs/tags/${tag}` : `refs/heads/${text(claims2, "build_branch")}`;
    const [organization, pipeline, commit4, step] = [
      "organization_slug",
      "pipeline_slug",
      "build_commit",
      "step_key"
    ].map((name) => text(claims2, name));
    return `organization:${organization}:pipeline:${pipeline}:ref:${ref}:commit:${commit4}:step:${step}`;
  },
  audience: (claims2) => `https://buildkite.com/${text(claims2, "organization_slug")}`
};

// src/sandbox/oidc/gitlab.ts
var commit3 = "0123456789abcdef0123456789abcdef01234567";
var exampleGitlabJob = {
  namespace_id: "7001",
  namespace_path: "example-group",
  project_id: "7002",
  project_path: "example-group/example-project",
  project_visibility: "public",
  user_id: "7003",
  user_login: "example-user",
  user_email: "example-user@example.com",
  user_access_level: "developer",
  job_project_id: "7002",
  job_project_path: "example-group/example-project",
  job_namespace_id: "7001",
  job_namespace_path: "example-group",
  pipeline_id: "8001",
  pipeline_source: "push",
  job_id: "9001",
  ref: "main",
  ref_type: "branch",
  ref_path: "refs/heads/main",
  ref_protected: "true",
  runner_id: 7004,
  runner_environment: "gitlab-hosted",
  sha: commit3,
  ci_config_ref_uri: "gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main",
  ci_config_sha: commit3
};
var gitlab = {
  example: exampleGitlabJob,
  occasional: [
    "environment",
    "environment_protected",
    "deployment_tier",
    "environment_action",
    "groups_direct",
    "user_identities"
  ],
  keySetPath: "oauth/discovery/keys",
  numbered: true,
  lifetimeSeconds: 3600,
  leewaySeconds: 5,
  subject(claims2) {
    const [project, type, ref] = ["project_path", "ref_type", "ref"].map((name) => text(claims2, name));
    return `project_path:${project}:ref_type:${type}:ref:${ref}`;
  },
  // A token of GitLab always names whom it is for: the job's definition must.
  audience: (_claims, issuer) => issuer
};

// src/sandbox/oidc/job-tokens.ts
var JobTokens = class {
  issuer;
  provider;
  /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  requestToken;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. It has a query already, as GitHub's has. */
  requestUrl;
  #world;
  #settings = {};
  constructor(issuer, world, { provider = github, requestToken } = {}) {
    this.issuer = issuer;
    this.provider = provider;
    this.requestToken = requestToken ?? encodeHex(world.random(32));
    this.requestUrl = `${issuer.url}/token?job=1`;
    this.#world = world;
  }
  /** Replaces the settings for all following tokens; with none, returns to the defaults. */
  configure(settings = {}) {
    this.#settings = settings;
  }
  /** A token for one audience; without one, for whom the provider makes it out, which is never Fulcio. */
  async token(audience2, settings = this.#settings) {
    const { provider, issuer } = this;
    const job = { ...provider.example, ...settings.claims };
    const lifetimeSeconds2 = settings.lifetimeSeconds ?? provider.lifetimeSeconds;
    const claims2 = {
      ...provider.numbered ? { jti: this.#freshId() } : {},
      sub: provider.subject(job, settings.subjectForm ?? "classic"),
      aud: audience2 ?? provider.audience(job, issuer.url),
      iss: issuer.url,
      ...tokenTimes(this.#world.clock(), lifetimeSeconds2, provider.leewaySeconds),
      ...job
    };
    return issuer.sign(withoutUndefined(claims2));
  }
  /** Discovery, the key set, and the endpoint, which takes {@link readTokenQuery} too. */
  routes() {
    const { example, occasional, keySetPath } = this.provider;
    const claims2 = ["sub", "aud", "exp", "iat", "iss", "jti", "nbf", ...Object.keys(example), ...occasional];
    const { pathname } = new URL(this.requestUrl);
    return [
      ...discoveryRoutes(this.issuer, claims2, { keySetPath }),
      { method: "GET", path: pathname, handle: (request) => this.#answer(request) }
    ];
  }
  async #answer({ headers, url }) {
    const [scheme = "", token] = String(headers.authorization ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token !== this.requestToken) {
      return jsonResponse(
        401,
        { message: "The request token is missing or not valid." },
        { "www-authenticate": "Bearer" }
      );
    }
    const { audience: audience2, claims: claims2, ...lifetime } = readTokenQuery(url, this.provider.example);
    const settings = { ...this.#settings, ...lifetime, claims: { ...this.#settings.claims, ...claims2 } };
    return jsonResponse(200, { count: 1, value: await this.token(audience2, settings) });
  }
  #freshId() {
    return encodeHex(this.#world.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};
function withoutUndefined(claims2) {
  return Object.fromEntries(
    Object.entries(claims2).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]])
  );
}

// src/sandbox/http/listener.ts
import { createServer } from "node:http";

// src/sandbox/http/exchange.ts
var Exchange = class {
  url;
  request;
  response;
  #handle;
  #maxBodyLength;
  #onChunk;
  #read;
  constructor(url, request, response, handle, maxBodyLength2, onChunk) {
    this.url = url;
    this.request = request;
    this.response = response;
    this.#handle = handle;
    this.#maxBodyLength = maxBodyLength2;
    this.#onChunk = onChunk;
  }
  /** The request with its whole body. */
  read() {
    this.#read ??= readBody(this.request, this.#maxBodyLength, this.#onChunk).then((body) => ({
      method: this.request.method ?? "GET",
      url: this.url,
      headers: this.request.headers,
      body
    }));
    return this.#read;
  }
  /** Does what was asked for, and gives what the service answers, a refusal too. Nothing is sent. */
  async answer(handle = this.#handle) {
    try {
      return await handle(await this.read());
    } catch (error) {
      return refusalOf(error).toResponse();
    }
  }
  send({ status, headers, body }) {
    if (this.response.destroyed) return;
    this.head(status, { ...headers, "content-length": String(body.length) });
    this.response.end(body);
  }
  /** Sends a status and headers alone. */
  head(status, headers) {
    this.response.writeHead(status, { ...headers, ...this.request.complete ? {} : { connection: "close" } });
  }
};
async function readBody(request, maxLength, onChunk) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    onChunk(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxLength) refuse("invalidArgument", "http: request body too large");
  }
  return concatBytes(...chunks);
}
function refusalOf(error) {
  return error instanceof Refusal ? error : new ServiceFailure("internal", `a defect of the sandbox: ${String(error)}`);
}

// src/sandbox/http/listener.ts
var loopback = "127.0.0.1";
var maxBodyLength = 4 * 1024 * 1024;
var HttpListener = class _HttpListener {
  origin;
  #server;
  #traffic;
  #services = [];
  #stray = () => new ServiceFailure("unavailable", "the sandbox is starting");
  constructor(server, port, traffic) {
    this.#server = server;
    this.#traffic = traffic;
    this.origin = `http://${loopback}:${port}`;
    server.on("request", (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }
  /** Listens on loopback; port 0 is any free one. */
  static async listen(port = 0, traffic = new Traffic()) {
    const server = createServer();
    await new Promise((resolve, reject2) => {
      server.once("error", reject2);
      server.listen(port, loopback, () => {
        server.off("error", reject2);
        resolve();
      });
    });
    return new _HttpListener(server, server.address().port, traffic);
  }
  serve(services, stray = grpcStray) {
    this.#services = services;
    this.#stray = stray;
  }
  /** Stops listening and ends every connection, also those with a request under way. */
  async close() {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
  [Symbol.asyncDispose]() {
    return this.close();
  }
  async #serve(request, response) {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", this.origin);
    const { service, route, methods } = destinationOf(this.#services, method, url.pathname);
    const stray = () => {
      throw this.#stray(method, url.pathname, methods);
    };
    const record = new ReceivedRequest(service, url.pathname, request);
    this.#traffic.record(record);
    const fault2 = this.#traffic.faults.take(service, `${method} ${url.pathname}${url.search}`);
    const limit = route?.maxBodyLength ?? maxBodyLength;
    const exchange = new Exchange(
      url,
      request,
      response,
      route?.handle ?? stray,
      limit,
      (chunk) => this.#traffic.recordBody(record, chunk)
    );
    if (fault2 === void 0) exchange.send(await exchange.answer());
    else await fault2(exchange);
  }
};

// src/sandbox/origins.ts
var originNames = ["main", "rekor", "rekorV1", "frozenRekor", "artifacts", "blobs"];
async function openOrigins(ports, traffic) {
  const opened = await Promise.allSettled(originNames.map((name) => HttpListener.listen(ports[name], traffic)));
  const listeners = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  const failure = opened.find((result) => result.status === "rejected");
  if (failure !== void 0) {
    await Promise.all(listeners.map((listener) => listener.close()));
    failPort(failure.reason);
  }
  return Object.fromEntries(originNames.map((name, at) => [name, listeners[at]]));
}
var keepable = { from: 2e4, count: 1e4 };
var attempts = 20;
async function openKeepable(traffic, random) {
  for (let attempt = 1; ; attempt++) {
    const offset = Number(readUint(random(4))) % (keepable.count - originNames.length);
    const ports = originNames.map((name, at) => [name, keepable.from + offset + at]);
    try {
      return await openOrigins(Object.fromEntries(ports), traffic);
    } catch (error) {
      if (!(error instanceof CountersignError) || attempt === attempts) throw error;
    }
  }
}
function portsOf(origins) {
  const ports = originNames.map((name) => [name, Number(new URL(origins[name].origin).port)]);
  return Object.fromEntries(ports);
}
async function closeOrigins(origins) {
  await Promise.all(Object.values(origins).map((listener) => listener.close()));
}
function failPort(cause) {
  if (!(typeof cause === "object" && cause !== null && "code" in cause && "port" in cause)) throw cause;
  fail("USAGE", `the port ${cause.port} on this machine cannot be had (${cause.code})`, {
    cause,
    remedy: "Is a sandbox of the same folder running already? With a new folder, another --port can be given."
  });
}

// src/sandbox/state.ts
var fileName = "sandbox.json";
var format = "countersign-sandbox/1";
function readState(storage) {
  const bytes2 = storage.read(fileName);
  if (bytes2 === void 0) return void 0;
  const file = ProtoField.parse(bytes2, "USAGE", fileName);
  const found = file.field("format").string();
  if (found !== format) fail("USAGE", `the state is of the format ${found}, and this sandbox reads ${format}`);
  const created = file.field("created").time() ?? file.field("created").fail("is missing");
  const ports = originNames.map((name) => [name, readPort(file.field("ports").field(name))]);
  return { created, name: file.field("name").text(), ports: Object.fromEntries(ports) };
}
function readPort(field) {
  const port = Number(field.uint64());
  return port > 0 && port < 65536 ? port : field.fail("is not a port");
}
function createState(storage, ports, world) {
  const state = { created: world.clock(), name: encodeHex(world.random(4)), ports };
  const text2 = JSON.stringify({ format, ...state }, void 0, 1);
  if (!storage.create(fileName, utf8(`${text2}
`)))
    fail("USAGE", "another sandbox has just begun in this state folder");
  return state;
}
function choosePorts(state, names, first) {
  if (state !== void 0 && first !== void 0 && state.ports.main !== first) {
    fail("USAGE", `the sandbox of this state folder has the port ${state.ports.main}, not ${first}`, {
      remedy: "Leave out --port, or take another folder: what was signed names the issuer by its port."
    });
  }
  const chosen = names.map((name, at) => [name, state?.ports[name] ?? (first === void 0 ? 0 : first + at)]);
  return Object.fromEntries(chosen);
}

// src/sandbox/trust/trusted-root.ts
var keyDetails = {
  "P-256": "PKIX_ECDSA_P256_SHA_256",
  "P-384": "PKIX_ECDSA_P384_SHA_384",
  "P-521": "PKIX_ECDSA_P521_SHA_512",
  Ed25519: "PKIX_ED25519"
};
function trustedRoot(trusted) {
  const {
    certificateAuthorities = [],
    certificateLogs = [],
    transparencyLogs = [],
    timestampAuthorities = []
  } = trusted;
  return {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: transparencyLogs.map(
      (log) => logInstance(log, log.service.publicKey, log.service.signer.key.kind, log.service.logId)
    ),
    certificateAuthorities: certificateAuthorities.map(authority),
    ctlogs: certificateLogs.map(
      (log) => logInstance(log, log.service.key.publicKey, log.service.key.kind, log.service.logId)
    ),
    timestampAuthorities: timestampAuthorities.map(authority)
  };
}
function logInstance(log, publicKey, kind, logId) {
  return {
    baseUrl: log.url,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: encodeBase64(publicKey), keyDetails: keyDetails[kind], validFor: validFor(log) },
    logId: { keyId: encodeBase64(logId) }
  };
}
function authority({ service, url, ...window }) {
  return {
    subject: { organization: "countersign-sandbox", commonName: "countersign-sandbox" },
    uri: url,
    certChain: { certificates: service.chain.map((certificate) => ({ rawBytes: encodeBase64(certificate) })) },
    validFor: validFor(window)
  };
}
function validFor({ start, end }) {
  return { start: start.toISOString(), ...end === void 0 ? {} : { end: end.toISOString() } };
}

// src/sandbox/trust/signing-config.ts
function signingConfig(addresses, start) {
  const service = (url, majorApiVersion, end) => ({
    url,
    majorApiVersion,
    validFor: validFor(end === void 0 ? { start } : { start, end }),
    operator: "countersign-sandbox"
  });
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service(addresses.certificateAuthority, 1)],
    oidcUrls: [service(addresses.identityProvider, 1)],
    rekorTlogUrls: addresses.transparencyLogs.map(
      ({ url, majorApiVersion, end }) => service(url, majorApiVersion, end)
    ),
    rekorTlogConfig: { selector: "ANY" },
    tsaUrls: [service(addresses.timestampAuthority, 1)],
    tsaConfig: { selector: "ANY" }
  };
}

// src/sandbox/tuf/tuf-repository.ts
var oneWeek = 7 * 24 * 3600;
var oneYear = 365 * 24 * 3600;
var TufRepository = class {
  /** What is served, by its path. Anything can be put here. */
  files;
  #world;
  #storage;
  #keys;
  #kind;
  #timestampLifetime;
  #targets;
  #versions;
  #offline;
  #online;
  #current;
  constructor({
    world,
    targets = {},
    kind = "P-256",
    storage = new MemoryStorage(),
    ...options
  }) {
    this.#world = world;
    this.#storage = storage;
    this.#keys = storage.folder("keys");
    this.#kind = kind;
    this.#timestampLifetime = options.timestampLifetimeSeconds ?? oneWeek;
    this.#targets = new Map(Object.entries(targets));
    this.files = readFiles(storage);
    this.#versions = readVersions(this.files);
    const { root } = this.#versions;
    if (root === 0) {
      this.#offline = { keys: this.#keysOfRoot(1, "offline"), threshold: 2 };
      this.#online = { keys: this.#keysOfRoot(1, "online"), threshold: 1 };
      this.#publishRoot(this.#offline.keys, {});
    } else {
      const names = this.#keys.names().filter((name) => name.endsWith(".key"));
      const known = names.map((name) => this.#key(name.slice(0, -".key".length)));
      const listed = readRoot(this.root(root));
      this.#offline = { keys: known.filter(({ id }) => listed.root.includes(id)), threshold: 2 };
      this.#online = { keys: known.filter(({ id }) => listed.timestamp.includes(id)), threshold: 1 };
      if (listed.expires < secondsAfter(world.clock(), oneYear / 2)) this.#publishRoot(this.#offline.keys, {});
    }
    this.publish();
  }
  /** The first root, which a client is given to start from. */
  get rootJson() {
    return this.root(1);
  }
  get rootVersion() {
    return this.#versions.root;
  }
  /** @throws RangeError if there is no such version */
  root(version) {
    const text2 = decodeUtf8(this.files.get(`${version}.root.json`) ?? new Uint8Array());
    if (!text2) throw new RangeError(`no root ${version}`);
    return text2;
  }
  /** The keys of a role, as they are now. */
  keysOf(role) {
    return this.#roles()[role].keys;
  }
  /** Replaces every key, the online one too unless told otherwise, by a root that the old keys and the new have signed. */
  rotateRoot(changes2 = {}, { online = true } = {}) {
    const old = this.#offline.keys;
    const next = this.rootVersion + 1;
    this.#offline = { ...this.#offline, keys: this.#keysOfRoot(next, "offline") };
    if (online) this.#online = { ...this.#online, keys: this.#keysOfRoot(next, "online") };
    this.#publishRoot([...old, ...this.#offline.keys], changes2);
    this.publish();
  }
  /** Puts a target in place of the one of this name, or beside the others, and publishes it. */
  setTarget(name, bytes2) {
    this.#targets.set(name, bytes2);
    this.publish();
  }
  /** Publishes the next versions of targets, snapshot and timestamp. */
  publish(changes2 = {}) {
    for (const [name, bytes2] of this.#targets) this.#put(hashedPath(name, bytes2), bytes2);
    const targets = { targets: Object.fromEntries([...this.#targets].map(([name, bytes2]) => [name, fileInfo(bytes2)])) };
    const targetsFile = this.#publish("targets", oneYear, targets, changes2.targets);
    const snapshot = { meta: { "targets.json": { version: this.#versions.targets, ...fileInfo(targetsFile) } } };
    const snapshotFile = this.#publish("snapshot", oneYear, snapshot, changes2.snapshot);
    this.#publishTimestamp(snapshotFile, changes2.timestamp);
  }
  /** The repository, under this path. */
  routes(path) {
    const handle = ({ url }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: "GET", path: `${path}/*`, handle }];
  }
  #serve(path) {
    if (path === "timestamp.json") this.#renew();
    const body = this.files.get(path) ?? refuse("notFound", "Not Found");
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  #publishRoot(signers, changes2) {
    this.#publish("root", oneYear, rootContent(this.#roles()), { signers, ...changes2 });
  }
  #publish(role, lifetime, content, changes2 = {}) {
    this.#versions[role] += 1;
    const version = this.#versions[role];
    const expires = secondsAfter(this.#world.clock(), lifetime);
    const file = encodeMetadata({ role, version, expires, content, signers: this.keysOf(role) }, changes2);
    this.#put(role === "timestamp" ? "timestamp.json" : `${version}.${role}.json`, file);
    return file;
  }
  #publishTimestamp(snapshotFile, changes2) {
    const content = { meta: { "snapshot.json": { version: this.#versions.snapshot, ...fileInfo(snapshotFile) } } };
    const timestamp2 = this.#publish("timestamp", this.#timestampLifetime, content, changes2);
    const lifetime = this.#timestampLifetime;
    this.#current = lifetime < 0 ? void 0 : { timestamp: timestamp2, until: secondsAfter(this.#world.clock(), lifetime / 2) };
  }
  /** A sandbox that runs for weeks signs its timestamp anew, unless something else was put in its place. */
  #renew() {
    const current = this.#current;
    if (current === void 0 || this.files.get("timestamp.json") !== current.timestamp) return;
    const snapshot = this.files.get(`${this.#versions.snapshot}.snapshot.json`);
    if (snapshot !== void 0 && this.#world.clock() > current.until) this.#publishTimestamp(snapshot);
  }
  #put(path, bytes2) {
    this.files.set(path, bytes2);
    const [, folder, name = path] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
    (folder === void 0 ? this.#storage : this.#storage.folder(folder)).write(name, bytes2);
  }
  #roles() {
    return { root: this.#offline, targets: this.#offline, snapshot: this.#online, timestamp: this.#online };
  }
  /** The keys that came with a version of the root: three that are offline, or the one online. Made if they are not there. */
  #keysOfRoot(version, role) {
    const names = role === "online" ? ["online"] : ["offline-1", "offline-2", "offline-3"];
    return names.map((name) => this.#key(`root-${version}-${name}`));
  }
  #key(name) {
    return tufKey(keptSigningKey(this.#keys, name, this.#kind));
  }
};
function readFiles(storage) {
  const targets = storage.folder("targets");
  const file = (folder, name) => folder.read(name) ?? new Uint8Array();
  return new Map([
    ...storage.names().map((name) => [name, file(storage, name)]),
    ...targets.names().map((name) => [`targets/${name}`, file(targets, name)])
  ]);
}
function readVersions(files) {
  const names = [...files.keys()].map((path) => path.split("."));
  const latest = (role) => Math.max(0, ...names.map(([version, name, type]) => name === role && type === "json" ? Number(version) : 0));
  const timestamp2 = files.get("timestamp.json");
  return {
    root: latest("root"),
    targets: latest("targets"),
    snapshot: latest("snapshot"),
    timestamp: timestamp2 === void 0 ? 0 : JSON.parse(decodeUtf8(timestamp2) ?? "").signed.version
  };
}
function readRoot(root) {
  const { roles, expires } = JSON.parse(root).signed;
  return { root: roles.root.keyids, timestamp: roles.timestamp.keyids, expires: new Date(expires) };
}
function hashedPath(name, bytes2) {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf("sha256", bytes2))}.${last}`);
}

// src/sandbox/sandbox.ts
var trustedBeforeStart = 300;
var earlierShardSize = 7;
var witnessNames = ["witness-1.countersign.sandbox", "witness-2.countersign.sandbox"];
async function startSandbox(options = {}) {
  const world = { clock: options.clock ?? systemWorld.clock, random: options.random ?? systemWorld.random };
  const { storage = new MemoryStorage() } = options;
  const traffic = new Traffic(options.recordRequests ?? true);
  const kept = readState(storage);
  const isAnywhere = kept === void 0 && options.port === void 0 && options.storage !== void 0;
  const origins = isAnywhere ? await openKeepable(traffic, world.random) : await openOrigins(choosePorts(kept, originNames, options.port), traffic);
  try {
    const state = kept ?? createState(storage, portsOf(origins), world);
    return await assemble({ origins, traffic, world, storage, state }, options);
  } catch (error) {
    await closeOrigins(origins);
    throw error;
  }
}
async function assemble({ origins, traffic, world, storage, state }, { marked = true, tufTimestampLifetimeSeconds, misbehaviours = [] }) {
  const start = secondsAfter(state.created, -trustedBeforeStart);
  const keys = storage.folder("keys");
  const logs = storage.folder("logs");
  const { main } = origins;
  const urls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    personIssuer: `${main.origin}/email`,
    fulcio: `${main.origin}/fulcio`,
    certificateLog: `${main.origin}/ct`,
    timestamp: `${main.origin}/tsa/api/v1/timestamp`,
    rekor: origins.rekor.origin,
    frozenRekor: origins.frozenRekor.origin,
    rekorV1: origins.rekorV1.origin,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`
  };
  const blobs = new BlobStore(origins.blobs.origin, world);
  const issuer = (url, name) => createTokenIssuer(url, { storage: keys, name });
  const jobIssuer = issuer(urls.jobIssuer, "job-issuer");
  const gitlabIssuer = issuer(urls.gitlabIssuer, "gitlab-issuer");
  const buildkiteIssuer = issuer(urls.buildkiteIssuer, "buildkite-issuer");
  const personIssuer = issuer(urls.personIssuer, "person-issuer");
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, world });
  const requestToken = encodeHex(keep(keys, "request-token", () => world.random(32)));
  const jobTokens = new JobTokens(jobIssuer, world, { requestToken });
  const gitlabTokens = new JobTokens(gitlabIssuer, world, { provider: gitlab, requestToken });
  const buildkiteTokens = new JobTokens(buildkiteIssuer, world, { provider: buildkite, requestToken });
  const personTokens = new PersonTokens(personIssuer, world);
  const authorizationServer = new AuthorizationServer(personTokens, world);
  const authority2 = { world, marked, storage: keys, name: state.name, notBefore: secondsAfter(state.created, -3600) };
  const certificateLog = new CertificateLog(world.clock, {
    origin: urls.certificateLog.replace("http://", ""),
    storage: logs.folder("certificates")
  });
  const certificateAuthority = new CertificateAuthority({ ...authority2, log: certificateLog });
  const timestampAuthority = new TimestampAuthority(authority2);
  const fulcio = new CertificationService(
    certificateAuthority,
    [
      { issuer: jobIssuer, kind: "github-workflow" },
      { issuer: gitlabIssuer, kind: "gitlab-pipeline" },
      { issuer: buildkiteIssuer, kind: "buildkite-job" },
      { issuer: personIssuer, kind: "email" }
    ],
    world.clock
  );
  const witnesses = witnessNames.map((name) => witness(name, keptSigningKey(keys, name, "Ed25519"), world.clock));
  const shard = (url, kind) => {
    const folder = logs.folder(url === urls.rekor ? "rekor-v2-shard-2" : "rekor-v2-shard-1");
    const key = keptSigningKey(folder, "log", kind);
    const common = { key, kind, clock: world.clock, witnesses, store: new LogStore(folder) };
    return new RekorService(new TransparencyLog({ ...common, origin: new URL(url).hostname }));
  };
  const rekor = seeded(shard(urls.rekor, "Ed25519"), 1);
  const frozenRekor = seeded(shard(urls.frozenRekor, "P-256"), earlierShardSize);
  frozenRekor.log.freeze(state.created);
  const rekorV1 = seededV1(
    new ShardedLog({ host: new URL(urls.rekorV1).hostname, world, storage: logs.folder("rekor-v1") })
  );
  const transparencyLog = rekor.log;
  const frozenLog = frozenRekor.log;
  const rekorV1Log = rekorV1.log;
  const trust = trustedRoot({
    certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
    certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start }],
    transparencyLogs: [
      { service: transparencyLog, url: urls.rekor, start },
      { service: frozenLog, url: urls.frozenRekor, start, end: state.created },
      { service: rekorV1Log.active.log, url: urls.rekorV1, start }
    ],
    timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start }]
  });
  const config = (...transparencyLogs) => signingConfig(
    {
      certificateAuthority: urls.fulcio,
      identityProvider: urls.personIssuer,
      transparencyLogs,
      timestampAuthority: urls.timestamp
    },
    start
  );
  const v1 = { url: urls.rekorV1, majorApiVersion: 1 };
  const v2 = { url: urls.rekor, majorApiVersion: 2 };
  const frozen = { url: urls.frozenRekor, majorApiVersion: 2, end: state.created };
  const configs = {
    signingConfig: config(v2, frozen),
    signingConfigRekorV1: config(v1),
    signingConfigBothLogs: config(v2, frozen, v1)
  };
  const tuf = new TufRepository({
    world,
    storage: storage.folder("tuf"),
    targets: {
      "trusted_root.json": utf8(JSON.stringify(trust)),
      "signing_config.v0.2.json": utf8(JSON.stringify(configs.signingConfigRekorV1)),
      "signing_config_rekor_v2.v0.2.json": utf8(JSON.stringify(configs.signingConfigBothLogs))
    },
    ...tufTimestampLifetimeSeconds === void 0 ? {} : { timestampLifetimeSeconds: tufTimestampLifetimeSeconds }
  });
  const certificateLogService = new CertificateLogService(certificateLog, [certificateAuthority.root.certificate]);
  const tokens = [jobTokens, gitlabTokens, buildkiteTokens, personTokens];
  const conduct = new Misbehaviours(traffic.faults, {
    world,
    // Made only when a lie needs it.
    get storage() {
      return storage.folder("misbehaviour");
    },
    tokenIssuers: tokens.map(({ issuer: issuer2 }) => issuer2),
    fulcio,
    certificateLog: certificateLogService,
    certificateLogPath: "/ct",
    timestampAuthority,
    rekorV1,
    rekor,
    tuf
  });
  for (const name of misbehaviours) conduct.begin(name);
  const service = (name, routes) => ({
    name,
    routes: conduct.over(name, routes)
  });
  main.serve([
    service(
      "oidc",
      [...tokens, authorizationServer].flatMap((one) => one.routes())
    ),
    // At the root too: sigstore-python leaves out the path of a base URL.
    service("fulcio", [...fulcio.routes("/fulcio"), ...fulcio.routes("")]),
    service("ct", certificateLogService.routes("/ct")),
    service("timestamp", timestampAuthority.routes("/tsa/api/v1/timestamp")),
    service("tuf", tuf.routes("/tuf"))
  ]);
  origins.rekor.serve([service("rekor-v2", rekor.routes())]);
  origins.frozenRekor.serve([{ name: "rekor-v2", routes: frozenRekor.routes() }]);
  origins.rekorV1.serve([service("rekor-v1", rekorV1.routes())], rekorStray);
  origins.artifacts.serve([service("artifacts", artifactService.routes())], twirpStray);
  origins.blobs.serve([service("blobs", blobs.routes())]);
  const close = () => closeOrigins(origins);
  return {
    urls,
    jobTokens,
    gitlabTokens,
    buildkiteTokens,
    personTokens,
    certificateAuthority,
    certificateLog,
    timestampAuthority,
    transparencyLog,
    frozenLog,
    witnesses,
    rekorV1Log,
    artifactService,
    tuf,
    trustedRoot: trust,
    ...configs,
    requests: traffic.requests,
    faults: traffic.faults,
    get misbehaviours() {
      return conduct.names;
    },
    misbehave: (name, times) => conduct.begin(name, times),
    behave: () => conduct.end(),
    close,
    [Symbol.asyncDispose]: close
  };
}
function seeded(rekor, count) {
  while (rekor.log.size < count) rekor.add(seedRequest(rekor.log.size));
  return rekor;
}
function seededV1(log) {
  const rekor = new RekorV1Service(log);
  while (log.shards.length === 1 && log.size < earlierShardSize) rekor.add(seedProposal(log.size));
  if (log.shards.length === 1) log.newShard();
  if (log.active.log.size === 0) rekor.add(seedProposal(log.size));
  return rekor;
}

export {
  demandBytes,
  verifierKey,
  exampleJob,
  serviceNames,
  transportFaults,
  lieNames,
  misbehaviourOf,
  readMisbehaviourNames,
  startSandbox
};
