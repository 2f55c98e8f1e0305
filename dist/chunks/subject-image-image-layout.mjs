import { readFileWithin } from "./report-verification-report.mjs";
import { orUnreadable } from "./subject-file-system.mjs";
import { formatRepository, imageMediaType, indexMediaType, isManifestMediaType, maxManifestLength, parseImageReference, readIndex, readManifest } from "./services-registry-image-reference.mjs";
import { mapConcurrently, isWithin } from "./node-concurrency.mjs";
import { openRegularFile, readExactly, sameFile, digest, equalDigests, formatDigest, toDigest } from "./node-regular-file.mjs";
import { decodeHex, encodeHex, asList, asObject, asText, parseJson, decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading, systemCode, __callDispose, __using } from "./core-errors-codes.mjs";
import { join } from "node:path";
function readingImage(read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError && cause.code === "SERVICE_RESPONSE_INVALID")
      throw new CountersignError("IMAGE_INVALID", cause.message, { cause });
    throw cause;
  }
}
function invalidImage(message, remedy) {
  fail("IMAGE_INVALID", message, remedy === void 0 ? {} : { remedy });
}
var maxImages = 1e3;
function demandNotTooMany(count, what) {
  if (count > maxImages) fail("LIMIT_EXCEEDED", `${what} lists more than ${maxImages} images`);
}
function readSavedName(text2, what) {
  try {
    return toSavedName(parseImageReference(text2));
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return invalidImage(`${what}: ${cause.message}`, "Save the image with its full name.");
  }
}
function readFullName(text2) {
  try {
    const reference = parseImageReference(text2);
    return text2.startsWith(`${reference.repository.registry}/`) ? toSavedName(reference) : void 0;
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return void 0;
  }
}
function toSavedName({ repository, tag, digest: digest2 }) {
  const name = formatRepository(repository);
  return { repository: name, full: `${name}:${tag ?? ""}@${digest2 === void 0 ? "" : formatDigest(digest2)}` };
}
function onlyImage({ images }, path) {
  const digests = new Map(images.map(({ digest: digest3 }) => [formatDigest(digest3), digest3]));
  const [digest2, ...others] = digests.values();
  if (digest2 !== void 0 && others.length === 0) return digest2;
  return fail("USAGE", `${path} contains ${digests.size} images`, {
    remedy: "Save only the image to verify, or verify its digest (sha256:\u2026) with `bundle`."
  });
}
function withoutRepeated(images) {
  const first = /* @__PURE__ */ new Map();
  for (const image of images) {
    const key = `${image.name ?? ""}@${formatDigest(image.digest)}`;
    if (!first.has(key)) first.set(key, image);
  }
  return [...first.values()];
}
function parseDocument(bytes, what) {
  return reading("IMAGE_INVALID", what, () => parseJson(bytes, { maxLength: maxManifestLength }));
}
function objectOf(value, what) {
  return asObject(value) ?? invalidImage(`${what} is not an object`);
}
function textsOf(value, what) {
  if (value === void 0 || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    invalidImage(`${what} is not a list of strings`);
  }
  return value;
}
var dockerListName = "manifest.json";
function readDockerList(bytes, path) {
  const document = parseDocument(bytes, `${path}: ${dockerListName}`);
  const list = asList(document) ?? invalidImage(`${path}: ${dockerListName} is not a list`);
  demandNotTooMany(list.length, `${path}: ${dockerListName}`);
  return list.map((item, at) => {
    const what = `${path}: ${dockerListName}[${at}]`;
    const { Config: config, RepoTags: tags, Layers: layers } = objectOf(item, what);
    if (typeof config !== "string") return invalidImage(`${what} has no Config`);
    const names = textsOf(tags, `${what}: RepoTags`).map((tag) => readSavedName(tag, what));
    return { what, config, names, layers: textsOf(layers, `${what}: Layers`) };
  });
}
async function readDockerArchive(list, saved, path) {
  const images = [];
  for (const { what, config, names, layers } of readDockerList(list, path)) {
    const stated = statedId(config, what);
    const bytes = await saved.read(config, maxManifestLength) ?? invalidImage(`${what} refers to ${config}, which is missing`);
    const id = digest("sha256", bytes);
    if (!equalDigests(id, stated))
      invalidImage(`${what} refers to ${config}, but the digest of that file is ${formatDigest(id)}`);
    demandConfiguration(bytes, layers.length, `${path}: ${config}`);
    const image = { digest: id, mediaType: "application/vnd.docker.container.image.v1+json", size: bytes.length };
    const repositories = names.length === 0 ? [void 0] : names.map(({ repository }) => repository);
    images.push(...repositories.map((name) => ({ name, ...image })));
  }
  if (images.length === 0) return invalidImage(`${path} contains no image`);
  const nothing = async () => void 0;
  return { images: withoutRepeated(images), getManifest: nothing, getBlob: nothing, attached: async () => [] };
}
function statedId(name, what) {
  const shape = /^(?:([0-9a-f]{64})\.json|sha256:([0-9a-f]{64})|blobs\/sha256\/([0-9a-f]{64}))$/;
  const [, ...found] = shape.exec(name) ?? [];
  const hex = found.find((group) => group !== void 0);
  if (hex !== void 0) return toDigest("sha256", decodeHex(hex));
  return invalidImage(
    `${what} has the Config ${JSON.stringify(name.slice(0, 200))}, which does not have the form <64 digits>.json`
  );
}
function demandConfiguration(bytes, layers, what) {
  const { rootfs } = objectOf(parseDocument(bytes, what), what);
  const { diff_ids: ids } = objectOf(rootfs, `${what}: rootfs`);
  if (textsOf(ids, `${what}: diff_ids`).length !== layers) {
    invalidImage(`the number of layers in ${what} differs from ${dockerListName}`);
  }
}
var maxManifests = 1e3;
var maxTotalLength = 64 * 1024 * 1024;
var maxDepth = 4;
async function manifestsOf(root, source, what, missing = "refused") {
  const known = /* @__PURE__ */ new Map([[formatDigest(root.digest), root]]);
  const found = [];
  let level = [root];
  let total = 0;
  for (let depth = 1; level.length > 0; depth++) {
    const listed = level.flatMap((manifest) => listedIn(manifest, what));
    const fresh = firstOfEach(listed).filter(([name]) => !known.has(name));
    if (known.size + fresh.length > maxManifests + 1) exceeded(what, `lists more than ${maxManifests} manifests`);
    if (fresh.length > 0 && depth > maxDepth) exceeded(what, `has indexes nested more than ${maxDepth} levels deep`);
    total += fresh.reduce((sum, [, { descriptor }]) => sum + descriptor.size, 0);
    if (total > maxTotalLength) exceeded(what, `lists manifests of more than ${maxTotalLength} bytes in total`);
    const fetched = await mapConcurrently(fresh, async ([name, each]) => {
      const manifest = await fetchListed(each, source, what);
      demandDescribed(manifest, each, what);
      if (manifest === void 0 && missing === "refused") failMissing(each, what);
      known.set(name, manifest);
      return { manifest, platform: each.descriptor.platform };
    });
    for (const each of listed) demandDescribed(known.get(formatDigest(each.descriptor.digest)), each, what);
    const there = fetched.flatMap(({ manifest, platform }) => manifest === void 0 ? [] : [{ manifest, platform }]);
    found.push(...there);
    level = there.map(({ manifest }) => manifest);
  }
  return found;
}
function listedIn(index, what) {
  if (!isIndex(index)) return [];
  const place2 = `${what}: the index ${formatDigest(index.digest)}`;
  return readingImage(() => readIndex(index.bytes, place2)).filter(({ annotations }) => annotations?.["vnd.docker.reference.type"] !== "attestation-manifest").map((descriptor) => ({ index, descriptor }));
}
function isIndex({ mediaType }) {
  return mediaType === indexMediaType || mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}
function firstOfEach(listed) {
  const first = /* @__PURE__ */ new Map();
  for (const each of listed) {
    const name = formatDigest(each.descriptor.digest);
    if (!first.has(name)) first.set(name, each);
  }
  return [...first];
}
async function fetchListed(listed, source, what) {
  const { mediaType, digest: digest2 } = listed.descriptor;
  if (!isManifestMediaType(mediaType)) {
    invalidImage(
      `${place(listed, what)} has the media type ${JSON.stringify(mediaType.slice(0, 100))}, which is not a manifest or index`
    );
  }
  const manifest = await source(digest2);
  if (manifest !== void 0 && !equalDigests(manifest.digest, digest2)) {
    invalidImage(`${place(listed, what)} does not match its digest`);
  }
  return manifest;
}
function failMissing({ index, descriptor }, what) {
  const name = formatDigest(descriptor.digest);
  fail(
    "SUBJECT_MISSING",
    `${what}: the manifest ${name}, listed in the index ${formatDigest(index.digest)}, is missing`,
    {
      remedy: "Push or save the image with all of its platforms, or do not use `recursive`."
    }
  );
}
function demandDescribed(manifest, listed, what) {
  if (manifest !== void 0) demandSizeAndType(manifest, listed.descriptor, place(listed, what));
}
function demandSizeAndType(manifest, { mediaType, size }, what) {
  if (manifest.mediaType !== mediaType) {
    invalidImage(
      `${what} has the media type ${manifest.mediaType} but is listed as ${JSON.stringify(mediaType.slice(0, 100))}`
    );
  }
  if (manifest.bytes.length !== size) {
    invalidImage(`${what} has ${manifest.bytes.length} bytes but is listed with ${size}`);
  }
}
function place({ index, descriptor }, what) {
  return `${what}: the manifest ${formatDigest(descriptor.digest)} in the index ${formatDigest(index.digest)}`;
}
function exceeded(what, problem) {
  fail("LIMIT_EXCEEDED", `the image ${what} ${problem}`, {
    remedy: "Specify the manifests one by one, by their digests."
  });
}
var layoutMarkName = "oci-layout";
var layoutIndexName = "index.json";
async function readLayout(mark, saved, path) {
  const what = `${path}: ${layoutMarkName}`;
  const { imageLayoutVersion: version } = objectOf(parseDocument(mark, what), what);
  if (version !== "1.0.0") invalidImage(`${path} is an image layout with a version other than 1.0.0`);
  const getManifest = (wanted) => readBlob(wanted, saved, path);
  const descriptors = await readLayoutIndex(saved, path);
  const listed = [];
  const referrers = [];
  for (const descriptor of descriptors.filter(isImage)) {
    const manifest = await listedManifest(descriptor, getManifest, path);
    const isAttached = objectOf(parseDocument(manifest.bytes, path), path).subject !== void 0;
    if (isAttached) referrers.push({ kind: "referrer", manifest });
    else listed.push({ manifest, name: nameOf(descriptor, path) });
  }
  if (listed.length === 0) invalidImage(`${path} contains no image`);
  const list = await saved.read(dockerListName, maxManifestLength);
  const named = list === void 0 ? listed : await withNamesOf(readDockerList(list, path), listed, getManifest, path);
  const images = named.map(({ manifest, name }) => ({
    name: name?.repository,
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    size: manifest.bytes.length
  }));
  const attached = async () => {
    const older = [];
    for (const descriptor of descriptors) {
      const kind = kinds.get(descriptor.annotations?.kind ?? "");
      if (kind !== void 0) older.push({ kind, manifest: await listedManifest(descriptor, getManifest, path) });
    }
    return [...older, ...await withUnlisted(referrers, saved, getManifest)];
  };
  return {
    images: withoutRepeated(images),
    getManifest,
    getBlob: (...blob) => getBlob(...blob, saved, path),
    attached
  };
}
var kinds = /* @__PURE__ */ new Map([
  ["dev.cosignproject.cosign/sigs", "signatures"],
  ["dev.cosignproject.cosign/atts", "attestations"]
]);
var maxBlobs = 2e3;
async function withUnlisted(listed, saved, source) {
  const found = new Map(listed.map((one) => [formatDigest(one.manifest.digest), one]));
  const names = (await saved.list("blobs/sha256")).filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (names.length > maxBlobs) return listed;
  for (const name of names) {
    if (found.has(`sha256:${name}`)) continue;
    const manifest = await source(toDigest("sha256", decodeHex(name))).catch(notManifest);
    const isReferrer = manifest !== void 0 && asObject(parseJson(manifest.bytes))?.subject !== void 0;
    if (isReferrer) found.set(`sha256:${name}`, { kind: "referrer", manifest });
  }
  return [...found.values()];
}
function notManifest(failure) {
  if (failure instanceof CountersignError && ["IMAGE_INVALID", "LIMIT_EXCEEDED"].includes(failure.code))
    return void 0;
  throw failure;
}
async function getBlob(wanted, maxLength, saved, path) {
  const bytes = await saved.read(blobName(wanted), maxLength);
  if (bytes !== void 0 && !equalDigests(digest(wanted.algorithm, bytes), wanted))
    invalidImage(`${path}: the blob ${formatDigest(wanted)} does not match its digest`);
  return bytes;
}
function blobName({ algorithm, bytes }) {
  return `blobs/${algorithm}/${encodeHex(bytes)}`;
}
async function readLayoutIndex(saved, path) {
  const what = `${path}: ${layoutIndexName}`;
  const bytes = await saved.read(layoutIndexName, maxManifestLength);
  if (bytes === void 0) return invalidImage(`${path} is an image layout without ${layoutIndexName}`);
  const descriptors = readingImage(() => {
    readManifest(bytes, indexMediaType, void 0, what);
    return readIndex(bytes, what);
  });
  demandNotTooMany(descriptors.length, what);
  return descriptors;
}
function isImage({ annotations = {} }) {
  const { kind, "vnd.docker.reference.type": type } = annotations;
  const isCosigns = kind?.startsWith("dev.cosignproject.cosign/") && !/\/image(?:Index)?$/.test(kind);
  return !isCosigns && type !== "attestation-manifest";
}
async function listedManifest(descriptor, source, path) {
  const name = formatDigest(descriptor.digest);
  const { mediaType } = descriptor;
  const what = `${path}: the manifest ${name}, listed in ${layoutIndexName},`;
  if (!isManifestMediaType(mediaType)) {
    invalidImage(
      `${what} has the media type ${JSON.stringify(mediaType.slice(0, 100))}, which is not a manifest or index`
    );
  }
  const manifest = await source(descriptor.digest) ?? invalidImage(`${what} is missing`);
  demandSizeAndType(manifest, descriptor, what);
  return manifest;
}
function nameOf({ annotations = {} }, path) {
  const { "io.containerd.image.name": whole, "org.opencontainers.image.ref.name": reference } = annotations;
  const what = `${path}: ${layoutIndexName}`;
  if (whole !== void 0) return readSavedName(whole, what);
  return reference === void 0 ? void 0 : readFullName(reference);
}
async function withNamesOf(list, listed, source, path) {
  const made = /* @__PURE__ */ new Map();
  for (const image of listed) {
    const below = await manifestsOf(image.manifest, source, path, "left out");
    const manifests = [image.manifest, ...below.map(({ manifest }) => manifest)].filter((each) => !isIndex(each));
    made.set(
      image,
      manifests.map((each) => partsOf(each, path))
    );
  }
  const nameless = /* @__PURE__ */ new Map();
  for (const { what, config, layers, names } of list) {
    const parts = partsText(config, layers);
    const same = listed.filter((image) => made.get(image)?.includes(parts));
    if (same.length === 0) invalidImage(`${what} is an image that ${layoutIndexName} does not list`);
    const unnamed = same.filter(({ name }) => name === void 0);
    for (const name of names) {
      if (same.some((image) => image.name?.full === name.full)) continue;
      if (unnamed.length === 0) invalidImage(`${what} has an image name that differs from ${layoutIndexName}`);
      for (const image of unnamed) nameless.set(image, [...nameless.get(image) ?? [], name]);
    }
  }
  return listed.flatMap((image) => {
    const names = nameless.get(image) ?? [image.name];
    return names.map((name) => ({ manifest: image.manifest, name }));
  });
}
function partsOf({ bytes, digest: named }, path) {
  const what = `${path}: ${formatDigest(named)}`;
  const { config, layers: listed } = objectOf(parseDocument(bytes, what), what);
  const layers = asList(listed) ?? invalidImage(`${what} has no list of layers`);
  const blob = (descriptor) => {
    const written = asText(descriptor.digest) ?? invalidImage(`${what} has a descriptor without digest`);
    return `blobs/${written.replace(":", "/")}`;
  };
  return partsText(
    blob(objectOf(config, what)),
    layers.map((layer) => blob(objectOf(layer, what)))
  );
}
function partsText(config, layers) {
  return JSON.stringify([config, layers]);
}
async function readBlob(wanted, saved, path) {
  const bytes = await saved.read(blobName(wanted), maxManifestLength);
  if (bytes === void 0) return void 0;
  const what = `${path}: ${formatDigest(wanted)}`;
  return readingImage(() => readManifest(bytes, statedMediaType(bytes, what), wanted, what));
}
function statedMediaType(bytes, what) {
  const { mediaType, manifests } = objectOf(parseDocument(bytes, what), what);
  if (mediaType === void 0) {
    return manifests === void 0 ? imageMediaType : indexMediaType;
  }
  if (typeof mediaType === "string" && isManifestMediaType(mediaType)) return mediaType;
  return invalidImage(`the media type of ${what} is not a manifest or index`);
}
var tarBlockLength = 512;
function readTarHeader(block, refuse) {
  if (isZero(block)) return void 0;
  const magic = latin1(block.subarray(257, 265));
  if (magic !== "ustar\x0000" && magic !== "ustar  \0") refuse("has no valid tar header");
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (readNumber(block.subarray(148, 156), refuse) !== sum) refuse("has a header with a wrong checksum");
  const name = readName(block.subarray(0, 100), refuse);
  const prefix = magic.endsWith("00") ? readName(block.subarray(345, 500), refuse) : "";
  const type = latin1(block.subarray(156, 157));
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    type: type === "\0" ? "0" : type,
    size: readNumber(block.subarray(124, 136), refuse)
  };
}
function isZero(bytes) {
  return bytes.every((byte) => byte === 0);
}
function readNumber(field, refuse) {
  if (field[0] === 128) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : refuse("has a number that is too large");
  }
  const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(latin1(field)) ?? [];
  return digits === void 0 ? refuse("has a malformed number in its header") : Number.parseInt(digits, 8);
}
function readName(field, refuse) {
  const end = field.indexOf(0);
  return text(end === -1 ? field : field.subarray(0, end), refuse);
}
function readLongName(bytes, refuse) {
  const name = text(bytes, refuse).replace(/\0$/, "");
  return name === "" || name.includes("\0") ? refuse("has a malformed long name") : name;
}
function readPaxRecords(bytes, refuse) {
  const records = /* @__PURE__ */ new Map();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const digits = space === -1 ? "" : latin1(bytes.subarray(at, Math.min(space, at + 10)));
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0;
    const equals = bytes.indexOf(61, space);
    const end = at + length;
    if (length === 0 || end > bytes.length || bytes[end - 1] !== 10 || equals === -1 || equals >= end) {
      refuse("has a malformed pax record");
    }
    const name = text(bytes.subarray(space + 1, equals), refuse);
    if (records.has(name)) refuse(`has the pax record ${JSON.stringify(name)} twice`);
    if (name.startsWith("GNU.sparse.")) refuse("has a sparse file, which is not supported");
    records.set(name, bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  const [path, size] = [records.get("path"), records.get("size")];
  return {
    ...path !== void 0 && { name: readLongName(path, refuse) },
    ...size !== void 0 && { size: readDecimal(latin1(size), refuse) }
  };
}
function readDecimal(digits, refuse) {
  const size = /^[0-9]{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(size) ? size : refuse("has a malformed size in a pax record");
}
function text(bytes, refuse) {
  return decodeUtf8(bytes) ?? refuse("has a name that is not valid UTF-8");
}
function latin1(bytes) {
  return String.fromCharCode(...bytes);
}
var maxHeaders = 1e5;
var maxExtensionLength = 1024 * 1024;
var maxEndLength = 1024 * 1024;
var kinds2 = /* @__PURE__ */ new Map([
  ["0", "file"],
  ["1", "other"],
  ["2", "other"],
  ["3", "other"],
  ["4", "other"],
  ["5", "folder"],
  ["6", "other"]
]);
async function scanTar(read, length, what) {
  const entries = /* @__PURE__ */ new Map();
  const folders = /* @__PURE__ */ new Set();
  let extended;
  let offset = 0;
  for (let headers = 0; ; headers++) {
    if (headers > maxHeaders) fail("LIMIT_EXCEEDED", `${what} has more than ${maxHeaders} entries`);
    const refuse2 = refusal(what, offset);
    if (length < tarBlockLength) refuse2("is too short for a tar archive");
    if (offset + tarBlockLength > length) refuse2("has no end marker: the archive is truncated");
    const header = readTarHeader(await read(offset, tarBlockLength), refuse2);
    if (header === void 0) break;
    const begin = offset + tarBlockLength;
    if (begin + header.size > length) refuse2("has an incomplete entry: the archive is truncated");
    if (isExtension(header)) {
      const { size: size2 } = header;
      if (size2 > maxExtensionLength)
        refuse2(`has an extended header of ${size2} bytes; the limit is ${maxExtensionLength}`);
      if (extended !== void 0) refuse2("has two extended headers for one entry");
      extended = readExtension(header, await read(begin, size2), refuse2);
      offset = begin + padded(size2);
      continue;
    }
    const { name: written, type, size } = { ...header, ...extended };
    extended = void 0;
    const kind = kinds2.get(type) ?? refuse2(`has an entry of the unsupported type ${JSON.stringify(type)}`);
    if (kind !== "file" && size !== 0) refuse2("has an entry that is not a file but has content");
    const name = plainName(written, kind, refuse2);
    if (entries.has(name) || kind !== "folder" && folders.has(name)) {
      refuse2(`has a second entry with the name ${JSON.stringify(name.slice(0, 300))}`);
    }
    if (kind === "folder") folders.add(name);
    else entries.set(name, { kind, offset: begin, size });
    offset = begin + padded(size);
  }
  const refuse = refusal(what, offset);
  if (extended !== void 0) refuse("has an extended header without an entry");
  await demandEnd(read, offset, length, refuse);
  return entries;
}
function refusal(what, offset) {
  return (problem) => invalidImage(
    `${what}, at byte ${offset}, ${problem}`,
    "Save the image again, or check that the file was copied completely."
  );
}
function isExtension({ type }) {
  return ["x", "g", "L", "K"].includes(type);
}
function readExtension({ type }, body, refuse) {
  if (type === "K") return void 0;
  if (type === "L") return { name: readLongName(body, refuse) };
  const records = readPaxRecords(body, refuse);
  if (type === "x") return records;
  if (Object.keys(records).length > 0) refuse("has a global header with a name or size");
  return void 0;
}
async function demandEnd(read, offset, length, refuse) {
  const rest = length - offset;
  if (rest < 2 * tarBlockLength) refuse("has an incomplete end marker: the archive is truncated");
  if (rest > maxEndLength) refuse(`has ${rest} extra bytes after its end`);
  if (!isZero(await read(offset, rest))) refuse("has data after its end marker");
}
function plainName(written, kind, refuse) {
  const name = (kind === "folder" ? written.replace(/\/$/, "") : written).replace(/^(?:\.\/)+/, "");
  if (kind === "folder" && (name === "" || name === ".")) return "";
  if (name.split("/").some((part) => part === "" || part === "." || part === "..")) {
    refuse(`has an entry with the unsafe name ${JSON.stringify(written.slice(0, 300))}`);
  }
  return name;
}
function padded(size) {
  return Math.ceil(size / tarBlockLength) * tarBlockLength;
}
async function openFolder(path, files) {
  const root = await orUnreadable(path, () => files.realpath(path));
  return {
    read: async (name, maxLength) => {
      const named = join(root, ...name.split("/"));
      const real = await orUnreadable(named, () => realPath(named, files));
      if (real === void 0) return void 0;
      if (!isWithin(root, real)) invalidImage(`${path}: ${name} is a link to ${real}, which is outside of the image`);
      return await readFileWithin(files, { path: real }, maxLength) ?? tooLong(path, name, maxLength);
    },
    list: (folder) => orUnreadable(
      path,
      () => files.readdir(join(root, ...folder.split("/"))).catch((cause) => {
        if (systemCode(cause) === "ENOENT") return [];
        throw cause;
      })
    )
  };
}
async function realPath(path, files) {
  try {
    return await files.realpath(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === "ENOENT" || code === "ENOTDIR") return void 0;
    throw cause;
  }
}
async function openTar(path, files) {
  return orUnreadable(path, async () => {
    var _stack = [];
    try {
      const archive = __using(_stack, await openRegularFile(files, path), true);
      const readAt = readingAt(archive.handle, path);
      await refuseCompressed(readAt, Number(archive.size), path);
      const entries = await scanTar(readAt, Number(archive.size), path);
      return {
        list: async (folder) => [...entries.keys()].flatMap((name) => name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : []),
        read: (name, maxLength) => orUnreadable(path, async () => {
          var _stack2 = [];
          try {
            const entry = entries.get(name);
            if (entry === void 0) return void 0;
            if (entry.kind !== "file")
              invalidImage(`${path}: ${name} is not a regular file; links in archives are not followed`);
            if (entry.size > maxLength) return tooLong(path, name, maxLength);
            const again = __using(_stack2, await openRegularFile(files, path), true);
            const isSame = sameFile(again.identity, archive.identity) && again.size === archive.size;
            if (!isSame || again.modified !== archive.modified) changed(path);
            return readingAt(again.handle, path)(entry.offset, entry.size);
          } catch (_2) {
            var _error2 = _2, _hasError2 = true;
          } finally {
            var _promise2 = __callDispose(_stack2, _error2, _hasError2);
            _promise2 && await _promise2;
          }
        })
      };
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}
function readingAt(handle, path) {
  return (offset, length) => readExactly(handle, offset, length, () => changed(path));
}
var compressions = /* @__PURE__ */ new Map([
  ["1f8b", "gzip"],
  ["28b5", "zstd"],
  ["fd37", "xz"],
  ["425a", "bzip2"]
]);
async function refuseCompressed(read, length, path) {
  const begin = length < 2 ? "" : Buffer.from(await read(0, 2)).toString("hex");
  const compression = compressions.get(begin);
  if (compression !== void 0) {
    invalidImage(`${path} is compressed with ${compression}`, `Decompress it first with \`${compression} -d\`.`);
  }
}
function tooLong(path, name, maxLength) {
  return fail("LIMIT_EXCEEDED", `${path}: ${name} is too large: the limit is ${maxLength} bytes`);
}
function changed(path) {
  fail("SUBJECT_CHANGED", `${path} was modified while it was being read`, {
    remedy: "Sign after the last step that writes to the file."
  });
}
async function readDiskImage(path, files) {
  const isFolder = (await orUnreadable(path, () => files.stat(path))).isDirectory();
  const saved = isFolder ? await openFolder(path, files) : await openTar(path, files);
  const read = (name) => saved.read(name, maxManifestLength);
  const mark = await read(layoutMarkName);
  if (mark !== void 0) return readLayout(mark, saved, path);
  if (await read(layoutIndexName) !== void 0)
    invalidImage(`${path} has ${layoutIndexName} but no ${layoutMarkName}`);
  const list = await read(dockerListName);
  if (list !== void 0) return readDockerArchive(list, saved, path);
  return invalidImage(
    `${path} is not a saved image: it has neither ${layoutMarkName} nor ${dockerListName}`,
    "Specify the folder or archive that was written by `docker save`, podman, skopeo or BuildKit."
  );
}
async function resolveImage({ repository, tag, digest: digest2 }, origin, registries) {
  const wanted = digest2 ?? tag;
  const manifest = wanted && await registries(repository).getManifest(wanted);
  if (manifest === void 0)
    return fail("SUBJECT_MISSING", `the registry ${repository.registry} has no image ${origin}`, {
      remedy: "Check the name, and that the image was pushed before. For a private image, log in first."
    });
  const { mediaType, bytes } = manifest;
  const tags = digest2 === void 0 && tag !== void 0 ? [tag] : [];
  const stored = { repository, tags, mediaType, size: bytes.length };
  const name = formatRepository(repository);
  return { subject: { kind: "image", name, digest: manifest.digest, origin, stored }, manifest };
}
export {
  manifestsOf,
  onlyImage,
  readDiskImage,
  resolveImage
};
