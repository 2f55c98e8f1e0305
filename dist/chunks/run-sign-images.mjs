import { readDiskImage, resolveImage, manifestsOf } from "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import { signedAt } from "./run-sign-attest.mjs";
import "./subject-read-file.mjs";
import { orUnreadable } from "./subject-file-system.mjs";
import { pathExists } from "./cli-in-world.mjs";
import { descriptorJson, emptyMediaType, formatPlatform, imageMediaType } from "./services-registry-manifest.mjs";
import { bundleMediaType } from "./core-bundle-write-bundle.mjs";
import { readImageName, formatRepository } from "./services-registry-image-reference.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import { mapConcurrently, isWithin, pathBelow, byName, formatImage } from "./node-concurrency.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { readRegularFile, equalDigests, formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, inContext } from "./core-errors-codes.mjs";
import { basename, isAbsolute, resolve } from "node:path";
async function attachBundle(repository, { image, stored, bundle, predicateType, signedAt: signedAt2 }) {
  const empty = utf8("{}");
  const [config, layer] = await Promise.all([repository.pushBlob(empty), repository.pushBlob(bundle)]);
  const annotations = {
    "dev.sigstore.bundle.content": "dsse-envelope",
    "dev.sigstore.bundle.predicateType": predicateType,
    // To the second, as other clients do.
    "org.opencontainers.image.created": signedAt2.toISOString().replace(/\.\d+Z$/, "Z")
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: imageMediaType,
    artifactType: bundleMediaType,
    config: descriptorJson({ mediaType: emptyMediaType, digest: config, size: empty.length }),
    layers: [descriptorJson({ mediaType: bundleMediaType, digest: layer, size: bundle.length })],
    subject: descriptorJson({ mediaType: stored.mediaType, digest: image.digest, size: stored.size }),
    annotations
  };
  return repository.attach({
    mediaType: imageMediaType,
    bytes: utf8(JSON.stringify(manifest)),
    subject: image.digest,
    artifactType: bundleMediaType,
    annotations
  });
}
async function collectImages(lines, options, workspace, registries, files) {
  const written = lines.map((line) => line.trim());
  const read = await mapConcurrently(written, async (line) => ({
    line,
    image: await readLine(line, workspace, files)
  }));
  const found = await mapConcurrently(
    read,
    ({ line, image }) => image.kind === "path" ? subjectsOnDisk(image.path, line, options, workspace, files) : subjectsInRegistry(image.reference, line, options, registries)
  );
  return merge(found.flat()).sort(byName);
}
async function readLine(line, workspace, files) {
  if (line === "") {
    fail("USAGE", "an image name is empty", { remedy: "Check that the variable with the image name is set." });
  }
  try {
    return readImageName(line);
  } catch (cause) {
    const isThere = await pathExists(resolve(workspace, line), files);
    if (!(cause instanceof CountersignError) || !isThere) throw cause;
    return fail("USAGE", `${JSON.stringify(line)} is not a valid image name; it is a path, which must start with ./`, {
      cause,
      remedy: `Use ./${line} to specify the image at this path.`
    });
  }
}
async function subjectsInRegistry(reference, line, { recursive }, registries) {
  const { subject, manifest } = await resolveImage(reference, line, registries);
  if (!recursive) return [subject];
  const { repository } = reference;
  const below = await manifestsOf(manifest, (digest) => registries(repository).getManifest(digest), line);
  const stored = ({ mediaType, bytes }) => ({
    repository,
    tags: [],
    mediaType,
    size: bytes.length
  });
  return [
    subject,
    ...below.map(
      ({ manifest: each, platform }) => ({ ...subject, digest: each.digest, ...named(platform), stored: stored(each) })
    )
  ];
}
async function subjectsOnDisk(path, line, { recursive }, workspace, files) {
  const absolute = resolve(workspace, path);
  await demandInside(path, absolute, workspace, files);
  const { images, getManifest } = await readDiskImage(absolute, files);
  const found = [];
  for (const { name = nameOfPath(absolute, workspace), digest } of images) {
    const subject = { kind: "image", name, digest, origin: line, stored: void 0 };
    found.push(subject);
    const manifest = recursive ? await getManifest(digest) : void 0;
    if (manifest === void 0) continue;
    const below = await manifestsOf(manifest, getManifest, line);
    found.push(
      ...below.map(({ manifest: each, platform }) => ({ ...subject, digest: each.digest, ...named(platform) }))
    );
  }
  return found;
}
function named(platform) {
  return platform === void 0 ? {} : { platform: formatPlatform(platform) };
}
async function demandInside(path, absolute, workspace, files) {
  if (isAbsolute(path)) return;
  const [root, real] = await orUnreadable(
    absolute,
    () => Promise.all([files.realpath(workspace), files.realpath(absolute)])
  );
  if (!isWithin(root, real)) {
    fail("USAGE", `the image path ${path} points to ${real}, which is outside of the workspace`, {
      remedy: "Save the image in the workspace, or specify its absolute path."
    });
  }
}
function nameOfPath(absolute, workspace) {
  return pathBelow(workspace, absolute) || basename(absolute);
}
function merge(subjects) {
  const merged = /* @__PURE__ */ new Map();
  for (const subject of subjects) {
    const key = formatImage(subject);
    const known = merged.get(key);
    merged.set(key, known === void 0 ? subject : { ...known, stored: mergeStored(known.stored, subject.stored) });
  }
  return [...merged.values()];
}
function mergeStored(a, b) {
  if (a === void 0 || b === void 0) return a ?? b;
  return { ...a, tags: [.../* @__PURE__ */ new Set([...a.tags, ...b.tags])] };
}
async function withImages(local, { named: named2, recursive, attestations, workspace, registries, push }, { files }) {
  const collected = await collectImages(named2, { recursive }, workspace, registries, files);
  const attested = attestations ? await withAttestations(collected, workspace, registries, files) : [];
  const images = [...collected, ...attested];
  if (push) await demandPush(images, registries);
  const known = new Set(images.map(formatImage));
  const others = local.filter((subject) => subject.kind === "file" || !known.has(formatImage(subject)));
  return [...others, ...images].sort(byName);
}
async function withAttestations(images, workspace, registries, files) {
  const { attestationSubjects } = await import("./run-images-index.mjs");
  const found = /* @__PURE__ */ new Map();
  for (const image of images) {
    for (const each of await attestationSubjects(image, workspace, registries, files))
      found.set(formatImage(each), each);
  }
  const attested = new Set([...found.values()].map(({ origin }) => origin));
  const bare = images.find(({ origin }) => !attested.has(origin));
  if (bare !== void 0)
    fail("SUBJECT_MISSING", `the image ${bare.origin} has no attestation manifest`, {
      remedy: "Build it with BuildKit and `--provenance` or `--sbom`, and push or save all of the index. Otherwise, do not use `sign-attestations`."
    });
  return [...found.values()];
}
async function demandPush(images, registries) {
  const clients = images.flatMap(
    ({ stored }) => stored === void 0 ? [] : registries.attachmentsOf(stored.repository)
  );
  await mapConcurrently([...new Set(clients)], (client) => client.demandPush());
}
async function attachImages(all, { registries, push }, world) {
  const down = /* @__PURE__ */ new Map();
  const work = async ({ signed, image, stored }) => {
    const { registry } = stored.repository;
    let reference;
    try {
      const outage = down.get(registry);
      if (outage !== void 0) throw outage;
      if (push) reference = await attach(signed, image, stored, registries, world);
      await demandTags(image, stored, registries);
      return { signed, reference, failure: void 0 };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      if (error.code === "SERVICE_UNAVAILABLE") down.set(registry, error);
      const left = push && reference === void 0 ? ": the bundle was not attached" : "";
      return { signed, reference, failure: inContext(error.code, `${formatImage(image)}${left}`, error) };
    }
  };
  const outcomes = await mapConcurrently(storedImages(all), work);
  return {
    attached: new Map(
      outcomes.flatMap(({ signed, reference }) => reference === void 0 ? [] : [[signed, reference]])
    ),
    failures: outcomes.flatMap(({ failure }) => failure ?? [])
  };
}
function storedImages(all) {
  return all.flatMap((signed) => {
    const { subject: image } = signed;
    return image.kind === "image" && image.stored !== void 0 ? [{ signed, image, stored: image.stored }] : [];
  });
}
async function attach({ bundlePath, verdict }, image, stored, registries, { files }) {
  const { content } = verdict;
  if (content.kind !== "dsse-envelope") return fail("DELIVERY_FAILED", "the bundle of an image contains no statement");
  const bundle = await readRegularFile(files, bundlePath, maxBundleLength).catch(
    (cause) => fail("DELIVERY_FAILED", `the bundle ${bundlePath} cannot be read back`, { cause })
  );
  const { predicateType } = content.statement;
  const client = registries.attachmentsOf(stored.repository);
  const manifest = await attachBundle(client, {
    image,
    stored,
    bundle,
    predicateType,
    signedAt: signedAt(verdict)
  });
  return formatImage({ name: client.name, digest: manifest });
}
async function demandTags(image, stored, registries) {
  const where = registries(stored.repository);
  const moved = async (tag) => {
    const now = await where.headManifest(tag);
    if (now !== void 0 && equalDigests(now.digest, image.digest)) return;
    const name = `${formatRepository(stored.repository)}:${tag}`;
    const found = now === void 0 ? "no longer exists" : `now refers to ${formatDigest(now.digest)}`;
    fail("SUBJECT_CHANGED", `the tag ${name} ${found}, which is not the signed image`, {
      remedy: `The signed image is ${formatImage(image)}. Deploy this digest, or sign again while nothing else pushes this tag.`
    });
  };
  await Promise.all(stored.tags.map(moved));
}
export {
  attachImages,
  withImages
};
