import type { NameRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 9, legitimate: 84 };

export const otherOwner: NameRule = {
  id: 'other-owner',
  reason: 'The repository has the same name and another owner, as forks do.',
  compares: 'names',
  keys: (name) => (name.kind === 'repo' || name.kind === 'workflow' ? [name.repository] : []),
  match(target, candidate) {
    if (!('owner' in target && 'owner' in candidate) || target.owner === candidate.owner) return undefined;
    return { score: precision(measured), difference: `owner "${candidate.owner}" instead of "${target.owner}"` };
  },
};
