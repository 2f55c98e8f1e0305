import { __commonJS, __toESM } from "./core-errors-codes.mjs";
var require_damerau_levenshtein = __commonJS({
  wrapped(exports, module) {
    module.exports = function(__this, that, limit) {
      var thisLength = __this.length, thatLength = that.length, matrix = [];
      limit = (limit || (thatLength > thisLength ? thatLength : thisLength)) + 1;
      for (var i = 0; i < limit; i++) {
        matrix[i] = [i];
        matrix[i].length = limit;
      }
      for (i = 0; i < limit; i++) {
        matrix[0][i] = i;
      }
      if (Math.abs(thisLength - thatLength) > (limit || 100)) {
        return prepare(limit || 100);
      }
      if (thisLength === 0) {
        return prepare(thatLength);
      }
      if (thatLength === 0) {
        return prepare(thisLength);
      }
      var j, this_i, that_j, cost, min, t;
      for (i = 1; i <= thisLength; ++i) {
        this_i = __this[i - 1];
        for (j = 1; j <= thatLength; ++j) {
          if (i === j && matrix[i][j] > 4) return prepare(thisLength);
          that_j = that[j - 1];
          cost = this_i === that_j ? 0 : 1;
          min = matrix[i - 1][j] + 1;
          if ((t = matrix[i][j - 1] + 1) < min) min = t;
          if ((t = matrix[i - 1][j - 1] + cost) < min) min = t;
          matrix[i][j] = i > 1 && j > 1 && this_i === that[j - 2] && __this[i - 2] === that_j && (t = matrix[i - 2][j - 2] + cost) < min ? t : min;
        }
      }
      return prepare(matrix[thisLength][thatLength]);
      function prepare(steps) {
        var length = Math.max(thisLength, thatLength);
        var relative = length === 0 ? 0 : steps / length;
        var similarity = 1 - relative;
        return {
          steps,
          relative,
          similarity
        };
      }
    };
  }
});
var import_damerau_levenshtein = __toESM(require_damerau_levenshtein(), 1);
var longest = 64;
function nearestName(given, known) {
  if (given.length > longest) return void 0;
  const text = given.toLowerCase().replaceAll("_", "-");
  const ranked = known.map((name) => ({ name, steps: (0, import_damerau_levenshtein.default)(text, name.toLowerCase()).steps })).filter(({ name, steps }) => steps <= Math.max(1, Math.floor(Math.max(name.length, text.length) / 3))).sort((one, other) => one.steps - other.steps);
  return ranked[0]?.name;
}

import { parseJson } from "./core-encoding-json.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

import { asObject, asText } from "./core-encoding-json.mjs";

import { CountersignError, attempt } from "./core-errors-codes.mjs";

function explainInput(bytes, what, path, error) {
  const found = explainText(bytes) ?? explainDocument(bytes, what);
  if (found === void 0) return error;
  return new CountersignError(error.code, `the ${what} ${path} ${found.is}`, { remedy: found.remedy, cause: error });
}
function explainText(bytes) {
  const start = (decodeUtf8(bytes.subarray(0, 256)) ?? "").trimStart();
  if (start.startsWith("<"))
    return { is: "is HTML or XML, not JSON", remedy: "Check the URL that it was downloaded from." };
  if (start.startsWith("-----BEGIN ")) return { is: "is PEM, not JSON", remedy: "Check the path." };
  return void 0;
}
function explainDocument(bytes, what) {
  const document = asObject(attempt(() => parseJson(bytes)));
  if (document === void 0) return void 0;
  const type = (asText(document.mediaType ?? document.media_type) ?? "").toLowerCase();
  if (type.includes("clienttrustconfig") || "trustedRoot" in document && "signingConfig" in document) {
    const member = what === "signing config" ? "signingConfig" : "trustedRoot";
    return {
      is: "is a ClientTrustConfig, which contains a trusted root and a signing config",
      remedy: `Write the member \`${member}\` to a separate file (\`jq .${member} FILE\`), and specify that file.`
    };
  }
  if (type.includes("signingconfig.v0.1"))
    return {
      is: "is a signing config of version 0.1, which is not supported",
      remedy: "Use a signing config of version 0.2."
    };
  const kinds = [
    ["trusted root", type.includes("trustedroot")],
    ["signing config", type.includes("signingconfig")],
    ["bundle", type.includes("bundle")],
    ["TUF root", "signed" in document && "signatures" in document]
  ];
  const [kind] = kinds.find(([, isIt]) => isIt) ?? [];
  if (kind === void 0 || kind === what) return void 0;
  const remedies = {
    "trusted root": "Specify it with `trusted-root`.",
    "signing config": "Specify it with `signing-config`.",
    "TUF root": "Specify it with `tuf-root`, and the URL of its repository with `tuf-url`."
  };
  return { is: `is a ${kind}`, remedy: remedies[kind] ?? "Check the path." };
}
export {
  explainInput,
  nearestName
};
