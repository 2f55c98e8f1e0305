import { quoted } from './difference.ts';
import type { TextRule } from './rule.ts';

/** Estimated: the pairs for measuring have four candidates of this kind. */
const estimated = 0.8;
/** The same for short names, such as fs and f5. */
const estimatedIfShort = 0.4;
const shortest = 4;
/** More of these make a name that people notice. */
const most = 2;

/** Texts of ASCII characters that look alike in common fonts, beyond those of Unicode's table. */
const alike: readonly (readonly [string, string])[] = [
  ['0', 'o'],
  ['1', 'l'],
  ['1', 'i'],
  ['i', 'l'],
  ['|', 'l'],
  ['5', 's'],
  ['2', 'z'],
  ['8', 'b'],
  ['6', 'b'],
  ['9', 'g'],
  ['rn', 'm'],
  ['nn', 'm'],
  ['vv', 'w'],
  ['cl', 'd'],
];

export const asciiLookAlike: TextRule = {
  id: 'ascii-look-alike',
  reason: 'The name looks nearly the same in common fonts.',
  compares: 'texts',
  keys: ({ text }) => [folded(text)],
  match(target, candidate) {
    const folds = foldsBetween(target.text, candidate.text, most);
    if (folds === undefined) return undefined;
    const difference = folds.map(({ from, to }) => `${quoted(to)} looks like ${quoted(from)}`).join(', ');
    return { score: target.text.length < shortest ? estimatedIfShort : estimated, difference };
  },
};

const expansions: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  i: 'l',
  '|': 'l',
  5: 's',
  2: 'z',
  8: 'b',
  6: 'b',
  9: 'g',
  m: 'rn',
  w: 'vv',
  d: 'cl',
};

/** Returns a text that is the same for all texts that look alike. */
function folded(text: string): string {
  if (!/[0-35689dimw|n]/.test(text)) return text;
  return text.replace(/[0125689dimw|]/g, (character) => expansions[character] ?? character).replaceAll('nn', 'rn');
}

interface Fold {
  readonly from: string;
  readonly to: string;
}

/** Returns the differences between two texts if each is between texts that look alike, and there are at most `left` of them. */
function foldsBetween(target: string, candidate: string, left: number): readonly Fold[] | undefined {
  let at = 0;
  while (at < target.length && target[at] === candidate[at]) at++;
  const [ours, theirs] = [target.slice(at), candidate.slice(at)];
  if (ours === '' && theirs === '') return [];
  if (left === 0) return undefined;
  // The pair may begin before the first difference: "nn" and "nm" in "m".
  for (const back of [0, 1]) {
    if (back > at) break;
    for (const [one, other] of alike) {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        if (!target.startsWith(from, at - back) || !candidate.startsWith(to, at - back)) continue;
        const rest = foldsBetween(
          target.slice(at - back + from.length),
          candidate.slice(at - back + to.length),
          left - 1,
        );
        if (rest !== undefined) return [{ from, to }, ...rest];
      }
    }
  }
  return undefined;
}
