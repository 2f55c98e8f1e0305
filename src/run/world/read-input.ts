import { fail, systemCode } from '../../core/errors/index.ts';
import { NotRegularFile, readRegularFile } from '../../node/index.ts';
import type { World } from './world.ts';

/** Longer than every policy, key, trusted root and signing config. */
const maxLength = 32 * 1024 * 1024;

/** What reading a file that decides needs. */
export type InputWorld = Pick<World, 'files' | 'demandAccepted'>;

/**
 * Reads a file that an option, an input or a policy names and that decides: a policy, a key, a trusted root.
 *
 * @param what what the file is, for errors: `trusted root`
 * @throws CountersignError `USAGE`; `LIMIT_EXCEEDED`; `POLICY_INVALID` for a file that a proposal can change
 */
export async function readInput(path: string, what: string, world: InputWorld): Promise<Uint8Array> {
  const bytes = await readRegularFile(world.files, path, maxLength).catch((cause: unknown) => {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    const reason = cause instanceof NotRegularFile ? 'it is not a regular file' : code;
    return fail('USAGE', `the ${what} ${path} cannot be read: ${reason}`, { cause, remedy: 'Check the path.' });
  });
  await world.demandAccepted?.(path, what, bytes);
  return bytes;
}
