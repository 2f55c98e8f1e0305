// Builds again each time that a source changes.
import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Builds, and again after each change in src/ or sandbox/, one build at a time. Never returns. */
export async function watchSources(root, build) {
  let changed = true;
  let wake = () => {};
  const onChange = () => {
    changed = true;
    wake();
  };
  const watched = new Map();
  for (;;) {
    // Folders, and not files: editors replace a file by another one.
    const folders = new Set(await foldersOf([join(root, 'src'), join(root, 'sandbox')]));
    for (const folder of folders) {
      if (!watched.has(folder)) watched.set(folder, watch(folder, onChange).on('error', onChange));
    }
    for (const [folder, watcher] of watched) {
      if (folders.has(folder)) continue;
      watcher.close();
      watched.delete(folder);
    }
    if (changed) {
      changed = false;
      await build().catch((error) => console.error(error.message));
      continue;
    }
    await new Promise((resolve) => {
      wake = resolve;
      if (changed) resolve();
    });
  }
}

async function foldersOf(roots) {
  const found = [...roots];
  for (const root of roots) {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    found.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)));
  }
  return found;
}
