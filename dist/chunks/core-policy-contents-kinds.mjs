import { failedResult, includesResult, readResult, repeatedTrack, verificationSummaryType } from "./core-statement-slsa-result.mjs";
import { meetsAddress, checkExpectation, demandMembers, list, readProvenance, statedList, statedText } from "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import { describeExpectation, meets } from "./core-certificate-certificate.mjs";
import { asText } from "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
function provenanceCheck(expectation, what, statedIn, matches) {
  const { kind, expected } = expectation;
  demandMembers(expectation, { kind: true, expected: true }, `the expectation ${kind}`);
  if (list(expected, `the expected values of ${kind}`).length === 0)
    fail("POLICY_INVALID", `${kind} has no expected values`);
  for (const one of expected) checkExpectation(one);
  const described = expected.map(describeExpectation).join(" or ");
  return {
    name: kind,
    expected: described,
    judge: (statement) => {
      const provenance = readProvenance(statement) ?? fail(
        "PREDICATE_TYPE_MISMATCH",
        `the predicate type is ${JSON.stringify(statement.predicateType)}; a ${what} is only in SLSA provenance v1 and v0.2`
      );
      const found = statedIn(provenance) ?? fail("PREDICATE_MISMATCH", `the provenance states no ${what}; expected ${JSON.stringify(described)}`);
      if (!expected.some((one) => matches(one, found)))
        fail(
          "PREDICATE_MISMATCH",
          `the ${what} is ${JSON.stringify(found.slice(0, 300))}; expected ${JSON.stringify(described)}`
        );
      return found;
    }
  };
}
function buildType(expectation) {
  return provenanceCheck(expectation, "build type", (provenance) => provenance.buildType, meets);
}
function builderId(expectation) {
  return provenanceCheck(expectation, "builder ID", (provenance) => provenance.builderId, meetsAddress);
}
function verificationSummary(expectation) {
  demandMembers(
    expectation,
    { kind: true, verifiers: true, resourceUri: true, levels: true, sourceRefs: true, maxAge: true },
    "the expectation verification-summary"
  );
  const { kind, resourceUri, sourceRefs = [], maxAge } = expectation;
  const verifiers = list(expectation.verifiers, "the verifiers of verification-summary");
  const levels = list(expectation.levels, "the levels of verification-summary");
  const refs = list(sourceRefs, "the source refs of verification-summary");
  if (verifiers.length === 0) fail("POLICY_INVALID", "verification-summary names no verifier");
  if (levels.length === 0) fail("POLICY_INVALID", "verification-summary requires no level");
  for (const text of [...verifiers, resourceUri, ...refs])
    if (typeof text !== "string" || text === "")
      fail("POLICY_INVALID", "an expected value of verification-summary is empty");
  for (const level of levels) readResult(level, "require-level");
  if (maxAge !== void 0 && !(maxAge >= 0)) fail("POLICY_INVALID", "the age of verification-summary is not a number");
  return {
    name: kind,
    expected: [`PASSED for ${resourceUri} by ${verifiers.join(" or ")}`, ...levels, ...refs].join(", "),
    judge: (statement, now) => {
      const stated = readSummary(statement);
      demandOneOf("verifier", stated.verifier, verifiers);
      demandOneOf("resource", stated.resourceUri, [resourceUri]);
      demandOneOf("result", stated.result, ["PASSED"]);
      demandLevels(stated.levels, levels);
      if (refs.length > 0) demandSourceRefs(statement, refs);
      if (maxAge !== void 0) demandAge(stated.time, maxAge, now);
      return `${stated.result} for ${stated.resourceUri} by ${stated.verifier}, ${stated.levels.join(", ") || "no level"}`;
    }
  };
}
function readSummary({ predicateType, predicate }) {
  if (predicateType !== verificationSummaryType)
    fail(
      "PREDICATE_TYPE_MISMATCH",
      `the predicate type is ${JSON.stringify(predicateType)}; expected a verification summary, ${JSON.stringify(verificationSummaryType)}`
    );
  const time = statedText(predicate, "timeVerified");
  return {
    verifier: statedText(predicate, "verifier", "id"),
    resourceUri: statedText(predicate, "resourceUri"),
    result: statedText(predicate, "verificationResult"),
    levels: statedList(predicate, "verifiedLevels").map(
      (level) => asText(level) ?? fail("STATEMENT_INVALID", "an entry of verifiedLevels in the predicate is not a text")
    ),
    time: time === void 0 ? void 0 : readTime(time)
  };
}
function readTime(text) {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = new Date(isTime ? text : Number.NaN);
  if (Number.isNaN(time.getTime()))
    fail(
      "STATEMENT_INVALID",
      `timeVerified in the predicate is ${JSON.stringify(text.slice(0, 100))}, which is not a time`
    );
  return time;
}
function demandOneOf(what, found, expected) {
  const wanted = JSON.stringify(expected.join(" or "));
  if (found === void 0) fail("PREDICATE_MISMATCH", `the verification summary states no ${what}; expected ${wanted}`);
  if (!expected.includes(found))
    fail(
      "PREDICATE_MISMATCH",
      `the ${what} of the verification summary is ${JSON.stringify(found.slice(0, 300))}; expected ${wanted}`
    );
}
function demandLevels(stated, demanded) {
  const track = repeatedTrack(stated);
  if (track !== void 0)
    fail("STATEMENT_INVALID", `the verification summary states several levels of the track ${JSON.stringify(track)}`);
  if (stated.includes(failedResult))
    fail("STATEMENT_INVALID", "the verification summary states both the result PASSED and the level FAILED");
  const missing = demanded.find((level) => !includesResult(stated, level));
  if (missing !== void 0)
    fail(
      "PREDICATE_MISMATCH",
      `the verification summary states ${JSON.stringify(stated.join(", ").slice(0, 300))}; expected ${missing}`
    );
}
function demandSourceRefs({ subjects }, expected) {
  for (const { annotations } of subjects) {
    const found = statedList(annotations, "sourceRefs");
    if (found.some((ref) => expected.some((one) => one === ref))) continue;
    fail(
      "PREDICATE_MISMATCH",
      `the verification summary is not about ${expected.join(" or ")}, but about ${JSON.stringify(found).slice(0, 300)}`
    );
  }
}
function demandAge(time, maxAge, now) {
  if (time === void 0) fail("PREDICATE_MISMATCH", "the verification summary does not state when it was made");
  if (now.getTime() - time.getTime() > maxAge)
    fail(
      "PREDICATE_MISMATCH",
      `the verification was at ${time.toISOString()}, which is longer ago than the policy allows`
    );
}
function predicateCheck(expectation) {
  switch (expectation.kind) {
    case "builder-id":
      return builderId(expectation);
    case "build-type":
      return buildType(expectation);
    case "verification-summary":
      return verificationSummary(expectation);
    default:
      return unknownKind(expectation);
  }
}
function unknownKind(expectation) {
  const { kind } = expectation;
  return fail("POLICY_INVALID", `${JSON.stringify(kind)} is not a kind of expectation of a predicate`);
}
export {
  predicateCheck
};
