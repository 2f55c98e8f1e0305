/** Finds the credentials for a registry: those that were given, or those of docker and podman. */

import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { RunProgram, Secret } from '../../node/index.ts';
import type { Credential } from './credential.ts';
import { readCredentialFile } from './credential-file.ts';
import { askHelper } from './credential-helper.ts';
import type { Repository } from './image-reference.ts';

/** A user and password that are given for one registry, and sent to no other. */
export interface GivenCredential {
  /** As {@link parseRegistry} has it. */
  readonly registry: string;
  readonly user: string;
  readonly password: Secret;
}

/** The parts of the machine that the search for credentials uses. */
export interface CredentialWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The home directory. */
  readonly home: string;
  /** `undefined` if there is no such file. */
  readonly readFile: (path: string) => Promise<Uint8Array | undefined>;
  readonly run: RunProgram;
}

/** Finds the credential for a repository; `undefined` where none is kept, and the registry is asked without. */
export type FindCredential = (repository: Repository) => Promise<Credential | undefined>;

/**
 * Looks for credentials: in those given, then `$DOCKER_CONFIG/config.json` (or `~/.docker/config.json`), then
 * `$REGISTRY_AUTH_FILE`, then `$XDG_RUNTIME_DIR/containers/auth.json`. The first that has one for the registry counts.
 *
 * The function it returns throws CountersignError `CREDENTIALS_INVALID` where a file or a credential helper cannot be
 * used, and `USAGE` for a user name that cannot be sent. No message shows a secret.
 */
export function findCredentials(given: readonly GivenCredential[], world: CredentialWorld): FindCredential {
  return async (repository) => {
    const own = given.find(({ registry }) => registry === repository.registry);
    if (own !== undefined) return toCredential(own);
    for (const path of credentialFiles(world)) {
      const credential = await lookInto(path, repository, world);
      if (credential !== undefined) return credential;
    }
    return undefined;
  };
}

function toCredential({ registry, user, password }: GivenCredential): Credential {
  if (user === '' || user.includes(':')) {
    fail(
      'USAGE',
      `the user name for ${registry} is empty or contains a colon, which HTTP does not allow (RFC 7617, section 2)`,
    );
  }
  return { kind: 'password', user, password };
}

function credentialFiles({ environment, home }: CredentialWorld): readonly string[] {
  const { DOCKER_CONFIG: docker, REGISTRY_AUTH_FILE: podman, XDG_RUNTIME_DIR: runtime } = environment;
  return [
    join(docker || join(home, '.docker'), 'config.json'),
    ...(podman ? [podman] : []),
    ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
  ];
}

async function lookInto(
  path: string,
  repository: Repository,
  { readFile, run }: CredentialWorld,
): Promise<Credential | undefined> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    fail('CREDENTIALS_INVALID', `the credentials file ${path} cannot be read`, { cause });
  });
  if (bytes === undefined) return undefined;
  const { helper, credential } = readCredentialFile(bytes, path, repository);
  if (helper === undefined) return credential;
  const kept = await askHelper(run, helper.name, helper.server);
  // A program for this registry has the last word; the one for all may not know of what was written into the file.
  return kept ?? (helper.isForThisRegistry ? undefined : credential);
}
