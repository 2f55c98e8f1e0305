import { CountersignError, type ErrorCode, fail, systemCode } from '../../core/errors/index.ts';
import { NotRegularFile, readRegularFile, utf8Bytes } from '../../node/index.ts';
import type { World } from './world.ts';

/** Longer than any policy, key, trusted root or signing config. */
const maxLength = 32 * 1024 * 1024;

/** The kinds of such files, as errors name them, each with the code for one that is not text. */
const encodingCodes = {
  policy: 'POLICY_INVALID',
  'public key': 'KEY_INVALID',
  'trusted root': 'TRUSTED_ROOT_INVALID',
  'signing config': 'SIGNING_CONFIG_INVALID',
  'TUF root': 'TRUSTED_ROOT_INVALID',
} as const satisfies Record<string, ErrorCode>;
export type InputKind = keyof typeof encodingCodes;

/** The parts of the world that reading an input file needs. */
export type InputWorld = Pick<World, 'files' | 'demandAccepted'>;

/**
 * Reads a security-relevant text file that an option, an input or a policy names: a policy, a key, a trusted root.
 *
 * @returns its bytes in UTF-8, without a byte order mark
 * @throws CountersignError `USAGE`; the code of the kind for a file in another encoding; `LIMIT_EXCEEDED`; `POLICY_INVALID` for a file that a proposed change can modify
 */
export async function readInput(path: string, what: InputKind, world: InputWorld): Promise<Uint8Array> {
  const bytes = await readInputFile(path, what, world.files, maxLength);
  await world.demandAccepted?.(path, what, bytes);
  return utf8Bytes(bytes, encodingCodes[what], `the ${what} ${path}`);
}

/**
 * Reads a file that an option names.
 *
 * @param what the kind of file, for errors
 * @throws CountersignError `USAGE` for a file that cannot be read; `LIMIT_EXCEEDED`
 */
export function readInputFile(
  path: string,
  what: string,
  files: World['files'],
  maxLength: number,
): Promise<Uint8Array> {
  return readRegularFile(files, path, maxLength).catch((cause: unknown) => {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    const reason = cause instanceof NotRegularFile ? 'it is not a regular file' : code;
    return fail('USAGE', `the ${what} ${path} cannot be read: ${reason}`, { cause, remedy: 'Check the path.' });
  });
}

/**
 * Reads such a file, and parses it. A file of another kind is named for what it is.
 *
 * @throws CountersignError those of {@link readInput} and of the parser
 */
export async function parseInput<T>(
  path: string,
  what: InputKind,
  world: InputWorld,
  parse: (bytes: Uint8Array) => T,
): Promise<T> {
  const bytes = await readInput(path, what, world);
  try {
    return parse(bytes);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const { explainInput } = await import('./explain-input.ts');
    throw explainInput(bytes, what, path, error);
  }
}
