var pypiPublish = { predicateType: "https://docs.pypi.org/attestations/publish/v1", predicate: {} };

import { scanTar } from "./subject-image-tar-archive.mjs";

import { orUnreadable } from "./node-links.mjs";

import { describeFile, openRegularFile, sameFile } from "./node-regular-file.mjs";

import { toDigest } from "./node-regular-file.mjs";

import { parseJsonObject } from "./core-encoding-json.mjs";

import { asText } from "./core-encoding-json.mjs";

import { CountersignError, fail, reading, systemCode } from "./core-errors-codes.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
var ForwardReader = class {
  #chunks;
  #chunk = new Uint8Array();
  /** The offset of the first byte of the chunk. */
  #offset = 0;
  constructor(stream) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }
  /** Reads so many bytes at an offset, which is not before the end of the last read; fewer if the stream ends. */
  async read(offset, length) {
    await this.#skipTo(offset);
    const parts = [];
    for (let missing = length; missing > 0; ) {
      const part = this.#chunk.subarray(0, missing);
      parts.push(part);
      this.#take(part.length);
      missing -= part.length;
      if (missing > 0 && !await this.#next()) break;
    }
    return Buffer.concat(parts);
  }
  /** Reads what is left. */
  async drain() {
    while (await this.#next()) ;
  }
  async #skipTo(offset) {
    while (offset > this.#offset) {
      this.#take(Math.min(offset - this.#offset, this.#chunk.length));
      if (offset > this.#offset && !await this.#next()) return;
    }
  }
  #take(length) {
    this.#chunk = this.#chunk.subarray(length);
    this.#offset += length;
  }
  async #next() {
    const { value, done } = await this.#chunks.next();
    this.#chunk = done ? new Uint8Array() : value;
    return !done;
  }
};
var folder = "package/";
var manifestName = "package/package.json";
var maxManifestLength = 4 * 1024 * 1024;
var defaultMaxUnpacked = 4 * 1024 ** 3;
var maxNameLength = 214;
var maxVersionLength = 256;
var nameForm = /^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$/;
var identifier = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
var versionForm = new RegExp(
  `^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`
);
async function readNpmTarball(files, { path, identity }, maxUnpacked = defaultMaxUnpacked) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity))
        changed(path, "was replaced after the run started");
      const { length, digest } = await measure(file.handle, path, maxUnpacked);
      const entries = await unpacked(
        file.handle,
        path,
        (reader) => scanTar((offset2, size2) => reader.read(offset2, size2), length, path, invalid)
      );
      const { offset, size } = manifestEntry(entries, path);
      const manifest = await unpacked(file.handle, path, (reader) => reader.read(offset, size));
      const after = await describeFile(file.handle, path);
      if (file.size !== after.size || file.modified !== after.modified)
        changed(path, "was modified while it was being read");
      return { purl: purlOf(manifest, path), digest };
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}
async function measure(handle, path, maxUnpacked) {
  const hash = createHash("sha512");
  let length = 0;
  await unpack(
    handle,
    path,
    (chunk) => hash.update(chunk),
    async (stream) => {
      for await (const chunk of stream) {
        length += chunk.length;
        if (length > maxUnpacked)
          fail("LIMIT_EXCEEDED", `${path} has more than ${maxUnpacked} bytes when it is unpacked`);
      }
    }
  );
  return { length, digest: toDigest("sha512", new Uint8Array(hash.digest())) };
}
async function unpacked(handle, path, use) {
  const ignore = () => void 0;
  return unpack(handle, path, ignore, async (stream) => {
    const reader = new ForwardReader(stream);
    const result = await use(reader);
    await reader.drain();
    return result;
  });
}
async function unpack(handle, path, onPacked, use) {
  const packed = async function* () {
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
      onPacked(chunk);
      yield chunk;
    }
  };
  try {
    return await pipeline(packed, createGunzip(), use);
  } catch (cause) {
    if (!/^Z_/.test(systemCode(cause) ?? "")) throw cause;
    return invalid(`${path} is not a gzip file, or not a complete one`);
  }
}
function manifestEntry(entries, path) {
  const other = [...entries.keys()].find((name) => !name.startsWith(folder));
  if (other !== void 0)
    invalid(`${path} has an entry outside of the folder ${folder}: ${JSON.stringify(other.slice(0, 300))}`);
  const entry = entries.get(manifestName) ?? invalid(`${path} has no ${manifestName}`);
  if (entry.kind !== "file") invalid(`${path}: ${manifestName} is not a regular file`);
  if (entry.size > maxManifestLength)
    fail("LIMIT_EXCEEDED", `${path}: ${manifestName} is too large: the limit is ${maxManifestLength} bytes`);
  return entry;
}
function purlOf(bytes, path) {
  const manifest = reading("PACKAGE_INVALID", `${path}: ${manifestName}`, () => parseJsonObject(bytes)) ?? invalid(`${path}: ${manifestName} is not an object`);
  const [name, version] = [asText(manifest.name) ?? "", asText(manifest.version) ?? ""];
  if (name.length > maxNameLength || !nameForm.test(name))
    invalid(`${path}: ${manifestName} has no valid name: ${JSON.stringify(manifest.name ?? null).slice(0, 300)}`);
  if (version.length > maxVersionLength || !versionForm.test(version))
    invalid(`${path}: ${manifestName} has no valid version: ${JSON.stringify(manifest.version ?? null).slice(0, 300)}`);
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version.replace(/\+.*$/, "")}`;
}
function invalid(message) {
  return fail("PACKAGE_INVALID", message, { remedy: "Create the package again with `npm pack`." });
}
function changed(path, what) {
  fail("SUBJECT_CHANGED", `${path} ${what}`, { remedy: "Sign after the last step that writes to the file." });
}

import "./subject-image-tar-archive.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import { basename } from "node:path";
async function packageNameWarnings(artifacts, results, { files }) {
  const warnings = [];
  for (const { artifact: name, verdict } of results) {
    const artifact = artifacts.find((one) => one.name === name);
    if (verdict?.content.kind !== "dsse-envelope" || artifact?.kind !== "file") continue;
    const { statement, subject } = verdict.content;
    const own = subject.name.startsWith("pkg:npm/") ? await nameOfTarball(artifact, files) : statement.predicateType === pypiPublish.predicateType ? basename(artifact.path) : subject.name;
    if (own !== subject.name)
      warnings.push(`${name}: the attestation is for ${JSON.stringify(subject.name)}, and the file is ${own}`);
  }
  return warnings;
}
async function nameOfTarball(file, files) {
  try {
    return (await readNpmTarball(files, file)).purl;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return `no npm package (${error.message})`;
  }
}
export {
  packageNameWarnings,
  pypiPublish,
  readNpmTarball
};
