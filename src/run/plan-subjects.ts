/** What of the subjects found is really to be signed. */

import { type Digest, equalDigests } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { isDelivered, type Places } from '../deliver/index.ts';
import {
  collectSubjects,
  type DigestSubject,
  digestFile,
  type FileSubject,
  type LocalSubject,
  type SubjectRequest,
} from '../subject/index.ts';
import type { World } from './world.ts';

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

/**
 * Takes a file and a line of a checksums file about it for one.
 *
 * @throws CountersignError `SUBJECT_CHANGED` if the file is not what the checksum says it is
 */
export async function withoutRepeats(
  subjects: readonly LocalSubject[],
  files: World['files'],
): Promise<readonly LocalSubject[]> {
  const byName = new Map(
    subjects.flatMap((subject) => (subject.kind === 'file' ? [[subject.name, subject] as const] : [])),
  );
  const kept: LocalSubject[] = [];
  for (const subject of subjects) {
    const file = subject.kind === 'digest' ? byName.get(subject.name) : undefined;
    if (subject.kind === 'digest' && file !== undefined) await demandSame(file, subject, files);
    else kept.push(subject);
  }
  return kept;
}

async function demandSame(file: FileSubject, stated: DigestSubject, files: World['files']): Promise<void> {
  const digest: Digest = await digestFile(files, file, stated.digest.algorithm);
  if (equalDigests(digest, stated.digest)) return;
  fail(
    'SUBJECT_CHANGED',
    `${stated.origin}: ${file.name} has another ${digest.algorithm} digest than is written there`,
    {
      remedy: 'Make the checksums anew after the last step that writes to the file.',
    },
  );
}
