import { exactly } from "./core-certificate-certificate.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
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

import { parseJson } from "./core-encoding-json.mjs";

import { asObject, asText } from "./core-encoding-json.mjs";

import { decodeUtf8 } from "./core-encoding-json.mjs";

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
  expectedRelease,
  explainInput,
  releaseInstance
};
