import { gitHubOptions } from "./deliver-github-attestations.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import { openAttestationReader } from "./services-github-attestation-reader.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import "./core-encoding-der.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, attempt } from "./core-errors-codes.mjs";
function storedEarlier(access, world) {
  const reader = openAttestationReader(gitHubOptions(access, world));
  const place = { kind: "repository", name: access.repository };
  const served = async (digest) => {
    try {
      return (await reader.bundles(place, [digest])).get(digest) ?? [];
    } catch (error) {
      if (error instanceof CountersignError && error.code === "PERMISSION_MISSING") return [];
      throw error;
    }
  };
  return async ({ digests: [digest] }) => {
    if (digest === void 0) return [];
    return (await served(formatDigest(digest))).flatMap((one) => {
      if ("failure" in one) throw one.failure;
      const bundle = attempt(() => readBundle(one.text));
      return bundle === void 0 ? [] : [`${writeBundle(bundle)}
`];
    });
  };
}
export {
  storedEarlier
};
