import { deliveryTo } from "./deliver-upload-artifact.mjs";
import { gitHubOptions, storeAttestations } from "./deliver-github-attestations.mjs";
import { openAttestationWriter } from "./services-github-attestation-writer.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./services-github-attestation-reader.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-path.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail, inContext } from "./core-errors-codes.mjs";
function gitHubAttestations(access) {
  return deliveryTo("github-attestations", async ({ signed }, world) => {
    const { repository, serverUrl } = access;
    const bundles = signed.map(({ bundlePath, resumed }) => ({
      bundlePath,
      read: () => readBack(bundlePath, world.files),
      isFresh: !resumed
    }));
    const writer = openAttestationWriter(gitHubOptions(access, world));
    const { stored, failures } = await storeAttestations(bundles, { writer, repository, serverUrl });
    const delivered = stored.filter(({ id }) => id !== void 0);
    return {
      place: repository,
      ids: stored.flatMap(({ id }) => id ?? []),
      urls: [...new Set(stored.map(({ url }) => url))],
      delivered: delivered.length,
      present: stored.length - delivered.length,
      value: void 0,
      failures: failures.map(({ name, error }) => inContext(error.code, `${name} was not stored at GitHub`, error))
    };
  });
}
async function readBack(path, files) {
  return readRegularFile(files, path, maxBundleLength).catch(
    (cause) => fail("DELIVERY_FAILED", `the bundle ${path} cannot be read back`, { cause })
  );
}
export {
  gitHubAttestations,
  readBack
};
