/** Reads the files in which tokens are handed over. */

import { fail, systemCode } from '../../core/errors/index.ts';
import { readToEnd, Secret, utf8Text } from '../../node/index.ts';
import type { ProviderWorld } from './provider.ts';

/** In bytes. Longer than every token that is accepted. */
const maxLength = 64 * 1024;

/** A token from a file, or from a pipe, which can be read only once. */
export interface FileToken {
  readonly token: Secret;
  readonly isFile: boolean;
}

/**
 * Reads a token.
 *
 * @param what the file in messages. Its path is not shown, since a token may have been given in place of a path.
 * @throws CountersignError `TOKEN_INVALID`
 */
export async function readTokenFile(
  path: string,
  what: string,
  files: Pick<ProviderWorld['files'], 'open' | 'stat'>,
): Promise<FileToken> {
  const refuse = (cause: unknown): never =>
    fail('TOKEN_INVALID', `${what} cannot be read: ${systemCode(cause) ?? 'unknown'}`, {
      remedy: 'Check the path and the permissions of the file.',
    });
  const isFile = (await files.stat(path).catch(refuse)).isFile();
  const bytes =
    (await readToEnd(files, path, maxLength).catch(refuse)) ??
    fail('TOKEN_INVALID', `${what} is too large: the limit is ${maxLength} bytes`, {
      remedy: 'Write only the token to the file.',
    });
  return { token: new Secret(utf8Text(bytes, 'TOKEN_INVALID', what).trim()), isFile };
}
