import * as files from 'node:fs/promises';
import { fail, systemCode } from '../core/errors/index.ts';
import { readToEnd, Secret, utf8Text } from '../node/index.ts';
import type { RegistryAccount } from '../run/world/index.ts';
import type { RegistryValues } from './command-values.ts';

/** In bytes. */
const maxPasswordLength = 64 * 1024;

/**
 * Returns the registry account, if the options have one. The password is read from its file.
 *
 * @throws CountersignError `USAGE` if only one of user name and password is given, or the file cannot be read
 */
export async function readAccount(options: RegistryValues): Promise<RegistryAccount | undefined> {
  const { registry, registryUsername: user, registryPassword: path } = options;
  if (user === undefined && path === undefined) return undefined;
  if (user === undefined || path === undefined)
    return fail('USAGE', '`registry-username` and `registry-password-file` go together', { remedy: 'Give both.' });
  const bytes =
    (await readToEnd(files, path, maxPasswordLength).catch((cause: unknown) =>
      // The path is not repeated: it could be the password itself.
      fail('USAGE', `the file of \`registry-password-file\` cannot be read: ${systemCode(cause) ?? 'unknown'}`, {
        remedy: 'Check the path.',
      }),
    )) ?? fail('USAGE', `the file of \`registry-password-file\` has more than ${maxPasswordLength} bytes`);
  const text = utf8Text(bytes, 'USAGE', 'the file of `registry-password-file`');
  const password = text.replace(/\r?\n$/, '');
  if (password === '') fail('USAGE', 'the file of `registry-password-file` holds no password');
  return { registry, user, password: new Secret(password) };
}
