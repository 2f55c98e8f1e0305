import { quietly, loadRoots } from "./cli-load-roots.mjs";
import { inWorld } from "./cli-in-world.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { EntryFinder, FactLookup, FindingStore, Learned, MatchConsumer, SignatureCounts, Triage, acknowledgements, entryRules, expired, issuedUnder, loadWatchPolicy, openDeliveries, openPackages, openWatchServices, reasonsOf, runWatch, settingOf, shownFinding, testDeliveries, watchExitCodes, watchJson, watchOutcome, watchText } from "./monitor-packages-image-check.mjs";
import "./report-search-json.mjs";
import "./monitor-look-alikes-unicode-confusables.mjs";
import "./run-search-query.mjs";
import { cosignatureTimes, growHeapSlowly, rangeAtSize } from "./monitor-audit-follow-log.mjs";
import { logId, logsOf } from "./monitor-state-log-state.mjs";
import { CompactRange, openReader } from "./monitor-readers-proof-reader.mjs";
import { certificatesOf, readEntry } from "./monitor-entries-certificate-claims.mjs";
import "./report-html.mjs";
import { chosenLogs } from "./run-policy-chosen-logs.mjs";
import "./run-policy-file-watch-shape.mjs";
import "./services-http-http.mjs";
import "./run-world-system-registries.mjs";
import "./fetch-attached-bundles.mjs";
import "./core-statement-simple-signing.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import "./run-world-choose-instance.mjs";
import "./run-verify-other-formats.mjs";
import "./fetch-older-signatures.mjs";
import "./run-policy-policy-file.mjs";
import "./yaml-dist-parse-lexer.mjs";
import "./fetch-formats-pep-740.mjs";
import "./report-shell.mjs";
import "./report-markdown.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import "./subject-checksums.mjs";
import { usesColour } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./services-http-sleep.mjs";
import "./services-registry-manifest.mjs";
import "./services-rekor-answer-v1.mjs";
import "./services-http-explain-failure.mjs";
import "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./report-retry-text.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./subject-image-name.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import { trustSource } from "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import { Secret } from "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail, __callDispose, __using } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
var maxMatched = 5e4;
var maxWithoutTime = 64;
async function backTest(request, world) {
  const { policy, matcher, range } = request;
  const { clock, cancellation, facts, isIssued, lookAlikes, rules, history } = world;
  const now = clock();
  const matched = [];
  const receiver = {
    demandRoom: () => {
      if (matched.length < maxMatched) return;
      fail("LIMIT_EXCEEDED", `more than ${maxMatched} entries concern the policy`, {
        remedy: "Test a smaller part of the logs, or watch fewer names."
      });
    },
    add: (entry) => matched.push(entry) > 0,
    advance: () => void 0,
    flush: async () => void 0
  };
  const consumer = new MatchConsumer(matcher, receiver, clock, readEntry);
  const logs = [];
  for (const reader of request.readers) logs.push(await readPart(reader, range, consumer, world));
  const store = new FindingStore([], []);
  const counts = new SignatureCounts([]);
  const entries = new EntryFinder(matcher, isIssued);
  const triage = new Triage({
    policy,
    entries,
    rules,
    history,
    counts,
    facts: new FactLookup(facts),
    store,
    context: { lookAlikes, read: { rekor: void 0, certificates: void 0 }, now },
    cancellation
  });
  const judged = await triage.judgeNew(matched);
  const left = matched.length - judged;
  const acknowledged = await acknowledgements(store, entries, policy, now);
  store.settle({
    isChecked: () => true,
    isWatched: () => true,
    isAcknowledged: ({ id }) => acknowledged.has(id),
    now
  });
  const shown = await Promise.all(store.findings.map((finding) => shownFinding(finding, store, entries)));
  const findings = shown.flatMap((finding) => finding ?? []);
  const open = findings.filter(({ id }) => store.get(id)?.status === "open");
  return {
    policy: policy.path,
    at: now,
    audit: { logs, findings: [], incomplete: request.incomplete },
    packages: [],
    open,
    acknowledged: findings.flatMap((finding) => {
      const found = acknowledged.get(finding.id);
      return found === void 0 ? [] : [{ finding, reason: found.reason, until: found.until }];
    }),
    changes: [],
    signatures: counts.list(now),
    matched: matched.length,
    pending: triage.pending.filter(({ kind }) => kind === "pending").length,
    learning: limitsOf(rules, policy),
    expired: expired(policy, now),
    incomplete: [
      ...left > 0 ? [`${left} entries were not judged: there are too many findings, or the run was interrupted`] : [],
      ...reasonsOf(triage.pending)
    ],
    isTest: false
  };
}
function limitsOf(rules, policy) {
  const learning = rules.filter((rule) => rule.learns && settingOf(rule, policy) !== "off").map(({ id }) => id);
  return [
    "a back test knows only the present state of runs, repositories and branches; GitHub removes old runs",
    "a back test compares no earlier states of logs, and no registries: it finds neither forks nor downgrades (P22, P24), and does not join logs (P14)",
    ...learning.length === 0 ? [] : [`the rules ${learning.join(", ")} learned only from the entries that this test read`]
  ];
}
async function readPart(reader, range, consumer, { cancellation, onProgress }) {
  const { log } = reader;
  const report = { log, findings: [], earlier: [], notes: [], baseline: void 0 };
  let head;
  let [from, next, end] = [0, 0, 0];
  const incomplete = [];
  try {
    head = await reader.head();
    const part = await indexesOf(range, reader, head);
    [from, next, end] = [part.from, part.from, part.to];
    if (range.kind === "entries" && range.to > head.size)
      incomplete.push(`the log has ${head.size} entries, which end before ${range.to}`);
    onProgress({ done: 0, total: end - from });
    if (from < end)
      for await (const batch of reader.entries(await rangeOf(from, reader, head), head)) {
        if (cancellation.aborted) break;
        const taken = batch.entries.slice(0, Math.max(0, end - batch.first));
        await consumer.accept({ ...batch, entries: taken }, log, head.origin);
        next = batch.first + taken.length;
        onProgress({ done: next - from, total: end - from });
        if (next >= end) break;
      }
    if (next < end) incomplete.push(`the run was interrupted before the last ${end - next} entries`);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.kind === "usage") throw error;
    incomplete.push(error.message);
  }
  return {
    ...report,
    origin: head?.origin,
    head: head && { size: head.size, root: head.root, time: head.time },
    coverage: head && { from, to: next, size: head.size, read: next - from, unreadable: consumer.unreadable(log) },
    incomplete
  };
}
async function rangeOf(from, reader, head) {
  if (from === 0) return CompactRange.empty;
  return rangeAtSize(from, head, await reader.consistencyProof(from, head));
}
async function indexesOf(range, reader, head) {
  if (range.kind === "entries") return { from: Math.min(range.from, head.size), to: Math.min(range.to, head.size) };
  const from = await firstSince(range.from, reader, head);
  return { from, to: await firstSince(range.to, reader, head) };
}
async function firstSince(time, reader, head) {
  let [low, high] = [0, head.size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await timeNear(middle, high, reader, head);
    if (found === void 0 || found.time >= time) high = middle;
    else low = found.index + 1;
  }
  return low;
}
async function timeNear(from, end, reader, head) {
  for (let index = from; index < Math.min(end, from + maxWithoutTime); index++) {
    const time = timeOf((await reader.entry(index, head)).bytes, reader, readEntry);
    if (time !== void 0) return { index, time };
  }
  return void 0;
}
function timeOf(bytes, { log }, read) {
  const claims = read(log.protocol, bytes);
  if (claims.type === "certificate" && claims.loggedAt !== void 0) return claims.loggedAt;
  return certificatesOf(claims)[0]?.notBefore;
}
var day = 24 * 60 * 60 * 1e3;
function readRange(text) {
  const [first, last, ...others] = text.split("..");
  if (first === void 0 || last === void 0 || others.length > 0) return refuse(text, "is not a range");
  if (/^\d{1,15}$/.test(first) && /^\d{1,15}$/.test(last)) {
    const [from2, to2] = [Number(first), Number(last)];
    return from2 < to2 ? { kind: "entries", from: from2, to: to2 } : refuse(text, "has no entries");
  }
  const from = readTime(first) ?? refuse(text, `begins with ${JSON.stringify(first)}, which is not a date or an index`);
  const end = readTime(last) ?? refuse(text, `ends with ${JSON.stringify(last)}, which is not a date or an index`);
  const to = new Date(end.getTime() + (isDate(last) ? day : 0));
  return from < to ? { kind: "time", from, to } : refuse(text, "ends before it begins");
}
function isDate(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
function readTime(text) {
  if (!isDate(text) && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(text)) return void 0;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text.slice(0, 10)) ? void 0 : time;
}
function refuse(text, problem) {
  fail("USAGE", `\`back-test\` is ${JSON.stringify(text)}, which ${problem}`, {
    remedy: "Use dates (2026-11-01..2026-11-30), times (2026-11-01T12:00Z..2026-11-01T18:00Z) or entries (1000..2000)."
  });
}
async function runBackTest({ policy: loaded, range: text, logs: urls }, roots, facts, world, onProgress) {
  const range = readRange(text);
  const choose = chosenLogs(urls, roots);
  const { http, clock } = world;
  const logs = /* @__PURE__ */ new Map();
  const incomplete = [];
  for (const { trust } of roots) {
    const found = await logsOf(choose(trust), { http });
    for (const log of found.logs) logs.set(logId(log), log);
    for (const { baseUrl, error } of found.unreadable)
      incomplete.push(`the log ${baseUrl} could not be read: ${error.message}`);
  }
  if (range.kind === "entries" && logs.size > 1)
    fail("USAGE", `\`back-test\` with entries is about one log, and there are ${logs.size}`, {
      remedy: "Choose a log with `log`, or use dates."
    });
  const { policy, matcher, lookAlikes } = loaded;
  const readers = [...logs.values()].map(
    (log) => openReader(log, { http, cosignedAt: cosignatureTimes(void 0, clock), clock })
  );
  return backTest(
    { policy, matcher, range, readers, incomplete },
    {
      ...world,
      facts,
      isIssued: issuedUnder(roots),
      lookAlikes,
      rules: entryRules,
      history: Learned.read(void 0),
      onProgress
    }
  );
}
var formats = ["ocsf", "sarif", "html", "metrics"];
function watchCommand(options, version) {
  const { json, quiet, retryBudget } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    growHeapSlowly();
    if ([json, quiet, options.verbose].filter(Boolean).length > 1)
      fail("USAGE", "`json`, `quiet` and `verbose` cannot be combined", { remedy: "Use only one of them." });
    if (options.import !== void 0) return convert(options.import, options, world);
    const nothing = { outcome: null, logs: [], findings: [], incomplete: [] };
    const work = () => run(options, version, world, display);
    const report = quiet ? await quietly(work) : await orFailureJson(json, nothing, work);
    if (report === void 0) return;
    process.exitCode = exitCodeOf(report);
    if (json) printJson(watchJson(report));
    else if (!quiet)
      process.stdout.write(watchText(report, { colour: usesColour(process.stdout), verbose: options.verbose }));
  });
}
function exitCodeOf(report) {
  if (report.isTest) return report.incomplete.length > 0 ? watchExitCodes.incomplete : watchExitCodes.clean;
  return watchExitCodes[watchOutcome(report)];
}
async function convert(path, options, world) {
  const { policy, state, backTest: backTest2, issue, webhook, ocsf, sarif, html, metrics, json } = options;
  const others = [policy, state, backTest2, issue, webhook, ocsf, sarif, html, metrics, json, options.testDelivery];
  if (others.some((value) => value !== void 0))
    fail("USAGE", "`import` cannot be combined with options of a watch", {
      remedy: "Convert the configuration in a run of its own, and write its output to a policy file."
    });
  const { importMonitorConfig } = await import("./cli-import-monitor-config.mjs");
  await importMonitorConfig(path, world);
}
async function run(options, version, world, { show }) {
  var _stack = [];
  try {
    const { policy: path, state, backTest: backTest2, testDelivery, quiet } = options;
    if (path === void 0)
      fail("USAGE", "no policy file specified", {
        remedy: "Specify one with `policy`, such as .github/countersign.yml."
      });
    const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL, GITHUB_SERVER_URL, COUNTERSIGN_WEBHOOK_SECRET } = process.env;
    const policy = await loadWatchPolicy(path, world, { serverUrl: GITHUB_SERVER_URL, apiUrl: GITHUB_API_URL });
    const token = GITHUB_TOKEN || GH_TOKEN;
    const secret = (text) => text ? new Secret(text) : void 0;
    const services = __using(_stack, openWatchServices(
      { token: secret(token), apiUrl: GITHUB_API_URL, webhookSecrets: secret(COUNTERSIGN_WEBHOOK_SECRET) },
      world
    ));
    const destinations = formats.flatMap((format) => {
      const to = options[format];
      return to === void 0 ? [] : [{ format, path: resolve(to) }];
    });
    const { issue, webhook } = options;
    const deliveries = openDeliveries({ issue, webhook, files: destinations, version }, services, world);
    if (testDelivery) {
      if (deliveries.length === 0)
        fail("USAGE", "`test-delivery` needs a delivery", {
          remedy: "Specify `issue`, `webhook`, `ocsf`, `sarif`, `html` or `metrics`."
        });
      return testDeliveries(deliveries, path, world.clock());
    }
    const onProgress = ({ done, total }) => show((progress) => progress.work("proved", total, done));
    if (backTest2 !== void 0) {
      if (deliveries.length > 0 || state !== void 0)
        fail("USAGE", "`back-test` cannot be combined with `state` or deliveries", {
          remedy: "Test the policy in a run of its own: it changes no state, and delivers nothing."
        });
      const roots2 = await loadRoots(options, world);
      return runBackTest({ policy, range: backTest2, logs: options.log }, roots2, services.facts, world, onProgress);
    }
    if (state === void 0)
      fail("USAGE", "no state folder specified", {
        remedy: "Specify a folder with `state`. It is created if it does not exist."
      });
    const roots = await loadRoots(options, world);
    if (!quiet && token === void 0 && policy.policy.repositories.length > 0)
      process.stderr.write(
        "Warning: neither GITHUB_TOKEN nor GH_TOKEN is set. GitHub allows few requests without a token, and hides private repositories.\n"
      );
    const { instance, trustedRoot, witnessPolicy } = options;
    const request = {
      policy,
      deliveries,
      state: resolve(state),
      logs: options.log,
      bundles: options.bundle,
      witnesses: options.witness,
      witnessPolicy: witnessPolicy === void 0 ? void 0 : resolve(witnessPolicy),
      from: options.from,
      maxEntries: options.maxEntries,
      maxMinutes: options.maxMinutes,
      keySource: trustSource(instance, trustedRoot),
      tool: `countersign ${version}`,
      isIndexed: options.index === true
    };
    const { npm_config_registry: npm, COUNTERSIGN_PYPI_URL: pypi } = process.env;
    const packages = openPackages(policy.policy, roots, { npm, pypi, environment: process.env }, world);
    return runWatch(request, roots, { ...services, packages }, world, onProgress);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}
export {
  watchCommand
};
