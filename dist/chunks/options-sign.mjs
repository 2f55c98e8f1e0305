import { artifactRows, attestRows, instanceRows, provider, publicLog, registryRows, runRows, subjectRows } from "./options-shared.mjs";
import { choice, expression, flag, jobCount, list, path, secret, text } from "./options-row.mjs";
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
  receipt: {
    form: flag,
    action: ""
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
    form: provider,
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
    form: publicLog,
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
export {
  signRows
};
