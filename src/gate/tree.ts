/** Finds the entry at a path in a commit. */

import { type ObjectId, readObjectId } from './object-id.ts';
import type { ObjectStore } from './object-store.ts';

export type TreeEntryKind = 'file' | 'link' | 'folder' | 'other';

export type Found =
  | { readonly kind: TreeEntryKind; readonly id: ObjectId }
  /** The commit holds nothing of this name. */
  | { readonly kind: 'nothing' }
  /** The commit or one of the trees cannot be read. */
  | { readonly kind: 'unreadable' };

const kinds: ReadonlyMap<string, TreeEntryKind> = new Map([
  ['100644', 'file'],
  ['100755', 'file'],
  ['120000', 'link'],
  ['40000', 'folder'],
]);

/**
 * Finds the entry at a path in a commit. Every object on the way is hashed, so that the entry is the one that the commit's name stands
 * for.
 *
 * @param path from the root of the repository, with `/` between its parts
 */
export async function entryAt(path: string, commit: ObjectId, store: ObjectStore): Promise<Found> {
  const tree = treeOf(await store.read(commit, 'commit'));
  if (tree === undefined) return { kind: 'unreadable' };
  let found: Found = { kind: 'folder', id: tree };
  for (const name of path.split('/')) {
    if (found.kind !== 'folder') return { kind: 'nothing' };
    const content = await store.read(found.id, 'tree');
    if (content === undefined) return { kind: 'unreadable' };
    found = entryOf(name, content, commit);
    if (!('id' in found)) return found;
  }
  return found;
}

function treeOf(commit: Buffer | undefined): ObjectId | undefined {
  const [, name] = /^tree ([0-9a-f]+)\n/.exec(commit?.toString('latin1', 0, 80) ?? '') ?? [];
  return readObjectId(name);
}

/** Finds an entry in a tree. Each entry is its mode, a space, its name, a zero byte, and the digest. */
function entryOf(name: string, tree: Buffer, like: ObjectId): Found {
  const width = like.length / 2;
  const wanted = Buffer.from(name);
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(0x20, at);
    const zero = tree.indexOf(0, at);
    if (space < 0 || zero < space) return { kind: 'unreadable' };
    const end = zero + 1 + width;
    if (tree.subarray(space + 1, zero).equals(wanted)) {
      const id = readObjectId(tree.toString('hex', zero + 1, end));
      return id === undefined
        ? { kind: 'unreadable' }
        : { kind: kinds.get(tree.toString('latin1', at, space)) ?? 'other', id };
    }
    at = end;
  }
  return { kind: 'nothing' };
}
