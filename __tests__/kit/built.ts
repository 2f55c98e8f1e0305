/** Gives tests the built programs. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
let checked: Promise<unknown> | undefined;

/** Returns the path of a file of `dist/`. Fails if `dist/` is not what the sources build. */
export async function built(name: string): Promise<string> {
  const check = [join(root, 'scripts/build.mjs'), '--check', '--recorded', '--no-types'];
  checked ??= promisify(execFile)(process.execPath, check, { cwd: root });
  await checked;
  return join(root, 'dist', name);
}
