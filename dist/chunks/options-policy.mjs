import { flag, list, path, text } from "./options-row.mjs";
var signer = { heading: "Signer:", place: { group: "signer" } };
var certificate = {
  heading: "Certificate (repeated options are ORed; different options are ANDed):",
  place: "both"
};
var statement = "Statement:";
var summary = { heading: "Verification summary:", place: { group: "vsa" }, withKey: true };
var evidence = { heading: "Evidence:", withKey: true };
var policyRows = {
  policy: {
    ...signer,
    form: path,
    flags: "--policy <path>",
    about: "Path of a policy file (YAML).",
    place: "beside",
    withRelease: true
  },
  repo: {
    ...signer,
    form: text,
    flags: "-R, --repo <owner/name>",
    about: "GitHub repository that built and signed the artifact."
  },
  owner: {
    ...signer,
    form: text,
    flags: "-o, --owner <owner>",
    about: "GitHub owner. Any of its repositories may have built and signed the artifact."
  },
  gitlabProject: {
    ...signer,
    form: text,
    flags: "--gitlab-project <group/name>",
    about: "GitLab project that built and signed the artifact."
  },
  hostname: {
    ...signer,
    form: text,
    flags: "--hostname <host>",
    about: "Host of GitHub or GitLab (default: github.com or gitlab.com).",
    withRelease: true
  },
  /** `[host/]owner/name/.github/workflows/file.yml[@ref]`; the ref may be a pattern, and any ref is accepted if it is left out. */
  signerWorkflow: {
    ...signer,
    form: text,
    flags: "--signer-workflow <path[@ref]>",
    about: "Signing workflow, such as a reusable workflow of another repository. Its path begins with owner/name/.github/workflows/."
  },
  /** `[host/]owner/name`. */
  signerRepo: {
    ...signer,
    form: text,
    flags: "--signer-repo <owner/name>",
    about: "Repository of the signing workflow, if it is not the source repository."
  },
  /** `owner/name@tag`. */
  release: {
    ...signer,
    form: text,
    flags: "--release <owner/name@tag>",
    about: "Immutable release on GitHub, attested by GitHub. Without artifacts, the release itself is verified.",
    withRelease: true
  },
  certificateIdentity: {
    ...signer,
    form: text,
    flags: "--certificate-identity <name>",
    about: "Exact identity in the certificate (URI or email address).",
    aliases: [{ flags: "--cert-identity <name>" }]
  },
  certificateIdentityWithin: {
    ...signer,
    form: text,
    flags: "--certificate-identity-within <url>",
    about: "URL prefix of the identity. Whole path segments are compared."
  },
  certificateIdentityGlob: {
    ...signer,
    form: text,
    flags: "--certificate-identity-glob <pattern>",
    about: "Pattern for the identity: * matches within a path segment, ** across segments."
  },
  certificateOidcIssuer: {
    ...signer,
    form: text,
    flags: "--certificate-oidc-issuer <url>",
    about: "Exact URL of the OIDC issuer.",
    aliases: [{ flags: "--cert-oidc-issuer <url>" }]
  },
  issuerPreset: {
    ...signer,
    form: text,
    flags: "--issuer-preset <name>",
    about: "OIDC issuer by name: github, gitlab, buildkite, circleci, codeberg, google, github-login or microsoft."
  },
  key: {
    ...signer,
    form: path,
    flags: "--key <path>",
    about: "Path of a public key (PEM) to verify with, instead of an identity.",
    withKey: true
  },
  anyIdentity: {
    ...signer,
    form: flag,
    flags: "--any-identity",
    about: "Accept any certificate identity. Unsafe; reported as a warning."
  },
  anyIssuer: {
    ...signer,
    form: flag,
    flags: "--any-issuer",
    about: "Accept any OIDC issuer. Unsafe; reported as a warning."
  },
  sourceRef: {
    ...certificate,
    form: list,
    flags: "--source-ref <ref>",
    about: "Git ref that was built, or a pattern such as refs/tags/v*.",
    aliases: [{ flags: "--certificate-github-workflow-ref <ref>" }]
  },
  sourceDigest: {
    ...certificate,
    form: list,
    flags: "--source-digest <commit>",
    about: "Git commit that was built.",
    withRelease: true,
    aliases: [{ flags: "--certificate-github-workflow-sha <commit>" }]
  },
  signerDigest: {
    ...certificate,
    form: list,
    flags: "--signer-digest <commit>",
    about: "Git commit of the signing workflow."
  },
  sourceRepositoryId: {
    ...certificate,
    form: list,
    flags: "--source-repository-id <id>",
    about: "Numeric ID of the source repository. Unlike a name, an ID is never reused.",
    withRelease: true
  },
  sourceOwnerId: {
    ...certificate,
    form: list,
    flags: "--source-owner-id <id>",
    about: "Numeric ID of the owner of the source repository.",
    withRelease: true
  },
  trigger: {
    ...certificate,
    form: list,
    flags: "--trigger <event>",
    about: "Event that started the build, such as push or release.",
    aliases: [{ flags: "--certificate-github-workflow-trigger <event>" }]
  },
  runnerEnvironment: {
    ...certificate,
    form: list,
    flags: "--runner-environment <name>",
    about: "Runner environment, such as github-hosted, gitlab-hosted or self-hosted."
  },
  denySelfHostedRunners: {
    ...certificate,
    form: flag,
    flags: "--deny-self-hosted-runners",
    about: "Require a runner that GitHub, GitLab or Buildkite hosts."
  },
  claim: {
    ...certificate,
    form: list,
    flags: "--claim <name=value>",
    about: "Required certificate claim, such as deployment-environment=production.",
    aliases: [
      {
        flags: "--certificate-github-workflow-repository <owner/name>",
        as: (repository) => repository && `source-repository-uri=https://github.com/${repository}`
      }
    ]
  },
  refuseClaim: {
    ...certificate,
    form: list,
    flags: "--refuse-claim <name=value>",
    about: "Certificate claim that is refused."
  },
  predicateType: {
    form: text,
    flags: "--predicate-type <uri>",
    about: "Predicate type of the statement, or a pattern.",
    heading: statement,
    place: { group: "predicateType" },
    withKey: true,
    withRelease: true
  },
  subjectName: {
    form: text,
    // The input `subject-name` of actions/attest has another meaning.
    input: "statement-subject-name",
    flags: "--subject-name <name>",
    about: "Name of the artifact in the statement, or a pattern.",
    heading: statement,
    place: { group: "subjectName" },
    withKey: true,
    withRelease: true
  },
  vsa: {
    ...summary,
    form: flag,
    flags: "--vsa",
    about: "Accept an artifact by a verification summary (VSA) of the signer that says that it passed. Needs verifier-id, resource-uri and require-level."
  },
  verifierId: {
    ...summary,
    form: list,
    flags: "--verifier-id <uri>",
    about: "Verifier for which the signer of a VSA may speak. To write a VSA or SVR: the verifier that it names."
  },
  resourceUri: {
    ...summary,
    form: text,
    flags: "--resource-uri <uri>",
    about: "URI of the artifact in a VSA. To write a VSA: where consumers get the artifacts."
  },
  requireLevel: {
    ...summary,
    form: list,
    flags: "--require-level <level>",
    about: "Level or property that a VSA must state, such as SLSA_BUILD_LEVEL_2. Higher levels of the same track are accepted."
  },
  vsaSourceRef: {
    ...summary,
    form: list,
    flags: "--vsa-source-ref <ref>",
    about: "Git ref at which a VSA of a commit must have been, such as refs/heads/main."
  },
  builderId: {
    form: list,
    flags: "--builder-id <uri>",
    about: "Builder that the SLSA provenance names, or a pattern.",
    heading: statement,
    place: "both",
    withKey: true
  },
  buildType: {
    form: list,
    flags: "--build-type <uri>",
    about: "Build type of the SLSA provenance, or a pattern.",
    heading: statement,
    place: "both",
    withKey: true
  },
  requireAttestation: {
    form: list,
    flags: "--require-attestation <type>",
    about: "Attestation that the artifact must have too, by an accepted signer (repeatable): sbom, spdx, cyclonedx, slsaprovenance1, vuln, openvex, another of cosign's types, or a predicate type.",
    heading: statement,
    place: "both",
    withKey: true
  },
  /** Its age is that of the certificate, which signatures of keys do not have. */
  maxAge: {
    heading: evidence.heading,
    form: text,
    flags: "--max-age <duration>",
    about: "Maximum age of the signature, such as 12h or 30d.",
    place: { group: "maxAge" }
  },
  logEntries: {
    ...evidence,
    form: text,
    flags: "--log-entries <count>",
    about: "Minimum number of independent transparency logs with an entry.",
    place: { group: "logEntries" }
  },
  timestamps: {
    ...evidence,
    form: text,
    flags: "--timestamps <count>",
    about: "Minimum number of independent timestamp sources.",
    place: { group: "timestamps" },
    withRelease: true
  },
  certificateLogs: {
    heading: evidence.heading,
    form: text,
    flags: "--certificate-logs <count>",
    about: "Minimum number of independent certificate transparency logs that contain the certificate.",
    place: { group: "certificateLogs" }
  },
  /** `name+hint+base64`. */
  witness: {
    ...evidence,
    form: list,
    flags: "--witness <key>",
    about: "Key of a witness that must have cosigned the log (name+hint+base64).",
    place: { group: "witnesses" }
  },
  witnessThreshold: {
    ...evidence,
    form: text,
    flags: "--witness-threshold <count>",
    about: "Minimum number of these witnesses that must have cosigned (default: all).",
    place: { group: "witnesses" }
  },
  acceptTimestampOnly: {
    heading: evidence.heading,
    form: flag,
    flags: "--accept-timestamp-only",
    about: "Accept a bundle without a log entry if it has a trusted timestamp, such as one that was signed while the log was down.",
    place: "file"
  },
  insecureIgnoreTlog: {
    ...evidence,
    form: flag,
    flags: "--insecure-ignore-tlog",
    about: "Do not require a transparency log entry.",
    place: "file"
  },
  insecureIgnoreSct: {
    heading: evidence.heading,
    form: flag,
    flags: "--insecure-ignore-sct",
    about: "Do not require proof of certificate transparency (SCT).",
    place: "file"
  },
  certificateIdentityRegexp: {
    form: text,
    flags: "--certificate-identity-regexp <expression>",
    place: "nowhere",
    aliases: [{ flags: "--cert-identity-regex <expression>" }]
  },
  certificateOidcIssuerRegexp: { form: text, flags: "--certificate-oidc-issuer-regexp <expression>", place: "nowhere" }
};
export {
  policyRows
};
