/** Formats the job summary of a signing run in GitHub's Markdown: failures, signer, subjects, and commands to verify them. */

import { formatDigest } from '../core/crypto/index.ts';
import type { VerifiedIdentity } from '../core/verify/index.ts';
import { deliveryTable } from './delivery-report.ts';
import { distinctSubjects } from './distinct-subjects.ts';
import { cellCode, cellProse, code, fenced, link, prose } from './markdown.ts';
import { searchPage } from './search-page.ts';
import { byteLength, count, fitting, shownText } from './shorten.ts';
import { shownPath } from './shown-path.ts';
import type { ReportedFailure, ReportedSubject, SigningReport } from './signing-report.ts';
import { isForeignWorkflow, type VerifyCommands, verifyCommands } from './verify-commands.ts';

/** GitHub drops a summary above 1 MiB. */
const maxBytes = 1_000_000;
/** The length that failures may take, so that there is space for the signed subjects. */
const maxFailureBytes = 200_000;
const maxWarnings = 20;
/** Keeps the columns after a long name visible. */
const maxCellLength = 80;
/** Above this number, full digests are only in the manifest. */
const maxFullDigests = 200;

/** Returns the summary. If not all subjects fit, it counts the rest and names the manifest. */
export function signingSummary(report: SigningReport): string {
  const head = [
    ...headline(report),
    ...failures(report),
    ...warnings(report),
    ...notices(report),
    ...facts(report),
    ...deliveryTable(report.deliveries),
  ];
  const tail = [...fullDigests(report), ...verification(report)];
  const room = maxBytes - byteLength(head) - byteLength(tail);
  return [...head, ...subjects(report, room), ...tail, ''].join('\n');
}

function headline({ signed, unsigned, deliveries, warnings }: SigningReport): readonly string[] {
  const done = distinctSubjects(signed).length;
  const total = done + unsigned.length;
  const noun = unsigned.length === 0 ? commonNoun(signed) : 'subject';
  if (unsigned.length > 0)
    return [`## ❌ Countersign signed ${done.toLocaleString('en')} of ${count(total, noun)}`, ''];
  const failed = deliveries.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0)
    return [
      `## ❌ Countersign signed ${count(total, noun)}, but ${failed} of ${deliveries.length} deliveries failed`,
      '',
    ];
  if (warnings.length === 0) return [`## ✅ Countersign signed ${count(total, noun)}`, ''];
  return [`## ⚠️ Countersign signed ${count(total, noun)}, with ${count(warnings.length, 'warning')}`, ''];
}

function commonNoun(signed: SigningReport['signed']): string {
  const [noun = 'subject', ...others] = [...new Set(signed.map(({ kind }) => (kind === 'digest' ? 'subject' : kind)))];
  return others.length === 0 ? noun : 'subject';
}

function failures({ signed, unsigned }: SigningReport): readonly string[] {
  if (unsigned.length === 0) return [];
  const kept = signed.length === 0 ? '' : ' The other signatures are complete. Run the job again to sign the rest.';
  const shown = fitting(unsigned, (failure) => [failureRow(failure)], maxFailureBytes).flat();
  const more = unsigned.length - shown.length;
  return [
    '> [!CAUTION]',
    `> **${count(unsigned.length, 'subject')} not signed.**${kept}`,
    '',
    '| Not signed | Code | Problem | What to do |',
    '| :-- | :-- | :-- | :-- |',
    ...shown,
    '',
    ...(more > 0 ? [`… and ${more.toLocaleString('en')} more.`, ''] : []),
  ];
}

function failureRow({ name, code: errorCode, message, remedy = '' }: ReportedFailure): string {
  const what = cellProse(message.replaceAll('\n', ' '));
  return `| ${cellCode(name)} | **\`${errorCode}\`** | ${what} | ${cellProse(remedy)} |`;
}

function warnings(report: SigningReport): readonly string[] {
  if (report.warnings.length === 0) return [];
  const shown = report.warnings.slice(0, maxWarnings).map(prose);
  const more = report.warnings.length - shown.length;
  const listed = shown.length === 1 ? shown : [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].map(bullet);
  return ['> [!WARNING]', ...listed.map((line) => `> ${line}`), ''];
}

function notices(report: SigningReport): readonly string[] {
  return report.notices.flatMap((notice) => ['> [!NOTE]', `> ${prose(notice)}`, '']);
}

function bullet(text: string): string {
  return `- ${text}`;
}

/** Lists the signer's identity, issuer, run, certificate validity and the places of the files. */
function facts(report: SigningReport): readonly string[] {
  const { identity, artifact, manifestPath, workspace, instance } = report;
  if (identity === undefined) return [];
  const urls = logUrls(report);
  const isOutage = report.signed.some((subject) => noEntry(subject) !== undefined);
  const rows: readonly (readonly [string, string] | undefined)[] = [
    ['Issuer', cellCode(identity.issuer)],
    ...source(identity),
    ['Certificate', validity(report)],
    [
      'Logged in',
      urls.length === 0
        ? `no transparency log${isOutage ? ', because of an outage' : ''}; the signatures have timestamps`
        : urls.map((url) => cellCode(url)).join(', '),
    ],
    instance === 'public-good' ? undefined : ['Sigstore instance', cellCode(instance)],
    artifact && ['Artifact', `${link(cellCode(artifact.name), artifact.url)}<br>${cellCode(artifact.digest)}`],
    manifestPath === undefined ? undefined : ['Manifest', cellCode(shownPath(manifestPath, workspace))],
  ];
  return [
    `| Signed by | ${cellCode(identity.subjectAlternativeName, 500)} |`,
    '| :-- | :-- |',
    ...rows.flatMap((row) => (row === undefined ? [] : [`| **${row[0]}** | ${row[1]} |`])),
    '',
    ...(isForeignWorkflow(identity) ? foreignWorkflow(identity) : []),
  ];
}

function source({ subjectAlternativeName, claims }: VerifiedIdentity): readonly (readonly [string, string])[] {
  const { buildConfigUri, sourceRepositoryUri, sourceRepositoryRef, sourceRepositoryDigest, runInvocationUri } = claims;
  const facts: [string, string][] = [];
  if (buildConfigUri !== undefined && buildConfigUri !== subjectAlternativeName)
    facts.push(['Called by', cellCode(buildConfigUri, 500)]);
  if (sourceRepositoryUri !== undefined) {
    const ref = sourceRepositoryRef === undefined ? '' : ` at ${cellCode(sourceRepositoryRef)}`;
    const commit = sourceRepositoryDigest === undefined ? '' : `<br>commit ${cellCode(sourceRepositoryDigest)}`;
    facts.push(['Source', `${link(cellCode(sourceRepositoryUri), sourceRepositoryUri)}${ref}${commit}`]);
  }
  if (runInvocationUri !== undefined) facts.push(['Run', link(cellCode(runInvocationUri), runInvocationUri)]);
  return facts;
}

function foreignWorkflow({ claims }: VerifiedIdentity): readonly string[] {
  return [
    '> [!NOTE]',
    `> The signer is a reusable workflow in another repository, which other repositories can call too. Its identity alone does not identify the source: also check the source repository, ${cellCode(claims.sourceRepositoryUri ?? '')}.`,
    '',
  ];
}

/** Describes the validity of the certificates. A certificate is valid for minutes, so a long run has several. */
function validity({ signed }: SigningReport): string {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const windows = new Map(
    fresh.map(({ certificateValidity }) => [certificateValidity.notBefore.getTime(), certificateValidity]),
  );
  const sorted = [...windows.values()].sort((a, b) => a.notBefore.getTime() - b.notBefore.getTime());
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return 'none: an earlier run had already signed everything';
  const certificates = sorted.length === 1 ? '' : `${sorted.length} certificates, `;
  return `${certificates}valid from ${moment(first.notBefore)} to ${moment(last.notAfter)}; signatures made in this time remain valid`;
}

function moment(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function subjects(report: SigningReport, room: number): readonly string[] {
  const { signed, manifestPath, workspace } = report;
  if (signed.length === 0) return [];
  const columns = tableColumns(report);
  const titles = columns.map(({ title }) => title);
  const head = [`| ${titles.join(' | ')} |`, `| ${titles.map(() => ':--').join(' | ')} |`];
  const manifest =
    manifestPath === undefined ? '' : `. The complete list is in ${cellCode(shownPath(manifestPath, workspace))}`;
  const noun = distinctSubjects(signed).length === signed.length ? 'more subject' : 'more signature';
  const rest = (more: number): string => `… and ${count(more, noun)}${manifest}.`;
  const row = (subject: ReportedSubject): string => `| ${columns.map(({ cell }) => cell(subject)).join(' | ')} |`;
  const shown = fitting(
    signed,
    (subject) => [row(subject)],
    room - byteLength([...head, ...bundleNote(report), rest(signed.length), '', '']),
  );
  return [
    ...head,
    ...shown.flat(),
    '',
    ...(shown.length < signed.length ? [rest(signed.length - shown.length), ''] : []),
    ...bundleNote(report),
  ];
}

function noEntry({ logs, outages = [] }: ReportedSubject): string | undefined {
  return logs.length === 0 && outages.length > 0 ? '**none** (outage)' : undefined;
}

/** Returns the start of a digest, enough to tell digests on a page apart. */
function shortDigest(digest: string): string {
  return `\`${digest.slice(0, 'sha256:'.length + 12)}…\``;
}

interface Column {
  readonly title: string;
  readonly cell: (subject: ReportedSubject) => string;
}

/** Chooses the columns. A value that is the same for all subjects is shown once above the table instead. */
function tableColumns(report: SigningReport): readonly Column[] {
  const { signed, workspace } = report;
  const urls = logUrls(report);
  const logs: Column = {
    title: 'Log index',
    cell: (subject) =>
      noEntry(subject) ??
      subject.logs
        .map(({ url, index }) => {
          const page = searchPage(url, index);
          const entry = page === undefined ? index.toString() : link(index.toString(), page);
          return urls.length === 1 ? entry : `${cellCode(url)} ${entry}`;
        })
        .join('<br>'),
  };
  const attached: Column = {
    title: 'Attached as',
    cell: ({ attachedAs }) =>
      attachedAs === undefined ? '' : shortDigest(attachedAs.slice(attachedAs.indexOf('@') + 1)),
  };
  const type: Column = {
    title: 'Predicate type',
    cell: ({ predicateType = '' }) => cellCode(predicateType, maxCellLength),
  };
  const bundle: Column = {
    title: 'Bundle',
    cell: ({ bundlePath }) => cellCode(shownPath(bundlePath, workspace), maxCellLength),
  };
  return [
    {
      title: 'Subject',
      cell: ({ name, platform, attests, resumed }) =>
        [
          cellCode(name, maxCellLength),
          ...(attests === undefined ? [] : ['attestation manifest']),
          ...(platform === undefined ? [] : [`for ${cellCode(platform, maxCellLength)}`]),
          ...(resumed ? ['(signed by an earlier run)'] : []),
        ].join(' '),
    },
    ...(new Set(signed.map(({ predicateType }) => predicateType)).size > 1 ? [type] : []),
    { title: 'Digest', cell: ({ digest }) => shortDigest(formatDigest(digest)) },
    ...(signed.some(({ attachedAs }) => attachedAs !== undefined) ? [attached] : []),
    ...(urls.length === 0 ? [] : [logs]),
    ...(signed.every((subject) => isBeside(subject, workspace)) || report.format === 'attestation' ? [] : [bundle]),
  ];
}

function bundleNote({ format, signed, workspace }: SigningReport): readonly string[] {
  if (format === 'attestation') {
    const paths = [...new Set(signed.map(({ bundlePath }) => bundlePath))];
    const listed = paths.slice(0, 20).map((path) => cellCode(shownPath(path, workspace)));
    const more = paths.length > listed.length ? `, and ${paths.length - listed.length} more` : '';
    return [`Covered by ${count(paths.length, 'attestation')}: ${listed.join(', ')}${more}.`, ''];
  }
  if (signed.every((subject) => isBeside(subject, workspace)))
    return ['Each bundle is next to its file: `<file>.sigstore.json`.', ''];
  return [];
}

function isBeside({ name, bundlePath }: ReportedSubject, workspace: string): boolean {
  return shownPath(bundlePath, workspace) === `${name}.sigstore.json`;
}

function logUrls({ signed }: SigningReport): readonly string[] {
  return [...new Set(signed.flatMap(({ logs }) => logs.map(({ url }) => url)))].slice(0, 10);
}

function fullDigests({ signed }: SigningReport): readonly string[] {
  if (signed.length === 0 || signed.length > maxFullDigests) return [];
  const lines = distinctSubjects(signed).map(({ name, platform, digest }) => {
    const shown = platform === undefined ? name : `${name} (${platform})`;
    return `${formatDigest(digest)}  ${shownText(shown, 300)}`;
  });
  return ['<details><summary>Full digests</summary>', '', ...fenced('', lines), '', '</details>', ''];
}

/** Only a full commit SHA makes a command that nobody can redirect. */
const noCommands = [
  '### Verify',
  '',
  'To get a command here that verifies the signatures, pin the action to a full commit SHA.',
  '',
];

function verification(report: SigningReport): readonly string[] {
  const all = verifyCommands(report);
  if (all.length === 0) return report.identity === undefined || report.source !== undefined ? [] : noCommands;
  const only = distinctSubjects(report.signed).length === 1;
  return ['### Verify', '', ...all.flatMap((one) => verificationOf(one, only))];
}

function verificationOf({ subject, commands }: VerifyCommands, only: boolean): readonly string[] {
  return [
    ...(only ? [] : [`For ${code(subject.name)}. Verify the other ${alike(subject)} in the same way.`, '']),
    ...commands.flatMap(({ tool, lines }) => [`With **${tool}**:`, '', ...fenced('sh', lines), '']),
  ];
}

/** Returns the name of all subjects to which the same commands apply. */
function alike({ kind, attachedAs }: ReportedSubject): string {
  if (kind !== 'image') return kind === 'file' ? 'files' : 'digests';
  return attachedAs === undefined ? 'images without attached bundles' : 'images';
}
