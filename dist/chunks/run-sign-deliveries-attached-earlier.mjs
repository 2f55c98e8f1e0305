import { fetchAttached } from "./fetch-attached-bundles.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import "./fetch-older-signatures.mjs";
import "./services-registry-manifest.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-bundle-read-bundle.mjs";
import "./core-encoding-der.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
function attachedEarlier({ attachmentsOf }) {
  return async ({ subjects }) => {
    const [image] = subjects.flatMap((one) => one.kind === "image" && one.stored !== void 0 ? [one] : []);
    if (image?.stored === void 0) return [];
    const source = attachmentsOf(image.stored.repository);
    const { bundles } = await fetchAttached(source, { name: source.name, digest: image.digest });
    return bundles.flatMap(({ bundle, document }) => document === void 0 ? [`${writeBundle(bundle)}
`] : []);
  };
}
export {
  attachedEarlier
};
