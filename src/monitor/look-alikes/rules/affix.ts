import type { TextRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 13, legitimate: 7 };

/** Words that names of one project have in common, so that an imitation with one of them passes for its name. */
const words =
  'app|bot|ci|cli|core|dev|get|git|go|hq|inc|io|js|labs|lib|mail|node|npm|official|org|python|py|ruby|rust|sdk|security|support|team';
const first = new RegExp(`^(?:${words})[-_.]?`);
const last = new RegExp(`[-_.]?(?:${words})$`);

/** A shorter name is part of too many others. */
const shortest = 4;

export const affix: TextRule = {
  id: 'affix',
  reason: 'The name has a common word added to it.',
  compares: 'texts',
  isOnlyHint: true,
  keys({ name, text }, role) {
    if (name === 'ref' || name === 'workflow file') return [];
    if (role === 'target') return [text];
    return [text.replace(first, ''), text.replace(last, '')].filter((rest) => rest !== text && rest.length >= shortest);
  },
  match: (target, candidate) => ({
    score: precision(measured),
    difference: `"${candidate.text}" is "${target.text}" with ${added(target.text, candidate.text)}`,
  }),
};

function added(target: string, candidate: string): string {
  const at = candidate.indexOf(target);
  return `"${candidate.slice(0, at)}${candidate.slice(at + target.length)}"`;
}
