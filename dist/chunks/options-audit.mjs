function logUrl(url) {
  return url.replace(/\/$/, "");
}
function isCertificateLog(protocol) {
  return protocol === "rfc6962" || protocol === "static-ct";
}

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

import { fail } from "./core-errors-codes.mjs";

function chosenLogs(urls, roots) {
  const known = roots.flatMap(({ trust: trust2 }) => [...trust2.transparencyLogs, ...trust2.certificateTransparencyLogs]).map(({ baseUrl }) => logUrl(baseUrl));
  const chosen = new Set(urls.map(logUrl));
  const unknown = [...chosen].find((url) => !known.includes(url));
  if (unknown !== void 0)
    fail("USAGE", `the log ${JSON.stringify(unknown)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(", ")}, or a trusted root that names the log.`
    });
  const isChosen = ({ baseUrl }) => chosen.size === 0 || chosen.has(logUrl(baseUrl));
  return (trust2) => ({
    ...trust2,
    transparencyLogs: trust2.transparencyLogs.filter(isChosen),
    certificateTransparencyLogs: trust2.certificateTransparencyLogs.filter(isChosen)
  });
}
export {
  auditRows,
  chosenLogs,
  isCertificateLog,
  logUrl
};
