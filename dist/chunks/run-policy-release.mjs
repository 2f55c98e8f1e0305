import { commitDigest, id } from "./run-policy-signer.mjs";
import { given, policyOptions } from "./run-policy-load-trust.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-encoding-der.mjs";
import { exactly } from "./core-certificate-certificate.mjs";
import "./core-encoding-go-url.mjs";
import "./core-encoding-json.mjs";
import { policyRows } from "./options-policy.mjs";
import "./options-shared.mjs";
import { fail } from "./core-errors-codes.mjs";
var publicSigner = "https://dotcom.releases.github.com";
function expectedRelease(request, repeated) {
  const others = given(request, ...policyOptions.filter((option) => !("withRelease" in policyRows[option])));
  if (others.length > 0)
    fail(
      "POLICY_INVALID",
      `${others.join(" and ")} cannot be combined with \`release\`: GitHub signs the attestations of releases`,
      {
        remedy: "Remove what cannot be combined. To require provenance as well, verify it in a second run."
      }
    );
  const { release = "" } = request;
  const [, repository = "", tag = ""] = /^([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+)@([^*]+)$/.exec(release) ?? fail("POLICY_INVALID", `\`release\` is ${JSON.stringify(release)}, which is not a release`, {
    remedy: "Use the form `owner/name@tag`. The tag is compared exactly."
  });
  const commits = inBoth("source-digest", request.sourceDigest, repeated.sourceDigest, commitDigest);
  const repositoryIds = inBoth("source-repository-id", request.sourceRepositoryId, repeated.sourceRepositoryId, id);
  const ownerIds = inBoth("source-owner-id", request.sourceOwnerId, repeated.sourceOwnerId, id);
  return {
    signer: { kind: "identity", identity: exactly(signerAt(request.hostname)), issuer: "none", claims: [] },
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
function inBoth(option, values = [], repeated = [], read) {
  const [own, others] = [values, repeated].map((list) => list.map((value) => read(option, value).value));
  if (own === void 0 || own.length === 0) return void 0;
  const common = others === void 0 || others.length === 0 ? own : own.filter((value) => others.includes(value));
  if (common.length > 0) return common;
  return fail("POLICY_INVALID", `no value of \`${option}\` is both in the policy file and outside of it`, {
    remedy: "Omit one of them."
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
  releaseInstance
};
