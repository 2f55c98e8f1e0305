import { examineOne } from "./run-verify-verify-image.mjs";
import { examineAttestedImage } from "./core-verify-examine-attested-image.mjs";
import { findAttestationManifests, platformImage, platformImages, readAttestationManifest } from "./fetch-attestation-manifests.mjs";
import "./subject-image-platform.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./core-statement-simple-signing.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import { formatPlatform } from "./services-registry-manifest.mjs";
import { formatImage, inOrder } from "./node-concurrency.mjs";
import { explained } from "./run-verify-pool-examination.mjs";
import { examineUnderRoots } from "./run-policy-load-policy.mjs";
import "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import { notExamined, unreadBundle } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./subject-digest-file.mjs";
import "./node-links.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./core-bundle-read-bundle.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var atOnce = 4;
async function findPlatform(digest, wanted, source) {
  return platformImage(await rootOf(digest, source), source, formatImage({ ...source, digest }), wanted);
}
async function findPlatforms(digest, source) {
  return platformImages(await rootOf(digest, source), source, formatImage({ ...source, digest }));
}
async function rootOf(digest, source) {
  return await source.getManifest(digest) ?? fail("SUBJECT_MISSING", `there is no manifest of ${formatImage({ ...source, digest })}`, {
    remedy: "Check the name and the digest."
  });
}
async function examinePlatforms(images, request, known, whole) {
  const found = [];
  const work = (image) => examinePlatform(image, request, known, whole);
  for await (const results of inOrder(images, atOnce, work)) found.push(results);
  if (found.every(({ length }) => length === 0)) return [];
  return found.flatMap((results, index) => {
    const image = images[index];
    if (image === void 0 || results.length > 0) return results;
    return [{ ...known, part: partOf(image), ...notExamined(unsigned(image, request.source)) }];
  });
}
function partOf({ manifest, platform }) {
  return {
    digest: formatDigest(manifest.digest),
    platform: platform && formatPlatform(platform),
    attestationManifest: void 0
  };
}
function unsigned(image, { name }) {
  return new CountersignError(
    "BUNDLE_MISSING",
    `no bundle or cosign signature is attached to ${formatImage({ name, digest: image.manifest.digest })}${platformOf(image)} or its attestation manifest`,
    {
      remedy: "Sign the index, or each of its platforms. To verify one platform only, set `platform`. `countersign tree --recursive` lists the attachments."
    }
  );
}
function platformOf({ platform }) {
  return platform === void 0 ? "" : ` (${formatPlatform(platform)})`;
}
async function examinePlatform(image, request, known, whole) {
  const { digest } = image.manifest;
  const base = { ...known, part: partOf(image) };
  try {
    const isExamined = formatDigest(digest) === formatDigest(whole);
    const own = isExamined ? [] : await examineEach(
      await request.bundlesFor(digest),
      base,
      (one) => examineOne(one, digest, request.roots, request.now)
    );
    if (own.some(({ verdict }) => verdict !== void 0)) return own;
    return [...own, ...await examineAttestations(image, request, base)];
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === "CANCELLED") throw failure;
    return [{ ...base, ...notExamined(failure) }];
  }
}
async function examineAttestations(image, request, base) {
  const { source, bundlesFor } = request;
  const found = await findAttestationManifests(image, source, source.name);
  const results = [];
  for (const digest of found.digests) {
    const place = formatImage({ ...source, digest });
    const way = { ...base, part: { ...base.part, attestationManifest: formatDigest(digest) } };
    const bundles = await bundlesFor(digest);
    if (bundles.length === 0) continue;
    try {
      const manifest = await readAttestationManifest(source, { ...source, digest }, image.manifest.digest);
      const examineBundle = (one) => examineAttested(one, manifest, image, request);
      results.push(...await examineEach(bundles, way, examineBundle));
    } catch (failure) {
      if (!(failure instanceof CountersignError) || failure.code === "CANCELLED") throw failure;
      results.push({ ...way, bundle: place, ...unreadBundle(failure) });
    }
    if (results.some(({ verdict }) => verdict !== void 0)) return results;
  }
  return [
    ...results,
    ...found.unread.map(({ place, failure }) => ({ ...base, bundle: place, ...unreadBundle(failure) }))
  ];
}
async function examineEach(bundles, base, examineBundle) {
  const results = [];
  for (const one of bundles) {
    const outcome = "failure" in one ? unreadBundle(one.failure) : await examineBundle(one);
    results.push({ ...base, bundle: one.path, ...outcome });
  }
  return results;
}
async function examineAttested({ bundle, document }, manifest, image, { roots, now }) {
  const { digest } = image.manifest;
  const examination = await examineUnderRoots(
    roots,
    ({ choice, policy }) => examineAttestedImage(bundle, document, manifest, digest, choice.trust, policy, now)
  );
  return explained(examination, bundle, roots);
}
export {
  examinePlatforms,
  findPlatform,
  findPlatforms
};
