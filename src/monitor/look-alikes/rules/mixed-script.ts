import type { CandidateRule } from './rule.ts';

/** The scripts whose letters look like those of others. */
const alphabets: ReadonlyMap<string, RegExp> = new Map(
  ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee', 'Georgian', 'Hebrew', 'Arabic', 'Coptic', 'Lisu'].map(
    (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')],
  ),
);
const beyondAscii = /[^\0-\x7f]/;

export const mixedScript: CandidateRule = {
  id: 'mixed-script',
  reason: 'The name mixes letters of several alphabets.',
  compares: 'candidates',
  match({ shown }) {
    if (!beyondAscii.test(shown)) return undefined;
    // Each word and label is in one script: a Cyrillic name below a Latin suffix misleads no one.
    for (const word of shown.split(/[^\p{L}\p{M}\p{N}]+/u)) {
      const scripts = [...alphabets].filter(([, letters]) => letters.test(word)).map(([script]) => script);
      if (scripts.length > 1) return { score: 0.9, difference: `letters of ${scripts.join(' and ')} in one word` };
    }
    return undefined;
  },
};
