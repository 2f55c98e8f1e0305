import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  bundleStem,
  readBundles,
  readFileWithin
} from "./chunk-F7AKDO5X.mjs";
import {
  collectSubjects,
  demandArtifactName,
  foldName,
  forbiddenInPaths,
  untilCancelled,
  withoutQueries,
  withoutRepeats
} from "./chunk-K3CGH52S.mjs";
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/run/fetch-artifact.ts
import { join as join3 } from "node:path";

// src/deliver/download-artifact.ts
import { join as join2 } from "node:path";

// src/deliver/archive-directory.ts
var archiveLimits = {
  /** Of all that is unpacked. */
  bytes: 4 * 1024 * 1024 * 1024,
  entries: 5e4,
  directory: 32 * 1024 * 1024
};
var signatures = { entry: 67324752, descriptor: 134695760, listed: 33639248, end: 101010256 };
var endLength = 22;
var listedLength = 46;
var entryLength = 30;
var flags = { encrypted: 8257, descriptor: 8, utf8: 2048 };
var elsewhere = { short: 65535, long: 4294967295 };
var link = 40960;
var maxNameLength = 1024;
var maxPartLength = 255;
function isArchive(beginning) {
  const [p, k, third, fourth] = beginning;
  return p === 80 && k === 75 && (third === 3 && fourth === 4 || third === 5 && fourth === 6);
}
async function readArchiveDirectory(handle) {
  const { size: length } = await handle.stat();
  const { at: directoryAt, count, bytes } = await readDirectoryBytes(handle, length);
  const listed = parseDirectory(bytes, count);
  demandDistinct(listed.map(({ name }) => name));
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > archiveLimits.bytes) tooLarge(`holds ${total} bytes, and at most ${archiveLimits.bytes} are unpacked`);
  const entries = [];
  let at = 0;
  for (const one of [...listed].sort((a, b) => a.at - b.at)) {
    if (one.at !== at) invalid(`has something that its directory does not list, at byte ${at}`);
    const start = await demandSameEntry(handle, one);
    entries.push({ ...one, start });
    at = await endOfEntry(handle, one, start);
  }
  if (at !== directoryAt) invalid(`has something that its directory does not list, at byte ${at}`);
  return entries;
}
async function readDirectoryBytes(handle, length) {
  if (length < endLength) invalid("has no directory");
  const end = await read(handle, length - endLength, endLength);
  if (end.readUInt32LE(0) !== signatures.end || end.readUInt16LE(20) !== 0) invalid("has no directory at its end");
  const [disk, directoryDisk, onDisk, count] = [4, 6, 8, 10].map((offset) => end.readUInt16LE(offset));
  const [size = 0, at = 0] = [12, 16].map((offset) => end.readUInt32LE(offset));
  if (count === elsewhere.short || size === elsewhere.long || at === elsewhere.long)
    tooLarge("is of the kind for more than 4 GiB");
  if (disk !== 0 || directoryDisk !== 0 || onDisk !== count) invalid("is one of several parts");
  if (count === void 0 || count > archiveLimits.entries) tooLarge(`has more than ${archiveLimits.entries} entries`);
  if (size > archiveLimits.directory) tooLarge(`has a directory of ${size} bytes`);
  if (at + size !== length - endLength) invalid("has a directory that does not end where it should");
  return { at, count, bytes: await read(handle, at, size) };
}
function parseDirectory(bytes, count) {
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + listedLength > bytes.length || bytes.readUInt32LE(at) !== signatures.listed)
      invalid("has a malformed directory");
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map(
      (offset) => bytes.readUInt16LE(at + offset)
    );
    const nameEnd = at + listedLength + nameLength;
    const end = nameEnd + extraLength + commentLength;
    if (end > bytes.length) invalid("has a malformed directory");
    entries.push(listedEntry(bytes.subarray(at, nameEnd)));
    at = end;
  }
  if (entries.length !== count) invalid("has a directory of another length than it says");
  return entries;
}
function listedEntry(bytes) {
  const nameBytes = bytes.subarray(listedLength);
  const [made = 0, , flag = 0, method = 0] = [4, 6, 8, 10].map((offset) => bytes.readUInt16LE(offset));
  const [checksum = 0, packedSize = 0, size = 0] = [16, 20, 24].map((offset) => bytes.readUInt32LE(offset));
  const [attributes = 0, at = 0] = [38, 42].map((offset) => bytes.readUInt32LE(offset));
  const text = entryName(nameBytes, (flag & flags.utf8) !== 0);
  const kind = text.endsWith("/") ? "folder" : "file";
  const name = kind === "folder" ? text.slice(0, -1) : text;
  demandSafeName(name);
  const shown = JSON.stringify(name);
  if ([packedSize, size, at].includes(elsewhere.long)) tooLarge("is of the kind for more than 4 GiB");
  if ((flag & flags.encrypted) !== 0) invalid(`has an entry ${shown} that is encrypted`);
  if (method !== 0 && method !== 8) invalid(`has an entry ${shown} that is packed in the way ${method}`);
  if (method === 0 && packedSize !== size) invalid(`has an entry ${shown} of two sizes`);
  if (kind === "folder" && size !== 0) invalid(`has a folder ${shown} with contents`);
  if (made >> 8 === 3 && (attributes >>> 16 & 61440) === link) invalid(`has an entry ${shown} that is a link`);
  return { name, kind, deflated: method === 8, checksum, size, packedSize, at, nameBytes, method, flags: flag };
}
function entryName(bytes, isUtf8) {
  const text = decodeUtf8(bytes);
  if (text === void 0) invalid("has an entry whose name is not UTF-8");
  if (!isUtf8 && bytes.some((byte) => byte > 127)) invalid("has an entry whose name is in no encoding that it states");
  return text;
}
var control = /[\u0000-\u001f\u007f]/;
function demandSafeName(name) {
  const parts = name.split("/");
  const safe = !forbiddenInPaths.test(name) && !control.test(name) && !name.includes("\\") && Buffer.byteLength(name) <= maxNameLength && parts.every((part) => part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= maxPartLength);
  if (!safe)
    invalid(`has an entry with the name ${JSON.stringify(name.slice(0, maxNameLength))}, which is not unpacked`);
}
function demandDistinct(names) {
  const seen = /* @__PURE__ */ new Set();
  for (const name of names) {
    const folded = foldName(name);
    if (seen.has(folded)) invalid(`has two entries of the name ${JSON.stringify(name)}`);
    seen.add(folded);
  }
}
async function demandSameEntry(handle, listed) {
  const shown = JSON.stringify(listed.name);
  const bytes = await read(handle, listed.at, entryLength + listed.nameBytes.length);
  const [flag = 0, method, nameLength, extraLength = 0] = [6, 8, 26, 28].map((offset) => bytes.readUInt16LE(offset));
  const sizes = [14, 18, 22].map((offset) => bytes.readUInt32LE(offset));
  const stated = (flag & flags.descriptor) === 0;
  const same = bytes.readUInt32LE(0) === signatures.entry && flag === listed.flags && method === listed.method && nameLength === listed.nameBytes.length && bytes.subarray(entryLength).equals(listed.nameBytes) && (!stated || sizes.join() === [listed.checksum, listed.packedSize, listed.size].join());
  if (!same) invalid(`says two things of its entry ${shown}`);
  return listed.at + entryLength + listed.nameBytes.length + extraLength;
}
async function endOfEntry(handle, listed, start) {
  const end = start + listed.packedSize;
  if ((listed.flags & flags.descriptor) === 0) return end;
  const bytes = await read(handle, end, 16);
  const fields = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(offset));
  if (fields.join() !== [signatures.descriptor, listed.checksum, listed.packedSize, listed.size].join())
    invalid(`says two things of its entry ${JSON.stringify(listed.name)}`);
  return end + bytes.length;
}
async function read(handle, position, length) {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) invalid("ends too early");
    done += bytesRead;
  }
  return buffer;
}
function invalid(problem) {
  return fail("ARCHIVE_INVALID", `the archive ${problem}`, {
    remedy: "Upload the artifact anew with actions/upload-artifact; if nobody made it otherwise, find out who did."
  });
}
function tooLarge(problem) {
  return fail("LIMIT_EXCEEDED", `the archive ${problem}`, {
    remedy: "Unpack it with actions/download-artifact, and name its folder."
  });
}

// src/deliver/unpack-archive.ts
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
async function unpackArchive(archive, folder, files) {
  const handle = await files.open(archive, "r");
  try {
    const entries = await readArchiveDirectory(handle);
    for (const entry of entries) await unpackEntry(handle, entry, folder, files);
    return entries.filter(({ kind }) => kind === "file").map(({ name }) => name);
  } finally {
    await handle.close();
  }
}
async function unpackEntry(archive, entry, folder, files) {
  const path = join(folder, entry.name);
  try {
    await files.mkdir(entry.kind === "folder" ? path : dirname(path), { recursive: true });
    if (entry.kind === "folder") return;
    const file = await files.open(path, "wx", 420);
    try {
      for await (const chunk of contents(archive, entry)) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof CountersignError || !isConflict(cause)) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} where another one is in the way`);
  }
}
function isConflict(cause) {
  return typeof cause === "object" && cause !== null && "code" in cause && /^(EEXIST|ENOTDIR|EISDIR)$/.test(String(cause.code));
}
async function* contents(archive, entry) {
  let size = 0;
  let checksum = 0;
  for await (const chunk of entry.deflated ? inflated(archive, entry) : packed(archive, entry)) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (size > entry.size) break;
    yield chunk;
  }
  if (size !== entry.size || checksum !== entry.checksum)
    invalid(`has an entry ${JSON.stringify(entry.name)} that unpacks to something else than it says`);
}
async function* packed(archive, { start, packedSize }) {
  const buffer = Buffer.alloc(64 * 1024);
  for (let at = 0; at < packedSize; ) {
    const { bytesRead } = await archive.read(buffer, 0, Math.min(buffer.length, packedSize - at), start + at);
    if (bytesRead === 0) invalid("ends too early");
    at += bytesRead;
    yield Buffer.from(buffer.subarray(0, bytesRead));
  }
}
async function* inflated(archive, entry) {
  const inflate = createInflateRaw();
  const feeding = pipeline(packed(archive, entry), inflate).catch((cause) => cause);
  try {
    yield* inflate;
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} that cannot be unpacked`);
  } finally {
    inflate.destroy();
    await feeding;
  }
  if (inflate.bytesWritten !== entry.packedSize)
    invalid(`has an entry ${JSON.stringify(entry.name)} with something behind its end`);
}

// src/deliver/download-artifact.ts
async function downloadArtifact(request, files, open = openClient) {
  const { name, input, folder } = request;
  demandArtifactName(name, input);
  const downloads = join2(folder, "download");
  const directory = join2(folder, "files");
  for (const path2 of [downloads, directory]) await files.mkdir(path2);
  await download(request, downloads, await open());
  const [file, ...more] = await files.readdir(downloads);
  if (file === void 0 || more.length > 0) failed(request, "the client did not write one file", void 0);
  const path = join2(downloads, file);
  const names = await (await beginsAsArchive(path, files) ? unpackArchive(path, directory, files) : keep(path, request, directory, files));
  await files.rm(downloads, { recursive: true });
  return { directory, names };
}
async function openClient() {
  const { DefaultArtifactClient } = await import("./artifact-RNKWCEHC.mjs");
  return new DefaultArtifactClient();
}
async function download(request, path, client) {
  const shown = JSON.stringify(request.name);
  const { artifact } = await asked(request, () => client.getArtifact(request.name));
  if (artifact.name !== request.name) failed(request, "the artifact service answered with another one", void 0);
  if (artifact.size > archiveLimits.bytes)
    fail("LIMIT_EXCEEDED", `the workflow artifact ${shown} has ${artifact.size} bytes`, {
      remedy: "Fetch it with actions/download-artifact, and name its folder."
    });
  const { digest } = artifact;
  const options = { path, skipDecompress: true, ...digest !== void 0 && { expectedHash: digest } };
  const { digestMismatch } = await asked(request, () => client.downloadArtifact(artifact.id, options));
  if (digestMismatch) fail("ARCHIVE_INVALID", `the workflow artifact ${shown} is not what its digest says`);
}
async function asked(request, ask) {
  try {
    return await ask();
  } catch (cause) {
    return failed(request, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
async function beginsAsArchive(path, files) {
  const handle = await files.open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return isArchive(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
async function keep(path, { name, input }, directory, files) {
  if (name === "." || name === "..") fail("USAGE", `\`${input}\` is ${JSON.stringify(name)}, which is no file`);
  await files.rename(path, join2(directory, name));
  return [name];
}
function failed({ name, input, missing: missing2 }, message, cause) {
  const shown = JSON.stringify(name);
  const details = cause === void 0 ? {} : { cause };
  if (/Artifact not found/.test(message))
    fail(missing2, `this run has no workflow artifact ${shown}`, {
      ...details,
      remedy: "Let this job need the one that uploads it; artifacts of other runs are not looked at."
    });
  if (/not currently supported on GHES/.test(message))
    fail("USAGE", "GitHub Enterprise Server does not have this artifact service", {
      ...details,
      remedy: "Fetch the artifact with the actions/download-artifact that works there, and name its folder."
    });
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    fail("USAGE", `the runner offers no artifact service to this step, from which \`${input}\` could come`, {
      ...details,
      remedy: "Use it in a job of GitHub Actions; elsewhere, name files and folders."
    });
  return fail("SERVICE_UNAVAILABLE", `the workflow artifact ${shown} was not downloaded: ${withoutQueries(message)}`, {
    ...details,
    remedy: "See githubstatus.com and run again."
  });
}

// src/run/fetch-artifact.ts
var missing = { files: "SUBJECT_MISSING", bundles: "BUNDLE_MISSING" };
async function fetchArtifact({ name, input, holds, temporaryDirectory }, { files, cancellation }) {
  const folder = await files.mkdtemp(join3(temporaryDirectory, "countersign-"));
  const artifact = await untilCancelled(
    () => downloadArtifact({ name, input, missing: missing[holds], folder }, files),
    "downloading a workflow artifact",
    "Run again.",
    cancellation
  );
  const found = holds === "files" ? artifact.names : artifact.names.filter((path) => bundleStem(path) !== void 0);
  if (found.length === 0) fail(missing[holds], `the workflow artifact ${JSON.stringify(name)} holds no ${holds}`);
  return artifact;
}

// src/run/plan-verifiables.ts
import { join as join4 } from "node:path";
var maxBundleLength = 16 * 1024 * 1024;
async function planVerifiables(request, workspace, { files }) {
  if (request.files.length + request.checksums.length + request.digests.length === 0)
    fail("SUBJECT_MISSING", "nothing was named that is to be verified", {
      remedy: "Set at least one of the inputs `files`, `checksums`, `digests` and `files-artifact`."
    });
  const found = await collectSubjects(request, workspace, files);
  return withoutBundles(await withoutRepeats(found, files), files);
}
async function planArtifact({ directory, names }, { files }) {
  const found = names.map((name) => ({ kind: "file", name, path: join4(directory, name) }));
  return withoutBundles(found, files);
}
async function withoutBundles(found, files) {
  const kept = [];
  for (const one of found) if (!await isBundle(one, files)) kept.push(one);
  if (found.length > 0 && kept.length === 0)
    fail("SUBJECT_MISSING", "nothing but bundles was named", { remedy: "Name what they are about." });
  return kept;
}
async function isBundle(one, files) {
  const stem = one.kind === "file" ? bundleStem(one.name) : void 0;
  if (one.kind !== "file" || stem === void 0) return false;
  const bytes = await readFileWithin(files, one, maxBundleLength);
  if (bytes === void 0) return false;
  const { bundles, unread } = readBundles(bytes, one.name, stem);
  return bundles.length > 0 && unread.length === 0;
}

export {
  fetchArtifact,
  planVerifiables,
  planArtifact
};
