import { addOptions, addPolicyOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import "./options-policy.mjs";
import { flag, path, paths } from "./options-row.mjs";
import "./core-errors-codes.mjs";
var { signingConfig: _, ...trust } = instanceRows;
var receiptRows = {
  output: {
    form: path,
    about: "Path of the receipt, if there is one file (default: <file>.receipt.html).",
    flags: "--output <path>",
    once: true
  },
  bundle: {
    form: paths,
    about: "Path of a bundle (repeatable; default: the bundles next to each file).",
    flags: "-b, --bundle <path>"
  },
  bundleDir: { form: path, about: "Folder with bundles. Subfolders are searched too.", flags: "--bundle-dir <folder>" },
  ...trust,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
function addReceiptCommand(program, script) {
  addOptionNames(receiptRows);
  const receipt = program.command("receipt").description(
    "Verify files, and write a receipt for each: a page that shows who signed the file, and verifies it in a browser."
  ).argument("<files...>", "Files, or patterns in quotes. Bundles among them are not artifacts.");
  const options = addOptions(receipt, receiptRows, "receipt");
  const policyOptions = addPolicyOptions(receipt);
  receipt.action(async (files) => {
    const { receiptCommand } = await import("./cli-receipt-command.mjs");
    await receiptCommand(files, { ...options(), ...policyOptions() }, script);
  });
}

var { signingConfig: _2, ...trust2 } = instanceRows;
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
  ...trust2,
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
  addReceiptCommand,
  addUpgradeCommand
};
