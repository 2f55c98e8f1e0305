/** Finds what a run is to sign. */

import { bundleStem } from '../../core/bundle/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { deliveredKind, type Places, placesOfBundles } from '../../deliver/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import { collectSubjects, type FileSubject, type LocalSubject, type SubjectRequest } from '../../subject/index.ts';
import type { World } from '../world/index.ts';

export interface SelectedSubjects {
  readonly subjects: readonly LocalSubject[];
  /** The names of the bundles and manifests that are skipped. */
  readonly leftOut: readonly string[];
}

/**
 * Finds the subjects, and skips bundles and manifests, which are told by their content: a second run over `dist/**` must not sign the
 * bundles of the first. They are skipped if a pattern matches them, or if they belong to this run, as a shell that expands `dist/*` names
 * them. Any other manifest that is named is signed.
 *
 * @param signBundles true to sign any other bundle that is named as well
 * @throws CountersignError those of finding subjects; `USAGE` for a bundle that is named and belongs to no other subject, and, with
 *   `signBundles`, for one that is named where the bundle of another subject goes
 */
export async function selectSubjects(
  request: SubjectRequest,
  places: Places,
  { files }: Pick<World, 'files'>,
  signBundles = false,
): Promise<SelectedSubjects> {
  const found = await collectSubjects(request, places.workspace, files);
  const kinds = await mapConcurrently(found, (one) => kindOf(one, files));
  const plain = found.filter((_, index) => kinds[index] === 'other');
  const isPlace = placesOfBundles(plain, places);
  const paths = new Set(plain.flatMap((one) => (one.kind === 'file' ? [one.path] : [])));
  const subjects: LocalSubject[] = [];
  const leftOut: string[] = [];
  const refused: FileSubject[] = [];
  for (const [index, one] of found.entries()) {
    const kind = kinds[index];
    if (one.kind !== 'file' || kind === 'other') subjects.push(one);
    else if (one.isLiteral !== true) leftOut.push(one.name);
    else if (signBundles) {
      if (isPlace(one.path)) failAtPlace(one);
      subjects.push(one);
    } else if (isPlace(one.path) || paths.has(bundleStem(one.path) ?? '')) leftOut.push(one.name);
    else if (kind === 'bundle') refused.push(one);
    else subjects.push(one);
  }
  if (refused.length > 0) failForBundles(refused);
  if (subjects.length === 0) {
    fail('SUBJECT_MISSING', 'all specified files are bundles', {
      remedy: 'Specify the files to sign. The files that these bundles belong to no longer exist.',
    });
  }
  return { subjects, leftOut };
}

/** Tells what runs deliver from other subjects. A file that cannot be read is reported when it is hashed. */
async function kindOf(subject: LocalSubject, files: World['files']): Promise<'bundle' | 'manifest' | 'other'> {
  if (subject.kind !== 'file') return 'other';
  try {
    return (await deliveredKind(subject, files)) ?? 'other';
  } catch (failure) {
    if (failure instanceof CountersignError) return 'other';
    throw failure;
  }
}

/** Refuses a bundle at a path where this run writes its own bundle. */
function failAtPlace({ name }: FileSubject): never {
  fail('USAGE', `${JSON.stringify(name)} is a bundle at a path where this run writes its own bundle`, {
    remedy: 'Do not specify the bundle, or copy it to a different folder and sign the copy.',
  });
}

function failForBundles([first, ...others]: readonly FileSubject[]): never {
  const more = others.length === 0 ? '' : ` (and ${others.length} more of the specified files)`;
  fail('USAGE', `${JSON.stringify(first?.name)} is a bundle${more}, and bundles are not signed`, {
    remedy:
      'Specify the file that it belongs to. To skip all bundles, use a pattern, which a shell needs in quotes. To sign the bundle itself, set `sign-bundles`.',
  });
}
