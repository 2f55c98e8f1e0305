import { artifactRows, attestRows, instanceRows, provider, publicLog, registryRows, runRows, subjectRows } from "./options-shared.mjs";
import { choice, expression, flag, list, path, paths, secret, text } from "./options-row.mjs";
var verifyRows = {
  ...subjectRows,
  ...registryRows,
  platform: {
    form: text,
    action: "",
    flags: "--platform <os/arch>",
    command: "Platform to verify of an image, such as linux/amd64 or linux/arm64/v8 (default: all of them).",
    once: true
  },
  ...attestRows,
  ...artifactRows,
  allowNoFiles: {
    form: flag,
    action: ""
  },
  bundle: {
    form: paths,
    action: "",
    flags: "-b, --bundle <path>",
    command: "File with one bundle, or with one bundle per line (repeatable; default: <file>.sigstore.json)."
  },
  bundleDir: { form: path, about: "Folder with bundles. Subfolders are searched too.", flags: "--bundle-dir <folder>" },
  bundleArtifact: {
    form: text,
    action: ""
  },
  from: {
    form: text,
    about: "Store to get the bundles from: github, GitHub's attestation store of the repository or owner in the policy; or github:owner/name or github:owner, that of another.",
    flags: "--from <store>",
    once: true
  },
  releaseAssets: {
    form: text,
    about: "GitHub release whose assets are downloaded as its users get them, and verified with the bundles among them: owner/name@tag, or owner/name#ID for a draft.",
    flags: "--release-assets <release>",
    once: true
  },
  releaseFiles: {
    form: list,
    action: "",
    command: "Name of an asset that the release must have (repeatable). Used with release-assets.",
    flags: "--release-files <name>"
  },
  githubToken: {
    form: secret,
    default: expression("github.token"),
    action: ""
  },
  strictFolder: {
    form: flag,
    about: "Fail instead of warning if the patterns leave out anything in their folders, such as hidden files, broken links, pipes or devices.",
    flags: "--strict-folder"
  },
  ...instanceRows,
  /** gh's name for `--trusted-root`. */
  customTrustedRoot: { form: path, flags: "--custom-trusted-root <path>", once: true },
  /** An option of cosign's that is refused: timestamps are always verified. */
  useSignedTimestamps: { form: flag, flags: "--use-signed-timestamps" },
  policyFromPullRequest: {
    form: choice({ refuse: "refuse", warn: "warn" }),
    default: "refuse",
    action: ""
  },
  reportPath: { form: path, action: "" },
  vsaOut: {
    form: path,
    about: "Write a SLSA verification summary (VSA) of the artifacts to this file, if all of them are verified.",
    flags: "--vsa-out <path>",
    once: true
  },
  svrOut: {
    form: path,
    about: "Write an in-toto simple verification result (SVR) to this file, if all artifacts are verified.",
    flags: "--svr-out <path>",
    once: true
  },
  policyUri: {
    form: text,
    about: "URI of the policy that the VSA or SVR names. Its digest is always added.",
    flags: "--policy-uri <uri>",
    once: true
  },
  vsaLevel: {
    form: list,
    about: "Level or property to state in the VSA, such as SLSA_SOURCE_LEVEL_3. A build level replaces the one that was proven; others are added to it.",
    flags: "--vsa-level <level>"
  },
  vsaFailed: {
    form: flag,
    about: "If an artifact is not verified, write a VSA with the result FAILED. By default, none is written.",
    flags: "--vsa-failed"
  },
  signVsa: {
    form: flag,
    action: "",
    flags: "--sign-vsa",
    command: "Sign the VSA and SVR, with the identity of the CI job or of a login."
  },
  identityToken: {
    form: secret,
    flags: "--identity-token <path>",
    command: "File that contains an OIDC token to sign with (default: as of sign)."
  },
  identityProvider: {
    form: provider,
    flags: "--identity-provider <name>",
    command: "Provider of the identity token to sign with (default: as of sign)."
  },
  publicLog: {
    form: publicLog,
    default: "refuse",
    action: "",
    flags: "--public-log-allow",
    command: "Allow entries in a public log when signing for a repository that is not public."
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  verbose: {
    form: flag,
    flags: "-v, --verbose",
    command: "Print the criteria and claims of verified artifacts too. The criteria of other artifacts are always printed."
  },
  quiet: {
    form: flag,
    flags: "-q, --quiet",
    command: "Print nothing. The exit code is the result. Only incorrect usage is reported, on standard error."
  },
  json: runRows.json
};
export {
  verifyRows
};
