/** Finds what a run is to sign. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { isManifest, isPlaceOfBundle, type Places } from '../../deliver/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import {
  collectSubjects,
  type FileSubject,
  isBundleFile,
  type LocalSubject,
  type SubjectRequest,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';

export interface SelectedSubjects {
  readonly subjects: readonly LocalSubject[];
  /** The names of the bundles and manifests that patterns matched. */
  readonly leftOut: readonly string[];
}

/**
 * Finds the subjects, and leaves out what patterns match and is a bundle or a manifest by its content: a second run over `dist/**` must
 * not sign the bundles of the first. What is named by its name is signed.
 *
 * @throws CountersignError those of finding subjects; `USAGE` for a bundle that is named where the bundle of another subject goes
 */
export async function selectSubjects(
  request: SubjectRequest,
  places: Places,
  { files }: Pick<World, 'files'>,
): Promise<SelectedSubjects> {
  const found = await collectSubjects(request, places.workspace, files);
  const delivered = await mapConcurrently(found, async (one) => one.kind === 'file' && (await isDelivered(one, files)));
  const subjects: LocalSubject[] = [];
  const leftOut: string[] = [];
  const bundles: FileSubject[] = [];
  for (const [index, subject] of found.entries()) {
    const isBundle = delivered[index] === true && subject.kind === 'file';
    if (isBundle && subject.isLiteral !== true) leftOut.push(subject.name);
    else subjects.push(subject);
    if (isBundle && subject.isLiteral === true) bundles.push(subject);
  }
  if (subjects.length === 0) {
    fail('SUBJECT_MISSING', 'all specified files are bundles', {
      remedy: 'Specify the files to sign. The files that these bundles belong to no longer exist.',
    });
  }
  demandElsewhere(bundles, subjects, places);
  return { subjects, leftOut };
}

/** Reports whether a file is what runs deliver. A file that cannot be read is reported when it is hashed. */
async function isDelivered(file: FileSubject, files: World['files']): Promise<boolean> {
  try {
    return await isBundleFile(file, files, isManifest);
  } catch (failure) {
    if (failure instanceof CountersignError) return false;
    throw failure;
  }
}

/** Refuses bundles that lie where this run writes its own: a shell that expands `*` names those of an earlier run. */
function demandElsewhere(bundles: readonly FileSubject[], subjects: readonly LocalSubject[], places: Places): void {
  const [bundle] = bundles.filter(({ path }) => isPlaceOfBundle(path, subjects, places));
  if (bundle === undefined) return;
  fail('USAGE', `${JSON.stringify(bundle.name)} is a bundle at a path where this run writes its own bundle`, {
    remedy:
      'Do not specify the bundle. Bundles that match a pattern are skipped; in a shell, put the pattern in quotes. To sign a bundle, copy it to a different folder.',
  });
}
