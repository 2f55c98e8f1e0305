import type { TextRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 453, legitimate: 32 };

export const separators: TextRule = {
  id: 'separators',
  reason: 'The name differs only in separators (- _ .).',
  compares: 'texts',
  keys: ({ name, text }) => (name === 'ref' ? [] : [text.replace(/[-_.]/g, '')]),
  match(target, candidate) {
    const [ours, theirs] = [target, candidate].map(({ text }) =>
      text
        .replace(/[^-_.]/g, ' ')
        .trim()
        .split(/ +/)
        .join(' '),
    );
    return { score: precision(measured), difference: `separators ${listed(theirs)} instead of ${listed(ours)}` };
  },
};

function listed(separators = ''): string {
  return separators === '' ? '(none)' : `"${separators}"`;
}
