import { openSigning, holdsStatement, signBundle } from "./identity-providers-github-actions.mjs";
import { deliverFile, demandDeliverable } from "./deliver-disk.mjs";
import { failedResult, isUnevaluated, readResult, repeatedTrack, trackOf, unevaluated, verificationSummaryType } from "./core-statement-slsa-result.mjs";
import { artifactOutcomes, resultsByPart } from "./report-verification-report.mjs";
import { optionName } from "./options-row.mjs";
import { digestFile } from "./subject-digest-file.mjs";
import { artifactOfDigest, maxSubjects, writeStatement, readProvenance } from "./core-certificate-path.mjs";
import { canonicalJson } from "./core-encoding-der-writer.mjs";
import { formatDigest, parseCommit, parseDigest, toDigest } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { dirname, resolve } from "node:path";
import { createHash } from "node:crypto";
import { basename, isAbsolute } from "node:path";
function readResourceUri(text, name) {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}]+$/u.test(text)) return text;
  return fail("USAGE", `\`${name}\` is ${JSON.stringify(text)}, which is not a URI`, {
    remedy: "Specify a URI with a scheme, such as `https://example.com/app-1.2.tar.gz` or `pkg:npm/app@1.2.0`."
  });
}
function relativeUri(path) {
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}
function descriptor({ uri, digest }) {
  return { uri, digest: { [digest.algorithm]: encodeHex(digest.bytes) } };
}
var verificationResultType = "https://in-toto.io/attestation/svr/v0.2";
function verificationResult({ verifier, policies, timeCreated, properties }) {
  return {
    predicateType: verificationResultType,
    predicate: {
      verifier: { id: verifier.id, policies: policies.map(descriptor) },
      timeCreated: timeCreated.toISOString(),
      properties: [...properties]
    }
  };
}
function verifiedLevels(levels, name) {
  const read = [...new Set(levels.map((level) => readResult(level, name)))];
  const track = repeatedTrack(read);
  if (track !== void 0)
    fail("POLICY_INVALID", `\`${name}\` has several levels of the ${track.toLowerCase()} track of SLSA`, {
      remedy: "Specify only the highest level of each track."
    });
  return read;
}
function verificationSummary(summary) {
  const { verifier, timeVerified, resourceUri, policy, inputAttestations, outcome } = summary;
  const predicate = {
    verifier: { id: verifier.id, version: { ...verifier.version } },
    timeVerified: timeVerified.toISOString(),
    resourceUri,
    policy: descriptor(policy),
    ...inputAttestations !== void 0 && { inputAttestations: inputAttestations.map(descriptor) },
    verificationResult: outcome.kind === "passed" ? "PASSED" : "FAILED",
    verifiedLevels: outcome.kind === "passed" ? [...outcome.levels] : [failedResult],
    slsaVersion: "1.2"
  };
  return { predicateType: verificationSummaryType, predicate };
}
function policyResource({ source, signer }, { roots }, uri) {
  const { file, options } = source;
  const fileDigest = file === void 0 ? void 0 : sha256(file);
  if (fileDigest !== void 0 && Object.keys(options).length === 0 && signer.kind !== "key")
    return { uri: uri ?? policyUri("file"), digest: fileDigest };
  const canonical = canonicalJson({
    ...Object.fromEntries(Object.entries(options).map(([option, value]) => [optionName(option), value])),
    ...fileDigest !== void 0 && { policy: formatDigest(fileDigest) },
    ...signer.kind === "key" && { key: formatDigest(sha256(signer.publicKey.spki)) },
    instances: roots.map(({ instance }) => instance)
  });
  return { uri: uri ?? policyUri("options"), digest: sha256(canonical) };
}
function policyUri(kind) {
  return readResourceUri(`urn:countersign:policy-${kind}:v1`, "policy-uri");
}
function sha256(content) {
  return toDigest("sha256", createHash("sha256").update(content).digest());
}
var hosted = /* @__PURE__ */ new Set(["github-hosted", "gitlab-hosted"]);
function provenLevel({ signer, content }, policy) {
  if (policy.kind !== "identity" || signer.kind !== "identity") return 0;
  if (policy.identity === "any" || policy.issuer === "any") return 0;
  if (content.kind !== "dsse-envelope" || !isProvenance(content.statement)) return 0;
  const { sourceRepositoryUri: source, runnerEnvironment: runner } = signer.identity.claims;
  if (source === void 0 || runner === void 0) return 0;
  if (!hosted.has(runner)) return 1;
  return isPinnedBuilder(policy.identity, source) ? 3 : 2;
}
function isProvenance(statement) {
  const provenance = attempt(() => readProvenance(statement));
  return Boolean(provenance?.builderId && provenance.buildType);
}
var pinnedWorkflow = /^(https:\/\/[^*@]+?)\/\.github\/workflows\/[^/*@]+@(?:refs\/(?:heads|tags)\/[^*/].*|[0-9a-f]{40}|[0-9a-f]{64})$/;
function isPinnedBuilder({ kind, value }, source) {
  const repository = kind === "path" ? void 0 : pinnedWorkflow.exec(value)?.[1];
  return repository !== void 0 && repository.toLowerCase() !== source.toLowerCase();
}
function hasFailed(report) {
  return !artifactOutcomes(report).every(isVerified);
}
function summarise(report, policy, stated, failedDigests2) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter((outcome) => !isVerified(outcome));
  const passed = failed.length === 0;
  const about = (passed ? outcomes : failed).flatMap((outcome) => {
    const late = passed ? void 0 : failedDigests2.get(outcome.artifact);
    const digests = late === void 0 ? digestsOf(outcome) : [late];
    return digests.length === 0 ? [] : [{ outcome, subject: { name: shownName(outcome), digests } }];
  });
  if (about.length === 0) return void 0;
  if (about.length > maxSubjects)
    fail("LIMIT_EXCEEDED", `a summary of ${about.length} artifacts exceeds the limit of ${maxSubjects}`, {
      remedy: "Verify the artifacts in several runs."
    });
  return {
    subjects: about.map(({ subject }) => subject),
    inputs: inputsOf(
      about.map(({ outcome }) => outcome),
      passed
    ),
    outcome: passed ? { kind: "passed", levels: levelsOf(provenByAll(outcomes, policy), stated) } : { kind: "failed" }
  };
}
function isVerified({ failure, results }) {
  return failure === void 0 && results.some(({ verdict }) => verdict !== void 0);
}
function digestsOf({ digest, results }) {
  const verified = results.flatMap(({ part, verdict }) => part === void 0 ? verdict?.content.digest ?? [] : []);
  const all = [
    ...digest === void 0 ? [] : [digest.startsWith("gitCommit:") ? parseCommit(digest) : parseDigest(digest)],
    ...verified
  ];
  return [...new Map(all.map((one) => [one.algorithm, one])).values()];
}
function shownName({ artifact, image }) {
  if (image !== void 0) return image.reference?.replace(/@[^@]*$/, "") ?? basename(artifact);
  return isAbsolute(artifact) || /^\.\.(?:[/\\]|$)/.test(artifact) ? basename(artifact) : artifact;
}
function inputsOf(outcomes, passed) {
  const used = outcomes.flatMap(
    ({ results, image }) => results.filter(({ verdict, bundle }) => passed ? verdict !== void 0 : bundle !== void 0).map((result) => ({ ...result, isAttached: image !== void 0 }))
  );
  const inputs = /* @__PURE__ */ new Map();
  for (const { bundle = "", bundleDigest: digest, isAttached } of used) {
    if (digest === void 0) return void 0;
    const uri = relativeUri(isAttached || !isAbsolute(bundle) ? bundle : basename(bundle));
    inputs.set(bundle, { uri, digest });
  }
  return [...inputs.values()];
}
function provenByAll(outcomes, policy) {
  const best = (results) => Math.max(0, ...results.flatMap(({ verdict }) => verdict === void 0 ? [] : [provenLevel(verdict, policy)]));
  return Math.min(
    ...outcomes.flatMap(({ results }) => {
      const parts = resultsByPart(results);
      return (parts.length === 0 ? [results] : parts).map(best);
    })
  );
}
function levelsOf(proven, stated) {
  if (stated.some((level) => trackOf(level) === "BUILD")) return stated;
  return verifiedLevels([proven === 0 ? unevaluated("BUILD") : `SLSA_BUILD_LEVEL_${proven}`, ...stated], "vsa-level");
}
var policyMet = "COUNTERSIGN_POLICY_MET";
function demandOtherPaths({ vsa, svr }, artifacts) {
  const paths = new Set(artifacts.flatMap((one) => one.kind === "file" ? [resolve(one.path)] : []));
  const taken = [vsa?.path, svr?.path].find((path) => path !== void 0 && paths.has(path));
  if (taken !== void 0)
    fail("USAGE", `${taken} is an artifact to verify, and cannot be replaced by a VSA or SVR`, {
      remedy: "Specify a different path."
    });
}
async function writeSummaries({ report, artifacts, policy, trust }, plan, { places, signing }, world) {
  const failed = hasFailed(report);
  if (failed && !plan.failures) return [];
  const late = failed ? await failedDigests(report, artifacts, world) : /* @__PURE__ */ new Map();
  const summary = summarise(report, policy.signer, plan.stated, late);
  if (summary === void 0) return [];
  const { kind: result } = summary.outcome;
  const inputs = (policy.attestations ?? []).length === 0 ? summary.inputs : void 0;
  const claims = claimsOf({ ...summary, inputs }, plan, policyResource(policy, trust, plan.policyUri), world.clock());
  const files = claims.map(({ claim, ...file }) => ({
    ...file,
    statement: writeStatement({ subjects: summary.subjects, ...claim })
  }));
  if (files.length === 0) return [];
  if (signing === void 0) {
    for (const { path, statement } of files) {
      await demandDeliverable(world.files, dirname(path), places);
      await deliverFile(world.files, world.random, path, `${decodeUtf8(statement)}
`, places);
    }
  } else {
    var _stack = [];
    try {
      const session = __using(_stack, await openSigning({ ...await signing(), places }, world));
      const artifact = artifactOfDigest(...summary.subjects[0]?.digests ?? []);
      for (const { path, statement } of files) {
        const sign = () => session.session.signStatement(statement);
        await signBundle({ path, artifact, isSame: holdsStatement(statement), sign }, session, world);
      }
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  }
  return files.map(({ path, kind }) => ({ path, kind, result, isSigned: signing !== void 0 }));
}
async function failedDigests(report, artifacts, { files }) {
  const known = new Set(report.results.flatMap(({ artifact, digest }) => digest === void 0 ? [] : [artifact]));
  const digests = /* @__PURE__ */ new Map();
  for (const artifact of artifacts.filter(({ name }) => !known.has(name))) {
    if (artifact.kind === "digest") digests.set(artifact.name, artifact.digest);
    if (artifact.kind !== "file") continue;
    try {
      digests.set(artifact.name, await digestFile(files, artifact, "sha256"));
    } catch (failure) {
      if (!(failure instanceof CountersignError)) throw failure;
    }
  }
  return digests;
}
function claimsOf({ inputs, outcome }, { vsa, svr, verifier }, policy, time) {
  const summaries = vsa === void 0 ? [] : [
    {
      path: vsa.path,
      kind: "VSA",
      claim: verificationSummary({
        verifier,
        timeVerified: time,
        resourceUri: vsa.resourceUri,
        policy,
        inputAttestations: inputs,
        outcome
      })
    }
  ];
  if (svr === void 0 || outcome.kind === "failed") return summaries;
  const proven = outcome.levels.filter((level) => !isUnevaluated(level));
  const properties = verifiedLevels([policyMet, ...proven], "vsa-level");
  const claim = verificationResult({ verifier, policies: [policy], timeCreated: time, properties });
  return [...summaries, { path: svr.path, kind: "SVR", claim }];
}
function readSummaryOptions(options, version) {
  const { vsaOut, svrOut, policy, policyUri: policyUri2, vsaLevel, vsaFailed = false } = options;
  const { verifierId: [verifierId, ...others] = [], resourceUri, vsa, requireLevel = [] } = policy;
  refuseWithoutSignature(options);
  if (vsaOut === void 0 && svrOut === void 0) {
    refuseWithoutFile(options);
    return void 0;
  }
  if (vsa || requireLevel.length > 0)
    fail("USAGE", "`vsa` and `require-level` cannot be combined with `vsa-out` and `svr-out`", {
      remedy: "Verify the VSA of others in one run, and write your own in another."
    });
  if (others.length > 0) fail("USAGE", "`verifier-id` names several verifiers for the VSA or SVR");
  if (vsaOut === svrOut) fail("USAGE", "`vsa-out` and `svr-out` are the same file");
  if (verifierId === void 0)
    fail("USAGE", "no verifier specified for the VSA or SVR", {
      remedy: "Set `verifier-id` to a URI that consumers know, such as `https://example.com/verifier`."
    });
  if (vsaFailed && vsaOut === void 0)
    fail("USAGE", "`vsa-failed` requires `vsa-out`: an SVR cannot state that a verification failed");
  return {
    vsa: vsaOut === void 0 ? void 0 : { path: vsaOut, resourceUri: requiredResource(resourceUri) },
    svr: svrOut === void 0 ? void 0 : { path: svrOut },
    verifier: { id: readResourceUri(verifierId, "verifier-id"), version: { countersign: version } },
    policyUri: policyUri2 === void 0 ? void 0 : readResourceUri(policyUri2, "policy-uri"),
    stated: verifiedLevels(vsaLevel, "vsa-level"),
    failures: vsaFailed
  };
}
function requiredResource(uri) {
  if (uri !== void 0) return readResourceUri(uri, "resource-uri");
  return fail("USAGE", "no resource URI specified for the VSA", {
    remedy: "Set `resource-uri` to the URI from which consumers get the artifacts."
  });
}
function refuseWithoutSignature(options) {
  if (options.signVsa) return;
  refuseGiven(
    {
      "signing-config": options.signingConfig !== void 0,
      "identity-token": options.identityToken !== void 0,
      "identity-provider": options.identityProvider !== void 0,
      "public-log": options.publicLog
    },
    "has no effect without `sign-vsa`",
    "Omit it: verifying uses only the trusted root. To sign a VSA, set `sign-vsa`."
  );
}
function refuseWithoutFile({ policyUri: policyUri2, vsaLevel, vsaFailed, signVsa }) {
  refuseGiven(
    {
      "policy-uri": policyUri2 !== void 0,
      "vsa-level": vsaLevel.length > 0,
      "vsa-failed": vsaFailed,
      "sign-vsa": signVsa
    },
    "requires a file to write",
    "Set `vsa-out` or `svr-out` to the path of the file."
  );
}
function refuseGiven(options, problem, remedy) {
  const given = Object.keys(options).filter((name) => options[name]);
  if (given.length > 0) fail("USAGE", `${given.map((name) => `\`${name}\``).join(" and ")} ${problem}`, { remedy });
}
function withoutSummaryOptions(options) {
  const { verifierId: _, resourceUri: __, ...rest } = options;
  return rest;
}
export {
  demandOtherPaths,
  readSummaryOptions,
  withoutSummaryOptions,
  writeSummaries
};
