import { logsOf } from "./cli-complete-command.mjs";
import { collectImages } from "./subject-collect-images.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./monitor-readers-proof-reader.mjs";
import "./run-policy-chosen-logs.mjs";
import { fetchAttached } from "./fetch-attached-bundles.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import "./run-world-choose-instance.mjs";
import "./fetch-older-signatures.mjs";
import { attachBundle } from "./deliver-attach-bundle.mjs";
import "./services-rekor-rekor-v1.mjs";
import "./services-http-sleep.mjs";
import "./services-registry-manifest.mjs";
import "./services-rekor-answer-v1.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import { formatImage } from "./node-concurrency.mjs";
import "./subject-read-file.mjs";
import "./subject-image-name.mjs";
import "./core-trust-signing-config.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-links.mjs";
import "./services-registry-image-reference.mjs";
import "./node-make-folder.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { utf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import "./run-world-world.mjs";
async function completeImage(name, { registries, completer }, { files }) {
  const results = [];
  for (const image of await collectImages([name], { recursive: true }, ".", registries, files)) {
    const { stored, digest } = image;
    if (stored === void 0)
      fail("USAGE", `${name} is not in a registry`, { remedy: "Specify an image in a registry." });
    const client = registries.attachmentsOf(stored.repository);
    const { bundles, unread } = await fetchAttached(client, { name: client.name, digest });
    for (const { place, failure: error } of unread) results.push({ path: `oci://${place}`, error });
    const attached = bundles.filter(({ document }) => document === void 0);
    if (attached.length > 0) await client.demandPush();
    const target = { image, stored, client, completer, complete: /* @__PURE__ */ new Map() };
    const hasEntry = ({ bundle }) => bundle.logEntries.length > 0;
    for (const one of [...attached.filter(hasEntry), ...attached.filter((other) => !hasEntry(other))])
      results.push(await completeAttached(one, target));
  }
  if (results.length > 0) return results;
  return fail("BUNDLE_MISSING", `no bundle is attached to ${name}`, {
    remedy: "Check the name. `countersign tree --recursive` lists the attachments."
  });
}
async function completeAttached({ place, bundle }, { image, stored, client, completer, complete }) {
  const path = `oci://${place}`;
  const signature = encodeHex(bundle.content.signature);
  const earlier = complete.get(signature);
  if (earlier !== void 0) return { path, outcome: "already-complete", logs: earlier };
  try {
    const { text, verdict, isNew } = await completer.complete(writeBundle(bundle), image.digest);
    const logs = logsOf(verdict);
    if (!isNew) {
      complete.set(signature, logs);
      return { path, outcome: "already-complete", logs };
    }
    const { content } = verdict;
    const predicateType = content.kind === "dsse-envelope" ? content.statement.predicateType : void 0;
    const { manifest } = await attachBundle(client, { image, stored, bundle: utf8(text), predicateType });
    complete.set(signature, logs);
    return { path, outcome: "completed", logs, attached: formatImage({ name: client.name, digest: manifest }) };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    return { path, error };
  }
}
export {
  completeImage
};
