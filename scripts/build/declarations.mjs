// Writes the declarations of the package.
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** Writes the declarations that the exports of the package lead to. Fails if the types are wrong. */
export async function declarations(root, folder) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('tsc could not write the declarations');
  // Declarations that no export leads to may need packages that are not installed with this one.
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const entries = Object.values(exports).flatMap(({ types }) => (types ? [types.replace('./dist/types', folder)] : []));
  const reached = new Set(entries.map((path) => resolve(path)));
  for (const file of reached) {
    for (const [, path] of (await readFile(file, 'utf8')).matchAll(/['"](\.{1,2}\/[^'"]+)\.ts['"]/g)) {
      reached.add(resolve(dirname(file), `${path}.d.ts`));
    }
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(path)) await rm(path);
  }
}
