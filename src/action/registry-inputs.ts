/** The inputs about registries, which both actions have. */

import { setSecret } from '@actions/core';
import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import type { RegistryAccount } from '../run/world/index.ts';
import type { InputDeclaration, InputReader } from './input-reader.ts';

export const registryInputs = {
  registry: {
    description:
      'The registry that registry-username and registry-password are for. By default the one that all images have.',
    default: '',
  },
  'registry-username': {
    description: 'The user name for the registry. Without it, what docker login or podman login left is used.',
    default: '',
  },
  'registry-password': { description: 'The password or token for the registry.', default: '' },
} as const satisfies Readonly<Record<string, InputDeclaration>>;

/**
 * The account, if one is given. What could show its password in a log is masked.
 *
 * @throws CountersignError `USAGE` for half of one
 */
export function readAccount(input: InputReader<keyof typeof registryInputs>): RegistryAccount | undefined {
  const [user, password] = [input.text('registry-username'), input.text('registry-password')];
  const registry = input.optional('registry');
  if (password !== '') {
    setSecret(password);
    setSecret(Buffer.from(`${user}:${password}`).toString('base64'));
  }
  if (user === '' && password === '') return undefined;
  // A secret that is not set is empty: to go on without it would ask as somebody else.
  if (user === '' || password === '')
    fail('USAGE', '`registry-username` and `registry-password` go together; one of them is empty', {
      remedy: 'Set both. A secret that the job may not read is empty.',
    });
  return { registry, user, password: new Secret(password) };
}
