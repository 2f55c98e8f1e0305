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
    return fail('USAGE', '`registry-username` and `registry-password` must be given together');
  const bytes =
    (await readToEnd(files, path, maxPasswordLength).catch((cause: unknown) =>
      // Without the path, which could be the password itself.
      fail('USAGE', `the file given as \`registry-password\` cannot be read: ${systemCode(cause) ?? 'unknown error'}`, {
        remedy: 'Check the path.',
      }),
    )) ?? fail('USAGE', `the file given as \`registry-password\` is larger than ${maxPasswordLength} bytes`);
  const text = utf8Text(bytes, 'USAGE', 'the file given as `registry-password`');
  const password = text.replace(/\r?\n$/, '');
  if (password === '') fail('USAGE', 'the file given as `registry-password` contains no password');
  return { registry, user, password: new Secret(password) };
}
