import { signRows } from "./options-sign.mjs";
import { addOptions, addPolicyOptions } from "./cli-add-options.mjs";
import { addOptionNames } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { instanceRows, registryRows, runRows } from "./options-shared.mjs";
import "./options-policy.mjs";
import { flag, list, path, paths, text } from "./options-row.mjs";
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

var { identityToken, identityProvider, browser, device, oidcIssuer, oidcClientId, oidcRedirectUrl, logVersion } = signRows;
var reissueRows = {
  list: {
    form: path,
    about: "File with old signatures, one per line: the path of a bundle, of a file with a bundle next to it, a digest and a bundle, or JSON.",
    flags: "--list <path>",
    once: true
  },
  manifest: {
    form: path,
    about: "Manifest of a signing run, whose bundles are issued again.",
    flags: "--manifest <path>",
    once: true
  },
  folder: {
    form: path,
    about: "Folder with bundles (*.sigstore.json, *.sigstore). Subfolders are searched too.",
    flags: "--folder <path>",
    once: true
  },
  image: {
    form: list,
    about: "Image in a registry, or a whole repository of images, whose signatures are issued again. Those of each platform are too. The new bundles are attached to the same images.",
    flags: "--image <image>"
  },
  releases: {
    form: text,
    about: "Repository at GitHub (owner/name). The bundles in its releases are issued again. The token is $GITHUB_TOKEN.",
    flags: "--releases <owner/name>",
    once: true
  },
  immutableFolder: {
    form: path,
    about: "Folder for the new bundles of immutable releases, whose assets cannot be replaced (default: they fail).",
    flags: "--immutable-folder <path>",
    once: true
  },
  upgrade: {
    form: flag,
    about: "Convert the signatures to bundles of version 0.3 without signing.",
    flags: "--upgrade"
  },
  signedBefore: {
    form: text,
    about: "Issue only signatures that are proven to have existed before this time, such as 2026-11-01T12:00:00Z.",
    flags: "--signed-before <time>",
    once: true
  },
  withoutLog: {
    form: list,
    about: "Compromised transparency log or certificate log: its URL, or the SHA-256 digest of its key. Its evidence does not count.",
    flags: "--without-log <log>"
  },
  withoutAuthority: {
    form: list,
    about: "Compromised certificate authority or timestamp authority: its URI, or the SHA-256 digest of a certificate or key. Its evidence does not count.",
    flags: "--without-authority <authority>"
  },
  withoutKey: {
    form: list,
    about: "Compromised key (sha256:\u2026). What it signed is not issued again.",
    flags: "--without-key <digest>"
  },
  oldTrustedRoot: {
    form: path,
    about: "Path of the trusted root for the old signatures (default: the one for the new signatures).",
    flags: "--old-trusted-root <path>",
    once: true
  },
  reason: {
    form: text,
    about: "Reason for the new signatures. It is signed with them.",
    flags: "--reason <text>",
    once: true
  },
  state: {
    form: path,
    default: "countersign-reissue",
    about: "Folder for the journal, the old bundles and the statements that link old and new ones. A run with it continues.",
    flags: "--state <folder>"
  },
  dryRun: {
    form: flag,
    about: "Verify the old signatures and print what would be done. Nothing is signed or written.",
    flags: "--dry-run"
  },
  yes: {
    form: flag,
    about: "Sign without asking. Required where there is no terminal.",
    flags: "-y, --yes"
  },
  ...instanceRows,
  ...registryRows,
  identityToken,
  identityProvider,
  browser,
  device,
  oidcIssuer,
  oidcClientId,
  oidcRedirectUrl,
  logVersion,
  publicLog: signRows.publicLog,
  allowDangerousTriggers: signRows.allowDangerousTriggers,
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  json: runRows.json
};

function addReissueCommand(program) {
  addOptionNames(reissueRows);
  const reissue = program.command("reissue").description(
    "Issue signatures again after a key, log or authority was compromised: verify the old ones by a policy, sign the same digests, and replace the bundles."
  );
  const reissueOptions = addOptions(reissue, reissueRows, "reissue");
  const policyOptions = addPolicyOptions(reissue);
  reissue.action(async () => {
    const { reissueCommand } = await import("./cli-reissue-command.mjs");
    await reissueCommand({ ...reissueOptions(), ...policyOptions() });
  });
}
export {
  addDeliverCommand,
  addReissueCommand,
  reissueRows
};
