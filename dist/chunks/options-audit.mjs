import { instanceRows, runRows } from "./options-shared.mjs";
import { count, flag, list, path, paths, text } from "./options-row.mjs";
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
export {
  auditRows
};
