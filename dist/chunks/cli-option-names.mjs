import { verifyRows } from "./options-verify.mjs";
import { registryRows, runRows } from "./options-shared.mjs";
import { policyRows } from "./options-policy.mjs";
import { flag, optionName } from "./options-row.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
var treeRows = {
  ...registryRows,
  recursive: {
    form: flag,
    about: "Also show each image of a multi-platform index, and the attestation manifests in it.",
    flags: "-r, --recursive"
  },
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
var flags = /* @__PURE__ */ new Map();
addOptionNames({ ...verifyRows, ...treeRows, ...policyRows });
function addOptionNames(table) {
  for (const [key, row] of Object.entries(table)) {
    const [flag2] = /--[\w-]+/.exec(row.flags ?? "") ?? [];
    if (flag2 !== void 0) {
      for (const name of [optionName(key), row.input ?? ""]) if (!flags.has(name)) flags.set(name, flag2);
    }
  }
}
var inFile = /:\d+:\d+: /;
function inFlags(text) {
  return text.split("\n").map((line) => inFile.test(line) ? line : lineInFlags(line)).join("\n");
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
  const { warnings, notices, results, unsigned, deliveries } = report;
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
    },
    ...deliveries && { deliveries: deliveries.map(deliveryInFlags) }
  };
}
function deliveryInFlags(delivery) {
  if (delivery.outcome === "failed") return { ...delivery, failures: delivery.failures.map(errorInFlags) };
  return delivery.outcome === "not-attempted" ? { ...delivery, reason: inFlags(delivery.reason) } : delivery;
}

import { plainLines } from "./options-row.mjs";

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
  addOptionNames,
  bug,
  errorInFlags,
  inFlags,
  reportError,
  reportInFlags,
  treeRows,
  usesColour
};
