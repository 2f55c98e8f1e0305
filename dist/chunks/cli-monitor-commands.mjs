import { auditRows } from "./options-audit.mjs";
import { addOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { instanceRows, runRows } from "./options-shared.mjs";
import "./options-policy.mjs";
import { choice, count, flag, list, path, text } from "./options-row.mjs";
import "./core-errors-codes.mjs";
var lookAlikeRows = {
  target: {
    form: list,
    about: "Protected name (required, repeatable).",
    flags: "--target <name>"
  },
  kind: {
    form: choice({
      owner: "owner",
      repo: "repo",
      workflow: "workflow",
      email: "email",
      domain: "domain",
      package: "package"
    }),
    about: "Kind of the names: owner, repo, workflow, email, domain or package (required).",
    flags: "--kind <kind>"
  },
  json: { form: flag, about: "Print one JSON object per candidate and line.", flags: "--json" }
};
var { signingConfig: _, ...trust } = instanceRows;
var searchRows = {
  digest: {
    form: text,
    about: "Digest of an artifact: sha256:\u2026, sha384:\u2026 or sha512:\u2026.",
    flags: "--digest <digest>",
    once: true
  },
  identity: {
    form: text,
    about: "Name in the certificate, such as the URL of a workflow or an email address.",
    flags: "--identity <name>",
    once: true
  },
  repo: {
    form: text,
    about: "Source repository in the certificate: owner/name on GitHub, or a URL.",
    flags: "-R, --repo <owner/name>",
    once: true
  },
  issuer: { form: text, about: "OIDC issuer in the certificate.", flags: "--issuer <url>", once: true },
  key: {
    form: text,
    about: "Public key: the path of a file (PEM), or its SHA-256 digest (sha256:\u2026).",
    flags: "--key <key>",
    once: true
  },
  state: {
    form: path,
    about: "Folder of countersign audit, which contains the index of the logs.",
    flags: "--state <folder>"
  },
  log: {
    form: list,
    about: "Search only this log (repeatable; default: all logs of the trusted root).",
    flags: "--log <url>"
  },
  limit: {
    form: count(1e4),
    default: "100",
    about: "Maximum number of entries to print, the newest first.",
    flags: "--limit <count>"
  },
  bundleOut: {
    form: path,
    about: "Folder for bundles made from entries of Rekor v1 about the file or digest. Each is verified before it is written.",
    flags: "--bundle-out <folder>"
  },
  ...trust,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
var { evidence: _2, verbose, quiet, json, state, ...audit } = auditRows;
var watchRows = {
  policy: {
    form: path,
    about: "Policy file with what is watched: .github/countersign.yml, with the key watch. Required.",
    flags: "--policy <path>",
    once: true
  },
  state: {
    ...state,
    about: "Folder for the state, the findings and the evidence. Created if it does not exist. Required."
  },
  issue: {
    form: text,
    about: "Repository on GitHub in which one issue about the findings is kept up to date. Requires a token in GITHUB_TOKEN or GH_TOKEN.",
    flags: "--issue <owner/name>",
    once: true
  },
  webhook: {
    form: text,
    about: "URL to which each change is sent, signed as in Standard Webhooks. Requires the secret (whsec_\u2026) in COUNTERSIGN_WEBHOOK_SECRET.",
    flags: "--webhook <url>",
    once: true
  },
  ocsf: {
    form: path,
    about: "File to which changes are appended, as JSON lines in the form of OCSF.",
    flags: "--ocsf <path>",
    once: true
  },
  sarif: { form: path, about: "File for the open findings in SARIF.", flags: "--sarif <path>", once: true },
  html: { form: path, about: "File for the report as an HTML page with pictures.", flags: "--html <path>", once: true },
  metrics: { form: path, about: "File for metrics in OpenMetrics.", flags: "--metrics <path>", once: true },
  testDelivery: {
    form: flag,
    about: "Send a report that is marked as a test through each delivery, instead of watching. No log is read.",
    flags: "--test-delivery"
  },
  backTest: {
    form: text,
    about: "Report what the policy would have found in a part of the logs: dates (2026-11-01..2026-11-30) or, for one log, entries (1000..2000, without the last). The state is not changed, and nothing is delivered.",
    flags: "--back-test <from..to>",
    once: true
  },
  import: {
    form: path,
    about: "Print a policy made from the configuration file of rekor-monitor, instead of watching.",
    flags: "--import <path>",
    once: true
  },
  index: {
    form: flag,
    about: "Add all entries to the search index too (about 84 bytes each). A folder that has an index keeps it.",
    flags: "--index"
  },
  ...audit,
  verbose,
  quiet,
  json
};
function addMonitorCommands(program, version) {
  addOptionNames({ ...auditRows, ...watchRows, ...searchRows, ...lookAlikeRows });
  const audit2 = program.command("audit").description(
    "Audit transparency logs: check that each only grows and shows the same to everyone, and prove each new entry. Continues where the last run ended."
  );
  const auditOptions = addOptions(audit2, auditRows, "audit");
  audit2.action(async () => {
    const { auditCommand } = await import("./cli-audit-command.mjs");
    await auditCommand(auditOptions(), version);
  });
  const watch = program.command("watch").description(
    "Audit transparency logs, and report signatures that a policy does not explain: of its repositories and identities, or of names that imitate them."
  );
  const watchOptions = addOptions(watch, watchRows, "watch");
  watch.action(async () => {
    const { watchCommand } = await import("./cli-watch-command.mjs");
    await watchCommand(watchOptions(), version);
  });
  const search = program.command("search").description(
    "Find out who signed a file, or what an identity, repository or key signed, in transparency logs. Each entry is proven to be in its log."
  ).argument("[file]", "File, or digest (sha256:\u2026).");
  const searchOptions = addOptions(search, searchRows, "search");
  search.action(async (file) => {
    const { searchCommand } = await import("./cli-search-command.mjs");
    await searchCommand(file, searchOptions());
  });
  const lookAlike = program.command("look-alike").description("Explain whether names imitate a protected name, such as that of a repository. Nothing is looked up.").argument("<names...>", "Names to compare, or - for standard input with one name per line.");
  const lookAlikeOptions = addOptions(lookAlike, lookAlikeRows, "look-alike");
  lookAlike.action(async (candidates) => {
    const { lookAlikeCommand } = await import("./cli-look-alike-command.mjs");
    await lookAlikeCommand(candidates, lookAlikeOptions());
  });
}
export {
  addMonitorCommands
};
