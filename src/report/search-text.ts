/** Formats a search for a terminal. Everything that an entry holds comes from strangers. */

import { formatDigest } from '../core/crypto/index.ts';
import type { CertificateClaims, EntrySigner } from '../monitor/entries/index.ts';
import {
  type FoundEntry,
  type FoundSigner,
  gapsOf,
  type SearchedLog,
  type SearchReport,
  type StoredAttestation,
} from './search-report.ts';
import { count, shownText } from './shorten.ts';
import type { TextOptions } from './verification-text.ts';

const maxLineLength = 400;
/** The number of failures of a log, ranges, and digests of an entry that are listed. */
const maxListed = 20;
const labelWidth = 13;

const colours = { title: 1, warning: 33, problem: 31 } as const;
type Paint = (text: string, as: keyof typeof colours) => string;

/** Returns the lines, which are safe to print whatever was found. */
export function searchText(report: SearchReport, { colour = false }: TextOptions = {}): string {
  const paint: Paint = (text, as) => (colour ? `\u001b[${colours[as]}m${text}\u001b[0m` : text);
  const { entries, isLimited, logs, conditions } = report;
  const found = entries.length === 0 ? 'No entry' : count(entries.length, 'entry').replace(/entrys$/, 'entries');
  const more = isLimited ? ', and there may be more (--limit)' : '';
  const lines = [
    `${found} with ${conditions.map((one) => shownText(one, maxLineLength)).join(', ')}${more}.`,
    ...entries.flatMap((entry) => ['', ...entryLines(entry, paint)]),
    '',
    'Searched logs:',
    ...logs.flatMap((log) => logLines(log, paint)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function entryLines(entry: FoundEntry, paint: Paint): readonly string[] {
  const { claims, signers, time } = entry;
  const [first, ...others] = signers;
  const isCertificate = claims.type === 'certificate';
  const kind = isCertificate ? claims.kind : `${claims.kind} ${claims.version}`;
  const digests = isCertificate ? [] : claims.digests.slice(0, maxListed);
  return [
    paint(shownText(first === undefined ? 'unknown signer' : signerTitle(first.signer), maxLineLength), 'title'),
    ...(first === undefined ? [] : signerLines(first, paint)),
    ...others.slice(0, maxListed).flatMap((one) => [line('also', signerTitle(one.signer)), ...signerLines(one, paint)]),
    ...digests.map(({ algorithm, value, of }) =>
      line(`${of === 'signed' ? '' : `${of} `}digest`, `${algorithm}:${value}`),
    ),
    ...attestationLines(entry.attestation, paint),
    ...(entry.isConfirmed
      ? []
      : [
          paint(
            line(
              'note',
              'Only the index of the service says that this attestation is about the digest. The log does not.',
            ),
            'warning',
          ),
        ]),
    line('time', time === undefined ? 'not stated by the log' : `${time.toISOString()}, stated by the log`),
    line('log', `${entry.log} index ${entry.globalIndex ?? entry.index}, ${kind}`),
    line('proven', `leaf ${entry.index} of the tree of size ${entry.treeSize} (${entry.origin})`),
    ...claims.problems
      .slice(0, maxListed)
      .map(({ part, reason }) => paint(line('problem', `${part}: ${reason}`), 'problem')),
    ...bundleLines(entry, paint),
  ];
}

function attestationLines(attestation: StoredAttestation | undefined, paint: Paint): readonly string[] {
  if (attestation === undefined) return [];
  if (!attestation.isProven) return [paint(line('attestation', `not read: ${attestation.reason}`), 'warning')];
  const { predicateType, subjects } = attestation;
  return [
    line('attestation', `${predicateType}, stored by the service; its hash is in the log`),
    ...subjects
      .slice(0, maxListed)
      .map(({ name, digests: [digest] }) => line('subject', [name, digest && formatDigest(digest)].join(' '))),
    ...(subjects.length > maxListed ? [line('', `and ${subjects.length - maxListed} more subjects`)] : []),
  ];
}

function bundleLines({ bundle }: FoundEntry, paint: Paint): readonly string[] {
  if (bundle === undefined) return [];
  return 'path' in bundle ? [line('bundle', bundle.path)] : [paint(line('no bundle', bundle.reason), 'warning')];
}

function signerTitle(signer: EntrySigner): string {
  if (signer.kind === 'certificate')
    return signer.certificate.names.map(({ value }) => value).join(', ') || 'certificate without a name';
  return `${signer.kind === 'other' ? `${signer.format} key` : 'public key'} sha256:${signer.keyHash}`;
}

function signerLines({ signer, issuance }: FoundSigner, paint: Paint): readonly string[] {
  if (signer.kind !== 'certificate') return [];
  const { claims, notBefore, notAfter, keyHash } = signer.certificate;
  const validity = [notBefore, notAfter].map((one) => one?.toISOString() ?? 'unknown').join(' to ');
  return [
    ...optional('issuer', claims.issuer),
    ...optional('repository', repositoryText(signer.certificate)),
    ...optional('trigger', claims.buildTrigger),
    ...optional('run', claims.runInvocationUri),
    line('certificate', `valid from ${validity}`),
    ...(issuance === undefined
      ? []
      : issuance.isTrusted
        ? [line('issued by', `${issuance.authority}, an authority of the trusted root`)]
        : [
            paint(line('NOT TRUSTED', issuance.reason), 'problem'),
            paint(line('', 'Anybody can log a certificate with this name.'), 'problem'),
          ]),
    ...optional('key', keyHash && `sha256:${keyHash}`),
  ];
}

function repositoryText({ claims }: CertificateClaims): string | undefined {
  const { sourceRepositoryUri: uri = claims.githubWorkflowRepository } = claims;
  const ref = claims.sourceRepositoryRef ?? claims.githubWorkflowRef;
  const commit = claims.sourceRepositoryDigest ?? claims.githubWorkflowSha;
  const parts = [uri, ref && `at ${ref}`, commit && `commit ${commit}`].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function optional(label: string, value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [line(label, value)];
}

function line(label: string, value: string): string {
  return `  ${label.padEnd(labelWidth)} ${shownText(value, maxLineLength)}`;
}

function logLines(log: SearchedLog, paint: Paint): readonly string[] {
  const { url, origin, failures, notSearched, isOptional } = log;
  const name = shownText(origin === undefined ? url : `${url} (${origin})`, maxLineLength);
  const warn = isOptional ? (text: string) => text : (text: string) => paint(text, 'warning');
  return [
    `  ${name}`,
    ...coverageLines(log),
    ...(notSearched === undefined ? [] : [warn(`    not searched: ${shownText(notSearched, maxLineLength)}`)]),
    ...failures
      .slice(0, maxListed)
      .map(({ code, message }) => paint(`    failed: ${code}: ${shownText(message, maxLineLength)}`, 'problem')),
    ...(failures.length > maxListed ? [`    and ${failures.length - maxListed} more failures`] : []),
  ];
}

function coverageLines(log: SearchedLog): readonly string[] {
  const { ranges, size, withProblems, service, missed } = log;
  const text = ({ from, to }: { readonly from: number; readonly to: number }): string =>
    from + 1 === to ? `${from}` : `${from} to ${to - 1}`;
  const list = (all: readonly { readonly from: number; readonly to: number }[]): string =>
    `${all.slice(0, maxListed).map(text).join(', ')}${all.length > maxListed ? ` and ${all.length - maxListed} more ranges` : ''}`;
  const gaps = gapsOf(log);
  return [
    ...(ranges.length === 0
      ? []
      : [`    local index: entries ${list(ranges)}${size === undefined ? '' : ` of ${size}`}`]),
    ...(ranges.length === 0 || gaps.length === 0 ? [] : [`    not in the index: entries ${list(gaps)}`]),
    ...(withProblems === 0
      ? []
      : [
          `    ${count(withProblems, 'entry').replace(/entrys$/, 'entries')} in the index could not be read completely`,
        ]),
    ...(service ? ['    index of the service: searched; nothing proves that it leaves out no entry'] : []),
    ...(missed === undefined ? [] : [`    missed: ${shownText(missed, maxLineLength)}`]),
  ];
}
