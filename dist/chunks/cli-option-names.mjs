import { signRows } from "./options-sign.mjs";
import { verifyRows, policyRows } from "./options-policy.mjs";
import { instanceRows, registryRows, runRows, count, flag, list, optionName, path, paths, text } from "./options-shared.mjs";
import { CountersignError } from "./core-errors-reference.mjs";
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
var treeRows = {
  ...registryRows,
  recursive: { form: flag, about: "Also show each image of a multi-platform index.", flags: "-r, --recursive" },
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
var flags = new Map(
  Object.entries({ ...auditRows, ...signRows, ...verifyRows, ...treeRows, ...policyRows }).flatMap(
    ([key, row]) => {
      const [flag2] = /--[\w-]+/.exec(row.flags ?? "") ?? [];
      return flag2 === void 0 ? [] : [optionName(key), row.input ?? ""].map((name) => [name, flag2]);
    }
  )
);
var inFile = /:\d+:\d+: /;
function inFlags(text2) {
  return text2.split("\n").map((line) => inFile.test(line) ? line : lineInFlags(line)).join("\n");
}
function lineInFlags(line) {
  return line.replace(/`([a-z][a-z-]*)(?:: ([\w-]+))?`/g, (whole, name, value) => {
    if (whole === "`files`") return "files";
    const flag2 = flags.get(name);
    if (flag2 === void 0) return whole;
    return value === void 0 || value === "true" ? flag2 : `${flag2} ${value}`;
  });
}
function errorInFlags(error) {
  const { code, message, remedy } = error;
  return new CountersignError(code, inFlags(message), {
    cause: error,
    ...remedy !== void 0 && { remedy: inFlags(remedy) }
  });
}
function reportInFlags(report) {
  const { warnings, notices, results, unsigned } = report;
  return {
    ...report,
    warnings: warnings.map(inFlags),
    ...notices && { notices: notices.map(inFlags) },
    ...results && {
      results: results.map((one) => one.failure ? { ...one, failure: errorInFlags(one.failure) } : one)
    },
    ...unsigned && {
      unsigned: unsigned.map((one) => ({
        ...one,
        message: inFlags(one.message),
        remedy: one.remedy && inFlags(one.remedy)
      }))
    }
  };
}

import { plainLines } from "./core-errors-reference.mjs";

var bug = 1;
function reportError(error) {
  if (!(error instanceof CountersignError)) {
    process.stderr.write(plainLines(`${error instanceof Error ? error.stack ?? error.message : String(error)}
`));
    return bug;
  }
  const { code, exitCode, message, remedy } = errorInFlags(error);
  process.stderr.write(plainLines(`${code}: ${message}
${remedy === void 0 ? "" : `${remedy}
`}`));
  return exitCode;
}

function usesColour({ isTTY }, { NO_COLOR, FORCE_COLOR, TERM } = process.env) {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return isTTY === true && TERM !== "dumb";
}
export {
  auditRows,
  bug,
  errorInFlags,
  inFlags,
  reportError,
  reportInFlags,
  treeRows,
  usesColour
};
