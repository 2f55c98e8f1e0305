import { answerOrFailure, fallbackTag } from "./services-registry-manifests.mjs";
import { emptyMediaType, imageMediaType, readImageManifest } from "./services-registry-manifest.mjs";
import { formatImage, mapConcurrently } from "./node-concurrency.mjs";
import { parseTag } from "./services-registry-image-reference.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { equalDigests, formatDigest } from "./node-regular-file.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
function olderTag(image, suffix) {
  return image.algorithm === "sha256" ? parseTag(`${fallbackTag(image)}.${suffix}`) : void 0;
}
async function taggedManifests(source, image, suffix) {
  if (source.untagged !== void 0) {
    const manifests = source.untagged(suffix);
    return manifests.map((manifest2) => ({ place: formatImage({ ...image, digest: manifest2.digest }), manifest: manifest2 }));
  }
  const tag = olderTag(image.digest, suffix);
  const manifest = tag && await source.getManifest(tag);
  return manifest === void 0 ? [] : [{ place: placeOfTag(image, suffix), manifest }];
}
function placeOfTag({ name, digest }, suffix) {
  return `${name}:${olderTag(digest, suffix)}`;
}
function placeOfList({ name, digest }, tag) {
  return tag === void 0 ? `${name}: the list of referrers of ${formatDigest(digest)}` : `${name}:${tag}`;
}
var maxBundles = 256;
var bundleType = "application/vnd.dev.sigstore.bundle";
var signatureLayer = "application/vnd.dev.cosign.simplesigning.v1+json";
var attestationLayer = "application/vnd.dsse.envelope.v1+json";
var olderTags = [
  { suffix: "sig", kind: "signature", mediaType: signatureLayer },
  { suffix: "att", kind: "attestation", mediaType: attestationLayer }
];
async function findLayers(source, image) {
  const [referrers, ...older] = await Promise.all([
    source.findReferrers(image.digest),
    ...olderTags.map(async (tag) => ({ tag, found: await answerOrFailure(() => layersUnder(tag, source, image)) }))
  ]);
  const failed = older.flatMap(({ found }) => found instanceof CountersignError ? [found] : []);
  const [first] = [...referrers.unread.map(({ failure }) => failure), ...failed];
  if (first !== void 0 && !referrers.isAnswered && failed.length === older.length) throw first;
  const unread = [
    ...referrers.unread.map(({ tag, failure }) => unreadPlace(placeOfList(image, tag), failure)),
    ...older.flatMap(
      ({ tag, found }) => found instanceof CountersignError ? [unreadPlace(placeOfTag(image, tag.suffix), found)] : []
    )
  ];
  const tagged = older.flatMap(({ found }) => found instanceof CountersignError ? [] : found);
  const manifests = distinct(referrers.descriptors).filter(({ artifactType }) => mayHoldSignature(artifactType));
  demandNotTooMany(manifests.length + tagged.length, image);
  const layers = await mapConcurrently(manifests, (descriptor) => layersOf(descriptor, source, image));
  const all = [...layers.flat(), ...tagged];
  demandNotTooMany(all.length, image);
  return [...all.map(withinLimit), ...unread];
}
function demandNotTooMany(count, image) {
  if (count <= maxBundles) return;
  fail("LIMIT_EXCEEDED", `${count} bundles are attached to ${formatImage(image)}; the limit is ${maxBundles}`, {
    remedy: "Download the relevant bundles and specify them with `bundle`."
  });
}
function unreadPlace(place, cause) {
  const failure = new CountersignError(
    "ATTACHMENT_UNREADABLE",
    `${place} cannot be read, and may contain signatures: ${cause.message}`,
    {
      cause,
      remedy: "Some registries respond like this when nothing is stored there. Otherwise, log in with an account that has read access, or try again later."
    }
  );
  return { place, failure };
}
async function orUnread(place, read) {
  try {
    return await read();
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === "CANCELLED") throw failure;
    return { place, failure };
  }
}
function distinct(descriptors) {
  return [...new Map(descriptors.map((descriptor) => [formatDigest(descriptor.digest), descriptor])).values()];
}
var openTypes = /* @__PURE__ */ new Set([
  "",
  emptyMediaType,
  imageMediaType,
  "application/json",
  "application/octet-stream",
  "application/vnd.docker.container.image.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.unknown.artifact.v1",
  "application/vnd.unknown.config.v1+json"
]);
var olderTypes = /* @__PURE__ */ new Set([
  "application/vnd.dev.cosign.artifact.sig.v1+json",
  "application/vnd.dev.cosign.artifact.att.v1+json",
  "application/vnd.in-toto+json",
  signatureLayer,
  attestationLayer
]);
function mayHoldSignature(artifactType) {
  const type = essence(artifactType ?? "");
  return openTypes.has(type) || olderTypes.has(type) || isBundle(type);
}
function essence(mediaType) {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}
async function layersOf({ digest, artifactType: listedType }, source, image) {
  const place = formatImage({ name: image.name, digest });
  const found = await orUnread(place, async () => {
    const { bytes } = await source.getManifest(digest) ?? failMissing(place);
    const { artifactType, subject, layers } = readImageManifest(bytes, place);
    if ([listedType, artifactType, ...layers.map(({ mediaType }) => mediaType)].some(isBundle)) {
      demandSubject(subject?.digest, image.digest, place);
      return [bundleLayer(layers, place)];
    }
    const older = olderLayers(layers, place);
    if (older.length > 0) demandSubject(subject?.digest, image.digest, place);
    return older;
  });
  return "failure" in found ? [found] : found;
}
function bundleLayer(layers, place) {
  const [layer, ...others] = layers;
  if (layer === void 0 || others.length > 0 || !isBundle(layer.mediaType))
    return fail("BUNDLE_INVALID", `${place} does not contain exactly one bundle`);
  return { kind: "bundle", place, descriptor: { digest: layer.digest, size: layer.size } };
}
function olderLayers(layers, place) {
  return layers.flatMap((descriptor, index) => {
    const kind = olderTags.find(({ mediaType }) => mediaType === essence(descriptor.mediaType))?.kind;
    return kind === void 0 ? [] : [{ kind, place: `${place}, layer ${index + 1}`, descriptor }];
  });
}
function demandSubject(subject, image, place) {
  if (subject === void 0 || !equalDigests(subject, image)) {
    const other = subject === void 0 ? "missing" : formatDigest(subject);
    fail("BUNDLE_INVALID", `${place} is listed for ${formatDigest(image)}, but its subject is ${other}`);
  }
}
async function layersUnder({ suffix, kind, mediaType: wanted }, source, image) {
  const found = [];
  for (const { place, manifest } of await taggedManifests(source, image, suffix)) {
    const layers = await orUnread(place, async () => signedLayers(manifest, place));
    if ("failure" in layers) {
      found.push(layers);
      continue;
    }
    for (const [index, descriptor] of layers.entries()) {
      const layer = `${place}, layer ${index + 1}`;
      if (essence(descriptor.mediaType) === wanted) found.push({ kind, place: layer, descriptor });
      else found.push({ place: layer, failure: ofOtherType(layer, descriptor) });
    }
  }
  return found;
}
function ofOtherType(place, { mediaType }) {
  const type = JSON.stringify(mediaType.slice(0, 100));
  return new CountersignError("BUNDLE_UNSUPPORTED", `${place} has the unsupported media type ${type}`);
}
function signedLayers({ mediaType, bytes }, place) {
  const { layers, listsLayers } = readImageManifest(bytes, place);
  if (listsLayers) return layers;
  return fail("SERVICE_RESPONSE_INVALID", `${place} has no list of layers; its media type is ${mediaType}`);
}
function withinLimit(found) {
  if ("failure" in found || found.descriptor.size <= maxBundleLength) return found;
  const { place, descriptor } = found;
  const problem = `${place} has ${descriptor.size} bytes; the limit is ${maxBundleLength}`;
  return { place, failure: new CountersignError("LIMIT_EXCEEDED", problem) };
}
function isBundle(type) {
  return type?.toLowerCase().startsWith(bundleType) === true;
}
function failMissing(place) {
  return fail("BUNDLE_MISSING", `the registry lists ${place} but does not have it`, {
    remedy: "Attach the bundle again. The registry may have deleted untagged manifests."
  });
}
export {
  failMissing,
  findLayers,
  olderTag,
  orUnread,
  placeOfList,
  placeOfTag,
  taggedManifests,
  unreadPlace
};
