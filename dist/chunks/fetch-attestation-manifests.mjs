import { failMissing, orUnread, placeOfList, unreadPlace } from "./fetch-attachments.mjs";
import { emptyMediaType, imageMediaType, readImageManifest } from "./services-registry-manifest.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { formatImage } from "./node-safe-file-name.mjs";
import { equalDigests, formatDigest } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
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
export {
  attestationManifestType,
  findAttestationManifests,
  readAttestationManifest
};
