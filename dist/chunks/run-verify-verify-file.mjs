import { neededDigests } from "./core-verify-needed-digests.mjs";
import { digestFileWith } from "./subject-digest-file.mjs";
import { verify, artifactOfDigest } from "./core-certificate-path.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { utf8Bytes, readRegularFile } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
async function verifyFile(file, bundlePath, trust, policy, { files, clock }) {
  const bundle = await readBundleFile(bundlePath, files);
  const artifact = typeof file === "string" ? { digests: await digestFileWith(files, { path: file }, neededDigests(bundle, policy)) } : artifactOfDigest(file);
  return verify(bundle, artifact, trust, policy, clock());
}
async function readBundleFile(path, files) {
  const json = await readRegularFile(files, path, maxBundleLength).catch(
    (cause) => fail("BUNDLE_MISSING", `the bundle ${path} cannot be read`, {
      cause,
      remedy: "If the bundle is at a different path, specify that path."
    })
  );
  return readBundle(utf8Bytes(json, "BUNDLE_INVALID", `the bundle ${path}`));
}
export {
  verifyFile
};
