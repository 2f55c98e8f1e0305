/** Formats the job summary of a verification in GitHub's Markdown: the result of each artifact, its criteria, and the verified claims. */

import type { Criterion } from '../core/verify/index.ts';
import { cellCode, cellProse, code, prose } from './markdown.ts';
import { partText } from './part-text.ts';
import { byteLength, count, fitting } from './shorten.ts';
import {
  type ArtifactOutcome,
  artifactOutcomes,
  type VerificationReport,
  type VerificationResult,
} from './verification-report.ts';
import {
  type Claim,
  certifiedClaims,
  certifiedTitle,
  criterionTitle,
  signerNames,
  statedClaims,
  statedTitle,
} from './verified-claims.ts';

/** GitHub drops a summary above 1 MiB. */
const maxBytes = 1_000_000;
const maxWarnings = 20;
const maxCellLength = 120;
const signs = { pass: '✅ pass', fail: '❌ fail', 'not-checked': '➖ not checked' } as const;

/** Returns the summary. If not everything fits, details of verified artifacts are omitted first, with a note. */
export function verificationSummary(report: VerificationReport): string {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const verified = outcomes.filter(({ failure }) => failure === undefined);
  const head = [...headline(outcomes, failed), ...warnings(report)];
  const room = maxBytes - byteLength(head) - 500;
  const rows = fitting([...failed, ...verified], (outcome) => [overviewRow(outcome)], room / 2);
  const overview = rows.flat();
  const details = fitting([...failed, ...verified], detail, room - byteLength(overview));
  return [
    ...head,
    ...(outcomes.length === 0 ? [] : ['| Artifact | Result | Signer or problem |', '| :-- | :-- | :-- |']),
    ...overview,
    ...(overview.length < outcomes.length
      ? ['', `… and ${count(outcomes.length - overview.length, 'more artifact')}.`]
      : []),
    '',
    ...details.flat(),
    ...(details.length < outcomes.length
      ? [`Details of ${count(outcomes.length - details.length, 'more artifact')} are omitted.`, '']
      : []),
  ].join('\n');
}

function headline(outcomes: readonly ArtifactOutcome[], failed: readonly ArtifactOutcome[]): readonly string[] {
  const total = outcomes.length;
  if (total === 0) return ['## ➖ Countersign verified nothing', ''];
  if (failed.length === 0) return [`## ✅ Countersign verified ${count(total, 'artifact')}`, ''];
  return [
    `## ❌ Countersign verified ${(total - failed.length).toLocaleString('en')} of ${count(total, 'artifact')}`,
    '',
  ];
}

function warnings(report: VerificationReport): readonly string[] {
  if (report.warnings.length === 0) return [];
  const more = report.warnings.length - maxWarnings;
  const shown = [...report.warnings.slice(0, maxWarnings).map(prose), ...(more > 0 ? [`… and ${more} more`] : [])];
  return ['> [!WARNING]', ...shown.map((warning) => `> - ${warning}`), ''];
}

function overviewRow({ artifact, failure, results }: ArtifactOutcome): string {
  const name = cellCode(artifact, maxCellLength);
  if (failure !== undefined)
    return `| ${name} | ❌ **\`${failure.code}\`** | ${cellProse(failure.message.replaceAll('\n', ' '))} |`;
  const signers = results.flatMap(signerNames);
  return `| ${name} | ✅ verified | ${[...new Set(signers)].map((signer) => cellCode(signer, 300)).join('<br>')} |`;
}

function detail({ artifact, digest, image, results, failure }: ArtifactOutcome): readonly string[] {
  const sign = failure === undefined ? '✅' : '❌';
  return [
    `### ${sign} ${code(artifact, maxCellLength)}`,
    '',
    ...(digest === undefined ? [] : [code(image?.reference ?? digest, 400), '']),
    ...results.flatMap(resultDetail),
  ];
}

function resultDetail({ bundle, part, unread, criteria, verdict, failure }: VerificationResult): readonly string[] {
  return [
    ...(part === undefined ? [] : [code(partText(part), 400), '']),
    ...(bundle === undefined ? [] : [`${unread ? 'Unreadable:' : 'Bundle'} ${code(bundle, 300)}`, '']),
    ...(failure === undefined
      ? []
      : [
          `**\`${failure.code}\`**: ${prose(failure.message)}${failure.remedy === undefined ? '' : `. ${prose(failure.remedy.replaceAll('\n', ' '))}`}`,
          '',
        ]),
    ...(criteria.length === 0 ? [] : criteriaTable(criteria)),
    ...(verdict === undefined
      ? []
      : [
          ...claimsTable(certifiedTitle(verdict), certifiedClaims(verdict)),
          ...claimsTable(statedTitle, statedClaims(verdict)),
        ]),
  ];
}

function criteriaTable(criteria: readonly Criterion[]): readonly string[] {
  const rows = criteria.map((criterion) => {
    const { outcome, expected, found, failure } = criterion;
    const word = failure === undefined ? signs[outcome] : `${signs[outcome]}<br>\`${failure.code}\``;
    return `| ${criterionTitle(criterion)} | ${word} | ${cellCode(expected, 300)} | ${cellCode(found, 500)} |`;
  });
  return ['| Criterion | Outcome | Expected | Found |', '| :-- | :-- | :-- | :-- |', ...rows, ''];
}

function claimsTable(title: string, claims: readonly Claim[]): readonly string[] {
  if (claims.length === 0) return [];
  return [
    `| ${title} | |`,
    '| :-- | :-- |',
    ...claims.map(([name, value]) => `| ${name} | ${cellCode(value, 500)} |`),
    '',
  ];
}
