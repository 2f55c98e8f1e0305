import { fail, systemCode } from '../core/errors/index.ts';
import { type FileReading, NotRegularFile, readRegularFile } from '../node/index.ts';

/** Longer than every policy, key, trusted root and signing config. */
const maxLength = 32 * 1024 * 1024;

/**
 * Reads a file that an option or an input names.
 *
 * @param what what the file is, for errors: `trusted root`
 * @throws CountersignError `USAGE`; `LIMIT_EXCEEDED`
 */
export async function readInput(path: string, what: string, files: FileReading): Promise<Uint8Array> {
  return readRegularFile(files, path, maxLength).catch((cause: unknown) => {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    const reason = cause instanceof NotRegularFile ? 'it is not a regular file' : code;
    return fail('USAGE', `the ${what} ${path} cannot be read: ${reason}`, { cause, remedy: 'Check the path.' });
  });
}
