import { invalidImage, readingImage } from "./subject-image-tar-archive.mjs";
import { imageMediaType, indexMediaType, isManifestMediaType, maxManifestLength, readIndex, readManifest } from "./services-registry-manifest.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { digest, equalDigests, formatDigest, toDigest } from "./node-regular-file.mjs";
import { CountersignError, fail, reading, systemCode } from "./core-errors-codes.mjs";
var maxManifests = 1e3;
var maxTotalLength = 64 * 1024 * 1024;
var maxDepth = 4;
function isAttestationManifest({ annotations }) {
  return annotations?.["vnd.docker.reference.type"] === "attestation-manifest";
}
async function manifestsOf(root, source, what, missing = "refused", isLeftOut = isAttestationManifest) {
  const known = /* @__PURE__ */ new Map([[formatDigest(root.digest), root]]);
  const found = [];
  let level = [root];
  let total = 0;
  for (let depth = 1; level.length > 0; depth++) {
    const listed = level.flatMap(
      (index) => entriesOf(index, what).flatMap((descriptor) => isLeftOut(descriptor) ? [] : [{ index, descriptor }])
    );
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
function entriesOf(index, what) {
  if (!isIndex(index)) return [];
  return readingImage(() => readIndex(index.bytes, `${what}: the index ${formatDigest(index.digest)}`));
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
      remedy: "Push or save the image with all of its platforms. To sign only the index, do not use `recursive`. To verify one platform, set `platform`."
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

import { scanTar } from "./subject-image-tar-archive.mjs";

import { readFileWithin } from "./subject-read-file.mjs";

import { isWithin } from "./core-bundle-read-bundle.mjs";

import { orUnreadable } from "./node-links.mjs";

import { formatRepository, parseImageReference } from "./services-registry-image-reference.mjs";

import { openRegularFile, readExactly, sameFile } from "./node-regular-file.mjs";

import { decodeHex, encodeHex } from "./core-encoding-der.mjs";

import { parseJson } from "./core-encoding-json.mjs";

import { asList, asObject, asText } from "./core-encoding-json.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

import { join } from "node:path";
var maxImages = 1e3;
function demandNotTooMany(count, what) {
  if (count > maxImages) fail("LIMIT_EXCEEDED", `${what} lists more than ${maxImages} images`);
}
function readSavedName(text, what) {
  try {
    return toSavedName(parseImageReference(text));
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    return invalidImage(`${what}: ${cause.message}`, "Save the image with its full name.");
  }
}
function readFullName(text) {
  try {
    const reference = parseImageReference(text);
    return text.startsWith(`${reference.repository.registry}/`) ? toSavedName(reference) : void 0;
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
    const { subject } = (manifest && asObject(parseJson(manifest.bytes))) ?? {};
    if (manifest !== void 0 && asObject(subject) !== void 0)
      found.set(`sha256:${name}`, { kind: "referrer", manifest });
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
function isImage(descriptor) {
  const { kind } = descriptor.annotations ?? {};
  const isCosigns = kind?.startsWith("dev.cosignproject.cosign/") && !/\/image(?:Index)?$/.test(kind);
  return !isCosigns && !isAttestationManifest(descriptor);
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
export {
  entriesOf,
  isAttestationManifest,
  isIndex,
  manifestsOf,
  onlyImage,
  readDiskImage
};
