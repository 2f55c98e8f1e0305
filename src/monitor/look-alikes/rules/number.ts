import type { TextRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 15, legitimate: 35 };

export const number: TextRule = {
  id: 'number',
  reason: 'The name differs only in a number, as versions do.',
  compares: 'texts',
  keys({ name, text }) {
    const rest = text.replace(/[-_.]?v?\d+(?:[-_.]\d+)*/g, '');
    return name === 'ref' || rest.length < 2 ? [] : [rest];
  },
  match(target, candidate) {
    const [ours, theirs] = [target, candidate].map(({ text }) => text.match(/\d+/g)?.join(' ') ?? 'no number');
    return { score: precision(measured), difference: `${theirs} instead of ${ours}` };
  },
};
