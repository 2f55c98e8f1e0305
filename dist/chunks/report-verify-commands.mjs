import { shownPath } from "./report-shown-path.mjs";
import { pathArgument, shellQuoted } from "./report-shell.mjs";
import { imageSignature } from "./report-retry-text.mjs";
import { formatImage } from "./node-concurrency.mjs";
import { formatDigest } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
function pinnedSource(repository, ref) {
  if (!/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(repository ?? "") || !/^[0-9a-f]{40}$/.test(ref ?? ""))
    return void 0;
  return { repository: repository ?? "", commit: ref ?? "" };
}
function countersignCommand({ repository, commit }) {
  return `npx --allow-git=root ${shellQuoted(`github:${repository}#${commit}`)}`;
}
var maxNameLength = 1e3;
var maxCommandLength = 1e4;
var shortPredicateTypes = { "https://slsa.dev/provenance/v1": "slsaprovenance1" };
function verifyCommands(report) {
  const { identity, signed } = report;
  if (identity === void 0) return [];
  const usable = signed.filter(({ name, bundlePath }) => Math.max(name.length, bundlePath.length) <= maxNameLength);
  const firsts = [
    usable.find(({ kind }) => kind === "file"),
    usable.find(({ kind }) => kind === "digest"),
    usable.find(({ kind, attachedAs }) => kind === "image" && attachedAs !== void 0),
    usable.find(({ kind, attachedAs }) => kind === "image" && attachedAs === void 0)
  ];
  return firsts.flatMap((subject) => {
    if (subject === void 0) return [];
    const { source } = report;
    const commandSubject = { ...subject, isLogged: subject.logs.length > 0 };
    const commands = withinLimit([
      ...source === void 0 ? [] : countersign(commandSubject, identity, report, countersignCommand(source)),
      ...cosign(commandSubject, identity, report),
      ...gh(commandSubject, identity, report)
    ]);
    return commands.length === 0 ? [] : [{ subject, commands }];
  });
}
function withinLimit(commands) {
  return commands.filter(({ lines }) => lines.join().length <= maxCommandLength).map(({ tool, lines }) => ({ tool, lines: continued(lines) }));
}
function continued(lines) {
  return lines.map((line, index) => `${index === 0 ? "" : "  "}${line}${index < lines.length - 1 ? " \\" : ""}`);
}
function countersign(subject, identity, report, program) {
  return [
    {
      tool: "Countersign",
      lines: [
        `${program} verify ${artifactArgument(subject)}`,
        ...bundleOption(subject, report),
        ...identityOptions(identity),
        ...isForeignWorkflow(identity) ? sourceOption(identity) : [],
        // Not needed for the GitHub instance, which has no logs.
        ...report.certificateLogged || report.instance === "github" ? [] : ["--insecure-ignore-sct"],
        ...subject.isLogged || report.instance === "github" ? [] : [withoutEntry(subject)],
        ...report.instance === "public-good" ? [] : [`--instance ${shellQuoted(report.instance)}`],
        ...trustedRootOption(report)
      ]
    }
  ];
}
function withoutEntry({ outages = [] }) {
  return outages.length > 0 ? "--accept-timestamp-only" : "--insecure-ignore-tlog";
}
function cosign(subject, identity, report) {
  if (report.instance !== "public-good" && report.trustedRoot === void 0) return [];
  const attested = report.format === "attestation";
  const isStatement = attested || subject.kind === "image";
  const predicateType = subject.predicateType ?? imageSignature.predicateType;
  const isAttached = subject.attachedAs !== void 0;
  const command = isAttached ? "verify" : "verify-blob";
  const asAttestation = isAttached ? attested : isStatement;
  return [
    {
      tool: "cosign",
      lines: [
        `cosign ${command}${asAttestation ? "-attestation" : ""}`,
        ...bundleOption(subject, report),
        ...identityOptions(identity),
        ...isForeignWorkflow(identity) ? repositoryOption(identity) : [],
        ...asAttestation ? [`--type ${shellQuoted(shortPredicateTypes[predicateType] ?? predicateType)}`] : [],
        ...trustedRootOption(report),
        ...report.certificateLogged ? [] : ["--insecure-ignore-sct"],
        ...!subject.isLogged ? ["--insecure-ignore-tlog --use-signed-timestamps"] : [],
        cosignArgument(subject, isStatement)
      ]
    }
  ];
}
function cosignArgument(subject, isStatement) {
  const { kind, name, digest, attachedAs } = subject;
  if (attachedAs !== void 0) return artifactArgument(subject);
  if (kind === "file" || !isStatement) return pathArgument(name);
  return `--digest ${encodeHex(digest.bytes)} --digestAlg ${digest.algorithm}`;
}
function gh(subject, identity, report) {
  const repository = githubRepository(identity);
  const known = report.instance === "public-good" || report.instance === "github";
  const isReadable = subject.kind === "file" || subject.attachedAs !== void 0;
  const isUnlogged = !subject.isLogged && (subject.outages ?? []).length > 0;
  if (report.format !== "attestation" || !isReadable || !known || isUnlogged || repository === void 0) return [];
  return [
    {
      tool: "gh",
      lines: [
        `gh attestation verify ${subject.kind === "file" ? "" : "oci://"}${artifactArgument(subject)}`,
        ...subject.kind === "file" ? bundleOption(subject, report) : ["--bundle-from-oci"],
        `--repo ${shellQuoted(repository)}`,
        `--cert-identity ${shellQuoted(identity.subjectAlternativeName)}`,
        ...subject.predicateType === void 0 ? [] : [`--predicate-type ${shellQuoted(subject.predicateType)}`]
      ]
    }
  ];
}
function isForeignWorkflow({ subjectAlternativeName, claims }) {
  const { sourceRepositoryUri } = claims;
  return sourceRepositoryUri !== void 0 && !subjectAlternativeName.startsWith(`${sourceRepositoryUri}/`);
}
function githubRepository({ claims }) {
  const [, repository] = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(claims.sourceRepositoryUri ?? "") ?? [];
  return repository;
}
function repositoryOption(identity) {
  const repository = githubRepository(identity);
  return repository === void 0 ? [] : [`--certificate-github-workflow-repository ${shellQuoted(repository)}`];
}
function sourceOption(identity) {
  const repository = githubRepository(identity);
  return repository === void 0 ? [] : [`--repo ${shellQuoted(repository)}`];
}
function artifactArgument(subject) {
  if (subject.kind === "file") return pathArgument(subject.name);
  return subject.attachedAs === void 0 ? formatDigest(subject.digest) : shellQuoted(formatImage(subject));
}
function bundleOption({ bundlePath, attachedAs }, { workspace }) {
  return attachedAs === void 0 ? [`--bundle ${pathArgument(shownPath(bundlePath, workspace))}`] : [];
}
function identityOptions({ subjectAlternativeName, issuer }) {
  return [
    `--certificate-identity ${shellQuoted(subjectAlternativeName)}`,
    `--certificate-oidc-issuer ${shellQuoted(issuer)}`
  ];
}
function trustedRootOption({ trustedRoot, workspace }) {
  return trustedRoot === void 0 ? [] : [`--trusted-root ${pathArgument(shownPath(trustedRoot, workspace))}`];
}
export {
  cosign,
  countersign,
  countersignCommand,
  gh,
  isForeignWorkflow,
  pinnedSource,
  verifyCommands,
  withinLimit
};
