/** Signs a file with the token that is found in an environment, as `countersign sign` does. */

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedTokens, type FoundTokens, findTokens, type ProviderName } from '../../src/identity/index.ts';
import { programsOf } from '../../src/node/index.ts';
import { type SigningResult, signRun } from '../../src/run/sign/index.ts';
import type { World } from '../../src/run/world/index.ts';
import type { Changes, Workplace } from '../run/workplace.ts';

export interface Environment {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** `--identity-token` */
  readonly file?: string;
  /** `--identity-provider` */
  readonly provider?: ProviderName;
  /** The files of the machine that differ from the real ones: their content, or `undefined` for one that does not exist. */
  readonly machine?: Readonly<Record<string, string | undefined>>;
  readonly http?: World['http'];
}

/** The machine on which the tests run may itself be one of Google Cloud or Kubernetes. */
const plainMachine = {
  '/sys/class/dmi/id/product_name': undefined,
  '/var/run/sigstore/cosign/oidc-token': undefined,
};

/** Finds the provider in an environment. */
export function findIn(
  place: Workplace,
  { environment = {}, file, provider, machine = {}, http }: Environment,
): Promise<FoundTokens> {
  const world = place.world();
  const files = machineFiles(world.files, { ...plainMachine, ...machine });
  const run = programsOf({ PATH: environment.PATH ?? join(place.folder, 'no-programs') });
  return findTokens({ file, provider, environment }, { http: http ?? world.http, files, run });
}

/** Signs `a.txt`, whose content is `a`. */
export async function signIn(place: Workplace, where: Environment, changes: Changes = {}): Promise<SigningResult> {
  await writeFile(join(place.folder, 'a.txt'), 'a');
  const found = await findIn(place, where);
  const request = async () => found.read(await found.request(), place.clock(), 'https://github.com');
  const tokens = cachedTokens(request, place.clock);
  return signRun({ ...place.request({ overwrite: true, ...changes }), tokens }, place.world());
}

/** Puts a program into a folder of its own, and returns that folder, for PATH. The program is a script for /bin/sh. */
export async function programFolder(place: Workplace, name: string, script: string): Promise<string> {
  const folder = join(place.folder, `.programs-${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

function machineFiles(files: World['files'], machine: Readonly<Record<string, string | undefined>>): World['files'] {
  const isOwn = (path: unknown): path is string => typeof path === 'string' && Object.hasOwn(machine, path);
  const absent = (path: string): never => {
    throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
  };
  const own = {
    stat: async (path: unknown) =>
      isOwn(path) && machine[path] === undefined ? absent(path) : files.stat(redirected(path) as string),
    open: async (path: unknown) => files.open(redirected(path) as string),
    readFile: async (path: unknown) => (isOwn(path) ? (machine[path] ?? absent(path)) : files.readFile(path as string)),
  };
  /** A file of the machine with the content of a file elsewhere: the value is the path of that file. */
  function redirected(path: unknown): unknown {
    return isOwn(path) ? machine[path] : path;
  }
  return { ...files, ...own } as unknown as World['files'];
}
