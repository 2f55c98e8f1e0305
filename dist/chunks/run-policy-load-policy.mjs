import { readResult } from "./core-statement-slsa-result.mjs";
import { readInput } from "./core-trust-trusted-root.mjs";
import { given, isGiven, policyOptions, shownName } from "./run-policy-load-trust.mjs";
import { artifactOfDigest, artifactOfRelease, examiner, leavesOpen } from "./core-certificate-path.mjs";
import { countWitnesses, readWitnessKey, fulcioExtensionArcs } from "./core-certificate-signed-certificate-timestamp.mjs";
import { readPublicKeyPem, exactly, matching, pathWithin } from "./core-certificate-certificate.mjs";
import { goUrl } from "./core-encoding-der-writer.mjs";
import { policyRows } from "./options-policy.mjs";
import { optionName } from "./options-shared.mjs";
import { CountersignError, attempt, fail, systemCode } from "./core-errors-codes.mjs";
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
  const missing2 = [
    verifiers.length === 0 && "`verifier-id`",
    resourceUri === "" && "`resource-uri`",
    requireLevel.length === 0 && "`require-level`"
  ].filter((name2) => typeof name2 === "string");
  if (missing2.length > 0)
    fail("POLICY_INVALID", `\`vsa\` is set without ${missing2.join(" and ")}`, {
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
  const text = await readPolicyInput(path, "policy", world);
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
    ...maxAge !== void 0 && { maxAge },
    ...attestations.length > 0 && { attestations },
    warnings: warningsOf(signer, thresholds)
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
function warningsOf(signer, thresholds) {
  return [
    ...signer.kind === "identity" && signer.identity === "any" ? ["any identity is accepted, so the signature does not prove who signed"] : [],
    ...signer.kind === "identity" && signer.issuer === "any" ? ["any OIDC issuer is accepted, and an issuer can assert any identity"] : [],
    ...thresholds.signedCertificateTimestamps === 0 ? ["certificate transparency is not required, so misissued certificates may go unnoticed"] : [],
    ...thresholds.logEntries === 0 ? ["transparency log entries are not required, so signatures may go unnoticed"] : []
  ];
}
async function readPolicyInput(path, what, world) {
  if (path === "") fail("POLICY_INVALID", `the path of the ${what} is empty`);
  return Buffer.from(await readInput(path, what, world)).toString("utf8");
}

import { notExamined, unreadBundle, worstOf } from "./report-verification-report.mjs";

import { readStatement, statementPayloadType } from "./core-certificate-path.mjs";

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { utf8Bytes, wideEncoding } from "./node-regular-file.mjs";

import { equalDigests, formatDigest, isHash, toDigest } from "./node-regular-file.mjs";

import { parseJsonMembers } from "./core-encoding-json.mjs";

import { createHash } from "node:crypto";
var maxCandidates = 256;
var maxLines = 1e5;
var maxUnread = 100;
var longLength = 64 * 1024;
function readingBudget() {
  return { left: maxBundleLength };
}
var bundlesOnly = (_json, _path, failure) => failure;
function readBundles(bytes, path, stem, budget = readingBudget(), other = bundlesOnly) {
  const whole = () => readOne({ json: bytes, path, stem, keep: takes(budget, bytes), other });
  if (!path.endsWith(".jsonl")) return whole();
  const lines = linesOf(bytes);
  if (lines.length < 2 || lines.length > maxLines) return whole();
  if (!lines.every(isObject)) {
    const one = whole();
    if (one.unread.length === 0 || isOneDocument(lines)) return one;
  }
  return readLines(lines, path, budget, other);
}
function readLines(lines, path, budget, other) {
  const seen = /* @__PURE__ */ new Set();
  const bundles = [];
  const unread = [];
  let moreUnread = 0;
  for (const { number, json } of lines) {
    const hash = sha256(json).toString("base64");
    if (seen.has(hash)) continue;
    seen.add(hash);
    const keep = json.length <= longLength && takes(budget, json);
    const read = readOne({ json, path: `${path}:${number}`, stem: void 0, keep, other });
    bundles.push(...read.bundles);
    for (const one of read.unread) {
      if (unread.length < maxUnread || isWorse(one, unread)) unread.push(one);
      else moreUnread++;
    }
  }
  return { bundles, unread, moreUnread };
}
function isWorse(one, others) {
  return worstOf([...others, one].map(({ failure }) => failure)) === one.failure;
}
function takes(budget, { length }) {
  if (length > budget.left) return false;
  budget.left -= length;
  return true;
}
function readOne({ json: bytes, path, stem, keep, other }) {
  const json = utf8OrFailure(bytes, path);
  if (json instanceof CountersignError) {
    const named3 = wideEncoding(bytes) === void 0 ? other(bytes, path, json) : json;
    return { bundles: [], unread: [{ path, failure: named3 instanceof CountersignError ? named3 : json, stem }] };
  }
  const digest = toDigest("sha256", sha256(bytes));
  const found = foundOrUnread(() => readBundle(json), path, stem, keep, digest);
  if (!("failure" in found)) return { bundles: [found], unread: [] };
  const others = other(json, path, found.failure);
  if (others instanceof CountersignError) return { bundles: [], unread: [{ ...found, failure: others }] };
  const all = others.map(
    ({ at, read }) => foundOrUnread(read, at === "" ? path : `${path}: ${at}`, stem, keep, digest)
  );
  return {
    bundles: all.flatMap((one) => "failure" in one ? [] : [one]),
    unread: all.flatMap((one) => "failure" in one ? [one] : [])
  };
}
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest();
}
function utf8OrFailure(bytes, path) {
  try {
    return utf8Bytes(bytes, "BUNDLE_INVALID", `the bundle ${path}`);
  } catch (failure) {
    if (failure instanceof CountersignError) return failure;
    throw failure;
  }
}
function foundOrUnread(read, path, stem, keep, digest) {
  try {
    const bundle = read();
    const found = { path, stem, content: bundle.content.kind, named: namedDigests(bundle), digest };
    if (keep) return { ...found, bundle };
    return {
      ...found,
      get bundle() {
        return read();
      }
    };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { path, failure, stem };
  }
}
function joinPools(pools) {
  return {
    bundles: pools.flatMap(({ bundles }) => bundles),
    unread: pools.flatMap(({ unread }) => unread),
    moreUnread: pools.reduce((sum, { moreUnread = 0 }) => sum + moreUnread, 0)
  };
}
function candidates(pool, digests, names) {
  const { all, unnamed: unnamed2, byDigest, byStem, unreadByStem } = indexOf(pool);
  if (all.length === 1) return all;
  const groups2 = [
    unnamed2,
    ...digests.map((digest) => byDigest.get(formatDigest(digest)) ?? []),
    ...[...names].flatMap((name2) => [byStem.get(name2) ?? [], unreadByStem.get(name2) ?? []])
  ];
  const longest = Math.max(...groups2.map(({ length }) => length));
  if (longest > maxCandidates) tooMany(longest);
  const chosen = [...new Set(groups2.flat())].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
  return demandFew(chosen);
}
function demandFew(chosen) {
  return chosen.length > maxCandidates ? tooMany(chosen.length) : chosen;
}
function tooMany(count) {
  fail("LIMIT_EXCEEDED", `${count} bundles may be for this artifact; the limit is ${maxCandidates}`, {
    remedy: "Specify the relevant bundles with `bundle`."
  });
}
function aboutOthers({ bundles }, digests) {
  return new CountersignError(
    "BUNDLE_MISSING",
    `none of the bundles (${bundles.length}) is for ${digests.map(formatDigest).join(", ")}`,
    { remedy: "Check that the artifact was not changed after signing, and that its bundle is among the bundles." }
  );
}
function isAboutOthers({ named: named3 }, digests) {
  return named3 !== void 0 && !named3.some((one) => digests.some((digest) => equalDigests(one, digest)));
}
function namedAlgorithms({ bundles }) {
  const algorithms = /* @__PURE__ */ new Set();
  for (const { named: named3 = [] } of bundles) for (const { algorithm } of named3.filter(isHash)) algorithms.add(algorithm);
  return [...algorithms];
}
var indices = /* @__PURE__ */ new WeakMap();
function indexOf(pool) {
  const known = indices.get(pool);
  if (known !== void 0) return known;
  const unnamed2 = [];
  const byDigest = /* @__PURE__ */ new Map();
  const byStem = /* @__PURE__ */ new Map();
  const unreadByStem = /* @__PURE__ */ new Map();
  for (const [at, { named: named3, stem }] of pool.bundles.entries()) {
    if (named3 === void 0) unnamed2.push(at);
    for (const digest of new Set(named3?.map(formatDigest))) enter(byDigest, digest, at);
    if (stem !== void 0) enter(byStem, stem, at);
  }
  for (const [at, { stem }] of pool.unread.entries()) {
    if (stem !== void 0) enter(unreadByStem, stem, pool.bundles.length + at);
  }
  const all = [...pool.bundles, ...pool.unread];
  const index = { all, unnamed: unnamed2, byDigest, byStem, unreadByStem };
  indices.set(pool, index);
  return index;
}
function enter(numbers, key, at) {
  const group = numbers.get(key);
  if (group === void 0) numbers.set(key, [at]);
  else group.push(at);
}
function namedDigests({ content }) {
  if (content.kind === "message-signature") return content.messageDigest && [content.messageDigest];
  if (content.payloadType !== statementPayloadType) return void 0;
  try {
    return readStatement(content.payload).subjects.flatMap(({ digests }) => digests);
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var lineFeed = 10;
var byteOrderMark = [239, 187, 191];
function linesOf(bytes) {
  const lines = [];
  const isMarked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  let start = isMarked ? byteOrderMark.length : 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const json = trimmed(bytes.subarray(start, end));
    start = end + 1;
    if (json.length === 0) continue;
    lines.push({ number, json });
    if (lines.length > maxLines) break;
  }
  return lines;
}
function isObject({ json }) {
  return json[0] === 123 && json.at(-1) === 125;
}
function isOneDocument(lines) {
  const isWhole = ({ json }) => attempt(() => parseJsonMembers(json, [])) !== void 0;
  const [first] = lines;
  return first === void 0 || first.json.length === 1 || !lines.some(isWhole);
}
function trimmed(line) {
  const isBlank = (byte) => byte === 32 || byte !== void 0 && byte >= 9 && byte <= 13;
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}

import { leadsOutOf } from "./node-links.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import { pathBelow } from "./node-concurrency.mjs";

import { NotRegularFile, readRegularFile } from "./node-regular-file.mjs";

import { basename, join, relative, resolve, sep } from "node:path";
var maxFileLength = 128 * 1024 * 1024;
var maxTotalLength = 512 * 1024 * 1024;
async function namedBundles(places, files) {
  const { paths, directory } = places;
  if (paths.length === 0 && directory === void 0) return void 0;
  const found = directory === void 0 ? [] : await bundleFiles(directory, places, files);
  const pools = [];
  let total = 0;
  const budget = readingBudget();
  for (const path of /* @__PURE__ */ new Set([...paths, ...found])) {
    await demandInside(path, places, files);
    const stem = directory === void 0 ? void 0 : bundleStem(relative(directory, path).split(sep).join("/"));
    const bytes = await readBundleFile(path, files);
    if (bytes === void 0) missing(path);
    if (bytes instanceof CountersignError) {
      pools.push(unreadable(shown(path, places), bytes, stem));
      continue;
    }
    total += bytes.length;
    if (total > maxTotalLength)
      fail("LIMIT_EXCEEDED", `the bundles exceed the limit of ${maxTotalLength} bytes in total`, {
        remedy: "Verify the artifacts in several runs."
      });
    pools.push(await readPool(bytes, shown(path, places), stem, budget));
  }
  return joinPools(pools);
}
async function readPool(bytes, path, stem, budget = readingBudget()) {
  const { left } = budget;
  const pool = readBundles(bytes, path, stem, budget);
  if (pool.unread.length === 0) return pool;
  const { readOtherFormat } = await import("./run-verify-other-formats.mjs");
  budget.left = left;
  return readBundles(bytes, path, stem, budget, readOtherFormat);
}
function unreadable(path, failure, stem) {
  return { bundles: [], unread: [{ path, failure, stem }] };
}
async function bundlesBeside(artifact, places, files) {
  const pools = [];
  for (const path of pathsBeside(artifact, places)) {
    const bytes = await readBundleFile(path, files).catch(asFailure);
    if (bytes === void 0) continue;
    await demandInside(path, places, files);
    const place = shown(path, places);
    if (bytes instanceof CountersignError) pools.push(unreadable(place, bytes, artifact.name));
    else pools.push(await readPool(bytes, place, artifact.name));
  }
  return joinPools(pools);
}
function pathsBeside(artifact, { workspace }) {
  if (artifact.kind === "stream" || artifact.kind === "release") return [];
  const base = artifact.kind === "file" ? resolve(artifact.path) : resolve(workspace, artifact.name);
  const suffixes = [
    ".sigstore.json",
    ".sigstore",
    ".sigstore.jsonl",
    ...isDistribution(base) ? attestationSuffixes : []
  ];
  const beside = suffixes.map((suffix) => `${base}${suffix}`);
  return artifact.kind === "file" ? beside : [...beside, join(workspace, `${formatDigest(artifact.digest)}.jsonl`)];
}
var attestationSuffixes = [".publish.attestation", ".provenance.attestation"];
function isDistribution(path) {
  return path.endsWith(".whl") || path.endsWith(".tar.gz");
}
function namesOf({ name: name2 }) {
  return /* @__PURE__ */ new Set([name2, name2.replace(/^\.\//, ""), basename(name2)]);
}
async function bundleFiles(directory, places, files) {
  await demandInside(directory, places, files);
  const entries = await files.readdir(directory, { recursive: true, withFileTypes: true }).catch((cause) => {
    const code = systemCode(cause);
    return fail(
      code === "ENOENT" ? "BUNDLE_MISSING" : "BUNDLE_UNREADABLE",
      `the bundle folder ${directory} cannot be read: ${code}`,
      { cause, remedy: "Check the path, and that this user has read access to the folder and its subfolders." }
    );
  });
  for (const entry of entries)
    if (entry.isSymbolicLink()) await demandInside(join(entry.parentPath, entry.name), places, files);
  return entries.filter((entry) => entry.isFile() && bundleStem(entry.name) !== void 0).map((entry) => join(entry.parentPath, entry.name)).sort();
}
async function demandInside(path, { confinedTo }, files) {
  if (confinedTo === void 0) return;
  const real = await leadsOutOf(files, confinedTo, path).catch((cause) => missing(path, cause));
  if (real === void 0) return;
  fail("USAGE", `${path} is a link to ${real}, which is outside of ${confinedTo}`, {
    remedy: "Remove the link, or specify its target."
  });
}
var absentCodes = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);
async function readBundleFile(path, files) {
  try {
    return await readRegularFile(files, path, maxFileLength);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    const code = systemCode(cause);
    if (absentCodes.has(code)) return void 0;
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    const reason = cause instanceof NotRegularFile ? isFolder ? "it is a folder" : "it is not a regular file" : code;
    return new CountersignError("BUNDLE_UNREADABLE", `${path} cannot be read: ${reason}`, {
      cause,
      remedy: isFolder ? "Specify a folder with `bundle-dir`." : "Grant this user read access (chmod, chown), or specify a different path."
    });
  }
}
function asFailure(failure) {
  if (failure instanceof CountersignError) return failure;
  throw failure;
}
function missing(path, cause) {
  return fail("BUNDLE_MISSING", `there is no bundle at ${path}`, {
    cause,
    remedy: "If the bundle is at a different path, specify that path."
  });
}
function shown(path, { workspace }) {
  return pathBelow(workspace, path) || path;
}

import { readFileWithin } from "./subject-read-file.mjs";

import { digestFileWith, hashObserver } from "./subject-digest-file.mjs";

import { neededDigests } from "./core-verify-needed-digests.mjs";

import { readCertificate } from "./core-certificate-certificate.mjs";

import { createHash as createHash2 } from "node:crypto";
function releaseOf({ content: { release } }) {
  return release && { kind: "release", name: `${release.repository}@${release.tag}` };
}
var smallLength = 1024 * 1024;
var maxWholeLength = 64 * 1024 * 1024;
async function readArtifact(artifact, algorithms, whole, { files, onHash }) {
  if (artifact.kind === "digest") return artifactOfDigest(artifact.digest);
  if (artifact.kind === "release") return artifactOfRelease();
  if (artifact.kind === "stream") return readStream(artifact.content, algorithms, whole);
  const bytes = await readFileWithin(files, artifact, whole ? maxWholeLength : smallLength);
  if (bytes === void 0)
    return { digests: await digestFileWith(files, artifact, algorithms, hashObserver(artifact.name, onHash)) };
  return { digests: algorithms.map((algorithm) => toDigest(algorithm, hashOf(algorithm, bytes))), bytes };
}
async function readStream(content, algorithms, whole) {
  const hashers = algorithms.map((algorithm) => [algorithm, createHash2(algorithm)]);
  const chunks = [];
  let length = 0;
  for await (const chunk of content) {
    for (const [, hasher] of hashers) hasher.update(chunk);
    length += chunk.length;
    if (whole && length <= maxWholeLength) chunks.push(chunk);
  }
  const digests = hashers.map(([algorithm, hasher]) => toDigest(algorithm, hasher.digest()));
  return whole && length <= maxWholeLength ? { digests, bytes: Buffer.concat(chunks) } : { digests };
}
function hashOf(algorithm, bytes) {
  return createHash2(algorithm).update(bytes).digest();
}
var fewArtifacts = 100;
var maxKeptLength = 32 * 1024 * 1024;
var maxLooseUnread = 100;
function looseUnread({ unread }, names, max) {
  const loose = [];
  for (const one of unread) {
    if (one.stem !== void 0 && names.has(one.stem)) continue;
    if (loose.length < max) loose.push(one);
    else if (isWorse(one, loose)) loose[max - 1] = one;
  }
  return loose;
}
var PoolExamination = class {
  pool;
  #roots;
  #isBrief;
  /** The unreadable bundles that may be any artifact's. */
  #looseUnread;
  #aboutOthers = /* @__PURE__ */ new Map();
  /** In the order of their last use. */
  #begun = /* @__PURE__ */ new Map();
  #keptLength = 0;
  #needs;
  /**
   * @param artifacts the number of artifacts
   * @param names their names, after which bundles may be named
   */
  constructor(pool, roots, artifacts, names) {
    this.pool = pool;
    this.#roots = roots;
    this.#isBrief = artifacts > fewArtifacts;
    this.#looseUnread = looseUnread(pool, names, this.#isBrief ? 1 : maxLooseUnread);
  }
  /** The digests of an artifact that the bundles need, and whether they need its bytes. */
  get needs() {
    this.#needs ??= this.#findNeeds();
    return this.#needs;
  }
  /** Examines one of the bundles for an artifact. */
  async examine(found, artifact, kind, now) {
    const isOther = isAboutOthers(found, artifact.digests);
    if (this.#isBrief && isOther) return notExamined(this.#failureOfOther(found));
    const begun = this.#begin(found, now);
    const [digest] = artifact.digests;
    if (kind !== "digest" || digest === void 0 || isOther) return this.#examine(begun, artifact, kind);
    const key = formatDigest(digest);
    const examination = begun.byDigest.get(key) ?? this.#examine(begun, artifact, kind);
    begun.byDigest.set(key, examination);
    return examination;
  }
  /**
   * Returns what is reported for an artifact that none of the chosen bundles verifies: that none is about it, and the bundles that
   * cannot be read, any of which may be the one that it lacks.
   */
  unfound(chosen, digests) {
    const unread = this.#looseUnread.filter((one) => !chosen.includes(one));
    const isNoneAbout = chosen.length === 0 && (this.pool.bundles.length > 0 || unread.length === 0);
    return [
      ...isNoneAbout ? [{ bundle: void 0, ...notExamined(aboutOthers(this.pool, digests)) }] : [],
      ...unread.map(({ path, failure }) => ({ bundle: path, ...unreadBundle(failure) }))
    ];
  }
  /** Returns the same failure for all artifacts. */
  #failureOfOther(found) {
    const known = this.#aboutOthers.get(found);
    if (known !== void 0) return known;
    const failure = new CountersignError("ARTIFACT_MISMATCH", "the bundle is for other artifacts", {
      remedy: "Check that the artifact was not changed after signing, and that its bundle is among the specified bundles."
    });
    this.#aboutOthers.set(found, failure);
    return failure;
  }
  async #examine({ bundle, under }, artifact, kind) {
    const examined = await examineUnderRoots(under, (examine) => examine(artifact));
    const examination = await explained(examined, bundle, this.#roots);
    const isTooLong = kind !== "digest" && this.#roots.some(({ policy }) => failsByLength(examination, bundle, artifact, policy));
    return isTooLong ? notExamined(tooLong()) : examination;
  }
  #begin(found, now) {
    const known = this.#begun.get(found);
    if (known !== void 0) {
      this.#begun.delete(found);
      this.#begun.set(found, known);
      return known;
    }
    const { bundle } = found;
    const { content } = bundle;
    const length = 1024 + (content.kind === "dsse-envelope" ? content.payload.length : 0);
    const under = this.#roots.map(({ choice, policy }) => examiner(bundle, choice.trust, policy, now));
    const begun = { bundle, length, under, byDigest: /* @__PURE__ */ new Map() };
    for (const [oldest, { length: freed }] of this.#begun) {
      if (this.#keptLength + length <= maxKeptLength) break;
      this.#begun.delete(oldest);
      this.#keptLength -= freed;
    }
    this.#begun.set(found, begun);
    this.#keptLength += length;
    return begun;
  }
  #findNeeds() {
    const algorithms = /* @__PURE__ */ new Set(["sha256", ...namedAlgorithms(this.pool)]);
    let whole = false;
    for (const found of this.pool.bundles) {
      if (found.content === "dsse-envelope") continue;
      const { bundle } = found;
      for (const { policy } of this.#roots) {
        for (const algorithm of neededDigests(bundle, policy)) algorithms.add(algorithm);
        whole ||= mayBePure(bundle, policy);
      }
    }
    return { algorithms: [...algorithms], whole };
  }
};
function mayBePure({ content, signer }, policy) {
  if (content.kind !== "message-signature") return false;
  if (policy.signer.kind === "key") return policy.signer.publicKey.kind === "ed25519";
  if (signer.kind !== "certificate") return false;
  try {
    return readCertificate(signer.certificate).publicKey.kind === "ed25519";
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}
function failsByLength({ failure }, bundle, { bytes }, policy) {
  return failure?.code === "SIGNATURE_INVALID" && bytes === void 0 && mayBePure(bundle, policy);
}
function tooLong() {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    "LIMIT_EXCEEDED",
    `the signature may be a pure Ed25519 signature, which requires the whole artifact in memory; the limit is ${megabytes} MiB`,
    { remedy: "Sign larger files with Ed25519ph, or with a different type of key." }
  );
}
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
var otherInstance = /* @__PURE__ */ new Set([
  "TIMESTAMP_UNTRUSTED",
  "TIMESTAMP_MISSING",
  "CERTIFICATE_UNTRUSTED",
  "SCT_MISSING",
  "LOG_ENTRY_MISSING"
]);
var otherCase = /* @__PURE__ */ new Set([
  "ISSUER_MISMATCH",
  "IDENTITY_MISMATCH",
  "CLAIM_MISMATCH"
]);
async function explained(examination, bundle, roots) {
  const { failure } = examination;
  if (failure === void 0) return examination;
  if (otherCase.has(failure.code)) {
    const letters = await import("./run-verify-letter-case.mjs");
    const policies = roots.map(({ policy }) => policy);
    return letters.withLetterCase(examination, bundle, policies);
  }
  const chosen = roots.some(({ choice }) => choice.instance === "github");
  if (chosen || !otherInstance.has(failure.code)) return examination;
  const other = await import("./run-verify-letter-case.mjs");
  return other.withInstance(examination, bundle);
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}
export {
  PoolExamination,
  asFailure,
  bundlesBeside,
  candidates,
  demandFew,
  demandInside,
  examineUnderRoots,
  explained,
  isAboutOthers,
  joinPools,
  loadPolicy,
  namedBundles,
  namesOf,
  pathsBeside,
  policyUnder,
  readArtifact,
  readBundleFile,
  readBundles,
  releaseOf,
  shown,
  unreadable
};
