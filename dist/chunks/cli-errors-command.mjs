import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import { addOptionNames, inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { flag, path } from "./options-row.mjs";
import "./options-policy.mjs";
import { CountersignError, fail, loadErrorReference } from "./core-errors-codes.mjs";
async function errorsCommand(name, json = false) {
  const reference = await loadErrorReference();
  const codes = codesOf(reference);
  if (!json) {
    process.stdout.write(name === void 0 ? list(reference) : description(codeOf(name, codes), reference));
    return;
  }
  const listed = await orFailureJson(
    json,
    { errors: [] },
    async () => name === void 0 ? codes : [codeOf(name, codes)]
  );
  printJson({ version: 1, errors: listed.map((code) => members(code, reference)) });
}
function codesOf({ errorReference }) {
  return Object.keys(errorReference);
}
function members(code, { errorReference }) {
  const { topic, meaning, remedy } = errorReference[code];
  const { kind, exitCode } = new CountersignError(code, "");
  return { code, kind, exitCode, topic, meaning, remedy: inFlags(remedy) };
}
function list(reference) {
  const { errorReference, errorTopics } = reference;
  const codes = codesOf(reference);
  const width = Math.max(...codes.map((code) => code.length));
  const sections = errorTopics.map((topic) => {
    const listed = codes.filter((code) => errorReference[code].topic === topic);
    const lines = listed.map((code) => `  ${code.padEnd(width)}  ${errorReference[code].meaning}`);
    return [topic, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}
`;
}
function codeOf(name, codes) {
  return codes.find((one) => one === name.toUpperCase()) ?? unknown(name, codes);
}
function description(code, { errorReference }) {
  const { meaning, remedy } = errorReference[code];
  return `${code} (exit code ${new CountersignError(code, "").exitCode})

${meaning}

What to do: ${inFlags(remedy)}
`;
}
function unknown(name, codes) {
  const wanted = name.toUpperCase().slice(0, 100);
  const [nearest] = codes.map((code) => ({ code, distance: editDistance(wanted, code) })).sort(byDistance);
  return fail("USAGE", `${JSON.stringify(name.slice(0, 100))} is not an error code`, {
    remedy: `Did you mean ${nearest?.code}? \`countersign errors\` lists all codes.`
  });
}
function byDistance(a, b) {
  return a.distance - b.distance;
}
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_2, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const [left = 0, above = 0, diagonal = 0] = [next[at - 1], row[at], row[at - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === to[at - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

import { addOptions, addPolicyOptions } from "./cli-add-options.mjs";

var { signingConfig: _, ...trust } = instanceRows;
var upgradeRows = {
  out: {
    form: path,
    about: "Path of the new bundle, if one file is named (default: the name of the artifact with .sigstore.json). An old bundle of this name is kept with .old.",
    flags: "--out <path>",
    once: true
  },
  recursive: {
    form: flag,
    about: "Also upgrade the signatures of each image of a multi-platform index.",
    flags: "-r, --recursive"
  },
  dryRun: {
    form: flag,
    about: "Verify the old signatures and make the new bundles, but write and attach nothing.",
    flags: "--dry-run"
  },
  ...trust,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
function addUpgradeCommand(program) {
  addOptionNames(upgradeRows);
  const upgrade = program.command("upgrade").description(
    "Upgrade older signatures to bundles of version 0.3, without signing. The old signature is verified with the policy first, and kept."
  ).argument(
    "<names...>",
    "Files with their signatures beside them, files with bundles, or images (name:tag or name@sha256:\u2026)."
  );
  const upgradeOptions = addOptions(upgrade, upgradeRows, "upgrade");
  const policyOptions = addPolicyOptions(upgrade);
  upgrade.action(async (names) => {
    const { upgradeCommand } = await import("./cli-upgrade-command.mjs");
    await upgradeCommand(names, { ...upgradeOptions(), ...policyOptions() });
  });
}
export {
  addUpgradeCommand,
  errorsCommand
};
