#!/usr/bin/env node
import { usesColour, reportError, treeRows } from "./chunks/cli-option-names.mjs";
import { Command, CommanderError, addOptions, addPolicyOptions, collect } from "./chunks/cli-add-options.mjs";
import { verifyRows } from "./chunks/options-verify.mjs";
import { instanceRows, registryRows, runRows } from "./chunks/options-shared.mjs";
import "./chunks/options-row.mjs";
import "./chunks/options-policy.mjs";
import { require_node_fs, CountersignError, exitCodes, __toESM } from "./chunks/core-errors-codes.mjs";
import { fileURLToPath } from "node:url";
var import_node_fs = __toESM(require_node_fs(), 1);
var inspectRows = {
  ...instanceRows,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
var { instance, tufUrl, tufRoot, offline, offlineStale } = instanceRows;
var trustedRootRows = {
  instance,
  tufUrl,
  tufRoot,
  offline,
  offlineStale,
  retryBudget: runRows.retryBudget
};
var packageRoot = fileURLToPath(new URL("..", import.meta.url));
var program = new Command("countersign").description("Sign files and container images with Sigstore, and verify them.").version(version(), "-V, --version", "Print the version.").helpOption("-h, --help", "Print help.").helpCommand("help [command]", "Print help for a command.").showHelpAfterError("(see countersign --help)").exitOverride().configureOutput({ outputError: (text, write) => write(withoutValues(text)) }).configureHelp({ helpWidth: helpWidth(), minWidthToWrap: 30, optionDescription }).addHelpText(
  "after",
  `
Exit codes:
  0    success
  1    bug in Countersign
  2    incorrect usage
  3    something is missing, such as a bundle
  4    mismatch: another artifact, identity or claim than expected
  5    something is invalid, such as a signature
  6    a service is unavailable, or an audit or watch is incomplete
  7    an audit or watch has findings
  8    an audit or watch has proven that a log misbehaved
  9    local problem, such as a folder without write permission
  130  interrupted (Ctrl-C)
  143  terminated (SIGTERM)

Examples:
  countersign demo
  countersign sign dist/*.tar.gz
  countersign sign --image ghcr.io/example/app:1.2 --recursive
  countersign verify app.tar.gz --repo example/app
  countersign verify ghcr.io/example/app:1.2 --repo example/app
  countersign inspect app.tar.gz.sigstore.json
  countersign tree ghcr.io/example/app:1.2
  countersign complete app.tar.gz.sigstore.json
  countersign upgrade app.tar.gz --repo example/app
  countersign receipt app.tar.gz --repo example/app
  countersign audit --state logs
  countersign watch --policy .github/countersign.yml --state watch
  countersign search app.tar.gz
  countersign trusted-root > trusted_root.jsonl
  countersign reissue --list bundles.txt --repo example/app --dry-run
  countersign look-alike --kind owner --target sigstore s1gstore`
);
if (process.argv[2] !== "verify") {
  const { addSignCommand } = await import("./chunks/cli-add-complete-command.mjs");
  addSignCommand(program);
}
var verify = program.command("verify").description("Verify files and container images. Prints one line for each verified artifact.").argument(
  "[artifacts...]",
  "Files, patterns in quotes, images (name:tag), digests (sha256:\u2026), or - for standard input."
);
var verifyOptions = addOptions(verify, { ...instanceRows, ...registryRows, ...verifyRows }, "verify");
var policyOptions = addPolicyOptions(verify);
verify.action(async (artifacts) => {
  const { verifyCommand } = await import("./chunks/cli-verify-command.mjs");
  await verifyCommand(artifacts, { ...verifyOptions(), ...policyOptions() }, version());
});
var inspect = program.command("inspect").description(
  "Print what a bundle claims: signer, repository, digests, log entries, times. Nothing is verified, unless a policy is given."
).argument("<file|image>", "File with bundles, in any format that verify reads, or an image: its attached bundles.");
var inspectOptions = addOptions(inspect, inspectRows, "inspect");
var inspectPolicy = addPolicyOptions(inspect);
inspect.action(async (place) => {
  const { inspectCommand } = await import("./chunks/cli-inspect-command.mjs");
  await inspectCommand(place, { ...inspectOptions(), ...inspectPolicy() });
});
var tree = program.command("tree").description("List what is attached to a container image, such as bundles. Nothing is verified.").argument("<image>", "An image: registry/name:tag or registry/name@sha256:\u2026.");
var treeOptions = addOptions(tree, treeRows, "tree");
tree.action(async (image) => {
  const { treeCommand } = await import("./chunks/cli-tree-command.mjs");
  await treeCommand(image, treeOptions());
});
if (!["sign", "verify"].includes(process.argv[2] ?? "")) {
  const { addDeliverCommand } = await import("./chunks/cli-add-deliver-command.mjs");
  addDeliverCommand(program);
  const { addReceiptCommand } = await import("./chunks/cli-add-receipt-command.mjs");
  addReceiptCommand(program, new URL("page.js", import.meta.url));
  const { addUpgradeCommand } = await import("./chunks/cli-add-receipt-command.mjs");
  addUpgradeCommand(program);
  const { addMonitorCommands } = await import("./chunks/cli-monitor-commands.mjs");
  addMonitorCommands(program, version());
  const { addCompleteCommand } = await import("./chunks/cli-add-complete-command.mjs");
  addCompleteCommand(program);
  const { addReissueCommand } = await import("./chunks/cli-add-deliver-command.mjs");
  addReissueCommand(program);
}
var trustedRoot = program.command("trusted-root").description(
  "Print the trusted root of an instance, from its TUF repository: for verify --trusted-root, and for cosign and gh."
);
var trustedRootOptions = addOptions(trustedRoot, trustedRootRows, "trusted-root");
trustedRoot.action(async () => {
  const { trustedRootCommand } = await import("./chunks/cli-trusted-root-command.mjs");
  await trustedRootCommand(trustedRootOptions());
});
program.command("sandbox").description(
  "Run a local Sigstore for testing (loopback only): until Ctrl-C, or while a command runs, as in countersign sandbox -- npm test."
).argument("[command...]", "Command to run with the sandbox, after --. It uses the sandbox with --instance sandbox.").option(
  "--state <folder>",
  "Folder for the keys, logs, trust/ and stack.env. Created if it does not exist. Required, except with a command, whose default is a temporary folder."
).option(
  "--port <number>",
  "First of several consecutive ports (default: free ports, which later starts reuse).",
  parsePort
).option("--misbehave <name>", "Inject a fault (repeatable).", collect).option("--list-misbehaviours", "List the faults and exit.").action(async (command, options) => {
  const { sandboxCommand } = await import("./chunks/cli-sandbox-command.mjs");
  await sandboxCommand(command, options);
});
program.command("demo").description("Sign and verify real files with a local Sigstore. No network is used.").option("--out <folder>", "Folder for all files (default: a new temporary folder).").option("--verbose", "Print the log of the signing step.").action(async ({ out, verbose = false }) => {
  const { demoCommand } = await import("./chunks/cli-demo.mjs");
  const colour = usesColour(process.stdout);
  const print = (line) => process.stdout.write(`${line}
`);
  await demoCommand({ folder: out, packageRoot, verbose, colour, print });
});
program.command("errors").description("Print the meaning of an error code, and what to do. Without a code, list all codes.").argument("[code]", "Error code, such as BUNDLE_MISSING.").option("--json", "Print the result as JSON.").action(async (code, { json }) => {
  const { errorsCommand } = await import("./chunks/cli-errors-command.mjs");
  await errorsCommand(code, json);
});
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) await refuseArguments(error);
  else process.exitCode = reportError(error);
}
async function refuseArguments({ exitCode, code, message }) {
  process.exitCode = exitCode === 0 ? 0 : exitCodes.usage;
  if (exitCode === 0) return;
  const remedy = code === "commander.unknownOption" ? await hintForOption(message) : void 0;
  if (remedy !== void 0) process.stderr.write(`${remedy}
`);
  if (!process.argv.includes("--json")) return;
  const { failureDocument, printJson } = await import("./chunks/cli-json-output-2.mjs");
  const failure = withoutValues(message.replace(/^error: /, ""));
  printJson(failureDocument(new CountersignError("USAGE", failure, { ...remedy !== void 0 && { remedy } })));
}
async function hintForOption(message) {
  const peers = await import("./chunks/cli-options-of-peers.mjs");
  return peers.hintForOption(process.argv[2], message);
}
function withoutValues(text) {
  return text.replace(/('--?[\w-]+=)[^']*'/g, "$1\u2026'");
}
function helpWidth() {
  const columns = Number(process.env.COLUMNS) || process.stdout.columns || 100;
  return Math.min(Math.max(columns, 40), 100);
}
function optionDescription({ description, defaultValue, defaultValueDescription, negate }) {
  if (defaultValue === void 0 || negate) return description;
  return description.replace(/\.?$/, ` (default: ${defaultValueDescription ?? defaultValue})$&`);
}
function parsePort(text) {
  return Number(text);
}
function version() {
  return JSON.parse((0, import_node_fs.readFileSync)(new URL("../package.json", import.meta.url), "utf8")).version;
}
