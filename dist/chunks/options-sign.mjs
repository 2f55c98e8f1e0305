import { artifactRows, attestRows, instanceRows, registryRows, runRows, subjectRows } from "./options-shared.mjs";
import { choice, expression, flag, jobCount, list, path, paths, secret, text } from "./options-row.mjs";
var providerNames = [
  "github",
  "gitlab",
  "buildkite",
  "circleci",
  "google",
  "forgejo",
  "kubernetes",
  "spiffe",
  "login",
  "file",
  "environment"
];
var providers = Object.fromEntries(providerNames.map((name) => [name, name]));
var signRows = {
  ...subjectRows,
  recursive: { form: flag, about: "Also sign each image of a multi-platform index.", flags: "-r, --recursive" },
  signAttestations: {
    form: flag,
    about: "Also sign the attestation manifests that BuildKit made for the images, each with a bundle of its own. An image without them is an error.",
    flags: "--sign-attestations"
  },
  pushToRegistry: {
    form: choice({ "": void 0, true: true, false: false }),
    action: "",
    flags: "--no-push-to-registry",
    command: "Do not push the bundles of images to their registries."
  },
  ...registryRows,
  ...attestRows,
  ...artifactRows,
  mode: {
    form: choice({ sign: "sign", collect: "collect" }),
    default: "sign",
    action: ""
  },
  leg: {
    form: text,
    action: ""
  },
  collected: {
    form: list,
    action: ""
  },
  collectedCount: {
    form: jobCount,
    action: ""
  },
  digestsFrom: {
    form: list,
    flags: "--digests-from <path>",
    command: "Sign the digests in a file that the action wrote with mode: collect (repeatable)."
  },
  bundle: { form: path, flags: "--bundle <path>", command: "Path of the bundle, if the run writes only one." },
  bundleDir: {
    form: path,
    about: "Folder for the bundles. Each bundle keeps the relative path of its file. By default, each bundle is written next to its file.",
    flags: "--bundle-dir <folder>"
  },
  bundleFormat: {
    form: choice({ auto: "auto", "per-file": "per-file", attestation: "attestation" }),
    default: "auto",
    about: "per-file: one bundle for each subject. attestation: one bundle with SLSA provenance for all subjects. auto: per-file, unless documents are attested, store-attestations is set, or inputs of actions/attest or digests of other jobs (collected) are used.",
    flags: "--bundle-format <format>"
  },
  sbomPath: {
    form: path,
    action: "",
    flags: "--sbom <path>",
    command: "Attest an SBOM: SPDX or CycloneDX, recognised by its content."
  },
  predicateType: {
    form: text,
    action: "",
    flags: "--predicate-type, --type <type>",
    command: "Type of the predicate: a URI, or a word such as spdxjson, cyclonedx, vuln or custom, as in cosign."
  },
  predicate: { form: text, action: "" },
  predicatePath: {
    form: path,
    action: "",
    flags: "--predicate <path>",
    command: "Attest the predicate in a file, of the type --type."
  },
  statement: {
    form: path,
    about: "Path of a whole in-toto statement, which is signed unchanged. It must be about the specified subjects; if none is specified, it names them itself.",
    flags: "--statement <path>"
  },
  attest: {
    input: "attestations",
    form: list,
    action: "",
    flags: "--attest <type=path>",
    command: "Attest a document: provenance, sbom=sbom.json, vuln=scan.json, https://\u2026=file.json (repeatable)."
  },
  allowSecrets: {
    form: flag,
    about: "Sign documents that contain something like a token or a private key.",
    flags: "--allow-secrets"
  },
  package: {
    form: choice({ "": void 0, npm: "npm", pypi: "pypi", gem: "gem", maven: "maven" }),
    about: "Sign packages as a package registry requires it: npm (SLSA provenance for npm publish --provenance-file), pypi (PEP 740 attestations), gem (RubyGems) or maven (Maven Central).",
    flags: "--package <registry>"
  },
  overwrite: {
    form: flag,
    about: "Replace existing files at the paths of bundles, even if they are not bundles of this signer.",
    flags: "--overwrite"
  },
  signBundles: {
    form: flag,
    about: "Sign files that are bundles themselves, if they are specified by name. By default, such a file is an error, and bundles that a pattern matches are skipped.",
    flags: "--sign-bundles"
  },
  uploadArtifact: {
    form: choice({ auto: "auto", true: true, false: false }),
    default: "auto",
    action: ""
  },
  artifactName: {
    form: text,
    action: ""
  },
  release: {
    form: text,
    about: "GitHub release to attach the signed files and their bundles to: a tag, the ID of a release, or draft for the draft of the tag that started the run. A draft is created if there is no release. Needs contents: write.",
    flags: "--release <tag|id|draft>"
  },
  publishRelease: {
    form: flag,
    about: "Publish the draft once everything is attached. By default, it stays a draft.",
    flags: "--publish-release"
  },
  storeAttestations: {
    form: flag,
    about: "Store the bundles in GitHub's attestation store, where gh attestation verify finds them. Needs attestations: write. With bundle-format: auto, one attestation covers all subjects.",
    flags: "--store-attestations"
  },
  storageRecords: {
    form: flag,
    about: "Create storage records, which note at GitHub in which registries the signed images are. For repositories of organizations, with store-attestations. Needs artifact-metadata: write.",
    flags: "--storage-records"
  },
  githubToken: {
    form: secret,
    default: expression("github.token"),
    action: ""
  },
  repo: {
    form: text,
    flags: "--repo <owner/name>",
    command: "Repository at GitHub for --release and --store-attestations (default: $GITHUB_REPOSITORY). The token is $GITHUB_TOKEN."
  },
  ...instanceRows,
  instance: {
    form: choice({ auto: "auto", ...instanceRows.instance.form.values }),
    default: instanceRows.instance.default,
    action: ""
  },
  identityToken: {
    form: secret,
    flags: "--identity-token <path>",
    command: "File that contains an OIDC token for the audience sigstore (default: $SIGSTORE_ID_TOKEN or the token of the CI job)."
  },
  identityProvider: {
    form: choice(providers),
    flags: "--identity-provider <name>",
    command: "Provider of the identity token (default: the only one that has a token, or a login)."
  },
  browser: {
    form: flag,
    flags: "--no-browser",
    command: "Log in with a code that any browser shows, and do not open one."
  },
  device: { form: flag, flags: "--device", command: "Log in on another device, if the OIDC issuer offers it." },
  yes: {
    form: flag,
    flags: "-y, --yes",
    command: "Agree to the publication of the email address of the login, without a question."
  },
  oidcIssuer: {
    form: text,
    flags: "--oidc-issuer <url>",
    command: "OIDC issuer of the login (default: the one of the instance)."
  },
  oidcClientId: {
    form: text,
    default: "sigstore",
    flags: "--oidc-client-id <id>",
    command: "Client ID of the login."
  },
  oidcRedirectUrl: {
    form: text,
    flags: "--oidc-redirect-url <url>",
    command: "Redirect URL of the login, on this machine (default: http://localhost:0/auth/callback; port 0 is a free port)."
  },
  logVersion: {
    form: choice({ "": void 0, "1": 1, "2": 2 }),
    about: "API version of the transparency log: 1 or 2 (default: the highest that the instance offers).",
    flags: "--log-version <version>"
  },
  onOutage: {
    form: choice({ fail: "fail", "timestamp-only": "timestamp-only", "second-log": "second-log" }),
    default: "fail",
    about: "If the transparency log is down for longer than the retry budget: fail; timestamp-only (no log entry, which countersign complete adds later); or second-log (another log of the instance). The policy must allow it.",
    flags: "--on-outage <action>"
  },
  policy: {
    form: path,
    about: "Path of a policy file (YAML), whose key sign says what on-outage may be.",
    flags: "--policy <path>",
    once: true
  },
  retryBudget: runRows.retryBudget,
  concurrency: runRows.concurrency,
  insecureIgnoreSct: {
    form: flag,
    about: "Sign with a private certificate authority that has no certificate transparency log.",
    flags: "--insecure-ignore-sct"
  },
  insecureIgnoreTlog: {
    form: flag,
    about: "Sign with a private Sigstore that has timestamps but no transparency log. Verifiers must set this option too.",
    flags: "--insecure-ignore-tlog"
  },
  publicLog: {
    form: choice({ allow: true, refuse: false }),
    default: "refuse",
    action: "",
    flags: "--public-log-allow",
    command: "Allow entries in a public log for a repository that is not public."
  },
  allowDangerousTriggers: {
    form: flag,
    action: "",
    flags: "--allow-dangerous-triggers",
    command: "Sign in jobs that outsiders can trigger or change."
  },
  json: runRows.json
};

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
    form: signRows.identityProvider.form,
    flags: "--identity-provider <name>",
    command: "Provider of the identity token to sign with (default: as of sign)."
  },
  publicLog: {
    form: signRows.publicLog.form,
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
  signRows,
  verifyRows
};
