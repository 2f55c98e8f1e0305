import { failMissing, findLayers, orUnread } from "./fetch-attachments.mjs";
import { bundleOfAttestation, bundleOfSignature } from "./fetch-older-signatures.mjs";
import { formatImage, mapConcurrently } from "./node-concurrency.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { fail } from "./core-errors-codes.mjs";
var maxTotalLength = 128 * 1024 * 1024;
async function fetchAttached(source, image) {
  const found = await findLayers(source, image);
  const layers = found.flatMap((one) => "failure" in one ? [] : [one]);
  const total = layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  if (total > maxTotalLength) {
    fail(
      "LIMIT_EXCEEDED",
      `the bundles attached to ${formatImage(image)} exceed the limit of ${maxTotalLength} bytes in total`,
      {
        remedy: "Download the relevant bundles and specify them with `bundle`."
      }
    );
  }
  const fetched = await mapConcurrently(layers, (layer) => orUnread(layer.place, () => fetchBundle(layer, source)));
  return {
    bundles: fetched.flatMap((one) => "bundle" in one ? [one] : []),
    unread: [...found, ...fetched].flatMap((one) => "failure" in one ? [one] : [])
  };
}
async function fetchBundle({ kind, place, descriptor }, source) {
  const bytes = await source.getBlob(descriptor.digest, descriptor.size) ?? failMissing(place);
  const { annotations = {} } = descriptor;
  switch (kind) {
    case "bundle":
      return { place, bundle: readBundle(bytes), document: void 0, digest: descriptor.digest };
    case "signature":
      return { place, bundle: bundleOfSignature(annotations), document: bytes, annotations };
    case "attestation":
      return {
        place,
        bundle: bundleOfAttestation(bytes, annotations),
        document: void 0,
        digest: descriptor.digest
      };
  }
}
export {
  fetchAttached
};
