import { type Digest, equalDigests } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { digestFile } from './digest-file.ts';
import type { FileSystem } from './file-system.ts';
import type { DigestSubject, FileSubject, LocalSubject } from './subject.ts';

/**
 * Takes a file and a line of a checksums file about it for one.
 *
 * @throws CountersignError `SUBJECT_CHANGED` if the file is not what the checksum says it is
 */
export async function withoutRepeats(
  subjects: readonly LocalSubject[],
  files: FileSystem,
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

async function demandSame(file: FileSubject, stated: DigestSubject, files: FileSystem): Promise<void> {
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
