/** What of the subjects found is really to be signed. */

import { fail } from '../../core/errors/index.ts';
import type { Places } from '../../deliver/index.ts';
import { isDelivered } from '../../deliver/index.ts';
import { collectSubjects, type LocalSubject, type SubjectRequest, withoutRepeats } from '../../subject/index.ts';
import type { World } from '../world/index.ts';

/**
 * Finds the subjects, leaves out what an earlier run delivered among them, and takes a file and a line of a checksums file about
 * it for one.
 *
 * @throws CountersignError those of finding subjects; `SUBJECT_CHANGED` if a file is not what a checksum says it is
 */
export async function planSubjects(
  request: SubjectRequest,
  places: Places,
  { files }: Pick<World, 'files'>,
): Promise<readonly LocalSubject[]> {
  const found = await collectSubjects(request, places.workspace, files);
  const names = new Set(found.map(({ name }) => name));
  const subjects = found.filter((subject) => subject.kind === 'digest' || !isDelivered(subject, names, places));
  if (subjects.length === 0) {
    fail('SUBJECT_MISSING', 'nothing but bundles was named', {
      remedy: 'Name what they are about: those files are not there any more.',
    });
  }
  return withoutRepeats(subjects, files);
}
