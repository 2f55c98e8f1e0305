/** One difference between a text and its look-alike. */
export interface Edit {
  readonly kind: 'transposed' | 'omitted' | 'inserted' | 'substituted';
  /** The index in the original text. */
  readonly at: number;
  /** The characters of the original, and those of the look-alike instead; one of them is empty for an omission or insertion. */
  readonly from: string;
  readonly to: string;
}

/**
 * Returns the fewest edits that turn a text into another one: transpositions of neighbours, omissions, insertions and substitutions. Their
 * number is the optimal string alignment distance.
 *
 * @returns `undefined` if more than `most` edits are necessary
 */
export function align(original: string, lookAlike: string, most: number): readonly Edit[] | undefined {
  if (Math.abs(original.length - lookAlike.length) > most) return undefined;
  for (let count = 0; count <= most; count++) {
    const edits = alignFrom(original, 0, lookAlike, 0, count);
    if (edits !== undefined) return edits;
  }
  return undefined;
}

/** Aligns the rest of two texts. Equal first characters belong together in one of the shortest alignments. */
function alignFrom(
  original: string,
  originalStart: number,
  lookAlike: string,
  lookAlikeStart: number,
  most: number,
): readonly Edit[] | undefined {
  let at = originalStart;
  let other = lookAlikeStart;
  while (at < original.length && other < lookAlike.length && original[at] === lookAlike[other]) {
    at++;
    other++;
  }
  const left = original.length - at;
  const otherLeft = lookAlike.length - other;
  if (left === 0 && otherLeft === 0) return [];
  if (most === 0 || Math.abs(left - otherLeft) > most) return undefined;
  const with_ = (kind: Edit['kind'], from: number, to: number): readonly Edit[] | undefined => {
    if (left < from || otherLeft < to) return undefined;
    const rest = alignFrom(original, at + from, lookAlike, other + to, most - 1);
    if (rest === undefined) return undefined;
    return [{ kind, at, from: original.slice(at, at + from), to: lookAlike.slice(other, other + to) }, ...rest];
  };
  const isTransposed = original[at] === lookAlike[other + 1] && original[at + 1] === lookAlike[other];
  return (
    (isTransposed ? with_('transposed', 2, 2) : undefined) ??
    with_('omitted', 1, 0) ??
    with_('inserted', 0, 1) ??
    with_('substituted', 1, 1)
  );
}
