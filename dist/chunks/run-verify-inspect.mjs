import { bundleClaims, claimedDigest } from "./report-bundle-claims.mjs";
import { verifiableImage_2, examineOne } from "./run-verify-verify-image.mjs";
import { policyUnder } from "./run-policy-load-policy.mjs";
import { namedBundles } from "./run-verify-bundle-pool.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
async function inspect({ place, policy }, world) {
  const { pool, image } = await findBundles(place, world);
  const roots = policy?.trust.roots.map((choice) => ({ choice, policy: policyUnder(policy.policy, choice) }));
  const bundles = [];
  for (const found of pool.bundles) bundles.push(await inspectOne(found, image, roots, world.clock()));
  const unread = pool.unread.map(({ path, failure }) => ({
    place: path,
    claims: void 0,
    verifiedDigest: void 0,
    failure
  }));
  return {
    place: place.name,
    digest: image && formatDigest(image),
    hasPolicy: policy !== void 0,
    bundles: [...bundles, ...unread],
    warnings: policy === void 0 ? [] : [...policy.trust.warnings, ...policy.policy.warnings]
  };
}
async function findBundles(place, { files }) {
  if (place.kind === "image") {
    const { digest, attached } = await verifiableImage_2(place.name, place.registries, files).resolve();
    return { pool: await attached(), image: digest };
  }
  const places = { workspace: place.workspace, paths: [place.path], directory: void 0 };
  return { pool: await namedBundles(places, files) ?? { bundles: [], unread: [] } };
}
async function inspectOne(found, image, roots, now) {
  const claims = bundleClaims(found.bundle, found.document);
  const inspected = { place: found.path, claims, verifiedDigest: void 0, failure: void 0 };
  if (roots === void 0) return inspected;
  const digest = image ?? claimedDigest(claims);
  if (digest === void 0) return { ...inspected, failure: withoutDigest() };
  const { verdict, failure } = await examineOne(found, digest, roots, now);
  return verdict === void 0 ? { ...inspected, failure } : { ...inspected, verifiedDigest: verdict.content.digest };
}
function withoutDigest() {
  return new CountersignError(
    "DIGEST_UNAVAILABLE",
    "the bundle names no digest, so it can only be verified with its artifact",
    {
      remedy: "Run `countersign verify` with the artifact and the bundle."
    }
  );
}
export {
  inspect
};
