/** The clients that let a person log in, each with the command that signs a file after a login in a browser. */

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAll, serve } from '../../services/loopback.ts';
import { countersignPath } from './countersign.ts';
import type { ClientName } from './court.ts';
import type { Instance } from './instance.ts';
import { judgePath, type Run, run } from './program.ts';

/** A machine on which a person sits at a browser. */
export interface Desktop extends AsyncDisposable {
  readonly folder: string;
  /** The text of the page that the browser shows in the end. */
  readonly page: Promise<string>;
  /** The variables that lead a program to the browser. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Sets up a machine whose browser is Chromium, with a person who logs in with this address. */
export async function desktopOf(folder: string, email: string): Promise<Desktop> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  let shown = (_: string): void => undefined;
  const page = new Promise<string>((resolve) => {
    shown = resolve;
  });
  const server = await serve(async (request, response) => {
    shown((await readAll(request)).toString());
    response.end();
  });
  const words = [process.execPath, fileURLToPath(new URL('person.mjs', import.meta.url))];
  const line = [...words, judgePath('COUNTERSIGN_INTEROP_CHROMIUM'), folder, email, server.origin]
    .map((word) => `'${word}'`)
    .join(' ');
  // cosign starts xdg-open, the others $BROWSER. As xdg-open does, it ends as soon as the browser has started.
  const program = join(folder, 'bin', 'xdg-open');
  await writeFile(program, `#!/bin/sh\n${line} "$1" > '${folder}/browser.log' 2>&1 &\n`);
  await chmod(program, 0o755);
  const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
  return {
    folder,
    environment: { PATH, HOME: folder, BROWSER: program, DISPLAY: ':99' },
    page,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export interface LoginRequest {
  readonly instance: Instance;
  readonly file: string;
  readonly bundle: string;
}

/** Signs a file as the person at a desktop. */
export function signAtDesktop(
  client: ClientName,
  { instance, file, bundle }: LoginRequest,
  { folder, environment }: Desktop,
): Promise<Run> {
  const trust = ['--trusted-root', instance.trustedRoot, '--signing-config', instance.signingConfig(2)];
  const to = ['--bundle', bundle];
  switch (client) {
    case 'countersign':
      return run(
        process.execPath,
        [countersignPath, 'sign', basename(file), '--yes', '--instance', instance.name, ...trust, ...to],
        { cwd: dirname(file), env: environment },
      );
    case 'cosign':
      return run(
        judgePath('COUNTERSIGN_INTEROP_COSIGN'),
        ['sign-blob', '--yes', '--fulcio-auth-flow', 'normal', ...trust, ...to, file],
        { cwd: folder, env: environment },
      );
    case 'sigstore-python':
      return run(
        judgePath('COUNTERSIGN_INTEROP_PYTHON'),
        [
          ...['-I', '-m', 'sigstore', '--trust-config', instance.trustConfig(2)],
          ...['sign', '--oidc-disable-ambient-providers', ...to, file],
        ],
        { cwd: folder, env: environment },
      );
  }
}
