import type { NameRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 123, legitimate: 10 };

export const scopeDropped: NameRule = {
  id: 'scope-dropped',
  reason: 'The package has the name without its scope, which anyone can register.',
  compares: 'names',
  keys(name, role) {
    if (name.kind !== 'package' || (name.scope === undefined) !== (role === 'candidate')) return [];
    return [name.base];
  },
  match: (target) => ({
    score: precision(measured),
    difference: `no scope instead of "@${target.holder}"`,
  }),
};
