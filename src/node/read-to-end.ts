/** Reads what need not be a regular file. */

import type { FileReading } from './regular-file.ts';

/**
 * Reads a file or a pipe to its end, such as `<(command)` of a shell. Waits while nothing is written.
 *
 * @param maxLength in bytes
 * @returns `undefined` if there is more
 * @throws the system's error
 */
export async function readToEnd(files: FileReading, path: string, maxLength: number): Promise<Buffer | undefined> {
  const handle = await files.open(path, 'r');
  try {
    const buffer = Buffer.alloc(maxLength + 1);
    let length = 0;
    while (length <= maxLength) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    return undefined;
  } finally {
    await handle.close();
  }
}
