declare module 'damerau-levenshtein' {
  /** Returns the distance of two texts: insertions, deletions, substitutions and transpositions of neighbours. */
  export default function distance(one: string, other: string): { readonly steps: number };
}
