/** The bundles in a folder, at any depth. */

import { join } from 'node:path';
import { fail, systemCode } from '../../../core/errors/index.ts';
import type { OldSignature, Source } from '../old-signature.ts';
import { type FileWorld, signatureInFile } from './file-place.ts';

/** Returns the bundle files (`*.sigstore.json`, `*.sigstore`) in a folder and its subfolders. Links to folders are not followed. */
export function folderSource(path: string, world: FileWorld): Source {
  return { title: `the folder ${path}`, signatures: () => bundlesBelow(path, world) };
}

async function* bundlesBelow(folder: string, world: FileWorld): AsyncGenerator<OldSignature> {
  const entries = await world.files.readdir(folder, { withFileTypes: true }).catch((cause: unknown) =>
    fail('USAGE', `the folder ${folder} cannot be read: ${systemCode(cause) ?? String(cause)}`, {
      cause,
      remedy: 'Check the path.',
    }),
  );
  // Replacing files changes the order in which the system lists them.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* bundlesBelow(path, world);
    else if (entry.isFile() && /\.sigstore(?:\.json)?$/.test(entry.name)) yield signatureInFile(path, world);
  }
}
