/** Opens registries with the account that was given, or with the credentials on this machine. */

import { homedir } from 'node:os';
import { fail, reading, systemCode } from '../../core/errors/index.ts';
import type { Secret } from '../../node/index.ts';
import { programsOf, readRegularFile } from '../../node/index.ts';
import { sleep } from '../../services/http/index.ts';
import {
  findCredentials,
  type GivenCredential,
  openRegistries,
  parseRegistry,
  parseRepository,
  type Registries,
  type Repository,
} from '../../services/registry/index.ts';
import { readImageName } from '../../subject/index.ts';
import type { World } from './world.ts';

/** The account for a registry. */
export interface RegistryAccount {
  /** The registry; `undefined`: the one registry of all images. */
  readonly registry: string | undefined;
  readonly user: string;
  readonly password: Secret;
}

export interface RegistryRequest {
  /** The names of the images. */
  readonly images: readonly string[];
  readonly account: RegistryAccount | undefined;
  /**
   * The environment in which the files of docker and podman are found, and credential helpers run. As for cosign,
   * `COSIGN_REPOSITORY` names the repository that holds what is attached to the images.
   */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens registries with the account that was given, or with the credentials of docker and podman.
 *
 * @throws CountersignError `USAGE` if it is unclear which registry the account is for; for a wrong `COSIGN_REPOSITORY`
 */
export function systemRegistries(
  { images, account, environment }: RegistryRequest,
  { http, random, files, cancellation }: World,
): Registries {
  const run = programsOf(withoutTokens(environment), cancellation);
  const readFile = (path: string): Promise<Uint8Array | undefined> =>
    readRegularFile(files, path, maxCredentialFileLength).catch((cause: unknown) => {
      if (systemCode(cause) === 'ENOENT') return undefined;
      throw cause;
    });
  const attachments = attachmentRepository(environment);
  const given = account === undefined ? [] : [credentialOf(account, images, attachments)];
  const find = findCredentials(given, { environment, home: homedir(), readFile, run });
  const patience = { random, sleep: (milliseconds: number) => sleep(milliseconds, cancellation) };
  return openRegistries(http, find, patience, attachments);
}

function attachmentRepository({ COSIGN_REPOSITORY: name }: RegistryRequest['environment']): Repository | undefined {
  if (name === undefined || name === '') return undefined;
  return reading('USAGE', 'the environment variable COSIGN_REPOSITORY', () => parseRepository(name));
}

/** In bytes. */
const maxCredentialFileLength = 16 * 1024 * 1024;

/** Decides which registry the password is for. That must be certain before it is sent anywhere. */
function credentialOf(
  { registry, user, password }: RegistryAccount,
  images: readonly string[],
  attachments: Repository | undefined,
): GivenCredential {
  const named = images
    .map((image) => readImageName(image))
    .flatMap((name) => (name.kind === 'reference' ? [name.reference] : []));
  const repositories = [
    ...named.map(({ repository }) => repository),
    ...(attachments === undefined ? [] : [attachments]),
  ];
  const all = new Set(repositories.map((repository) => repository.registry));
  if (registry !== undefined) {
    const meant = parseRegistry(registry);
    if (all.has(meant)) return { registry: meant, user, password };
    fail('USAGE', `the registry credentials are for ${meant}, but no image is in that registry`, {
      remedy:
        all.size === 0
          ? 'Omit `registry-username` and `registry-password`.'
          : `Set \`registry\` to one of ${[...all].join(', ')}.`,
    });
  }
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return { registry: only, user, password };
  return fail('USAGE', 'the images are in several registries, so it is ambiguous which one the credentials are for', {
    remedy: 'Set `registry` to the registry of the credentials, or log in to each registry with "docker login".',
  });
}

/** Removes tokens from the environment of credential helpers, which are programs of others. */
function withoutTokens(environment: Readonly<Record<string, string | undefined>>): typeof environment {
  const isKept = ([name]: readonly [string, unknown]): boolean =>
    !/^(?:ACTIONS_|INPUT_|SIGSTORE_ID_TOKEN$)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(isKept));
}
