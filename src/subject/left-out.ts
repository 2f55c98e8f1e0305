/** Finds files in the folders of patterns that no pattern covers. */

import { basename, dirname, join } from 'node:path';
import { CountersignError } from '../core/errors/index.ts';
import type { FileSystem } from './file-system.ts';
import { type EntryKind, Workspace } from './workspace.ts';

export interface LeftOut {
  /** Relative to the workspace, with `/` between its parts. */
  readonly name: string;
  readonly why: 'hidden' | 'unnamed' | 'unreadable' | Exclude<EntryKind, 'file' | 'folder'>;
}

/**
 * Returns what is beside files and not among them: everything in their folders except other folders, and folders that cannot be read.
 *
 * @param paths of the files
 */
export async function filesBeside(paths: readonly string[], files: FileSystem): Promise<readonly LeftOut[]> {
  const found: LeftOut[] = [];
  const named = new Map<string, Set<string>>();
  for (const path of paths) named.set(dirname(path), (named.get(dirname(path)) ?? new Set()).add(basename(path)));
  for (const [folder, names] of named) {
    const listed = await entriesOf(folder, files);
    if (listed === undefined) found.push({ name: folder, why: 'unreadable' });
    for (const [name, kind] of listed ?? []) {
      if (kind === 'folder' || kind === 'git' || names.has(name)) continue;
      found.push({ name: join(folder, name), why: kind === 'file' ? 'unnamed' : kind });
    }
  }
  return found;
}

async function entriesOf(folder: string, files: FileSystem): Promise<ReadonlyMap<string, EntryKind> | undefined> {
  try {
    const read = await (await Workspace.open(folder, files)).folder('');
    return read?.problem === undefined ? read?.entries : undefined;
  } catch (cause) {
    if (cause instanceof CountersignError) return undefined;
    throw cause;
  }
}
