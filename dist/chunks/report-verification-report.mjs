function notExamined(failure) {
  return { criteria: [], verdict: void 0, failure };
}
function unreadBundle(failure) {
  return { ...notExamined(failure), unread: true };
}
var severity = [
  "invalid",
  "mismatch",
  "absent",
  "unavailable",
  "local",
  "usage"
];
function artifactOutcomes({ results }) {
  const grouped = /* @__PURE__ */ new Map();
  for (const result of results) {
    const group = grouped.get(result.artifact);
    if (group === void 0) grouped.set(result.artifact, [result]);
    else group.push(result);
  }
  return [...grouped].map(([artifact, group]) => ({
    artifact,
    digest: group.find(({ digest }) => digest !== void 0)?.digest,
    image: group[0]?.image,
    results: group,
    failure: failureOf(group)
  }));
}
function isVerified(results) {
  const parts = resultsByPart(results);
  return results.some(({ part, verdict }) => part === void 0 && verdict !== void 0) || isEachVerified(parts);
}
function isEachVerified(parts) {
  return parts.length > 0 && parts.every((results) => results.some(({ verdict }) => verdict !== void 0));
}
function resultsByPart(results) {
  const parts = /* @__PURE__ */ new Map();
  for (const result of results) {
    const { part } = result;
    if (part !== void 0) parts.set(part.digest, [...parts.get(part.digest) ?? [], result]);
  }
  return [...parts.values()];
}
function failureOf(results) {
  if (isVerified(results)) return void 0;
  const missing = missingAttestation(results);
  if (missing !== void 0) return missing;
  const whole = results.filter(({ part }) => part === void 0);
  const parts = resultsByPart(results).filter((one) => !isEachVerified([one]));
  return worstOf([...whole, ...parts.flat()].map(({ failure }) => failure));
}
function missingAttestation(results) {
  const criteria = results.flatMap((result) => result.criteria);
  return criteria.find(({ name, failure }) => name === "attestation" && failure !== void 0)?.failure;
}
function worstOf(failures) {
  for (const kind of severity) {
    const found = failures.find((failure) => failure?.kind === kind);
    if (found !== void 0) return found;
  }
  return void 0;
}
export {
  artifactOutcomes,
  isVerified,
  notExamined,
  resultsByPart,
  unreadBundle,
  worstOf
};
