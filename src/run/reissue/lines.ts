/** Reads the lines of a file one by one, so that their number does not matter. */

import type { FileReading } from '../../node/index.ts';
import { openRegularFile } from '../../node/index.ts';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without its line end; `undefined` for a line that is too long, which is skipped. */
  readonly bytes: Uint8Array | undefined;
  /** The number of bytes from the beginning of the file to the end of the line. */
  readonly end: number;
  /** False for what follows the last line end of the file. */
  readonly isWhole: boolean;
}

/** In bytes. */
const maxLength = 1024 * 1024;
const readLength = 256 * 1024;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Yields the lines of a file.
 *
 * @throws the system's error; NotRegularFile
 */
export async function* readLines(files: FileReading, path: string): AsyncGenerator<Line> {
  await using file = await openRegularFile(files, path);
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  let [number, end] = [0, 0];
  const lineOf = (bytes: Buffer, isWhole: boolean): Line => {
    number++;
    end += isWhole ? 1 : 0;
    const line = { number, end, isWhole };
    if (isTooLong || bytes.length > maxLength) return { ...line, bytes: undefined };
    return { ...line, bytes: bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes };
  };
  for (;;) {
    const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(readLength), 0, readLength, null);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      const piece = chunk.subarray(start, at);
      end += piece.length;
      yield lineOf(rest.length === 0 ? piece : Buffer.concat([rest, piece]), true);
      rest = Buffer.alloc(0);
      isTooLong = false;
      start = at + 1;
    }
    const piece = chunk.subarray(start);
    end += piece.length;
    // Of a line that is too long, nothing more is kept.
    isTooLong ||= rest.length + piece.length > maxLength;
    rest = isTooLong ? Buffer.alloc(0) : Buffer.concat([rest, piece]);
  }
  if (rest.length > 0 || isTooLong) yield lineOf(rest, false);
}
