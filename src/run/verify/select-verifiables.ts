/** Selects the artifacts to verify: those that were named, without bundles. */

import { join, resolve } from 'node:path';
import { bundleStem } from '../../core/bundle/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { DownloadedArtifact } from '../../fetch/index.ts';
import { notExamined, type VerificationReport, type VerificationResult } from '../../report/index.ts';
import {
  collectSubjects,
  type FileSubject,
  filesBeside,
  isBundleFile,
  type LeftOut,
  namesNothing,
  type SubjectRequest,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import type { LocalVerifiable, Verifiable } from './verifiable.ts';

type FileWorld = Pick<World, 'files'>;

export interface SelectedVerifiables {
  readonly artifacts: readonly LocalVerifiable[];
  /** The names of the bundles that are not verified themselves. */
  readonly skipped: readonly string[];
  /** Files in the folders of the patterns that none of them covers and that are not bundles. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Finds what the request names. The result is empty only if globs may match nothing, and did.
 *
 * @throws CountersignError those of finding subjects; `SUBJECT_CHANGED` if a file is not what a checksum says it is
 */
export async function selectVerifiables(
  request: SubjectRequest,
  workspace: string,
  { files }: FileWorld,
): Promise<SelectedVerifiables> {
  if (namesNothing(request))
    fail('SUBJECT_MISSING', 'nothing to verify: no files, checksums, digests or images specified', {
      remedy: 'Specify `files`, `checksums`, `digests`, `images` or `files-artifact`.',
    });
  let leftOut: readonly LeftOut[] = [];
  const found = await collectSubjects(request, workspace, files, (some) => {
    leftOut = some;
  });
  return {
    ...(await withoutBundles(found, files)),
    leftOut: await bundlesTakenOut(leftOut, workspace, files),
  };
}

/** Removes bundles from the files that were left out: nobody relies on a bundle being verified itself. */
export async function bundlesTakenOut(
  leftOut: readonly LeftOut[],
  folder: string,
  files: World['files'],
): Promise<readonly LeftOut[]> {
  const kept: LeftOut[] = [];
  for (const one of leftOut) {
    const mayBe = one.why === 'hidden' || one.why === 'unnamed';
    const file = { kind: 'file', name: one.name, path: resolve(folder, one.name) } as const;
    if (!mayBe || !(await isReadableBundle(file, files))) kept.push(one);
  }
  return kept;
}

/** Reports whether a file can be read, and is a bundle by its name and its content. */
export function isReadableBundle(file: LocalVerifiable, files: World['files']): Promise<boolean> {
  return isBundle(file, files).catch((failure: unknown) => {
    if (failure instanceof CountersignError) return false;
    throw failure;
  });
}

/**
 * Returns every file of a workflow artifact that is not a bundle, in the order of their names. With a pattern, files whose names begin
 * with a dot would be missed.
 */
export async function selectFromArtifact(
  { directory, names }: DownloadedArtifact,
  { files }: FileWorld,
): Promise<WithoutBundles<FileSubject>> {
  const found = names.toSorted().map((name) => ({ kind: 'file', name, path: join(directory, name) }) as const);
  return withoutBundles(found, files);
}

interface WithoutBundles<V> {
  readonly artifacts: readonly V[];
  readonly skipped: readonly string[];
}

/**
 * Leaves out files named `*.sigstore.json` if they really are bundles: by a name alone, any file could escape verification. A file that
 * was named by its name is never left out.
 */
async function withoutBundles<V extends LocalVerifiable & { readonly isLiteral?: boolean }>(
  found: readonly V[],
  files: World['files'],
): Promise<WithoutBundles<V>> {
  const artifacts: V[] = [];
  const skipped: string[] = [];
  for (const one of found) {
    if (one.isLiteral === true || !(await isBundle(one, files))) artifacts.push(one);
    else skipped.push(one.name);
  }
  if (found.length > 0 && artifacts.length === 0)
    fail('SUBJECT_MISSING', 'all specified files are bundles', {
      remedy: 'Specify the files that these bundles belong to.',
    });
  return { artifacts, skipped };
}

/** Reports whether a file has the name of a bundle and is one: any other file that is a bundle by its content can be a script as well. */
async function isBundle(one: LocalVerifiable, files: World['files']): Promise<boolean> {
  return one.kind === 'file' && bundleStem(one.name) !== undefined && (await isBundleFile(one, files));
}

const reasons = {
  hidden: 'its name or the name of a parent folder starts with a dot',
  unnamed: 'no pattern matches it',
  unreadable: 'the folder is not readable or is outside of the workspace',
  loop: 'it is a link to one of its parent folders',
  special: 'it is not a regular file',
  nowhere: 'it is a broken link',
  git: 'it belongs to Git',
} as const satisfies Record<LeftOut['why'], string>;

const maxNames = 5;
const maxResults = 100;

/** Adds the files that were left out to a report: as a warning, or, with a strict folder, as artifacts that are not verified. */
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

/** Finds what is in the folders of files, and is neither one of them nor a bundle. */
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
  return `not verified, although in the same folder as verified files: ${shown.join(', ')}${more}. Specify these files, or exclude them with \`!\`. With \`strict-folder\`, this is an error.`;
}

function resultsOf(leftOut: readonly LeftOut[]): readonly VerificationResult[] {
  return leftOut.slice(0, maxResults).map(({ name, why }, index) => {
    const more = index === maxResults - 1 ? leftOut.length - maxResults : 0;
    const others = more > 0 ? `; ${more} more are not shown` : '';
    const failure = new CountersignError('SUBJECT_LEFT_OUT', `it is not verified: ${reasons[why]}${others}`, {
      remedy: 'Remove it, specify it so that it is verified too, or exclude it with a pattern that starts with `!`.',
    });
    return { artifact: name, digest: undefined, bundle: undefined, ...notExamined(failure) };
  });
}
