import { orUnreadable } from "./node-links.mjs";
import { openRegularFile, readUpTo, sameFile } from "./node-regular-file.mjs";
import { fail, __callDispose, __using } from "./core-errors-codes.mjs";
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
  readFileWithin
};
