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

import { exactly } from "./core-certificate-certificate.mjs";

import { fail } from "./core-errors-codes.mjs";

var publicSigner = "https://dotcom.releases.github.com";
function expectedRelease({ release = "", hostname }, others, readClaims) {
  if (others.length > 0)
    fail("POLICY_INVALID", `${others.join(" and ")} cannot be combined with \`release\`, which GitHub itself signs`, {
      remedy: "Remove what cannot be combined. To require provenance as well, verify it in a second run."
    });
  const [, repository = "", tag = ""] = /^([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+)@([^*]+)$/.exec(release) ?? fail("POLICY_INVALID", `\`release\` is ${JSON.stringify(release)}, which is not a release`, {
    remedy: "Use the form `owner/name@tag`. The tag is compared exactly."
  });
  const claims = readClaims();
  const commits = allowed(claims, "sourceRepositoryDigest");
  const repositoryIds = allowed(claims, "sourceRepositoryIdentifier");
  const ownerIds = allowed(claims, "sourceRepositoryOwnerIdentifier");
  return {
    signer: { kind: "identity", identity: exactly(signerAt(hostname)), issuer: "none", claims: [] },
    content: {
      release: {
        repository,
        tag,
        ...commits && { commits },
        ...repositoryIds && { repositoryIds },
        ...ownerIds && { ownerIds }
      }
    }
  };
}
function allowed(claims, name) {
  const lists = claims.flatMap(({ claim, expected }) => claim === name ? [expected.map(({ value }) => value)] : []);
  const [first, ...others] = lists;
  const common = first?.filter((value) => others.every((values) => values.includes(value)));
  if (common?.length !== 0) return common;
  return fail("POLICY_INVALID", "the policy file and the options allow no common commit or ID", {
    remedy: "Specify them in one place only."
  });
}
function signerAt(hostname = "github.com") {
  if (hostname === "github.com") return publicSigner;
  const [, tenant] = (
    // Of the name that github.com itself has, nothing could tell which of the two is meant.
    /^(?!dotcom\.)([a-z0-9-]+)\.ghe\.com$/.exec(hostname) ?? fail("POLICY_INVALID", `\`hostname\` is ${JSON.stringify(hostname)}, which has no attested releases`, {
      remedy: "Use `github.com`, or the host of your enterprise, `name.ghe.com`."
    })
  );
  return `https://${tenant}.releases.github.com`;
}
function releaseInstance(request, { signer }) {
  const { name, tufUrl, trustedRoot } = request;
  if (name === "staging" || name === "custom" || tufUrl !== void 0)
    fail(
      "USAGE",
      `${tufUrl === void 0 ? `\`instance: ${name}\`` : "`tuf-url`"} cannot be combined with \`release\``,
      {
        remedy: "Omit it: the attestations of releases are issued by GitHub's own instance. To use a file, set `trusted-root`."
      }
    );
  const isPublic = signer.kind === "identity" && signer.identity !== "any" && signer.identity.value === publicSigner;
  if (!isPublic && trustedRoot === void 0)
    fail("USAGE", "the trusted root of this host is not built in", {
      remedy: "Save the output of `gh attestation trusted-root --hostname HOST`, and set `trusted-root` to its path."
    });
  return name === "public-good" ? { ...request, name: "github" } : request;
}
export {
  expectedRelease,
  nearestName,
  releaseInstance
};
