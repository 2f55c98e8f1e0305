/** Reading a file whole, for what cannot be done with a digest. */

import { fail } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { openRegularFile, readUpTo, sameFile } from '../node/index.ts';
import { orUnreadable } from './file-system.ts';
import type { FileSubject } from './subject.ts';

/**
 * The bytes of a file; `undefined` if it is longer than the limit.
 *
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED` if the path leads to another file than before
 */
export async function readFileWithin(
  files: FileReading,
  { path, identity }: Pick<FileSubject, 'path' | 'identity'>,
  limit: number,
): Promise<Uint8Array | undefined> {
  return await orUnreadable(path, async () => {
    await using file = await openRegularFile(files, path);
    if (identity !== undefined && !sameFile(identity, file.identity))
      fail('SUBJECT_CHANGED', `${path} was replaced after the run started`);
    return await readUpTo(file, limit);
  });
}
