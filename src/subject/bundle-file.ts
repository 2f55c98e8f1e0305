/** Tells bundles from other files by their content. */

import { maxBundleLength, readBundle } from '../core/bundle/index.ts';
import { attempt } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { openRegularFile, readUpTo } from '../node/index.ts';
import { orUnreadable } from './file-system.ts';
import type { FileSubject } from './subject.ts';

/** The limit for a file with a bundle in each line. */
const maxLinesLength = 128 * 1024 * 1024;
const headLength = 4096;

/**
 * Reports whether a file is a bundle or, if its name ends in `.jsonl`, has a bundle in each of its lines. Of other files only the
 * beginning is read, unless they begin like JSON.
 *
 * @param isOther reports by the beginning of a file, up to 4096 bytes, whether to accept it although it is no bundle
 * @throws CountersignError `SUBJECT_UNREADABLE`
 */
export async function isBundleFile(
  { name, path }: Pick<FileSubject, 'name' | 'path'>,
  files: FileReading,
  isOther: (beginning: string) => boolean = () => false,
): Promise<boolean> {
  const hasLines = name.endsWith('.jsonl');
  const read = await orUnreadable(path, async () => {
    await using file = await openRegularFile(files, path);
    const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(headLength), 0, headLength, 0);
    const beginning = buffer.toString('utf8', 0, bytesRead);
    if (isOther(beginning)) return true;
    // A byte order mark may stand before it.
    if (!/^(?:\ufeff)?\s*\{/.test(beginning)) return undefined;
    return await readUpTo(file, hasLines ? maxLinesLength : maxBundleLength);
  });
  if (read === undefined || read === true) return read === true;
  return isBundle(read) || (hasLines && linesOf(read).every(isBundle));
}

function isBundle(bytes: Buffer): boolean {
  if (bytes.length > maxBundleLength || !bytes.includes('"mediaType"')) return false;
  return attempt(() => readBundle(bytes)) !== undefined;
}

const lineFeed = 0x0a;

/** Returns the lines that are not blank. */
function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d))) lines.push(line);
    start = end + 1;
  }
  return lines;
}
