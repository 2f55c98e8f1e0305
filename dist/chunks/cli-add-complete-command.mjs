import { signRows } from "./options-sign.mjs";
import { addOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
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
  ...registryRows,
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json
};
function addCompleteCommand(program) {
  addOptionNames(completeRows);
  const complete = program.command("complete").description(
    "Add log entries to bundles that were signed while the transparency log was down. Needs neither a key nor a token. Each file is replaced once the new bundle verifies. The new bundles of images are attached to them."
  ).argument(
    "<bundles...>",
    "Bundle files, folders with bundle files, or images with attached bundles (name:tag or name@sha256:\u2026)."
  );
  const options = addOptions(complete, completeRows, "complete");
  complete.action(async (paths) => {
    const { completeCommand } = await import("./cli-complete-command.mjs");
    await completeCommand(paths, options());
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
  addSignCommand
};
