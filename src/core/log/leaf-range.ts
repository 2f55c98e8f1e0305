/** Ranges of leaves, and the ranges whose hashes make up a proof (RFC 9162, sections 2.1.3.1 and 2.1.4.1). */

/** The leaves from `from` to `to`, without `to`. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** The position of a perfect subtree: it has 2^level leaves, and begins at `position` · 2^level. */
export interface Subtree {
  readonly level: number;
  readonly position: number;
}

/** Returns the ranges whose hashes are the inclusion proof of a leaf, from the leaf up. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  return siblingsOf({ from: index, to: index + 1 }, size).siblings;
}

/** Returns the ranges whose hashes are the proof that the tree of the first size is a prefix of the tree of the second. */
export function consistencyRanges(first: number, second: number): readonly LeafRange[] {
  if (first === 0 || first === second) return [];
  const { reached, siblings } = siblingsOf({ from: first - 1, to: first }, second, (range) => range.to === first);
  // The verifier has the root of the first tree. If it is a perfect subtree of the second one, the proof does not repeat it.
  return reached.from === 0 ? siblings : [reached, ...siblings];
}

/** Goes down from the root towards a leaf. Returns the range at which it stopped, and the siblings on the way, the lowest first. */
function siblingsOf(
  leaf: LeafRange,
  size: number,
  stops: (range: LeafRange) => boolean = (range) => range.to - range.from === 1,
): { readonly reached: LeafRange; readonly siblings: readonly LeafRange[] } {
  const siblings: LeafRange[] = [];
  let range: LeafRange = { from: 0, to: size };
  while (!stops(range)) {
    const middle = range.from + largestPowerBelow(range.to - range.from);
    const [left, right] = [
      { from: range.from, to: middle },
      { from: middle, to: range.to },
    ];
    const isLeft = leaf.from < middle;
    siblings.push(isLeft ? right : left);
    range = isLeft ? left : right;
  }
  return { reached: range, siblings: siblings.reverse() };
}

/** Returns the largest power of two that is less than a number of at least 2. */
function largestPowerBelow(count: number): number {
  let power = 1;
  // Not by logarithms, which are not exact for large integers.
  while (2 * power < count) power *= 2;
  return power;
}

/** Returns the perfect subtrees that cover the leaves of a range, from left to right. */
export function subtreesOf({ from, to }: LeafRange): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    let [level, width] = [0, 1];
    while (at % (2 * width) === 0 && at + 2 * width <= to) {
      level += 1;
      width *= 2;
    }
    subtrees.push({ level, position: at / width });
    at += width;
  }
  return subtrees;
}
