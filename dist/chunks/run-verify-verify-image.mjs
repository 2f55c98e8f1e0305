import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { explained } from "./run-verify-pool-examination.mjs";
import { examineUnderRoots } from "./run-policy-load-policy.mjs";
import { examine, artifactOfDigest } from "./core-certificate-path.mjs";
async function examineOne({ bundle, document }, digest, roots, now) {
  const examination = await examineUnderRoots(
    roots,
    ({ choice, policy }) => document === void 0 ? examine(bundle, artifactOfDigest(digest), choice.trust, policy, now) : examineSimpleSigning(bundle, document, digest, choice.trust, policy, now)
  );
  return explained(examination, bundle, roots);
}

import { layoutAttachments } from "./subject-image-platform.mjs";

import { parsePlatform } from "./subject-image-platform.mjs";

import { onlyImage, readDiskImage } from "./subject-image-image-index.mjs";

import { fetchAttached } from "./fetch-attached-bundles.mjs";

import { formatImage } from "./node-concurrency.mjs";

import { candidates } from "./run-verify-bundle-pool.mjs";

import { isVerified, notExamined, unreadBundle } from "./report-verification-report.mjs";

import { resolveImage } from "./subject-image-name.mjs";

import { readImageName } from "./subject-image-name.mjs";

import { formatRepository } from "./services-registry-image-reference.mjs";

import { equalDigests, formatDigest } from "./node-regular-file.mjs";

import { CountersignError, fail } from "./core-errors-codes.mjs";

async function verifyImage(image, named, roots, { clock, cancellation }) {
  let known = {
    artifact: image.name,
    digest: void 0,
    bundle: void 0,
    image: { reference: void 0 }
  };
  const results = [];
  try {
    if (cancellation.aborted) fail("CANCELLED", "cancelled before the artifact was verified");
    const found = await image.resolve();
    const { digest } = found;
    const about = (manifest) => ({
      ...known,
      digest: formatDigest(manifest),
      image: { reference: found.referenceTo(manifest) }
    });
    known = about(digest);
    const platform = image.platform && await loadPlatform(digest, image.platform, found);
    if (platform !== void 0) known = about(platform.manifest.digest);
    const chosen = await wholeBundles(found, named);
    for (const one of chosen.bundles) {
      const place = { ...known, bundle: one.path };
      if ("failure" in one) results.push({ ...place, ...unreadBundle(one.failure) });
      else results.push({ ...place, bundleDigest: one.digest, ...await examineOne(one, digest, roots, clock()) });
    }
    if (isVerified(results)) return results;
    if (named === void 0 || named.pool.bundles.some((one) => !isNamed(digest, one))) {
      const { examinePlatforms, findPlatforms } = await import("./run-verify-image-platforms.mjs");
      const images = platform === void 0 ? await findPlatforms(digest, found.source) : [platform];
      const request = { source: found.source, bundlesFor: bundlesFor(found, named), roots, now: clock() };
      const parts = await examinePlatforms(images, request, known, digest);
      if (parts.length > 0) return [...results, ...parts];
    }
    if (chosen.missing !== void 0) throw chosen.missing;
    const unfound = named?.unfound(chosen.bundles, [digest]) ?? [];
    return [...results, ...unfound.map((outcome) => ({ ...known, ...outcome }))];
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [...results, { ...known, ...notExamined(failure) }];
  }
}
async function loadPlatform(digest, wanted, { source }) {
  const { findPlatform } = await import("./run-verify-image-platforms.mjs");
  return findPlatform(digest, wanted, source);
}
async function wholeBundles(image, named) {
  if (named !== void 0) return { bundles: candidates(named.pool, [image.digest], /* @__PURE__ */ new Set()) };
  try {
    return { bundles: everyOne(await image.attached()) };
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code === "BUNDLE_MISSING")
      return { bundles: [], missing: failure };
    throw failure;
  }
}
function bundlesFor({ attachedTo }, named) {
  if (named === void 0) return async (digest) => everyOne(await attachedTo(digest));
  return async (digest) => named.pool.bundles.filter((one) => isNamed(digest, one));
}
function isNamed(digest, { named }) {
  return named?.some((each) => equalDigests(each, digest)) === true;
}
function everyOne({ bundles, unread }) {
  return [...bundles, ...unread];
}
function verifiableImage(name, registries, files, platform) {
  const read = readImageName(name);
  const resolve = read.kind === "path" ? () => imageOnDisk(read.path, files) : async () => imageInRegistry(read.reference, await imageDigest(read.reference, name, registries), registries);
  return { kind: "image", name, platform, resolve };
}
function verifiableImages(names, registries, files, platform) {
  const wanted = platform === void 0 ? void 0 : parsePlatform(platform);
  return names.map((name) => verifiableImage(name, registries, files, wanted));
}
async function imageDigest(reference, name, registries) {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}
function imageInRegistry({ repository }, digest, registries) {
  const name = formatRepository(repository);
  const referenceTo = (manifest) => formatImage({ name, digest: manifest });
  const client = registries(repository);
  const demandImage = async () => {
    if (await client.headManifest(digest) !== void 0) return;
    fail("SUBJECT_MISSING", `the registry ${repository.registry} has no image ${referenceTo(digest)}`, {
      remedy: "Check the name and the digest."
    });
  };
  const attachments = registries.attachmentsOf(repository);
  const attachedTo = (manifest) => attachedIn(attachments, attachments.name, manifest);
  return {
    digest,
    referenceTo,
    source: client,
    attachedTo,
    attached: async () => {
      const pool = await attachedTo(digest);
      if (isEmpty(pool)) await demandImage();
      const place = attachments.name === name ? "" : `, in ${attachments.name} (COSIGN_REPOSITORY)`;
      if (isEmpty(pool)) failUnsigned(`${referenceTo(digest)}${place}`);
      return pool;
    }
  };
}
async function attachedIn(source, name, digest) {
  return poolOf(await fetchAttached(source, { name, digest }));
}
function isEmpty({ bundles, unread }) {
  return bundles.length + unread.length === 0;
}
async function imageOnDisk(path, files) {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  let attachments;
  const load = () => {
    attachments ??= layoutAttachments(saved, path);
    return attachments;
  };
  return {
    digest,
    // The name under which it was saved proves nothing.
    referenceTo: () => void 0,
    source: {
      name: path,
      getManifest: saved.getManifest,
      getBlob: saved.getBlob,
      findReferrers: async (manifest) => (await load()).findReferrers(manifest)
    },
    // Signatures of the older layout that were saved beside the image are about the image.
    attachedTo: async (manifest) => attachedIn({ ...await load(), untagged: () => [] }, path, manifest),
    attached: async () => {
      const pool = await attachedIn(await load(), path, digest);
      if (isEmpty(pool)) failUnsigned(`${formatDigest(digest)} in ${path}`);
      return pool;
    }
  };
}
function failUnsigned(image) {
  fail("BUNDLE_MISSING", `no bundle or cosign signature is attached to ${image}`, {
    remedy: "Check that exactly this image was signed and that its bundle was pushed. `countersign tree --recursive` lists the attachments. If the bundle is elsewhere, specify it with `bundle`."
  });
}
function poolOf({ bundles, unread }) {
  return {
    bundles: bundles.map(({ place, ...found }) => ({
      ...found,
      path: place,
      content: found.bundle.content.kind,
      named: void 0,
      stem: void 0
    })),
    unread: unread.map(({ place, failure }) => ({ path: place, failure, stem: void 0 }))
  };
}

import "./subject-image-image-index.mjs";

import "./subject-image-tar-archive.mjs";

import "./subject-image-tar-archive.mjs";

import "./core-statement-simple-signing.mjs";

import "./fetch-attachments.mjs";

import "./services-registry-manifests.mjs";

import "./fetch-older-signatures.mjs";

import "./services-registry-manifest.mjs";

import "./run-verify-bundle-pool.mjs";

import "./subject-read-file.mjs";

import "./core-verify-needed-digests.mjs";

import "./core-bundle-read-bundle.mjs";

import "./subject-digest-file.mjs";

import "./node-links.mjs";

import "./services-http-answer.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-log-cosignature.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./node-concurrency.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-log-cosignature.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-regular-file.mjs";

import "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-json.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-json.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./core-errors-codes.mjs";
export {
  examineOne,
  verifiableImage,
  verifiableImage as verifiableImage_2,
  verifiableImages,
  verifyImage
};
