import { isForeignWorkflow, pinnedSource, verifyCommands } from "./chunks/report-verify-commands.mjs";
import { maskToken, annotationsFor, artifactWarnings, fetchArtifact, readSharedInputs, setLongOutput, truncated } from "./chunks/action-read-shared-inputs.mjs";
import { collectedSubjects, fetchLegDigests, formatOfCollected, imageLines, leftOutText, listLegArtifacts, subjectsJson } from "./chunks/run-sign-collected-subjects.mjs";
import { findLocal, namesClaims, signRun } from "./chunks/run-sign-sign-run.mjs";
import "./chunks/run-sign-sign-each.mjs";
import { deliverRun, deliveriesTo, deliveryTable, earlierAt, signingReport } from "./chunks/deliver-upload-artifact.mjs";
import { shownPath, loadRegistries } from "./chunks/report-shown-path.mjs";
import { signRows } from "./chunks/options-sign.mjs";
import { untilCancelled, readReleaseTarget, demandComplete } from "./chunks/run-sign-signing-result.mjs";
import { demandStatements } from "./chunks/deliver-github-attestations.mjs";
import { demandNameFree_2 } from "./chunks/deliver-earlier-artifact.mjs";
import "./chunks/deliver-manifest.mjs";
import { formatLeg_2, isLegText_2, legArtifactName_2, legDigestsFile_2, writeLegDigests_2 } from "./chunks/subject-leg-digests.mjs";
import { distinctSubjects } from "./chunks/fetch-download-artifact.mjs";
import { selectFromArtifact } from "./chunks/run-verify-select-verifiables.mjs";
import { namesNothing } from "./chunks/subject-glob.mjs";
import "./chunks/node-safe-file-name.mjs";
import { uploadFolder, readInputs, runStep, writeSummary } from "./chunks/action-read-inputs.mjs";
import { searchPage } from "./chunks/report-html.mjs";
import { untilInterrupted } from "./chunks/node-interruption.mjs";
import "./chunks/report-shell.mjs";
import "./chunks/node-young-generation.mjs";
import { retryText } from "./chunks/report-retry-text.mjs";
import { cellCode, cellProse, code, fenced, link, prose } from "./chunks/report-markdown.mjs";
import { byteLength, count, fitting, shownText } from "./chunks/report-shorten.mjs";
import "./chunks/options-shared.mjs";
import "./chunks/subject-checksums.mjs";
import { error, info, notice, setOutput, warning } from "./chunks/actions-http-client-lib-index.mjs";
import "./chunks/tunnel-lib-tunnel.mjs";
import "./chunks/fetch-archive-directory.mjs";
import { demandArtifactName, demandArtifactService, describeClientError, hasArtifactService, openArtifactClient } from "./chunks/services-github-artifact-client.mjs";
import { plainLine } from "./chunks/options-row.mjs";
import { jobTokens } from "./chunks/identity-find-tokens.mjs";
import { cachedTokens, checkServer } from "./chunks/identity-providers-github-actions.mjs";
import "./chunks/services-rekor-rekor-v1.mjs";
import "./chunks/services-http-retry.mjs";
import "./chunks/identity-verify-token.mjs";
import { hashedAtOnce } from "./chunks/run-sign-attest.mjs";
import "./chunks/jose-dist-webapi-lib-asn1.mjs";
import "./chunks/deliver-bundle-paths.mjs";
import "./chunks/noble-curves-abstract-weierstrass.mjs";
import "./chunks/noble-curves-abstract-modular.mjs";
import { demandConfined } from "./chunks/deliver-disk.mjs";
import "./chunks/services-rekor-answer-v1.mjs";
import "./chunks/services-http-explain-failure.mjs";
import { programsOf } from "./chunks/node-run-program.mjs";
import "./chunks/services-http-back-off.mjs";
import "./chunks/core-bundle-write-bundle.mjs";
import { formatImage, mapConcurrently } from "./chunks/node-concurrency.mjs";
import "./chunks/node-atomic-write.mjs";
import "./chunks/node-make-folder.mjs";
import "./chunks/report-verification-report.mjs";
import { chooseInstance, tenantOf } from "./chunks/run-world-choose-instance.mjs";
import "./chunks/core-trust-signing-config.mjs";
import "./chunks/node-links.mjs";
import "./chunks/core-bundle-read-bundle.mjs";
import { digestFile } from "./chunks/subject-digest-file.mjs";
import { readImageName } from "./chunks/subject-image-name.mjs";
import { formatRepository } from "./chunks/services-registry-image-reference.mjs";
import "./chunks/services-http-answer.mjs";
import { systemWorld, loadInstance } from "./chunks/run-world-world.mjs";
import "./chunks/node-secret.mjs";
import "./chunks/core-certificate-path.mjs";
import "./chunks/core-encoding-der-writer.mjs";
import "./chunks/core-certificate-signed-certificate-timestamp.mjs";
import "./chunks/core-log-cosignature.mjs";
import "./chunks/core-certificate-certificate.mjs";
import { formatDigest } from "./chunks/node-regular-file.mjs";
import "./chunks/core-encoding-der.mjs";
import "./chunks/core-encoding-json.mjs";
import { CountersignError, fail, __callDispose, __using } from "./chunks/core-errors-codes.mjs";
import { join as join2 } from "node:path";
import { join } from "node:path";
import { resolve } from "node:path";
async function uploadLegDigests(digests, place, open = openArtifactClient) {
  const { files, temporaryDirectory: temporaryDirectory2 } = place;
  const text = writeLegDigests_2(digests);
  const name = legArtifactName_2(digests.from);
  const client = await open();
  const reuse = async () => client;
  const [earlier] = (await listLegArtifacts(reuse)).filter((one) => one.name === name);
  if (earlier !== void 0) {
    const found = await fetchLegDigests(earlier, place, reuse).catch(orUndefined);
    if (found === void 0 || !isEarlier(found.from, digests.from)) taken(name, digests.from);
    await client.deleteArtifact(name).catch((cause) => notReplaced(name, cause));
  }
  const folder = await files.mkdtemp(join(temporaryDirectory2, "countersign-digests-"));
  await files.writeFile(join(folder, legDigestsFile_2), text);
  return { name, ...await uploadFolder({ name, folder, what: "the list of digests" }, files, reuse) };
}
function orUndefined(failure) {
  if (failure instanceof CountersignError && failure.kind === "invalid") return void 0;
  throw failure;
}
function isEarlier(found, own) {
  return found.repository === own.repository && found.runId === own.runId && found.job === own.job && found.leg === own.leg && found.attempt < own.attempt;
}
function taken(name, from) {
  fail("USAGE", `this run already has an artifact named ${JSON.stringify(name)}, for the leg ${formatLeg_2(from)}`, {
    remedy: "Set `leg` to a text that is different in each leg of the matrix and in each step with `mode: collect`."
  });
}
function notReplaced(name, cause) {
  fail(
    "DELIVERY_FAILED",
    `the artifact ${name} of an earlier attempt was not replaced: ${describeClientError(String(cause))}`,
    {
      cause,
      remedy: "Run the job again."
    }
  );
}
var maxBytes = 1e6;
var maxFailureBytes = 2e5;
var maxWarnings = 20;
var maxCellLength = 80;
var maxFullDigests = 200;
function signingSummary(report) {
  const head = [
    ...headline(report),
    ...failures(report),
    ...warnings(report),
    ...notices(report),
    ...facts(report),
    ...deliveryTable(report.deliveries)
  ];
  const tail = [...fullDigests(report), ...verification(report)];
  const room = maxBytes - byteLength(head) - byteLength(tail);
  return [...head, ...subjects(report, room), ...tail, ""].join("\n");
}
function headline({ signed, unsigned, deliveries, warnings: warnings2 }) {
  const done = distinctSubjects(signed).length;
  const total = done + unsigned.length;
  const noun = unsigned.length === 0 ? commonNoun(signed) : "subject";
  if (unsigned.length > 0)
    return [`## \u274C Countersign signed ${done.toLocaleString("en")} of ${count(total, noun)}`, ""];
  const failed = deliveries.filter(({ outcome }) => outcome === "failed").length;
  if (failed > 0)
    return [
      `## \u274C Countersign signed ${count(total, noun)}, but ${failed} of ${deliveries.length} deliveries failed`,
      ""
    ];
  if (warnings2.length === 0) return [`## \u2705 Countersign signed ${count(total, noun)}`, ""];
  return [`## \u26A0\uFE0F Countersign signed ${count(total, noun)}, with ${count(warnings2.length, "warning")}`, ""];
}
function commonNoun(signed) {
  const [noun = "subject", ...others] = [...new Set(signed.map(({ kind }) => kind === "digest" ? "subject" : kind))];
  return others.length === 0 ? noun : "subject";
}
function failures({ signed, unsigned }) {
  if (unsigned.length === 0) return [];
  const kept = signed.length === 0 ? "" : " The other signatures are complete. Run the job again to sign the rest.";
  const shown = fitting(unsigned, (failure) => [failureRow(failure)], maxFailureBytes).flat();
  const more = unsigned.length - shown.length;
  return [
    "> [!CAUTION]",
    `> **${count(unsigned.length, "subject")} not signed.**${kept}`,
    "",
    "| Not signed | Code | Problem | What to do |",
    "| :-- | :-- | :-- | :-- |",
    ...shown,
    "",
    ...more > 0 ? [`\u2026 and ${more.toLocaleString("en")} more.`, ""] : []
  ];
}
function failureRow({ name, code: errorCode, message, remedy = "" }) {
  const what = cellProse(message.replaceAll("\n", " "));
  return `| ${cellCode(name)} | **\`${errorCode}\`** | ${what} | ${cellProse(remedy)} |`;
}
function warnings(report) {
  if (report.warnings.length === 0) return [];
  const shown = report.warnings.slice(0, maxWarnings).map(prose);
  const more = report.warnings.length - shown.length;
  const listed = shown.length === 1 ? shown : [...shown, ...more > 0 ? [`\u2026 and ${more} more`] : []].map(bullet);
  return ["> [!WARNING]", ...listed.map((line) => `> ${line}`), ""];
}
function notices(report) {
  return report.notices.flatMap((notice2) => ["> [!NOTE]", `> ${prose(notice2)}`, ""]);
}
function bullet(text) {
  return `- ${text}`;
}
function facts(report) {
  const { identity, artifact, manifestPath, workspace: workspace2, instance } = report;
  if (identity === void 0) return [];
  const urls = logUrls(report);
  const isOutage = report.signed.some((subject) => noEntry(subject) !== void 0);
  const rows = [
    ["Issuer", cellCode(identity.issuer)],
    ...source(identity),
    ["Certificate", validity(report)],
    [
      "Logged in",
      urls.length === 0 ? `no transparency log${isOutage ? ", because of an outage" : ""}; the signatures have timestamps` : urls.map((url) => cellCode(url)).join(", ")
    ],
    instance === "public-good" ? void 0 : ["Sigstore instance", cellCode(instance)],
    artifact && ["Artifact", `${link(cellCode(artifact.name), artifact.url)}<br>${cellCode(artifact.digest)}`],
    manifestPath === void 0 ? void 0 : ["Manifest", cellCode(shownPath(manifestPath, workspace2))]
  ];
  return [
    `| Signed by | ${cellCode(identity.subjectAlternativeName, 500)} |`,
    "| :-- | :-- |",
    ...rows.flatMap((row) => row === void 0 ? [] : [`| **${row[0]}** | ${row[1]} |`]),
    "",
    ...isForeignWorkflow(identity) ? foreignWorkflow(identity) : []
  ];
}
function source({ subjectAlternativeName, claims }) {
  const { buildConfigUri, sourceRepositoryUri, sourceRepositoryRef, sourceRepositoryDigest, runInvocationUri } = claims;
  const facts2 = [];
  if (buildConfigUri !== void 0 && buildConfigUri !== subjectAlternativeName)
    facts2.push(["Called by", cellCode(buildConfigUri, 500)]);
  if (sourceRepositoryUri !== void 0) {
    const ref = sourceRepositoryRef === void 0 ? "" : ` at ${cellCode(sourceRepositoryRef)}`;
    const commit = sourceRepositoryDigest === void 0 ? "" : `<br>commit ${cellCode(sourceRepositoryDigest)}`;
    facts2.push(["Source", `${link(cellCode(sourceRepositoryUri), sourceRepositoryUri)}${ref}${commit}`]);
  }
  if (runInvocationUri !== void 0) facts2.push(["Run", link(cellCode(runInvocationUri), runInvocationUri)]);
  return facts2;
}
function foreignWorkflow({ claims }) {
  return [
    "> [!NOTE]",
    `> The signer is a reusable workflow in another repository, which other repositories can call too. Its identity alone does not identify the source: also check the source repository, ${cellCode(claims.sourceRepositoryUri ?? "")}.`,
    ""
  ];
}
function validity({ signed }) {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const windows = new Map(
    fresh.map(({ certificateValidity }) => [certificateValidity.notBefore.getTime(), certificateValidity])
  );
  const sorted = [...windows.values()].sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime());
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === void 0 || last === void 0) return "none: an earlier run had already signed everything";
  const certificates = sorted.length === 1 ? "" : `${sorted.length} certificates, `;
  return `${certificates}valid from ${moment(first.notBefore)} to ${moment(last.notAfter)}; signatures made in this time remain valid`;
}
function moment(time) {
  return `${time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
function subjects(report, room) {
  const { signed, manifestPath, workspace: workspace2 } = report;
  if (signed.length === 0) return [];
  const columns = tableColumns(report);
  const titles = columns.map(({ title: title2 }) => title2);
  const head = [`| ${titles.join(" | ")} |`, `| ${titles.map(() => ":--").join(" | ")} |`];
  const manifest = manifestPath === void 0 ? "" : `. The complete list is in ${cellCode(shownPath(manifestPath, workspace2))}`;
  const noun = distinctSubjects(signed).length === signed.length ? "more subject" : "more signature";
  const rest = (more) => `\u2026 and ${count(more, noun)}${manifest}.`;
  const row = (subject) => `| ${columns.map(({ cell }) => cell(subject)).join(" | ")} |`;
  const shown = fitting(
    signed,
    (subject) => [row(subject)],
    room - byteLength([...head, ...bundleNote(report), rest(signed.length), "", ""])
  );
  return [
    ...head,
    ...shown.flat(),
    "",
    ...shown.length < signed.length ? [rest(signed.length - shown.length), ""] : [],
    ...bundleNote(report)
  ];
}
function noEntry({ logs, outages = [] }) {
  return logs.length === 0 && outages.length > 0 ? "**none** (outage)" : void 0;
}
function shortDigest(digest) {
  return `\`${digest.slice(0, "sha256:".length + 12)}\u2026\``;
}
function tableColumns(report) {
  const { signed, workspace: workspace2 } = report;
  const urls = logUrls(report);
  const logs = {
    title: "Log index",
    cell: (subject) => noEntry(subject) ?? subject.logs.map(({ url, index }) => {
      const page = searchPage(url, index);
      const entry = page === void 0 ? index.toString() : link(index.toString(), page);
      return urls.length === 1 ? entry : `${cellCode(url)} ${entry}`;
    }).join("<br>")
  };
  const attached = {
    title: "Attached as",
    cell: ({ attachedAs }) => attachedAs === void 0 ? "" : shortDigest(attachedAs.slice(attachedAs.indexOf("@") + 1))
  };
  const type = {
    title: "Predicate type",
    cell: ({ predicateType = "" }) => cellCode(predicateType, maxCellLength)
  };
  const bundle = {
    title: "Bundle",
    cell: ({ bundlePath }) => cellCode(shownPath(bundlePath, workspace2), maxCellLength)
  };
  return [
    {
      title: "Subject",
      cell: ({ name, platform, attests, resumed }) => [
        cellCode(name, maxCellLength),
        ...attests === void 0 ? [] : ["attestation manifest"],
        ...platform === void 0 ? [] : [`for ${cellCode(platform, maxCellLength)}`],
        ...resumed ? ["(signed by an earlier run)"] : []
      ].join(" ")
    },
    ...new Set(signed.map(({ predicateType }) => predicateType)).size > 1 ? [type] : [],
    { title: "Digest", cell: ({ digest }) => shortDigest(formatDigest(digest)) },
    ...signed.some(({ attachedAs }) => attachedAs !== void 0) ? [attached] : [],
    ...urls.length === 0 ? [] : [logs],
    ...signed.every((subject) => isBeside(subject, workspace2)) || report.format === "attestation" ? [] : [bundle]
  ];
}
function bundleNote({ format, signed, workspace: workspace2 }) {
  if (format === "attestation") {
    const paths = [...new Set(signed.map(({ bundlePath }) => bundlePath))];
    const listed = paths.slice(0, 20).map((path) => cellCode(shownPath(path, workspace2)));
    const more = paths.length > listed.length ? `, and ${paths.length - listed.length} more` : "";
    return [`Covered by ${count(paths.length, "attestation")}: ${listed.join(", ")}${more}.`, ""];
  }
  if (signed.every((subject) => isBeside(subject, workspace2)))
    return ["Each bundle is next to its file: `<file>.sigstore.json`.", ""];
  return [];
}
function isBeside({ name, bundlePath }, workspace2) {
  return shownPath(bundlePath, workspace2) === `${name}.sigstore.json`;
}
function logUrls({ signed }) {
  return [...new Set(signed.flatMap(({ logs }) => logs.map(({ url }) => url)))].slice(0, 10);
}
function fullDigests({ signed }) {
  if (signed.length === 0 || signed.length > maxFullDigests) return [];
  const lines = distinctSubjects(signed).map(({ name, platform, digest }) => {
    const shown = platform === void 0 ? name : `${name} (${platform})`;
    return `${formatDigest(digest)}  ${shownText(shown, 300)}`;
  });
  return ["<details><summary>Full digests</summary>", "", ...fenced("", lines), "", "</details>", ""];
}
var noCommands = [
  "### Verify",
  "",
  "To get a command here that verifies the signatures, pin the action to a full commit SHA.",
  ""
];
function verification(report) {
  const all = verifyCommands(report);
  if (all.length === 0) return report.identity === void 0 || report.source !== void 0 ? [] : noCommands;
  const only = distinctSubjects(report.signed).length === 1;
  return ["### Verify", "", ...all.flatMap((one) => verificationOf(one, only))];
}
function verificationOf({ subject, commands }, only) {
  return [
    ...only ? [] : [`For ${code(subject.name)}. Verify the other ${alike(subject)} in the same way.`, ""],
    ...commands.flatMap(({ tool, lines }) => [`With **${tool}**:`, "", ...fenced("sh", lines), ""])
  ];
}
function alike({ kind, attachedAs }) {
  if (kind !== "image") return kind === "file" ? "files" : "digests";
  return attachedAs === void 0 ? "images without attached bundles" : "images";
}
async function collectLeg(request, world) {
  const images = request.images.map(imageSubject);
  const { subjects: subjects2 } = await findLocal(request, images.length > 0, world);
  const hashed = await mapConcurrently(subjects2, (subject) => hash(subject, world), hashedAtOnce);
  const distinct = new Map(images.map((image) => [formatImage(image), image]));
  return { from: request.from, subjects: [...hashed, ...distinct.values()] };
}
function imageSubject(line) {
  const image = readImageName(line);
  if (image.kind === "path" || image.reference.digest === void 0)
    fail("USAGE", `the image ${JSON.stringify(line)} has no digest, which \`mode: collect\` requires`, {
      remedy: "Set `images` to registry/name@sha256:\u2026, for example with the output `digest` of docker/build-push-action."
    });
  const { repository, digest } = image.reference;
  return { kind: "image", name: formatRepository(repository), digest };
}
async function hash(subject, { files }) {
  const { name } = subject;
  if (subject.kind === "digest") return { kind: "digest", name, digest: subject.digest };
  let size = 0;
  const digest = await digestFile(files, subject, "sha256", (bytes) => {
    size += bytes.length;
  });
  return { kind: "file", name, digest, size };
}
async function filesOfCollected(found, collected, concurrency, { files }) {
  const wanted = new Map(collected.map((one) => [formatDigest(one.digest), one]));
  const matched = await mapConcurrently(
    found.filter((one) => one.kind === "file"),
    async (file) => {
      const digest = await digestFile(files, file, "sha256");
      const { digest: stated } = wanted.get(formatDigest(digest)) ?? foreign(file, digest);
      return { ...file, stated: [stated] };
    },
    concurrency
  );
  const present = new Set(matched.flatMap(({ stated }) => stated.map(formatDigest)));
  for (const [digest, { name, origin }] of wanted)
    if (!present.has(digest))
      fail(
        "SUBJECT_MISSING",
        `no file has the digest ${digest} of ${JSON.stringify(name)}, which ${origin} handed over`,
        {
          remedy: "Upload every file that the leg collects, and fetch the artifacts of all legs. Nothing was signed."
        }
      );
  return matched;
}
function foreign({ name }, digest) {
  return fail(
    "SUBJECT_CHANGED",
    `${JSON.stringify(name)} has the digest ${formatDigest(digest)}, which no leg handed over`,
    {
      remedy: "Collect the file in the leg that builds it, after the last step that writes to it. If it was collected, find the job that replaced it. Nothing was signed."
    }
  );
}
function readSignInputs(workspace2) {
  const input = readInputs(signRows, "sign", workspace2);
  const shared = readSharedInputs(input, "Sign", input.pushToRegistry === true);
  const { subjects: subjects2, filesArtifact, account, attested, likeAttest, others } = shared;
  const images = [...input.images, ...attested];
  const { collected: lines, collectedCount: count2, ...rest } = others;
  const collected = lines.length === 0 && count2 === void 0 ? void 0 : { collected: lines, count: count2 };
  demandMode(input, collected !== void 0, namesNothing({ ...subjects2, files: [] }));
  demandRelease(input);
  const named = filesArtifact !== void 0 || images.length > 0 || collected !== void 0 || input.statement !== void 0;
  return {
    ...rest,
    collected,
    subjects: named ? subjects2 : orAnnounced(subjects2),
    filesArtifact,
    images,
    account,
    pushToRegistry: input.pushToRegistry ?? true,
    bundleDirectory: input.bundleDir,
    format: bundleFormat(
      input.bundleFormat,
      likeAttest || namesClaims(input) || input.storeAttestations,
      collected !== void 0
    ),
    instance: {
      name: input.instance,
      purpose: "sign",
      trustedRoot: input.trustedRoot,
      signingConfig: input.signingConfig,
      tufUrl: input.tufUrl,
      tufRoot: input.tufRoot,
      logVersion: input.logVersion,
      insecureIgnoreSct: input.insecureIgnoreSct,
      insecureIgnoreTlog: input.insecureIgnoreTlog,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, "countersign-tuf")
    },
    retryBudgetMilliseconds: input.retryBudget,
    allowPublicLog: input.publicLog
  };
}
function bundleFormat(format, isAttestation, isCollected) {
  if (isCollected) return formatOfCollected(format, "collected");
  return format === "auto" ? isAttestation ? "attestation" : "per-file" : format;
}
function demandMode(input, isCollected, namesNoDigests) {
  const { mode, leg, bundleDir, artifactName } = input;
  if (mode === "sign") {
    if (leg !== void 0) refuse("leg", "without `mode: collect`", "Omit it, or set `mode: collect`.");
    if (isCollected && !namesNoDigests)
      refuse("collected", "together with checksums or digests", "Sign them in separate steps.");
    return;
  }
  const remedy = "Set it in the step that signs.";
  if (isCollected) refuse("collected", "with `mode: collect`", remedy);
  if (bundleDir !== void 0) refuse("bundle-dir", "with `mode: collect`", remedy);
  if (artifactName !== void 0) refuse("artifact-name", "with `mode: collect`", remedy);
  if (input.release !== void 0) refuse("release", "with `mode: collect`", remedy);
  if (input.storeAttestations) refuse("store-attestations", "with `mode: collect`", remedy);
  if (input.package !== void 0) refuse("package", "with `mode: collect`", remedy);
  if (namesClaims(input)) refuse("attestations", "with `mode: collect`", remedy);
  if (leg !== void 0 && !isLegText_2(leg))
    refuse("leg", "with line breaks, control characters or more than 256 characters", "Use a short name for the leg.");
}
function demandRelease({ release, publishRelease }) {
  if (publishRelease && release === void 0) refuse("publish-release", "without `release`", "Set `release`.");
}
function refuse(input, how, remedy) {
  return fail("USAGE", `the input \`${input}\` cannot be used ${how}`, { remedy });
}
function orAnnounced(subjects2) {
  const artifactsList = process.env.GITHUB_ARTIFACTS_LIST;
  return namesNothing(subjects2) && artifactsList ? { ...subjects2, artifactsList } : subjects2;
}
var workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
var temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
var title = "Countersign";
var serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
maskToken(process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
await untilInterrupted(
  (interruption) => runStep(async () => {
    var _stack = [];
    try {
      const inputs = readSignInputs(workspace);
      const world = __using(_stack, systemWorld({
        cancellation: interruption.cancellation,
        retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
        onRetry: (retry) => info(plainLine(retryText(retry)))
      }));
      if (inputs.mode === "collect") await collect(inputs, world);
      else await sign(inputs, interruption, world);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  })
);
async function sign(inputs, interruption, world) {
  if (inputs.instance.name !== "auto") checkServer(serverUrl, inputs.instance.name);
  const artifact = artifactDelivery(inputs);
  const { bundleDirectory } = inputs;
  if (bundleDirectory !== void 0) await demandConfined(world.files, bundleDirectory, { workspace, bundleDirectory });
  const { subjects: subjects2, places, shownFrom, images: handedOver2 = [], warnings: warnings2 } = await namedSubjects(inputs, world);
  const { account } = inputs;
  const named = [...inputs.images, ...handedOver2];
  const registries = await loadRegistries({ images: named, account, environment: process.env }, world);
  const { pushToRegistry: push, recursive, signAttestations: attestations } = inputs;
  const images = registries && { named, recursive, attestations, workspace, registries, push };
  const destinations = { places, artifact, images, github: gitHubDestinations(inputs) };
  const destined = await deliveriesTo(destinations);
  const earlier = thisRun().attempt > 1 ? await earlierAt(destinations, world) : void 0;
  let instance;
  const result = await signRun(
    {
      ...inputs,
      subjects: subjects2,
      images,
      places,
      earlier,
      instance: (token) => {
        instance = instanceFor(inputs, token);
        return loadInstance(instance, world);
      },
      tokens: cachedTokens(() => requestIdentity(interruption, world), world.clock),
      serverUrl,
      beforeSigning: async (all) => {
        if (inputs.storeAttestations) demandStatements(all, inputs.format);
        const name = artifact?.name;
        if (name === void 0) return;
        const look = () => demandNameFree_2(name, all, { files: world.files, temporaryDirectory });
        await untilCancelled(look, "listing the workflow artifacts", "Run the job again.", world.cancellation);
      },
      onSubject: (subject) => info(plainLine(describeSubject(subject)))
    },
    world
  );
  if (result.leftOut.length > 0) info(plainLine(leftOutText(result.leftOut)));
  const source2 = actionSource();
  const receipts = inputs.receipt && instance !== void 0 ? await writeReceipts(result, { places, instance, source: source2 }, world) : { paths: [], failures: [] };
  const { paths } = receipts;
  const request = { places, collect: true, deliveries: destined, receipts: paths };
  const deliveries = await deliverRun(result, request, world);
  const failures2 = [...deliveries.failures, ...receipts.failures];
  const own = signingReport(result, { ...deliveries, failures: failures2 }, shownFrom);
  const report = { ...own, source: source2, warnings: [...warnings2, ...own.warnings] };
  await publish(report, deliveries.collection?.bundlesPath, world);
  output("receipt-path", paths.join("\n"));
  demandComplete(result, { listed: true });
  const [failure] = failures2;
  if (failure !== void 0) throw failure;
}
async function writeReceipts(result, request, world) {
  const { writeSignedReceipts } = await import("./chunks/run-receipt-index.mjs");
  const script = await world.files.readFile(new URL("page.js", import.meta.url), "utf8");
  return writeSignedReceipts(result, request, script, world);
}
function actionSource() {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
  return serverUrl === "https://github.com" ? pinnedSource(repository, ref) : void 0;
}
async function namedSubjects(inputs, world) {
  const { collected, filesArtifact, subjects: subjects2, bundleDirectory, signBundles, concurrency } = inputs;
  if (collected === void 0) return localSubjects(inputs, world);
  const { subjects: digests, ...received } = await handedOver(collected, world);
  if (filesArtifact === void 0 && namesNothing(subjects2))
    return { places: { workspace, bundleDirectory }, shownFrom: workspace, subjects: digests, ...received };
  const local = await localSubjects(inputs, world);
  const { subjects: found } = await findLocal({ ...local, signBundles }, false, world);
  const files = await filesOfCollected(found, digests.found, concurrency, world);
  return { ...local, ...received, subjects: { found: files } };
}
async function localSubjects({ subjects: subjects2, filesArtifact: artifact, bundleDirectory }, world) {
  const inWorkspace = { places: { workspace, bundleDirectory }, shownFrom: workspace };
  if (artifact === void 0) return { ...inWorkspace, subjects: subjects2, warnings: [] };
  demandArtifactService(serverUrl, "files-artifact", "Download the artifact in an earlier step, and set `files`.");
  const source2 = { artifact, input: "files-artifact", holds: "files", temporaryDirectory };
  const fetched = await fetchArtifact(source2, world.files);
  const { artifacts: found } = await selectFromArtifact(fetched, world);
  const inArtifact = (directory, shownFrom) => ({
    subjects: { found },
    places: { workspace: fetched.directory, bundleDirectory: directory, confinedTo: workspace },
    shownFrom,
    warnings: artifactWarnings(artifact, "sign")
  });
  if (bundleDirectory !== void 0) return inArtifact(bundleDirectory, workspace);
  const own = await world.files.mkdtemp(join2(temporaryDirectory, "countersign-bundles-"));
  return inArtifact(own, own);
}
async function handedOver(collected, world) {
  demandArtifactService(serverUrl, "collected", "Set `digests`, and pass the digests on as outputs of jobs.");
  const receive = () => collectedSubjects({ ...collected, run: thisRun() }, { files: world.files, temporaryDirectory });
  const { found, images, legs, warnings: warnings2 } = await untilCancelled(
    receive,
    "downloading the digests of the legs",
    "Run the job again.",
    world.cancellation
  );
  info(plainLine(`received ${found.length + images.length} subjects from ${legs.map(formatLeg_2).join(", ")}`));
  return { subjects: { found }, images, warnings: warnings2 };
}
async function collect(inputs, world) {
  demandArtifactService(serverUrl, "mode: collect", "Pass the digests on as outputs of jobs, and set `digests`.");
  const { subjects: subjects2, places, warnings: warnings2 } = await namedSubjects(inputs, world);
  for (const text of warnings2) warning(plainLine(text));
  const { signBundles, images } = inputs;
  const from = { ...thisRun(), job: process.env.GITHUB_JOB ?? "", leg: inputs.leg ?? "" };
  const digests = await collectLeg({ subjects: subjects2, places, signBundles, images, from }, world);
  const upload = () => uploadLegDigests(digests, { files: world.files, temporaryDirectory });
  const { name, id, digest } = await untilCancelled(
    upload,
    "uploading the digests",
    "Run the job again.",
    world.cancellation
  );
  info(plainLine(`collected ${digests.subjects.length} subjects of ${formatLeg_2(from)}: ${name}`));
  output("collected", `${id}@${digest}`);
  output("artifact-name", name);
  output("artifact-id", id.toString());
  output("artifact-digest", digest.replace(/^sha256:/, ""));
}
function thisRun() {
  const {
    GITHUB_REPOSITORY: repository = "",
    GITHUB_RUN_ID: runId = "",
    GITHUB_RUN_ATTEMPT: attempt = "1"
  } = process.env;
  return { repository, runId, attempt: Number(attempt) };
}
async function requestIdentity(interruption, world) {
  interruption.takeOver();
  const found = jobTokens(process.env, { ...world, run: programsOf(process.env, world.cancellation) });
  const token = await found.request();
  maskToken(token.reveal());
  return found.read(token, world.clock(), serverUrl);
}
function instanceFor({ instance: { name, ...request } }, { kind, claims }) {
  const tenant = tenantOf(serverUrl);
  if (name !== "auto") return { ...request, name, tenant };
  const chosen = chooseInstance(serverUrl, kind.visibility?.(claims));
  notice(plainLine(`\`instance: auto\` is ${chosen.name}, because ${chosen.reason}`), { title });
  return { ...request, name: chosen.name, tenant };
}
function artifactDelivery({ uploadArtifact, artifactName }) {
  if (!uploadArtifact) return void 0;
  if (uploadArtifact === "auto" && artifactName === void 0 && !hasArtifactService(serverUrl)) {
    const text = `the bundles are not uploaded as a workflow artifact, because ${serverUrl} has no artifact service of github.com`;
    notice(plainLine(`${text}. They are in the folder of the job; \`upload-artifact: false\` omits this notice`), {
      title
    });
    return void 0;
  }
  demandArtifactService(
    serverUrl,
    "upload-artifact",
    "Set `upload-artifact: false`, and store the folder with the bundles in a later step."
  );
  if (artifactName !== void 0) demandArtifactName(artifactName);
  const { GITHUB_REPOSITORY: repository = "", GITHUB_RUN_ID: runId = "", GITHUB_JOB: job = "" } = process.env;
  return { name: artifactName, serverUrl, repository, runId, job, temporaryDirectory };
}
function gitHubDestinations({
  release,
  publishRelease,
  storeAttestations,
  storageRecords,
  githubToken
}) {
  if (release === void 0 && !storeAttestations && !storageRecords) return void 0;
  const {
    GITHUB_REPOSITORY: repository = "",
    GITHUB_API_URL: apiUrl,
    GITHUB_REF: ref,
    GITHUB_SHA: commit
  } = process.env;
  const wanted = release === void 0 ? void 0 : { target: readReleaseTarget(release, ref), publish: publishRelease, commit, temporaryDirectory };
  const access = { repository, token: githubToken, apiUrl, serverUrl };
  return { access, release: wanted, storeAttestations, storageRecords };
}
async function publish(report, bundlesPath, world) {
  const annotate = { error, warning, notice };
  for (const { level, title: heading, message } of annotationsFor(report)) annotate[level](message, { title: heading });
  const paths = [...new Set(report.signed.map(({ bundlePath }) => bundlePath))];
  const subjects2 = {
    value: subjectsJson(report),
    instead: truncated(report.signed.length, { manifest: report.manifestPath ?? null })
  };
  await setLongOutput("subjects", "subjects-file", subjects2, temporaryDirectory, world);
  const images = { value: imageLines(report), instead: () => "" };
  await setLongOutput("images", "images-file", images, temporaryDirectory, world);
  const listed = { value: paths.join("\n"), instead: () => "" };
  await setLongOutput("bundle-paths", "bundle-paths-file", listed, temporaryDirectory, world);
  output("bundle-path", paths.length === 1 ? paths[0] ?? "" : bundlesPath ?? "");
  output("bundles-path", bundlesPath ?? "");
  output("manifest-path", report.manifestPath ?? "");
  output("artifact-name", report.artifact?.name ?? "");
  output("artifact-id", report.artifact?.id.toString() ?? "");
  output("artifact-digest", report.artifact?.digest.replace(/^sha256:/, "") ?? "");
  output("artifact-url", report.artifact?.url ?? "");
  publishDeliveries(report.deliveries);
  output("collected", "");
  await writeSummary(signingSummary(report));
}
function publishDeliveries(deliveries) {
  const at = (wanted, list) => deliveries.flatMap((one) => one.name === wanted && one.outcome !== "not-attempted" ? one[list] : []);
  output("release-id", at("release", "ids")[0] ?? "");
  output("release-url", at("release", "urls")[0] ?? "");
  const [ids, urls] = [at("github-attestations", "ids"), at("github-attestations", "urls")];
  output("attestation-id", ids[0] ?? "");
  output("attestation-url", urls[0] ?? "");
  output("attestation-ids", ids.join("\n"));
  output("attestation-urls", urls.join("\n"));
  output("storage-record-ids", at("storage-records", "ids").join(","));
}
function output(name, value) {
  setOutput(name, value);
}
function describeSubject(result) {
  if ("error" in result) return `not signed ${result.subject.name}: ${result.error.code}: ${result.error.message}`;
  const { subject, bundlePath, resumed, verdict, outages } = result;
  const logs = verdict.logEntries.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(", ");
  const name = subject.kind === "image" ? formatImage(subject) : subject.name;
  const where = logs !== "" ? `, logged at ${logs}` : outages.length > 0 ? ", without a log entry (outage)" : "";
  return `${resumed ? "already signed" : "signed"} ${name}${where}: ${bundlePath}`;
}
