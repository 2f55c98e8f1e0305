import type { NameRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 11, legitimate: 22 };

export const scopeJoined: NameRule = {
  id: 'scope-joined',
  reason: 'The scope of the package is written as a word of its name, or the reverse.',
  compares: 'names',
  keys: (name) => (name.kind === 'package' ? [`${name.scope ?? ''}${name.base}`.replace(/[-_.]/g, '')] : []),
  match(target, candidate) {
    if (target.kind !== 'package' || candidate.kind !== 'package') return undefined;
    if ((target.scope === undefined) === (candidate.scope === undefined)) return undefined;
    return { score: precision(measured), difference: `"${candidate.text}" has the words of "${target.text}"` };
  },
};
