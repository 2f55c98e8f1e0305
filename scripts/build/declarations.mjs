// Writes the declarations of the package.
import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Writes the declarations that the exports of the package lead to. Fails if the types are wrong. */
export async function declarations(root, folder) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('tsc could not write the declarations');
  await throughTheDoors(folder);
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

/**
 * Lets imports through a folder's index.ts lead to the file that declares the name, so that the declarations do not lead to packages that only
 * other names of the folder need.
 */
async function throughTheDoors(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')])));
  for (const [file, text] of texts) {
    const direct = text.replace(/^(import|export)( type)? \{([^}]*)\} from '(\.[^']*\/index\.ts)';$/gm, (...parts) => {
      const [, keyword, type = '', names, door] = parts;
      return specifiers(names)
        .map(({ isType, name, known }) => {
          const declared = behind(name, declarationOf(file, door), texts);
          const path = relative(dirname(file), declared.file)
            .replaceAll(sep, '/')
            .replace(/\.d\.ts$/, '.ts');
          const from = path.startsWith('.') ? path : `./${path}`;
          const renamed = declared.name === known ? known : `${declared.name} as ${known}`;
          return `${keyword}${type} { ${isType ? 'type ' : ''}${renamed} } from '${from}';`;
        })
        .join('\n');
    });
    if (direct !== text) await writeFile(file, direct);
  }
}

function specifiers(names) {
  return names
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const isType = one.startsWith('type ');
      const [name, known = name] = one.replace(/^type /, '').split(' as ');
      return { isType, name, known };
    });
}

function declarationOf(file, path) {
  return resolve(dirname(file), path).replace(/\.ts$/, '.d.ts');
}

/** Returns the file that declares a name which a file exports, and its name there. */
function behind(name, file, texts) {
  for (const [, names, path] of texts.get(file).matchAll(/^export(?: type)? \{([^}]*)\} from '(\.[^']+)';$/gm)) {
    const found = specifiers(names).find(({ known }) => known === name);
    if (found !== undefined) return behind(found.name, declarationOf(file, path), texts);
  }
  return { file, name };
}
