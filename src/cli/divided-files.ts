import { pathExists } from '../node/index.ts';
import type { World } from '../run/world/index.ts';

/** Divides arguments into files and patterns. A file with the name of a pattern is a file. */
export async function dividedFiles(artifacts: readonly string[], { files: system }: Pick<World, 'files'>) {
  const files: { readonly kind: 'file'; readonly name: string; readonly path: string }[] = [];
  const patterns: string[] = [];
  for (const path of artifacts) {
    const isPattern = /^!|[*?[{]/.test(path) && !(await pathExists(path, system));
    if (isPattern) patterns.push(path);
    else files.push({ kind: 'file', name: path, path });
  }
  return { files, patterns };
}
