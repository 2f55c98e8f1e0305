import { exactly, matching, pathWithin } from "./core-certificate-certificate.mjs";
import { fail, __commonJS, __toESM } from "./core-errors-codes.mjs";
var spdx = pathWithin("https://spdx.dev/Document");
var cyclonedx = pathWithin("https://cyclonedx.org/bom");
var provenance02 = exactly("https://slsa.dev/provenance/v0.2");
var vulns = pathWithin("https://in-toto.io/attestation/vulns");
var words = /* @__PURE__ */ new Map([
  ["sbom", [spdx, cyclonedx]],
  ["spdx", [spdx]],
  ["spdxjson", [spdx]],
  ["cyclonedx", [cyclonedx]],
  ["slsaprovenance", [provenance02]],
  ["slsaprovenance02", [provenance02]],
  ["slsaprovenance1", [exactly("https://slsa.dev/provenance/v1")]],
  ["link", [exactly("https://in-toto.io/Link/v1"), pathWithin("https://in-toto.io/attestation/link")]],
  ["vuln", [exactly("https://cosign.sigstore.dev/attestation/vuln/v1"), vulns]],
  ["vulns", [vulns]],
  ["test-result", [pathWithin("https://in-toto.io/attestation/test-result")]],
  ["release", [pathWithin("https://in-toto.io/attestation/release")]],
  ["openvex", [pathWithin("https://openvex.dev/ns")]],
  ["custom", [exactly("https://cosign.sigstore.dev/attestation/v1")]]
]);
function requiredAttestation(type) {
  const expected = words.get(type);
  if (expected !== void 0) return { type, expected };
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^*\s]/.test(type))
    fail("POLICY_INVALID", `\`require-attestation\` is ${JSON.stringify(type)}, which is not a type of attestation`, {
      remedy: `Use one of ${[...words.keys()].join(", ")}, or a predicate type (a URI).`
    });
  return { type, expected: [matching(type)] };
}

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
export {
  nearestName,
  requiredAttestation
};
