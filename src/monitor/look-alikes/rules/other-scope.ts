import type { NameRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 22, legitimate: 365 };

export const otherScope: NameRule = {
  id: 'other-scope',
  reason: 'The package has the same name in another scope, as forks and type declarations do.',
  compares: 'names',
  keys(name, role) {
    if (name.kind !== 'package' || (role === 'candidate' && name.scope === undefined)) return [];
    return [name.base];
  },
  match: (target, candidate) => ({
    score: precision(measured),
    difference: `scope "@${candidate.holder}" instead of ${target.holder === undefined ? 'none' : `"@${target.holder}"`}`,
  }),
};
