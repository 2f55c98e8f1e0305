/** Says what lies beside what is verified, and makes a failure of it where a folder is to hold nothing else. */

import { resolve } from 'node:path';
import { CountersignError } from '../../core/errors/index.ts';
import type { VerificationReport, VerificationResult } from '../../report/index.ts';
import { filesBeside, type LeftOut } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { bundlesTakenOut } from './plan-verifiables.ts';
import type { Verifiable } from './verifiable.ts';

const reasons = {
  hidden: 'its name or that of a folder on the way begins with a dot',
  unnamed: 'it is not named',
  unreadable: 'the folder cannot be read, or leads out of the workspace',
  loop: 'it is a link to a folder that it is in',
  special: 'it is not a regular file',
  nowhere: 'it is a link that leads nowhere',
  git: "it is Git's own",
} as const satisfies Record<LeftOut['why'], string>;

const maxNames = 5;
const maxResults = 100;

/**
 * Adds to a report what was left out: as a warning, or, if the folders are to hold nothing else, as artifacts that are not verified.
 */
export function withLeftOut(
  report: VerificationReport,
  leftOut: readonly LeftOut[],
  strictFolder: boolean,
): VerificationReport {
  if (leftOut.length === 0) return report;
  return strictFolder
    ? { ...report, results: [...report.results, ...resultsOf(leftOut)] }
    : { ...report, warnings: [...report.warnings, warningOf(leftOut)] };
}

/** Finds what lies in the folders of files, and is neither one of them nor a bundle. */
export async function leftBeside(
  artifacts: readonly Verifiable[],
  bundlePaths: readonly string[],
  { files }: Pick<World, 'files'>,
): Promise<readonly LeftOut[]> {
  const paths = artifacts.flatMap((artifact) => (artifact.kind === 'file' ? [artifact.path] : []));
  const bundles = new Set(bundlePaths.map((path) => resolve(path)));
  const beside = (await filesBeside(paths, files)).filter(({ name }) => !bundles.has(resolve(name)));
  return bundlesTakenOut(beside, '.', files);
}

function warningOf(leftOut: readonly LeftOut[]): string {
  const shown = leftOut.slice(0, maxNames).map(({ name, why }) => `${JSON.stringify(name)} (${reasons[why]})`);
  const more = leftOut.length > maxNames ? `, and ${leftOut.length - maxNames} more` : '';
  return `beside what is verified, nothing looks at ${shown.join(', ')}${more}. Name it, or exclude it with \`!\`; \`strict-folder\` makes a failure of it.`;
}

function resultsOf(leftOut: readonly LeftOut[]): readonly VerificationResult[] {
  return leftOut.slice(0, maxResults).map(({ name, why }, index) => {
    const more = index === maxResults - 1 ? leftOut.length - maxResults : 0;
    const others = more > 0 ? `; so are ${more} more that are not shown` : '';
    const failure = new CountersignError('SUBJECT_LEFT_OUT', `it is not verified: ${reasons[why]}${others}`, {
      remedy: 'Remove it, or name it, so that it is verified as well. A pattern that begins with `!` excludes it.',
    });
    return { artifact: name, digest: undefined, bundle: undefined, outcome: { kind: 'not-examined', failure } };
  });
}
