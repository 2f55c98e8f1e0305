var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name) {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === void 0 ? void 0 : name.slice(0, -suffix.length);
}

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
    failure: group.some(({ verdict }) => verdict !== void 0) ? void 0 : worstOf(group.map((one) => one.failure))
  }));
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
  bundleStem,
  notExamined,
  unreadBundle,
  worstOf
};
