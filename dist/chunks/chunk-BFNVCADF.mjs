import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  neededDigests
} from "./chunk-STMR72KD.mjs";
import {
  artifactOfDigest,
  digestFileWith,
  readBundle,
  verify
} from "./chunk-4NIE3LUV.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/run/verify-file.ts
async function verifyFile(path, bundlePath, trust, policy, { files, clock }) {
  const bundle = await readBundleFile(bundlePath, files);
  const artifact = { digests: await digestFileWith(files, { path }, neededDigests(bundle, policy)) };
  return verify(bundle, artifact, trust, policy, clock());
}
async function verifyDigest(artifact, bundlePath, trust, policy, { files, clock }) {
  return verify(await readBundleFile(bundlePath, files), artifactOfDigest(artifact), trust, policy, clock());
}
async function readBundleFile(path, files) {
  const json = await files.readFile(path).catch(
    (cause) => fail("BUNDLE_MISSING", `there is no bundle at ${path} that can be read`, {
      cause,
      remedy: "Give its path, if it is elsewhere."
    })
  );
  return readBundle(json);
}

export {
  verifyFile,
  verifyDigest
};
