import { addOptions } from "./cli-errors-command.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-sign.mjs";
import "./options-policy.mjs";
import { instanceRows, runRows, choice, count, flag, list, path, paths, text } from "./options-shared.mjs";
import "./core-errors-reference.mjs";
var { signingConfig: _, ...trust } = instanceRows;
var auditRows = {
  state: {
    form: path,
    about: "Folder for the state, the evidence and the search index. Created if it does not exist. Required.",
    flags: "--state <folder>",
    once: true
  },
  log: {
    form: list,
    about: "Audit only this log (repeatable; default: all logs of the trusted root).",
    flags: "--log <url>"
  },
  bundle: {
    form: paths,
    about: "File with bundles, whose checkpoints and promises are compared with the logs (repeatable).",
    flags: "-b, --bundle <path>"
  },
  witness: {
    form: list,
    about: "Monitoring URL of a witness, whose checkpoints are compared with the logs (repeatable).",
    flags: "--witness <url>"
  },
  witnessPolicy: {
    form: path,
    about: "Policy file (C2SP tlog-policy) with the witnesses that must have cosigned each checkpoint.",
    flags: "--witness-policy <path>",
    once: true
  },
  from: {
    form: text,
    default: "head",
    about: "First entry to read of a log that is audited for the first time: head (only new entries), start, or an index.",
    flags: "--from <entry>"
  },
  maxEntries: {
    form: count(1e9),
    about: "Maximum number of entries to read in this run. The next run continues there.",
    flags: "--max-entries <count>"
  },
  maxMinutes: {
    form: count(1e4),
    about: "Time in minutes after which no more entries are read in this run. The next run continues there.",
    flags: "--max-minutes <count>"
  },
  evidence: {
    form: path,
    about: "Check an evidence file with the trusted root, instead of auditing. Nothing is requested from the log.",
    flags: "--evidence <path>",
    once: true
  },
  ...trust,
  retryBudget: runRows.retryBudget,
  verbose: {
    form: flag,
    about: "Print roots, times and notes too.",
    flags: "-v, --verbose"
  },
  quiet: {
    form: flag,
    about: "Print nothing. The exit code is the result. Only incorrect usage is reported, on standard error.",
    flags: "-q, --quiet"
  },
  json: runRows.json
};
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
var { signingConfig: _2, ...trust2 } = instanceRows;
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
  ...trust2,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
function addMonitorCommands(program, version) {
  addOptionNames({ ...auditRows, ...searchRows, ...lookAlikeRows });
  const audit = program.command("audit").description(
    "Audit transparency logs: check that each only grows and shows the same to everyone, and prove each new entry. Continues where the last run ended."
  );
  const auditOptions = addOptions(audit, auditRows, "audit");
  audit.action(async () => {
    const { auditCommand } = await import("./cli-audit-command.mjs");
    await auditCommand(auditOptions(), version);
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
