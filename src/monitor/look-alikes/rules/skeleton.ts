import { skeleton as skeletonOf } from '../skeleton.ts';
import { quoted } from './difference.ts';
import type { TextRule } from './rule.ts';

/** Estimated: the pairs for measuring have two look-alikes of this kind. */
const estimated = 0.95;

export const skeleton: TextRule = {
  id: 'skeleton',
  reason: 'The name looks the same, by the confusable characters of Unicode (UTS 39).',
  compares: 'texts',
  // Names are shown in their own case and in lower case, in which other characters look alike: I like l, and i like the Cyrillic і.
  keys({ text, shown }) {
    const key = skeletonOf(text).toLowerCase();
    return shown === text ? [key] : [key, skeletonOf(shown).toLowerCase()];
  },
  match: (target, candidate) => ({ score: estimated, difference: differenceOf(target.shown, candidate.shown) }),
};

/** Returns the characters that look alike, in words. Both texts consist of the same prototypes. */
function differenceOf(target: string, candidate: string): string {
  const [ours, theirs] = [charactersOf(target), charactersOf(candidate)];
  const differences = new Set<string>();
  let [from, to] = ['', ''];
  let [at, other] = [0, 0];
  let lead = 0;
  while (at < ours.length || other < theirs.length) {
    if (lead <= 0 && at < ours.length) {
      const { character, width } = ours[at++] ?? nothing;
      from += character;
      lead += width;
    } else {
      const { character, width } = theirs[other++] ?? nothing;
      to += character;
      lead -= width;
    }
    if (lead !== 0) continue;
    if (from.toLowerCase() !== to.toLowerCase() && to !== '')
      differences.add(`${quoted(to)} looks like ${quoted(from)}`);
    if (to !== '') [from, to] = ['', ''];
  }
  return [...differences].join(', ');
}

const nothing = { character: '', width: 0 };

/** Returns the characters of a text, each with the length of what it looks like. */
function charactersOf(text: string): readonly { readonly character: string; readonly width: number }[] {
  return [...text.normalize('NFD')].map((character) => ({ character, width: skeletonOf(character).length }));
}
