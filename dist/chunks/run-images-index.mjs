import { imageTree } from "./run-images-image-tree.mjs";
import { readAttestedStatements } from "./core-verify-examine-attested-image.mjs";
import { findAttestationManifests, listedAttestations, platformImages, readAttestationManifest } from "./fetch-attestation-manifests.mjs";
import { layoutAttachments } from "./subject-image-platform.mjs";
import { readDiskImage } from "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./core-statement-simple-signing.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import { formatPlatform } from "./services-registry-manifest.mjs";
import "./node-concurrency.mjs";
import "./subject-read-file.mjs";
import "./core-verify-needed-digests.mjs";
import { readImageName } from "./subject-image-name.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-links.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
async function attestationSubjects(image, workspace, registries, files) {
  const { name, digest, origin, stored } = image;
  const source = await sourceOf(image, workspace, registries, files);
  const root = await source.getManifest(digest) ?? fail("SUBJECT_MISSING", `${origin} has no manifest, as in archives of \`docker save\` before Docker 25`);
  const found = /* @__PURE__ */ new Map();
  for (const each of await platformImages(root, source, origin)) {
    const about = each.manifest.digest;
    const { digests, unread } = await findAttestationManifests(each, source, name);
    const [first] = unread;
    if (first !== void 0) throw first.failure;
    for (const attestation of digests) {
      const { mediaType, size, ...manifest } = await readAttestationManifest(
        source,
        { name, digest: attestation },
        about
      );
      readAttestedStatements(manifest, about);
      found.set(formatDigest(attestation), {
        kind: "image",
        name,
        digest: attestation,
        origin,
        ...each.platform !== void 0 && { platform: formatPlatform(each.platform) },
        attests: about,
        stored: stored && { ...stored, tags: [], mediaType, size }
      });
    }
  }
  const stray = listedAttestations(root, origin).find((each) => !found.has(formatDigest(each.digest)));
  if (stray !== void 0)
    fail(
      "ARTIFACT_MISMATCH",
      `${origin}: the attestation manifest ${formatDigest(stray.digest)} is listed for ${JSON.stringify(stray.annotations?.["vnd.docker.reference.digest"]?.slice(0, 100) ?? "nothing")}, which is not an image in this index`,
      {
        remedy: "Build the image again, or remove the entry from its index."
      }
    );
  return [...found.values()];
}
async function sourceOf(image, workspace, registries, files) {
  if (image.stored !== void 0) return registries(image.stored.repository);
  const name = readImageName(image.origin);
  const path = resolve(workspace, name.kind === "path" ? name.path : image.origin);
  const saved = await readDiskImage(path, files);
  const { findReferrers } = await layoutAttachments(saved, path);
  return { getManifest: saved.getManifest, getBlob: saved.getBlob, findReferrers };
}
export {
  attestationSubjects,
  imageTree
};
