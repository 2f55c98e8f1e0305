import { resultsByPart, worstOf } from "./report-verification-report.mjs";
import { formatDigest, parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { meets } from "./core-certificate-certificate.mjs";
import "./core-encoding-json.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
function policiesOfType(roots, predicateType) {
  return roots.map(({ choice, policy }) => {
    const { provenance } = policy.content;
    return { choice, policy: { ...policy, content: { predicateType, ...provenance && { provenance } } } };
  });
}
function repeatable(artifact) {
  if (artifact.kind !== "image") return artifact;
  const resolve = once(async () => {
    const known = await artifact.resolve();
    const below = /* @__PURE__ */ new Map();
    const attachedTo = (digest) => {
      const key = formatDigest(digest);
      const fetch = below.get(key) ?? once(() => known.attachedTo(digest));
      below.set(key, fetch);
      return fetch();
    };
    return { ...known, attached: once(known.attached), attachedTo };
  });
  return { ...artifact, resolve };
}
function once(work) {
  let started;
  return () => {
    started ??= work();
    return started;
  };
}
async function withAttestations(artifact, results, required, examine) {
  const first = results.find(({ verdict }) => verdict !== void 0);
  if (first?.digest === void 0) return results;
  const { digest } = first;
  const again = examinedAgain(artifact, digest);
  const criteria = [];
  for (const one of required) criteria.push(await demand(one, results, digest, (type) => examine(again, type)));
  const failure = criteria.find((criterion) => criterion.failure !== void 0)?.failure;
  return results.map((result) => {
    if (result.verdict === void 0) return result;
    const all = [...result.criteria, ...criteria];
    return failure === void 0 ? { ...result, criteria: all } : { ...result, criteria: all, verdict: void 0, failure };
  });
}
function examinedAgain(artifact, digest) {
  return artifact.kind === "stream" ? { kind: "digest", name: artifact.name, digest: parseDigest(digest) } : artifact;
}
async function demand({ type, expected }, results, digest, examine) {
  const criterion = { name: "attestation", about: void 0, expected: type };
  const known = [...results];
  for (const next of [void 0, ...expected]) {
    if (next !== void 0) known.push(...(await examine(next)).filter((result) => result.digest === digest));
    const found = statedFor(known, expected);
    if (found !== void 0) return { ...criterion, outcome: "pass", found, failure: void 0 };
  }
  const failure = missing(type, known.slice(results.length));
  return { ...criterion, outcome: "fail", found: failure.message, failure };
}
function statedFor(results, expected) {
  const statedBy = (some) => some.map((result) => statedIn(result, expected)).find((found) => found !== void 0);
  const whole = statedBy(results.filter(({ part }) => part === void 0));
  if (whole !== void 0) return whole;
  const platforms = resultsByPart(results).map(statedBy);
  return platforms.every((found) => found !== void 0) ? platforms[0] : void 0;
}
function statedIn({ bundle, verdict }, expected) {
  if (verdict?.content.kind !== "dsse-envelope") return void 0;
  const { predicateType } = verdict.content.statement;
  return expected.some((one) => meets(one, predicateType)) ? `${predicateType} in ${bundle ?? "a bundle"}` : void 0;
}
var others = /* @__PURE__ */ new Set([
  "PREDICATE_TYPE_MISMATCH",
  "ARTIFACT_MISMATCH",
  "BUNDLE_MISSING"
]);
function missing(type, refused) {
  const near = refused.filter(({ failure, criteria }) => {
    const isType = criteria.some(({ name, outcome }) => name === "predicate-type" && outcome === "pass");
    return failure !== void 0 && (isType || criteria.length === 0 && !others.has(failure.code));
  });
  const cause = worstOf(near.map(({ failure }) => failure));
  const bundle = near.find(({ failure }) => failure === cause)?.bundle;
  return new CountersignError(
    "ATTESTATION_MISSING",
    `there is no ${type} attestation by an accepted signer${cause === void 0 ? "" : `; ${bundle ?? "a bundle"}: ${cause.message}`}`,
    {
      ...cause !== void 0 && { cause },
      remedy: "Check that the attestation is next to the artifact, attached to the image, or among the specified bundles."
    }
  );
}
export {
  policiesOfType,
  repeatable,
  withAttestations
};
