/** Builds shell commands that verify what was signed. */

import { formatDigest } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import type { VerifiedIdentity } from '../core/verify/index.ts';
import { imageSignature } from '../sign/predicates/index.ts';
import { formatImage } from '../subject/index.ts';
import { countersignCommand } from './countersign-command.ts';
import { pathArgument, shellQuoted } from './shell.ts';
import { shownPath } from './shown-path.ts';
import type { ReportedSubject, SignerIdentity, SigningReport } from './signing-report.ts';

export interface VerifyCommand {
  readonly tool: string;
  /** The lines of the command. All but the last end with a backslash. */
  readonly lines: readonly string[];
}

export interface VerifyCommands {
  /** The subject that the commands verify. */
  readonly subject: ReportedSubject;
  readonly commands: readonly VerifyCommand[];
}

/** Longer commands are left out: nobody would copy them. */
const maxNameLength = 1000;
const maxCommandLength = 10_000;

const shortPredicateTypes: Readonly<Record<string, string>> = { 'https://slsa.dev/provenance/v1': 'slsaprovenance1' };

/** Returns commands for one subject of each kind that needs its own command: the first whose name is not too long. */
export function verifyCommands(report: SigningReport): readonly VerifyCommands[] {
  const { identity, signed } = report;
  if (identity === undefined) return [];
  const usable = signed.filter(({ name, bundlePath }) => Math.max(name.length, bundlePath.length) <= maxNameLength);
  const firsts = [
    usable.find(({ kind }) => kind === 'file'),
    usable.find(({ kind }) => kind === 'digest'),
    usable.find(({ kind, attachedAs }) => kind === 'image' && attachedAs !== undefined),
    usable.find(({ kind, attachedAs }) => kind === 'image' && attachedAs === undefined),
  ];
  return firsts.flatMap((subject) => {
    if (subject === undefined) return [];
    const { source } = report;
    const commandSubject = { ...subject, isLogged: subject.logs.length > 0 };
    const commands = withinLimit([
      ...(source === undefined ? [] : countersign(commandSubject, identity, report, countersignCommand(source))),
      ...cosign(commandSubject, identity, report),
      ...gh(commandSubject, identity, report),
    ]);
    return commands.length === 0 ? [] : [{ subject, commands }];
  });
}

/** What the command for a subject is made from. */
export type CommandSubject = Pick<
  ReportedSubject,
  'kind' | 'name' | 'digest' | 'bundlePath' | 'predicateType' | 'attachedAs' | 'outages'
> &
  Partial<Pick<ReportedSubject, 'platform' | 'inRegistry'>> & { readonly isLogged: boolean };

/** What the command is made from, the same for all subjects. */
export type CommandPlace = Pick<
  SigningReport,
  'format' | 'instance' | 'certificateLogged' | 'trustedRoot' | 'workspace'
>;

/** Returns the commands that are not too long, each on several lines. */
export function withinLimit(commands: readonly VerifyCommand[]): readonly VerifyCommand[] {
  return commands
    .filter(({ lines }) => lines.join().length <= maxCommandLength)
    .map(({ tool, lines }) => ({ tool, lines: continued(lines) }));
}

/** One command on several lines. */
function continued(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? '' : '  '}${line}${index < lines.length - 1 ? ' \\' : ''}`);
}

/** @param program the words that run Countersign */
export function countersign(
  subject: CommandSubject,
  identity: SignerIdentity,
  report: CommandPlace,
  program: string,
): readonly VerifyCommand[] {
  return [
    {
      tool: 'Countersign',
      lines: [
        `${program} verify ${artifactArgument(subject)}`,
        ...bundleOption(subject, report),
        ...identityOptions(identity),
        ...(isForeignWorkflow(identity) ? sourceOption(identity) : []),
        // Not needed for the GitHub instance, which has no logs.
        ...(report.certificateLogged || report.instance === 'github' ? [] : ['--insecure-ignore-sct']),
        ...(subject.isLogged || report.instance === 'github' ? [] : [withoutEntry(subject)]),
        ...(report.instance === 'public-good' ? [] : [`--instance ${shellQuoted(report.instance)}`]),
        ...trustedRootOption(report),
      ],
    },
  ];
}

function withoutEntry({ outages = [] }: CommandSubject): string {
  return outages.length > 0 ? '--accept-timestamp-only' : '--insecure-ignore-tlog';
}

/** Returns cosign's command. cosign has the trusted root of the public instance; for other instances it needs a file. */
export function cosign(
  subject: CommandSubject,
  identity: SignerIdentity,
  report: CommandPlace,
): readonly VerifyCommand[] {
  if (report.instance !== 'public-good' && report.trustedRoot === undefined) return [];
  const attested = report.format === 'attestation';
  const isStatement = attested || subject.kind === 'image';
  const predicateType = subject.predicateType ?? imageSignature.predicateType;
  const isAttached = subject.attachedAs !== undefined;
  const command = isAttached ? 'verify' : 'verify-blob';
  // The signature of an image is a statement too, but has its own command.
  const asAttestation = isAttached ? attested : isStatement;
  return [
    {
      tool: 'cosign',
      lines: [
        `cosign ${command}${asAttestation ? '-attestation' : ''}`,
        ...bundleOption(subject, report),
        ...identityOptions(identity),
        ...(isForeignWorkflow(identity) ? repositoryOption(identity) : []),
        ...(asAttestation ? [`--type ${shellQuoted(shortPredicateTypes[predicateType] ?? predicateType)}`] : []),
        ...trustedRootOption(report),
        ...(report.certificateLogged ? [] : ['--insecure-ignore-sct']),
        ...(!subject.isLogged ? ['--insecure-ignore-tlog --use-signed-timestamps'] : []),
        cosignArgument(subject, isStatement),
      ],
    },
  ];
}

function cosignArgument(subject: CommandSubject, isStatement: boolean): string {
  const { kind, name, digest, attachedAs } = subject;
  if (attachedAs !== undefined) return artifactArgument(subject);
  // For a plain signature, cosign needs the file.
  if (kind === 'file' || !isStatement) return pathArgument(name);
  return `--digest ${encodeHex(digest.bytes)} --digestAlg ${digest.algorithm}`;
}

/** Returns the command of gh, which verifies attestations of GitHub repositories from the two instances that GitHub uses. */
export function gh(subject: CommandSubject, identity: SignerIdentity, report: CommandPlace): readonly VerifyCommand[] {
  const repository = githubRepository(identity);
  const known = report.instance === 'public-good' || report.instance === 'github';
  const isReadable = subject.kind === 'file' || subject.attachedAs !== undefined;
  // gh requires the log entry.
  const isUnlogged = !subject.isLogged && (subject.outages ?? []).length > 0;
  if (report.format !== 'attestation' || !isReadable || !known || isUnlogged || repository === undefined) return [];
  return [
    {
      tool: 'gh',
      lines: [
        `gh attestation verify ${subject.kind === 'file' ? '' : 'oci://'}${artifactArgument(subject)}`,
        ...(subject.kind === 'file' ? bundleOption(subject, report) : ['--bundle-from-oci']),
        `--repo ${shellQuoted(repository)}`,
        `--cert-identity ${shellQuoted(identity.subjectAlternativeName)}`,
        ...(subject.predicateType === undefined ? [] : [`--predicate-type ${shellQuoted(subject.predicateType)}`]),
      ],
    },
  ];
}

/** Reports whether the signing workflow is in another repository than the source. Other repositories can then call it too. */
export function isForeignWorkflow({ subjectAlternativeName, claims }: VerifiedIdentity): boolean {
  const { sourceRepositoryUri } = claims;
  return sourceRepositoryUri !== undefined && !subjectAlternativeName.startsWith(`${sourceRepositoryUri}/`);
}

function githubRepository({ claims }: VerifiedIdentity): string | undefined {
  const [, repository] = /^https:\/\/github\.com\/([^/]+\/[^/]+)$/.exec(claims.sourceRepositoryUri ?? '') ?? [];
  return repository;
}

function repositoryOption(identity: VerifiedIdentity): readonly string[] {
  const repository = githubRepository(identity);
  return repository === undefined ? [] : [`--certificate-github-workflow-repository ${shellQuoted(repository)}`];
}

function sourceOption(identity: VerifiedIdentity): readonly string[] {
  const repository = githubRepository(identity);
  return repository === undefined ? [] : [`--repo ${shellQuoted(repository)}`];
}

function artifactArgument(subject: CommandSubject): string {
  if (subject.kind === 'file') return pathArgument(subject.name);
  return subject.attachedAs === undefined ? formatDigest(subject.digest) : shellQuoted(formatImage(subject));
}

/** Returns the options that name the bundle; none for one that is attached to its image. */
function bundleOption({ bundlePath, attachedAs }: CommandSubject, { workspace }: CommandPlace): readonly string[] {
  return attachedAs === undefined ? [`--bundle ${pathArgument(shownPath(bundlePath, workspace))}`] : [];
}

function identityOptions({ subjectAlternativeName, issuer }: SignerIdentity): readonly string[] {
  return [
    `--certificate-identity ${shellQuoted(subjectAlternativeName)}`,
    `--certificate-oidc-issuer ${shellQuoted(issuer)}`,
  ];
}

function trustedRootOption({ trustedRoot, workspace }: CommandPlace): readonly string[] {
  return trustedRoot === undefined ? [] : [`--trusted-root ${pathArgument(shownPath(trustedRoot, workspace))}`];
}
