/** Commands that verify what was signed, to be copied into a shell. */

import { formatDigest } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import type { VerifiedIdentity } from '../core/verify/index.ts';
import { pathArgument, shellQuoted } from './shell.ts';
import { shownPath } from './shorten.ts';
import type { ReportedSubject, SigningReport } from './signing-report.ts';

export interface VerifyCommand {
  readonly tool: string;
  /** A line each, the last without a backslash at its end. */
  readonly lines: readonly string[];
}

export interface VerifyCommands {
  /** What they verify. */
  readonly subject: ReportedSubject | undefined;
  readonly commands: readonly VerifyCommand[];
}

/** Beyond these, no command is one that anybody would copy. */
const maxNameLength = 1000;
const maxCommandLength = 10_000;

const shortPredicateTypes: Readonly<Record<string, string>> = { 'https://slsa.dev/provenance/v1': 'slsaprovenance1' };

/** Commands for one subject, the first whose name is not monstrous. None if there is none. */
export function verifyCommands(report: SigningReport): VerifyCommands {
  const { identity, signed } = report;
  const usable = signed.filter(({ name, bundlePath }) => Math.max(name.length, bundlePath.length) <= maxNameLength);
  const subject = usable.find(({ kind }) => kind === 'file') ?? usable[0];
  if (identity === undefined || subject === undefined) return { subject: undefined, commands: [] };
  const all = [
    countersign(subject, identity, report),
    ...cosign(subject, identity, report),
    ...gh(subject, identity, report),
  ];
  const commands = all.filter(({ lines }) => lines.join().length <= maxCommandLength);
  return { subject, commands: commands.map(({ tool, lines }) => ({ tool, lines: continued(lines) })) };
}

/** One command on several lines. */
function continued(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${index === 0 ? '' : '  '}${line}${index < lines.length - 1 ? ' \\' : ''}`);
}

function countersign(subject: ReportedSubject, identity: VerifiedIdentity, report: SigningReport): VerifyCommand {
  const artifact = subject.kind === 'file' ? pathArgument(subject.name) : formatDigest(subject.digest);
  return {
    tool: 'Countersign',
    lines: [
      `npx countersign verify ${artifact}`,
      bundleOption(subject, report),
      ...identityOptions(identity),
      ...(isForeignWorkflow(identity) ? sourceOption(identity) : []),
      // Of GitHub's instance it knows.
      ...(report.certificateLogged || report.instance === 'github' ? [] : ['--insecure-ignore-sct']),
      ...(report.instance === 'public-good' ? [] : [`--instance ${shellQuoted(report.instance)}`]),
      ...trustedRootOption(report),
    ],
  };
}

/** cosign knows the public instance; of any other it must be given the trusted root. */
function cosign(subject: ReportedSubject, identity: VerifiedIdentity, report: SigningReport): readonly VerifyCommand[] {
  if (report.instance !== 'public-good' && report.trustedRoot === undefined) return [];
  const attested = report.format === 'attestation';
  const byDigest = attested && subject.kind === 'digest';
  const { predicateType = '' } = report;
  return [
    {
      tool: 'cosign',
      lines: [
        `cosign verify-blob${attested ? '-attestation' : ''}`,
        bundleOption(subject, report),
        ...identityOptions(identity),
        ...(isForeignWorkflow(identity) ? repositoryOption(identity) : []),
        ...(attested ? [`--type ${shellQuoted(shortPredicateTypes[predicateType] ?? predicateType)}`] : []),
        ...trustedRootOption(report),
        ...(report.certificateLogged ? [] : ['--insecure-ignore-sct']),
        ...(subject.logs.length === 0 ? ['--insecure-ignore-tlog --use-signed-timestamps'] : []),
        byDigest
          ? `--digest ${encodeHex(subject.digest.bytes)} --digestAlg ${subject.digest.algorithm}`
          : pathArgument(subject.name),
      ],
    },
  ];
}

/** gh reads attestations of repositories, and knows the two instances that GitHub uses. */
function gh(subject: ReportedSubject, identity: VerifiedIdentity, report: SigningReport): readonly VerifyCommand[] {
  const repository = githubRepository(identity);
  const known = report.instance === 'public-good' || report.instance === 'github';
  if (report.format !== 'attestation' || subject.kind !== 'file' || !known || repository === undefined) return [];
  return [
    {
      tool: 'gh',
      lines: [
        `gh attestation verify ${pathArgument(subject.name)}`,
        bundleOption(subject, report),
        `--repo ${shellQuoted(repository)}`,
        `--cert-identity ${shellQuoted(identity.subjectAlternativeName)}`,
        ...(report.predicateType === undefined ? [] : [`--predicate-type ${shellQuoted(report.predicateType)}`]),
      ],
    },
  ];
}

/** Whether the workflow that signs is another repository's than the one it was run for: then anybody may have run it. */
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

function bundleOption({ bundlePath }: ReportedSubject, { workspace }: SigningReport): string {
  return `--bundle ${pathArgument(shownPath(bundlePath, workspace))}`;
}

function identityOptions({ subjectAlternativeName, issuer }: VerifiedIdentity): readonly string[] {
  return [
    `--certificate-identity ${shellQuoted(subjectAlternativeName)}`,
    `--certificate-oidc-issuer ${shellQuoted(issuer)}`,
  ];
}

function trustedRootOption({ trustedRoot, workspace }: SigningReport): readonly string[] {
  return trustedRoot === undefined ? [] : [`--trusted-root ${pathArgument(shownPath(trustedRoot, workspace))}`];
}
