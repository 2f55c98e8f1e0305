// Remembers that dist/ is what the sources build, so that tests need not build it to know.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The sources of dist/. The lock file stands for the packages. */
const sources = ['src', 'sandbox', 'scripts/build', 'scripts/build.mjs', 'package-lock.json', 'tsconfig.json'];

/** Reports whether neither the sources nor dist/ have changed since they were seen to agree. */
export async function isRecorded(root) {
  const known = await readFile(recordOf(root), 'utf8').catch(() => undefined);
  return known !== undefined && known === (await fingerprint(root));
}

/** Records that dist/ is what the sources build. */
export async function writeRecord(root) {
  await writeFile(recordOf(root), await fingerprint(root));
}

function recordOf(root) {
  return join(root, '.dist.sha256');
}

/** Returns a digest over sources and dist/, without tests and without the declarations, which no test runs. */
async function fingerprint(root) {
  const hash = createHash('sha256');
  const paths = (await Promise.all([...sources, 'dist'].map((path) => filesIn(join(root, path))))).flat();
  const names = paths
    .map((path) => relative(root, path).replaceAll(sep, '/'))
    .filter((name) => !/^(?:sandbox\/__tests__|dist\/types)\//.test(name))
    .sort();
  for (const name of names) {
    const bytes = await readFile(join(root, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return `${hash.digest('hex')}\n`;
}

async function filesIn(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (entries === undefined) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
