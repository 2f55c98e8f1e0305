import { quoted } from './difference.ts';
import type { TextRule } from './rule.ts';

const estimated = 0.9;

export const diacritics: TextRule = {
  id: 'diacritics',
  reason: 'The name differs only in marks on letters.',
  compares: 'texts',
  keys: ({ text }) => [withoutMarks(text)],
  match(_, { shown }) {
    const marked = [...shown.normalize('NFC')].filter((character) => withoutMarks(character) !== character);
    return { score: estimated, difference: `marks on ${marked.map(quoted).join(', ')}` };
  },
};

const isAscii = /^[\0-\x7f]*$/;

function withoutMarks(text: string): string {
  return isAscii.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
}
