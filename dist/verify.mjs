import { certifiedClaims, certifiedTitle, criterionTitle, partText, signerNames, statedClaims, statedTitle, verificationJsonText, verificationText, canCheckOutProposal } from "./chunks/report-verification-json.mjs";
import { annotation, artifactWarnings, fetchArtifact, limited, readSharedInputs, setLongOutput, truncated } from "./chunks/action-read-shared-inputs.mjs";
import "./chunks/fetch-download-artifact.mjs";
import { selectFromArtifact, selectVerifiables, withLeftOut } from "./chunks/run-verify-select-verifiables.mjs";
import { namesNothing } from "./chunks/subject-glob.mjs";
import "./chunks/node-safe-file-name.mjs";
import "./chunks/deliver-manifest.mjs";
import { readInputs, runStep, writeSummary } from "./chunks/action-read-inputs.mjs";
import "./chunks/node-young-generation.mjs";
import { retryText } from "./chunks/report-retry-text.mjs";
import { cellCode, cellProse, code, prose } from "./chunks/report-markdown.mjs";
import { byteLength, count, fitting, shownText } from "./chunks/report-shorten.mjs";
import "./chunks/options-shared.mjs";
import "./chunks/subject-checksums.mjs";
import { error, info, notice, setOutput, warning } from "./chunks/actions-http-client-lib-index.mjs";
import "./chunks/tunnel-lib-tunnel.mjs";
import "./chunks/fetch-archive-directory.mjs";
import { demandArtifactService } from "./chunks/services-github-artifact-client.mjs";
import { verifyRows } from "./chunks/options-verify.mjs";
import { plainLine } from "./chunks/options-row.mjs";
import { deliverFile, demandConfined } from "./chunks/deliver-disk.mjs";
import "./chunks/node-concurrency.mjs";
import "./chunks/node-atomic-write.mjs";
import "./chunks/node-make-folder.mjs";
import { loadImages, openStore, verifyRun } from "./chunks/run-verify-verify-run.mjs";
import { loadPolicy } from "./chunks/run-policy-load-policy.mjs";
import { releaseOf } from "./chunks/run-verify-bundle-pool.mjs";
import "./chunks/run-verify-pool-examination.mjs";
import "./chunks/subject-read-file.mjs";
import "./chunks/core-statement-slsa-result.mjs";
import { artifactOutcomes } from "./chunks/report-verification-report.mjs";
import "./chunks/core-verify-needed-digests.mjs";
import "./chunks/run-policy-request.mjs";
import { policyRows } from "./chunks/options-policy.mjs";
import "./chunks/report-shown-path.mjs";
import "./chunks/node-links.mjs";
import "./chunks/core-bundle-read-bundle.mjs";
import "./chunks/subject-digest-file.mjs";
import { loadTrust } from "./chunks/run-policy-load-trust.mjs";
import "./chunks/core-trust-trusted-root.mjs";
import "./chunks/run-world-read-input.mjs";
import { systemWorld } from "./chunks/run-world-world.mjs";
import "./chunks/node-secret.mjs";
import "./chunks/core-certificate-path.mjs";
import "./chunks/core-encoding-der-writer.mjs";
import "./chunks/core-certificate-signed-certificate-timestamp.mjs";
import "./chunks/core-log-cosignature.mjs";
import "./chunks/core-certificate-certificate.mjs";
import "./chunks/node-regular-file.mjs";
import { encodeHex } from "./chunks/core-encoding-der.mjs";
import "./chunks/core-encoding-json.mjs";
import { require_node_fs, CountersignError, fail, __callDispose, __toESM, __using } from "./chunks/core-errors-codes.mjs";
import { dirname, join } from "node:path";
import { resolve } from "node:path";
var import_node_fs = __toESM(require_node_fs(), 1);
function acceptedFiles(job, files) {
  if (!canCheckOutProposal(job)) return void 0;
  let accepted;
  return async (path, what, content) => {
    accepted ??= import("./chunks/gate-accepted-files.mjs").then(({ AcceptedFiles }) => AcceptedFiles.of(job, files));
    await (await accepted).demand(path, what, content);
  };
}
function resultsJson(report) {
  return `[${artifactOutcomes(report).map((outcome) => JSON.stringify(resultJson(outcome))).join(",")}]`;
}
function identities(report) {
  const outcomes = artifactOutcomes(report).filter(({ failure }) => failure === void 0);
  return [...new Set(outcomes.flatMap((outcome) => signerOf(outcome)?.subjectAlternativeName ?? []))];
}
function imagesJson(report) {
  const images = artifactOutcomes(report).flatMap(
    ({ artifact, digest, image, failure }) => image === void 0 ? [] : [
      {
        image: artifact,
        verified: failure === void 0,
        reference: image.reference ?? null,
        digest: digest ?? null
      }
    ]
  );
  return JSON.stringify(images);
}
function verifiedImage(report) {
  const [only, ...others] = artifactOutcomes(report).filter(({ image }) => image !== void 0);
  return others.length === 0 && only?.failure === void 0 ? only?.image?.reference ?? "" : "";
}
function resultJson(outcome) {
  const { artifact, digest, results, failure } = outcome;
  const signer = failure === void 0 ? signerOf(outcome) : void 0;
  const shown = results.find(({ verdict }) => verdict === void 0 === (failure !== void 0)) ?? results[0];
  return {
    artifact,
    digest: digest ?? null,
    verified: failure === void 0,
    code: failure?.code ?? null,
    bundle: shown?.bundle ?? null,
    identity: signer?.subjectAlternativeName ?? null,
    issuer: signer?.issuer ?? null
  };
}
function signerOf({
  results
}) {
  for (const { verdict } of results) {
    if (verdict?.signer.kind === "identity") return verdict.signer.identity;
  }
  return void 0;
}
var maxSigners = 3;
function verificationAnnotations(report) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== void 0);
  const verified = outcomes.filter(({ failure }) => failure === void 0);
  return [
    ...limited(
      failed,
      (outcome) => annotation("error", outcome.failure?.code ?? "", describe(outcome)),
      (more) => annotation(
        "error",
        `${more} more`,
        `${count(more, "more artifact")} of ${outcomes.length} were not verified. See the job summary.`
      )
    ),
    ...limited(
      report.warnings,
      (warning2) => annotation("warning", "Countersign", warning2),
      (more) => annotation("warning", `${more} more`, `${count(more, "more warning")}. See the job summary.`)
    ),
    ...verified.length === 0 ? [] : [annotation("notice", "Countersign", describeVerified(verified))]
  ];
}
function describe({ artifact, failure, results }) {
  const parts = [shownText(artifact, 500), ": ", shownText(failure?.message ?? "", 2e3)];
  const examined = results.filter(({ unread }) => !unread).length;
  const others = examined > 1 ? ` (${examined} bundles were checked)` : "";
  const remedy = failure?.remedy === void 0 ? "" : `. ${shownText(failure.remedy.replaceAll("\n", " "), 1e3)}`;
  return `${parts.join("")}${others}${remedy}`;
}
function describeVerified(outcomes) {
  const signers = [...new Set(outcomes.flatMap(({ results }) => results.flatMap(signerNames)))];
  const more = signers.length > maxSigners ? ` and ${signers.length - maxSigners} more` : "";
  const shown = signers.slice(0, maxSigners).map((signer) => shownText(signer, 500));
  return `${count(outcomes.length, "artifact")} verified, signed by ${shown.join(", ")}${more}`;
}
var maxBytes = 1e6;
var maxWarnings = 20;
var maxCellLength = 120;
var signs = { pass: "\u2705 pass", fail: "\u274C fail", "not-checked": "\u2796 not checked" };
function verificationSummary(report) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== void 0);
  const verified = outcomes.filter(({ failure }) => failure === void 0);
  const head = [...headline(outcomes, failed), ...warnings(report)];
  const room = maxBytes - byteLength(head) - 500;
  const rows = fitting([...failed, ...verified], (outcome) => [overviewRow(outcome)], room / 2);
  const overview = rows.flat();
  const details = fitting([...failed, ...verified], detail, room - byteLength(overview));
  return [
    ...head,
    ...outcomes.length === 0 ? [] : ["| Artifact | Result | Signer or problem |", "| :-- | :-- | :-- |"],
    ...overview,
    ...overview.length < outcomes.length ? ["", `\u2026 and ${count(outcomes.length - overview.length, "more artifact")}.`] : [],
    "",
    ...details.flat(),
    ...details.length < outcomes.length ? [`Details of ${count(outcomes.length - details.length, "more artifact")} are omitted.`, ""] : []
  ].join("\n");
}
function headline(outcomes, failed) {
  const total = outcomes.length;
  if (total === 0) return ["## \u2796 Countersign verified nothing", ""];
  if (failed.length === 0) return [`## \u2705 Countersign verified ${count(total, "artifact")}`, ""];
  return [
    `## \u274C Countersign verified ${(total - failed.length).toLocaleString("en")} of ${count(total, "artifact")}`,
    ""
  ];
}
function warnings(report) {
  if (report.warnings.length === 0) return [];
  const more = report.warnings.length - maxWarnings;
  const shown = [...report.warnings.slice(0, maxWarnings).map(prose), ...more > 0 ? [`\u2026 and ${more} more`] : []];
  return ["> [!WARNING]", ...shown.map((warning2) => `> - ${warning2}`), ""];
}
function overviewRow({ artifact, failure, results }) {
  const name = cellCode(artifact, maxCellLength);
  if (failure !== void 0)
    return `| ${name} | \u274C **\`${failure.code}\`** | ${cellProse(failure.message.replaceAll("\n", " "))} |`;
  const signers = results.flatMap(signerNames);
  return `| ${name} | \u2705 verified | ${[...new Set(signers)].map((signer) => cellCode(signer, 300)).join("<br>")} |`;
}
function detail({ artifact, digest, image, results, failure }) {
  const sign = failure === void 0 ? "\u2705" : "\u274C";
  return [
    `### ${sign} ${code(artifact, maxCellLength)}`,
    "",
    ...digest === void 0 ? [] : [code(image?.reference ?? digest, 400), ""],
    ...results.flatMap(resultDetail)
  ];
}
function resultDetail({ bundle, part, unread, criteria, verdict, failure }) {
  return [
    ...part === void 0 ? [] : [code(partText(part), 400), ""],
    ...bundle === void 0 ? [] : [`${unread ? "Unreadable:" : "Bundle"} ${code(bundle, 300)}`, ""],
    ...failure === void 0 ? [] : [
      `**\`${failure.code}\`**: ${prose(failure.message)}${failure.remedy === void 0 ? "" : `. ${prose(failure.remedy.replaceAll("\n", " "))}`}`,
      ""
    ],
    ...criteria.length === 0 ? [] : criteriaTable(criteria),
    ...verdict === void 0 ? [] : [
      ...claimsTable(certifiedTitle(verdict), certifiedClaims(verdict)),
      ...claimsTable(statedTitle, statedClaims(verdict))
    ]
  ];
}
function criteriaTable(criteria) {
  const rows = criteria.map((criterion) => {
    const { outcome, expected, found, failure } = criterion;
    const word = failure === void 0 ? signs[outcome] : `${signs[outcome]}<br>\`${failure.code}\``;
    return `| ${criterionTitle(criterion)} | ${word} | ${cellCode(expected, 300)} | ${cellCode(found, 500)} |`;
  });
  return ["| Criterion | Outcome | Expected | Found |", "| :-- | :-- | :-- | :-- |", ...rows, ""];
}
function claimsTable(title, claims) {
  if (claims.length === 0) return [];
  return [
    `| ${title} | |`,
    "| :-- | :-- |",
    ...claims.map(([name, value]) => `| ${name} | ${cellCode(value, 500)} |`),
    ""
  ];
}
function readVerifyInputs(workspace2) {
  const { subjects, filesArtifact, account, others } = readSharedInputs(
    readInputs(verifyRows, "verify", workspace2),
    "Verify"
  );
  const { allowNoFiles, bundle, bundleDir, policyFromPullRequest, retryBudget, ...rest } = others;
  const { instance: name, trustedRoot, tufUrl, tufRoot, ...values } = rest;
  const inputs = {
    ...values,
    subjects: { ...subjects, unmatched: allowNoFiles ? "allowed" : "refused" },
    filesArtifact,
    account,
    bundlePaths: bundle,
    bundleDirectory: bundleDir,
    instance: {
      name,
      purpose: "verify",
      trustedRoot,
      tufUrl,
      tufRoot,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, "countersign-tuf")
    },
    policy: readPolicy(workspace2),
    refuseProposedPolicy: policyFromPullRequest === "refuse",
    retryBudgetMilliseconds: retryBudget
  };
  refuseTwoPlaces(inputs);
  refuseBesideRelease(inputs);
  return inputs;
}
function readPolicy(workspace2) {
  const given = Object.entries(readInputs(policyRows, "verify", workspace2)).filter(
    ([, value]) => value !== void 0 && value !== false && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(given);
}
function refuseBesideRelease(inputs) {
  const { releaseAssets: releaseAssets2, releaseFiles, subjects, filesArtifact, images, strictFolder } = inputs;
  if (releaseAssets2 === void 0) {
    if (releaseFiles.length === 0) return;
    fail("USAGE", "`release-files` cannot be used without `release-assets`", { remedy: "Set `release-assets`." });
  }
  const { bundlePaths, bundleDirectory, bundleArtifact, from } = inputs;
  const { vsaOut, svrOut, policyUri, vsaLevel, vsaFailed, signVsa } = inputs;
  const isBeside = filesArtifact !== void 0 || images.length > 0 || !namesNothing(subjects) || strictFolder || bundlePaths.length > 0;
  const texts = [bundleDirectory, bundleArtifact, from, vsaOut, svrOut, policyUri, ...vsaLevel];
  if (isBeside || vsaFailed || signVsa || texts.some((text) => text !== void 0))
    fail(
      "USAGE",
      "`release-assets` cannot be combined with files, images, bundles, `from`, `strict-folder` or summaries",
      {
        remedy: "Verify the assets of the release in a step of their own."
      }
    );
}
function refuseTwoPlaces({ bundleDirectory, bundleArtifact }) {
  if (bundleArtifact !== void 0 && bundleDirectory !== void 0)
    fail("USAGE", "`bundle-artifact` and `bundle-dir` cannot be combined", {
      remedy: "Set one of them."
    });
}
var workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
var temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
var serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
var places = { workspace, bundleDirectory: void 0 };
var maxDetailed = 20;
await runStep(async () => {
  var _stack = [];
  try {
    setVerified(false);
    const inputs = readVerifyInputs(workspace);
    const world = __using(_stack, systemWorld({
      retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
      onRetry: (notice2) => info(plainLine(retryText(notice2)))
    }));
    const summaries = await summariesFor(inputs, world);
    const verification = await verifyAll(inputs, summaries, world);
    const { report } = verification;
    const outcomes = artifactOutcomes(report);
    const failed = outcomes.some(({ failure }) => failure !== void 0);
    if (failed) process.exitCode = 1;
    await publish(report, inputs, world);
    await summaries?.write(verification);
    if (outcomes.length > 0 && !failed) setVerified(true);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
});
async function summariesFor(inputs, world) {
  const { vsaOut, svrOut, policyUri, vsaLevel, vsaFailed, signVsa, signingConfig, publicLog } = inputs;
  const texts = [vsaOut, svrOut, policyUri, signingConfig, ...vsaLevel];
  if (!vsaFailed && !signVsa && !publicLog && texts.every((text) => text === void 0)) return void 0;
  const { summariesOf } = await import("./chunks/action-summaries.mjs");
  const { version } = JSON.parse((0, import_node_fs.readFileSync)(new URL("../package.json", import.meta.url), "utf8"));
  return summariesOf(inputs, version, workspace, world);
}
async function verifyAll(inputs, summaries, ungated) {
  if (inputs.reportPath !== void 0) await demandConfined(ungated.files, dirname(inputs.reportPath), places);
  const warnings2 = [];
  const world = gated(ungated, inputs, warnings2);
  const policy = await loadPolicy(summaries === void 0 ? inputs.policy : summaries.policyRequest, world);
  if (inputs.releaseAssets !== void 0) {
    const { report: report2, trust: trust2 } = await releaseAssets(inputs.releaseAssets, policy, inputs, world);
    return { report: { ...report2, warnings: [...warnings2, ...report2.warnings] }, artifacts: [], policy, trust: trust2 };
  }
  const { artifacts, skipped, leftOut, fetched } = await namedArtifacts(inputs, policy, world);
  summaries?.demandOtherPaths(artifacts);
  if (artifacts.length === 0) {
    const nothing = { results: [], warnings: [...warnings2, "nothing was verified: no file matches `files`"] };
    return { report: nothing, artifacts, policy, trust: { roots: [], warnings: [] } };
  }
  const bundles = await bundlePlaces(inputs, fetched, world);
  const trust = await loadTrust(inputs.instance, world, policy);
  const { from, githubToken: token } = inputs;
  const store = await openStore({ from, policy, token, apiUrl: process.env.GITHUB_API_URL }, world);
  const verified = await verifyRun({ artifacts, bundles, store, policy, trust, concurrency: 8 }, world);
  const taken = inputs.filesArtifact === void 0 ? [] : artifactWarnings(inputs.filesArtifact, "verify");
  const report = withLeftOut(
    { ...verified, skipped, warnings: [...warnings2, ...taken, ...verified.warnings] },
    leftOut,
    inputs.strictFolder
  );
  return { report, artifacts, policy, trust };
}
async function releaseAssets(place, policy, { releaseFiles: files, instance, githubToken: token }, world) {
  const { verifyReleaseAssets } = await import("./chunks/run-release-check-index.mjs");
  const trust = await loadTrust(instance, world, policy);
  const request = { place, files, policy, trust, token, apiUrl: process.env.GITHUB_API_URL, concurrency: 8 };
  return { report: await verifyReleaseAssets({ ...request, temporaryDirectory }, world), trust };
}
function gated(world, { refuseProposedPolicy }, warnings2) {
  const { GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF, GITHUB_SHA, GITHUB_REPOSITORY, GITHUB_SERVER_URL } = process.env;
  const job = {
    workspace,
    eventName: GITHUB_EVENT_NAME,
    eventPath: GITHUB_EVENT_PATH,
    ref: GITHUB_REF,
    sha: GITHUB_SHA,
    repository: GITHUB_REPOSITORY,
    serverUrl: GITHUB_SERVER_URL
  };
  const demand = acceptedFiles(job, world.files);
  if (demand === void 0) return world;
  const warn = (...file) => demand(...file).catch((failure) => {
    if (!(failure instanceof CountersignError)) throw failure;
    warnings2.push([`${failure.message}.`, failure.remedy].join(" ").trim());
  });
  return { ...world, demandAccepted: refuseProposedPolicy ? demand : warn };
}
async function namedArtifacts(inputs, policy, world) {
  const { filesArtifact, subjects, images: imageNames } = inputs;
  const isNothing = filesArtifact === void 0 && imageNames.length === 0 && namesNothing(subjects);
  const release = isNothing ? releaseOf(policy) : void 0;
  if (release !== void 0) return { artifacts: [release], skipped: [], leftOut: [], fetched: void 0 };
  const { artifacts, ...named } = await namedFiles(inputs, world);
  const images = await loadImages({ ...inputs, environment: process.env }, world);
  return { ...named, artifacts: [...artifacts, ...images] };
}
async function namedFiles({ filesArtifact: artifact, subjects, images }, world) {
  if (artifact === void 0 && images.length > 0 && namesNothing(subjects))
    return { artifacts: [], skipped: [], leftOut: [], fetched: void 0 };
  if (artifact === void 0) return { ...await selectVerifiables(subjects, workspace, world), fetched: void 0 };
  demandArtifactService(serverUrl, "files-artifact", "Download the artifact in an earlier step, and set `files`.");
  const source = { artifact, input: "files-artifact", holds: "files", temporaryDirectory };
  const fetched = await fetchArtifact(source, world.files);
  output("artifact-path", fetched.directory);
  return { ...await selectFromArtifact(fetched, world), leftOut: [], fetched };
}
async function bundlePlaces({ bundlePaths: paths, bundleDirectory: directory, bundleArtifact: name }, fetched, world) {
  const confinedTo = workspace;
  if (name === void 0) return { workspace: fetched?.directory ?? workspace, paths, directory, confinedTo };
  demandArtifactService(
    serverUrl,
    "bundle-artifact",
    "Download the artifact in an earlier step, and set `bundle-dir`."
  );
  const source = { artifact: { name }, input: "bundle-artifact", holds: "bundles", temporaryDirectory };
  const { directory: unpacked } = await fetchArtifact(source, world.files);
  return { workspace: unpacked, paths, directory: unpacked, confinedTo };
}
async function publish(report, inputs, world) {
  const annotate = { error, warning, notice };
  for (const { level, title, message } of verificationAnnotations(report)) annotate[level](message, { title });
  const outcomes = artifactOutcomes(report);
  const verbose = outcomes.length <= maxDetailed;
  info(verificationText(report, { verbose }).trimEnd());
  await writeSummary(verificationSummary(report));
  const path = inputs.reportPath ?? join(temporaryDirectory, `countersign-verification-${encodeHex(world.random(8))}.json`);
  await deliverFile(world.files, world.random, path, verificationJsonText(report), places);
  const results = { value: resultsJson(report), instead: truncated(outcomes.length, { report: path }) };
  await setLongOutput("results", "results-file", results, temporaryDirectory, world);
  const names = identities(report);
  const signers = { value: JSON.stringify(names), instead: truncated(names.length, {}) };
  await setLongOutput("identities", "identities-file", signers, temporaryDirectory, world);
  output("image", verifiedImage(report));
  const count2 = outcomes.filter(({ image }) => image !== void 0).length;
  const images = { value: imagesJson(report), instead: truncated(count2, {}) };
  await setLongOutput("images", "images-file", images, temporaryDirectory, world);
  output("report-path", path);
}
function setVerified(verified) {
  output("verified", String(verified));
}
function output(name, value) {
  setOutput(name, value);
}
