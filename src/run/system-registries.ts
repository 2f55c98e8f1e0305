/** Registries, with the credentials that this machine keeps. */

import { homedir } from 'node:os';
import { sleep } from '../services/http/index.ts';
import {
  findCredentials,
  type GivenCredential,
  openRegistries,
  programsOf,
  type Registries,
} from '../services/registry/index.ts';
import { systemCode } from '../subject/index.ts';
import type { World } from './world.ts';

/**
 * Opens registries with the credentials that are given, and else with those that docker and podman keep.
 *
 * @param environment where the files of these are found, and what credential helpers run with
 */
export function systemRegistries(
  given: readonly GivenCredential[],
  environment: Readonly<Record<string, string | undefined>>,
  { http, random, files, cancellation }: World,
): Registries {
  const run = programsOf(withoutTokens(environment));
  const readFile = (path: string): Promise<Uint8Array | undefined> =>
    files.readFile(path).catch((cause: unknown) => {
      if (systemCode(cause) === 'ENOENT') return undefined;
      throw cause;
    });
  const find = findCredentials(given, { environment, home: homedir(), readFile, run });
  return openRegistries(http, find, { random, sleep: (milliseconds) => sleep(milliseconds, cancellation) });
}

/** A helper is a program that somebody else has put there: who the job is, is none of its business. */
function withoutTokens(environment: Readonly<Record<string, string | undefined>>): typeof environment {
  const isKept = ([name]: readonly [string, unknown]): boolean =>
    !/^(?:ACTIONS_|INPUT_|SIGSTORE_ID_TOKEN$)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(isKept));
}
