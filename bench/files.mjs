// Makes files to sign, and removes what a run leaves beside them.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes different files of 1 MiB into a new folder. Returns their paths. */
export async function makeFiles(count, folder) {
  const workspace = await mkdtemp(join(folder, 'files-'));
  const noise = randomBytes(1024 * 1024);
  const paths = [];
  for (let index = 0; index < count; index++) {
    noise.writeUInt32BE(index);
    paths.push(join(workspace, `${index}.bin`));
    await writeFile(paths[index], noise);
  }
  return paths;
}

/** Removes everything but the files. */
export async function removeBundles([first]) {
  const workspace = dirname(first);
  for (const name of await readdir(workspace))
    if (!name.endsWith('.bin')) await rm(join(workspace, name), { recursive: true });
}
