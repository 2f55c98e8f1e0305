import { signRows } from "./options-sign.mjs";
import { addOptions, addPolicyOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-policy.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import { flag, path, paths, text } from "./options-row.mjs";
import "./core-errors-codes.mjs";
var { signingConfig, ...trust } = instanceRows;
var completeRows = {
  ...trust,
  signingConfig: {
    form: signingConfig.form,
    flags: signingConfig.flags,
    about: "Path of a signing config (JSON, version 0.2), whose Rekor v2 log gets the entries, instead of that of the instance."
  },
  insecureIgnoreSct: {
    form: signRows.insecureIgnoreSct.form,
    flags: signRows.insecureIgnoreSct.flags,
    about: "Accept bundles of a private certificate authority that has no certificate transparency log."
  },
  publicLog: {
    form: signRows.publicLog.form,
    default: "refuse",
    flags: signRows.publicLog.flags,
    about: "Allow entries in a public log for a repository that is not public."
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json
};
function addCompleteCommand(program) {
  addOptionNames(completeRows);
  const complete = program.command("complete").description(
    "Add log entries to bundles that were signed while the transparency log was down. Needs neither a key nor a token. Each file is replaced once the new bundle verifies."
  ).argument("<bundles...>", "Bundle files, or folders with bundle files.");
  const options = addOptions(complete, completeRows, "complete");
  complete.action(async (paths2) => {
    const { completeCommand } = await import("./cli-complete-command.mjs");
    await completeCommand(paths2, options());
  });
}

var { signingConfig: _, ...trust2 } = instanceRows;
var deliverRows = {
  // The policy has an option --release.
  toRelease: {
    form: text,
    about: "Attach the artifacts and bundles to this GitHub release: a tag, the ID of a release, or draft.",
    flags: "--to-release <tag|id|draft>",
    once: true
  },
  publishRelease: signRows.publishRelease,
  storeAttestations: {
    form: flag,
    about: "Store the bundles in GitHub's attestation store.",
    flags: "--store-attestations"
  },
  bundle: {
    form: paths,
    about: "Path of a bundle (repeatable; default: the bundles next to each artifact).",
    flags: "-b, --bundle <path>"
  },
  bundleDir: { form: path, about: "Folder with bundles. Subfolders are searched too.", flags: "--bundle-dir <folder>" },
  ...trust2,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
function addDeliverCommand(program) {
  addOptionNames(deliverRows);
  const deliver = program.command("deliver").description("Verify files with their bundles, and attach them to a GitHub release or store the bundles at GitHub.").argument("<files...>", "Files, or patterns in quotes. Bundles among them are not artifacts.");
  const options = addOptions(deliver, deliverRows, "deliver");
  const policyOptions = addPolicyOptions(deliver);
  deliver.action(async (files) => {
    const { deliverCommand } = await import("./cli-deliver-command.mjs");
    await deliverCommand(files, { ...options(), ...policyOptions() });
  });
}

function addSignCommand(program) {
  addOptionNames(signRows);
  const sign = program.command("sign").description("Sign files and container images. Bundles are written next to files, and attached to images.").argument("[files...]", "Files, or patterns in quotes. A pattern that starts with ! excludes files.");
  const { instance } = instanceRows;
  const options = addOptions(sign, { ...instanceRows, ...registryRows, ...signRows, instance }, "sign");
  sign.action(async (files) => {
    const { signCommand } = await import("./cli-sign-command.mjs");
    await signCommand(files, options());
  });
}
export {
  addCompleteCommand,
  addDeliverCommand,
  addSignCommand
};
