/** The options about registries, which several commands have. */

import * as files from 'node:fs/promises';
import type { Command } from 'commander';
import { fail, systemCode } from '../core/errors/index.ts';
import { readToEnd, Secret } from '../node/index.ts';
import type { RegistryAccount } from '../run/world/index.ts';
import { once } from './parse-options.ts';

export interface RegistryOptions {
  readonly registry?: string;
  readonly registryUsername?: string;
  readonly registryPasswordFile?: string;
}

/** In bytes. */
const maxPasswordLength = 64 * 1024;

export function withRegistry(command: Command): Command {
  return command
    .option('--registry-username <name>', 'who logs in; else what docker login left', once)
    .option('--registry-password-file <path>', 'a file with the password, and nothing else', once)
    .option('--registry <host>', 'which registry they are for, if images have several', once);
}

/**
 * The account, if one is given. The password is never on the command line, which everybody on the machine can read.
 *
 * @throws CountersignError `USAGE` for half of one, and a file that cannot be read
 */
export async function readAccount(options: RegistryOptions): Promise<RegistryAccount | undefined> {
  const { registry, registryUsername: user, registryPasswordFile: path } = options;
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
  const password = bytes.toString('utf8').replace(/\r?\n$/, '');
  if (password === '') fail('USAGE', 'the file of `registry-password-file` holds no password');
  return { registry, user, password: new Secret(password) };
}
