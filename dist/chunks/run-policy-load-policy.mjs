import { CountersignError, fail } from "./core-errors-codes.mjs";
async function examineUnderRoots(roots, examine) {
  let best;
  for (const root of roots) {
    const examination = await examine(root);
    if (examination.verdict !== void 0) return examination;
    if (best === void 0 || passes(examination) > passes(best)) best = examination;
  }
  if (best === void 0) throw new CountersignError("TRUSTED_ROOT_MISSING", "no trusted root specified");
  return best;
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}

import { readResult } from "./core-statement-slsa-result.mjs";

import { given, isGiven, policyOptions, shownName } from "./run-policy-request.mjs";

import { policyRows } from "./options-policy.mjs";

import { optionName } from "./options-row.mjs";

import { readInput } from "./run-world-read-input.mjs";

import { leavesOpen } from "./core-log-cosignature.mjs";

import { countWitnesses, readWitnessKey } from "./core-log-cosignature.mjs";

import { readPublicKeyPem } from "./core-certificate-certificate.mjs";

import { fulcioExtensionArcs } from "./core-log-cosignature.mjs";

import { goUrl } from "./core-encoding-der-writer.mjs";

import { exactly, matching, pathWithin } from "./core-certificate-certificate.mjs";

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
function expectedSummary(request, maxAge) {
  const {
    vsa,
    verifierId: verifiers = [],
    resourceUri = "",
    requireLevel = [],
    vsaSourceRef: sourceRefs = []
  } = request;
  if (!vsa) {
    const others = given(request, "verifierId", "resourceUri", "requireLevel", "vsaSourceRef");
    if (others.length === 0) return [];
    return fail("POLICY_INVALID", `${others.join(" and ")} is for verification summaries, and none is required`, {
      remedy: "Set `vsa` to require one, or `vsa-out` to write one."
    });
  }
  const missing = [
    verifiers.length === 0 && "`verifier-id`",
    resourceUri === "" && "`resource-uri`",
    requireLevel.length === 0 && "`require-level`"
  ].filter((name2) => typeof name2 === "string");
  if (missing.length > 0)
    fail("POLICY_INVALID", `\`vsa\` is set without ${missing.join(" and ")}`, {
      remedy: "Specify the accepted verifier, the URI that its VSA must state, and a level such as `SLSA_BUILD_LEVEL_2`."
    });
  const levels = requireLevel.map((level) => readResult(level, "require-level"));
  return [
    {
      kind: "verification-summary",
      verifiers,
      resourceUri,
      levels,
      ...sourceRefs.length > 0 && { sourceRefs },
      ...maxAge !== void 0 && { maxAge }
    }
  ];
}
async function loadPolicy(request, world) {
  const { policy: path, ...said } = request;
  if (path === void 0)
    return { ...await policyOf(said, {}, void 0, world), source: { options: said, file: void 0 } };
  return policyOfFile(await readPolicyInput(path, "policy", world), path, said, world);
}
async function policyOfFile(text, path, said, world) {
  const { atKeys, readPolicyFile } = await import("./run-policy-policy-file.mjs");
  const written = await readPolicyFile(text, path);
  const policy = await policyOf(said, written.request, path, world).catch((failure) => {
    throw atKeys(failure, written, said, path);
  });
  return { ...policy, source: { options: said, file: text } };
}
async function policyOf(said, written, path, world) {
  const both = combined(written, said, path);
  const claims = () => [...expectedClaims(both), ...expectedClaims(claimsOf(said, written), both)];
  const release = isGiven(both, "release") ? await readRelease(both, claims) : void 0;
  const signer = isGiven(both, "key") ? { kind: "key", publicKey: await readKey(both, world) } : release?.signer ?? { kind: "identity", ...expectedSigner(both), claims: claims() };
  const thresholds = expectedThresholds(both);
  const timestampOnly = acceptsTimestampOnly(both);
  const attestations = await requiredAttestations([both, claimsOf(said, written)]);
  const maxAge = both.maxAge === void 0 ? void 0 : age(both.maxAge);
  const predicate = [
    ...expectedPredicate(both),
    ...expectedPredicate(claimsOf(said, written)),
    ...expectedSummary(both, maxAge)
  ];
  return {
    signer,
    content: {
      ...release?.content,
      ...pattern("predicateType", both.predicateType),
      ...pattern("subjectName", both.subjectName),
      ...predicate.length > 0 && { predicate }
    },
    witnesses: expectedWitnesses(both),
    thresholds,
    ...timestampOnly && { timestampOnly },
    ...maxAge !== void 0 && { maxAge },
    ...attestations.length > 0 && { attestations },
    warnings: warningsOf(signer, thresholds, timestampOnly)
  };
}
function policyUnder({ thresholds, warnings: _, attestations: __, source: ___, ...policy }, root) {
  const own = policy.signer.kind === "key" ? { signedCertificateTimestamps: 0, timestamps: 0 } : {};
  return { ...policy, sandbox: root.sandbox, thresholds: { ...root.thresholds, ...own, ...thresholds } };
}
function claimsOf(said, written) {
  const repeated = placed("both").filter((option) => isGiven(said, option) && isGiven(written, option));
  return Object.fromEntries(repeated.map((option) => [option, said[option]]));
}
function placed(place) {
  return policyOptions.filter((option) => policyRows[option].place === place);
}
var groups = [
  ...new Set(policyOptions.map(groupOf).filter((group) => group !== void 0))
].map((group) => policyOptions.filter((option) => groupOf(option) === group));
function groupOf(option) {
  const { place } = policyRows[option];
  return typeof place === "string" ? void 0 : place.group;
}
function combined(written, said, path) {
  for (const group of path === void 0 ? [] : groups) {
    const [here, there] = [given(said, ...group), given(written, ...group)];
    if (here.length > 0 && there.length > 0)
      fail(
        "POLICY_INVALID",
        `${here.join(", ")} would override ${there.join(", ").replaceAll("`", '"')} of the policy file`,
        {
          remedy: "Set these options either in the policy file or outside of it."
        }
      );
  }
  const insecure = path === void 0 ? [] : given(said, ...placed("file"));
  if (insecure.length > 0)
    fail("POLICY_INVALID", `${insecure.join(" and ")} would weaken the policy file`, {
      remedy: "Set it in the policy file."
    });
  const used = (request) => Object.fromEntries(
    policyOptions.filter((option) => isGiven(request, option)).map((option) => [option, request[option]])
  );
  return { ...used(said), ...used(written) };
}
async function readRelease(request, claims) {
  const others = given(request, ...policyOptions.filter((option) => !("withRelease" in policyRows[option])));
  const { expectedRelease } = await import("./run-policy-release.mjs");
  return expectedRelease(request, others, claims);
}
async function readKey(request, world) {
  const { key = "" } = request;
  const others = given(request, ...policyOptions.filter((option) => !("withKey" in policyRows[option])));
  if (others.length > 0) {
    fail(
      "POLICY_INVALID",
      `\`key\` requires a signature without a certificate, but ${others.join(" and ")} requires one with a certificate`,
      {
        remedy: "Specify either a key or an identity."
      }
    );
  }
  const text = await readPolicyInput(key, "public key", world);
  try {
    return readPublicKeyPem(text);
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    const { namedKeyFile } = await import("./cli-sandbox-settings.mjs");
    throw namedKeyFile(text, key) ?? failure;
  }
}
function pattern(option, value) {
  if (value === void 0) return {};
  if (value === "") fail("POLICY_INVALID", `\`${shownName(option)}\` is empty`);
  return { [option]: matching(value) };
}
function expectedPredicate({ builderId = [], buildType = [] }) {
  const of = (kind, values2) => values2.length === 0 ? [] : [{ kind, expected: values2.map((value) => meaningful(kind, value)) }];
  return [...of("builder-id", builderId), ...of("build-type", buildType)];
}
async function requiredAttestations(requests) {
  const types = [...new Set(requests.flatMap(({ requireAttestation = [] }) => requireAttestation))];
  if (types.length === 0) return [];
  const { requiredAttestation } = await import("./run-policy-attestation-types.mjs");
  return types.map(requiredAttestation);
}
var unitMilliseconds = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
function age(value) {
  const [, digits = "", unit = ""] = /^([1-9]\d{0,4})([mhdw])$/.exec(value) ?? [];
  if (digits === "")
    fail("POLICY_INVALID", `\`max-age\` is ${JSON.stringify(value)}, which is not a duration`, {
      remedy: "Specify a number with a unit: 90m, 12h, 30d or 8w."
    });
  return Number(digits) * unitMilliseconds[unit];
}
function expectedThresholds(request) {
  const one = (threshold, option, off) => {
    const value = request[option];
    if (off === void 0 || !isGiven(request, off))
      return value === void 0 ? {} : { [threshold]: positive(option, value) };
    if (value === void 0) return { [threshold]: 0 };
    return fail("POLICY_INVALID", `${given(request, option, off).join(" and ")} contradict each other`, {
      remedy: "Omit one of them."
    });
  };
  return {
    ...one("signedCertificateTimestamps", "certificateLogs", "insecureIgnoreSct"),
    ...one("logEntries", "logEntries", "insecureIgnoreTlog"),
    ...one("timestamps", "timestamps")
  };
}
function acceptsTimestampOnly(request) {
  if (!isGiven(request, "acceptTimestampOnly")) return void 0;
  if (!isGiven(request, "insecureIgnoreTlog")) return "accept";
  return fail("POLICY_INVALID", "`accept-timestamp-only` has no effect with `insecure-ignore-tlog`", {
    remedy: "Omit `insecure-ignore-tlog`, which accepts more."
  });
}
function expectedWitnesses({ witness = [], witnessThreshold }) {
  const keys = witness.map(readWitnessKey);
  const threshold = witnessThreshold === void 0 ? keys.length : positive("witnessThreshold", witnessThreshold);
  const named3 = countWitnesses(keys);
  if (threshold > named3) {
    fail("POLICY_INVALID", `\`witness-threshold\` is ${threshold}, but only ${named3} witnesses are specified`, {
      remedy: "Specify the key of each witness with `witness`."
    });
  }
  return { keys, threshold };
}
function positive(option, value) {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number >= 1) return number;
  const off = { certificateLogs: "insecure-ignore-sct", logEntries: "insecure-ignore-tlog" };
  const instead = Object.hasOwn(off, option) ? ` To require none, use \`${off[option]}\`.` : "";
  return fail(
    "POLICY_INVALID",
    `\`${shownName(option)}\` is ${JSON.stringify(value)}, which is not a number from 1 to 99`,
    {
      remedy: `Specify a number from 1 to 99.${instead}`
    }
  );
}
function warningsOf(signer, thresholds, timestampOnly) {
  return [
    ...signer.kind === "identity" && signer.identity === "any" ? ["any identity is accepted, so the signature does not prove who signed"] : [],
    ...signer.kind === "identity" && signer.issuer === "any" ? ["any OIDC issuer is accepted, and an issuer can assert any identity"] : [],
    ...thresholds.signedCertificateTimestamps === 0 ? ["certificate transparency is not required, so misissued certificates may go unnoticed"] : [],
    ...thresholds.logEntries === 0 ? ["transparency log entries are not required, so signatures may go unnoticed"] : [],
    ...timestampOnly === "accept" ? ["bundles with a timestamp and no transparency log entry are accepted, and such signatures may go unnoticed"] : []
  ];
}
async function readPolicyInput(path, what, world) {
  if (path === "") fail("POLICY_INVALID", `the path of the ${what} is empty`);
  return Buffer.from(await readInput(path, what, world)).toString("utf8");
}
export {
  examineUnderRoots,
  expectedClaims,
  expectedSigner,
  loadPolicy,
  policyOfFile,
  policyUnder
};
