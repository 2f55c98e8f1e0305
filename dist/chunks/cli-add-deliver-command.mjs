import { signRows } from "./options-sign.mjs";
import { addOptions, addPolicyOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import "./options-policy.mjs";
import { flag, path, paths, text } from "./options-row.mjs";
import "./core-errors-codes.mjs";
var { signingConfig: _, ...trust } = instanceRows;
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
  toRegistry: {
    form: flag,
    about: "Attach the bundles of images to the images in their registries.",
    flags: "--to-registry"
  },
  bundle: {
    form: paths,
    about: "Path of a bundle (repeatable; default: the bundles next to each file).",
    flags: "-b, --bundle <path>"
  },
  bundleDir: { form: path, about: "Folder with bundles. Subfolders are searched too.", flags: "--bundle-dir <folder>" },
  ...trust,
  ...registryRows,
  retryBudget: runRows.retryBudget,
  json: runRows.json
};
function addDeliverCommand(program) {
  addOptionNames(deliverRows);
  const deliver = program.command("deliver").description(
    "Verify files and images with their bundles, and attach them to a GitHub release, store the bundles at GitHub, or attach them to the images."
  ).argument(
    "<artifacts...>",
    "Files, patterns in quotes, or images (name:tag or name@sha256:\u2026). Bundles among them are not artifacts."
  );
  const options = addOptions(deliver, deliverRows, "deliver");
  const policyOptions = addPolicyOptions(deliver);
  deliver.action(async (artifacts) => {
    const { deliverCommand } = await import("./cli-deliver-command.mjs");
    await deliverCommand(artifacts, { ...options(), ...policyOptions() });
  });
}
export {
  addDeliverCommand
};
