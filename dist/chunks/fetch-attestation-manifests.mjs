import { agree, isNoPlatform, isPlatform } from "./subject-image-platform.mjs";
import { entriesOf, isAttestationManifest, isIndex, manifestsOf } from "./subject-image-image-index.mjs";
import { invalidImage, readingImage } from "./subject-image-tar-archive.mjs";
import { failMissing, orUnread, placeOfList, unreadPlace } from "./fetch-attachments.mjs";
import { emptyMediaType, formatPlatform, imageMediaType, maxManifestLength, readConfigDescriptor, readImageManifest, readPlatform } from "./services-registry-manifest.mjs";
import { formatImage, mapConcurrently } from "./node-concurrency.mjs";
import { equalDigests, formatDigest } from "./node-regular-file.mjs";
import { parseJson } from "./core-encoding-json.mjs";
import { attempt, fail } from "./core-errors-codes.mjs";
var attestationManifestType = "application/vnd.docker.attestation.manifest.v1+json";
var statementLayer = "application/vnd.in-toto+json";
var possibleTypes = /* @__PURE__ */ new Set([attestationManifestType, emptyMediaType]);
var maxReferrers = 256;
var maxManifests = 16;
var maxStatements = 64;
var maxStatementLength = 17 * 1024 * 1024;
var maxTotalLength = 64 * 1024 * 1024;
async function findAttestationManifests({ manifest: { digest }, attestations }, source, name) {
  const { descriptors, unread } = await source.findReferrers(digest);
  const image = { name, digest };
  const possible = descriptors.filter(({ artifactType = emptyMediaType }) => possibleTypes.has(artifactType));
  if (possible.length > maxReferrers)
    fail("LIMIT_EXCEEDED", `${formatImage(image)} has more than ${maxReferrers} attachments`);
  const checked = await mapConcurrently(possible, async (referrer) => {
    const place = formatImage({ name, digest: referrer.digest });
    return orUnread(place, async () => await isAttached(referrer, source, place) ? [referrer.digest] : []);
  });
  const attached = checked.flatMap((one) => "failure" in one ? [] : one);
  const digests = [
    ...new Map([...attestations.map((each) => each.digest), ...attached].map((each) => [formatDigest(each), each]))
  ].map(([, each]) => each);
  if (digests.length > maxManifests)
    fail("LIMIT_EXCEEDED", `${formatImage(image)} has more than ${maxManifests} attestation manifests`);
  return {
    digests,
    unread: [
      ...unread.map(({ tag, failure }) => unreadPlace(placeOfList(image, tag), failure)),
      ...checked.flatMap((one) => "failure" in one ? [one] : [])
    ]
  };
}
async function isAttached({ digest, artifactType }, source, place) {
  if (artifactType === attestationManifestType) return true;
  const manifest = await source.getManifest(digest) ?? failMissing(place);
  return readImageManifest(manifest.bytes, place).artifactType === attestationManifestType;
}
async function readAttestationManifest(source, manifest, image) {
  const place = formatImage(manifest);
  const { mediaType, bytes } = await source.getManifest(manifest.digest) ?? failMissing(place);
  if (mediaType !== imageMediaType)
    fail("BUNDLE_INVALID", `the attestation manifest ${place} has the media type ${mediaType}`);
  const { subject, layers } = readImageManifest(bytes, place);
  if (subject !== void 0 && !equalDigests(subject.digest, image)) {
    fail(
      "ARTIFACT_MISMATCH",
      `the attestation manifest ${place} is attached to ${formatDigest(subject.digest)}, not ${formatDigest(image)}`,
      {
        remedy: "Check that the index lists each attestation manifest for its own image. Otherwise, build the image again."
      }
    );
  }
  const statements = layers.filter((layer) => layer.mediaType === statementLayer);
  const total = statements.reduce((sum, { size }) => sum + size, 0);
  if (statements.length > maxStatements || total > maxTotalLength || statements.some(({ size }) => size > maxStatementLength)) {
    fail(
      "LIMIT_EXCEEDED",
      `the attestation manifest ${place} has ${statements.length} statements with ${total} bytes in total; the limits are ${maxStatements} statements, ${maxStatementLength} bytes for each, and ${maxTotalLength} bytes in total`
    );
  }
  return {
    digest: manifest.digest,
    mediaType,
    size: bytes.length,
    statements: await mapConcurrently(
      statements,
      async ({ digest, size }) => await source.getBlob(digest, size) ?? failMissing(`${place}, statement ${formatDigest(digest)}`)
    )
  };
}
var maxPlatforms = 200;
function platformImages(root, content, what) {
  return imagesOf(root, content, what, void 0);
}
async function platformImage(root, content, what, wanted) {
  const images = await imagesOf(root, content, what, wanted);
  const [image, ...others] = images.filter(({ platform }) => platform !== void 0 && isPlatform(platform, wanted));
  if (image !== void 0 && others.length === 0) return image;
  const platforms = (found) => [...new Set(found.flatMap((platform) => platform === void 0 ? [] : shown(platform)))].slice(0, 50).join(", ");
  if (image !== void 0) {
    const found = platforms([image, ...others].map(({ platform }) => platform));
    return fail("USAGE", `the image ${what} has several manifests for ${formatPlatform(wanted)}: ${found}`, {
      remedy: "Set `platform` with the variant, or specify the manifest by its digest."
    });
  }
  const listed = entriesOf(root, what).flatMap(({ platform }) => isNoPlatform(platform) ? [] : [platform]);
  const there = platforms([...listed, ...images.map(({ platform }) => platform)]);
  return fail(
    "SUBJECT_MISSING",
    `the image ${what} has no manifest for the platform ${formatPlatform(wanted)}; it has ${there === "" ? "none" : there}`,
    { remedy: "Set `platform` to one of these platforms, or build the image for the platform." }
  );
}
async function imagesOf(root, content, what, wanted) {
  const isLeftOut = ({ platform }) => isNoPlatform(platform) || wanted !== void 0 && platform !== void 0 && !isPlatform(platform, wanted);
  const below = (await manifestsOf(root, content.getManifest, what, "refused", isLeftOut)).map(
    ({ manifest }) => manifest
  );
  const entries = [root, ...below].flatMap((index) => entriesOf(index, what));
  const images = [root, ...below].filter((manifest) => !isIndex(manifest));
  if (images.length > maxPlatforms)
    fail("LIMIT_EXCEEDED", `the image ${what} has more than ${maxPlatforms} platforms`, {
      remedy: "Specify one of them with `platform`, or sign the index."
    });
  return mapConcurrently(images, async (manifest) => {
    const name = formatDigest(manifest.digest);
    const own = entries.filter((entry) => formatDigest(entry.digest) === name && !isLeftOut(entry));
    const stated = own.flatMap(({ platform: platform2 }) => platform2 ?? []);
    const isStated = wanted !== void 0 || stated.length > 0;
    const platform = isStated ? await ownPlatform(manifest, content, `${what}: the manifest ${name}`) : void 0;
    const other = stated.find((each) => platform === void 0 || !agree(platform, each));
    if (other !== void 0) {
      const actual = platform === void 0 ? "states no platform" : `is for ${shown(platform)}`;
      invalidImage(`${what}: the manifest ${name} is listed for ${shown(other)}, but its configuration ${actual}`);
    }
    return { manifest, platform, attestations: entries.filter((entry) => isAbout(entry, name)) };
  });
}
function shown(platform) {
  return JSON.stringify(formatPlatform(platform).slice(0, 100)).slice(1, -1);
}
function listedAttestations(index, what) {
  return entriesOf(index, what).filter(isAttestation);
}
function isAttestation(entry) {
  return isNoPlatform(entry.platform) && isAttestationManifest(entry);
}
function isAbout(entry, image) {
  return isAttestation(entry) && entry.annotations?.["vnd.docker.reference.digest"] === image;
}
async function ownPlatform(manifest, content, what) {
  const { digest, size } = readingImage(() => readConfigDescriptor(manifest.bytes, what));
  if (size > maxManifestLength)
    fail("LIMIT_EXCEEDED", `the configuration of ${what} has ${size} bytes; the limit is ${maxManifestLength}`);
  const bytes = await content.getBlob(digest, size) ?? fail("SUBJECT_MISSING", `${what} has no configuration: ${formatDigest(digest)} is missing`);
  return readPlatform(attempt(() => parseJson(bytes, { maxLength: maxManifestLength })));
}
export {
  attestationManifestType,
  findAttestationManifests,
  listedAttestations,
  platformImage,
  platformImages,
  readAttestationManifest
};
