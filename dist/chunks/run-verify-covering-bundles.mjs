import { coversSeveral } from "./deliver-bundle-paths.mjs";
import { namesIn } from "./node-make-folder.mjs";
import "./node-safe-file-name.mjs";
import { asFailure, demandInside, readBundleFile, shown, unreadable, readArtifact, candidates, isAboutOthers, joinPools, readBundles } from "./run-verify-bundle-pool.mjs";
import { PoolExamination } from "./run-verify-pool-examination.mjs";
import "./run-policy-load-policy.mjs";
import "./subject-read-file.mjs";
import { unreadBundle } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./node-concurrency.mjs";
import "./node-links.mjs";
import { isWithin } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, __toESM } from "./core-errors-codes.mjs";
import { require_node_util } from "./run-world-world.mjs";
import { dirname, join, resolve } from "node:path";
var import_node_util = __toESM(require_node_util(), 1);
var manyArtifacts = 1e3;
function foldersCovering(artifact, { workspace }) {
  if (artifact.kind === "stream" || artifact.kind === "release") return [];
  if (artifact.kind === "digest") return [resolve(workspace)];
  const root = resolve(workspace);
  const folders = [];
  let folder = dirname(resolve(artifact.path));
  while (folder !== root && isWithin(root, folder)) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return folder === root ? [...folders, root] : [folder, root];
}
function poolOf(folder, roots, places, files, pools) {
  const known = pools.get(folder);
  if (known !== void 0) return known;
  const pool = readPool(folder, places, files).then(
    (read) => new PoolExamination(read, roots, manyArtifacts, /* @__PURE__ */ new Set())
  );
  pools.set(folder, pool);
  return pool;
}
var maxFiles = 200;
async function readPool(folder, places, files) {
  const names = await namesIn(folder, files).catch(() => []);
  const pools = [];
  for (const name of names.filter(coversSeveral).sort().slice(0, maxFiles)) {
    const path = join(folder, name);
    const bytes = await readBundleFile(path, files).catch(asFailure);
    if (bytes === void 0) continue;
    await demandInside(path, places, files);
    const place = shown(path, places);
    pools.push(
      bytes instanceof CountersignError ? unreadable(place, bytes, void 0) : readBundles(bytes, place, void 0)
    );
  }
  return joinPools(pools);
}
async function examineCovering(artifact, roots, places, pools, beside, { files, clock }) {
  const results = [];
  const unread = [];
  const examined = beside.bundles.map(({ bundle }) => bundle);
  for (const folder of foldersCovering(artifact, places)) {
    const examination = await poolOf(folder, roots, places, files, pools);
    const { pool } = examination;
    unread.push(...pool.unread);
    if (pool.bundles.length === 0) continue;
    const { algorithms, whole } = examination.needs;
    const read = await readArtifact(artifact, algorithms, whole, { files });
    const [digest] = read.digests;
    const known = { artifact: artifact.name, digest: digest && formatDigest(digest) };
    for (const one of bundlesNaming(pool, read.digests)) {
      const { bundle } = one;
      if (examined.some((other) => (0, import_node_util.isDeepStrictEqual)(other, bundle))) continue;
      examined.push(bundle);
      const outcome = await examination.examine(one, read, artifact.kind, clock());
      results.push({ ...known, bundle: one.path, bundleDigest: one.digest, ...outcome });
      if (outcome.failure === void 0) return results;
    }
  }
  if (results.length > 0 || beside.bundles.length + beside.unread.length > 0) return results;
  return unread.map(({ path, failure }) => ({
    artifact: artifact.name,
    digest: void 0,
    bundle: path,
    ...unreadBundle(failure)
  }));
}
function bundlesNaming(pool, digests) {
  return candidates(pool, digests, /* @__PURE__ */ new Set()).flatMap(
    (one) => "named" in one && one.named !== void 0 && !isAboutOthers(one, digests) ? [one] : []
  );
}
export {
  examineCovering
};
