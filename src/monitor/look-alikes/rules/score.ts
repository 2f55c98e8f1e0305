/** Scores of rules: measured where there are enough pairs, estimated otherwise. */

import type { Edit } from '../alignment.ts';
import type { Part } from '../names/name.ts';

/** The pairs that a rule found in the development set of bench/look-alikes.mjs, by what they are. */
export interface Measured {
  readonly squats: number;
  readonly legitimate: number;
}

/** Returns the measured precision of a rule, by the rule of succession: a rule without false alarms so far is not certain. */
export function precision({ squats, legitimate }: Measured): number {
  return (squats + 1) / (squats + legitimate + 2);
}

/** The pairs that a rule about edits found, by the length of the words that were changed. */
export interface MeasuredByLength {
  /** Up to 5 letters: other short words are as near as misspellings. */
  readonly short: Measured;
  /** 6 or 7 letters. */
  readonly medium: Measured;
  readonly long: Measured;
}

/** The estimated score of one edit in the label of a domain: few owners of domains happen to choose so near a name. */
const inDomain = 0.6;

/** Returns the score of edits, which depends on the length of the words that they change. */
export function editScore(measured: MeasuredByLength, edits: readonly Edit[], target: Part): number {
  const letters = changedLetters(target.text, edits);
  const score = precision(letters < 6 ? measured.short : letters < 8 ? measured.medium : measured.long);
  return target.name === 'domain' && edits.length === 1 && letters > 3 ? Math.max(score, inDomain) : score;
}

const separators = '-_./@:+';

/** Returns the number of letters of the words in which edits are. An edit at a separator changes the words on both sides. */
export function changedLetters(text: string, edits: readonly Edit[]): number {
  const changed = new Set<number>();
  let letters = 0;
  for (const { at, from, to } of edits) {
    const touchesSeparator = [...from, ...to].some((character) => separators.includes(character));
    const neighbours = touchesSeparator ? [at - 1, at, at + 1] : [isIn(text, at) ? at : at - 1];
    for (const position of neighbours) {
      const { start, end } = wordAt(text, position);
      if (start === end || changed.has(start)) continue;
      changed.add(start);
      letters += end - start;
    }
  }
  return letters;
}

function isIn(text: string, at: number): boolean {
  const character = text[at];
  return character !== undefined && !separators.includes(character);
}

/** Returns the word that a position is in; an empty one if it is not in a word. */
function wordAt(text: string, at: number): { readonly start: number; readonly end: number } {
  let start = at;
  let end = at;
  while (isIn(text, start - 1) && isIn(text, at)) start--;
  while (isIn(text, end)) end++;
  return { start, end };
}
