import { given, isGiven, policyOptions, shownName } from "./run-policy-load-trust.mjs";
import { leavesOpen, fulcioExtensionArcs } from "./core-certificate-signed-certificate-timestamp.mjs";
import { exactly, matching, pathWithin } from "./core-certificate-certificate.mjs";
import { goUrl } from "./core-encoding-go-url.mjs";
import { optionName } from "./options-shared.mjs";
import { fail } from "./core-errors-codes.mjs";
var identityOptions = [
  "certificateIdentity",
  "certificateIdentityWithin",
  "certificateIdentityGlob",
  "anyIdentity",
  "signerWorkflow",
  "signerRepo"
];
var sourceOptions = [
  "repo",
  "owner",
  "gitlabProject",
  "sourceRepositoryId",
  "sourceOwnerId"
];
var githubOptions = ["repo", "owner", "signerWorkflow", "signerRepo"];
var name = "[A-Za-z0-9_.-]+";
var repositoryName = new RegExp(`^(${name})/(${name})$`);
var qualifiedName = new RegExp(`^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})$`);
var fileName = String.raw`[^/@*\p{Cc}]+\.ya?ml`;
var workflowName = new RegExp(
  `^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})/(\\.github/workflows/${fileName})(?:@(.+))?$`,
  "u"
);
function expectedSigner(request) {
  refuseRegularExpressions(request);
  const [first, ...others] = given(request, ...identityOptions);
  if (first !== void 0 && others.length > 0)
    fail("POLICY_INVALID", `${[first, ...others].join(" and ")} cannot be combined: each specifies the signer`, {
      remedy: "Specify only one of them."
    });
  const [source2, ...more] = given(request, "repo", "owner", "gitlabProject");
  if (more.length > 0)
    fail("POLICY_INVALID", `${[source2, ...more].join(" and ")} cannot be combined: each specifies the source`, {
      remedy: "Specify only one of them. `repo` includes the owner."
    });
  return { identity: expectedIdentity(request), issuer: expectedIssuer(request) };
}
function sourceAddress(request) {
  const { repo, owner, gitlabProject } = request;
  if (gitlabProject !== void 0) return `${gitlabServer(request)}/${projectPath(gitlabProject)}`;
  if (repo !== void 0) return `${server(request)}/${repositoryPath("repo", repo)}`;
  if (owner !== void 0) return `${server(request)}/${ownerName(owner)}`;
  return void 0;
}
function expectedIdentity(request) {
  const { certificateIdentity, certificateIdentityWithin, certificateIdentityGlob } = request;
  if (request.anyIdentity) return "any";
  if (certificateIdentity !== void 0) return exactIdentity(certificateIdentity);
  if (certificateIdentityWithin !== void 0) return identityWithin(certificateIdentityWithin);
  if (certificateIdentityGlob !== void 0) return identityGlob(certificateIdentityGlob);
  if (request.signerWorkflow !== void 0) return signerWorkflow(request, request.signerWorkflow);
  if (request.signerRepo !== void 0) return signerRepository(request, request.signerRepo);
  const source2 = sourceAddress(request);
  return source2 === void 0 ? unnamed(request) : pathWithin(source2);
}
function unnamed(request) {
  const narrowed = given(request, ...policyOptions);
  const said = narrowed.length === 0 ? "" : `; ${narrowed.join(", ")} alone ${narrowed.length === 1 ? "is" : "are"} not enough`;
  return fail("POLICY_INVALID", `no signer specified${said}`, {
    remedy: "Set `repo` (owner/name, on GitHub), `gitlab-project`, `certificate-identity` with `certificate-oidc-issuer`, `key`, or `policy` with a file that specifies the signer."
  });
}
function exactIdentity(value) {
  if (value.includes("*"))
    fail("POLICY_INVALID", "`certificate-identity` contains a *, but it is compared exactly", {
      remedy: "Use `certificate-identity-glob` for a pattern."
    });
  return named("certificateIdentity", inOneForm("certificateIdentity", value), exactly);
}
function identityWithin(value) {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+/.test(value) || value.includes("*"))
    fail(
      "POLICY_INVALID",
      `\`certificate-identity-within\` is ${JSON.stringify(value)}, which has no path after the host`,
      {
        remedy: "Specify at least one path segment, as in `https://gitlab.com/group`."
      }
    );
  return pathWithin(inOneForm("certificateIdentityWithin", value));
}
function identityGlob(value) {
  if (value !== "" && leavesOpen("identity", [matching(value)]))
    fail("POLICY_INVALID", `the identity pattern ${JSON.stringify(value)} is too broad: it does not fix an owner`, {
      remedy: "Spell out the host and the owner, as in `https://github.com/owner/**`, or the domain of an email address. To accept any identity, use `any-identity`."
    });
  return named("certificateIdentityGlob", inOneForm("certificateIdentityGlob", value), matching);
}
function signerWorkflow(request, value) {
  demandSource(request, "signerWorkflow");
  const [, host, owner = "", repository = "", file = "", ref = "**"] = workflowName.exec(value) ?? fail("POLICY_INVALID", `\`signer-workflow\` is ${JSON.stringify(value)}, which is not the path of a workflow`, {
    remedy: "Use the form `owner/name/.github/workflows/file.yml`, optionally followed by a ref such as `@refs/tags/v*`."
  });
  if (ref.includes("@") && !ref.startsWith("refs/"))
    fail("POLICY_INVALID", `\`signer-workflow\` has the ref ${JSON.stringify(ref)}, which is not a full ref`, {
      remedy: "Specify the full ref, as in `@refs/heads/main`. If the file name of the workflow contains an @, use `certificate-identity`."
    });
  const address = `${serverOf(host, request)}/${owner}/${repository}/${file}@${ref}`;
  return matching(inOneForm("signerWorkflow", address));
}
function inOneForm(option, address) {
  const isOpen = /^https?:/.test(address) && address.includes("%") && goUrl(address) !== address;
  if (!isOpen) return address;
  return fail(
    "POLICY_INVALID",
    `\`${shownName(option)}\` is ${JSON.stringify(address)}, which is only partly percent-encoded`,
    {
      remedy: "Write the whole name without percent-encoding, or exactly as in the certificate."
    }
  );
}
function signerRepository(request, value) {
  demandSource(request, "signerRepo");
  const [, host, owner = "", repository = ""] = qualifiedName.exec(value) ?? fail("POLICY_INVALID", `\`signer-repo\` is ${JSON.stringify(value)}, which is not a repository`, {
    remedy: "Use the form `owner/name`."
  });
  return pathWithin(`${serverOf(host, request)}/${owner}/${repository}`);
}
function demandSource(request, option) {
  const claims = (request.claim ?? []).map((claim) => claim.slice(0, claim.indexOf("=")));
  const isSource = /^source-repository-(owner-)?(uri|identifier)$/;
  if (given(request, ...sourceOptions).length > 0 || claims.some((claim) => isSource.test(claim))) return;
  fail("POLICY_INVALID", `\`${shownName(option)}\` specifies the signing workflow but not the source repository`, {
    remedy: "Set `repo` or `owner` as well, because other repositories may be able to call the same workflow."
  });
}
function expectedIssuer(request) {
  const { certificateOidcIssuer: issuer, anyIssuer, issuerPreset } = request;
  const options = given(request, "certificateOidcIssuer", "issuerPreset", "anyIssuer");
  if (options.length > 1)
    fail("POLICY_INVALID", `${options.join(" and ")} contradict each other`, {
      remedy: anyIssuer ? "Omit `any-issuer`." : "Specify only one of them."
    });
  if (anyIssuer) return "any";
  if (issuerPreset !== void 0) return exactly(presetIssuer(issuerPreset));
  if (issuer !== void 0) {
    if (issuer.includes("*"))
      fail("POLICY_INVALID", "`certificate-oidc-issuer` contains a *, but it is compared exactly");
    return named("certificateOidcIssuer", issuer, exactly);
  }
  if (request.gitlabProject !== void 0) return exactly(gitlabServer(request));
  if (given(request, ...githubOptions).length === 0) noIssuer();
  return exactly(githubIssuer(request));
}
function noIssuer() {
  return fail("POLICY_INVALID", "no OIDC issuer specified", {
    remedy: "Set `certificate-oidc-issuer`, or `issuer-preset` with a name such as github or gitlab, because any issuer could assert this identity."
  });
}
var issuers = {
  github: "https://token.actions.githubusercontent.com",
  gitlab: "https://gitlab.com",
  buildkite: "https://agent.buildkite.com",
  circleci: "https://oidc.circleci.com",
  codeberg: "https://codeberg.org/api/actions",
  google: "https://accounts.google.com",
  "github-login": "https://github.com/login/oauth",
  microsoft: "https://login.microsoftonline.com"
};
function presetIssuer(name2) {
  const issuer = Object.hasOwn(issuers, name2) ? issuers[name2] : void 0;
  return issuer ?? fail("POLICY_INVALID", `\`issuer-preset\` is ${JSON.stringify(name2)}, which is not a known issuer`, {
    remedy: `Use one of ${Object.keys(issuers).join(", ")}, or specify the URL with \`certificate-oidc-issuer\`.`
  });
}
function githubIssuer(request) {
  const { host } = new URL(server(request));
  if (host === "github.com") return "https://token.actions.githubusercontent.com";
  if (host.endsWith(".ghe.com")) return `https://token.actions.${host}`;
  return noIssuer();
}
function server(request) {
  return serverOf(void 0, request);
}
function gitlabServer({ hostname = "gitlab.com" }) {
  return serverOf(void 0, { hostname });
}
function serverOf(host, { hostname = "github.com" }) {
  if (!/^[a-z0-9.-]+(:\d+)?$/.test(hostname))
    fail("POLICY_INVALID", `\`hostname\` is ${JSON.stringify(hostname)}, which is not a host name`, {
      remedy: "Specify only the host, as in `github.com`."
    });
  return `https://${host ?? hostname}`;
}
function repositoryPath(option, value) {
  if (!repositoryName.test(value))
    fail("POLICY_INVALID", `\`${shownName(option)}\` is ${JSON.stringify(value)}, which is not a repository`, {
      remedy: "Use the form `owner/name`."
    });
  return value;
}
function projectPath(value) {
  if (!new RegExp(`^${name}(?:/${name})+$`).test(value))
    fail("POLICY_INVALID", `\`gitlab-project\` is ${JSON.stringify(value)}, which is not a project`, {
      remedy: "Use the full path of the project, as in `group/name` or `group/subgroup/name`."
    });
  return value;
}
function ownerName(value) {
  if (!/^[A-Za-z0-9_.-]+$/.test(value))
    fail("POLICY_INVALID", `\`owner\` is ${JSON.stringify(value)}, which is not an owner`, {
      remedy: "Specify only the name of the owner."
    });
  return value;
}
function named(option, value, make) {
  return value === "" ? fail("POLICY_INVALID", `\`${shownName(option)}\` is empty`) : make(value);
}
function refuseRegularExpressions(request) {
  const options = ["certificateIdentityRegexp", "certificateOidcIssuerRegexp"];
  const used = options.find((option) => isGiven(request, option));
  if (used === void 0) return;
  fail(
    "POLICY_INVALID",
    `\`${shownName(used)}\` is not supported: a regular expression that is not anchored, or in which a dot is not escaped, accepts unintended identities`,
    {
      remedy: "Use `certificate-identity` for an exact identity, `certificate-identity-within` for a path, `certificate-identity-glob` for a pattern, or `repo`. Issuers are always compared exactly."
    }
  );
}
var claimNames = new Map(
  Object.keys(fulcioExtensionArcs).map((claim) => [optionName(claim), claim])
);
var commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function expectedClaims(request, whole = request) {
  return [
    ...source(request),
    ...values("sourceRepositoryRef", request.sourceRef, (value) => meaningful("source-ref", value)),
    ...values("sourceRepositoryDigest", request.sourceDigest, (value) => commitDigest("source-digest", value)),
    ...values("buildSignerDigest", request.signerDigest, (value) => commitDigest("signer-digest", value)),
    ...values("sourceRepositoryIdentifier", request.sourceRepositoryId, (value) => id("source-repository-id", value)),
    ...values("sourceRepositoryOwnerIdentifier", request.sourceOwnerId, (value) => id("source-owner-id", value)),
    ...values("buildTrigger", request.trigger, (value) => meaningful("trigger", value)),
    ...values(
      "runnerEnvironment",
      runnerEnvironments(request, hostOfRunners(whole)),
      (value) => meaningful("runner-environment", value)
    ),
    ...named2("claim", request.claim ?? []).map(([claim, expected]) => {
      demandBinding(optionName(claim), claim, expected);
      return { claim, expected };
    }),
    ...named2("refuse-claim", request.refuseClaim ?? []).map(([claim, refused]) => ({ claim, expected: [], refused }))
  ];
}
function source(request) {
  const address = sourceAddress(request);
  if (address === void 0) return [];
  return [
    {
      claim: request.owner === void 0 ? "sourceRepositoryUri" : "sourceRepositoryOwnerUri",
      expected: [exactly(address)]
    }
  ];
}
function values(claim, given2, read) {
  if (given2 === void 0 || given2.length === 0) return [];
  const expected = given2.map(read);
  demandBinding(optionName(claim), claim, expected);
  return [{ claim, expected }];
}
function demandBinding(name2, claim, expected) {
  if (!leavesOpen(claim, expected)) return;
  const patterns = expected.map(({ value }) => value).join(" or ");
  fail("POLICY_INVALID", `\`${name2}\` is ${patterns}, which matches everyone`, {
    remedy: "Spell out at least the host and the owner, as in `https://github.com/owner/*`, or omit it."
  });
}
function runnerEnvironments({ runnerEnvironment = [], denySelfHostedRunners }, host) {
  if (!denySelfHostedRunners) return runnerEnvironment;
  const hosted = `${host}-hosted`;
  if (runnerEnvironment.some((one) => one !== hosted))
    fail("POLICY_INVALID", "`runner-environment` and `deny-self-hosted-runners` contradict each other", {
      remedy: "Omit one of them."
    });
  return [hosted];
}
function hostOfRunners({ gitlabProject, issuerPreset = "" }) {
  if (gitlabProject !== void 0) return "gitlab";
  return ["gitlab", "buildkite"].includes(issuerPreset) ? issuerPreset : "github";
}
function named2(option, given2) {
  const claims = /* @__PURE__ */ new Map();
  for (const text of given2) {
    const [, name2 = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(text)}, which does not have the form name=value`, {
      remedy: "Write it as `name=value`."
    });
    const claim = claimNames.get(name2) ?? unknownClaim(name2);
    claims.set(claim, [...claims.get(claim) ?? [], meaningful(name2, value)]);
  }
  return [...claims];
}
function unknownClaim(name2) {
  return fail("POLICY_INVALID", `${JSON.stringify(name2)} is not a certificate claim`, {
    remedy: `Use one of ${[...claimNames.keys()].join(", ")}.`
  });
}
function meaningful(name2, value) {
  if (value === "" || /^[*/]+$/.test(value))
    fail(
      "POLICY_INVALID",
      value === "" ? `\`${name2}\` is empty` : `\`${name2}\` is ${value}, which matches everything`,
      {
        remedy: "Specify a value, or omit it."
      }
    );
  return matching(value);
}
function commitDigest(option, value) {
  const hex = value.toLowerCase();
  if (!commit.test(hex))
    fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(value)}, which is not a full commit digest`, {
      remedy: "Specify all 40 or 64 hexadecimal digits."
    });
  return exactly(hex);
}
function id(option, value) {
  if (!/^\d+$/.test(value))
    fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(value)}, which is not a number`, {
      remedy: "Specify the numeric ID, which `gh api repos/OWNER/NAME --jq .id` (or `.owner.id`) prints."
    });
  return exactly(value);
}
export {
  commitDigest,
  expectedClaims,
  expectedSigner,
  id,
  meaningful
};
