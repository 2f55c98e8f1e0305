/** Explains differences in words. */

import type { Edit } from '../alignment.ts';

/** Returns the differences of a look-alike in words, each with its position in the original. */
export function describeEdits(edits: readonly Edit[]): string {
  return edits.map(describe).join(', ');
}

function describe({ kind, at, from, to }: Edit): string {
  const place = `at character ${at + 1}`;
  if (kind === 'omitted') return `${quoted(from)} is missing ${place}`;
  if (kind === 'inserted') return `additional ${quoted(to)} ${place}`;
  return `${quoted(to)} instead of ${quoted(from)} ${place}`;
}

/** Returns a text in quotes. Characters that are easily mistaken are followed by their code points. */
export function quoted(text: string): string {
  const isPlain = /^[!-~]*$/.test(text);
  const codes = [...text].map((character) => `U+${codePoint(character)}`).join(' ');
  return isPlain ? `"${text}"` : `"${text}" (${codes})`;
}

/** Returns the code point of a character as Unicode writes it: `0430`. */
export function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
