import { auditRows } from "./chunks/options-audit.mjs";
import { incompleteReasons, isAlert, issueAnchors, loadWatchPolicy, openDeliveries, openPackages, openWatchServices, runWatch, testDeliveries, watchJson, watchOutcome, watchPage, watchSummary, watchText } from "./chunks/monitor-packages-image-check.mjs";
import "./chunks/report-search-json.mjs";
import "./chunks/monitor-look-alikes-unicode-confusables.mjs";
import "./chunks/run-search-query.mjs";
import { growHeapSlowly } from "./chunks/monitor-audit-follow-log.mjs";
import { maxHistory, maxLogStateLength } from "./chunks/monitor-state-log-state.mjs";
import "./chunks/monitor-readers-proof-reader.mjs";
import "./chunks/monitor-entries-certificate-claims.mjs";
import "./chunks/report-html.mjs";
import "./chunks/run-policy-chosen-logs.mjs";
import "./chunks/run-policy-file-watch-shape.mjs";
import "./chunks/services-http-http.mjs";
import "./chunks/run-world-system-registries.mjs";
import "./chunks/fetch-attached-bundles.mjs";
import "./chunks/core-statement-simple-signing.mjs";
import "./chunks/fetch-attachments.mjs";
import "./chunks/services-registry-manifests.mjs";
import "./chunks/run-world-choose-instance.mjs";
import "./chunks/run-verify-other-formats.mjs";
import "./chunks/fetch-older-signatures.mjs";
import "./chunks/run-policy-policy-file.mjs";
import "./chunks/yaml-dist-parse-lexer.mjs";
import "./chunks/fetch-formats-pep-740.mjs";
import { uploadFolder, readInputs, runStep, writeSummary } from "./chunks/action-read-inputs.mjs";
import { untilInterrupted } from "./chunks/node-interruption.mjs";
import "./chunks/report-shell.mjs";
import "./chunks/node-young-generation.mjs";
import { retryText } from "./chunks/report-retry-text.mjs";
import "./chunks/report-markdown.mjs";
import "./chunks/report-shorten.mjs";
import { instanceRows, runRows } from "./chunks/options-shared.mjs";
import "./chunks/subject-checksums.mjs";
import { error, info, setOutput, warning } from "./chunks/actions-http-client-lib-index.mjs";
import "./chunks/tunnel-lib-tunnel.mjs";
import { unpackArchive } from "./chunks/fetch-archive-directory.mjs";
import { demandArtifactName, demandArtifactService } from "./chunks/services-github-artifact-client.mjs";
import { plainLine, plainLines, count, expression, flag, path, secret, text } from "./chunks/options-row.mjs";
import "./chunks/services-http-sleep.mjs";
import "./chunks/services-registry-manifest.mjs";
import "./chunks/services-rekor-answer-v1.mjs";
import "./chunks/services-http-explain-failure.mjs";
import "./chunks/node-run-program.mjs";
import "./chunks/services-http-back-off.mjs";
import "./chunks/core-bundle-write-bundle.mjs";
import "./chunks/node-concurrency.mjs";
import { writeAtomically } from "./chunks/node-atomic-write.mjs";
import { namesIn } from "./chunks/node-make-folder.mjs";
import { safeFileName } from "./chunks/node-safe-file-name.mjs";
import "./chunks/core-verify-needed-digests.mjs";
import "./chunks/run-policy-request.mjs";
import "./chunks/options-policy.mjs";
import "./chunks/services-github-api.mjs";
import "./chunks/services-http-public-address.mjs";
import "./chunks/subject-image-name.mjs";
import "./chunks/services-registry-image-reference.mjs";
import "./chunks/services-http-answer.mjs";
import { loadTrust, trustSource } from "./chunks/run-policy-load-trust.mjs";
import "./chunks/core-trust-trusted-root.mjs";
import "./chunks/run-world-read-input.mjs";
import { systemWorld } from "./chunks/run-world-world.mjs";
import "./chunks/node-secret.mjs";
import "./chunks/core-certificate-path.mjs";
import "./chunks/core-encoding-der-writer.mjs";
import "./chunks/core-certificate-signed-certificate-timestamp.mjs";
import "./chunks/core-log-cosignature.mjs";
import "./chunks/core-certificate-certificate.mjs";
import "./chunks/core-bundle-read-bundle.mjs";
import { readRegularFile } from "./chunks/node-regular-file.mjs";
import { ProtoField, decodeHex } from "./chunks/core-encoding-der.mjs";
import { equalBytes } from "./chunks/core-encoding-json.mjs";
import { require_node_fs, CountersignError, fail, systemCode, __callDispose, __toESM, __using } from "./chunks/core-errors-codes.mjs";
import { join as join4 } from "node:path";
import { join } from "node:path";
import { join as join2 } from "node:path";
import { join as join3 } from "node:path";
import { resolve } from "node:path";
var import_node_fs = __toESM(require_node_fs(), 1);
var trustedEvents = ["schedule", "workflow_dispatch", "push", "repository_dispatch"];
var maxRuns = 30;
function stateArtifactName(name2, attempt) {
  return attempt === 1 ? name2 : `${name2}-attempt-${attempt}`;
}
async function restoreState(source, client, { folder, temporary }, files) {
  const refused = [];
  let problem;
  for (const run of await runsOf(source, client)) {
    const artifact = await latestArtifact(source, run, client);
    const reason = refusal(source, run, artifact);
    if (reason !== void 0) {
      if (artifact !== void 0) refused.push(`the state of the run ${run.id} is not used: ${reason}`);
      continue;
    }
    if (artifact === void 0 || artifact.isExpired) {
      const what = artifact === void 0 ? "has no state" : "has a state that has expired";
      if (artifact !== void 0 || run.conclusion === "success") problem ??= `the run ${run.id} ${what}`;
      continue;
    }
    try {
      await unpack(await client.downloadArtifact(source.repository, artifact), folder, temporary, files);
      return { run: run.id, problem, refused };
    } catch (error2) {
      if (!(error2 instanceof CountersignError) || error2.kind !== "invalid") throw error2;
      problem ??= `the state of the run ${run.id} is damaged: ${error2.message}`;
      await files.rm(folder, { recursive: true, force: true });
      await files.mkdir(folder);
    }
  }
  return { run: void 0, problem, refused };
}
async function runsOf({ repository, repositoryId, workflow, defaultBranch, run }, client) {
  const file = workflow.replace(/^.*\//, "");
  const query = { workflow: file, branch: defaultBranch, status: "completed" };
  const runs = (await client.workflowRuns(repository, query)).filter(({ id }) => id !== run.id).slice(0, maxRuns);
  if (run.attempt === 1) return runs;
  const earlier = { ...run, attempt: run.attempt - 1, path: workflow, conclusion: void 0 };
  return [{ ...earlier, headRepositoryId: repositoryId }, ...runs];
}
async function latestArtifact({ repository, artifact }, run, client) {
  for (let attempt = run.attempt; attempt >= 1; attempt--) {
    const found = await client.artifactsOfRun(repository, run.id, stateArtifactName(artifact, attempt));
    if (found[0] !== void 0) return found[0];
  }
  return void 0;
}
function refusal(source, run, artifact) {
  const { repositoryId, workflow, defaultBranch } = source;
  if (run.path !== workflow) return `the run is of the workflow ${run.path}`;
  if (!trustedEvents.includes(run.event)) return `the run was started by ${run.event}`;
  if (run.headBranch !== defaultBranch) return "the run is not of the default branch";
  if (run.headRepositoryId !== repositoryId) return "the run is of a fork";
  if (artifact === void 0) return void 0;
  const { run: of } = artifact;
  if (of === void 0 || of.repositoryId !== repositoryId || of.headRepositoryId !== repositoryId)
    return "the artifact is of a fork";
  if (of.headBranch !== defaultBranch) return "the artifact is not of the default branch";
  return void 0;
}
async function unpack(archive, folder, temporary, files) {
  const path2 = join(temporary, "countersign-state.zip");
  await files.writeFile(path2, archive);
  try {
    await unpackArchive(path2, folder, files);
  } finally {
    await files.rm(path2, { force: true });
  }
}
async function anchorProblems(anchors, state, files) {
  const stored = await storedLogs(join2(state, "logs"), files);
  return anchors.flatMap(({ origin, keyId, size, root }) => {
    const log2 = stored.find((one) => one.origin === origin && equalBytes(one.keyId, decodeHex(keyId)));
    const stated = `the issue of the watch states a tree of ${size} entries of the log ${origin}`;
    if (log2 === void 0)
      return [{ cause: "state-missing", message: `${stated}, and the state does not have this log` }];
    if (log2.verified.size < size)
      return [{ cause: "state-older", message: `${stated}, and the state ends at ${log2.verified.size} entries` }];
    const same = [log2.verified, ...log2.history].find((tree) => tree.size === size);
    if (same !== void 0 && !equalBytes(same.root, decodeHex(root)))
      return [{ cause: "state-invalid", message: `${stated}, and the state has another root for it` }];
    return [];
  });
}
async function storedLogs(folder, files) {
  const names = await namesIn(folder, files);
  const logs = [];
  for (const name2 of names.filter((one) => one.endsWith(".json"))) {
    try {
      const bytes = await readRegularFile(files, join2(folder, name2), maxLogStateLength);
      logs.push(readLog(ProtoField.parse(bytes, "STATE_INVALID", name2, { maxLength: maxLogStateLength })));
    } catch (error2) {
      if (!(error2 instanceof CountersignError)) throw error2;
    }
  }
  return logs;
}
function readLog(file) {
  return {
    origin: file.field("origin").text(),
    keyId: file.field("keyId").data(),
    verified: readTree(file.field("verified")),
    history: file.field("history").list(maxHistory).map(readTree)
  };
}
function readTree(field) {
  return { size: field.field("size").safeInteger(), root: field.field("root").data() };
}
var name = "monitor.json";
var schema = "countersign-monitor/1";
var maxLength = 4096;
async function lastComplete(state, { files, clock }) {
  const now = clock();
  try {
    const file = ProtoField.parse(await readRegularFile(files, join3(state, name), maxLength), "STATE_INVALID", name);
    const at = file.field("completeAt").time();
    return at === void 0 || at > now || file.field("schema").string() !== schema ? now : at;
  } catch (error2) {
    if (error2 instanceof CountersignError || systemCode(error2) === "ENOENT") return now;
    throw error2;
  }
}
async function rememberComplete(state, at, { files, random }) {
  const text2 = JSON.stringify({ schema, completeAt: at.toISOString() });
  await writeAtomically(files, random, join3(state, name), `${text2}
`);
}
var { log, bundle, witness, witnessPolicy, from } = auditRows;
var { instance, trustedRoot, tufUrl, tufRoot } = instanceRows;
var monitorRows = {
  policy: {
    form: path,
    default: ".github/countersign.yml",
    action: ""
  },
  token: {
    form: secret,
    default: expression("github.token"),
    action: ""
  },
  issue: {
    form: flag,
    action: ""
  },
  webhook: {
    form: text,
    action: ""
  },
  webhookSecret: {
    form: secret,
    action: ""
  },
  ocsf: { form: path, action: "" },
  sarif: {
    form: path,
    action: ""
  },
  metrics: { form: path, action: "" },
  uploadReport: {
    form: flag,
    default: "true",
    action: ""
  },
  stateArtifact: {
    form: text,
    default: "countersign-watch-state",
    action: ""
  },
  maxOutage: {
    form: count(720),
    default: "6",
    action: ""
  },
  testDelivery: {
    form: flag,
    action: ""
  },
  log: { form: log.form, action: "" },
  bundle: {
    form: bundle.form,
    action: ""
  },
  witness: {
    form: witness.form,
    action: ""
  },
  witnessPolicy: { form: witnessPolicy.form, action: witnessPolicy.about },
  from: { form: from.form, default: from.default, action: from.about },
  maxEntries: {
    form: count(1e9),
    default: "2000000",
    action: ""
  },
  maxMinutes: {
    form: count(300),
    default: "20",
    action: ""
  },
  instance: { form: instance.form, default: instance.default, action: instance.action },
  trustedRoot: { form: trustedRoot.form, action: trustedRoot.about },
  tufUrl: { form: tufUrl.form, action: tufUrl.about },
  tufRoot: { form: tufRoot.form, action: tufRoot.about },
  retryBudget: { form: runRows.retryBudget.form, default: "5m", action: runRows.retryBudget.action }
};
function readMonitorInputs(workspace2) {
  const input = readInputs(monitorRows, "monitor", workspace2);
  const { policy, instance: name2, trustedRoot: trustedRoot2, tufUrl: tufUrl2, tufRoot: tufRoot2, retryBudget, maxOutage, ...values } = input;
  if (input.webhook === void 0 && input.webhookSecret !== void 0)
    fail("USAGE", "the input `webhook-secret` is set, but `webhook` is not", {
      remedy: "Set `webhook` to the URL of the receiver, or remove `webhook-secret`."
    });
  if (input.webhook !== void 0 && input.webhookSecret === void 0)
    fail("USAGE", "the input `webhook` is set, but `webhook-secret` is not", {
      remedy: "Set `webhook-secret` to the secret of the receiver. A secret is empty if the job has no access to it."
    });
  return {
    ...values,
    // Never undefined: it has a default.
    policy: policy ?? resolve(workspace2, ".github/countersign.yml"),
    instance: {
      name: name2,
      purpose: "verify",
      trustedRoot: trustedRoot2,
      tufUrl: tufUrl2,
      tufRoot: tufRoot2,
      cacheDirectory: process.env.RUNNER_TEMP && resolve(process.env.RUNNER_TEMP, "countersign-tuf")
    },
    retryBudgetMilliseconds: retryBudget,
    maxOutageMilliseconds: maxOutage * 36e5
  };
}
function readWatchJob(environment) {
  const text2 = (name2) => environment[name2] || fail("USAGE", `${name2} is not set`, {
    remedy: "Run the action in a job of GitHub Actions. Elsewhere, use `countersign watch`."
  });
  const repository = text2("GITHUB_REPOSITORY");
  const workflowRef = text2("GITHUB_WORKFLOW_REF");
  const [, workflow] = /^[^/]+\/[^/]+\/(\.github\/workflows\/.+?\.ya?ml)@refs\//.exec(workflowRef) ?? [];
  if (workflow === void 0 || !workflowRef.startsWith(`${repository}/`))
    fail("USAGE", `GITHUB_WORKFLOW_REF is ${JSON.stringify(workflowRef)}, which is not a workflow of ${repository}`, {
      remedy: "Start the watch from a workflow of the repository."
    });
  const [, branch] = /^refs\/heads\/(.+)$/.exec(text2("GITHUB_REF")) ?? [];
  return {
    repository,
    repositoryId: text2("GITHUB_REPOSITORY_ID"),
    workflow,
    runId: text2("GITHUB_RUN_ID"),
    attempt: Number(text2("GITHUB_RUN_ATTEMPT")),
    event: text2("GITHUB_EVENT_NAME"),
    branch
  };
}
var workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
var temporaryDirectory = process.env.RUNNER_TEMP ?? workspace;
var serverUrl = process.env.GITHUB_SERVER_URL ?? "https://github.com";
var title = "Countersign watch";
var reportArtifact = "countersign-watch-report";
var maxAnnotations = 10;
await untilInterrupted(
  (interruption) => runStep(async () => {
    var _stack = [];
    try {
      growHeapSlowly();
      const inputs = readMonitorInputs(workspace);
      const world = __using(_stack, systemWorld({
        cancellation: interruption.cancellation,
        retryBudgetMilliseconds: inputs.retryBudgetMilliseconds,
        onRetry: (notice) => info(plainLine(retryText(notice)))
      }));
      await monitor(inputs, interruption, world);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      __callDispose(_stack, _error, _hasError);
    }
  })
);
async function monitor(inputs, interruption, world) {
  var _stack = [];
  try {
    demandArtifactService(
      serverUrl,
      "state-artifact",
      "Run `countersign watch` on a machine that keeps its state folder."
    );
    const artifact = inputs.stateArtifact ?? "";
    demandArtifactName(artifact, "state-artifact");
    const job = readWatchJob(process.env);
    const policy = await loadWatchPolicy(shownPath(inputs.policy), world, { serverUrl });
    const { token, webhookSecret: webhookSecrets } = inputs;
    const services = __using(_stack, openWatchServices({ token, apiUrl: process.env.GITHUB_API_URL, webhookSecrets }, world));
    const version = JSON.parse((0, import_node_fs.readFileSync)(new URL("../package.json", import.meta.url), "utf8")).version;
    const deliveries = openDeliveries(
      {
        issue: inputs.issue ? job.repository : void 0,
        webhook: inputs.webhook,
        files: ["ocsf", "sarif", "metrics"].flatMap((format) => {
          const path2 = inputs[format];
          return path2 === void 0 ? [] : [{ format, path: path2 }];
        }),
        version
      },
      services,
      world
    );
    const parts = { inputs, job, policy, services, deliveries, version };
    if (inputs.testDelivery) return test(parts, world);
    const state = await newStateFolder(artifact, world);
    const problems = await restore(parts, state, world).catch(failIncomplete);
    const since = await lastComplete(state, world);
    interruption.takeOver();
    const outage = await watch(parts, state, problems, world);
    const now = world.clock();
    const isComplete = outage === void 0;
    await rememberComplete(state, isComplete ? now : since, world);
    const name2 = stateArtifactName(artifact, job.attempt);
    const { id } = await uploadFolder({ name: name2, folder: state, what: "the state of the watch" }, world.files);
    output("state-artifact-id", String(id));
    if (!isComplete) reportOutage(outage, since, now, inputs);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
async function test({ deliveries, inputs }, world) {
  if (deliveries.length === 0)
    fail("USAGE", "`test-delivery` is set, but there is no delivery", {
      remedy: "Set `issue`, `webhook`, `ocsf`, `sarif` or `metrics`."
    });
  const report = await testDeliveries(deliveries, shownPath(inputs.policy), world.clock());
  info(plainLines(watchText(report, { colour: false, verbose: false })));
  await writeSummary(watchSummary(report));
  for (const reason of report.incomplete) error(plainLine(reason), { title });
  if (report.incomplete.length > 0) process.exitCode = 1;
}
async function newStateFolder(artifact, { files }) {
  const folder = join4(temporaryDirectory, `countersign-${safeFileName(artifact, 100)}`);
  try {
    await files.mkdir(folder);
  } catch (cause) {
    if (systemCode(cause) !== "EEXIST") throw cause;
    fail("USAGE", `an earlier step of this job has a watch with the state artifact ${JSON.stringify(artifact)}`, {
      cause,
      remedy: "Set `state-artifact` to a different name in each step."
    });
  }
  return folder;
}
async function restore({ inputs, job, services: { github } }, state, { files }) {
  const { repository, repositoryId, workflow, runId, attempt, event, branch } = job;
  const defaultBranch = await defaultBranchOf(job, github);
  const artifact = inputs.stateArtifact ?? "";
  const run = { id: runId, attempt, event, headBranch: branch };
  const source = { repository, repositoryId, defaultBranch, workflow, artifact, run };
  const restored = await restoreState(source, github, { folder: state, temporary: temporaryDirectory }, files);
  for (const reason of restored.refused) warning(plainLine(reason), { title });
  if (branch !== defaultBranch)
    warning(plainLine(`later runs do not use the state of this run, which is not of the branch ${defaultBranch}`), {
      title
    });
  info(
    plainLine(
      restored.run === void 0 ? "No earlier state: the watch begins now." : `Continues the state of the run ${restored.run}.`
    )
  );
  const anchors = inputs.issue ? await issueAnchors({ repository, client: github }) : [];
  const lost = restored.problem === void 0 ? [] : [{ cause: restored.run === void 0 ? "state-missing" : "state-older", message: restored.problem }];
  return [...lost, ...await anchorProblems(anchors, state, files)];
}
function failIncomplete(error2) {
  if (!(error2 instanceof CountersignError) || error2.kind !== "unavailable") throw error2;
  output("outcome", "incomplete");
  return fail(
    error2.code,
    `the state of the watch could not be restored, so that nothing was watched: ${error2.message}`,
    {
      cause: error2,
      remedy: ["Nothing is lost: the next run continues the latest state.", error2.remedy].filter((sentence) => sentence !== void 0).join(" ")
    }
  );
}
async function defaultBranchOf({ repository, repositoryId }, github) {
  const found = await github.repository(repository);
  if (found.kind === "unknown")
    return fail(found.code, found.reason, { remedy: found.remedy ?? "Check the input `token`." });
  if (found.kind === "absent")
    return fail("SERVICE_REFUSED", `${repository} does not exist`, { remedy: "Check the input `token`." });
  if (found.value.id !== repositoryId)
    fail("SERVICE_RESPONSE_INVALID", `${repository} has the id ${found.value.id} at GitHub, not ${repositoryId}`);
  return found.value.defaultBranch;
}
async function watch(parts, state, problems, world) {
  const { inputs, policy, services, deliveries, version } = parts;
  let report;
  try {
    const { roots, warnings } = await loadTrust(inputs.instance, world);
    for (const text2 of warnings) warning(plainLine(text2), { title });
    const { name: name2, trustedRoot: trustedRoot2 } = inputs.instance;
    const { npm_config_registry: npm, COUNTERSIGN_PYPI_URL: pypi } = process.env;
    const packages = openPackages(policy.policy, roots, { npm, pypi, environment: process.env }, world);
    report = await runWatch(
      {
        policy,
        deliveries,
        problems,
        state,
        logs: inputs.log,
        bundles: inputs.bundle,
        witnesses: inputs.witness,
        witnessPolicy: inputs.witnessPolicy,
        from: inputs.from ?? "head",
        maxEntries: inputs.maxEntries,
        maxMinutes: inputs.maxMinutes,
        keySource: trustSource(name2, trustedRoot2),
        tool: `countersign ${version}`,
        isIndexed: false
      },
      roots,
      { ...services, packages },
      world
    );
  } catch (error2) {
    if (!(error2 instanceof CountersignError) || error2.kind !== "unavailable" && error2.kind !== "local") throw error2;
    output("outcome", "incomplete");
    return [`${error2.code}: ${error2.message}`];
  }
  await publish(report, parts, world);
  const reasons = incompleteReasons(report);
  return reasons.length === 0 ? void 0 : reasons;
}
async function publish(report, { inputs, job }, world) {
  info(plainLines(watchText(report, { colour: false, verbose: false })));
  const alerts = report.open.filter(isAlert);
  for (const finding of alerts.slice(0, maxAnnotations))
    error(plainLine(`${finding.rule.id} ${finding.title}. ${finding.remedy}`), {
      title: `${title}: ${finding.severity}`
    });
  if (alerts.length > 0) process.exitCode = 1;
  const outcome = watchOutcome(report);
  output("outcome", outcome);
  output("open-findings", String(alerts.length));
  const folder = join4(temporaryDirectory, `countersign-report-${safeFileName(inputs.stateArtifact ?? "", 100)}`);
  await world.files.mkdir(folder, { recursive: true });
  const [page, json] = [join4(folder, "index.html"), join4(folder, "report.json")];
  await world.files.writeFile(page, watchPage(report));
  await world.files.writeFile(json, `${JSON.stringify(watchJson(report))}
`);
  output("page-path", page);
  output("report-path", json);
  output("sarif-path", inputs.sarif ?? "");
  await writeSummary(watchSummary(report));
  if (!inputs.uploadReport) return;
  try {
    const name2 = stateArtifactName(reportArtifact, job.attempt);
    await uploadFolder({ name: name2, folder, what: "the report of the watch" }, world.files);
  } catch (error2) {
    if (!(error2 instanceof CountersignError)) throw error2;
    warning(plainLine(error2.message), { title });
  }
}
function reportOutage(reasons, since, now, { maxOutageMilliseconds }) {
  const hours = Math.floor((now.getTime() - since.getTime()) / 36e5);
  const isTooLong = now.getTime() - since.getTime() >= maxOutageMilliseconds;
  const annotate = isTooLong ? error : warning;
  for (const reason of reasons.slice(0, maxAnnotations)) annotate(plainLine(reason), { title: `${title}: incomplete` });
  if (!isTooLong) return;
  error(
    plainLine(`no run of the watch was complete for ${hours} hours; the limit is ${maxOutageMilliseconds / 36e5}`),
    { title }
  );
  process.exitCode = 1;
}
function shownPath(path2) {
  return path2.startsWith(`${workspace}/`) ? path2.slice(workspace.length + 1) : path2;
}
function output(name2, value) {
  setOutput(name2, value);
}
