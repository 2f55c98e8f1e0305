import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 17, legitimate: 0 };

export const repeated: EditRule = {
  id: 'repeated',
  reason: 'A character is repeated.',
  compares: 'edits',
  match(edits, target) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'inserted' || !isNeighbour(edit.to, edit.at, target.text))
      return undefined;
    return { score: precision(measured), difference: describeEdits(edits) };
  },
};

function isNeighbour(character: string, at: number, text: string): boolean {
  return text[at] === character || text[at - 1] === character;
}
