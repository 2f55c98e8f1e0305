import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  neededDigests
} from "./chunk-STMR72KD.mjs";
import {
  concurrently
} from "./chunk-OJXCKHX7.mjs";
import {
  artifactOfDigest,
  digestFileWith,
  examine,
  fulcioExtensionArcs,
  openRegularFile,
  orUnreadable,
  readBundle,
  readStatement,
  readWitnessKey,
  sameFile,
  statementPayloadType
} from "./chunk-4NIE3LUV.mjs";
import {
  given,
  isGiven,
  optionName,
  policyOptions
} from "./chunk-7CUJHYSP.mjs";
import {
  defaultThresholds,
  equalDigests,
  exactly,
  formatDigest,
  matching,
  pathWithin,
  readCertificate,
  readPublicKeyPem,
  readTrustedRoots,
  toDigest
} from "./chunk-UYWXTOMP.mjs";
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/report/verification-report.ts
var severity = ["invalid", "mismatch", "absent", "unavailable", "usage"];
function failureOf({ outcome }) {
  if (outcome.kind === "not-examined") return outcome.failure;
  const { result } = outcome.report;
  return "failure" in result ? result.failure : void 0;
}
function verdictOf({ outcome }) {
  if (outcome.kind === "not-examined") return void 0;
  const { result } = outcome.report;
  return "verdict" in result ? result.verdict : void 0;
}
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
    results: group,
    failure: group.some((result) => verdictOf(result) !== void 0) ? void 0 : worstOf(group.map(failureOf))
  }));
}
function worstOf(failures) {
  for (const kind of severity) {
    const found = failures.find((failure) => failure?.kind === kind);
    if (found !== void 0) return found;
  }
  return void 0;
}

// src/run/policy-signer.ts
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
  "sourceRepositoryId",
  "sourceOwnerId"
];
var githubOptions = ["repo", "owner", "signerWorkflow", "signerRepo"];
var name = "[A-Za-z0-9_.-]+";
var repositoryName = new RegExp(`^(${name})/(${name})$`);
var qualifiedName = new RegExp(`^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})$`);
var workflowName = new RegExp(
  `^(?:(${name}(?::\\d+)?)/)?(${name})/(${name})/(\\.github/workflows/${name}\\.ya?ml)(?:@(.+))?$`
);
function expectedSigner(request) {
  refuseRegularExpressions(request);
  const [first, ...others] = given(request, ...identityOptions);
  if (first !== void 0 && others.length > 0)
    fail("POLICY_INVALID", `${[first, ...others].join(" and ")} each say who must have signed`, {
      remedy: "Say it once."
    });
  const [source2, ...more] = given(request, "repo", "owner");
  if (more.length > 0)
    fail("POLICY_INVALID", `${[source2, ...more].join(" and ")} each say whose build it was`, {
      remedy: "Give `repo` alone: it says the owner as well."
    });
  return { identity: expectedIdentity(request), issuer: expectedIssuer(request) };
}
function sourceAddress(request) {
  const { repo, owner } = request;
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
  const narrowed = given(request, ...Object.keys(request));
  const said = narrowed.length === 0 ? "" : `; ${narrowed.join(", ")} alone ${narrowed.length === 1 ? "does" : "do"} not say it`;
  return fail("POLICY_INVALID", `nobody was named who must have signed${said}`, {
    remedy: "Give `repo` (owner/name, on GitHub), or `certificate-identity` with `certificate-oidc-issuer`, or `key`, or `policy` with a file that says it."
  });
}
function exactIdentity(value) {
  if (value.includes("*"))
    fail("POLICY_INVALID", "`certificate-identity` is compared exactly, and no identity has a * in it", {
      remedy: "Give `certificate-identity-glob` for a pattern."
    });
  return named("certificateIdentity", value, exactly);
}
function identityWithin(value) {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+/.test(value) || value.includes("*"))
    fail(
      "POLICY_INVALID",
      `\`certificate-identity-within\` is ${JSON.stringify(value)}, which is no path below a host`,
      {
        remedy: "Give at least one segment, as in `https://gitlab.com/group`."
      }
    );
  return pathWithin(value);
}
function identityGlob(value) {
  const isPath = /^[a-z][a-z0-9+.-]*:\/\/[^/*\s]+\/[^/*\s]+\//.test(value);
  const isAddress = /^[^@/]*@[^@*/\s]+$/.test(value);
  if (value.includes("*") && !isPath && !isAddress)
    fail("POLICY_INVALID", `the pattern ${JSON.stringify(value)} leaves open whose identity it is`, {
      remedy: "Write out the host and the owner (`https://github.com/owner/**`), or all behind the @ of an address; or type `any-identity` if that is what you mean."
    });
  return named("certificateIdentityGlob", value, matching);
}
function signerWorkflow(request, value) {
  demandSource(request, "signerWorkflow");
  const [, host, owner = "", repository = "", file = "", ref = "**"] = workflowName.exec(value) ?? fail("POLICY_INVALID", `\`signer-workflow\` is ${JSON.stringify(value)}`, {
    remedy: "Write it as `owner/name/.github/workflows/file.yml`, with `@refs/tags/v*` or another ref behind it if you like."
  });
  return matching(`${serverOf(host, request)}/${owner}/${repository}/${file}@${ref}`);
}
function signerRepository(request, value) {
  demandSource(request, "signerRepo");
  const [, host, owner = "", repository = ""] = qualifiedName.exec(value) ?? fail("POLICY_INVALID", `\`signer-repo\` is ${JSON.stringify(value)}`, { remedy: "Write it as `owner/name`." });
  return pathWithin(`${serverOf(host, request)}/${owner}/${repository}`);
}
function demandSource(request, option) {
  const claims = (request.claim ?? []).map((claim) => claim.slice(0, claim.indexOf("=")));
  const isSource = /^source-repository-(owner-)?(uri|identifier)$/;
  if (given(request, ...sourceOptions).length > 0 || claims.some((claim) => isSource.test(claim))) return;
  fail("POLICY_INVALID", `\`${optionName(option)}\` says whose workflow signed, not whose build it was`, {
    remedy: "Give `repo` or `owner` as well: others may be able to call the same workflow."
  });
}
function expectedIssuer(request) {
  const { certificateOidcIssuer: issuer, anyIssuer } = request;
  if (anyIssuer && issuer !== void 0)
    fail("POLICY_INVALID", "`certificate-oidc-issuer` and `any-issuer` contradict one another", {
      remedy: "Leave `any-issuer` out."
    });
  if (anyIssuer) return "any";
  if (issuer !== void 0) {
    if (issuer.includes("*")) fail("POLICY_INVALID", "`certificate-oidc-issuer` is compared exactly; it has a * in it");
    return named("certificateOidcIssuer", issuer, exactly);
  }
  if (given(request, ...githubOptions).length === 0) noIssuer();
  return exactly(githubIssuer(request));
}
function noIssuer() {
  return fail("POLICY_INVALID", "nobody was named who must vouch for the identity", {
    remedy: "Give `certificate-oidc-issuer`: any issuer could vouch for that name. For GitHub Actions it is `https://token.actions.githubusercontent.com`."
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
function serverOf(host, { hostname = "github.com" }) {
  if (!/^[a-z0-9.-]+(:\d+)?$/.test(hostname))
    fail("POLICY_INVALID", `\`hostname\` is ${JSON.stringify(hostname)}`, { remedy: "Write it as `github.com`." });
  return `https://${host ?? hostname}`;
}
function repositoryPath(option, value) {
  if (!repositoryName.test(value))
    fail("POLICY_INVALID", `\`${optionName(option)}\` is ${JSON.stringify(value)}`, {
      remedy: "Write it as `owner/name`."
    });
  return value;
}
function ownerName(value) {
  if (!/^[A-Za-z0-9_.-]+$/.test(value))
    fail("POLICY_INVALID", `\`owner\` is ${JSON.stringify(value)}`, { remedy: "Write the name of the owner alone." });
  return value;
}
function named(option, value, make) {
  return value === "" ? fail("POLICY_INVALID", `\`${optionName(option)}\` is empty`) : make(value);
}
function refuseRegularExpressions(request) {
  const options = ["certificateIdentityRegexp", "certificateOidcIssuerRegexp"];
  const used = options.find((option) => isGiven(request, option));
  if (used === void 0) return;
  fail(
    "POLICY_INVALID",
    `\`${optionName(used)}\` is not taken: a regular expression that is not anchored, or in which a dot is not escaped, lets others through`,
    {
      remedy: "Give `certificate-identity` exactly, `certificate-identity-within` for a path, `certificate-identity-glob` for a pattern, or `repo`; issuers are always exact."
    }
  );
}

// src/run/policy-claims.ts
var claimNames = new Map(
  Object.keys(fulcioExtensionArcs).map((claim) => [optionName(claim), claim])
);
var commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function expectedClaims(request) {
  return [
    ...source(request),
    ...values("sourceRepositoryRef", request.sourceRef, (value) => meaningful("source-ref", value)),
    ...values("sourceRepositoryDigest", request.sourceDigest, (value) => commitDigest("source-digest", value)),
    ...values("buildSignerDigest", request.signerDigest, (value) => commitDigest("signer-digest", value)),
    ...values("sourceRepositoryIdentifier", request.sourceRepositoryId, (value) => id("source-repository-id", value)),
    ...values("sourceRepositoryOwnerIdentifier", request.sourceOwnerId, (value) => id("source-owner-id", value)),
    ...values("buildTrigger", request.trigger, (value) => meaningful("trigger", value)),
    ...values("runnerEnvironment", runnerEnvironments(request), (value) => meaningful("runner-environment", value)),
    ...named2("claim", request.claim ?? []).map(([claim, expected]) => ({ claim, expected })),
    ...named2("refuse-claim", request.refuseClaim ?? []).map(([claim, refused]) => ({ claim, expected: [], refused }))
  ];
}
function source(request) {
  const address = sourceAddress(request);
  if (address === void 0) return [];
  return [
    {
      claim: request.repo === void 0 ? "sourceRepositoryOwnerUri" : "sourceRepositoryUri",
      expected: [exactly(address)]
    }
  ];
}
function values(claim, given2, read) {
  return given2 === void 0 || given2.length === 0 ? [] : [{ claim, expected: given2.map(read) }];
}
function runnerEnvironments({ runnerEnvironment = [], denySelfHostedRunners }) {
  if (!denySelfHostedRunners) return runnerEnvironment;
  if (runnerEnvironment.some((one) => one !== "github-hosted"))
    fail("POLICY_INVALID", "`runner-environment` and `deny-self-hosted-runners` contradict one another", {
      remedy: "Leave one of them out."
    });
  return ["github-hosted"];
}
function named2(option, given2) {
  const claims = /* @__PURE__ */ new Map();
  for (const text of given2) {
    const [, name2 = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(text)}`, { remedy: "Write it as `name=value`." });
    const claim = claimNames.get(name2) ?? unknownClaim(name2);
    claims.set(claim, [...claims.get(claim) ?? [], meaningful(name2, value)]);
  }
  return [...claims];
}
function unknownClaim(name2) {
  return fail("POLICY_INVALID", `there is no claim ${JSON.stringify(name2)} in certificates of Fulcio`, {
    remedy: `The claims are ${[...claimNames.keys()].join(", ")}.`
  });
}
function meaningful(name2, value) {
  if (value === "" || /^[*/]+$/.test(value))
    fail("POLICY_INVALID", value === "" ? `\`${name2}\` is empty` : `\`${name2}\` is ${value}, which says nothing`, {
      remedy: "Give a value, or leave it out."
    });
  return matching(value);
}
function commitDigest(option, value) {
  const hex = value.toLowerCase();
  if (!commit.test(hex))
    fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(value)}, which is no whole commit digest`, {
      remedy: "Write all of its 40 or 64 hexadecimal digits."
    });
  return exactly(hex);
}
function id(option, value) {
  if (!/^\d+$/.test(value))
    fail("POLICY_INVALID", `\`${option}\` is ${JSON.stringify(value)}`, {
      remedy: "Give the number: `gh api repos/OWNER/NAME --jq .id`, or `.owner.id`."
    });
  return exactly(value);
}

// src/run/verify-policy.ts
async function loadPolicy(request, { files }) {
  const { policy: path, ...said } = request;
  const written = path === void 0 ? {} : await readFrom(path, files);
  const both = combined(written, said, path);
  const signer = isGiven(both, "key") ? { kind: "key", publicKey: await readKey(both, files) } : (
    // Claims of the two stand beside one another: what is said can narrow what is written, and never widen it.
    {
      kind: "identity",
      ...expectedSigner(both),
      claims: [...expectedClaims(both), ...expectedClaims(claimsOf(said, written))]
    }
  );
  const thresholds = expectedThresholds(both);
  return {
    signer,
    content: {
      ...pattern("predicateType", both.predicateType),
      ...pattern("subjectName", both.subjectName)
    },
    witnesses: expectedWitnesses(both),
    thresholds,
    warnings: warningsOf(signer, thresholds)
  };
}
function policyUnder({ thresholds, warnings: _, ...policy }, root) {
  const own = policy.signer.kind === "key" ? { signedCertificateTimestamps: 0, timestamps: 0 } : {};
  return { ...policy, sandbox: root.sandbox, thresholds: { ...root.thresholds, ...own, ...thresholds } };
}
var claimOptions = [
  "signerDigest",
  "sourceRef",
  "sourceDigest",
  "sourceRepositoryId",
  "sourceOwnerId",
  "trigger",
  "runnerEnvironment",
  "denySelfHostedRunners",
  "claim",
  "refuseClaim"
];
function claimsOf(said, written) {
  const repeated = claimOptions.filter((option) => isGiven(said, option) && isGiven(written, option));
  return Object.fromEntries(repeated.map((option) => [option, said[option]]));
}
var spokenOnce = [
  [
    "certificateIdentity",
    "certificateIdentityWithin",
    "certificateIdentityGlob",
    "anyIdentity",
    "certificateOidcIssuer",
    "anyIssuer",
    "key",
    "repo",
    "owner",
    "hostname",
    "signerWorkflow",
    "signerRepo"
  ],
  ["witness", "witnessThreshold"],
  ["predicateType"],
  ["subjectName"],
  ["certificateLogs"],
  ["logEntries"],
  ["timestamps"]
];
function combined(written, said, path) {
  for (const group of path === void 0 ? [] : spokenOnce) {
    const [here, there] = [given(said, ...group), given(written, ...group)];
    if (here.length > 0 && there.length > 0)
      fail("POLICY_INVALID", `${here.join(", ")} would change what the policy file says with ${there.join(", ")}`, {
        remedy: "Say it in one place."
      });
  }
  const insecure = path === void 0 ? [] : given(said, "insecureIgnoreSct", "insecureIgnoreTlog");
  if (insecure.length > 0)
    fail("POLICY_INVALID", `${insecure.join(" and ")} would take back what the policy file asks for`, {
      remedy: "Write it in the file."
    });
  const options = Object.keys(policyOptions);
  const used = (request) => Object.fromEntries(options.filter((option) => isGiven(request, option)).map((option) => [option, request[option]]));
  return { ...used(said), ...used(written) };
}
async function readKey(request, files) {
  const { key = "", predicateType: _, subjectName: __, ...rest } = request;
  const options = Object.keys(policyOptions);
  const ofCertificates = options.filter(
    (option) => option !== "key" && !/^(logEntries|timestamps|insecureIgnoreTlog|witness|witnessThreshold)$/.test(option)
  );
  const others = given(rest, ...ofCertificates);
  if (others.length > 0) {
    fail(
      "POLICY_INVALID",
      `\`key\` expects a signature without a certificate, and ${others.join(" and ")} one with it`,
      {
        remedy: "Give the key alone, or an identity."
      }
    );
  }
  const bytes = await readInput(key, "public key", files);
  return readPublicKeyPem(decodeUtf8(bytes) ?? fail("KEY_INVALID", `the public key ${key} is not text`));
}
function pattern(option, value) {
  if (value === void 0) return {};
  if (value === "") fail("POLICY_INVALID", `\`${optionName(option)}\` is empty`);
  return { [option]: matching(value) };
}
function expectedThresholds(request) {
  const one = (threshold, option, off) => {
    const value = request[option];
    if (off === void 0 || !isGiven(request, off))
      return value === void 0 ? {} : { [threshold]: positive(option, value) };
    if (value === void 0) return { [threshold]: 0 };
    return fail("POLICY_INVALID", `${given(request, option, off).join(" and ")} contradict one another`, {
      remedy: "Leave one of them out."
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
  if (threshold > new Set(keys.map(({ name: name2 }) => name2)).size) {
    fail("POLICY_INVALID", `${threshold} witnesses are asked for, and ${keys.length} named`, {
      remedy: "Give the key of each with `witness`."
    });
  }
  return { keys, threshold };
}
function positive(option, value) {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number >= 1) return number;
  const off = { certificateLogs: "insecure-ignore-sct", logEntries: "insecure-ignore-tlog" };
  const instead = Object.hasOwn(off, option) ? ` To ask for none, type \`${off[option]}\`.` : "";
  return fail("POLICY_INVALID", `\`${optionName(option)}\` is ${JSON.stringify(value)}`, {
    remedy: `Give a number from 1 to 99.${instead}`
  });
}
function warningsOf(signer, thresholds) {
  return [
    ...signer.kind === "identity" && signer.identity === "any" ? ["any identity is accepted: this proves that somebody signed, not who should have"] : [],
    ...signer.kind === "identity" && signer.issuer === "any" ? ["any issuer is accepted: whoever runs one can vouch for any name"] : [],
    ...thresholds.signedCertificateTimestamps === 0 ? ["no certificate transparency log is asked for"] : [],
    ...thresholds.logEntries === 0 ? ["no transparency log is asked for: a signature could be kept from sight"] : []
  ];
}
async function readFrom(path, files) {
  const bytes = await readInput(path, "policy", files);
  const { readPolicyFile } = await import("./policy-file-XW43KYCD.mjs");
  return readPolicyFile(bytes, path);
}
async function readInput(path, what, files) {
  if (path === "") fail("POLICY_INVALID", `the path of the ${what} is empty`);
  return files.readFile(path).catch(
    (cause) => fail("USAGE", `the ${what} ${path} cannot be read`, { cause, remedy: "Check the path." })
  );
}

// src/run/verify-trust.ts
async function loadTrust(request, world) {
  const { name: name2, trustedRoot: path } = request;
  const sandbox = name2 === "sandbox" ? "accept" : "refuse";
  if (path === void 0) {
    const { loadInstance } = await import("./instance-C2TKBHFI.mjs");
    const { trust, thresholds, warnings } = await loadInstance(request, world);
    return { roots: [{ trust, thresholds, sandbox }], warnings };
  }
  const roots = readTrustedRoots(
    await world.files.readFile(path).catch(
      (cause) => fail("USAGE", `the trusted root ${path} cannot be read`, { cause, remedy: "Check the path." })
    )
  );
  const mayHaveNoLog = name2 === "github" || roots.length > 1;
  return {
    roots: roots.map((trust) => ({ trust, thresholds: thresholdsUnder(trust, mayHaveNoLog), sandbox })),
    warnings: []
  };
}
function thresholdsUnder(trust, mayHaveNoLog) {
  const hasNoLog = trust.transparencyLogs.length === 0 && trust.certificateTransparencyLogs.length === 0;
  return mayHaveNoLog && hasNoLog ? { signedCertificateTimestamps: 0, logEntries: 0, timestamps: 1 } : defaultThresholds;
}

// src/subject/read-file.ts
async function readFileWithin(files, { path, identity }, limit) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity))
        fail("SUBJECT_CHANGED", `${path} is not the file that it was when the run began`);
      if (file.size > limit) return void 0;
      const bytes = await file.handle.readFile();
      return bytes.length > limit ? void 0 : bytes;
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}

// src/run/bundle-pool.ts
var maxCandidates = 256;
var maxLines = 1e5;
var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name2) {
  const suffix = bundleSuffixes.find((one) => name2.endsWith(one));
  return suffix === void 0 ? void 0 : name2.slice(0, -suffix.length);
}
function readBundles(bytes, path, stem) {
  const lines = path.endsWith(".jsonl") ? linesOf(bytes) : [[1, bytes]];
  const bundles = [];
  const unread = [];
  for (const [number, json] of lines) {
    const place = lines.length === 1 ? path : `${path}:${number}`;
    const own = lines.length === 1 ? stem : void 0;
    try {
      const bundle = readBundle(json);
      bundles.push({ path: place, bundle, named: namedDigests(bundle), stem: own });
    } catch (failure) {
      if (!(failure instanceof CountersignError)) throw failure;
      unread.push({ path: place, failure, stem: own });
    }
  }
  return { bundles, unread };
}
function joinPools(pools) {
  return { bundles: pools.flatMap(({ bundles }) => bundles), unread: pools.flatMap(({ unread }) => unread) };
}
function candidates(pool, digests, names) {
  const all = [...pool.bundles, ...pool.unread];
  if (all.length === 1) return all;
  const isNamed = ({ stem }) => stem !== void 0 && names.has(stem);
  const chosen = [
    ...pool.bundles.filter(
      (one) => isNamed(one) || one.named === void 0 || one.named.some((named3) => digests.some((digest) => equalDigests(named3, digest)))
    ),
    ...pool.unread.filter(isNamed)
  ];
  if (chosen.length > maxCandidates)
    fail(
      "LIMIT_EXCEEDED",
      `${chosen.length} bundles may be about this artifact; ${maxCandidates} are examined at most`,
      {
        remedy: "Name those that count with `bundle`."
      }
    );
  return chosen;
}
function namedAlgorithms({ bundles }) {
  return [...new Set(bundles.flatMap(({ named: named3 = [] }) => named3.map(({ algorithm }) => algorithm)))];
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
function linesOf(bytes) {
  const text = decodeUtf8(bytes);
  if (text === void 0) return [[1, bytes]];
  const lines = text.split("\n").flatMap((line, index) => {
    const trimmed = line.trim();
    return trimmed === "" ? [] : [[index + 1, trimmed]];
  });
  if (lines.length > maxLines) return [[1, text]];
  const isOneEach = lines.every(([, line]) => line.startsWith("{") && line.endsWith("}"));
  return lines.length > 1 && isOneEach ? lines : [[1, text]];
}

// src/run/find-bundles.ts
import { basename, join, relative, resolve, sep } from "node:path";
var maxFileLength = 128 * 1024 * 1024;
var maxTotalLength = 512 * 1024 * 1024;
async function namedBundles(places, files) {
  const { paths, directory } = places;
  if (paths.length === 0 && directory === void 0) return void 0;
  const found = directory === void 0 ? [] : await bundleFiles(directory, files);
  const pools = [];
  let total = 0;
  for (const path of [...paths, ...found]) {
    const bytes = await readBundleFile(path, files);
    total += bytes.length;
    if (total > maxTotalLength)
      fail("LIMIT_EXCEEDED", `the bundles are longer than ${maxTotalLength} bytes together`, {
        remedy: "Verify the artifacts in several runs."
      });
    const stem = directory === void 0 ? void 0 : bundleStem(relative(directory, path).split(sep).join("/"));
    pools.push(readBundles(bytes, shown(path, places), stem));
  }
  return joinPools(pools);
}
async function bundlesBeside(artifact, places, files) {
  const pools = [];
  for (const path of pathsBeside(artifact, places)) {
    const bytes = await readBundleFile(path, files).catch(() => void 0);
    if (bytes !== void 0) pools.push(readBundles(bytes, shown(path, places), artifact.name));
  }
  return joinPools(pools);
}
function pathsBeside(artifact, { workspace }) {
  if (artifact.kind === "stream") return [];
  const base = artifact.kind === "file" ? resolve(artifact.path) : resolve(workspace, artifact.name);
  const beside = [".sigstore.json", ".sigstore", ".sigstore.jsonl"].map((suffix) => `${base}${suffix}`);
  return artifact.kind === "file" ? beside : [...beside, join(workspace, `${formatDigest(artifact.digest)}.jsonl`)];
}
function namesOf({ name: name2 }) {
  return /* @__PURE__ */ new Set([name2, name2.replace(/^\.\//, ""), basename(name2)]);
}
async function bundleFiles(directory, files) {
  const entries = await files.readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (cause) => fail("BUNDLE_MISSING", `the folder ${directory} with bundles cannot be read`, {
      cause,
      remedy: "Check the path."
    })
  );
  return entries.filter((entry) => entry.isFile() && bundleStem(entry.name) !== void 0).map((entry) => join(entry.parentPath, entry.name)).sort();
}
async function readBundleFile(path, files) {
  const size = await files.stat(path).then(
    (stat) => stat.isFile() ? stat.size : void 0,
    () => void 0
  );
  if (size !== void 0 && size > maxFileLength)
    fail("LIMIT_EXCEEDED", `the file ${path} with bundles is longer than ${maxFileLength} bytes`);
  if (size === void 0) missing(path);
  return files.readFile(path).catch((cause) => missing(path, cause));
}
function missing(path, cause) {
  return fail("BUNDLE_MISSING", `there is no bundle at ${path} that can be read`, {
    cause,
    remedy: "Give its path, if it is elsewhere."
  });
}
function shown(path, { workspace }) {
  const inside = relative(workspace, path);
  return inside === "" || inside.startsWith("..") ? path : inside.split(sep).join("/");
}

// src/run/verifiable.ts
import { createHash } from "node:crypto";
var smallLength = 1024 * 1024;
var maxWholeLength = 64 * 1024 * 1024;
async function readArtifact(artifact, algorithms, whole, files) {
  if (artifact.kind === "digest") return artifactOfDigest(artifact.digest);
  if (artifact.kind === "stream") return readStream(artifact.content, algorithms, whole);
  const bytes = await readFileWithin(files, artifact, whole ? maxWholeLength : smallLength);
  if (bytes === void 0) return { digests: await digestFileWith(files, artifact, algorithms) };
  return { digests: algorithms.map((algorithm) => toDigest(algorithm, hashOf(algorithm, bytes))), bytes };
}
async function readStream(content, algorithms, whole) {
  const hashers = algorithms.map((algorithm) => [algorithm, createHash(algorithm)]);
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
  return createHash(algorithm).update(bytes).digest();
}

// src/run/verify-run.ts
async function verifyRun(request, world) {
  const { artifacts, policy, trust } = request;
  if (artifacts.length === 0)
    fail("SUBJECT_MISSING", "nothing was named that is to be verified", { remedy: "Name a file, or a digest." });
  const pool = await namedBundles(request.bundles, world.files);
  const examinations = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()];
  const results = /* @__PURE__ */ new Map();
  const work = async (artifact) => ({
    artifact,
    found: await verifyArtifact(artifact, pool, examinations, request.bundles, world)
  });
  for await (const { artifact, found } of concurrently(distinct, request.concurrency, work)) {
    results.set(artifact, found);
    request.onArtifact?.(found);
  }
  const all = distinct.flatMap((artifact) => results.get(artifact) ?? []);
  return { results: all, warnings: [...trust.warnings, ...policy.warnings, ...unreadWarnings(pool, all)] };
}
async function verifyArtifact(artifact, named3, examinations, places, world) {
  const base = { artifact: artifact.name, digest: void 0, bundle: void 0 };
  try {
    if (world.cancellation.aborted) fail("CANCELLED", "cancelled before it was verified");
    const pool = named3 ?? await bundlesBeside(artifact, places, world.files);
    if (pool.bundles.length + pool.unread.length === 0) await failWithoutBundle(artifact, places, world);
    const read = await readArtifact(
      artifact,
      algorithmsFor(pool, examinations),
      needsBytes(pool, examinations),
      world.files
    );
    const [digest] = read.digests;
    const known = { ...base, digest: digest && formatDigest(digest) };
    const chosen = chooseBundles(pool, read, artifact, named3 === void 0);
    const results = [];
    for (const one of chosen) {
      const outcome = "failure" in one ? { kind: "not-examined", failure: one.failure } : await examineUnderEach(one, read, artifact.kind, examinations, world.clock());
      results.push({ ...known, bundle: one.path, outcome });
    }
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...base, outcome: { kind: "not-examined", failure } }];
  }
}
function chooseBundles(pool, { digests }, artifact, beside) {
  const chosen = candidates(pool, digests, namesOf(artifact));
  if (chosen.length > 0) return chosen;
  const [first] = beside ? [...pool.bundles, ...pool.unread] : [];
  if (first !== void 0) return [first];
  const unread = pool.unread.length === 0 ? "" : `; ${pool.unread.length} more cannot be read`;
  return fail(
    "BUNDLE_MISSING",
    `none of the bundles (${pool.bundles.length}) is about ${digests.map(formatDigest).join(", ")}${unread}`,
    {
      remedy: "Check that the artifact is the one that was signed, and that its bundle is among them."
    }
  );
}
async function failWithoutBundle(artifact, places, world) {
  if (artifact.kind === "stream")
    fail("USAGE", "what comes in by a pipe has no bundle beside it", { remedy: "Give the path of one with `bundle`." });
  if (artifact.kind === "file") await readFileWithin(world.files, artifact, -1);
  const [first = ""] = pathsBeside(artifact, places);
  return fail("BUNDLE_MISSING", `there is no bundle of ${artifact.name}: nothing at ${first}`, {
    remedy: "Give its path with `bundle`, or its folder with `bundle-dir`, if it is elsewhere."
  });
}
async function examineUnderEach({ bundle }, artifact, kind, examinations, now) {
  let best;
  for (const { choice, policy } of examinations) {
    const report = await examine(bundle, artifact, choice.trust, policy, now);
    if ("verdict" in report.result) return { kind: "examined", report };
    if (kind !== "digest" && isTooLong(report, bundle, artifact, policy))
      return { kind: "not-examined", failure: tooLong() };
    if (best === void 0 || passes(report) > passes(best)) best = report;
  }
  return best === void 0 ? { kind: "not-examined", failure: new CountersignError("TRUSTED_ROOT_MISSING", "there is no trusted root") } : { kind: "examined", report: best };
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}
function algorithmsFor(pool, examinations) {
  const needed = /* @__PURE__ */ new Set(["sha256", ...namedAlgorithms(pool)]);
  for (const { bundle } of pool.bundles) {
    for (const { policy } of examinations) for (const algorithm of neededDigests(bundle, policy)) needed.add(algorithm);
  }
  return [...needed];
}
function needsBytes({ bundles }, examinations) {
  return bundles.some(({ bundle }) => examinations.some(({ policy }) => mayBePure(bundle, policy)));
}
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
function isTooLong({ result }, bundle, { bytes }, policy) {
  const isInvalid = "failure" in result && result.failure.code === "SIGNATURE_INVALID";
  return isInvalid && bytes === void 0 && mayBePure(bundle, policy);
}
function tooLong() {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    "LIMIT_EXCEEDED",
    `the signature may be one of pure Ed25519, which needs the whole artifact, and at most ${megabytes} MiB of one are read`,
    { remedy: "Sign longer files with Ed25519ph, or with another kind of key." }
  );
}
function unreadWarnings(pool, results) {
  const reported = new Set(results.map(({ bundle }) => bundle));
  const unread = pool?.unread.filter(({ path }) => !reported.has(path)) ?? [];
  return unread.map(({ path, failure }) => `the bundle ${path} cannot be read: ${failure.message}`);
}

export {
  failureOf,
  verdictOf,
  artifactOutcomes,
  worstOf,
  bundleStem,
  readBundles,
  loadPolicy,
  loadTrust,
  readFileWithin,
  verifyRun
};
