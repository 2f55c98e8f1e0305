import { releasePredicateTypes_2 } from "./core-verify-release.mjs";
import { demandFew } from "./run-policy-load-policy.mjs";
import "./node-links.mjs";
import { readStatement } from "./core-certificate-path.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { attempt } from "./core-errors-codes.mjs";
function releaseBundles({ bundles }) {
  const chosen = bundles.filter(isOfRelease);
  return chosen.length === 0 ? bundles.slice(0, 1) : demandFew(chosen);
}
function isOfRelease({ bundle: { content } }) {
  if (content.kind !== "dsse-envelope") return false;
  const type = attempt(() => readStatement(content.payload).predicateType);
  return releasePredicateTypes_2.some((one) => one === type);
}
export {
  releaseBundles
};
