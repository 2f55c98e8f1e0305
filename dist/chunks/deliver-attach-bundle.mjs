import { descriptorJson, emptyMediaType, imageMediaType } from "./services-registry-manifest.mjs";
import { bundleMediaType } from "./core-bundle-write-bundle.mjs";
import { digest, equalDigests } from "./node-regular-file.mjs";
import { utf8 } from "./core-encoding-json.mjs";
async function attachBundle(repository, { image, stored, bundle, predicateType, signedAt, annotations: more, asksFirst = false }) {
  const empty = utf8("{}");
  const [config, layer] = await Promise.all([repository.pushBlob(empty), repository.pushBlob(bundle)]);
  const annotations = {
    "dev.sigstore.bundle.content": predicateType === void 0 ? "message-signature" : "dsse-envelope",
    ...predicateType !== void 0 && { "dev.sigstore.bundle.predicateType": predicateType },
    // To the second, as other clients do.
    ...signedAt !== void 0 && {
      "org.opencontainers.image.created": signedAt.toISOString().replace(/\.\d+Z$/, "Z")
    },
    ...more
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
  const bytes = utf8(JSON.stringify(manifest));
  const wasThere = asksFirst && await isAttached(repository, image.digest, digest("sha256", bytes));
  const attached = await repository.attach({
    mediaType: imageMediaType,
    bytes,
    subject: image.digest,
    artifactType: bundleMediaType,
    annotations
  });
  return { manifest: attached, wasThere };
}
async function isAttached(repository, image, manifest) {
  const { descriptors } = await repository.referrers(image);
  return descriptors.some((one) => equalDigests(one.digest, manifest));
}
var olderSignatureType = "application/vnd.dev.cosign.artifact.sig.v1+json";
async function attachOlderSignature(repository, { image, stored, document, annotations }) {
  const empty = utf8("{}");
  const [config, layer] = await Promise.all([repository.pushBlob(empty), repository.pushBlob(document)]);
  const mediaType = "application/vnd.dev.cosign.simplesigning.v1+json";
  const manifest = {
    schemaVersion: 2,
    mediaType: imageMediaType,
    artifactType: olderSignatureType,
    config: descriptorJson({ mediaType: olderSignatureType, digest: config, size: empty.length }),
    layers: [descriptorJson({ mediaType, digest: layer, size: document.length, annotations })],
    subject: descriptorJson({ mediaType: stored.mediaType, digest: image.digest, size: stored.size })
  };
  return repository.attach({
    mediaType: imageMediaType,
    bytes: utf8(JSON.stringify(manifest)),
    subject: image.digest,
    artifactType: olderSignatureType,
    annotations: {}
  });
}
export {
  attachBundle,
  attachOlderSignature
};
