import type { TreeHead } from '../log/index.ts';

/** Demands that a tree has an entry of this index. */
export function demandEntry(index: number, head: TreeHead): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= head.size)
    throw new RangeError(`a tree of size ${head.size} has no entry ${index}`);
}

/** Demands that a tree has this many entries. Anything else is a mistake of the caller. */
export function demandCovered(size: number, head: TreeHead): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > head.size)
    throw new RangeError(`a tree of size ${head.size} has no part of size ${size}`);
}
