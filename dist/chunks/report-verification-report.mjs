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

import { orUnreadable } from "./subject-file-system.mjs";

import { openRegularFile, readUpTo, sameFile } from "./node-regular-file.mjs";

import { fail } from "./core-errors-codes.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

async function readFileWithin(files, { path, identity }, limit) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity))
        fail("SUBJECT_CHANGED", `${path} was replaced after the run started`);
      return await readUpTo(file, limit);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}
export {
  artifactOutcomes,
  notExamined,
  readFileWithin,
  unreadBundle,
  worstOf
};
